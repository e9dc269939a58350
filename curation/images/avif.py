"""The renditions that take longest, made from a ready picture's master when nobody waits. Needs the database."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from curation.models import Picture

from .disk import master, write
from .renditions import LATER, renditions


def add_later(pk: int) -> int:
    """Make the renditions that take longest (AVIF) from a ready picture's master; give their number. Safe to repeat.

    About 0.6 s; the row learns of them when all are there.
    """
    picture = Picture.objects.filter(pk=pk, state=Picture.State.READY).first()
    root = Path(settings.MEDIA_ROOT)
    file = picture and master(root, picture.name)
    if not file:
        return 0
    made = renditions(picture.name, file.read_bytes(), LATER)
    for rendition in made:
        write(root, rendition)
    with transaction.atomic():
        widths = Picture.objects.select_for_update().values_list("widths", flat=True).get(pk=pk)
        widths |= {form: [row.width for row in made if row.format == form] for form in LATER}
        Picture.objects.filter(pk=pk).update(widths=widths)
    return len(made)
