"""The judgement on a sentence: whether it rests on the source, and what the source lacks of it."""

import re
from collections.abc import Iterable

from curation.evidence.figures import derived
from curation.evidence.figures.figure import Figure
from curation.evidence.figures.scan import figures
from curation.evidence.names.capitals import Name
from curation.evidence.names.shelf import asked_names, openers

from . import spans
from .finding import OWN, Finding
from .source import Source
from .spans import Match, Question
from .words import stems

#: Shares of a sentence's words, by weight, from which it rests on a span: with nothing else, with half its figures
#: there, where much is shared, with two figures or more that are all there, with one of the same measure, and where
#: next to nothing is shared. Chosen on the pairs of the benchmark, all but its last lot.
BY_WORDS, BY_FIGURES, BY_MUCH, BY_EXACT, BY_KIN, BY_ONE = 0.42, 0.22, 0.34, 0.12, 0.38, 0.9
LEAST_MASS, MUCH_MASS = 0.7, 2.4  # of weights: a rare word, or three and more
MOST_CHARACTERS = 500_000
FEW = 3  # telling words of a short sentence
OPINION = 0.16  # what is asked besides of a sentence in the editor's own voice
_VOICE = re.compile(
    r"\b(?:we|our|ours|us|i|my|you|your|readers?|should|ought|worth|perhaps|arguably|surely|hopefully|whether|why|watch|imagine|remember"
    r"|question|lesson|always|never|seldom|rarely|tends?|whoever|everywhere|everybody|everyone|anyone|somebody|someone"
    r"|one to|in short|remains?|wonder|expect|hope|matters?|deserves?)\b|\?\s*$",
    re.IGNORECASE,
)


def of(sentences: Iterable[str], paragraphs: Iterable[str]) -> list[Finding]:
    """Return one finding for each sentence of a brief, held against the paragraphs of a source.

    This is the matcher: whatever replaces it takes and gives the same, and ``python -m benchmarks.evidence`` judges it.
    Nothing is fetched, kept or raised; any strings will do. A figure or name counts as there wherever the source has
    it, so one that belongs to another claim (“31 % in May, 14 % in June” the other way round) is not missing: the span,
    which is chosen by its figures too, shows what was said of it. Time is linear in the source, of which half a million
    characters are read, and for each sentence bounded, whatever it shares.
    """
    source = Source(_readable(paragraphs))
    told = [str(sentence) for sentence in sentences]
    elsewhere = frozenset(openers(told))
    return [_judge(sentence, source, elsewhere) for sentence in told]


def _readable(paragraphs: Iterable[str]) -> list[str]:
    """Return the paragraphs, those after half a million characters as empty ones."""
    left, kept = MOST_CHARACTERS, []
    for paragraph in map(str, paragraphs):
        kept.append(paragraph[: max(left, 0)])
        left -= len(paragraph)
    return kept


def _judge(sentence: str, source: Source, elsewhere: frozenset[str]) -> Finding:
    numbers = [figure for figure in figures(sentence) if not figure.weak]
    called = [name for name in asked_names(sentence, source.names, elsewhere) if not _is_in_a_figure(name, numbers)]
    lacking = [name for name in called if not source.names.has(name)]
    strange = (part for name in lacking for part in name.parts if source.names.lacks(part))
    aside = frozenset(stem for part in strange for stem in stems(part))
    asked = spans.question(sentence, numbers, source, aside=aside)
    match = spans.best(asked, source)
    strangers = len(lacking) + sum(not source.shelf.has(one) for one in numbers)
    is_foreign = strangers > 1 and strangers == len(called) + len(numbers)  # nothing that it names is the source's
    if match is None or not _rests(asked, match, is_foreign or _is_own_voice(sentence, match, source)):
        return OWN
    return _found(sentence, source, match, _missing(sentence, source, match, numbers, lacking))


def _is_in_a_figure(name: Name, numbers: list[Figure]) -> bool:
    """Return whether a figure’s unit only looks like a name: “kWh”, “Swiss francs”."""
    return any(one.start <= name.start and name.end <= one.end for one in numbers)


def _rests(asked: Question, match: Match, is_own_voice: bool) -> bool:
    """Return whether what a sentence shares with its span is too much for chance: any of the grounds below will do."""
    least = OPINION if is_own_voice else 0.0
    return _by_all_figures(asked, match) or _by_some_figures(asked, match, least) or _by_words(match, least)


