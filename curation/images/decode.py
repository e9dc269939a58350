"""Decoding a picture from anywhere: known by its bytes, refused if unsafe, nothing kept but the pixels.

Whatever comes in is decoded by exactly one decoder, chosen by the first bytes, and written anew. So what a file claims
to be, what it carries beside its pixels (place, camera, comments, a second file behind the first) and what it is called
never reach the disk.
"""

import base64
import hashlib
import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms

from .placeholder import colour

BYTES = 20_000_000
PIXELS = 40_000_000
WIDTH, HEIGHT = 2560, 8000  # the master is never larger, whatever came in
PAPER = (0xFB, 0xFA, 0xF6)  # shows through where a format has no transparency

_SCANS = 100  # a progressive JPEG of a camera or an editor has about ten
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif"}
_LOSSY = {"jpeg", "avif", "webp"}
_MODES = {"1": "L", "LA": "RGBA", "PA": "RGBA", "La": "RGBA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB", "P": "RGB"}

# Errors that Pillow's decoders are known to raise on bytes made to hurt them; MemoryError is left to the caller.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    AttributeError,
    AssertionError,
    struct.error,
    zlib.error,
)

# A second line behind the check of the header: a frame that turns out larger while it is read stops there.
Image.MAX_IMAGE_PIXELS = PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
# Remarks on odd metadata, which is dropped anyway, would only litter the terminal of an import.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


class PictureRefused(ValueError):
    """A file that is not taken: ``what`` it is, ``why`` that is refused, and how to ``mend`` it, as plain sentences."""

    def __init__(self, what: str, why: str, mend: str):
        super().__init__(f"{what} {why} {mend}")
        self.what, self.why, self.mend = what, why, mend


@dataclass(frozen=True, slots=True)
class DecodedPicture:
    """A picture as it is kept. ``master`` holds the bytes, ``format`` is ``jpeg`` or ``png``, ``digest`` is the SHA-256
    of the bytes that came in, in hex, ``name`` is made of it, ``colour`` is a number of ``PLACEHOLDERS``. ``is_moving``
    tells that more frames came than the one that is kept.
    """

    name: str
    width: int
    height: int
    digest: str
    master: bytes
    format: str
    colour: int
    is_moving: bool = False

    @property
    def filename(self) -> str:
        return f"{self.name}.{_EXTENSIONS[self.format]}"

    @property
    def data(self) -> bytes:
        return self.master


_UNKNOWN = (
    "This file is not a picture Medigy knows.",
    "Its first bytes belong to no JPEG, PNG, WebP, GIF or AVIF, whatever its name says.",
    "Open it in an image program and save it as JPEG or PNG.",
)
_DRAWING = (
    "This file is an SVG drawing or a web page.",
    "Such files can carry scripts, so they are not taken.",
    "Save the drawing as PNG and try again.",
)
_OTHERS = (
    (b"%PDF", ("This file is a PDF.", "A page is not a picture.", "Save the picture in it as JPEG or PNG.")),
    (b"BM", ("This file is a BMP.", "That format is not taken.", "Save it as PNG and try again.")),
    (b"II*\0", ("This file is a TIFF.", "That format is not taken.", "Save it as JPEG or PNG and try again.")),
    (b"MM\0*", ("This file is a TIFF.", "That format is not taken.", "Save it as JPEG or PNG and try again.")),
    (b"\0\0\1\0", ("This file is an icon.", "Icons are too small to print.", "Find the picture as PNG or JPEG.")),
)
_PHONE = (
    "This file is a HEIC photograph.",
    "Few browsers can show that format.",
    "Export it as JPEG (phones call this “most compatible”) and try again.",
)


def name_of(digest: bytes) -> str:
    """Return a picture's name, from the SHA-256 of its bytes as they came."""
    return base64.b32encode(digest).decode("ascii").lower()[:20]


def sniff(data: bytes) -> str:
    """Return ``jpeg``, ``png``, ``webp``, ``gif`` or ``avif``, by the first bytes alone; PictureRefused for others."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data[4:8] == b"ftyp":
        return _sniff_box(data)
    raise _unknown(data)


def _sniff_box(data: bytes) -> str:
    """Tell AVIF from HEIC, which share one container; its first box lists the brands it can be read as."""
    brands = data[8 : min(int.from_bytes(data[:4]), 256)]
    if b"avif" in brands:
        return "avif"
    raise PictureRefused(*_PHONE) if brands[:4] in (b"heic", b"heix", b"mif1", b"hevc") else _unknown(data)


def _unknown(data: bytes) -> PictureRefused:
    if not data:
        return PictureRefused("This file is empty.", "There is no picture in it.", "Choose the file again.")
    for start, words in _OTHERS:
        if data.startswith(start):
            return PictureRefused(*words)
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return PictureRefused(*_DRAWING)
    return PictureRefused(*_UNKNOWN)


def _refuse_heavy(data: bytes) -> None:
    if len(data) > BYTES:
        raise PictureRefused(
            f"This file is {len(data) / 1e6:.0f} MB.",
            f"The most that is taken is {BYTES // 1_000_000} MB.",
            "Save it smaller, about 2,500 pixels wide, and try again.",
        )


def _refuse_large(width: int, height: int) -> None:
    if width * height > PIXELS:
        raise PictureRefused(
            f"This picture is {width:,} × {height:,} pixels.",
            f"The most that is taken is {PIXELS // 1_000_000} million pixels.",
            "Save it smaller, about 2,500 pixels wide, and try again.",
        )


def _refuse_costly(data: bytes, kind: str) -> None:
    """Refuse the small files that are made to be slow or large, before a decoder is asked."""
    if kind == "webp":
        # Pillow sets aside the whole canvas on opening, so the size is read here first.
        _refuse_large(*_webp_size(data))
    if kind == "jpeg" and data.count(b"\xff\xda") > _SCANS:
        raise PictureRefused(
            "This JPEG is drawn in more passes than any camera makes.",
            "Such files exist to keep a computer busy.",
            "Open it in an image program and save it anew.",
        )


def _webp_size(data: bytes) -> tuple[int, int]:
    chunk, body = data[12:16], data[20:30]
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def fit(width: int, height: int) -> tuple[int, int]:
    """Return the size a picture of this size is kept at: as it is, or shrunk to the master's bounds, never enlarged."""
    share = min(1.0, WIDTH / width, HEIGHT / height)
    return max(1, round(width * share)), max(1, round(height * share))


