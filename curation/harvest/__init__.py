"""A link becomes a draft: it is taken in, its page is fetched and read, what is empty is filled, pictures are kept.

``fetch`` with its errors and ``read`` belong to the project's public face; they live in ``curation.fetch`` and
``curation.extract``.
"""

from curation.extract import Reading, read
from curation.fetch import Fetched, FetchRefused, fetch
from curation.fetch import FetchFailedError as FetchFailed

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "Reading", "fetch", "read"]
