"""Agreement of a source's figure with a sentence's, and a shelf of a source's figures on which one is found at once."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from . import hedges
from .figure import Figure, Reading
from .forms import units

Placed = tuple[Figure, int]  # with its paragraph
MOST = 64  # figures of one value that are looked at: if none of them agrees, no other does
LARGE = 1_000  # from which a bare number seldom stands for nothing
FEW = 3  # figures of the same measure on each side
_ALONE = ("weekday", "label", "code", "clock", "date", "year", "decade", "times", "century", "rate")
_TOLD = ("time", "money")  # units that prose does not leave out
_MONTH = 30.4375 * 86_400  # seconds
_SECONDS = {"months": _MONTH, "time": 1.0}
_ALIKE = 0.085  # of a value: eight weeks are two months, twelve are three
MOST_ROUNDED = 0.01  # of a value, where no word says that it is rounded
_FARTHEST = 0.3  # of a value: no hedge allows for more
_CONVERTED = 0.04  # of a value: ten miles are 16 km


def agree(mine: Figure, its: Figure) -> bool:
    """Return whether the source's figure (``its``) says the sentence's, as far as the sentence is exact."""
    if mine.per and its.per and mine.per != its.per:
        return False
    for other in its.readings + its.also:
        for one in mine.readings:  # loops, not any(): it is asked some thousand times for a brief
            if _comparable(mine, its, one, other) and _says(mine, its, one, other):
                return True
    return False


def _comparable(mine: Figure, its: Figure, one: Reading, other: Reading) -> bool:
    """Return whether two readings measure one thing; what has no unit is of any, unless it counts something."""
    if one.unit == other.unit or {one.unit, other.unit} == {"time", "months"}:
        return True
    if mine.readings[0].unit == "rate" == its.readings[0].unit:
        return False  # “14 times a night” is not “14 times a day”
    if one.unit in {"year", "decade", "century"}:
        return other.unit in {"date", "year"} or (other.unit == "" and one.unit == "decade")
    if one.unit.startswith(_ALONE) or other.unit.startswith(_ALONE):
        return False
    if other.unit == "" and its.near is not None and one.unit.startswith(_TOLD) and one.unit not in its.near:
        return False  # “14 minutes”, of “aged between 14 and 21”
    return (one.unit == "" and not mine.counted) or (other.unit == "" and not its.counted)


def _says(mine: Figure, its: Figure, one: Reading, other: Reading) -> bool:
    if one.unit in {"date", "year", "decade"} or (one.unit == "century" and other.unit != "century"):
        return _says_when(one, other)
    if one.unit == other.unit and units.is_converted(one.factor, other.factor):
        return math.isclose(one.value, other.value, rel_tol=_CONVERTED)
    if one.unit == other.unit:
        is_alike = mine.hedge == its.hedge != "about"  # “over 40” is not “over 50”
        return _close(one, other, "" if is_alike else mine.hedge)
    if {one.unit, other.unit} == {"time", "months"}:
        low, high = allowed(one, mine.hedge)
        value = other.value * _SECONDS[other.unit] / _SECONDS[one.unit]
        return min(low, one.value * (1 - _ALIKE)) <= value <= max(high, one.value * (1 + _ALIKE))
    if _same(one.value, other.value):
        return True
    if one.unit == "degrees" and _same(-_raw(one), _raw(other)):  # “from minus 80 to minus 70”
        return True
    if 1.0 not in {one.factor, other.factor, one.factor / other.factor}:
        return False
    return _close(*(Reading("", _raw(it), min(1.0, it.step / it.factor)) for it in (one, other)), mine.hedge)


def _says_when(one: Reading, other: Reading) -> bool:
    if one.day is not None:
        return other.day is not None and one.day.holds(other.day)
    year = other.day.year if other.day is not None else other.value
    if year is None or one.unit == "century":
        return year is not None and (year - 1) // 100 + 1 == one.value
    return year == one.value or (one.unit == "decade" and year // 10 * 10 == one.value)


def _raw(reading: Reading) -> float:
    return round(reading.value / reading.factor, 6)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-12)


def _close(one: Reading, other: Reading, hedge: str) -> bool:
    if _same(one.value, other.value):
        return True
    if _is_rounded(one, other):
        return True
    if _same(one.step, other.step) and not hedge:
        return False
    low, high = allowed(one, hedge)
    near = max(abs(one.value), 1e-9) * 1e-6
    return low - near <= other.value <= high + near


def _is_rounded(one: Reading, other: Reading) -> bool:
    """Return whether hundreds without a word say what is written more exactly, and is next to it: 1,400 of 1,408."""
    value, its = abs(one.value / one.factor), abs(other.value / other.factor)
    if value < 100 or value % 100 or not its % 100 or one.factor != 1.0 or abs(value - its) > MOST_ROUNDED * value:
        return False
    return hedges.grain(value) > hedges.grain(its)


def allowed(reading: Reading, hedge: str) -> tuple[float, float]:
    """Return the least and the most that a source may say, as round as the figure is in the unit it is written in."""
    factor = reading.factor
    low, high = hedges.allowed(reading.value / factor, reading.step / factor, hedge, is_part=reading.is_part)
    return low * factor, high * factor


class Shelf:
    """A source's figures by unit and value: one is found, or the nearest to it, without reading them all."""

    def __init__(self, placed: Iterable[Placed]):
        self.placed = list(placed)
        self._by_unit: dict[str, list[tuple[float, int]]] = defaultdict(list)
        self._by_raw: dict[float, list[int]] = defaultdict(list)
        self._by_digits: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._raws: list[tuple[float, int]] = []
        self._years: set[int] = set()
        for place, (figure, _) in enumerate(self.placed):
            for reading in (*figure.readings, *figure.also):
                self._put(place, reading)
        for values in (*self._by_unit.values(), self._raws):
            values.sort()

    def _put(self, place: int, reading: Reading) -> None:
        for digits in _nearly_typed(reading):
            self._by_digits[reading.unit, digits].append(place)
        value = _ordinal_day(reading)
        self._by_unit[reading.unit].append((value, place))
        self._raws.append((_raw(reading), place))
        for raw in {_raw(reading), round(reading.value, 6)}:
            self._by_raw[raw].append(place)
        if reading.day is not None and reading.day.year:
            self._years.add(reading.day.year)
        elif reading.unit == "year":
            self._years.add(int(reading.value))

    def is_asked(self, figure: Figure) -> bool:
        """Return whether a sentence's figure is looked for: no weak one, no weekday where the source tells none."""
        return not figure.weak and (figure.readings[0].unit != "weekday" or "weekday" in self._by_unit)

    def has(self, figure: Figure) -> bool:
        """Return whether a figure of the source says this one, wherever it stands."""
        return self._has_years(figure) and next(self.holding(figure), None) is not None

    def holding(self, figure: Figure) -> Iterator[int]:
        """Yield the places, in the order given, of figures that say this one."""
        return (place for place in self._likely(figure) if agree(figure, self.placed[place][0]))

    def mistyped(self, figure: Figure) -> list[int]:
        """Return the places of figures that have the same digits in another order, or all but one of them."""
        first = figure.readings[0]
        return [
            place for digits in _nearly_typed(first) for place in self._by_digits.get((first.unit, digits), ())[:MOST]
        ]

    def measured_alike(self, figure: Figure) -> list[int]:
        """Return the places of some figures of the same measure, those nearest in value; none for bare numbers."""
        first = figure.readings[0]
        is_telling = first.unit not in {"", "ordinal", "year"} or (first.unit == "" and abs(first.value) >= LARGE)
        return self._around(first, FEW) if is_telling else []

    def _has_years(self, figure: Figure) -> bool:
        """Return whether the year of a date, if it tells one, stands somewhere, though not beside its day."""
        days = [reading.day for reading in figure.readings if reading.day is not None]
        return not days or any(day.year is None or day.year in self._years for day in days)

    def _likely(self, figure: Figure) -> Iterator[int]:
        for reading in figure.readings:
            if reading.unit in {"date", "year", "decade", "century"}:
                yield from self._dated(reading)
                if reading.unit == "date":
                    continue
            yield from self._between(reading.unit, *self._reach(reading, figure.hedge))
            below = {-_raw(reading)} if reading.unit == "degrees" else set()
            for raw in {_raw(reading), round(reading.value, 6)} | below:
                yield from self._by_raw.get(raw, ())[:MOST]
            yield from self._written_between(reading, figure.hedge)
            yield from self._other_calendar(reading)

    def _reach(self, reading: Reading, hedge: str) -> tuple[float, float]:
        low, high = allowed(reading, hedge)
        near = abs(reading.value) * MOST_ROUNDED
        low, high = min(low, reading.value - near), max(high, reading.value + near)
        if reading.unit not in units.CONVERTED:
            return low, high
        off = abs(reading.value) * _CONVERTED
        return min(low, reading.value - off), max(high, reading.value + off)

    def _dated(self, reading: Reading) -> Iterator[int]:
        if reading.day is None:
            return iter(
                [place for _, place in self._by_unit["date"][: MOST * 8]]
                + list(self._between("", reading.value, reading.value + 9))
                + [place for _, place in self._by_unit.get("year", ())[: MOST * 8]]
            )
        first, last = reading.day.month, reading.day.until or reading.day.month
        ends = [(first, last), (first - 12, last - 12)] if last > 12 else [(first, last)]
        return chain.from_iterable(self._between("date", low * 32 - 1, high * 32 + 32) for low, high in ends)

    def _other_calendar(self, reading: Reading) -> Iterator[int]:
        other, scale = {"time": ("months", 1 / _MONTH), "months": ("time", _MONTH)}.get(reading.unit, ("", 0.0))
        value = reading.value * scale
        return self._between(other, value * (1 - _FARTHEST), value * (1 + _FARTHEST)) if other else iter(())

    def _written_between(self, reading: Reading, hedge: str) -> Iterator[int]:
        """Yield figures that are written with about the same number, whatever their unit: “nearly 93 million”."""
        if reading.unit or not hedge:
            return iter(())
        low, high = allowed(reading, hedge)
        return _within(self._raws, low / reading.factor, high / reading.factor)

    def _between(self, unit: str, low: float, high: float) -> Iterator[int]:
        return _within(self._by_unit.get(unit, []), low, high)

    def nearest(self, figure: Figure, paragraph: int) -> Placed | None:
        """Return the figure that measures the same and comes nearest; those of the paragraph first."""
        found = {place for reading in figure.readings for place in self._around(reading)}
        found = found or {place for reading in figure.readings for place in self._by_raw.get(_raw(reading), ())[:MOST]}
        placed = [self.placed[place] for place in sorted(found)]
        return min(placed, key=lambda one: (one[1] != paragraph, one[0].weak, _distance(figure, one[0])), default=None)

    def _around(self, reading: Reading, many: int = MOST) -> list[int]:
        values = self._by_unit.get(reading.unit, [])
        at = bisect_left(values, (_ordinal_day(reading), -1))
        return [place for _, place in values[max(0, at - many) : at + many]]


def _within(values: list[tuple[float, int]], low: float, high: float) -> Iterator[int]:
    """Yield the places of the values from low to high, some hundred at most."""
    near = abs(high) * 1e-6
    first = bisect_left(values, (low - near, -1))
    for value, place in values[first : first + MOST * 4]:
        if value > high + near:
            return
        yield place


def _nearly_typed(reading: Reading) -> list[str]:
    """Return under what a mistyped number is found: its digits in order of size, and each left out of three or more."""
    digits = f"{abs(reading.value / reading.factor):.8g}".replace(".", "").strip("0")
    if len(digits) < 2 or reading.day is not None:
        return []
    left_out = [f"{digits[:at]}?{digits[at + 1 :]}" for at in range(len(digits))] if len(digits) > 2 else []
    return ["".join(sorted(digits)), *left_out]


def _ordinal_day(reading: Reading) -> float:
    if reading.day is None:
        return reading.value
    return float((reading.day.month or 0) * 32 + (reading.day.day or 0))


def _distance(one: Figure, other: Figure) -> float:
    first = one.readings[0]
    off = [abs(_ordinal_day(it) - _ordinal_day(first)) for it in other.readings if it.unit == first.unit]
    return min(off, default=math.inf)
