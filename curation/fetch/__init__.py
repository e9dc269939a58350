"""The only way out to strangers' servers: one guarded call, ``fetch``, and nothing else opens a connection."""

from .client import fetch
from .faults import FetchFailed, FetchRefused
from .hops import Fetched

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "fetch"]
