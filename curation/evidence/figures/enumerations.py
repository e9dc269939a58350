"""Sizes of the lists in a text: three of “Alder, Birch and Cedar”."""

import re
from collections.abc import Iterator

MOST_CHARACTERS = 2_000
_ITEM = r"[^\s,;.:()“”!?–—](?:[^,;.:()“”!?–—\n]{0,58}[^\s,;.:()“”!?–—])?"
_LIST = re.compile(rf"(?P<items>(?:{_ITEM}(?:,|;)\s){{1,11}}?){_ITEM}(?P<oxford>,|;)?\s(?:and|or|&)\s[^\W_]")
_MARK = re.compile(r"[,;]\s")
_PAIR = re.compile(r"\b[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}\s(?:and|&)\s(?:the\s)?[A-Z][\w’'-]+")


def sizes(text: str) -> Iterator[float]:
    """Yield the size of each list; two things are one only where both are names."""
    text = text[:MOST_CHARACTERS]
    for found in _LIST.finditer(text):
        yield float(len(_MARK.findall(found["items"])) + 2)
    if _PAIR.search(text):
        yield 2.0
