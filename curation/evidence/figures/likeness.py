"""Likeness of figures that differ: the same measure, or nearly the same digits, as where somebody mistyped one."""

from functools import lru_cache

from .figure import Figure, Reading
from .forms.dates import Day


def measures_alike(mine: Figure, its: Figure) -> bool:
    """Return whether two figures measure one thing, so that one may stand where the other was meant."""
    unit, other = mine.readings[0].unit, its.readings[0].unit
    return unit == other or (other == "" and not its.counted and not its.weak)


def is_mistyped(mine: Figure, its: Figure) -> bool:
    """Return whether one figure is the other but for a digit, their order, a nought, or one part of a date."""
    for one in mine.readings[:2]:
        for other in its.readings[:2]:
            if one.unit == other.unit and _are_nearly(one, other):
                return True
    return False


def _are_nearly(one: Reading, other: Reading) -> bool:
    if one.day is not None:
        return other.day is not None and _are_near_days(one.day, other.day)
    first, last = _digits(one.value, one.factor), _digits(other.value, other.factor)
    if first == last:  # “£12 million” for £1.2 million
        return one.value != other.value and len(first) > 1
    if len(first) < 2 or len(first) != len(last) or not 0.1 < abs(one.value / other.value) < 10:
        return False
    return sorted(first) == sorted(last) or sum(a != b for a, b in zip(first, last, strict=True)) == 1


@lru_cache(maxsize=4_096)
def _digits(value: float, factor: float) -> str:
    return f"{abs(value / factor):.8g}".replace(".", "").strip("0")


def _are_near_days(one: Day, other: Day) -> bool:
    """Return whether two dates differ in day, month or year alone."""
    if one.day is None or other.day is None or one.until or other.until:
        return False
    return sum(mine != its for mine, its in zip(one[1:3], other[1:3], strict=True)) == 1 or (
        one[1:3] == other[1:3] and None not in {one.year, other.year}
    )
