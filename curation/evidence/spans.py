"""The span of a source on which a sentence most likely rests, and how surely: words, figures, names, and likeness."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz import fuzz

from .agreement import agree
from .figures import Figure
from .source import Source
from .words import stems

MOST_STEMS = 60  # of a sentence, the rarest
MOST_VISITS = 4_000  # places that a sentence's words are looked up at
CANDIDATES = 10  # units that are scored in full
WIDEST = 3  # sentences of a window
MOST_FIGURES = 24
LONGEST_COMPARED = 1_500  # characters, by the library


@dataclass(frozen=True, slots=True)
class Match:
    """A span, and how much of the sentence stands in it: words by weight, figures, likeness of letters; 0 to 1 each."""

    paragraph: int
    start: int
    end: int
    words: float
    mass: float
    figures: float
    likeness: float
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence as it is looked for: its stems with their weights, and its figures."""

    text: str
    weights: dict[str, float]
    total: float
    figures: list[Figure]


def question(text: str, figures: list[Figure], source: Source, *, aside: frozenset[str] = frozenset()) -> Question:
    """Return a sentence as it is looked for; words ``aside`` (of names that the source lacks) count for nothing."""
    told = Counter(stem for stem in stems(text) if stem not in aside)
    weights = dict(nlargest(MOST_STEMS, ((stem, source.weight(stem)) for stem in told), key=lambda one: (one[1], one[0])))
    return Question(text, weights, sum(weights.values()), [one for one in figures if not one.weak][:MOST_FIGURES])


def best(asked: Question, source: Source) -> Match | None:
    """Return the best span, the earlier of two equal ones; None where nothing is shared."""
    windows = {window for place in _candidates(asked, source) for window in _windows(place, source)}
    matches = [_match(asked, source, *window) for window in sorted(windows)]
    return max(matches, key=lambda one: one.score, default=None)


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


def _windows(place: int, source: Source) -> Iterator[tuple[int, int]]:
    """Yield the windows of one to three sentences of one paragraph that hold this one."""
    paragraph = source.units[place].paragraph
    for size in range(1, WIDEST + 1):
        for first in range(max(0, place - size + 1), place + 1):
            last = first + size - 1
            if last < len(source.units) and source.units[first].paragraph == source.units[last].paragraph == paragraph:
                yield first, last + 1


def _match(asked: Question, source: Source, first: int, last: int) -> Match:
    units = source.units[first:last]
    has = set().union(*(unit.stems for unit in units))
    mass = sum(weight for stem, weight in asked.weights.items() if stem in has)
    words = mass / asked.total if asked.total else 0.0
    figures = _agreeing(asked, [figure for unit in units for figure in unit.figures])
    text = source.paragraphs[units[0].paragraph - 1][units[0].start : units[-1].end]
    likeness = fuzz.token_set_ratio(asked.text[:LONGEST_COMPARED], text[:LONGEST_COMPARED]) / 100
    score = words + 0.45 * figures + 0.25 * likeness - 0.09 * (len(units) - 1)
    return Match(units[0].paragraph, units[0].start, units[-1].end, words, mass, figures, likeness, score)


def _agreeing(asked: Question, figures: list[Figure]) -> float:
    if not asked.figures:
        return 0.0
    there = sum(any(agree(mine, its) for its in figures[:MOST_FIGURES]) for mine in asked.figures)
    return there / len(asked.figures)
