"""Words as suggestions compare them: case, plurals, hyphens, British and American endings aside."""

import re
from functools import lru_cache
from itertools import pairwise

from offerings.text.kept import kept

_LITTLE = """
    a about after all also an and any are as at be been before but by can could did do does for from had has have he
    her his how i if in into is it its more most new no not of on one or our out over said she should so than that
    the their them then there these they this to two up us was we were what when where which while who why will with
    would you your
"""
STOP = frozenset(_LITTLE.split())
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:['’]s\b)?")
# One letter before a hyphen belongs to what follows: e-health is eHealth, X-ray is xray.
_PREFIX = re.compile(r"\b([a-z])-(?=[a-z])")
_PREFIX_ANY = re.compile(r"\b([A-Za-z])-(?=[A-Za-z])")
_ACRONYM = re.compile(r"\b[A-Z]{2,4}\b")
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|er)$)")


_LONG = 64  # letters; what is longer is no word, and is not kept


def stem(word: str) -> str:
    """Return what forms of a lower-case word share: no possessive, no plural, ``z`` for the British ``s``."""
    return _stem(word) if len(word) <= _LONG else _stem.__wrapped__(word)


@lru_cache(maxsize=32_768)
def _stem(word):
    word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _BRITISH.sub("iz", word)


def tokens(text: str) -> list[str]:
    """Return the words of plain text in order, letters and digits apart: “HIMSS19’s e-Apps” gives himss, 19, eapp.

    An acronym that spells a little word (WHO, IT, US) stays in capitals, so that it is not taken for that word.
    """
    shouted = text.isupper()
    found = _TOKEN.findall(_PREFIX.sub(r"\1", text.lower()))
    stems = [stem(word) for word in found]
    if shouted or not _has_acronym(text):
        return stems
    return [_acronym(word) or stem(word.lower()) for word in _TOKEN.findall(_PREFIX_ANY.sub(r"\1", text))]


def _has_acronym(text):
    return any(word.lower() in STOP for word in _ACRONYM.findall(text))


def _acronym(word):
    return word if len(word) > 1 and word.isupper() and word.lower() in STOP else ""


def spelled(text: str) -> dict[str, str]:
    """Return each word that ``tokens`` gives of a text → how the text first writes it, in lower case."""
    found: dict[str, str] = {}
    for word in _TOKEN.findall(_PREFIX_ANY.sub(r"\1", text)):
        found.setdefault(_acronym(word) or stem(word.lower()), word.lower())
    return found


def telling(words: list[str]) -> list[str]:
    """Return the words without the little ones that every text has."""
    return [word for word in words if word not in STOP]


def pairs(words: list[str]) -> list[str]:
    """Return each two neighbouring words as one: “digital twin”."""
    return [f"{first} {second}" for first, second in pairwise(words)]


@kept(kilobytes=8_192)
def name_key(name: str) -> tuple[str, int]:
    """Return a name as texts are searched for it, and of how many words it is: words joined without blanks.

    “health care”, “health-care” and “Healthcare” are one name. A name that is a little word means its acronym.
    """
    parts = tokens(name)
    if len(parts) == 1 and parts[0] in STOP:
        parts = [parts[0].upper()]
    return "".join(parts), len(parts)


def said_once(words: list[str], longest: int = 5) -> set[str]:
    """Return every name that a text could be said to hold: its words, and up to ``longest`` in a row joined.

    What is joined of several must have five letters or more: “a I” is no AI.
    """
    found = set(words)
    for length in range(2, longest + 1):
        joined = map("".join, zip(*(words[start:] for start in range(length)), strict=False))
        found.update(name for name in joined if len(name) > 4)
    return found
