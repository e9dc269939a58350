"""How a document's bytes are kept: compressed, by the process that reads the file, and as they were when asked for."""

import zlib


def pack(data: bytes) -> bytes:
    """Bytes as they are stored; see :func:`unpack`. The quickest level: the gain of the others is small."""
    return zlib.compress(data, 1)


def unpack(packed: bytes) -> bytes:
    """The bytes that were packed."""
    return zlib.decompress(packed)
