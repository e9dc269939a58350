"""What lies beside a story is left out before a page is parsed; what might matter or mislead stays."""

import gc
import json
import weakref
from datetime import date

import pytest

from benchmarks import grown_pages, harvest_read
from curation.extract import read
from curation.extract.markup.asides import without_asides

CARD = '<div class="card"><a href="/other/"><img src="/other.jpg"></a><h4>Another story</h4><p>A few words.</p></div>'
MANY = CARD * 40
STORY = "<h1>A ward that listens</h1><p>Nurses speak, and the record writes itself.</p>"
LONG = f"<p>{'The ward was measured for a year, and the beds were counted every night. ' * 3}</p>"


def page(*parts):
    return f"<html><head><title>A ward</title></head><body>{''.join(parts)}</body></html>"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('<section class="related-stories">', "</section>"),
        ('<div id="c" class="a comments">', "</div>"),
        ("<div data-x='1' class='story-recommendations wide'>", "</div>"),
        ('<ol class="comment-list">', "</ol>"),
        ('<aside class="teasers">', "</aside>"),
    ],
)
def test_what_lies_beside_the_story_is_left_out(opening, closing):
    before, behind = page(STORY, opening).removesuffix("</body></html>"), f"{closing}<footer>© A Ward</footer>"
    assert without_asides(before + MANY + behind) == before + behind


def test_of_a_menu_the_first_entries_stay():
    entries = [f'<li><a href="/part-{number}/"><b>Part {number}</b></a></li>' for number in range(200)]
    left = without_asides(page('<nav class="menu"><ul>', *entries, "</ul></nav>", STORY))
    assert entries[0] in left
    assert entries[-1] not in left
    assert left.endswith(page("</nav>", STORY).partition("<body>")[2])


ENTRIES = "".join(f'<li><a href="/part-{number}/">Part {number}</a></li>' for number in range(100))


def test_of_a_footers_lists_the_first_entries_stay():
    first, other = f"<p>A Ward</p><ul>{ENTRIES}</ul>", f"<div><ul>{ENTRIES}</ul></div>"
    left = without_asides(page(STORY, "<footer>", first, other, "<p>© 2024 A Ward</p></footer>"))
    few, one = (ENTRIES[: ENTRIES.rfind("</li>", 0, size) + 5] for size in (1_000 - len("<p>A Ward</p><ul>"), 50))
    ends = f"<p>A Ward</p><ul>{few}</ul><div><ul>{one}</ul></div><p>© 2024 A Ward</p>"
    assert left == page(STORY, "<footer>", ends, "</footer>")


def test_a_list_within_a_footers_list_leaves_no_ends_without_beginnings():
    nested = f"<ul><li>A<ul>{ENTRIES}</ul></li>{ENTRIES}</ul>"
    left = without_asides(page("<div>", STORY, "<footer>", nested, "</footer>", LONG, "</div>"))
    for name in ("ul", "li", "div"):
        assert left.count(f"<{name}>") == left.count(f"</{name}>")
    assert len(left) < len(nested)


@pytest.mark.parametrize(
    "inner",
    [
        "<li>Copyright 2024 A Ward</li>",
        "<li>© A Ward</li>",
        "<li>&copy; A Ward</li>",
        '<li><form action="/search"><input name="q"></form></li>',
        "<li><button>Accept</button></li>",
        '<li><script>push("a")</script></li>',
    ],
)
def test_a_footer_stays_whose_entries_name_its_owner_or_ask_something(inner):
    whole = page(STORY, "<footer><ul>", ENTRIES, inner, ENTRIES, "</ul></footer>")
    assert without_asides(whole) == whole


@pytest.mark.parametrize(
    "inner",
    [
        STORY + MANY,
        MANY + LONG,
        f"<ul><li class='rule'>{LONG[3:]}</ul>" + MANY,
        '<script type="application/ld+json">{"headline": "A ward"}</script>' + MANY,
        '<meta itemprop="datePublished" content="2024-01-02">' + MANY,
        f"<!-- </section> -->{MANY}",
        f'<a title="</section>">{MANY}</a>',
        CARD,
    ],
    ids=["heading", "paragraph", "list", "script", "meta", "comment", "attribute", "short"],
)
def test_what_might_matter_or_mislead_stays(inner):
    whole = page('<section class="related-stories">', inner, "</section>", STORY)
    assert without_asides(whole) == whole


@pytest.mark.parametrize(
    "whole",
    [
        page('<section class="related">', MANY, STORY),
        page('<div class="content has-related-sidebar">', MANY, LONG, "</div>"),
        page(f'<p data-note="comment related">{STORY}', MANY, "</p>"),
        "related recommend comment <nav",
        "<nav " + "related " * 3000,
        "",
    ],
    ids=["never closed", "around the story", "another attribute", "no tags", "a tag without an end", "nothing"],
)
def test_an_element_whose_ends_are_in_doubt_stays(whole):
    assert without_asides(whole) == whole


def test_elements_of_the_same_name_within_are_counted():
    related = f'<div class="related">{MANY}<div><div>{CARD}</div></div></div>'
    assert without_asides(page(related, LONG)) == page('<div class="related"></div>', LONG)


def test_fields_are_the_same_among_all_that_pages_hold_beside_their_stories():
    wrong = []
    samples = [(name, body, wanted) for name, (body, wanted) in harvest_read.samples().items()]
    for (name, body, wanted), size in grown_pages.dealt(samples):
        alone, among = (harvest_read.ours(one, wanted["url"]) for one in (body, grown_pages.grown(body, size)))
        wrong += [(name, field, among[field]) for field in alone if alone[field] != among[field]]
    assert wrong == []


def test_a_page_that_was_read_is_freed_at_once():
    gc.disable()
    try:
        data = json.dumps({"@type": "NewsArticle", "headline": "A ward that listens"})
        source = page(f'<script type="application/ld+json">{data}</script>', STORY, MANY)
        reading = read(source, "https://www.example.org/a-ward", today=date(2026, 1, 1))
        held = weakref.ref(reading.page)
        assert reading.title == "A ward that listens"
        assert not reading.no_story
        assert not reading.is_paywalled
        del reading
        assert held() is None
    finally:
        gc.enable()
