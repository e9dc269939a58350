"""Picture files on disk: where they lie, and how they get there whole or not at all."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from .decode import DecodedPicture
from .renditions import Rendition

PARTIAL = ".partial"  # files being written; whatever is left here after a crash may be deleted

_OURS = re.compile(r"[a-z2-7]{20}(-[1-9][0-9]{0,3}\.(jpg|webp|avif)|\.(jpg|png))", re.ASCII)


def path(root: Path, filename: str) -> Path:
    """Return the place of a rendition's or a master's file: ``root/ab/cd/abcd….jpg``.

    :raises ValueError: for a name that is not one of ours, so no name can lead out of ``root``.
    """
    if not _OURS.fullmatch(filename):
        raise ValueError(f"{filename!r} is not the name of one of our pictures.")
    return Path(root) / filename[:2] / filename[2:4] / filename


def master(root: Path, name: str) -> Path | None:
    """Return the file of a picture's master, ``.jpg`` or ``.png``, or None where it is not there."""
    files = (path(root, f"{name}.{ending}") for ending in ("jpg", "png"))
    return next((file for file in files if file.exists()), None)


def remove(root: Path, name: str) -> None:
    """Delete every file of a picture, and the folders that this leaves empty; what is not there is no fault."""
    folder = path(root, f"{name}.png").parent
    for file in folder.glob(f"{name}*"):
        file.unlink(missing_ok=True)
    for empty in (folder, folder.parent):
        with suppress(OSError):
            empty.rmdir()


def write(root: Path, picture: Rendition | DecodedPicture) -> Path:
    """Write one file so that a reader, or a run after a crash, finds all of it or none; writing again is harmless."""
    target = path(root, picture.filename)
    partial = Path(root) / PARTIAL / f"{picture.filename}.{secrets.token_hex(6)}"
    target.parent.mkdir(parents=True, exist_ok=True)
    partial.parent.mkdir(exist_ok=True)
    try:
        with partial.open("xb") as file:
            file.write(picture.data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target
