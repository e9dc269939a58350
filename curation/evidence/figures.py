"""Figures of a text: numbers, shares, sums, measures, dates, times, multiples and numbered things, with where they stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from . import dates, hedges, numerals, units
from .dates import Day
from .numerals import Number

MOST = 2_000  # figures that are read of one sentence or paragraph: a table of numbers, not a sentence, has more


class Reading(NamedTuple):
    """One meaning of a figure: what is measured (``""`` for a bare number), how much, to what step; or a date."""

    unit: str
    value: float
    step: float = 1.0
    factor: float = 1.0  # of the unit and the scale it was written in
    day: Day | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands; ``weak`` ones (“one”, “a year”) can be found, and are never looked for."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    hedge: str = ""
    weak: bool = False
    counted: bool = False  # a thing that is counted follows: “31 nurses”
    shown: tuple[int, int] | None = None  # the range of which this is one end

    def words(self, text: str) -> str:
        """Return the figure as its text writes it."""
        start, end = self.shown or (self.start, self.end)
        return text[start:end].strip(" ,.;:")


_THINGS = (
    "ward|room|bay|level|phase|type|stage|grade|tier|band|floor|theatre|version|article|section|chapter|table|figure"
    "|annex|appendix|schedule|category|class|zone|clause|paragraph|step|pod"
)
_CODE = r"\d{1,4}[A-Za-z]?(?![\w%]|[.,:]\d|\s?%|\s?per\b)"
_LABEL = re.compile(
    rf"(?P<what>{_THINGS})s?\s+(?:no\.?\s?|number\s)?(?P<one>{_CODE}|(?:{'|'.join(numerals.SMALL)})\b|[IVX]{{1,4}}\b)"
    rf"(?P<more>(?:(?:,\s*|\s*(?:and|or|to|[-–&])\s*){_CODE}){{0,9}})",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"(?P<two>doubl(?:ed|ing)|doubles?(?=\s+(?:the|that|what|in|from|to|its|their|since|between))|twice(?=\s+(?:as|the|that|what|its|their))"
    r"|two-?fold)|(?P<three>tripl(?:ed|ing|es?)|trebl(?:ed|ing|es?)|three-?fold|thrice)|(?P<four>quadrupl(?:ed|ing|es?)|four-?fold)"
    r"|(?P<half>halv(?:ed|ing|es?))\b",
    re.IGNORECASE,
)
_TIMES = {"two": 2.0, "three": 3.0, "four": 4.0, "half": 0.5}
_IN = re.compile(
    r"\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<of>\d{1,6}(?:,000)*|[a-z]+(?:\s(?:hundred|thousand))?)\b(?!\s?%)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<y>1[6-9]\d\d|20\d\d|21\d\d)(?:(?P<decade>s)\b|(?:[-–/](?P<to>\d\d))?(?![\w%]|[.,:]\d|\s?%))")
_SHORT_DECADE = re.compile(r"['’](\d0)s\b")
_ORDINAL = re.compile(
    rf"(?:(?P<digits>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>first|{'|'.join(numerals.ORDINALS)}))\b", re.IGNORECASE
)
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b|\s?½", re.IGNORECASE)
_ONE_AND_A_HALF = re.compile(r"an?\s+(?P<unit>hour|day|week|month|year)\s+and\s+a\s+half\b", re.IGNORECASE)
_UNITS = r"(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|mile|litre|liter|kilo|metre)\b"
_HALF_A = re.compile(rf"half(?:\s+an?\s+|-){_UNITS}", re.IGNORECASE)
_QUARTER_OF = re.compile(r"(?P<many>an?|one|three)\s+quarters?\s+of\s+an\s+(?P<unit>hour)\b", re.IGNORECASE)
_A_UNIT = re.compile(
    r"an?\s+(?:single\s+)?(?P<unit>second|minute|hour|day|week|fortnight|month|year|decade)\b", re.IGNORECASE
)
_WEAK = re.compile(r"(?P<two>both|couple|pair)\b|(?P<none>none|zero|nobody)\b", re.IGNORECASE)
_SAYS_A_PART = re.compile(
    r"(?:\b(?:by|about|nearly|almost|around|roughly|over|under|some|than|just|to|only)\s+(?:an?|one)\s*)$",
    re.IGNORECASE,
)
_AFTER_A_PART = re.compile(
    r"\s*(?:$|[.,;:)!?”\"]|\b(?:of|less|more|fewer|lower|higher|were|was|are|is|said|say|had|have|has|in|to|on|and|or|since|within"
    r"|compared|from|faster|slower|quicker|shorter|longer|cheaper|did|do|does|could|would|can|last|this|at|after|by|for|when|than|took|felt)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)
_NO_PART = re.compile(
    r"\b(?:first|second|last|latest|this|next|the|fourth|third|previous|past|every|each|other|per|a\s+second)\s+$",
    re.IGNORECASE,
)
_PREFIXED = re.compile(r"(?:[A-Za-z][\w’']*-|[A-Za-z_/#@&]|[A-Za-z]\.)$")
_PLAIN_PREFIX = re.compile(r"(?:^|[^\w-])(?:(?i:mid|pre|post|over|under|sub|early|late|non)|[a-z]{2,})-$")
_GLUED = re.compile(r"\d+(?:[A-Z](?![A-Za-z]*\$)[\w-]*|[a-z]\d[\w-]*|-?[A-Z][A-Za-z]*\b)")
_GLUED_UNIT = re.compile(
    r"\d+(?:K|M|B|BN|GB|MB|KB|TB|C|F|X|%|AM|PM|KG|MG|ML|KM|H|MIN)\b|\d+-(?:Year|Bed|Day|Week|Month|Hour|Minute)"
)
_COUNTED = re.compile(r"(?:\s|-)(?P<word>[^\W\d_]{3,})")
_NOT_COUNTED = frozenset(
    """
