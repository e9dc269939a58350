"""A source's text, read once for all sentences: its units (sentences, rows, items), their words, figures and names."""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from curation.evidence.figures.agreement import Shelf
from curation.evidence.figures.figure import Figure
from curation.evidence.figures.forms import units
from curation.evidence.figures.scan import figures
from curation.evidence.names.shelf import NameShelf
from curation.text.sentences import bounds

from . import tables
from .words import COMMON_STEMS, stems

UNKNOWN = 0.8  # of the weight of the rarest
SHORTEST, CUT_OFF = 4, 3  # letters of a word cut short, and that were cut off it
LONGEST_UNIT = 700  # characters: what has no full stop for longer is cut
_CJK_STOP = re.compile(r"(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a row or an item of a source: where it stands, its stems and its figures."""

    paragraph: int
    start: int
    end: int
    stems: Counter
    figures: tuple[Figure, ...]


class Source:
    """All of a source that sentences are held against; built in time linear in its text."""

    def __init__(self, paragraphs: Sequence[str]):
        self.paragraphs = paragraphs
        placed = list(_placed(paragraphs))
        self.shelf = Shelf(placed)
        self.has_title = bool(paragraphs) and tables.is_heading(paragraphs[0])
        self.names = NameShelf(paragraphs)
        self._figures: dict[int, list[Figure]] = defaultdict(list)
        for figure, number in placed:
            self._figures[number].append(figure)
        self.units = [
            unit for number, text in enumerate(paragraphs, 1) for unit in _units(number, text, self.figures_of(number))
        ]
        self._unit_of = [place for place, unit in enumerate(self.units) for _ in unit.figures]
        self.units = self._with_heads()
        self.holding: dict[str, list[int]] = defaultdict(list)
        for place, unit in enumerate(self.units):
            for stem in unit.stems:
                self.holding[stem].append(place)

    def _with_heads(self) -> list[Unit]:
        """Return the units; a row of a table has the words and figures of its head and caption besides its own."""
        heads = dict(tables.heads(self.paragraphs))
        if not heads:
            return self.units
        needed = {number for head in heads.values() for number in head}
        above = {unit.paragraph: unit for unit in reversed(self.units) if unit.paragraph in needed}
        return [
            _below(unit, [above[one] for one in heads.get(unit.paragraph, ()) if one in above]) for unit in self.units
        ]

    def weight(self, stem: str) -> float:
        """Return what sharing a word tells: the rarer in the source the more; one that it lacks may be a synonym."""
        count = len(self.holding.get(stem, ()))
        rarity = math.log1p(len(self.units) / (count + 0.5)) / self._most if count else UNKNOWN
        return max(rarity, 0.15) * (0.55 if stem in COMMON_STEMS else 1.0)

    def longer_or_shorter(self, stem: str) -> str:
        """Return the source's word of which a word that it lacks is the beginning, or the other way round, or the word.

        “Carbs” are its carbohydrates, and its “hypo” is hypoglycaemia; less than four letters begin too many words.
        """
        if len(stem) < SHORTEST:
            return stem
        at = bisect_left(self._sorted, stem)
        after = self._sorted[at] if at < len(self._sorted) else ""
        if after.startswith(stem) and len(after) - len(stem) >= CUT_OFF:
            return after
        return next(
            (stem[:size] for size in range(SHORTEST, len(stem) - CUT_OFF + 1) if stem[:size] in self.holding), stem
        )

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.holding)

    def figures_of(self, paragraph: int) -> list[Figure]:
        """Return the figures of a paragraph, in order."""
        return self._figures.get(paragraph, [])

    def units_with(self, figure: Figure) -> set[int]:
        """Return the units that have a figure, of those that are likely to at most some hundreds."""
        return {self._unit_of[place] for place in self.shelf.holding(figure)}

    def units_nearly_with(self, figure: Figure) -> set[int]:
        """Return the units that have a figure of the same digits in another order, or of the same measure."""
        return {self._unit_of[place] for place in (*self.shelf.mistyped(figure), *self.shelf.measured_alike(figure))}

    @cached_property
    def _most(self) -> float:
        return math.log1p(max(len(self.units), 1) / 1.5)


def _placed(paragraphs: Sequence[str]) -> Iterator[tuple[Figure, int]]:
    """Yield the figures, each with its paragraph; a bare number of prose with what is measured around it."""
    before: list[frozenset[str]] = []
    for number, text in enumerate(paragraphs, 1):
        found = figures(text)
        before = [*before[-2:], units.measures(text) | {reading.unit for one in found for reading in one.readings}]
        near = frozenset().union(*before)
        is_prose = text.rstrip().endswith(tables.STOPS)
        for one in found:
            is_bare = is_prose and one.readings[0].unit == "" and not one.counted
            yield (replace(one, near=near) if is_bare else one), number


def _below(unit: Unit, heads: list[Unit]) -> Unit:
    stems = sum((head.stems for head in heads), unit.stems)
    figures = unit.figures + tuple(figure for head in heads for figure in head.figures)
    return replace(unit, stems=stems, figures=figures)


def _units(number: int, text: str, found: list[Figure]) -> list[Unit]:
    units = []
    at = 0
    for start, end in _pieces(text):
        inside = []
        while at < len(found) and found[at].start < end:
            inside.append(found[at])
            at += 1
        units.append(Unit(number, start, end, Counter(stems(text[start:end])), tuple(inside)))
    return units


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a paragraph stand; a line ends one, and so does too great a length."""
    pieces = []
    for line in re.finditer(r"[^\n\r]+", text):
        for start, end in bounds(line[0]):
            pieces += _cut(text, line.start() + start, line.start() + end)
    return pieces


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(start + stop.start() for stop in _CJK_STOP.finditer(text[start:end])), end]
    pieces = []
    for begin, stop in zip(cuts, cuts[1:], strict=False):
        while stop - begin > LONGEST_UNIT:
            at = text.rfind(" ", begin + LONGEST_UNIT // 2, begin + LONGEST_UNIT)
            at = at if at > 0 else begin + LONGEST_UNIT
            pieces.append((begin, at))
            begin = at
        pieces.append((begin, stop))
    return [trimmed for piece in pieces if (trimmed := _trim(text, *piece))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return (start, end) if start < end else None
