"""How dates and times are written where Django writes them (the lists of the desk): as everywhere else here."""
