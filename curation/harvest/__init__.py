"""Reading a source page: ``fetch`` brings it (the only network call), what else a page says is read from its bytes."""

from .faults import FetchFailed, FetchRefused
from .fetch import fetch
from .hops import Fetched
from .read import Reading, read

__all__ = ["Fetched", "FetchFailed", "FetchRefused", "Reading", "fetch", "read"]
