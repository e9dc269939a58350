"""Accuracy and speed of reading pages: what is right per field, pages a CPU-second, and others' readers beside it.

``python -m benchmarks.harvest_read`` reads the sample pages of the tests as they are, and grown to the sizes of pages
in the wild by ``grown_pages``, among whose markup each has to be read as before. A bare parse by lxml and trafilatura's
metadata stand beside it, each page by all three in turn; the main text is not asked for on any side.
"""

import contextlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from lxml import etree
from trafilatura.metadata import extract_metadata

from benchmarks import grown_pages
from curation.extract import charsets, read

PAGES = Path(__file__).parents[1] / "tests" / "curation" / "extract" / "pages"
FIELDS = ("title", "description", "image", "canonical", "published", "authors", "publisher", "language")
TODAY = date(2026, 1, 1)
ROUNDS = 3


def samples() -> dict[str, tuple[bytes, dict]]:
    """Return each page's bytes and what is expected of it, by its name."""
    expected = json.loads((PAGES / "expected.json").read_text())
    return {name: ((PAGES / f"{name}.html").read_bytes(), wanted) for name, wanted in expected.items()}


def _said(value: object, field: str) -> object:
    return str(value or "")[:10] if field == "published" else value


def ours(page: bytes, url: str) -> dict:
    """Return our fields of a page."""
    reading = read(page, url, today=TODAY)
    return {field: _said(getattr(reading, field), field) for field in FIELDS}


def theirs(page: bytes, url: str) -> dict:
    """Return the same fields as trafilatura's metadata extraction gives them."""
    found = extract_metadata(charsets.decode(page), default_url=url) if page.strip() else None
    names = {"published": "date", "canonical": "url", "publisher": "sitename", "authors": "author"}
    values = {field: getattr(found, names.get(field, field), None) or "" for field in FIELDS}
    return values | {"authors": [name for name in str(values["authors"]).split("; ") if name]}


def bare(page: bytes, url: str) -> None:
    """Parse a page and look at nothing."""
    with contextlib.suppress(etree.LxmlError):  # a page that holds nothing
        etree.fromstring(page, etree.HTMLParser())


def wrong(reader: Callable[[bytes, str], dict], pages: list[tuple[str, bytes, dict]]) -> dict[str, list[str]]:
    """Return for each field the pages on which a reader differs from what is expected."""
    read_by = {name: (reader(page, wanted["url"]), wanted) for name, page, wanted in pages}
    return {
        field: [name for name, (found, wanted) in read_by.items() if found[field] != wanted[field]] for field in FIELDS
    }


def costs(readers: list[Callable], pages: list[tuple[bytes, str]]) -> list[list[float]]:
    """Return for each reader the CPU seconds of each page: of some rounds, in turn with the others, the quickest."""
    found = [[float("inf")] * len(pages) for _ in readers]
    for _ in range(ROUNDS):
        for place, (page, url) in enumerate(pages):
            for reader, cost in zip(readers, found, strict=True):
                begun = time.process_time()
                reader(page, url)
                cost[place] = min(cost[place], time.process_time() - begun)
    return found


def report_speed(title: str, pages: list[tuple[bytes, str]]) -> None:
    """Print how many pages of a set are read in a CPU-second, over all of them."""
    told, parsed, others = costs([ours, bare, theirs], pages)
    size, count = sum(len(page) for page, _ in pages) / len(pages) / 1000, len(pages)
    print(  # noqa: T201 -- a report
        f"{title:12}{count} pages of {size:.0f} kB: {count / sum(told):,.0f} a CPU-second over all"
        f" ({1 / statistics.median(told):,.0f} at the median), {sum(told) / sum(parsed):.1f} times a bare parse"
        f" ({count / sum(parsed):,.0f}); trafilatura {count / sum(others):,.0f}"
    )


def main() -> int:
    """Print accuracy and speed; 1 if one of our fields is wrong, of a page as it is or grown."""
    pages = [(name, page, wanted) for name, (page, wanted) in samples().items()]
    grown = [(name, grown_pages.grown(page, size), wanted) for (name, page, wanted), size in grown_pages.dealt(pages)]
    mistakes, among, others = wrong(ours, pages), wrong(ours, grown), wrong(theirs, pages)
    for field in FIELDS:
        right, right_among, their_right = (1 - len(found[field]) / len(pages) for found in (mistakes, among, others))
        print(  # noqa: T201 -- a report
            f"{field:12}{right:7.1%}   grown {right_among:6.1%}   trafilatura {their_right:6.1%}   "
            f"{' '.join(mistakes[field] + among[field])}"
        )
    for title, sized in (("as they are", pages), ("grown", grown)):
        report_speed(title, [(page, wanted["url"]) for _, page, wanted in sized])
    return min(1, sum(map(len, (*mistakes.values(), *among.values()))))


if __name__ == "__main__":
    sys.exit(main())