the and per for from with was were are had have has than but when while last this that after before across compared
more fewer less down since until between because which who where into out over under not now then they its our their
his her per during within against through nor yet also too only still already every each even respectively there here
percent cent thousand million billion years said says
""".split()
)
_STARTS = re.compile(
    rf"https?://\S+|www\.\S+|\d|['’]\d0s\b|[{''.join('½⅓⅔¼¾⅕⅛')}]|\.\d"
    rf"|\b(?:(?:{_THINGS})s?\s+(?:no\.?\s?|number\s)?(?=\d|[IVX]|{'|'.join(numerals.SMALL)})"
    rf"|{'|'.join(numerals.SMALL)}|an?\s+(?:{'|'.join(numerals.SCALES)})|half|halves|{'|'.join(numerals.PARTS)}|first"
    rf"|{'|'.join(numerals.ORDINALS)}|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july"
    r"|august|september|october|november|december|doubl\w+|twice|two-?fold|three-?fold|tripl\w+|trebl\w+|quadrupl\w+|four-?fold|halv\w+"
    r"|fortnight|an?\s+quarter(?=\s+of\s+an\s+hour)|thrice|noon|midday|midnight|both|couple|pair|none|nobody"
    r"|an?\s+(?:single\s+)?(?:second|minute|hour|day|week|fortnight|month|year|decade))\b",
    re.IGNORECASE,
)

_Parsed = tuple[int, list[Figure]]


def figures(text: str) -> list[Figure]:
    """Return the figures of a text, in order; the ends of a range are two, and share its unit."""
    found: list[Figure] = []
    at = 0
    while len(found) < MOST and (start := _STARTS.search(text, at)):
        at, more = _parse(text, start)
        found += more
    return _ranges(text, found)


def _parse(text: str, start: re.Match) -> _Parsed:
    """Return where the figure that begins here ends, and what it is: the first reader that knows it says so."""
    if start[0][:4] in {"http", "www."} or _is_in_a_name(text, start.start()):
        return max(start.end(), _end_of_token(text, start.start())), []
    for reader in _READERS:
        read = reader(text, start.start())
        if read and read[0] > start.start():
            return read
    return start.end(), []


def _end_of_token(text: str, at: int) -> int:
    return re.compile(r"[\w-]*").match(text, at).end()


def _is_in_a_name(text: str, at: int) -> bool:
    """Return whether a digit is part of a word that is a name: COVID-19, H1N1, 5G."""
    if not text[at].isdigit():
        return False
    before = text[max(0, at - 24) : at]
    if (
        before[-1:].isascii()
        and _PREFIXED.search(before)
        and not (_PLAIN_PREFIX.search(before) or units.BEFORE.search(before))
    ):
        return True
    glued = _GLUED.match(text, at)
    return bool(glued) and not _GLUED_UNIT.match(text, at)


def _labels(text: str, at: int) -> _Parsed | None:
    found = _LABEL.match(text, at)
    if not found:
        return None
    what = f"label {found['what'].lower()}"
    things = [Figure(found.start(), found.end("one"), (_label(what, found["one"]),))]
    for more in re.finditer(r"\d{1,4}[A-Za-z]?", found["more"]):
        begin = found.start("more") + more.start()
        things.append(Figure(begin, begin + len(more[0]), (_label(what, more[0]),)))
    return found.end(), things


def _label(what: str, code: str) -> Reading:
    word = code.lower()
    if word in numerals.SMALL:
        return Reading(what, numerals.SMALL[word])
    digits = re.match(r"\d*", word)[0]
    if not digits:
        return Reading(what, float({"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}.get(word, 0)))
    return Reading(f"{what} {word[len(digits) :]}".strip(), float(digits))


def _date(text: str, at: int) -> _Parsed | None:
    read = dates.day_at(text, at)
    return read and (read[0], [Figure(at, read[0], tuple(Reading("date", 0.0, day=day) for day in read[1]))])


def _time(text: str, at: int) -> _Parsed | None:
    read = dates.time_at(text, at)
    return read and (read[0], [Figure(at, read[0], tuple(Reading("clock", minutes) for minutes in read[1]))])


def _year(text: str, at: int) -> _Parsed | None:
    short = _SHORT_DECADE.match(text, at)
    if short:
        return short.end(), [Figure(at, short.end(), (Reading("decade", 1900.0 + float(short[1])),))]
    found = _YEAR.match(text, at)
    if not found or units.BEFORE.search(text[max(0, at - 5) : at]) or units.AFTER.match(text, found.end()):
        return None
    year = float(found["y"])
    if found["decade"]:
        return found.end(), [Figure(at, found.end(), (Reading("decade", year),))]
    bare = () if found["to"] else (Reading("", year),)
    end = (Reading("year", year // 100 * 100 + float(found["to"])),) if found["to"] else ()
    return found.end(), [Figure(at, found.end(), (Reading("year", year), *bare, *end))]


def _multiple(text: str, at: int) -> _Parsed | None:
    found = _MULTIPLE.match(text, at)
    if not found:
        return None
    times = _TIMES[found.lastgroup]
    gain = abs(times - 1)
    return found.end(), [
        _hedged(text, at, found.end(), (Reading("times", times, times * 0.12), Reading("share", gain, gain * 0.08)))
    ]


def _measured(word: str, amount: float, step: float) -> Reading:
    unit, factor = units.unit_of(word)
    return Reading(unit, amount * factor, step * factor, factor)


def _half_measure(text: str, at: int) -> _Parsed | None:
    for pattern, amount in ((_ONE_AND_A_HALF, 1.5), (_HALF_A, 0.5), (_QUARTER_OF, 0.25)):
        found = pattern.match(text, at)
        if found and found.groupdict().get("many", "").lower() == "three":
            amount = 0.75
        if found:
            return found.end(), [_hedged(text, at, found.end(), (_measured(found["unit"], amount, 0.05),))]
    return None


def _part(text: str, at: int) -> _Parsed | None:
    """Read a fraction in words; “the third hospital” and “the quarter” are none."""
    found = numerals.FRACTION.match(text, at)
    if found and numerals.HALF_OF_A_SCALE.match(text, at):
        return None
    if not found or (not found["many"] and not _is_part(text, found)):
        return _quarter(text, at)
    if found["many"] and not found["part"].lower().endswith("s") and found["many"].lower() not in {"one", "1"}:
        return None
    one, article = numerals.share(found), _ARTICLE.search(text[max(0, at - 4) : at])
    begin = at - len(article[0]) if article and not found["many"] else at
    return found.end(), [_hedged(text, begin, found.end(), (Reading("share", one.value, one.step),))]


def _quarter(text: str, at: int) -> _Parsed | None:
    """Read a quarter of the year, which is three months to those who look for them."""
    if text[at : at + 7].lower() != "quarter":
        return None
    return at + 7, [Figure(at, at + 7, (Reading("months", 3.0),), weak=True)]


def _is_part(text: str, found: re.Match) -> bool:
    before, part = text[max(0, found.start() - 16) : found.start()], found["part"].lower()
    if _NO_PART.search(before) or part.endswith("ths"):
        return False
    if part in {"half", "halves"}:
        return not re.match(r"[-\s](?:past|time|life|term|way)\b", text[found.end() : found.end() + 8])
    if not re.search(r"\b(?:an?|one)\s+$", before, re.IGNORECASE):
        return bool(re.match(r"\s+of\b", text[found.end() : found.end() + 6])) and part in {"third", "quarter", "fifth"}
    return bool(_SAYS_A_PART.search(before) or _AFTER_A_PART.match(text, found.end()))


def _glyph(text: str, at: int) -> _Parsed | None:
    if not numerals.GLYPH.match(text, at):
        return None
    one = numerals.glyph(text[at])
    return at + 1, [Figure(at, at + 1, (Reading("share", one.value, one.step), Reading("", one.value)))]


def _ordinal(text: str, at: int) -> _Parsed | None:
    found = _ORDINAL.match(text, at)
    if not found:
        return None
    word = (found["word"] or "").lower()
    value = float(found["digits"]) if found["digits"] else numerals.ORDINALS.get(word, 1.0)
    loose = word == "first" or bool(
        re.search(r"\b(?:an?|every|split|per)\s+$", text[max(0, at - 8) : at], re.IGNORECASE)
    )
    return found.end(), [Figure(at, found.end(), (Reading("ordinal", value),), weak=loose or word == "second")]


def _unit_alone(text: str, at: int) -> _Parsed | None:
    found = _A_UNIT.match(text, at)
    if found:
        return found.end(), [Figure(at, found.end(), (_measured(found["unit"], 1.0, 1.0),), weak=True)]
    if text[at : at + 9].lower() == "fortnight":
        return at + 9, [Figure(at, at + 9, (_measured("fortnight", 1.0, 0.07),), weak=True)]
    found = _WEAK.match(text, at)
    return found and (found.end(), [Figure(at, found.end(), (Reading("", 2.0 if found["two"] else 0.0),), weak=True)])


def _number(text: str, at: int) -> _Parsed | None:
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
    if in_words and len(numbers) == 1:
        part = _out_of(text, at, end, numbers[0])
        if part:
            return part
    elif not in_words:
        part = _out_of(text, at, end, numbers[0])
        if part:
            return part
    return _with_unit(text, at, end, numbers, is_one=found[0].lower() == "one")


def _out_of(text: str, at: int, end: int, number: Number) -> _Parsed | None:
    """Read “one in nine” and “three out of four” as the share that they say."""
    found = _IN.match(text, end)
    if not found:
        return None
    word = found["of"].lower()
    whole = float(word.replace(",", "")) if word[0].isdigit() else sum(one.value for one in _spelled(word))
    if not 0 < number.value < whole or not (whole <= 20 or whole in {100, 1e3, 1e4, 1e5}):
        return None
    share = number.value / whole
    return found.end(), [_hedged(text, at, found.end(), (Reading("share", share, min(0.03, share * 0.1)),))]


def _spelled(word: str) -> list[Number]:
    return numerals.from_words(word) if numerals.WORDS.fullmatch(word) else []


def _with_unit(text: str, at: int, end: int, numbers: list[Number], *, is_one: bool) -> _Parsed:
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
    made = _hedged(text, begin, end, tuple(readings))
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


def _hedged(text: str, start: int, end: int, readings: tuple[Reading, ...]) -> Figure:
    return Figure(start, end, readings, hedge=hedges.beside(text, start, end))


_Reader = Callable[[str, int], _Parsed | None]
_READERS: tuple[_Reader, ...] = (
    *(_labels, _date, _time, _year, _multiple, _half_measure, _part, _glyph, _ordinal, _unit_alone, _number),
)


# Ranges -------------------------------------------------------------------------------------------------------------

_DASH = re.compile(r"\s?[-–—−]\s?")
_LINK = re.compile(
    r"\s?[-–—−/]\s?|\s*,?\s+(?:to|and|or|through|until|against|rather than|from|up from|down from|versus|vs)\s+(?:to\s+|about\s+|from\s+|just\s+)?|,\s*",
    re.IGNORECASE,
)


def _ranges(text: str, found: list[Figure]) -> list[Figure]:
    """Return the figures, those that one unit belongs to with it, and the two ends of “10–20” shown as one."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        between = text[one.end : other.start] if other.start - one.end < 16 else " x "
        if _LINK.fullmatch(between):
            shared[place] = _share_unit(one, other)
    return list(_joined(text, shared))


_ALONE = ("label", "code", "year", "ordinal", "times", "decade", "clock")


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
