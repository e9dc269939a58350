"""Numbers with their scale and unit, ordinals, and units that stand alone."""

import re
from dataclasses import replace

from curation.evidence.figures.figure import Figure, Parsed, Reading, hedged, measured
from curation.evidence.words import STOP

from . import numerals, units
from .labels import FIRST_OF, THINGS
from .numerals import Number
from .shares import out_of
from .units import Unit

_ORDINAL = re.compile(rf"(?:(?P<digits>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{numerals.ORDINAL_WORDS}))\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"[\s-]+and[\s-]+(?:a|one)[\s-]+half\b|\s?½", re.IGNORECASE)
_AND_A_QUARTER = re.compile(
    r"[\s-]+and[\s-]+(?:(?:a|one)[\s-]+quarter|(?P<three>three[\s-]quarters))\b|\s?(?P<signs>[¼¾])", re.IGNORECASE
)
_A_UNIT = re.compile(
    r"an?\s+(?:single\s+)?(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|century)\b", re.IGNORECASE
)
MEASURES = "teaspoon|tablespoon|litre|liter|pint|gallon"  # of which “a” is one
_A_MEASURE = re.compile(rf"an?\s+(?P<unit>{MEASURES})(?:ful)?\b", re.IGNORECASE)
_WEAK = re.compile(r"(?P<two>both|couple|pair)\b|(?P<none>none|zero|nobody)\b|(?P<no>no)\s", re.IGNORECASE)
_ROUND_THE_CLOCK = re.compile(r"(?:a?round[\s-]the[\s-]clock|24/7)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:\s|-)(?P<word>[^\W\d_]{3,})")
_NOT_COUNTED = STOP | {
    "versus",
    "plus",
    "minus",
    "years",
    "said",
    "says",
    "respectively",
    "compared",
    "per",
    "cent",
    "percent",
}
_DIGITS_LONG = re.compile(r"[-\s](?:figures?|digits?)\b", re.IGNORECASE)
_RANK = re.compile(r"\bnumber\s$", re.IGNORECASE)
_EVERY = re.compile(r"\bevery\s$", re.IGNORECASE)
_TIME = re.compile(r"\s(?:second|minute|hour|day|night|week|month|year|time)s?\b|[-\s]*$")
_THEN = re.compile(r"\s(?:earlier|ago|before|previously|on)\b")  # “64 more than a year earlier”
_SUPERLATIVE = re.compile(r"[-\s](?:most|least|best|worst|[a-z]{2,}est)\b")
_TURNS = re.compile(r"\b(?:turn(?:s|ed|ing)?|aged)\s$", re.IGNORECASE)  # “it turns 40”
_AT = re.compile(r"\b(?:at|by|until|till|before|after|from|between|and|to)\s$")
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)  # “the two” were named before
_PER = re.compile(r"\s(?:an?|per|each|every)\s(?P<time>hour|day|night|week|month|quarter|year)\b")
_FACTOR_OF = re.compile(r"\bfactor\s+of\s+$", re.IGNORECASE)
_BELOW_NOUGHT = re.compile(r"(?:^|[\s(])[-−–]$|\bminus\s$", re.IGNORECASE)


def ordinal(text: str, at: int) -> Parsed | None:
    """Read “third” and “3rd”; beside a thing that is numbered it is that thing’s number as well."""
    found = _ORDINAL.match(text, at)
    if not found:
        return None
    word = re.sub(r"\s+", "-", (found["word"] or "").lower())
    value = float(found["digits"]) if found["digits"] else numerals.ORDINALS[word]
    loose = word == "first" or bool(
        re.search(r"\b(?:an?|every|split|per)\s+$", text[max(0, at - 8) : at], re.IGNORECASE)
    )
    readings = [Reading("ordinal", value)]
    if _EVERY.search(text[max(0, at - 6) : at]) and value > 1 and not _TIME.match(text, found.end()):
        one = Reading("share", 1 / value, min(0.047, 0.2 / value), is_part=True)  # “every third patient”
        return found.end(), [Figure(at, found.end(), (one, *readings))]
    thing = re.compile(rf"\s(?P<what>{THINGS})s?\b", re.IGNORECASE).match(text, found.end())
    if thing:
        readings.append(Reading(f"label {thing['what'].lower()}", value))
    superlative = _SUPERLATIVE.match(text, found.end()) if value > 1 else None
    end = superlative.end() if superlative else found.end()
    is_nth = thing is not None and value == 2 and thing["what"].lower() in FIRST_OF  # “the second lot”
    loose = (loose or word == "second") and not superlative and not is_nth
    return end, [Figure(at, end, tuple(readings), weak=loose)]


