"""Unpacking bodies while they come, a small piece at a time, so that no bomb is ever held whole.

Servers lie about how they pack, and browsers are mild: what begins as a page is taken as it is, what begins as gzip is
unpacked, whatever was said of either. A body that ends too soon or goes on too long is taken as far as it is whole.
"""

import zlib
from collections.abc import Callable, Iterator
from itertools import chain

import brotli

from curation.fetch import faults, limits

from . import sniffing

ACCEPTED = "gzip, deflate"
_GZIP, _ZLIB, _RAW = 31, 15, -15  # zlib's numbers for the formats it reads
_GZIP_BEGINS = b"\x1f\x8b\x08"
_LOOKED_AT = 1024  # bytes that tell how a body is packed
_MOST_CODINGS = 4  # one upon another
_NAMES = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate", "br": "Brotli", "zstd": "Zstandard"}
_BY_NAME = "The site sent the page compressed ({}) in a way that could not be unpacked. Paste the page's text instead."
_UNKNOWN = "in a form that is not known here"

Unpacker = Callable[[Iterator[bytes]], Iterator[bytes]]


def decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Return a body unpacked, in pieces of about 64 kB; ``encoding`` is what ``Content-Encoding`` said.

    Raises ``BadAnswerError``, naming the packing, where nothing can be made of it.
    """
    codings = [coding for part in encoding.lower().split(",") if (coding := part.strip())] or [""]
    if len(codings) > _MOST_CODINGS:
        raise _fault("")
    for coding in reversed(codings):
        pieces = _one_less(pieces, coding)
    return pieces


def _fault(coding: str) -> faults.BadAnswerError:
    return faults.BadAnswerError(_BY_NAME.format(_NAMES.get(coding, _UNKNOWN)))


def _one_less(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Yield a body less one packing; raise ``BadAnswerError`` where it is broken from its beginning."""
    beginning = b""
    while len(beginning) < _LOOKED_AT and (piece := next(pieces, b"")):
        beginning += piece
    unpacker = _unpacker(beginning, coding)
    came = False
    try:
        for piece in unpacker(chain([beginning], pieces)):
            came = came or bool(piece)
            yield piece
    except (zlib.error, brotli.error):
        raise _fault(coding) from None
    if beginning and not came:
        raise _fault(coding)


def _unpacker(beginning: bytes, coding: str) -> Unpacker:
    """Return what unpacks a body that begins so; what is text, or has no packing, passes as it is."""
    if beginning.startswith(_GZIP_BEGINS):
        return _gunzipped
    if coding in {"", "identity"} or sniffing.kind(beginning):
        return iter
    if coding == "br" and not _is_text(beginning):
        return _of_brotli
    if coding == "deflate" and not _is_text(beginning):
        return _inflated
    if not _is_text(beginning):
        raise _fault(coding)
    return iter


def _is_text(beginning: bytes) -> bool:
    """Return whether bytes are words: packed ones have control characters among so many."""
    return not any(byte < 9 or 13 < byte < 32 for byte in beginning) and b"\xff" not in beginning


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Return an unpacker of "deflate" that also takes what half of all servers send, without its zlib header."""
    beginning = next(pieces, b"")
    is_zlib = len(beginning) > 1 and beginning[0] & 15 == 8 and int.from_bytes(beginning[:2]) % 31 == 0
    return _unpacked(chain([beginning], pieces), _ZLIB if is_zlib else _RAW)


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    return _unpacked(pieces, _GZIP)


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
                    raise faults.BadAnswerError
            yield unpacker.decompress(packed, limits.PIECE_BYTES)
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    while not unpacker.eof and (piece := unpacker.decompress(b"", limits.PIECE_BYTES)):
        yield piece  # all came in, not all is out


def _of_brotli(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    for packed in pieces:
        piece = unpacker.process(packed, output_buffer_limit=limits.PIECE_BYTES)
        while piece:  # until all that came in is out
            yield piece
            if unpacker.is_finished():
                return
            piece = unpacker.process(b"", output_buffer_limit=limits.PIECE_BYTES)
