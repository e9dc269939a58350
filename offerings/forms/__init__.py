"""Forms of the desk: what every one of them shares."""
