"""An HTTP/1 answer, read from bytes as they come: head, framing, chunks; nothing it says of its own size is believed.

Written here because ``http.client`` reads interim answers, trailers and chunk sizes without end or limit.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.datastructures import CaseInsensitiveMapping

from . import faults, limits

_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: .*)?", re.DOTALL)
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\0\r]*)")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\0]*)?")
_LENGTH = re.compile(r"[0-9]{1,15}")
_LINE_BYTES = 4_096  # of what stands between chunks


class Wire:
    """Bytes of one connection, a line or a piece at a time; ``receive(most)`` gives the next ones, none at the end.

    Raises ``TooLargeError`` when more came than any answer may have.
    """

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        self._receive = receive
        self._waiting = bytearray()
        self._left = limits.FILE_BYTES + limits.HEAD_BYTES

    def line(self, most: int) -> bytes:
        """Return the next line without its end; raise ``BadAnswerError`` where there is none within ``most`` bytes."""
        seen = 0
        while (end := self._waiting.find(b"\n", seen)) < 0:
            seen = len(self._waiting)
            if seen > most or not self._more():
                raise faults.BadAnswerError
        if end > most:
            raise faults.BadAnswerError
        return self._take(end + 1)[:-1].removesuffix(b"\r")

    def piece(self, most: int) -> bytes:
        """Return from one to ``most`` bytes, none at the end."""
        if not self._waiting:
            self._more()
        return self._take(min(most, limits.PIECE_BYTES))

    def is_over(self) -> bool:
        """Return whether nothing more comes."""
        return not self._waiting and not self._more()

    def _more(self) -> bool:
        received = self._receive(limits.PIECE_BYTES)
        self._left -= len(received)
        if self._left < 0:
            raise faults.TooLargeError
        self._waiting += received
        return bool(received)

    def _take(self, count: int) -> bytes:
        taken = bytes(self._waiting[:count])
        del self._waiting[:count]
        return taken


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers; a header that stands twice has its values joined by commas. ``cookies`` are not joined."""

    status: int
    headers: CaseInsensitiveMapping
    cookies: tuple[str, ...] = ()


def head(wire: Wire) -> Head:
    """Read the head of the final answer, past interim ones; raise ``BadAnswerError`` where it is none or
    is too long.
    """
    left = limits.HEAD_BYTES
    while True:
        lines = _lines(wire, left)
        left -= sum(len(line) + 2 for line in lines) + 2
        found = _STATUS.fullmatch(lines[0])
        if not found or found[1] == b"101":
            raise faults.BadAnswerError
        if not found[1].startswith(b"1"):
            return _head(int(found[1]), lines[1:])


def _lines(wire: Wire, left: int) -> list[bytes]:
    lines = [wire.line(left)]
    while lines[-1]:
        left -= len(lines[-1]) + 2
        lines.append(wire.line(left))
    return lines


def _head(status: int, lines: list[bytes]) -> Head:
    values: dict[str, list[str]] = {}
    cookies = []
    for line in lines:
        # A line that is no header is passed over, as browsers do: old servers write strange ones.
        if found := _HEADER.fullmatch(line):
            name, value = found[1].decode().lower(), found[2].strip(b" \t").decode("latin-1")
            cookies.append(value) if name == "set-cookie" else values.setdefault(name, []).append(value)
    joined = {name: ", ".join(several) for name, several in values.items()}
    return Head(status, CaseInsensitiveMapping(joined), tuple(cookies))


def body(wire: Wire, head: Head) -> Iterator[bytes]:
    """Yield the body in pieces of at most 64 kB, still packed.

    ``Content-Length`` only says where to stop; one that is no number, or more than what comes, is ignored.
    """
    if head.status in {204, 304}:
        return iter(())
    # A body that was packed for the way as well shows it by its first bytes.
    framed = head.headers.get("Transfer-Encoding", "").rpartition(",")[2].strip().lower()
    return _chunks(wire) if framed == "chunked" else _stretch(wire, _length(head))


def _length(head: Head) -> int | None:
    said = head.headers.get("Content-Length", "")
    return int(said) if _LENGTH.fullmatch(said) else None


def _stretch(wire: Wire, length: int | None) -> Iterator[bytes]:
    """Yield ``length`` bytes, or what comes until the end."""
    while length is None or length > 0:
        piece = wire.piece(limits.PIECE_BYTES if length is None else length)
        if not piece:
            return
        if length is not None:
            length -= len(piece)
        yield piece


def _chunks(wire: Wire) -> Iterator[bytes]:
    """Yield what stands in chunks; what may come after the last one is never read, and some servers forget the last."""
    for _ in range(limits.CHUNKS):
        if wire.is_over():
            return
        size = _chunk_size(wire)
        if not size:
            return
        yield from _chunk(wire, size)
    raise faults.BadAnswerError


def _chunk(wire: Wire, size: int) -> Iterator[bytes]:
    while size:
        piece = wire.piece(size)
        if not piece:
            raise faults.BadAnswerError
        size -= len(piece)
        yield piece
    if wire.line(_LINE_BYTES):
        raise faults.BadAnswerError


def _chunk_size(wire: Wire) -> int:
    found = _CHUNK.fullmatch(wire.line(_LINE_BYTES))
    if not found:
        raise faults.BadAnswerError
    return int(found[1], 16)
