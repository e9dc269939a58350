"""The demo's pictures: drawn, encoded and kept like any picture that somebody brings."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from os import cpu_count
from pathlib import Path

from django.conf import settings

from curation import images
from curation.images import tasks
from curation.models import Picture
from medigy.demo import record
from medigy.demo.texts import Text

from . import scenes


@dataclass(frozen=True)
class Drawn:
    """One picture on disk: the name of the article's text, what ``pictures`` took, and its widths by format."""

    article: str
    taken: images.DecodedPicture
    widths: dict[str, list[int]]


def draw(texts: Iterable[Text], tell: Callable[[int, int], None]) -> list[Drawn]:
    """Draw and encode the picture of every text that asks for one; files alone, no query. About 0.5 s each."""
    root, asked = Path(settings.MEDIA_ROOT), scenes.assign(texts)
    root.mkdir(parents=True, exist_ok=True)
    drawn = []
    # Pillow lets go of the interpreter while it resizes and encodes, which is most of the work.
    with ThreadPoolExecutor(cpu_count()) as threads:
        for one in threads.map(lambda pair: _draw(root, *pair), asked.items()):
            drawn.append(one)
            tell(len(drawn), len(asked))
    return drawn


def _draw(root, article, scene):
    file = BytesIO()
    scene.draw().save(file, "png", compress_level=1)
    taken = images.decode_picture(file.getvalue())
    images.write(root, taken)
    widths = {}
    for rendition in images.renditions(taken.name, taken.master):
        images.write(root, rendition)
        widths.setdefault(rendition.format, []).append(rendition.width)
    return Drawn(article, taken, widths)


def keep(drawn: Iterable[Drawn]) -> dict[str, Picture]:
    """Make the rows of pictures that lie on disk, by the name of the article's text; AVIF is the task worker's."""
    kept = {one.article: _row(one) for one in drawn}
    record.made(kept.values())
    for picture in kept.values():
        tasks.encode_later.enqueue(picture.pk)
    return kept


def _row(one):
    return Picture.objects.create(
        state=Picture.State.READY,
        name=one.taken.name,
        address=f"demo/{one.article}.png",
        width=one.taken.width,
        height=one.taken.height,
        colour=one.taken.colour,
        widths=one.widths,
    )