def _read(data: bytes, kind: str) -> Image.Image:
    """Return the first frame, decoded. JPEG is decoded at a half, a quarter or an eighth where that is large enough."""
    picture = Image.open(BytesIO(data), formats=[kind])
    _refuse_large(*picture.size)
    if kind == "jpeg":
        # A turned picture swaps its sides, so either bound may come to hold for either side.
        picture.draft(None, max(fit(*picture.size), fit(*picture.size[::-1])[::-1]))
    picture.load()
    _refuse_large(*picture.size)
    return picture


def _orientation(picture: Image.Image) -> int:
    try:
        return picture.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1  # metadata nobody can read turns nothing


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in mode L, RGB, RGBA or CMYK: palettes looked up, 16 bits brought to 8, transparency kept."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert(_MODES.get(picture.mode, picture.mode))


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the same colours in sRGB. A profile that is broken or does not fit the picture is passed over."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, *_BROKEN):
            pass
    return picture.convert(mode)


def _opaque(picture: Image.Image) -> Image.Image:
    """Return the picture in RGB where nothing shows through; else as it came."""
    if picture.mode == "RGBA" and picture.getextrema()[3][0] == 255:
        return picture.convert("RGB")
    return picture


def flat(picture: Image.Image) -> Image.Image:
    """Return the picture laid on paper, for formats without transparency."""
    if picture.mode != "RGBA":
        return picture
    sheet = Image.new("RGB", picture.size, PAPER)
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet


def _is_moving(picture: Image.Image) -> bool:
    try:
        return bool(getattr(picture, "is_animated", False))
    except _BROKEN:
        return False  # a second frame that cannot be read is none


def _clean(picture: Image.Image) -> Image.Image:
    """Return the picture upright, in sRGB, no larger than a master, with nothing but its pixels."""
    profile, turn = picture.info.get("icc_profile"), _TURNS.get(_orientation(picture))
    picture = _plain(picture)
    if turn is not None:
        picture = picture.transpose(turn)
    if (size := fit(*picture.size)) != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    picture = _opaque(_in_srgb(picture, profile))
    # Pillow carries comments, profiles and text along in `info` and would write some of them again.
    picture.info = {}
    return picture


def encode(picture: Image.Image, kind: str, **options) -> bytes:
    """Return the bytes of a clean picture in one format; ``options`` are Pillow's."""
    file = BytesIO()
    (flat(picture) if kind == "jpeg" else picture).save(file, format=kind, **options)
    return file.getvalue()


def _master(picture: Image.Image, came_as: str) -> tuple[str, bytes]:
    """Encode a master: photographs as JPEG that leaves no second trace; sharp or transparent pictures losslessly."""
    if came_as in _LOSSY and picture.mode == "RGB":
        return "jpeg", encode(picture, "jpeg", quality=92, subsampling=0)
    return "png", encode(picture, "png", compress_level=4)


def decode_picture(data: bytes) -> DecodedPicture:
    """Decode, check, turn upright, bring to sRGB, strip and write anew; no file and no network is touched.

    :raises PictureRefused: with what the file is, why it is refused and how to mend it. Costs 20 to 900 ms and up to
        about 12 bytes of memory per pixel that came in; never call it inside a transaction.
    """
    _refuse_heavy(data)
    kind = sniff(data)
    _refuse_costly(data, kind)
    try:
        opened = _read(data, kind)
        picture, is_moving = _clean(opened), _is_moving(opened)
        form, master = _master(picture, kind)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        words = (
            "This picture is far larger than it looks.",
            "It unpacks to more pixels than are taken.",
            "Save it smaller.",
        )
        raise PictureRefused(*words) from bomb
    except _BROKEN as fault:
        raise PictureRefused(
            f"This {kind.upper()} is broken or cut short.",
            "It could not be read to its end.",
            "Download or export it again, then try once more.",
        ) from fault
    digest = hashlib.sha256(data).digest()
    return DecodedPicture(name_of(digest), *picture.size, digest.hex(), master, form, colour(flat(picture)), is_moving)