def _by_all_figures(asked: Question, match: Match) -> bool:
    """Return whether figures alone are ground enough: all are in the span, and chance seldom brings them there."""
    if not match.figures or match.figures < len(asked.figures):
        return False
    if match.figures > 1:
        return match.words >= BY_EXACT or any(map(_is_telling, asked.figures))
    return len(asked.weights) < FEW and _has_unit(asked)


def _by_some_figures(asked: Question, match: Match, least: float) -> bool:
    """Return whether a figure and some words are: a rare one, half of them, or one of the same measure."""
    if match.figures and any(map(_is_strong, asked.figures)) and (match.words >= BY_EXACT or len(asked.weights) <= FEW):
        return True
    is_half = match.figures * 2 >= max(len(asked.figures), 1)
    if is_half and match.words >= BY_FIGURES + least and match.mass >= LEAST_MASS / 2:
        return True
    if (
        is_half and match.figures > 1 and len(asked.weights) < FEW
    ):  # “It fell from 39 in May to 12”: hardly a word to share
        return True
    return match.is_kin and match.shared > 0 and match.words >= BY_KIN + least


def _by_words(match: Match, least: float) -> bool:
    """Return whether words alone are ground enough; one word is not, unless it is all of the sentence."""
    if match.mass < LEAST_MASS or match.shared < 2:
        return match.words >= BY_ONE
    return match.words >= (BY_MUCH if match.mass >= MUCH_MASS else BY_WORDS) + least


def _is_telling(figure: Figure) -> bool:
    """Return whether a figure is seldom met by chance: a measure, a date, a sum, or more than a score."""
    return any(reading.unit not in {"", "ordinal"} or abs(reading.value) > 20 for reading in figure.readings)


def _has_unit(asked: Question) -> bool:
    return any(figure.readings[0].unit not in {"", "ordinal", "year"} for figure in asked.figures)


def _is_strong(figure: Figure) -> bool:
    """Return whether one such figure is enough: a sum, a weight, a whole date, three digits that are no year."""
    one = figure.readings[0]
    if one.day is not None:
        return one.day.day is not None
    digits = f"{abs(one.value / one.factor):.6g}".replace(".", "").strip("0")
    return one.unit.startswith(_STRONG) or (one.unit in {"", "share"} and len(digits) > 2)


_STRONG = ("money", "mass", "volume", "length", "data", "pressure", "moles")


def _is_own_voice(sentence: str, match: Match, source: Source) -> bool:
    """Return whether a sentence speaks to its readers in words that its span does not use."""
    said = {word.lower() for word in _VOICE.findall(sentence)}
    span = source.paragraphs[match.paragraph - 1][match.start : match.end]
    return bool(said - {word.lower() for word in _VOICE.findall(span)})


def _missing(
    sentence: str, source: Source, match: Match, numbers: list[Figure], lacking: list[Name]
) -> list[tuple[int, str, Figure | None]]:
    """Return where each missing figure or name stands, its words, and the figure if it is one."""
    text = source.paragraphs[match.paragraph - 1]
    there = [figure for figure in source.figures_of(match.paragraph) if match.start <= figure.start < match.end]
    gone = [
        one
        for one in numbers
        if not source.shelf.has(one) and not derived.says(one, sentence, text[match.start : match.end], there)
    ]
    found = [((one.shown or (one.start, 0))[0], one.words(sentence), one) for one in gone]
    return sorted(found + [(name.start, name.words(sentence), None) for name in lacking], key=lambda one: one[:2])


def _found(sentence: str, source: Source, match: Match, missing: list[tuple[int, str, Figure | None]]) -> Finding:
    once = {words: figure for _, words, figure in reversed(missing)}
    words = list(dict.fromkeys(words for _, words, _ in missing))
    nearest = [_nearest(word, once[word], source, match.paragraph) for word in words]
    return Finding("missing" if words else "source", match.paragraph, (match.start, match.end), words, nearest)


def _nearest(words: str, figure: Figure | None, source: Source, paragraph: int) -> tuple[str, int] | None:
    if figure is None:
        return source.names.nearest(words)
    near = source.shelf.nearest(figure, paragraph)
    return near and (near[0].words(source.paragraphs[near[1] - 1]), near[1])
