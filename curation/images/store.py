"""Keeping a picture that was taken: its files on disk, what its row says of them, and who needs them still."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from curation.models import Picture, SourceLink
from offerings.models import Institution, Offering

from .decode import DecodedPicture
from .disk import remove, write
from .renditions import AT_ONCE, renditions

#: The fields of a row that ``keep_picture`` gives.
FIELDS = ("state", "name", "width", "height", "colour", "widths", "failure")


def keep_picture(taken: DecodedPicture) -> dict:
    """Write the master and the renditions made at once (JPEG, WebP); give the values of ``FIELDS``, by name.

    About 0.3 s, and safe to repeat; never call it inside a transaction. No query.
    """
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    write(root, taken)
    widths = {}
    for rendition in renditions(taken.name, taken.master, AT_ONCE):
        write(root, rendition)
        widths.setdefault(rendition.format, []).append(rendition.width)
    values = (Picture.State.READY, taken.name, taken.width, taken.height, taken.colour, widths, "")
    return dict(zip(FIELDS, values, strict=True))


def is_needed(name: str) -> bool:
    """Return whether a row, the catalogue or a site's icon has the files of this picture. Four queries at most."""
    shows = [Picture.objects.filter(name=name), SourceLink.objects.filter(favicon__startswith=name)]
    shows += [model.objects.filter(logo__startswith=name) for model in (Offering, Institution)]
    return any(rows.exists() for rows in shows)


def remove_unneeded(names: Iterable[str]) -> int:
    """Delete the files of those pictures that nothing needs any more; give their number. Safe to repeat."""
    unneeded = [name for name in names if not is_needed(name)]
    for name in unneeded:
        remove(Path(settings.MEDIA_ROOT), name)
    return len(unneeded)
