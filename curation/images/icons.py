"""Icons of other people's sites: any picture or ICO file becomes one small WebP of ours."""

from io import BytesIO
from itertools import batched

from PIL import Image

from .decode import _BROKEN, PictureRefused, decode_picture, encode
from .renditions import Rendition

SIDE = 64  # pixels; readers see it at 20
BYTES = 1_000_000
_PIXELS = 1_048_576  # of the largest picture in an ICO file
_UNFIT = (
    "This file is no icon.",
    "It is broken, empty or far too large.",
    "There is nothing to mend: the site goes on.",
)


def decode_icon(data: bytes) -> Rendition:
    """Decode and write anew, as a WebP whose longer side is at most 64 pixels, named by its own bytes.

    :raises PictureRefused: for what is neither an ICO file nor a picture that ``decode_picture`` takes, or is large.
    """
    if len(data) > BYTES:
        raise PictureRefused(*_UNFIT)
    taken = decode_picture(_as_png(data) if data.startswith(b"\0\0\1\0") else data)
    picture = Image.open(BytesIO(taken.master), formats=["jpeg", "png"])
    picture.thumbnail((SIDE, SIDE))
    return Rendition(taken.name, *picture.size, "webp", encode(picture, "webp", quality=90))


def _as_png(data: bytes) -> bytes:
    """Return the largest picture of an ICO file, once all of them are known to be small."""
    if not all(width * height <= _PIXELS for width, height in _sizes(data)):
        raise PictureRefused(*_UNFIT)
    try:
        picture = Image.open(BytesIO(data), formats=["ico"])
        return encode(picture, "png")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *_BROKEN) as fault:
        raise PictureRefused(*_UNFIT) from fault


def _sizes(data: bytes):
    """Yield the width and height that each picture of an ICO file says of itself; the list before tells 256 at most."""
    many = int.from_bytes(data[4:6], "little")
    for entry in batched(data[6 : 6 + 16 * many], 16):
        start = int.from_bytes(bytes(entry[12:16]), "little")
        head = data[start : start + 24]
        if head.startswith(b"\x89PNG"):
            if head[12:16] != b"IHDR":  # the size stands there only if this chunk is the first
                raise PictureRefused(*_UNFIT)
            yield int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
        else:
            yield abs(_signed(head[4:8])), abs(_signed(head[8:12]))


def _signed(four: bytes) -> int:
    return int.from_bytes(four, "little", signed=True)
