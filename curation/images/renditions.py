"""The sizes and formats readers are sent, made from a master, and what their files are called."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from .decode import BYTES, HEIGHT, WIDTH, PictureRefused, encode, name_of, sniff

LADDER = (320, 480, 640, 960, 1280, 1600)
AT_ONCE = ("jpeg", "webp")
LATER = ("avif",)

# By measurement on news photographs: WebP's method 2 is both smaller and faster than 0 and a quarter of 6; AVIF at
# speed 8 gives 98 % of what speed 6 saves in a third of its time. The qualities look alike across the three.
_OPTIONS = {
    "jpeg": {"quality": 78, "optimize": True, "progressive": True},
    "webp": {"quality": 78, "method": 2},
    "avif": {"quality": 58, "speed": 8},
}
_FORMATS = {"jpg": "jpeg", "webp": "webp", "avif": "avif"}
_EXTENSIONS = {form: extension for extension, form in _FORMATS.items()}
_IN_BODIES = 960  # pixels: as wide as a body is drawn, on screens of twice as many
_TURNED = range(5, 9)  # EXIF's orientations of a picture that lies on its side
_ORIENTATION = 0x0112
_NAME = re.compile(r"([a-z2-7]{20})-([1-9][0-9]{0,3})\.(jpg|webp|avif)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture at one width, in pixels, in one format (``jpeg``, ``webp``, ``avif``)."""

    name: str
    width: int
    height: int
    format: str
    data: bytes

    @property
    def filename(self) -> str:
        return rendition_name(self.name, self.width, self.format)


def rendition_name(name: str, width: int, form: str) -> str:
    """Return ``<name>-<width>.<ext>``, the one shape a rendition's file name has."""
    return f"{name}-{width}.{_EXTENSIONS[form]}"


def parse_name(filename: str) -> tuple[str, int, str] | None:
    """Return ``(name, width, extension)`` of a rendition's file name, or None for anything else, masters included."""
    found = _NAME.fullmatch(filename)
    return found and (found[1], int(found[2]), found[3])


def widths(width: int) -> list[int]:
    """Return the widths a master this wide is offered at: never enlarged, and no step that its own width nearly is."""
    widest = min(width, LADDER[-1])
    return [step for step in LADDER if step < widest * 0.9] + [widest]


def renditions(name: str, master: bytes, formats: Iterable[str] = AT_ONCE) -> list[Rendition]:
    """Return every width of a master (as ``decode`` made it) in every format asked for, widths rising in each format.

    A full ladder costs about 0.2 s in JPEG and WebP and 0.6 s in AVIF; never call it inside a transaction.
    """
    picture = Image.open(BytesIO(master), formats=["jpeg", "png"])
    picture.load()
    sizes = [(width, max(1, round(picture.height * width / picture.width))) for width in widths(picture.width)]
    resized = [picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0) for size in sizes]
    return [
        Rendition(name, *size, form, encode(small, form, **_OPTIONS[form]))
        for form in formats
        for size, small in zip(sizes, resized, strict=True)
    ]


def body_name(file: str) -> str:
    """Return the name of a picture's rendition for bodies, ``abcd…-960.jpg``; empty for a file that we do not take.

    Reads the file whole and decodes nothing: about 1 ms.
    """
    try:
        data = Path(file).read_bytes() if Path(file).stat().st_size <= BYTES else b""
        sniff(data)
        with Image.open(Path(file)) as picture:
            turned = picture.getexif().get(_ORIENTATION) in _TURNED
            width, height = picture.size[::-1] if turned else picture.size
    except (OSError, PictureRefused, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    steps = widths(max(1, round(width * min(1.0, WIDTH / width, HEIGHT / height))))
    widest = [step for step in steps if step <= _IN_BODIES] or steps[:1]
    return rendition_name(name_of(hashlib.sha256(data).digest()), widest[-1], "jpeg")
