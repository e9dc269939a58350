"""Figures that a span says without writing them: from 11 to 22 is doubled, “31 of 92” a third, May to July months."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, pairwise

from . import enumerations
from .agreement import agree
from .figure import Figure, Reading

MOST = 12  # figures of a span that are put beside each other
_OF_BEFORE = re.compile(
    r"\bof (?:the |its |all |these |my |our |their |his |her |those |some |about )?$", re.IGNORECASE
)
_OF = re.compile(r"\s(?:\w+\s){0,2}(?:of|out of|in)\s(?:\w+\s){0,2}", re.IGNORECASE)
_REACH = 28  # characters around a figure in which a word says what was reckoned
_CHANGE = re.compile(
    r"\b(?:by|fewer|less|more|lower|higher|points?|drop\w*|f[ae]ll\w*|r[io]se|risen|sav\w+|gain\w*|cuts?|extra|additional|another"
    r"|shorter|longer|differen\w+|chang\w+|declin\w+|quicker|faster|slower|sooner|earlier|later|older|younger|cheaper|up|down|increase\w*"
    r"|decrease\w*|reduc\w+|grew|grown|growth|shav\w+|added|lost|improve\w*)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|half|less|under|more|only|just|still)\b", re.IGNORECASE)
_REST = re.compile(
    r"\b(?:others?|rest|remain\w+|lower|less|reduc\w+|without|not?|did\s?n[o’']t|does\s?n[o’']t|fewer|cut\w*|smaller|never)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\b(?:in all|together|total\w*|altogether|combined|in sum|overall|between them|all)\b", re.IGNORECASE
)
#: Where it stands between two figures or behind the second, the second is the older: “44, down from 29”.
_OLDER = re.compile(
    r"\b(?:(?:up|down)\s+from|instead\s+of|rather\s+than|against|compared\s+(?:with|to)|after|before,?\s+it\s+(?:was|had\s+been)"
    r"|previously|formerly|used\s+to\s+be|had\s+been)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"\s(?:\w+\s){0,3}to\s(?:\w+\s){0,2}", re.IGNORECASE)
#: What leads from one state to another, the unit of which goes without saying.
_STATE = re.compile(
    r"\b(?:was|were|been|is|it|to|from|against|than|instead\s+of|before|now|only|just|about|nearly|over|under|at)\s$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\s(?:\w+\s)?(?:before|earlier|previously|formerly|a\s+year\s+ago)\b", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:before|already|so\s+far|previous|earlier|until\s+now|others?)\b", re.IGNORECASE)
_PER = re.compile(r"\bper\s$", re.IGNORECASE)
_NO_SIZE = ("rate", "weekday", "label", "clock", "year", "code", "date", "ordinal", "decade", "century")


def says(figure: Figure, sentence: str, text: str, found: list[Figure], span: tuple[int, int] | None = None) -> bool:
    """Return whether figures of a span of a text, put beside each other, say the sentence’s as its words reckon."""
    told = _with_units(text, [one for one in found if not one.weak][:MOST])
    beside = sentence[max(0, figure.start - _REACH) : figure.end + _REACH]
    is_part = any(reading.is_part for reading in figure.readings)
    is_said = any(agree(figure, one) for one in _derived(beside, text, told, is_part=is_part))
    return is_said or _is_next(figure, text, told) or _counts_a_list(figure, text[slice(*(span or (0, None)))])


def _is_next(figure: Figure, text: str, told: list[Figure]) -> bool:
    """Return whether a figure is the next in order: “the third” where two did so before."""
    counts = {one.readings[0].value for one in told if one.readings[0].unit == ""}
    nexts = [reading.value - 1 in counts for reading in figure.readings if reading.unit == "ordinal"]
    return any(nexts) and bool(_SO_FAR.search(text))


def _with_units(text: str, told: list[Figure]) -> list[Figure]:
    """Return the figures, a bare one of another state in the unit before it: “61 minutes. Before it was 127”."""
    shared = told[:1]
    for one, other in pairwise(told):
        first, last = shared[-1].readings[0], other.readings[0]
        is_bare = last.unit == "" and not other.counted and last.factor == 1.0
        has_size = first.unit and not first.unit.startswith((*_NO_SIZE, "times"))
        if is_bare and has_size and _STATE.search(text[one.end : other.start][-60:]):
            shared.append(replace(other, readings=(first._replace(value=last.value * first.factor),)))
        else:
            shared.append(other)
    return shared


def tells_a_change(text: str, found: list[Figure]) -> bool:
    """Return whether a span itself puts two of its figures beside each other: “$96 million, up from $41 million”."""
    told = [one for one in found if not one.weak][:MOST]
    between = (text[one.end : other.start][-60:] for one, other in pairwise(told))
    return any(_OLDER.search(words) or _TOWARDS.fullmatch(words) for words in between) or any(
        _BEFORE.match(text, one.end) for one in told
    )


def is_change(figure: Figure, sentence: str) -> bool:
    """Return whether a sentence tells a figure as a change: “a decrease of 32 %”, “12 fewer”."""
    beside = sentence[max(0, figure.start - _REACH) : figure.end + _REACH]
    return bool(_CHANGE.search(beside))


def says_between(figure: Figure, text: str, found: list[Figure], *, is_change: bool) -> bool:
    """Return whether a figure is the share of one of two in the other, or what it is more or less by."""
    told = [one for one in found if not one.weak][:MOST]
    parts = (one for pair in combinations(told, 2) for one in _ratios(text, *pair) if one.readings[0].unit == "share")
    changes = (one for pair in _neighbours(text, told) for one in _changes(*pair)) if is_change else ()
    return any(agree(figure, one) for one in chain(parts, changes))


def _derived(beside: str, text: str, told: list[Figure], *, is_part: bool) -> Iterator[Figure]:
    for one, other in combinations(told, 2):
        yield from _ratios(text, one, other)
    yield from _stretches(told)
    yield from _products(told)
    if is_part and _TO.search(beside):  # “shrank to a third”, “less than half the time”
        yield from (_made("share", last.value / first.value) for first, last in _neighbours(text, told) if first.value)
    if is_part or _CHANGE.search(beside):
        yield from chain.from_iterable(_changes(one, other) for one, other in _neighbours(text, told))
    if _REST.search(beside):
        yield from (_made("share", 1 - it.value) for one in told for it in one.readings if it.unit == "share")
    if _SUM.search(beside):
        yield from _sums(told)


def _ratios(text: str, one: Figure, other: Figure) -> Iterator[Figure]:
    first, last = one.readings[0], other.readings[0]
    if first.unit.startswith("money") and last.unit == "" and not other.counted:
        last = last._replace(unit=first.unit)  # “38 kroner, a ferry 420”
    if first.unit != last.unit or not first.value or not last.value or first.unit.startswith(_NO_SIZE):
        return
    yield _made("times", last.value / first.value)
    yield _made("times", first.value / last.value)
    if _OF.fullmatch(text[one.end : other.start]) and first.value < last.value:
        yield _made("share", first.value / last.value)
    if _OF_BEFORE.search(text[max(0, one.start - 12) : one.start]) and first.value > last.value:
        yield _made("share", last.value / first.value)


def _neighbours(text: str, told: list[Figure]) -> Iterator[tuple[Reading, Reading]]:
    """Yield figures that measure alike and have no other such between them: the earlier state, and the later one."""
    by_unit: dict[tuple[str, bool], list[Figure]] = {}
    for one in told:
        if not _PER.search(text[max(0, one.start - 5) : one.start]):  # “per 100 patients”
            first = one.readings[0]
            by_unit.setdefault((first.unit, first.factor < 1), []).append(one)  # cents do not stand between dollars
    for (unit, _), its in by_unit.items():
        for one, other in pairwise(its) if not unit.startswith(_NO_SIZE) else ():
            pair = one.readings[0], other.readings[0]
            yield pair[::-1] if _is_older(text, one, other) else pair


def _is_older(text: str, one: Figure, other: Figure) -> bool:
    """Return whether the second of two figures tells of an earlier time than the first."""
    if _OLDER.search(text[one.end : other.start][-60:]):
        return True
    return bool(_BEFORE.match(text, other.end)) and not _BEFORE.match(text, one.end)


def _changes(first: Reading, last: Reading) -> Iterator[Figure]:
    """Yield by how much one is more or less than the other: in its unit, in points, and as a share of the first."""
    off = abs(last.value - first.value)
    yield Figure(0, 0, (Reading(first.unit, off, min(first.step, last.step), first.factor),))
    if first.unit == "share":
        yield _made("", round(off * 100, 6))
    if first.value and off:
        yield _made("share", off / abs(first.value))


def _sums(told: list[Figure]) -> Iterator[Figure]:
    by_unit: dict[str, list[float]] = {}
    for one in told:
        by_unit.setdefault(one.readings[0].unit, []).append(one.readings[0].value)
    for unit, values in by_unit.items():
        if len(values) > 1 and not unit.startswith(_NO_SIZE):
            yield from (_made(unit, sum(pair)) for pair in pairwise(values))
            yield _made(unit, sum(values))


def _products(told: list[Figure]) -> Iterator[Figure]:
    """Yield how many a share of a number is, “two thirds of 85”, what is some times another, and what comes later."""
    firsts = [one.readings[0] for one in told]
    numbers = [one.value for one in firsts if one.unit == "" and one.value > 10]
    for share in (one.value for one in firsts if one.unit == "share" and 0 < one.value < 1):
        yield from (_made("", part * number) for number in numbers for part in (share, 1 - share))
    sizes = [one for one in firsts if one.unit == "" or one.unit.startswith("money")]
    for times in (one.value for one in firsts if one.unit == "times" and one.value > 0):  # “double from 60”
        yield from (_made(one.unit, value) for one in sizes for value in (one.value * times, one.value / times))
    yield from _later(firsts)


def _later(firsts: list[Reading]) -> Iterator[Figure]:
    """Yield the year so many years, and the date so many days, after one that is told."""
    for years in (one.value / 12 for one in firsts if one.unit == "months" and one.factor >= 12):
        begun = (one.day.year if one.day else one.value for one in firsts if one.unit in {"date", "year"})
        yield from (_made("year", year + years) for year in begun if year)
    days = [one.day for one in firsts if one.day is not None and one.day.day]
    for passed in (one.value / 86_400 for one in firsts if one.unit == "time" and one.factor >= 86_400):
        yield from (Figure(0, 0, (Reading("date", 0.0, day=later),)) for day in days if (later := day.later(passed)))


def _stretches(told: list[Figure]) -> Iterator[Figure]:
    """Yield how long it is from one date, year or time of day to the next."""
    for one, other in pairwise([it for it in told if it.readings[0].unit in {"date", "year", "clock"}]):
        first, last = one.readings[0], other.readings[0]
        if first.unit == last.unit == "clock":
            yield _made("time", (last.value - first.value) % 720 * 60)
            yield _made("time", (last.value - first.value) % 1440 * 60)
        elif first.unit == last.unit == "year":
            yield _made("months", (last.value - first.value) * 12)
        elif first.unit == last.unit:
            yield from _between_days(first, last)


def _between_days(first: Reading, last: Reading) -> Iterator[Figure]:
    begin, end = first.day, last.day
    if begin is None or end is None or not begin.month or not end.month:
        return
    years = (end.year - begin.year) if begin.year and end.year else int(end.month < begin.month)
    months = years * 12 + end.month - begin.month
    if months > 0:
        yield _made("months", months)
        yield _made("months", months + 1)
    if begin.day and end.day:
        days = months * 30.44 + end.day - begin.day
        yield Figure(0, 0, (Reading("time", round(days) * 86_400.0, 86_400.0, 86_400.0),))
        yield Figure(0, 0, (Reading("time", (round(days) + 1) * 86_400.0, 86_400.0, 86_400.0),))


def _made(unit: str, value: float) -> Figure:
    return Figure(0, 0, (Reading(unit, value, 1e-4),), counted=True)  # so that “20” says no “20 %”


def _counts_a_list(figure: Figure, text: str) -> bool:
    """Return whether a figure counts the things that the span lists: “three wards” of “Alder, Birch and Cedar”."""
    wanted = {reading.value for reading in figure.readings if reading.unit == ""}
    return any(2 <= value <= 12 for value in wanted) and any(size in wanted for size in enumerations.sizes(text))
