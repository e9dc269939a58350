"""Pictures that nobody asked for by hand: taken in a process of its own, with little memory and little time."""

import json
from pathlib import Path

from curation import sandbox

from .decode import DecodedPicture, PictureRefused
from .renditions import Rendition

SECONDS = 30.0  # on the clock, for one picture; the process itself may calculate for twenty
MEMORY = 1_000 * sandbox.MEGABYTE  # twelve bytes a pixel of the largest picture, and what the programs take
_WORKER = Path(__file__).with_name("worker.py")
_HEAVY = (
    "This picture takes more memory or time than any picture should.",
    "Such files exist to keep a computer busy.",
    "Find the picture elsewhere, or save it anew in an image program.",
)


def decode_picture(data: bytes) -> DecodedPicture:
    """Decode as ``images`` does, a fifth of a second slower. Raises PictureRefused, also for what is too heavy."""
    facts, master = _decoded_apart(data, "picture")
    return DecodedPicture(**facts, master=master)


def decode_icon(data: bytes) -> Rendition:
    """Decode as ``icons.decode_icon`` does. Raises PictureRefused."""
    facts, body = _decoded_apart(data, "icon")
    return Rendition(**facts, data=body)


def _decoded_apart(data: bytes, wish: str) -> tuple[dict, bytes]:
    said, is_whole = sandbox.run(
        _WORKER,
        wish,
        data=data,
        memory=MEMORY,
        calculating=20,
        seconds=SECONDS,
        written=100 * sandbox.MEGABYTE,
        has_threads=True,  # decoders of AVIF do not work without
    )
    if not is_whole:
        raise PictureRefused(*_HEAVY)
    line, _, body = said.partition(b"\n")
    facts = json.loads(line)
    if "refused" in facts:
        raise PictureRefused(*facts["refused"])
    return facts, body
