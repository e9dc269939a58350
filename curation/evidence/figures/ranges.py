"""Figures that belong together: two that share a unit, and the ends of a range."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from .figure import Figure, Reading

_DASH = re.compile(r"\s?[-–—−]\s?")
_LINK = re.compile(
    r"\s?[-–—−/]\s?|\s*,?\s+(?:to|and|or|through|until|against|rather than|from|up from|down from"
    r"|versus|vs)\s+(?:to\s+|about\s+|from\s+|just\s+)?|,\s*",
    re.IGNORECASE,
)


def with_ranges(text: str, found: list[Figure]) -> list[Figure]:
    """Return the figures, those that one unit belongs to with it, and the two ends of “10–20” shown as one."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        between = text[one.end : other.start] if other.start - one.end < 16 else " x "
        shared[place] = _with_rest(one, other, between)
        if _LINK.fullmatch(between):
            shared[place] = _share_unit(shared[place], other)
    return list(_joined(text, shared))


_ALONE = ("label", "code", "year", "ordinal", "times", "decade", "clock")


_AND_REST = re.compile(r",?\s(?:and\s)?")


def _with_rest(one: Figure, other: Figure, between: str) -> Figure:
    """Return a figure that a smaller unit completes, “4 minutes and 50 seconds”, with the whole as another reading."""
    first, last = one.readings[0], other.readings[0]
    if first.unit != last.unit or first.unit in {"", "share"} or not first.factor > last.factor:
        return one
    if first.day is not None or not _AND_REST.fullmatch(between):
        return one
    whole = Reading(first.unit, first.value + last.value, last.step, last.factor)
    return replace(one, readings=(*one.readings, whole))


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
    factor = last.factor
    return replace(
        one, readings=tuple(Reading(last.unit, it.value * factor, it.step * factor, factor) for it in one.readings)
    )


def _joined(text: str, found: list[Figure]) -> Iterator[Figure]:
    """Yield the figures; both ends of a range with a dash are shown as the whole of it."""
    shown: dict[int, tuple[int, int]] = {}
    for place, (one, other) in enumerate(pairwise(found)):
        same = one.readings[0].unit == other.readings[0].unit
        if same and other.start - one.end < 4 and _DASH.fullmatch(text[one.end : other.start]):
            shown[place] = shown[place + 1] = (one.start, other.end)
    yield from (replace(one, shown=shown.get(place)) if place in shown else one for place, one in enumerate(found))
