"""The refusal of a comment."""


class CommentRefused(ValueError):
    """A comment, or something to be done with one, that is not taken; the message says why."""
