"""Erasing: the end of an article's life, which only an administrator takes, and nobody takes back."""

from .rules import ERASE, LONGEST_REASON, hindrance, is_named
from .taking import erase

__all__ = ["ERASE", "LONGEST_REASON", "erase", "hindrance", "is_named"]
