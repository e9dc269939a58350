"""Numbers as they are written: digits with any separators, words to billions, fractions, dozens."""

import re
from typing import NamedTuple

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """
    - - second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
"""
SCALES = {"hundred": 100.0, "dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SMALL = (
    {"nought": 0.0}
    | {word: float(value) for value, word in enumerate(_ONES.split())}
    | {word: 20.0 + 10 * place for place, word in enumerate(_TENS.split())}
)
_FIRST_TWENTY = {"first": 1.0} | {word: float(value) for value, word in enumerate(_ORDINALS.split()) if word != "-"}
_ROUND = {f"{word[:-1]}ieth": SMALL[word] for word in _TENS.split()}
#: “third” → 3, “thirty-first” → 31.
ORDINALS = (
    _FIRST_TWENTY
    | _ROUND
    | {
        f"{ten}-{word}": SMALL[ten] + value
        for ten in _TENS.split()
        for word, value in _FIRST_TWENTY.items()
        if value < 10
    }
)
ORDINAL_WORDS = "|".join(sorted(ORDINALS, key=len, reverse=True)).replace("-", r"[-\s]")
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4} | {
    word: value for value, word in enumerate(_ORDINALS.split()) if value > 4
}
PARTS = _PARTS | {f"{word}s": value for word, value in _PARTS.items() if word != "halves"}
_GLYPHS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_SCALE = "|".join(SCALES)
#: A number in words; “a hundred” is one, “a” alone is not, and neither is “hundreds”.
WORDS = re.compile(
    rf"(?:(?:half\s+)?an?\s+(?:{_SCALE})(?!s)|(?:{_SMALL}))\b(?:(?:\s+and\s+|\s+|-)(?:{_SMALL}|(?:{_SCALE})(?!s))\b){{0,10}}"
    rf"(?:\s+point(?:\s+(?:{_SMALL}|oh))+(?:\s(?:{_SCALE}))?\b)?",
    re.IGNORECASE,
)
HALF_OF_A_SCALE = re.compile(rf"half\s+an?\s+(?:{_SCALE})\b", re.IGNORECASE)
_GAP = ",\u00a0\u202f\u2009 '’"
DIGITS = re.compile(
    rf"\d{{1,3}}(?:[{_GAP}]\d{{3}}(?!\d))+(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}}(?!\d))+(?:,\d+)?|\d+(?:[.,]\d+)?|\.\d+"
)
#: “a third”, “two-thirds”, “one in nine”'s sister: a share by the name of its part.
FRACTION = re.compile(
    rf"(?:(?P<many>{_SMALL}|\d{{1,2}})[-\s]+)?(?P<part>{'|'.join(sorted(PARTS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
GLYPH = re.compile(f"[{''.join(_GLYPHS)}]")
MOST_DIGITS = 15  # more are a code: no sum is meant, and a float could not tell two of them apart


class Number(NamedTuple):
    """A value, and the step to which it is written: 31 is written to 1, 1.5 million to 100,000."""

    value: float
    step: float


def from_digits(text: str) -> list[Number]:
    """Return what digits may mean: “1.500” is one and a half, or fifteen hundred; nothing where they are a code."""
    plain = re.sub(rf"[{_GAP}.]", "", text)
    if len(plain) > MOST_DIGITS or not plain.strip(","):
        return []
    parts = re.split(rf"[{_GAP}.]", text)
    grouped = len(parts) > 1 and all(len(part.split(",")[0]) == 3 for part in parts[1:]) and text[0] not in ".0"
    found = []
    if re.fullmatch(r"\d*[.,]\d+", text) and not (grouped and "," in text):
        whole = text.replace(",", ".")
        found.append(Number(float(whole), 10.0 ** -len(whole.partition(".")[2])))
    elif not grouped:
        found.append(_thousands(text))
    if grouped:
        found.append(_thousands(text))
    return found


def _thousands(text: str) -> Number:
    """Return the number of digits in groups: the last separator is a decimal one if other digits than three follow."""
    marks = [at for at, letter in enumerate(text) if not letter.isdigit()]
    tail = len(text) - marks[-1] - 1 if marks else 3
    is_decimal = bool(marks) and (tail != 3 or (len(marks) > 1 and text[marks[-1]] not in text[: marks[-1]]))
    whole = text[: marks[-1]] if is_decimal else text
    digits = "".join(filter(str.isdecimal, whole)) or "0"
    decimals = text[marks[-1] + 1 :] if is_decimal else ""
    return Number(float(f"{digits}.{decimals or 0}"), 10.0 ** -len(decimals))


def from_words(text: str) -> list[Number]:
    """Return the numbers that words in a row spell: “twenty twenty-three” is two of them, unless it is a year."""
    whole, _, decimals = text.lower().partition(" point ")
    if decimals:
        return _with_decimals(whole, decimals.split())
    done: list[float] = []
    total = current = 0.0
    last = 1e15
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in SCALES:
            scale = SCALES[word]
            if scale == 100 or scale == 12:
                current = (current or 1.0) * scale
            else:
                total, current = total + (current or 1.0) * scale, 0.0
            last = scale
        elif word == "half":
            current = 0.5
        elif word in SMALL:
            value = SMALL[word]
            if (total or current) and not _may_follow(last, value):
                done.append(total + current)
                total = current = 0.0
            current, last = current + value, value or 1.0
    done.append(total + current)
    return [Number(value, 1.0) for value in _years(done)]


def _with_decimals(whole: str, decimals: list[str]) -> list[Number]:
    """Return “one point two million”: what stands behind the point is spoken digit by digit."""
    scale = SCALES.get(decimals[-1], 1.0)
    digits = "".join(f"{SMALL.get(word, 0.0):.0f}" for word in decimals if word not in SCALES)
    return [Number(float(f"{from_words(whole)[-1].value:.0f}.{digits}") * scale, 10.0 ** -len(digits) * scale)]


def _may_follow(last: float, value: float) -> bool:
    """Return whether a small number can go on after the last part: “twenty” takes “three”, “three” takes none."""
    return last >= 100 or (20 <= last < 100 and 0 < value < 10)


def _years(parts: list[float]) -> list[float]:
    """Return the parts, with two that say a year as one: “nineteen eighty-four”."""
    if len(parts) == 2 and parts[0] in {18.0, 19.0, 20.0} and 10 <= parts[1] < 100:
        return [parts[0] * 100 + parts[1]]
    return parts


def share(found: re.Match) -> Number:
    """Return the share that a fraction in words names, to the step to which people mean it: a third is 31 to 35.6 %."""
    many = (found["many"] or "1").lower()
    value = (SMALL[many] if many in SMALL else float(many)) / PARTS[found["part"].lower()]
    return Number(value, min(0.047, 0.2 * value))


def glyph(text: str) -> Number:
    """Return the share that a sign like ½ names."""
    return Number(_GLYPHS[text], min(0.047, 0.2 * _GLYPHS[text]))
