"""A link becomes a draft: it is taken in, its page is fetched and read, what is empty is filled, pictures are kept.

``fetch`` and ``read`` belong to the project's public face; they live in ``curation.fetch`` and ``curation.extract``.
"""

from curation.extract import Reading, read
from curation.fetch import Fetched, FetchFailed, FetchRefused, fetch

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "Reading", "fetch", "read"]
