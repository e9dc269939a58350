"""Things in use that somebody means who types a name, or a list of names."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from offerings import slugs


@dataclass(frozen=True)
class Named:
    """Things that a list of names stands for, in its order, names that nothing has, and names that several have."""

    found: list = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unclear: dict[str, list[str]] = field(default_factory=dict)
    noun: str = "topic"

    @property
    def rest(self) -> str:
        """The names to be mended, as they may be typed again."""
        return "; ".join([*self.missing, *self.unclear])

    @property
    def fault(self) -> str:
        """The faults of the rest, for whoever typed it."""
        one = len(self.missing) == 1
        lone = f"No {self.noun} in use is called “{''.join(self.missing)}”." if one else ""
        said = [lone or f"Not found: {', '.join(self.missing)}."] if self.missing else []
        said += [f"“{name}” may be {' or '.join(whole)}." for name, whole in self.unclear.items()]
        return " ".join(said)


def find_topic(queryset):
    """Return a finder for topics in use: by whole name, label or synonym, spaces and case aside. Two queries."""

    def find(words):
        words = _name(words, "topic")
        key = slugs.topic_key(words)
        found = list(queryset.in_use().filter(key=key)) or list(
            queryset.in_use().filter(synonyms__key=key).distinct()[:2]
        )
        found = found or list(queryset.in_use().filter(label__iexact=words)[:2])
        return only(found, words, "topic")

    return find


#: Where one name of a list ends and the next begins; a comma may also be part of a name.
_BETWEEN = re.compile(r"[\n\r\t;]+")
_LIST_MARK = re.compile(r"^\s*(?:[-–*•·]|\d{1,3}[.)])\s+")
_MOST_COMMAS = 4  # in one name


def find_topics(queryset):
    """Return a finder for lists of topics in use, one a line or with ``;`` or ``,`` between: each by its whole name,
    its label or a synonym, spaces and case aside. Two queries, however long the list.
    """

    def find(words):
        whole, tables = _spellings(queryset)
        names = {name: _meant(name, tables) for name in _names(words, lambda name: _meant(name, tables))}
        meant = list(dict.fromkeys(pk for ids in names.values() if len(ids) == 1 for pk in ids))
        known = queryset.in_bulk(meant)
        return Named(
            [known[pk] for pk in meant if pk in known],
            [name for name, ids in names.items() if not ids],
            {name: sorted(whole[pk] for pk in ids) for name, ids in names.items() if len(ids) > 1},
        )

    return find


def _spellings(queryset):
    """Return whole names by id, and three tables of key → ids: by whole name, by label, by synonym. One query."""
    whole, tables = {}, (defaultdict(set), defaultdict(set), defaultdict(set))
    columns = queryset.in_use().values_list("pk", "name", "key", "label", "synonyms__key")
    for pk, name, key, label, synonym in columns:
        whole[pk] = name
        for table, spelled in zip(tables, (key, slugs.topic_key(label), synonym), strict=True):
            if spelled:
                table[spelled].add(pk)
    return whole, tables


def _meant(name, tables):
    """Return the ids of what a name may mean: those of the first table that knows it."""
    key = slugs.topic_key(name)
    return next((table[key] for table in tables if key in table), set())


def _names(words: str, is_known: Callable) -> Iterator[str]:
    """Yield the names of a list. A comma parts two names unless both together are one that is known."""
    for piece in _BETWEEN.split(words):
        piece = " ".join(_LIST_MARK.sub("", piece).split())
        parts, at = ([piece] if is_known(piece) else piece.split(",")), 0
        while at < len(parts):
            ends = range(min(len(parts), at + _MOST_COMMAS + 1), at + 1, -1)
            end = next((end for end in ends if is_known(",".join(parts[at:end]))), at + 1)
            if name := ",".join(parts[at:end]).strip():
                yield name
            at = end


def find_named(queryset, noun):
    """Return a finder by name, case aside, among what is in use."""

    def find(words):
        words = _name(words, noun)
        return only(list(queryset.filter(name__iexact=words, retired=False)[:2]), words, noun)

    return find


def _name(words, noun):
    """Return one name with single spaces; refuse what is longer than any, which databases refuse to look for."""
    name = " ".join(words.split())
    if len(name) > _LONGEST:
        raise ValidationError(f"No {noun} has so long a name: at most {_LONGEST} characters are looked for.")
    return name


_LONGEST = 500


def only(found, words, noun):
    """Return the one thing that was found; otherwise words for whoever typed."""
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(f"More than one {noun} is called “{words}”. Choose it from the list that opens.")
    raise ValidationError(f"No {noun} in use is called “{words}”. Choose one from the list that opens.")
