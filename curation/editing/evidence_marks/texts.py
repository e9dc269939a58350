"""The texts of an article's sources, as they are searched for evidence."""

from dataclasses import dataclass
from itertools import accumulate

from curation.models import Harvest
from curation.text.paragraphs import paragraphs

MOST_TEXTS, MOST_CHARACTERS = 8, 500_000  # of all together: the matcher reads no more of one


@dataclass(frozen=True, slots=True)
class Text:
    """The stored text of one source: the id of its link, its brand, and its paragraphs as the desk numbers them."""

    link: int
    brand: str
    paragraphs: tuple[str, ...]


def texts_of(content: dict, known: dict[int, Harvest | None] | None = None) -> list[Text]:
    """Return the texts of a snapshot's sources in their order, those that were read: eight at most, and none that would
    make them longer than half a million characters, but for the first.

    One query, none where all are ``known``: harvests with their links by the link's id, None for one that was not read.
    """
    return texts_of_many({0: content}, known)[0]


def texts_of_many(contents: dict[int, dict], known: dict[int, Harvest | None] | None = None) -> dict[int, list[Text]]:
    """Return the texts of each of these snapshots, by its key; see ``texts_of``. One query."""
    orders = {key: list(dict.fromkeys(row["link"] for row in content["sources"])) for key, content in contents.items()}
    harvests = dict(known or {})
    wanted = {link for order in orders.values() for link in order} - harvests.keys()
    if wanted:
        read = Harvest.objects.filter(link__in=wanted).exclude(text="").select_related("link")
        harvests |= {one.link_id: one for one in read.only("kind", "text", "link__brand")}
    texts = {pk: _text(harvest) for pk, harvest in harvests.items() if harvest and harvest.text}
    return {key: _within_bounds([texts[pk] for pk in order if pk in texts]) for key, order in orders.items()}


def _within_bounds(texts):
    lengths = accumulate(sum(map(len, text.paragraphs)) for text in texts)
    fitting = [text for text, length in zip(texts, lengths, strict=True) if length <= MOST_CHARACTERS]
    return (fitting or texts[:1])[:MOST_TEXTS]


def _text(harvest):
    return Text(harvest.link_id, harvest.link.brand, tuple(paragraphs(harvest.text, harvest.kind)))
