"""Models of what is left of articles that were erased."""

from .tombstone import Tombstone, Trace

__all__ = ["Tombstone", "Trace"]
