"""Rows of tables among paragraphs: each is read with the caption and the head that stand above it."""

import re
from collections.abc import Iterator, Sequence

_CELL = re.compile(r"\t|\s\|\s|\s{3,}|;\s?(?=[-\d])")
_VALUE = re.compile(r"\s*[^\W\d][^:\n]{0,40}:\s?[<>~]?[£$€]?\d[^\n]{0,20}$")  # “Nurses: 14.8”
STOPS = (".", "!", "?", "”", '"')
LONGEST = 240  # characters of a row, a head or a caption


def is_row(text: str) -> bool:
    """Return whether a paragraph is a row: two cells or more on one short line."""
    line = text.strip()
    return len(line) <= LONGEST and "\n" not in line and _CELL.search(line) is not None


def is_heading(text: str) -> bool:
    """Return whether a paragraph only says what follows is about: a line without a stop, no row and no value."""
    return _is_caption(text) and not is_row(text) and not _VALUE.match(text)


def _is_caption(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST and not text.rstrip().endswith(STOPS)


def heads(paragraphs: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield each row below the first of its table (counting paragraphs from 1), with its head and caption."""
    head: list[int] = []
    caption = 0
    for number, text in enumerate(paragraphs, 1):
        if _VALUE.match(text):
            yield number, [caption] if caption else []
        elif not is_row(text):
            head, caption = [], number if _is_caption(text) else 0
        elif head:
            yield number, head
        else:
            head = [number, caption] if caption else [number]
