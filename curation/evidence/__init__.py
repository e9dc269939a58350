"""Evidence: for each sentence of a brief the span of its source that it rests on, and what of it the source lacks."""

from .finding import Finding
from .judging import of

__all__ = ["Finding", "of"]
