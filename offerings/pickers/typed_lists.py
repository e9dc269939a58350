"""Taxonomies and their topics as somebody types a list of them or brings a table: read, looked at, made at once."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.db import transaction

from offerings import addresses, slugs
from offerings.importer import Catalogue
from offerings.models import Synonym, Taxonomy, Topic
from offerings.text.words import plain_text

MOST_LINES = 2_000
MOST_TOPICS = 5_000
PLAIN = "Topics"  # how the taxonomy without a name is typed, as it is shown
_LONGEST_TAXONOMY, _LONGEST_NAME = 100, 200  # characters, as the columns hold them
_MARK = re.compile(r"^(\s*)(?:[-–*•·]|\d{1,3}[.)])\s+")
_HEADS = {"taxonomy", "taxonomies", "category", "namespace"}


@dataclass(frozen=True)
class Fault:
    """A line that cannot be read: its number, and what is wrong with it."""

    line: int
    words: str


@dataclass
class Typed:
    """Contents of a list: topics by the name of their taxonomy, in order and once each, and the lines at fault."""

    topics: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def typed(text: str) -> Typed:
    """Return what a list says. Pure; its time grows with the text.

    Taxonomies stand at the beginning of lines: with their topics behind a colon (``Care: Hospice, Home care``), or
    above topics that are indented or marked as a list. Two columns with a comma, semicolon or tab between and a head
    that begins with “taxonomy” are a table.
    """
    lines = plain_text(text).split("\n")
    if len(lines) > MOST_LINES:
        return Typed(faults=[Fault(MOST_LINES + 1, f"A list has at most {MOST_LINES:,} lines. Make it in parts.")])
    separator = _separator(lines)
    try:
        return _Reader().all_of(_cells(lines, separator) if separator else _written(lines))
    except csv.Error:
        return Typed(faults=[Fault(1, "This table cannot be read: a quotation mark is open, or a cell is endless.")])


def _separator(lines):
    """Return what stands between the columns of a table; nothing for a list in lines."""
    head = next((line for line in lines if line.strip()), "").lstrip("\ufeff")
    for one in ("\t", ";", ","):
        cells = [cell.strip().strip('"').lower() for cell in head.split(one)]
        if len(cells) > 1 and cells[0] in _HEADS:
            return one
    return ""


def _cells(lines, separator) -> Iterator[tuple[int, str, list[str], bool]]:
    """Yield the rows of a table, without its head; a cell that is empty means the taxonomy above."""
    rows = csv.reader(StringIO("\n".join(lines)), delimiter=separator)
    is_head = True
    for cells in rows:
        first, *others = [" ".join(cell.split()) for cell in cells] or [""]
        names = [cell for cell in others[:1] if cell]
        if (first or names) and not is_head:
            yield rows.line_num, first, names, False
        is_head = is_head and not (first or names)


def _written(lines) -> Iterator[tuple[int, str, list[str], bool]]:
    """Yield the lines of a list: their number, the taxonomy they begin, their topics, whether more may follow below."""
    for number, line in enumerate(lines, 1):
        marked = _MARK.match(line)
        words = " ".join((line[marked.end() :] if marked else line).split())
        if not words:
            continue
        if marked or line[0] in " \t\u3000":
            yield number, "", [words], False
            continue
        name, colon, rest = words.partition(":")
        yield number, name.strip(), [one for part in re.split("[,;]", rest) if (one := part.strip())], not rest


class _Reader:
    """Lines one after the other: what stands above, what was found, and what is at fault."""

    def __init__(self):
        self.found, self.above, self.opened, self.seen = Typed(), None, None, set()
        self.taxonomies = {}  # as each was typed first, by its key

    def all_of(self, lines):
        for number, name, topics, is_open in lines:
            if name:
                self._begin(number, name, is_open)
            elif self.above is None:
                self._fault(number, "No taxonomy stands above this topic. Begin with one, at the beginning of a line.")
                continue
            if len(self.seen) + len(topics) > MOST_TOPICS:
                self._fault(number, f"A list has at most {MOST_TOPICS:,} topics. Make it in parts.")
                break
            for label in topics:
                self._add(number, label)
        self._close()
        return self.found

    def _begin(self, number, name, is_open):
        self._close()
        self.above, self.opened = name, (number, name) if is_open else None
        if len(name) > _LONGEST_TAXONOMY:
            self._fault(number, f"The name of a taxonomy has at most {_LONGEST_TAXONOMY} letters.")

    def _close(self):
        if self.opened:
            number, name = self.opened
            self._fault(number, f"“{name}” has no topics. Indent them below it, or write “{name}: topic, topic”.")
        self.opened = None

    def _add(self, number, label):
        self.opened = None
        name = whole(self.above, label)
        if len(name) > _LONGEST_NAME:
            self._fault(number, f"A topic with its taxonomy has at most {_LONGEST_NAME} letters.")
        elif slugs.topic_key(name) not in self.seen:
            self.seen.add(slugs.topic_key(name))
            known = self.taxonomies.setdefault(slugs.topic_key(self.above), self.above)
            self.found.topics.setdefault(known, []).append(label)

    def _fault(self, number, words):
        self.found.faults.append(Fault(number, words))


def whole(taxonomy: str, label: str) -> str:
    """Return the whole name of a topic: “Care: Hospice”; the label alone in the taxonomy without a name."""
    return label if slugs.topic_key(taxonomy) in ("", slugs.topic_key(PLAIN)) else f"{taxonomy}: {label}"


@dataclass(frozen=True)
class Planned:
    """A topic of a plan. ``known_as`` is the name of the topic that is there already; empty for a new one."""

    label: str
    name: str
    known_as: str


@dataclass(frozen=True)
class Plan:
    """A taxonomy of a plan: its name, the address that it has or gets in filters, whether it is new, its topics."""

    name: str
    slug: str
    is_new: bool
    topics: list[Planned]


def plan(found: Typed) -> list[Plan]:
    """Return what would be made, and what there is already. Three queries, however long the list."""
    there = {slugs.topic_key(one.name): one for one in Taxonomy.objects.all()}
    there[slugs.topic_key(PLAIN)] = there.get("") or there.get(slugs.topic_key(PLAIN))
    known = _known([whole(name, label) for name, labels in found.topics.items() for label in labels])
    return [_planned(name, labels, there.get(slugs.topic_key(name)), known) for name, labels in found.topics.items()]


def _planned(name, labels, there, known):
    called = there.name if there else name
    by_key = {label: slugs.topic_key(whole(name, label)) for label in labels}
    topics = [Planned(label, whole(called, label), known.get(key, "")) for label, key in by_key.items()]
    slug = there.slug if there else slugs.slug(name) or "topics"
    return Plan(there.label if there else name, slug, there is None, topics)


def _known(names):
    """Return the names of topics that are there by the keys that find them: their own, and those of synonyms."""
    keys = [slugs.topic_key(name) for name in names]
    synonyms = Synonym.objects.filter(key__in=keys).values_list("key", "topic__name")
    return dict(synonyms) | dict(Topic.objects.standing().filter(key__in=keys).values_list("key", "name"))


def make(plans: list[Plan]) -> tuple[int, int]:
    """Make what a plan has that is not there, all or nothing; return how many taxonomies and topics were made."""
    names = [topic.name for one in plans for topic in one.topics if not topic.known_as]
    with transaction.atomic():
        catalogue = Catalogue()
        catalogue.ensure(names)
        made = catalogue.take_new()
        addresses.touch()
    return len(made.get("taxonomies", ())), len(made.get("topics", ()))
