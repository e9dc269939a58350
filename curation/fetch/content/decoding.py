"""Unpacking gzip and deflate while they come, a small piece at a time, so that no bomb is ever held whole."""

import zlib
from collections.abc import Iterator

from curation.fetch import faults, limits

ACCEPTED = "gzip, deflate"
_GZIP, _ZLIB, _RAW = 31, 15, -15  # how zlib is told what it reads


def decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield a body unpacked, in pieces of at most 64 kB; ``encoding`` is what ``Content-Encoding`` said.

    Raises ``BadAnswer`` where it is packed in a way nobody asked for, or broken.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return pieces
        case "gzip" | "x-gzip":
            return _unpacked(pieces, _GZIP)
        case "deflate":
            return _inflated(pieces)
    raise faults.BadAnswer


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Half of all servers send "deflate" without the zlib header it should have."""
    beginning = b""
    while len(beginning) < 2 and (piece := next(pieces, b"")):
        beginning += piece
    is_zlib = len(beginning) > 1 and beginning[0] & 15 == 8 and int.from_bytes(beginning[:2]) % 31 == 0
    yield from _unpacked(_led_by(beginning, pieces), _ZLIB if is_zlib else _RAW)


def _led_by(beginning: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield beginning
    yield from pieces


def _unpacked(pieces: Iterator[bytes], form: int) -> Iterator[bytes]:
    unpacker, members = zlib.decompressobj(form), 1
    for packed in pieces:
        while packed:
            if unpacker.eof:
                # Several gzip streams may follow one another; whatever else follows is padding.
                if form != _GZIP or not packed.startswith(b"\x1f"):
                    return
                unpacker, members = zlib.decompressobj(form), members + 1
                if members > limits.MEMBERS:
                    raise faults.BadAnswer
            yield _some(unpacker, packed)
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    while not unpacker.eof:  # all came in, not all is out
        piece = _some(unpacker, b"")
        if not piece and not unpacker.eof:
            raise faults.BadAnswer
        yield piece


def _some(unpacker: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return unpacker.decompress(packed, limits.PIECE_BYTES)
    except zlib.error:
        raise faults.BadAnswer from None
