"""The span of a source on which a sentence most likely rests, and how surely: words, figures, names, and likeness."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, reduce
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz

from curation.evidence.figures import derived
from curation.evidence.figures.agreement import agree
from curation.evidence.figures.figure import Figure
from curation.evidence.figures.likeness import is_mistyped, measures_alike
from curation.evidence.names.long_forms import LONG_FORMS

from .source import Source, Unit
from .words import stems

MOST_STEMS = 60  # of a sentence, the rarest
MOST_VISITS = 4_000  # places that a sentence's words are looked up at
CANDIDATES = 8  # units whose windows are scored
COMPARED = 5  # windows that the library compares
#: Of a score: for figures that agree, that are but mistyped, that measure alike, and against a longer window.
TOLD, TYPED, KIN, STEP = 0.55, 0.3, 0.12, 0.09
ALL = 0.1  # more where several figures are all there
TITLE, NEAR_BY, RECKONED = 0.35, 0.12, 0.25  # off for a title; for the paragraph of the sentence before, or the next
WIDEST = 3  # sentences of a window
FEW_WORDS = 3  # beside several figures
MOST_FIGURES = 24
LONGEST_COMPARED = 1_500  # characters, by the library


class Seen(NamedTuple):
    """The part of a sentence that a unit has: words, figures said or nearly said, and whether any measures alike."""

    stems: frozenset[str] = frozenset()
    there: frozenset[int] = frozenset()
    mistyped: frozenset[int] = frozenset()
    is_kin: bool = False

    def with_more(self, other: "Seen") -> "Seen":
        """Return what two units have together."""
        there = self.there | other.there
        mistyped = (self.mistyped | other.mistyped) - there
        return Seen(self.stems | other.stems, there, mistyped, self.is_kin or other.is_kin)


@dataclass(frozen=True, slots=True)
class Match:
    """A span, and how much of the sentence stands in it: words by weight (a share, and in all) and by count; figures.

    Of the figures it says whether any measures what the sentence's do, how many agree, and how many more nearly do.
    """

    paragraph: int
    start: int
    end: int
    words: float
    mass: float
    shared: int
    is_kin: bool
    figures: int
    mistyped: int
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence as it is looked for: its stems with their weights, and its figures."""

    text: str
    weights: dict[str, float]
    total: float
    figures: list[Figure]
    after: int = 0  # the paragraph that the sentence before rests on
    is_named: bool = False  # by a name that the source has, or has but for a letter or two
    is_nearly_named: bool = False
    is_strangely_named: bool = False  # by one that the source lacks
    is_specific: bool = False  # it has a figure or a name, the source’s or not


def question(text: str, figures: list[Figure], source: Source, *, aside: frozenset[str] = frozenset()) -> Question:
    """Return a sentence as it is looked for; words ``aside`` (of names that the source lacks) count for nothing."""
    told = {stem for stem in _with_long_forms(_without(text, figures), source) if stem not in aside}
    weights = dict(
        nlargest(MOST_STEMS, ((stem, source.weight(stem)) for stem in told), key=lambda one: (one[1], one[0]))
    )
    return Question(text, weights, sum(weights.values()), figures[:MOST_FIGURES])


def _without(text: str, figures: list[Figure]) -> str:
    """Return a text without its figures and their units, which are compared as such."""
    ends = [0, *(end for figure in figures for end in (figure.start, figure.end)), len(text)]
    return " ".join(text[begin:end] for begin, end in zip(ends[::2], ends[1::2], strict=True))


def _with_long_forms(text: str, source: Source) -> Iterator[str]:
    """Yield the stems of a text; in place of an acronym that the source writes out, those of its long form."""
    for stem in stems(text):
        forms = () if stem in source.holding else LONG_FORMS.get(stem, ())
        long = next((found for found in map(stems, forms) if all(one in source.holding for one in found)), None)
        yield from long or [stem if stem in source.holding else source.longer_or_shorter(stem)]


def best(asked: Question, source: Source) -> Match | None:
    """Return the best span, the earlier of two equal ones; None where nothing is shared.

    Windows are compared by their words and figures, and the best of them letter by letter.
    """
    seen = cache(lambda place: _seen(asked, source.units[place]))
    windows = {window for place in _candidates(asked, source) for window in _windows(place, source)}
    matches = [_match(asked, source, seen, *window) for window in sorted(windows)]
    close = nlargest(COMPARED, matches, key=lambda one: one.score)
    return max((_with_likeness(asked, source, match) for match in close), key=_order, default=None)


