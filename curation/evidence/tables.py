"""Rows of tables among paragraphs: each is read with the caption and the head that stand above it."""

import re
from collections.abc import Iterator, Sequence

_CELL = re.compile(r"\t|\s\|\s|\s{3,}|;\s?(?=[-\d])")
_STOPS = (".", "!", "?", "”", '"')
LONGEST = 240  # characters of a row, a head or a caption


def is_row(text: str) -> bool:
    """Return whether a paragraph is a row: two cells or more on one short line."""
    line = text.strip()
    return len(line) <= LONGEST and "\n" not in line and _CELL.search(line) is not None


def heads(paragraphs: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield each row below the first of its table (counting paragraphs from 1), with its head and caption."""
    head: list[int] = []
    for number, text in enumerate(paragraphs, 1):
        if not is_row(text):
            head = []
        elif head:
            yield number, head
        else:
            above = paragraphs[number - 2].strip() if number > 1 else ""
            head = [number, *([number - 1] if above and len(above) <= LONGEST and not above.endswith(_STOPS) else [])]
