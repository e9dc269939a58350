"""Notices in the desk: the bell, the page behind it, how each person is told, and letters that did not go."""
