"""Limits of one fetch: time and bytes. Constants, because no newsroom needs them different."""

import time

from . import faults

SECONDS = 20.0  # for everything: names, connections, every hop, until the last byte
CONNECT_SECONDS = 6.0  # for one of several addresses of a site, so that a dead one leaves time for the next
HOPS = 10  # redirects of either kind that are followed
PAGE_BYTES = 10_000_000  # unpacked
FILE_BYTES = 20_000_000  # unpacked PDFs and pictures; and what may come over the wire for anything
HEAD_BYTES = 65_536  # status and headers, those of interim answers counted in
SNIFFED_BYTES = 16_384  # by then it is clear what something is
REFUSAL_BYTES = 65_536  # as much of an error page is looked at
PIECE_BYTES = 65_536  # read or unpacked at a time
ADDRESSES = 4  # of one site that are tried
CHUNKS = 100_000  # of one body; a site that sends a few bytes in each only keeps us busy
MEMBERS = 100  # gzip streams one after another in one body
COOKIE_BYTES = 8_192  # for one site within one fetch


class Deadline:
    """The moment by which one whole fetch is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds left; raise ``TimedOutError`` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise faults.TimedOutError
        return left
