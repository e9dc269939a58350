"""Topics as texts name them: by label, by whole name, by synonym. Needs no article, only the catalogue."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from . import word_forms

FIELDS = ("title", "standfirst", "body")
#: Trust in a topic whose name a text holds, while nobody knows better; and the number of briefs that is worth.
TRUST, WORTH = 0.5, 2


# “Internet of Things (IoT)” is found by both.
_BOTH = re.compile(r"^(.+?)\s*\(((?=(?:[^()]*[A-Z]){2})[^()\s]{2,8})\)$")


@dataclass(frozen=True)
class Text:
    """An article's words as suggestions read them: plain, and looked at once."""

    title: str = ""
    standfirst: str = ""
    body: str = ""

    def fields(self) -> dict[str, list[str]]:
        """Return the words of each field."""
        return {name: word_forms.tokens(getattr(self, name)) for name in FIELDS}


@dataclass(frozen=True)
class Found:
    """A name that was found: the topic's id, how it is spelled in the catalogue, in which fields it stands."""

    topic: int
    spelling: str
    is_synonym: bool
    fields: tuple[str, ...] = ()


def _parts(label):
    both = _BOTH.match(label)
    return both.groups() if both else ()


@dataclass
class Names:
    """Every name of every topic: ``add`` them, then ask ``found`` of a text."""

    _names: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    _longest: int = 2  # “health care” is Healthcare

    @classmethod
    def of_topics(cls, topics: Iterable[tuple[int, str, str]], synonyms: Iterable[tuple[int, str]] = ()) -> "Names":
        """Return names of ``(id, label, whole name)`` and ``(id, spelling)``."""
        names = cls()
        for topic, label, name in topics:
            for spelling in dict.fromkeys([label, name, *_parts(label)]):
                names.add(topic, spelling)
        for topic, spelling in synonyms:
            names.add(topic, spelling, is_synonym=True)
        return names

    def add(self, topic: int, spelling: str, *, is_synonym: bool = False) -> None:
        """Add a spelling by which ``topic`` is found."""
        key, length = word_forms.name_key(spelling)
        if key:
            self._names[key].append(Found(topic, spelling, is_synonym))
            self._longest = max(self._longest, min(length + 1, 6))

    def found(self, fields: dict[str, list[str]]) -> dict[int, Found]:
        """Return topic id → the name by which the fields name it; the longest name wins, a label before a synonym."""
        held = {name: word_forms.said_once(said, self._longest) & self._names.keys() for name, said in fields.items()}
        best: dict[int, tuple] = {}
        for key in set().union(*held.values()):
            places = tuple(name for name in FIELDS if key in held.get(name, ()))
            for one in self._names[key]:
                rank = (len(places), len(key), not one.is_synonym)
                if one.topic not in best or rank > best[one.topic][0]:
                    best[one.topic] = (rank, Found(one.topic, one.spelling, one.is_synonym, places))
        return {topic: found for topic, (_, found) in best.items()}
