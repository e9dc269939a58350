"""Shares and multiples in words: a third, one in nine, doubled, half an hour."""

import re
from dataclasses import replace

from curation.evidence.figures.figure import Figure, Parsed, Reading, hedged, measured

from . import numerals, units
from .numerals import Number

_MULTIPLE = re.compile(
    r"(?P<two>doubl(?:ed|ing)|doubles?(?=\s+(?:the|that|what|in|from|to|its|their|since|between|speed|rate|dose|size|number|amount|length|price|cost|time|pace))|twice(?=\s+(?:as|the|that|what|its|their))"
    r"|two-?fold)|(?P<three>tripl(?:ed|ing|es?)|trebl(?:ed|ing|es?)|three-?fold|thrice)|(?P<four>quadrupl(?:ed|ing|es?)|four-?fold)"
    r"|(?P<half>halv(?:ed|ing|es?))\b",
    re.IGNORECASE,
)
_QUICKER = re.compile(r"\sas\s(?:fast|quick|short)", re.IGNORECASE)  # in half the time
_TIMES = {"two": 2.0, "three": 3.0, "four": 4.0, "half": 0.5}
_IN = re.compile(
    r"(?P<things>\s+[a-z]{3,}(?:\s[a-z]{3,})?)?\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<of>\d{1,6}(?:,000)*(?![,.]?\d)|[a-z]+(?:\s(?:hundred|thousand))?)\b(?!\s?%)",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(r"[a-z,]\s[A-Z][\w’'-]+\s$")
_PART_OF = re.compile(
    rf"{numerals.FRACTION.pattern}(?:\s+of\s+an?\s+|\s+an?\s+|-|\s+(?=per\s?cent|percentage))(?P<whole>per\s?cent|percentage\s+point|[a-z]+)\b",
    re.IGNORECASE,
)
_HALF = ("half", "halves")
_SAYS_A_PART = re.compile(
    r"(?:\b(?:by|about|nearly|almost|around|roughly|over|under|some|than|just|to|only)\s+(?:an?|one)\s*)$",
    re.IGNORECASE,
)
_AFTER_A_PART = re.compile(
    r"\s*(?:$|[.,;:)!?”\"]|\b(?:of|less|more|fewer|lower|higher|were|was|are|is|said|say|had|have|has|in|to|on|and|or|since|within"
    r"|compared|from|faster|slower|quicker|shorter|longer|cheaper|did|do|does|could|would|can|last|this|at|after|by|for|when|than|took|felt)\b)",
    re.IGNORECASE,
)
_THINGS_AFTER = re.compile(r"\s(?!(?:has|was|is|does|says)\b)[a-z]+s\b|\s?%|-")
_PER_QUARTER = re.compile(r"(?:\d|\d\s[a-z]+s?|pounds|euros|dollars|kroner|kronor|francs|million|thousand)\sa\s$")
_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)
_NO_PART = re.compile(
    r"\b(?:first|second|last|latest|this|next|the|fourth|third|previous|past|every|each|other|per|a\s+second)\s+$",
    re.IGNORECASE,
)


def _part(one: Number) -> Reading:
    return Reading("share", one.value, one.step, is_part=True)


def multiple(text: str, at: int) -> Parsed | None:
    found = _MULTIPLE.match(text, at)
    if not found:
        return None
    times = _TIMES[found.lastgroup]
    gain = abs(times - 1)
    quicker = (_part(Number(1 / times, 0.1 / times)),) if _QUICKER.match(text, found.end()) else ()
    return found.end(), [
        hedged(
            text, at, found.end(), (Reading("times", times, times * 0.12), _part(Number(gain, gain * 0.08)), *quicker)
        )
    ]


def part_of(text: str, at: int) -> Parsed | None:
    """Read a part of a whole that is named: “half an hour”, “three quarters of a million”, “half a per cent”."""
    found = _PART_OF.match(text, at)
    if not found or numerals.HALF_OF_A_SCALE.match(text, at):
        return None
    if " of " not in found[0] and found["part"].lower() not in _HALF and "-" not in found[0]:
        return None
    amount, whole = numerals.share(found).value, re.sub(r"\s+", " ", found["whole"].lower())
    scale = numerals.SCALES.get(whole)
    if not scale and whole not in units.UNITS:
        return None
    one = Reading("", amount * scale, amount * scale * 0.1, scale) if scale else measured(whole, amount, amount * 0.1)
    return found.end(), [hedged(text, _with_article(text, at, found), found.end(), (one,))]


def _with_article(text: str, at: int, found: re.Match) -> int:
    """Return where a part begins, with the “a” that stands before it."""
    article = _ARTICLE.search(text[max(0, at - 4) : at])
    return at - len(article[0]) if article and not found["many"] else at


