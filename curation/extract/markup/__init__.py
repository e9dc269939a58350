"""A page's source before it is parsed: what need not be looked at is left out, what would cost too much is cut."""
