"""Costs of text that was made to harm, at one size and at twice that: the ratio is 2 where time grows with length.

python -m benchmarks.worst_cases

Each case runs in pairs, small and large one after the other; prints the median in milliseconds of CPU and the ratio
(median of the pairs), and 1 is the exit status where one is above 3. Beside them stands what drawing a cover costs.
"""

import contextlib
import statistics
import sys
import time
from collections.abc import Callable

from curation.extract import judge, read
from curation.extract.page import Page
from curation.fetch.content import refresh
from curation.images import covers
from curation.importer import frontmatter
from curation.importer.bodies.shortcodes import Translation
from curation.importer.documents import parse
from curation.importer.documents.files import DocumentRefused, Found
from curation.text import links, prose
from curation.text.sentences import opening

ROUNDS, SIZE, MOST = 7, 20_000, 3.0


def front(text: str) -> None:
    """Have front matter refused, or read."""
    with contextlib.suppress(frontmatter.FrontMatterRefused):
        frontmatter.read(f"---\n{text}\n---\nA night.\n".encode())


def link(text: str) -> None:
    """Have a link cleaned, or refused."""
    with contextlib.suppress(ValueError):
        links.clean(text)


def key(text: str) -> None:
    """Make an address's duplicate key."""
    links.duplicate_key(text)


def refreshed(text: str) -> None:
    """Look for a page's own refresh."""
    refresh.by_page(f"<html>{text}>".encode(), "https://www.example.org/night")


def page(text: str) -> None:
    """Have a page read."""
    read(f"<title>A night</title><body>{text}", "https://www.example.org/night")


def judged(text: str) -> None:
    """Have a page judged."""
    judge.of_page(Page(f"<title>A night</title><body>{text}", "https://www.example.org/night"))


def translated(text: str) -> None:
    """Have a generator's shortcodes translated."""
    Translation().translated(text)


def document(text: str) -> None:
    """Have a document of another site read, or refused."""
    with contextlib.suppress(DocumentRefused):
        parse.from_bytes(text.encode(), Found("night.md", "night.md", "night.md"), parse.Options())


def cleaned(text: str) -> None:
    """Have HTML cleaned, or refused."""
    with contextlib.suppress(prose.ProseRefused):
        prose.clean(text)


CASES: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "front matter: brackets": (front, lambda size: "a: " + "[" * size),
    "front matter: maps": (front, lambda size: "a: " + "{b: " * (size // 4)),
    "front matter: lists": (front, lambda size: "- " * (size // 2) + "a"),
    "front matter: questions": (front, lambda size: "? " * (size // 2) + "a"),
    "opening: stops": (opening, lambda size: "." * size + "x"),
    "opening: titles": (opening, lambda size: "Dr. " * (size // 4) + "x"),
    "opening: empty lines": (opening, lambda size: "\n \n" * (size // 3) + "x"),
    "link: parameters": (link, lambda size: "https://www.example.org/?" + "utm_a=1&" * (size // 160)),
    "link: escapes": (link, lambda size: "https://www.example.org/" + "%25" * (size // 60)),
    "key: labels and parameters": (key, lambda size: f"http://{'a.' * (size // 200)}a?{'x&' * (size // 20)}"),
    "key: dots": (key, lambda size: "a." * size + "@"),
    "key: amp": (key, lambda size: "http://www.example.org" + "/amp" * size),
    "refresh: a long name": (refreshed, lambda size: "<meta " + "a" * size),
    "page: open elements": (page, lambda size: "<div class=byline>" * (size // 18)),
    "page: bylines": (page, lambda size: "<p class=author>By Jane Doe, and</p>" * (size // 36)),
    "page: dates": (page, lambda size: "<p class=date>on at on 1 March</p>" * (size // 34)),
    "page: asides in asides": (page, lambda size: "<div class=related>" * (size // 38) + "</div>" * (size // 38)),
    "page: asides without ends": (page, lambda size: "<nav>related<section class=comments>" * (size // 36)),
    "page: footers in footers": (page, lambda size: "<footer><li>a</li>" * (size // 18)),
    "page: boxes around a text": (
        page,
        lambda size: f"<h1>A night</h1>{'<div>' * 60}<b>a</b>{'by and by ' * (size // 10)}",
    ),
    "page: an open tag": (page, lambda size: "<div " + "class=related comment " * (size // 22)),
    "judge: titles": (judged, lambda size: "<h1>Error 404, " + "not found, " * (size // 11)),
    "judge: blocks in blocks": (judged, lambda size: "<div>a <p>b" * (size // 11)),
    "judge: consent": (judged, lambda size: "<form class=cookie><button>Accept" * (size // 33)),
    "shortcodes: never closed": (translated, lambda size: "{{< quote >}}" * (size // 13)),
    "shortcodes: arguments": (translated, lambda size: '{{< figure src="a' + "a" * size),
    "shortcodes: in each other": (translated, lambda size: "{{< a >}}" * (size // 19) + "{{< /a >}}" * (size // 19)),
    "document: topics": (
        document,
        lambda size: f"---\ntitle: A night\ncategories: [{'a, ' * (size // 3)}b]\n---\nText.",
    ),
    "document: a body": (document, lambda size: "---\ntitle: A night\n---\n" + "[a](b " * (size // 6)),
    "prose: open elements": (cleaned, lambda size: "<blockquote>" * (size // 12)),
    "prose: links": (cleaned, lambda size: "<a href='https://www.example.org/?a=1'>a" * (size // 40)),
    "page: one byline": (page, lambda size: f"<h1>A night</h1><p class=byline>By {'Jane Doe, ' * (size // 10)}</p>"),
}


def cost(run: Callable, *given: object) -> float:
    """Milliseconds of this process's CPU."""
    begun = time.process_time()
    run(*given)
    return (time.process_time() - begun) * 1000


def main() -> int:
    """Print every case; 1 if one grows faster than its text."""
    worst = 0.0
    for name, (run, text) in CASES.items():
        small, large = text(SIZE), text(2 * SIZE)
        cost(run, small)
        pairs = [(cost(run, small), cost(run, large)) for _ in range(ROUNDS)]
        ratio = statistics.median(two / max(one, 0.01) for one, two in pairs)
        worst = max(worst, ratio)
        print(f"{name:28}{statistics.median(one for one, _ in pairs):8.2f} ms  × {ratio:4.2f} at twice the size")  # noqa: T201 -- a report
    print(f"{'a cover, drawn':28}{drawing():8.2f} ms")  # noqa: T201 -- a report
    return int(worst > MOST)


def drawing() -> float:
    """Milliseconds of CPU for a cover, each motif drawn once."""
    covers.draw.cache_clear()
    names = [f"{motif}-7-0000002a{'-Rx' if motif == 'letters' else ''}.svg" for motif in covers.MOTIFS]
    return statistics.mean(cost(covers.draw, name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
