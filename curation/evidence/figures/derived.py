"""Figures that a span says without writing them: “from 11 to 22” is doubled, “31 of 92” is a third."""

import re
from itertools import combinations

from .agreement import agree
from .figure import Figure, Reading

MOST = 12  # figures of a span that are put beside each other
_OF_BEFORE = re.compile(r"\bof (?:the |its |all |these )?$", re.IGNORECASE)
_OF = re.compile(r"\s(?:\w+\s){0,2}(?:of|out of|in)\s(?:\w+\s){0,2}", re.IGNORECASE)


def says(figure: Figure, text: str, found: list[Figure]) -> bool:
    """Return whether figures of a span, put beside each other, say a multiple or a share of the sentence."""
    kinds = {reading.unit for reading in figure.readings}
    if not kinds & {"times", "share"}:
        return False
    is_part = any(reading.unit == "share" and reading.factor == 1.0 for reading in figure.readings)
    told = [one for one in found if not one.weak][:MOST]
    return any(agree(figure, one) for one in _derived(text, told, kinds, is_part=is_part))


def _derived(text: str, found: list[Figure], kinds: set[str], *, is_part: bool) -> list[Figure]:
    made = []
    for one, other in combinations(found, 2):
        first, last = one.readings[0], other.readings[0]
        if first.unit != last.unit or not first.value or not last.value or first.day is not None:
            continue
        if "share" in kinds and is_part and first.value > last.value > 0:
            made.append(_made("share", 1 - last.value / first.value))
        if "times" in kinds and not first.unit.startswith(("label", "clock", "year", "code")):
            made += [_made("times", last.value / first.value), _made("times", first.value / last.value)]
        if _OF.fullmatch(text[one.end : other.start]) and first.value < last.value:
            made.append(_made("share", first.value / last.value))
        if _OF_BEFORE.search(text[max(0, one.start - 12) : one.start]) and first.value > last.value:
            made.append(_made("share", last.value / first.value))
    return made


def _made(unit: str, value: float) -> Figure:
    return Figure(0, 0, (Reading(unit, value, 1e-4),))
