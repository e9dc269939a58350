"""Every picture, from any way in: checked, decoded, written anew and stripped; renditions, and what stands in for it.

Everything here is pure or touches the disk alone: no database, no network.
"""

from .decode import DecodedPicture, PictureRefused, decode_picture
from .disk import path, write
from .placeholder import PLACEHOLDERS, focus
from .renditions import AT_ONCE, LATER, Rendition, parse_name, rendition_name, renditions, widths

__all__ = [
    "AT_ONCE",
    "LATER",
    "PLACEHOLDERS",
    "PictureRefused",
    "Rendition",
    "DecodedPicture",
    "focus",
    "parse_name",
    "path",
    "rendition_name",
    "renditions",
    "decode_picture",
    "widths",
    "write",
]