def unit_alone(text: str, at: int) -> Parsed | None:
    """Read “a year”, “both” and “nobody”: found by those who look for them, and never looked for."""
    found = _A_UNIT.match(text, at)
    if found:
        more = _AND_A_HALF.match(text, found.end()) or _AND_A_QUARTER.match(text, found.end())
        if more:
            amount = 1.0 + _part_after(more)
            return more.end(), [hedged(text, at, more.end(), (measured(found["unit"], amount, 0.1),))]
        made = hedged(text, at, found.end(), (measured(found["unit"], 1.0, 0.1),))
        return found.end(), [replace(made, weak=not made.hedge or bool(_THEN.match(text, found.end())))]
    measure = _A_MEASURE.match(text, at)
    if measure:
        return measure.end(), [hedged(text, at, measure.end(), (measured(measure["unit"], 1.0, 0.1),))]
    if text[at : at + 9].lower() == "fortnight":
        return at + 9, [Figure(at, at + 9, (measured("fortnight", 1.0, 0.07),), weak=True)]
    return _all_day(text, at) or _few(text, at)


def _all_day(text: str, at: int) -> Parsed | None:
    found = _ROUND_THE_CLOCK.match(text, at)
    if not found:
        return None
    readings = (measured("hour", 24.0, 1.0), measured("day", 7.0, 1.0))
    return found.end(), [Figure(at, found.end(), readings, weak=True)]


def _few(text: str, at: int) -> Parsed | None:
    found = _WEAK.match(text, at)
    if not found:
        return None
    return found.end(), [Figure(at, found.end(), (Reading("", 2.0 if found["two"] else 0.0),), weak=True)]


def _part_after(more: re.Match) -> float:
    """Return what “and a half”, “and a quarter”, “¾” add."""
    told = more.groupdict()
    if "three" not in told:
        return 0.5
    return 0.75 if told["three"] or told["signs"] == "¾" else 0.25


def number(text: str, at: int) -> Parsed | None:
    """Read a number with its scale and unit, in digits or in words."""
    found = numerals.DIGITS.match(text, at) or numerals.WORDS.match(text, at)
    if not found:
        return None
    in_words = not (found[0][0].isdigit() or found[0][0] == ".")
    numbers = numerals.from_words(found[0]) if in_words else numerals.from_digits(found[0])
    if not numbers:
        return found.end(), [Figure(at, found.end(), (Reading(f"code {found[0]}", 0.0),))]
    numbers, end = _with_part(text, found.end(), numbers)
    part = out_of(text, at, end, numbers[0]) if len(numbers) == 1 or not in_words else None
    return part or _with_unit(text, at, end, numbers, is_one=found[0].lower() == "one", in_words=in_words)


def _with_part(text: str, end: int, numbers: list[Number]) -> tuple[list[Number], int]:
    """Return “three and a half” as one number, and where it ends."""
    more = _AND_A_HALF.match(text, end) or _AND_A_QUARTER.match(text, end)
    if not more or len(numbers) > 1:
        return numbers, end
    return [Number(numbers[0].value + _part_after(more), 0.1)], more.end()


def _with_unit(text: str, at: int, end: int, numbers: list[Number], *, is_one: bool, in_words: bool) -> Parsed:
    before = units.BEFORE.search(text[max(0, at - 5) : at])
    plain = numbers[0].value
    numbers, end, bare = _scaled(text, end, numbers, is_money=bool(before))
    begin, meant = at, ()
    if before:
        begin, meant = at - len(before[0]), units.units_of(before[0].strip())
    after = _units_after(text, end)
    if after and not before and after[1][0].measure == "times" and plain > 20:  # “it rang 5,600 times”
        after = None
    if after and not before:
        end, meant = after
    elif after and after[1][0] in meant:  # “£3 sterling”, “US$3 dollars”
        end = after[0]
    begin, numbers = _below_nought(text, begin, numbers, meant)
    scale = float(f"{abs(numbers[0].value / plain):.9g}") if plain else 1.0
    readings = [_reading(one, unit, scale) for unit in meant or (Unit("", 1.0),) for one in numbers]
    readings += [Reading("length", one.value, one.step) for one in bare]
    readings += _besides(text, at, numbers, meant)
    made = hedged(text, begin, end, tuple(readings))
    is_known_pair = in_words and plain == 2 and not meant and bool(_THE.search(text[max(0, at - 4) : at]))
    loose = (
        (is_one and not meant)
        or is_known_pair
        or _is_no_amount(text, at, end)
        or _is_of_a_name(text, at, end, in_words)
    )
    counted = not meant and _counts(text, end)
    hours = _hours(text, at, numbers[0], is_bare=not meant and not counted)
    return end, [replace(made, weak=loose, counted=counted, also=hours, per=_per(text, end, meant))]


