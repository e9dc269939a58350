"""Topics ranked by how much a text speaks for each, with the reasons in words. Pure: what it reads is given to it."""

from dataclasses import dataclass, field

from . import word_forms
from .neighbours import Neighbours
from .topic_names import FIELDS, Found, Names, Text


@dataclass
class Ranked:
    """A topic's id with its score, and what speaks for it."""

    topic: int
    score: float = 0.0
    found: Found | None = None
    taught: tuple[str, int] | None = None
    like: list[int] = field(default_factory=list)  # article ids, the most alike first


def rank(text: Text, names: Names, neighbours: Neighbours, *, but: int | None = None) -> list[Ranked]:
    """Return topics that something speaks for, best first. Pure; ``but`` is the article itself.

    Three voices are added, each between 0 and a few: the twenty nearest articles (their cosines), the topic's name in
    each field (how often it was right before), the words of the title (how much oftener than usual they led there).
    """
    ranked: dict[int, Ranked] = {}
    fields = text.fields()

    def of(topic):
        return ranked.setdefault(topic, Ranked(topic))

    for place, cosine in neighbours.nearest_filed(text, but=but):
        for topic in neighbours.topics[place]:
            of(topic).score += cosine
            of(topic).like.append(neighbours.pks[place])
    for topic, found in names.found(fields).items():
        of(topic).found = found
        of(topic).score += sum(neighbours.trusted(topic, name) for name in found.fields)
    spelled = word_forms.spelled(text.title)
    for topic, (gain, word, times) in neighbours.taught(fields["title"], but=but).items():
        if topic in ranked or gain > 0.1:
            of(topic).score += max(gain, 0.0)
            of(topic).taught = (_as_spelled(word, spelled), times) if gain > 0.1 else None
    return sorted(ranked.values(), key=lambda one: (-round(one.score, 6), one.topic))


def _as_spelled(said, spelled):
    return " ".join(spelled.get(word, word) for word in said.split())


def reason(one: Ranked, titles: dict[int, str]) -> str:
    """Return the reason for a topic: ``matches “digital twin” in the title; like “Twins in surgery” and 2 others``."""
    pieces = []
    if one.found:
        pieces.append(_named(one.found))
    if one.taught:
        word, times = one.taught
        pieces.append(f"“{word}” stands in {times} titles filed here")
    if one.like:
        pieces.append(_like(one.like, titles))
    return "; ".join(pieces) or "is on the brief already"


_IN = {"title": "the title", "standfirst": "the standfirst", "body": "the text"}


def _named(found):
    places = [_IN[name] for name in FIELDS if name in found.fields]
    where = " and ".join([", ".join(places[:-1]), places[-1]] if len(places) > 1 else places)
    return f"matches {'its synonym ' if found.is_synonym else ''}“{found.spelling}” in {where}"


def _like(pks, titles):
    first, others = titles.get(pks[0], ""), len(pks) - 1
    if not first:
        return f"like {_count(len(pks), 'brief')} filed here"
    return f"like “{_short(first)}”" + (f" and {_count(others, 'other')}" if others else "")


def _count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _short(title, most=60):
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"
