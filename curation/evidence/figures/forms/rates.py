"""Rates: four times an hour, twice a day, every 15 minutes, weekly; told as so many a day."""

import re

from curation.evidence.figures.figure import Figure, Parsed, Reading

from . import numerals

_A_DAY = {
    "second": 86_400.0,
    "minute": 1_440.0,
    "hour": 24.0,
    "day": 1.0,
    "night": 1.0,
    "week": 1 / 7,
    "fortnight": 1 / 14,
    "month": 1 / 30.4375,
    "year": 1 / 365.25,
}
_EACH = {"hourly": 24.0, "daily": 1.0, "nightly": 1.0, "weekly": 1 / 7, "monthly": 12 / 365.25, "quarterly": 4 / 365.25}
_EACH |= {"yearly": 1 / 365.25, "annually": 1 / 365.25}
_UNIT = "|".join(_A_DAY)
_PER = rf"(?:\s(?:an?|per|each|every|in\sa)\s(?P<unit>{_UNIT})\b|\s(?P<each>{'|'.join(_EACH)})\b)"
_TIMES = re.compile(
    rf"(?:(?P<few>once|twice|thrice)|(?P<many>{numerals.WORDS.pattern}|\d{{1,4}})\stimes){_PER}", re.IGNORECASE
)
_EVERY = re.compile(
    rf"every\s(?:(?P<many>{numerals.WORDS.pattern}|\d{{1,4}}|other|second)\s)?(?P<unit>{_UNIT})s?\b", re.IGNORECASE
)
#: Words with which a rate may begin.
WORDS = ("once", "twice", "thrice", *_EACH)
_FEW = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "other": 2.0, "second": 2.0}


def times(text: str, at: int) -> Parsed | None:
    """Read “four times an hour”; “once a week” is found and not looked for."""
    found = _TIMES.match(text, at)
    if not found:
        return None
    many = _value(found["few"] or found["many"])
    if not many:
        return None
    per = _EACH[found["each"].lower()] if found["each"] else _A_DAY[found["unit"].lower()]
    also = (Reading("", many), _between(many * per))
    return found.end(), [
        Figure(at, found.end(), (_rate(many * per), Reading("times", many)), also=also, weak=many == 1)
    ]


def every(text: str, at: int) -> Parsed | None:
    """Read “every 15 minutes” and “every day”; the time that passes between is a figure too."""
    found = _EVERY.match(text, at)
    if not found:
        return None
    many = _value(found["many"]) if found["many"] else 1.0
    if not many:
        return None
    a_day = _A_DAY[found["unit"].lower()] / many
    end, also = (at + 5, ()) if found["many"] else (found.end(), (_between(a_day),))
    return end, [Figure(at, end, (_rate(a_day),), also=also, weak=True)]


def each(text: str, at: int) -> Parsed | None:
    """Read “weekly”: found by those who look for a rate."""
    found = re.compile("|".join(_EACH), re.IGNORECASE).match(text, at)
    return found and (found.end(), [Figure(at, found.end(), (_rate(_EACH[found[0].lower()]),), weak=True)])


def _value(word: str) -> float:
    low = word.lower()
    return _FEW.get(low) or (float(low) if low.isdigit() else numerals.from_words(low)[0].value)


def _between(a_day: float) -> Reading:
    """Return the time from one to the next, in seconds."""
    return Reading("time", round(86_400.0 / a_day, 3), 1.0, 60.0)


def _rate(a_day: float) -> Reading:
    return Reading("rate", a_day, a_day * 0.04, a_day)
