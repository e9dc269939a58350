"""Measures at the desk: each a sentence, a picture that is drawn here, and its table; every number opens its list."""
