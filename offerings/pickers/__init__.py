"""Lists of things in the desk's forms: the field and its rows, and what the names typed there mean."""
