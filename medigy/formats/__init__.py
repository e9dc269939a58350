"""Dates and times where Django writes them itself (the lists of the desk): as everywhere else here."""
