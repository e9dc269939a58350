"""Times of day in a text: 20:30, 8.30 pm, half past nine, noon."""

import re

from curation.evidence.figures.figure import Figure, Parsed, Reading

from . import numerals, units

_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIME = re.compile(
    rf"(?<![\d:.,£$€])(?:(?P<h>[0-2]?\d)(?P<mark>[:.h])(?P<min>[0-5]\d)(?!\d|[:.]\d|\s?%)"
    rf"(?:\s?{_HALF.replace('half', 'half1')})?"
    rf"|(?P<hour>[01]?\d)(?:\s?{_HALF}|\s?o['’]clock)|\b(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_HOURS = "|".join(word for word, value in numerals.SMALL.items() if 0 < value <= 12)
_PAST = r"half|(?:a\s+)?quarter|five|ten|twenty|twenty-five"
_SPOKEN = re.compile(
    rf"(?:(?P<past>{_PAST})\s+(?P<side>past|to)\s+(?P<one>{_HOURS}|1[0-2]|[1-9])\b"
    rf"|(?P<other>{_HOURS}|1[0-2]|[1-9])\s+(?:o['’]clock(?=\s|\W|$)|(?=[ap]\.?\s?m\b)|(?=in\s+the\s+(?:morning|afternoon|evening)|at\s+night)))"
    rf"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s+(?:in\s+the\s+|at\s+)(?P<part>morning|afternoon|evening|night))?",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\s(?:to|and|or)\s\d{1,3}(?:\.\d{1,3})?")
_PARTS = {"half": 30, "quarter": 15}
_AT = re.compile(r"\b(?:at|by|until|till|before|after|from|since|between|and|to)\s$")


def time(text: str, at: int) -> Parsed | None:
    """Read a time of day: as minutes since midnight, two where morning or evening is not told."""
    read = _spoken(text, at) or _written(text, at)
    if not read:
        return None
    hours = {minutes / 60 % 12 or 12.0 for minutes in read[1] if minutes % 60 == 0}
    also = tuple(Reading("", hour) for hour in sorted(hours))  # “at four”
    return read[0], [Figure(at, read[0], tuple(Reading("clock", minutes) for minutes in read[1]), also=also)]


def _is_time(text: str, at: int, found: re.Match) -> bool:
    """Return whether words tell a time of day: “ten to six” and “ten at night” do so behind an “at”."""
    is_sure = (
        "clock" in found[0].lower()
        or found["half"]
        or (found["past"] or "").lower() in {"half", "quarter", "a quarter"}
    )
    return bool(is_sure or _AT.search(text, max(0, at - 9), at))


def _written(text: str, at: int) -> tuple[int, list[float]] | None:
    found = _TIME.match(text, at)
    if not found:
        return None
    if found["word"]:
        return found.end(), [0.0 if found["word"].lower() == "midnight" else 720.0]
    half = (found["half"] or found["half1"] or "").lower()
    if found["mark"] == "." and not half and _is_amount(text, found):
        return None
    is_sure = half or found["mark"] in {":", None} or bool(_AT.search(text, max(0, at - 9), at))
    hour = int(found["h"] or found["hour"])
    if not is_sure or hour > 24:
        return None
    return found.end(), _minutes(hour, int(found["min"] or 0), half)


def _is_amount(text: str, found: re.Match) -> bool:
    """Return whether a number with a point is no time of day: “up to 1.41 million”, “from 0.42 to 0.71 m/s”."""
    end = (_UP_TO.match(text, found.end()) or found).end()
    has_unit = bool(units.SCALE.match(text, end) or units.AFTER.match(text, end))
    return found["h"] == "0" or has_unit


def _spoken(text: str, at: int) -> tuple[int, list[float]] | None:
    found = _SPOKEN.match(text, at)
    if not found or not _is_time(text, at, found):
        return None
    told = (found["one"] or found["other"]).lower()
    hour = int(told) if told.isdigit() else int(numerals.SMALL[told])
    half = (found["half"] or "").lower() or {"morning": "a", "afternoon": "p", "evening": "p", "night": "p"}.get(
        found["part"], ""
    )
    part = (found["past"] or "").lower().split()
    off = (_PARTS.get(part[-1]) or numerals.from_words(part[-1])[0].value) if part else 0.0
    sign = -1 if (found["side"] or "").lower() == "to" else 1
    return found.end(), [minutes + sign * off for minutes in _minutes(hour, 0, half)]


def _minutes(hour: int, minutes: int, half: str) -> list[float]:
    if half:
        return [float((hour % 12 + 12 * (half == "p")) * 60 + minutes)]
    hours = [hour, hour + 12] if 0 < hour < 12 else [hour]
    return [float(one * 60 + minutes) for one in hours]