def _reading(one: Number, unit: Unit, scale: float) -> Reading:
    factor = unit.factor
    return Reading(unit.measure, unit.of(one.value), _step(one, factor, unit.measure), factor * scale)


def _besides(text: str, at: int, numbers: list[Number], meant: tuple[Unit, ...]) -> list[Reading]:
    """Return what else a number may be: “0.94” is 94 %, “by a factor of three” is threefold, “ten times” may be ten."""
    if meant:
        return [Reading("", one.value, one.step) for one in numbers if meant[0].measure == "times"]
    if _FACTOR_OF.search(text[max(0, at - 12) : at]):
        return [Reading("times", one.value, one.step) for one in numbers]
    if _TURNS.search(text[max(0, at - 8) : at]):
        return [Reading("months", 12 * one.value, 1.0, 12.0) for one in numbers]
    return [Reading("share", one.value, one.step, 0.999) for one in numbers if 0 < one.value < 1]


def _per(text: str, end: int, meant: tuple[Unit, ...]) -> str:
    """Return the time that a measure or a sum is told for: “£15 a month”."""
    found = _PER.match(text, end) if meant and meant[0].measure != "times" else None
    return found["time"] if found else ""


def _hours(text: str, at: int, number: Number, *, is_bare: bool) -> tuple[Reading, ...]:
    """Return which times of day “at four” may be, to those who look for one."""
    is_hour = is_bare and 1 <= number.value <= 12 and number.value.is_integer()
    if not is_hour or not _AT.search(text[max(0, at - 9) : at]):
        return ()
    return Reading("clock", number.value * 60), Reading("clock", (number.value + 12) % 24 * 60)


def _below_nought(text: str, begin: int, numbers: list[Number], meant: tuple[Unit, ...]) -> tuple[int, list[Number]]:
    """Return where a temperature with a minus begins, and its numbers below nought."""
    if not meant or meant[0].measure != "degrees":
        return begin, numbers
    sign = _BELOW_NOUGHT.search(text[max(0, begin - 6) : begin])
    if not sign:
        return begin, numbers
    at = begin - len(sign[0].lstrip(" ("))
    return at, [Number(-one.value, one.step) for one in numbers]


def _is_no_amount(text: str, at: int, end: int) -> bool:
    """Return whether a number is a rank or a length of a number: “number two”, “six-figure”."""
    return bool(_RANK.search(text[max(0, at - 8) : at]) or _DIGITS_LONG.match(text, end))


def _is_of_a_name(text: str, at: int, end: int, in_words: bool) -> bool:
    """Return whether a number in words is part of a name: “the Seven Oaks clinic”; not where it opens one."""
    if not in_words or not text[at].isupper() or not re.match(r"\s[A-Z][a-z]", text[end : end + 3]):
        return False
    return bool(re.search(r"[\w,;]['’]?s?\s$", text[max(0, at - 4) : at]))


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


def _units_after(text: str, end: int) -> tuple[int, tuple[Unit, ...]] | None:
    found = units.AFTER.match(text, end)
    if found:
        return found.end(), units.units_of(found["sign"] or found["unit"])
    found = units.FAR.match(text, end)
    return found and (found.end(), units.units_of(found["unit"] or found["coin"]))


def _counts(text: str, end: int) -> bool:
    """Return whether a thing follows that is counted: a word in small letters, no verb."""
    found = _COUNTED.match(text, end)
    word = found["word"] if found else ""
    return word.islower() and word not in _NOT_COUNTED and not word.endswith("ed")
