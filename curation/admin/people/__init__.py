"""People at the desk: the roster, a person's page, inviting, closing, and everybody's own page."""
