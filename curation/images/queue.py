"""Pictures that wait for the encoder: from the file they came in to what readers are sent. Needs the database.

A run that is killed leaves a picture waiting, or ready with all its files; the next one goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable

from django.db import transaction

from curation.models import Picture

from . import store, tasks
from .decode import BYTES, PictureRefused, decode_picture

SLICE = 50


def encode_queued(
    limit: int | None = None,
    on_done: Callable[[Picture], None] = lambda picture: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Counter:
    """Encode pictures that wait, the oldest first; give how many became ``ready`` and how many ``failed``.

    JPEG and WebP at once, AVIF by a task. ``on_done`` hears of each. About 0.3 s a picture, outside any transaction.
    """
    done, last = Counter(), 0
    while rows := list(_waiting(last)[:SLICE]):
        for picture in rows:
            if stopped() or (limit is not None and done.total() >= limit):
                return done
            last = picture.pk
            encode_one(picture)
            done[picture.state] += 1
            on_done(picture)
    return done


def _waiting(after):
    return Picture.objects.filter(state=Picture.State.QUEUED, pk__gt=after).order_by("pk")


def encode_one(picture: Picture) -> None:
    """Encode one picture from its file: ready, or failed with words for the curator."""
    try:
        taken = decode_picture(_bytes(picture.incoming))
    except (PictureRefused, MemoryError) as refusal:
        picture.state, picture.failure = Picture.State.FAILED, str(refusal)[:300]
        _save(picture, "state", "failure")
        return
    for name, value in store.keep_picture(taken).items():
        setattr(picture, name, value)
    with transaction.atomic():
        if _save(picture, *_FILLED):
            tasks.encode_later.enqueue(picture.pk)


_FILLED = store.FIELDS


def _bytes(incoming):
    try:
        with open(incoming, "rb") as file:
            return file.read(BYTES + 1)
    except OSError as fault:
        why = f"{fault.strerror}."
        raise PictureRefused("The file cannot be read.", why, "Import it again with its pictures.") from fault


def _save(picture, *names):
    """Write the row if it still waits: two encoders may have been at it. Return whether it was this one."""
    values = {name: getattr(picture, name) for name in names}
    return Picture.objects.filter(pk=picture.pk, state=Picture.State.QUEUED).update(**values)
