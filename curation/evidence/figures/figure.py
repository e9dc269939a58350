"""A figure as it was read: where it stands, and what it may mean."""

from dataclasses import dataclass
from typing import NamedTuple

from . import hedges
from .forms import units
from .forms.dates import Day


class Reading(NamedTuple):
    """One meaning of a figure: what is measured (``""`` for a bare number), how much, to what step; or a date."""

    unit: str
    value: float
    step: float = 1.0
    factor: float = 1.0  # of the unit and the scale it was written in
    day: Day | None = None
    is_part: bool = False  # a share in words, “a third”, which is no exact one


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands; ``weak`` ones (“one”, “a year”) can be found, and are never looked for."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    hedge: str = ""
    weak: bool = False
    counted: bool = False  # a thing that is counted follows: “31 nurses”
    shown: tuple[int, int] | None = None  # the range of which this is one end, or the whole that it is with its rest
    per: str = ""  # the time that it is told for: “four hours a week”
    near: frozenset[str] | None = None  # of a bare number, what is measured around it; None where nobody looked
    also: tuple[Reading, ...] = ()  # under which others find it, and it does not look for others

    def is_in_digits(self, text: str) -> bool:
        """Return whether the figure is written in digits."""
        return any(map(str.isdigit, text[self.start : self.end]))

    def words(self, text: str) -> str:
        """Return the figure as its text writes it."""
        start, end = self.shown or (self.start, self.end)
        return text[start:end].strip(" ,.;:")


Parsed = tuple[int, list[Figure]]  # where it ends, and the figures that stand there


def measured(word: str, amount: float, step: float) -> Reading:
    """Return an amount of a unit by its word, in the first of its meanings."""
    unit = units.units_of(word)[0]
    return Reading(unit.measure, amount * unit.factor, step * unit.factor, unit.factor)


def hedged(text: str, start: int, end: int, readings: tuple[Reading, ...]) -> Figure:
    """Return a figure with the words beside it that make it less exact."""
    return Figure(start, end, readings, hedge=hedges.beside(text, start, end))
