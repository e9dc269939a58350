"""The figures of a text, in order: each is read by the first reader that knows it."""

import re
from collections.abc import Callable, Iterable

from curation.text.dates import MONTHS, WEEKDAYS

from .figure import Figure, Parsed
from .forms import amounts, clock, labels, numerals, periods, rates, shares, units
from .forms.labels import THINGS
from .ranges import with_ranges

MOST = 2_000  # figures that are read of one sentence or paragraph: a table of numbers, not a sentence, has more
_PREFIXED = re.compile(r"(?:[A-Za-z][\w’']*-|[A-Za-z_/#@&]|[A-Za-z]\.)$")
_PLAIN_PREFIX = re.compile(r"(?:^|[^\w-])(?:(?i:mid|pre|post|over|under|sub|early|late|non)|[a-z]{2,})-$")
_GLUED = re.compile(r"\d+(?:[A-Z](?![A-Za-z]*\$)[\w-]*|[a-z]\d[\w-]*|-?[A-Z][A-Za-z]*\b)")
_GLUED_UNIT = re.compile(
    r"\d+(?:K|M|B|BN|GB|MB|KB|TB|C|F|X|%|AM|PM|KG|MG|ML|KM|H|MIN)\b|\d+-(?:Year|Bed|Day|Week|Month|Hour|Minute)"
)
_TOKEN = re.compile(rf"https?://\S+|www\.\S+|\d|['’]\d0s\b|{numerals.GLYPH.pattern}|\.\d|[^\W\d_]+")
_Reader = Callable[[str, int], Parsed | None]
_IN_DIGITS: tuple[_Reader, ...] = (
    labels.date,
    labels.version,
    shares.score,
    shares.odds,
    clock.time,
    labels.year,
    periods.century,
    shares.part_of,
    shares.part,
    shares.glyph,
    amounts.unit_alone,
    amounts.ordinal,
    rates.times,
    amounts.number,
)
_IN_PLAIN_DIGITS: tuple[_Reader, ...] = (labels.year, rates.times, amounts.number)
#: What follows the digits of a date, a time of day, an ordinal, a score or a part, and seldom those of a number.
_NO_PLAIN = re.compile(
    r"\d+(?:[/:.\-–h]\d|st\b|nd\b|rd\b|th\b|\s?[ap]\.?\s?m\b|\s?o['’]clock|\s(?:of|in\sthe|at\snight|past|to|quarters|thirds|fifths)\b"
    rf"|\s(?:{'|'.join(month[:3] for month in MONTHS)}))",
    re.IGNORECASE,
)
_MULTIPLES = """
    doubled doubling double doubles twice twofold threefold fourfold triple tripled tripling triples treble trebled
    trebling trebles quadruple quadrupled quadrupling quadruples halve halved halving halves thrice
"""
_THINGS = [word + plural for word in (*THINGS.split("|"), *labels.STRETCHES.split("|")) for plural in ("", "s")]
_MONTHS = [form for month in MONTHS for form in (month.lower(), month[:3].lower())]
_WEEKDAYS = [day.lower() + plural for day in WEEKDAYS for plural in ("", "s")]
_FEW = "fortnight both couple pair none nobody no round around"
#: The readers of figures that begin with one of some words, in the order in which they are asked.
_GROUPS: tuple[tuple[Iterable[str], tuple[_Reader, ...]], ...] = (
    (_THINGS, (labels.label,)),
    (
        [
            *_MONTHS,
            "sept",
            "new",
            "christmas",
            "boxing",
            "valentine",
            "halloween",
            "all",
            "april",
            "international",
            "women",
            "st",
            "bastille",
            "independence",
            "leap",
        ],
        (labels.date,),
    ),
    (
        ["spring", "summer", "autumn", "fall", "winter", "q", "h", "last", "final", "former", "latter"],
        (periods.period,),
    ),
    (numerals.PARTS, (clock.time, shares.part_of, shares.part, amounts.number)),
    (("every",), (rates.every,)),
    (rates.WORDS, (rates.times, rates.each)),
    (_MULTIPLES.split(), (rates.times, shares.multiple)),
    (["noon", "midday", "midnight"], (clock.time,)),
    (("a", "an"), (clock.time, amounts.unit_alone, amounts.number)),
    (_WEEKDAYS, (labels.weekday,)),
    ([f"{word[:-1]}ies" for word in numerals.SMALL if word.endswith("ty")], (labels.year,)),
    (_FEW.split(), (amounts.unit_alone,)),
    (re.split(r"\W+", numerals.ORDINAL_WORDS), (periods.period, labels.date, amounts.ordinal)),
    (numerals.SMALL, (periods.century, labels.date, clock.time, shares.part_of, shares.part, amounts.ordinal)),
    (numerals.SMALL, (rates.times, amounts.unit_alone, amounts.number)),
)
_READERS: dict[str, tuple[_Reader, ...]] = {}
for _words, _asked in _GROUPS:
    for _word in _words:
        _READERS[_word] = (*_READERS.get(_word, ()), *(one for one in _asked if one not in _READERS.get(_word, ())))
#: What must follow words that seldom begin one.
_IF_FOLLOWED = {
    **{
        word: rf"\s+(?:no\.?\s?|number\s)?(?=\d|[IVX]|{'|'.join(numerals.SMALL)})"
        for word in _THINGS
        if word not in numerals.ORDINALS
    },
    **dict.fromkeys(
        ("a", "an"),
        rf"\s+(?:(?:{'|'.join(numerals.SCALES)}|single|second|minute|hour|day|week|fortnight|month|year|decade|century|{amounts.MEASURES})\b"
        rf"|quarter\s+(?:to|past)\b)",
    ),
    "no": r"\s(?!longer|more|less|fewer|one|doubt|matter|way|such|other)[a-z]",
    **dict.fromkeys(("round", "around"), r"[\s-]the[\s-]clock|\s(?:\d|[ivx])"),
}
_FOLLOWED = {word: re.compile(pattern, re.IGNORECASE) for word, pattern in _IF_FOLLOWED.items()}


def figures(text: str) -> list[Figure]:
    """Return the figures of a text, in order; the ends of a range are two, and share its unit."""
    found: list[Figure] = []
    at = 0
    while len(found) < MOST and (start := _next_start(text, at)):
        at, more = _parse(text, start)
        found += more
    return with_ranges(text, found)


def _next_start(text: str, at: int) -> re.Match | None:
    """Return the next word or sign with which a figure may begin."""
    for token in _TOKEN.finditer(text, at):
        word = token[0].lower()
        if not word.isalpha():
            return token
        if word in _READERS and (word not in _FOLLOWED or _FOLLOWED[word].match(text, token.end())):
            return token
    return None


def _parse(text: str, start: re.Match) -> Parsed:
    """Return where the figure that begins here ends, and what it is: the first reader that knows it says so."""
    at = start.start()
    if start[0][:4] in {"http", "www."} or _is_in_a_name(text, at):
        return max(start.end(), _end_of_token(text, at)), []
    if start[0].isalpha() and at and (text[at - 1].isalnum() or text[at - 1] == "_"):
        return start.end(), []
    for reader in _readers(text, start):
        read = reader(text, at)
        if read and read[0] > at:
            return read
    return start.end(), []


def _readers(text: str, start: re.Match) -> tuple[_Reader, ...]:
    """Return the readers of what begins here: a word, digits alone, or digits with something of a date behind."""
    if start[0].isdigit() and not _NO_PLAIN.match(text, start.start()):
        return _IN_PLAIN_DIGITS
    return _READERS.get(start[0].lower(), _IN_DIGITS)


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
