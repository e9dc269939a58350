"""Numbers with their scale and unit, ordinals, and units that stand alone."""

import re
from dataclasses import replace

from . import numerals, units
from .figure import Figure, Parsed, Reading, hedged, measured
from .numerals import Number
from .shares import out_of

_ORDINAL = re.compile(
    rf"(?:(?P<digits>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>first|{'|'.join(numerals.ORDINALS)}))\b", re.IGNORECASE
)
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b|\s?½", re.IGNORECASE)
_A_UNIT = re.compile(
    r"an?\s+(?:single\s+)?(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade)\b", re.IGNORECASE
)
_WEAK = re.compile(r"(?P<two>both|couple|pair)\b|(?P<none>none|zero|nobody)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\s|-)(?P<word>[^\W\d_]{3,})")
_NOT_COUNTED_WORDS = """
    the and per for from with was were are had have has than but when while last this that after before across
    compared more fewer less down since until between because which who where into out over under not now then they
    its our their his her per during within against through nor yet also too only still already every each even
    respectively there here percent cent thousand million billion years said says
"""
_NOT_COUNTED = frozenset(_NOT_COUNTED_WORDS.split())


def ordinal(text: str, at: int) -> Parsed | None:
    found = _ORDINAL.match(text, at)
    if not found:
        return None
    word = (found["word"] or "").lower()
    value = float(found["digits"]) if found["digits"] else numerals.ORDINALS.get(word, 1.0)
    loose = word == "first" or bool(
        re.search(r"\b(?:an?|every|split|per)\s+$", text[max(0, at - 8) : at], re.IGNORECASE)
    )
    return found.end(), [Figure(at, found.end(), (Reading("ordinal", value),), weak=loose or word == "second")]


def unit_alone(text: str, at: int) -> Parsed | None:
    found = _A_UNIT.match(text, at)
    if found:
        return found.end(), [Figure(at, found.end(), (measured(found["unit"], 1.0, 1.0),), weak=True)]
    if text[at : at + 9].lower() == "fortnight":
        return at + 9, [Figure(at, at + 9, (measured("fortnight", 1.0, 0.07),), weak=True)]
    found = _WEAK.match(text, at)
    return found and (found.end(), [Figure(at, found.end(), (Reading("", 2.0 if found["two"] else 0.0),), weak=True)])


def number(text: str, at: int) -> Parsed | None:
    """Read a number with its scale and unit, in digits or in words."""
    found = numerals.DIGITS.match(text, at) or numerals.WORDS.match(text, at)
    if not found:
        return None
    in_words = not (found[0][0].isdigit() or found[0][0] == ".")
    numbers = numerals.from_words(found[0]) if in_words else numerals.from_digits(found[0])
    end = found.end()
    half = _AND_A_HALF.match(text, end)
    if half and len(numbers) == 1:
        numbers, end = [Number(numbers[0].value + 0.5, 0.1)], half.end()
    if not numbers:
        return end, [Figure(at, end, (Reading(f"code {found[0]}", 0.0),))]
    if in_words and len(numbers) == 1 or not in_words:
        part = out_of(text, at, end, numbers[0])
        if part:
            return part
    return _with_unit(text, at, end, numbers, is_one=found[0].lower() == "one")


def _with_unit(text: str, at: int, end: int, numbers: list[Number], *, is_one: bool) -> Parsed:
    before = units.BEFORE.search(text[max(0, at - 5) : at])
    plain = numbers[0].value
    numbers, end, bare = _scaled(text, end, numbers, is_money=bool(before))
    begin, unit = at, None
    if before:
        begin, unit = at - len(before[0]), units.unit_of(before[0].strip())
    after = _unit_after(text, end)
    if after and not before:
        end, unit = after
    measure, factor = unit or ("", 1.0)
    scale = numbers[0].value / plain if plain else 1.0
    readings = [Reading(measure, one.value * factor, _step(one, factor, measure), factor * scale) for one in numbers]
    readings += [Reading("length", one.value, one.step) for one in bare]
    readings += [Reading("", one.value, one.step) for one in numbers if measure == "times"]
    made = hedged(text, begin, end, tuple(readings))
    counted = not unit and _counts(text, end)
    return end, [replace(made, weak=is_one and not unit, counted=counted)]


def _step(number: Number, factor: float, measure: str) -> float:
    step = number.step * factor
    return step if factor == 1.0 or measure in {"share", ""} else min(step, abs(number.value) * factor * 0.07)


def _scaled(text: str, end: int, numbers: list[Number], *, is_money: bool) -> tuple[list[Number], int, list[Number]]:
    """Return the numbers times a scale that follows, where it ends, and them as metres where an “m” may be that."""
    found = units.SCALE.match(text, end)
    if not found or (found[1] == "m" and found[0] != "m" and not is_money):
        return numbers, end, []
    factor = units.FACTORS[found[1].lower()]
    scaled = [
        Number(one.value * factor, min(one.step * factor, abs(one.value) * factor * 0.07) or 1.0) for one in numbers[:1]
    ]
    return scaled, found.end(), numbers if found[0] == "m" and not is_money else []


def _unit_after(text: str, end: int) -> tuple[int, tuple[str, float]] | None:
    found = units.AFTER.match(text, end)
    if found:
        return found.end(), units.unit_of(found["sign"] or found["unit"])
    found = units.FAR.match(text, end)
    return found and (found.end(), units.unit_of(found["unit"]))


def _counts(text: str, end: int) -> bool:
    found = _COUNTED.match(text, end)
    return bool(found) and found["word"].islower() and found["word"] not in _NOT_COUNTED
