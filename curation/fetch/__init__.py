"""The only way out to strangers' servers: one guarded call, ``fetch``, and nothing else opens a connection."""

from .client import fetch
from .faults import FetchFailedError, FetchRefused
from .hops import Fetched

__all__ = ["FetchFailedError", "FetchRefused", "Fetched", "fetch"]
