"""Evidence beside an article: its marks, in words, and what a person says of them."""

from .views import urls

__all__ = ["urls"]
