"""How well and how fast pages are read: what is right per field, pages a CPU-second, and trafilatura's own beside it.

``python -m benchmarks.harvest_read`` reads the sample pages of the tests. For speed each is also read at the size of a
page in the wild, grown by paragraphs, links and a script; the main text is not asked for on either side.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from trafilatura.metadata import extract_metadata

from curation.extract import charsets, read

PAGES = Path(__file__).parents[1] / "tests" / "curation" / "extract" / "pages"
FIELDS = ("title", "description", "image", "canonical", "published", "authors", "publisher", "language")
TODAY = date(2026, 1, 1)
ROUNDS = 3
GROWTH = (
    "<div class='story'><a href='/a/b?c=d'><img src='/i.png' alt='' width='40'></a><p>Words <b>stand</b> beside others,"
    " and <a href='https://example.org/x'>lead</a> elsewhere, so that a page grows.</p></div>\n"
    * 500
    + "<script>"
    + "var a = [1, 2, 3];" * 4000
    + "</script>"
)


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


def wrong(reader: Callable[[bytes, str], dict]) -> dict[str, list[str]]:
    """Return for each field the pages on which a reader differs from what is expected."""
    read_by = {name: (reader(page, wanted["url"]), wanted) for name, (page, wanted) in samples().items()}
    return {
        field: [name for name, (found, wanted) in read_by.items() if found[field] != wanted[field]] for field in FIELDS
    }


def rates(reader: Callable[[bytes, str], dict], pages: list[tuple[bytes, str]]) -> tuple[float, float]:
    """Return pages a CPU-second: of the median page, and of all of them together."""
    costs = [0.0] * len(pages)
    for _ in range(ROUNDS):
        for place, (page, url) in enumerate(pages):
            begun = time.process_time()
            reader(page, url)
            costs[place] += (time.process_time() - begun) / ROUNDS
    return 1 / statistics.median(costs), len(costs) / sum(costs)


def grown(page: bytes) -> bytes:
    """Return a page with a body of the usual size."""
    return page.replace(b"</body>", GROWTH.encode() + b"</body>")


def main() -> int:
    """Print accuracy and speed; 1 if one of our fields is wrong."""
    mistakes, others = wrong(ours), wrong(theirs)
    count = len(samples())
    for field in FIELDS:
        right, their_right = (1 - len(found[field]) / count for found in (mistakes, others))
        print(f"{field:12}{right:7.1%}   trafilatura {their_right:6.1%}   {' '.join(mistakes[field])}")  # noqa: T201 -- a report
    pages = [(page, wanted["url"]) for page, wanted in samples().values()]
    for title, sized in (("as they are", pages), ("at 170 kB", [(grown(page), url) for page, url in pages])):
        (median, all_ours), (_, all_theirs) = rates(ours, sized), rates(theirs, sized)
        print(  # noqa: T201 -- a report
            f"{title:12}{median:7,.0f} pages a CPU-second at the median, {all_ours:,.0f} over all;"
            f" trafilatura {all_theirs:,.0f}: ours is {all_ours / all_theirs:.1f} times as fast"
        )
    return min(1, sum(map(len, mistakes.values())))


if __name__ == "__main__":
    sys.exit(main())
