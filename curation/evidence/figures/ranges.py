"""Figures that belong together: two that share a unit, a whole with its rest, and the ends of a range."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from .figure import Figure, Reading

_DASH = re.compile(r"\s?[-–—−/]\s?")
_LINK = re.compile(
    r"\s?[-–—−/]\s?|\s*,?\s+(?:to|and|or|through|until|against|rather than|from|up from|down from"
    r"|versus|vs)\s+(?:to\s+|about\s+|from\s+|just\s+)?|,\s*",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:\s(?:to|and|or|rather\sthan|instead\sof|against|versus|down\sfrom|up\sfrom)|,?\snot)\s(?:about\s|just\s|only\s)?",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|[\s(])[-−–]$|\bminus\s$", re.IGNORECASE)
_ALONE = ("rate", "weekday", "label", "code", "year", "ordinal", "times", "decade", "clock", "century")
_AND_REST = re.compile(r",?\s?(?:and\s)?")
_NEAR = 16  # characters between two figures that may belong together


def with_ranges(text: str, found: list[Figure]) -> list[Figure]:
    """Return the figures, those that one unit belongs to with it, and the two ends of “10–20” shown as one."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        between = text[one.end : other.start] if other.start - one.end < _NEAR else " x "
        if _completes(one, other, between):
            shared[place : place + 2] = _with_rest(one, other)
        elif _LINK.fullmatch(between):
            one = _below_nought(text, _share_unit(one, other))
            shared[place : place + 2] = _as_period(*_share_scale(one, _unit_of_first(one, other, between)))
    return list(_joined(text, shared))


def _as_period(one: Figure, other: Figure) -> list[Figure]:
    """Return two months, that may be the ends of a part of the year: “between July and September”."""
    first, last = one.readings[0].day, other.readings[0].day
    if first is None or last is None or first.day or last.day or first.until or last.until:
        return [one, other]
    if not first.month or not last.month or first.month >= last.month:
        return [one, other]
    whole = Reading("date", 0.0, day=first._replace(year=first.year or last.year, until=last.month))
    return [replace(it, readings=(*it.readings, whole)) for it in (one, other)]


def _completes(one: Figure, other: Figure, between: str) -> bool:
    """Return whether the second is the rest of the first, in a smaller unit: “4 minutes and 50 seconds”."""
    first, last = one.readings[0], other.readings[0]
    if first.unit != last.unit or first.unit in {"", "share", "degrees"} or not first.factor > last.factor:
        return False
    return first.day is None and abs(last.value) < first.factor and bool(_AND_REST.fullmatch(between))


def _with_rest(one: Figure, other: Figure) -> list[Figure]:
    """Return the whole, that may be found by its first part too, and the rest, that is not looked for alone."""
    first, last = one.readings[0], other.readings[0]
    whole = Reading(first.unit, first.value + last.value, last.step, last.factor)
    return [
        replace(one, readings=(whole,), also=one.readings, shown=(one.start, other.end), weak=False),
        replace(other, weak=True),
    ]


def _share_unit(one: Figure, other: Figure) -> Figure:
    """Return a figure with the unit, the scale or the month of the one it is joined to, where it has none itself."""
    first, last = one.readings[0], other.readings[0]
    if one.weak or first.unit or one.counted or first.factor != 1.0 or last.unit.startswith(_ALONE):
        return one
    if last.day is not None:
        is_day = last.day.day is not None and first.value <= 31
        return (
            replace(one, readings=(Reading("date", 0.0, day=last.day._replace(day=int(first.value))),))
            if is_day
            else one
        )
    return replace(one, readings=tuple(_in_unit_of(it, last) for it in one.readings))


def _unit_of_first(one: Figure, other: Figure, between: str) -> Figure:
    """Return the second of “from 14 minutes to six” with the unit of the first, if it has none itself."""
    first, last = one.readings[0], other.readings[0]
    if (
        one.weak
        or other.weak
        or last.unit
        or other.counted
        or last.factor != 1.0
        or not first.unit
        or first.day is not None
    ):
        return other
    if first.unit.startswith(_ALONE) or not _TO.fullmatch(between):
        return other
    return replace(other, readings=(_in_unit_of(last, first), *other.readings))


def _below_nought(text: str, one: Figure) -> Figure:
    """Return the first of “−20 to 45 °C” below nought."""
    first = one.readings[0]
    if first.unit != "degrees" or first.value < 0 or not _MINUS.search(text[max(0, one.start - 6) : one.start]):
        return one
    return replace(one, readings=tuple(it._replace(value=-it.value) for it in one.readings))


def _in_unit_of(one: Reading, other: Reading) -> Reading:
    return Reading(other.unit, one.value * other.factor, one.step * other.factor, other.factor)


def _share_scale(one: Figure, other: Figure) -> list[Figure]:
    """Return “£3–4 million” as three and four million pounds: sign and scale are of both."""
    first, last = one.readings[0], other.readings[0]
    if not first.unit.startswith("money") or last.unit or other.counted or other.weak:
        return [one, other]
    other = replace(other, readings=tuple(it._replace(unit=first.unit) for it in other.readings))
    if last.factor >= 1_000 > first.value and first.factor == 1.0:
        scaled = Reading(first.unit, first.value * last.factor, first.step * last.factor, last.factor)
        one = replace(one, readings=(scaled, *one.readings))
    return [one, other]


def _joined(text: str, found: list[Figure]) -> Iterator[Figure]:
    """Yield the figures; both ends of a range with a dash are shown as the whole of it."""
    shown: dict[int, tuple[int, int]] = {}
    for place, (one, other) in enumerate(pairwise(found)):
        same = one.readings[0].unit == other.readings[0].unit
        if same and other.start - one.end < 4 and _DASH.fullmatch(text[one.end : other.start]):
            shown[place] = shown[place + 1] = (one.start, other.end)
    yield from (replace(one, shown=shown.get(place)) if place in shown else one for place, one in enumerate(found))
