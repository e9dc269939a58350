"""The judgement on a sentence: whether it rests on the source, and what the source lacks of it."""

from collections.abc import Iterable
from dataclasses import replace

from curation.evidence.figures import derived
from curation.evidence.figures.figure import Figure
from curation.evidence.figures.scan import figures
from curation.evidence.names.asking import asked_names, openers
from curation.evidence.names.capitals import GENERIC, Name
from curation.evidence.names.dictionary import is_ordinary

from . import spans
from .finding import Finding
from .grounds import rests
from .source import Source
from .spans import Match, Question
from .voice import is_saying, speaks_to_readers
from .words import stems

MOST_CHARACTERS = 500_000
MOST_RECKONED = 300  # sentences of a source whose figures are put beside each other


def of(sentences: Iterable[str], paragraphs: Iterable[str]) -> list[Finding]:
    """Return one finding for each sentence of a brief, held against the paragraphs of a source.

    This is the matcher: whatever replaces it takes and gives the same, and ``python -m benchmarks.evidence`` judges it.
    Nothing is fetched, kept or raised; any strings will do. A figure or name counts as there wherever the source has
    it, so one that belongs to another claim (“31 % in May, 14 % in June” the other way round) is not missing: the span,
    which is chosen by its figures too, shows what was said of it. Sentences go in their order, as each likely rests
    near the one before. Time is linear in the source, of which half a million characters are read, and for each
    sentence bounded, whatever it shares.
    """
    source = Source(_readable(paragraphs))
    told = [str(sentence) for sentence in sentences]
    elsewhere = frozenset(openers(told))
    findings: list[Finding] = []
    after = 0
    for sentence in told:
        findings.append(_judge(sentence, source, elsewhere, after))
        after = findings[-1].paragraph or after
    return findings


def _readable(paragraphs: Iterable[str]) -> list[str]:
    """Return the paragraphs, those after half a million characters as empty ones."""
    left, kept = MOST_CHARACTERS, []
    for paragraph in map(str, paragraphs):
        kept.append(paragraph[: max(left, 0)])
        left -= len(paragraph)
    return kept


def _judge(sentence: str, source: Source, elsewhere: frozenset[str], after: int) -> Finding:
    numbers = [figure for figure in figures(sentence) if source.shelf.is_asked(figure)]
    called = [name for name in asked_names(sentence, source.names, elsewhere) if not _is_in_a_figure(name, numbers)]
    lacking = [name for name in called if not source.names.has(name)]
    numbers = [figure for figure in numbers if not _is_in_a_name(figure, lacking)]
    strange = (part for name in lacking for part in name.parts if source.names.lacks(part))
    aside = frozenset(stem for part in strange for stem in stems(part))
    asked = spans.question(sentence, numbers, source, aside=aside)
    asked = replace(_as_named(asked, called, lacking, source), after=after)
    match = spans.best(asked, source)
    if match is None:
        return _own(sentence, source, numbers, lacking)
    strangers = len(lacking) + sum(not source.shelf.has(one) for one in numbers)
    is_foreign = strangers > 1 and strangers == len(called) + len(numbers)  # nothing that it names is the source's
    is_foreign = is_foreign and not (match.mistyped or asked.is_nearly_named)
    if not rests(asked, match, is_own_voice=is_foreign or _is_own_voice(asked, match, source)):
        return _own(sentence, source, numbers, lacking)
    return _found(sentence, source, match, _missing(sentence, source, match, numbers, lacking))


def _own(sentence: str, source: Source, numbers: list[Figure], lacking: list[Name]) -> Finding:
    """Return that a sentence rests on nothing, with its figures in digits and full names that the source lacks."""
    asked = [one for one in numbers if one.is_in_digits(sentence)] if source.units else []
    gone: list[Figure | Name] = [one for one in asked if not source.shelf.has(one)]
    gone += [one for one in lacking if len(set(one.parts) - GENERIC) > 1] if source.units else []
    words = list(dict.fromkeys(one.words(sentence) for one in sorted(gone, key=lambda one: one.start)))
    return Finding("own", missing=words, nearest=[None] * len(words))


def _as_named(asked: Question, called: list[Name], lacking: list[Name], source: Source) -> Question:
    """Return a question with what its names tell; an ordinary word that opens the sentence tells nothing."""
    telling = [name for name in called if not (name.opens and is_ordinary(name.words(asked.text)))]
    return replace(
        asked,
        is_named=any(name not in lacking and source.names.is_proper(name) for name in telling),
        is_nearly_named=any(source.names.is_nearly_known(part) for name in lacking for part in name.parts),
        is_strangely_named=any(name in lacking and not name.opens for name in telling),
        is_specific=bool(asked.figures or telling),
    )


def _is_in_a_figure(name: Name, numbers: list[Figure]) -> bool:
    """Return whether a figure’s unit only looks like a name: “kWh”, “Swiss francs”."""
    return any(one.start <= name.start and name.end <= one.end for one in numbers)


def _is_in_a_name(figure: Figure, called: list[Name]) -> bool:
    """Return whether a figure is the number of a name: “Verity 5”."""
    return any(one.start < figure.start and figure.end <= one.end for one in called)


def _is_own_voice(asked: Question, match: Match, source: Source) -> bool:
    span = source.paragraphs[match.paragraph - 1][match.start : match.end]
    return speaks_to_readers(asked.text, span) or (not asked.is_specific and is_saying(asked.text))


def _missing(
    sentence: str, source: Source, match: Match, numbers: list[Figure], lacking: list[Name]
) -> list[tuple[int, str, Figure | None]]:
    """Return where each missing figure or name stands, its words, and the figure if it is one."""
    text = source.paragraphs[match.paragraph - 1]
    beside = source.figures_of(match.paragraph)
    there = [figure for figure in beside if match.start <= figure.start < match.end]
    span = match.start, match.end
    gone = [one for one in numbers if not source.shelf.has(one) and not derived.says(one, sentence, text, there, span)]
    gone = [one for one in gone if not derived.says(one, sentence, text, _after(match, beside), span)]
    gone = [one for one in gone if not _is_reckoned(one, sentence, source)]
    gone = [_with_time(one, sentence, source) for one in gone]
    found = [((one.shown or (one.start, 0))[0], one.words(sentence), one) for one in gone]
    return sorted(found + [(name.start, name.words(sentence), None) for name in lacking], key=lambda one: one[:2])


def _with_time(figure: Figure, sentence: str, source: Source) -> Figure:
    """Return a figure with the time that it is told for, where only that differs: “four hours a day”."""
    end = sentence.find(figure.per, figure.end) + len(figure.per)
    is_there = figure.per and source.shelf.has(replace(figure, per=""))
    return replace(figure, shown=(figure.start, end)) if is_there else figure


def _after(match: Match, beside: list[Figure]) -> list[Figure]:
    """Return the figures of a span and of what its paragraph says behind it: “Last year it was 17”."""
    return [figure for figure in beside if figure.start >= match.start]


def _is_reckoned(figure: Figure, sentence: str, source: Source) -> bool:
    """Return whether a share, or a change, is that of two figures of one sentence of the source."""
    is_change = derived.is_change(figure, sentence)
    if not is_change and figure.readings[0].unit != "share":
        return False
    units = (unit for unit in source.units[:MOST_RECKONED] if len(unit.figures) > 1)
    texts = ((source.paragraphs[unit.paragraph - 1], list(unit.figures)) for unit in units)
    return any(derived.says_between(figure, *one, is_change=is_change) for one in texts)


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