def part(text: str, at: int) -> Parsed | None:
    """Read a fraction in words; “the third hospital” and “the quarter” are none."""
    found = numerals.FRACTION.match(text, at)
    if found and numerals.HALF_OF_A_SCALE.match(text, at):
        return None
    if not found or (not found["many"] and not _is_part(text, found)):
        return _quarter(text, at)
    if found["many"] and not found["part"].lower().endswith("s") and found["many"].lower() not in {"one", "1"}:
        return None
    one = _part(numerals.share(found))
    return found.end(), [hedged(text, _with_article(text, at, found), found.end(), (one,))]


def _quarter(text: str, at: int) -> Parsed | None:
    """Read a quarter of the year, which is three months to those who look for them."""
    if text[at : at + 7].lower() != "quarter":
        return None
    return at + 7, [Figure(at, at + 7, (Reading("months", 3.0),), weak=True)]


def _is_part(text: str, found: re.Match) -> bool:
    before, part = text[max(0, found.start() - 16) : found.start()], found["part"].lower()
    if _NO_PART.search(before) or part.endswith("ths"):
        return False
    if part == "quarter" and _PER_QUARTER.search(text[max(0, found.start() - 24) : found.start()]):
        return False
    if part in {"half", "halves"}:
        return not re.match(r"[-\s](?:past|time|life|term|way)\b", text[found.end() : found.end() + 8])
    if not re.search(r"\b(?:an?|one)\s+$", before, re.IGNORECASE):
        return bool(re.match(r"\s+of\b", text[found.end() : found.end() + 6])) and part in {"third", "quarter", "fifth"}
    return bool(_SAYS_A_PART.search(before) or _AFTER_A_PART.match(text, found.end()))


def glyph(text: str, at: int) -> Parsed | None:
    if not numerals.GLYPH.match(text, at):
        return None
    one = numerals.glyph(text[at])
    return at + 1, [Figure(at, at + 1, (_part(one), Reading("", one.value)))]


def out_of(text: str, at: int, end: int, number: Number) -> Parsed | None:
    """Read “one in nine” and “three out of four” as the share that they say."""
    found = _IN.match(text, end)
    if not found:
        return None
    word = found["of"].lower()
    whole = float(word.replace(",", "")) if word[0].isdigit() else sum(one.value for one in _spelled(word))
    if not 0 < number.value < whole or not _is_whole(number.value, whole):
        return None
    are_things = number.value > 1 and (found["things"] or " times").strip()[:5] != "times"
    if are_things and _THINGS_AFTER.match(text, found.end()):  # “two nurses in five wards”
        return None
    if text[at].isdigit() and _OF_A_NAME.search(text, max(0, at - 32), at):  # “its pump Verity 5 in eleven countries”
        return None
    share = number.value / whole
    bare = (Reading("", number.value, number.step),) if number.value % 1 else ()  # “6.4 in a thousand”
    read = hedged(text, at, found.end(), (_part(Number(share, min(0.03, share * 0.1))), *bare))
    return found.end(), [replace(read, also=(Reading("", number.value), Reading("", whole)))]


_OF_TEN = re.compile(r"(?P<many>\d{1,2}(?:\.\d)?)/(?P<whole>5|10|100)(?![\d/.,]\d|\d|/)")


def score(text: str, at: int) -> Parsed | None:
    """Read “7/10”, a share of ten."""
    found = _OF_TEN.match(text, at)
    if not found or float(found["many"]) > float(found["whole"]):
        return None
    one = Number(float(found["many"]) / float(found["whole"]), 0.01)
    return found.end(), [hedged(text, at, found.end(), (_part(one),))]


_ODDS = re.compile(r"(?P<one>[1-9]):(?P<other>[1-9])(?![\d:])")


def odds(text: str, at: int) -> Parsed | None:
    """Read “2:1”: two thirds, and one."""
    found = _ODDS.match(text, at)
    if not found:
        return None
    one, other = float(found["one"]), float(found["other"])
    parts = tuple(_part(Number(many / (one + other), 0.01)) for many in (one, other))
    return found.end(), [Figure(at, found.end(), parts, also=(Reading("times", one / other),), weak=True)]


def _is_whole(many: float, whole: float) -> bool:
    """Return whether a share is meant: “1 in 25”, “12 in 100”; “12 in 2023” is none."""
    return whole <= 20 or whole in {100, 1e3, 1e4, 1e5} or (many == 1 and not 1_900 <= whole <= 2_100)


def _spelled(word: str) -> list[Number]:
    return numerals.from_words(word) if numerals.WORDS.fullmatch(word) else []