def _order(match: Match) -> tuple[float, int, int]:
    return match.score, -match.paragraph, -match.start


def _candidates(asked: Question, source: Source) -> list[int]:
    """Return the units that share most, by weight: the rarest words are looked up first, until enough is seen."""
    scores: dict[int, float] = {}
    visits = 0
    for stem in sorted(asked.weights, key=lambda one: (len(source.holding.get(one, ())), one)):
        holding = source.holding.get(stem, ())
        visits += len(holding)
        if visits > MOST_VISITS and scores:
            break
        for place in holding[:MOST_VISITS]:
            scores[place] = scores.get(place, 0.0) + asked.weights[stem]
    for place in _with_figures(asked, source):
        scores[place] = scores.get(place, 0.0) + 0.6
    return nlargest(CANDIDATES, scores, key=lambda place: (scores[place], -place))


def _with_figures(asked: Question, source: Source) -> Iterator[int]:
    for figure in asked.figures:
        yield from source.units_with(figure)
        yield from source.units_nearly_with(figure)


def _windows(place: int, source: Source) -> Iterator[tuple[int, int]]:
    """Yield the windows of one to three sentences of one paragraph that hold this one."""
    paragraph = source.units[place].paragraph
    for size in range(1, WIDEST + 1):
        for first in range(max(0, place - size + 1), place + 1):
            last = first + size - 1
            if last < len(source.units) and source.units[first].paragraph == source.units[last].paragraph == paragraph:
                yield first, last + 1


def _place(asked: Question, source: Source, paragraph: int) -> float:
    """Return what a paragraph has for where it is: a brief mostly goes along its source; a title says little."""
    is_next = asked.after and asked.after <= paragraph <= asked.after + 1
    return NEAR_BY * bool(is_next) - TITLE * (source.has_title and paragraph == 1)


def _match(asked: Question, source: Source, seen: Callable[[int], Seen], first: int, last: int) -> Match:
    units = source.units[first:last]
    found = reduce(Seen.with_more, map(seen, range(first, last)))
    mass = sum(asked.weights[stem] for stem in sorted(found.stems))
    words = mass / asked.total if asked.total else 0.0
    many = len(asked.figures) or 1
    told = TOLD * math.sqrt(len(found.there) / many) if found.there else KIN * found.is_kin
    told += ALL * (1 < many == len(found.there))
    score = (
        _place(asked, source, units[0].paragraph)
        + words * _worth(asked)
        + told
        + TYPED * len(found.mistyped) / many
        - STEP * (len(units) - 1)
    )
    return Match(
        *(units[0].paragraph, units[0].start, units[-1].end, words, mass),
        *(len(found.stems), found.is_kin, len(found.there), len(found.mistyped), score),
    )


def _seen(asked: Question, unit: Unit) -> Seen:
    stems = frozenset(stem for stem in asked.weights if stem in unit.stems)
    its, mine = unit.figures[:MOST_FIGURES], list(enumerate(asked.figures))
    if not its or not mine:
        return Seen(stems)
    there = frozenset(place for place, one in mine if any(agree(one, other) for other in its))
    left = [(place, one) for place, one in mine if place not in there]
    mistyped = frozenset(place for place, one in left if any(is_mistyped(one, other) for other in its))
    return Seen(stems, there, mistyped, any(measures_alike(one, other) for _, one in mine for other in its))


def _worth(asked: Question) -> float:
    """Return how much the words of a sentence count beside its figures: where they are one or two, less than all."""
    return min(1.0, len(asked.weights) / FEW_WORDS) if asked.figures else 1.0


def _with_likeness(asked: Question, source: Source, match: Match) -> Match:
    paragraph = source.paragraphs[match.paragraph - 1]
    text = paragraph[match.start : match.end]
    if match.figures < len(asked.figures):
        there = [one for one in source.figures_of(match.paragraph) if match.start <= one.start < match.end]
        more = sum(derived.says(mine, asked.text, paragraph, there, (match.start, match.end)) for mine in asked.figures)
        figures = min(match.figures + more, len(asked.figures))
        worth = TOLD if derived.tells_a_change(paragraph, there) else RECKONED
        match = replace(
            match, figures=figures, score=match.score + worth * (figures - match.figures) / len(asked.figures)
        )
    ours, theirs = asked.text[:LONGEST_COMPARED], text[:LONGEST_COMPARED]
    likeness = 0.25 * fuzz.token_set_ratio(ours, theirs) + 0.05 * fuzz.ratio(ours, theirs)
    return replace(match, score=match.score + likeness / 100)
