"""The texts of an article's sources, as they are searched for evidence."""

from dataclasses import dataclass

from curation.models import Harvest
from curation.text.paragraphs import paragraphs

MOST_TEXTS = 8


@dataclass(frozen=True, slots=True)
class Text:
    """The stored text of one source: the id of its link, its brand, and its paragraphs as the desk numbers them."""

    link: int
    brand: str
    paragraphs: tuple[str, ...]


def texts_of(content: dict) -> list[Text]:
    """Return the texts of a snapshot's sources in their order, those that were read: eight at most. One query."""
    order = list(dict.fromkeys(row["link"] for row in content["sources"]))
    read = Harvest.objects.filter(link__in=order).exclude(text="").select_related("link")
    known = {one.link_id: one for one in read.only("kind", "text", "link__brand")}
    texts = [
        Text(pk, known[pk].link.brand, tuple(paragraphs(known[pk].text, known[pk].kind))) for pk in order if pk in known
    ]
    return texts[:MOST_TEXTS]
