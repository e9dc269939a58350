"""Readers' templates, filled with shapes alone: every page is sound, keeps its order, holds nothing inline."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from curation.models import Section
from curation.site.shapes import Link, OfferingCard, Page, Paging, Shown, Source, Story, TopicChip
from medigy.site import jinja

NEWS = Section(pk=1, name="News", slug="news")
ELSEWHERE = re.compile(r'<(?:script|link|img|source)\b[^>]*(?:src|href|srcset)="(?:https?:)?//(?!news\.example)')
SITE = SimpleNamespace(name="Medigy", url="https://news.example.org", tagline="Read closely, told briefly.")
TWIN = TopicChip("Digital Twin", "/topic/gartner-digital-twin/", "hue-20", "Gartner")
CARE = TopicChip("Personalised Care", "/topic/symplur-personalised-care/", "hue-16", "Symplur")
PHOTO = Shown(
    "/media/a.jpg", 1200, 750, "A ward", "Photo: N. N.", "/media/a.avif 480w", "/media/a.webp 480w", "/media/a.jpg 480w"
)
COVER = Shown("/cover/a.svg", 1200, 750, is_cover=True)
STORY = Story(
    "A <b>title</b>",
    "/news/a/",
    "Say & do.",
    "a.example",
    "/source/a.example/",
    "2026-11-20",
    "20 November 2026",
    3,
    COVER,
    [TWIN, CARE],
)
LONG = Story(
    "Pneumono" * 24, "/news/b/", "", "b.example", "/source/b.example/", "2026-11-19", "19 November 2026", 1, PHOTO, []
)
CARD = OfferingCard("TwinRoom", "/offering/twinroom", "T", "hue-3", "Corda", "", "Plans.", None, [TWIN], [CARE])
MONTHS = [Link("November 2026", "/news/2026/11/", 9), Link("October 2026", "/news/2026/10/", 4)]
CRUMBS = [Link("Home", "/"), Link("News", "/news/"), Link("Here", "")]
PAGING = Paging(2, Link("Newer briefs", "?page=1"), Link("Older briefs", "?page=3"))
NARROWING = SimpleNamespace(
    topics=[("t", "T")], taxonomies=[("x", "X")], chosen={"q": 'a"b', "topic": "t"}, errors={"since": ["No day."]}
)
PULSE = [{"label": f"Month {n}", "count": n, "x": n, "y": 76 - n, "height": n} for n in range(24)]
TOPIC = SimpleNamespace(
    label="Digital Twin",
    taxonomy="Gartner",
    taxonomy_url="/topic/",
    hue="hue-20",
    description="A model.",
    synonyms=["double"],
    offerings=1,
)
OFFERING = SimpleNamespace(
    name="TwinRoom",
    maker=Link("Corda", "/institution/corda/"),
    summary="Plans.",
    website=Link("corda.example", "https://corda.example/"),
    logo=None,
    letter="T",
    hue="hue-3",
    filed=[("Gartner", [TWIN])],
)
INSTITUTION = SimpleNamespace(name="Corda", summary="Makes.", website=None)
FULL = Page(
    "A title",
    "/news/a/",
    "Sum.",
    "Standfirst.",
    mark_safe("<p>Body.</p>"),
    "News",
    "brief",
    Link("News", "/news/"),
    "2026-11-20",
    "20 November 2026",
    3,
    PHOTO,
    [Link("Ada", "/author/ada/")],
    [TWIN, CARE],
    [("Gartner", [TWIN]), ("Symplur", [CARE])],
    Source("https://a.example/x", "a.example", "/source/a.example/", "Original", "A", "/media/f.png"),
    [Source("https://b.example/y", "b.example", "/source/b.example/")],
    Source("https://v.example/", "v.example", "/source/v.example/"),
    [CARD],
    [CARD],
    [STORY, LONG],
    Link("Before", "/news/z/"),
    Link("After", "/news/y/"),
    "2027-01-14",
    "14 January 2027",
    "forty-one, not forty",
    "Insight",
    mark_safe("<p>Why.</p>"),
    Link("PDF", "/media/a.pdf"),
)
BARE = Page(
    "T",
    "/news/t/",
    "S",
    "",
    mark_safe("<p>B</p>"),
    "News",
    "brief",
    Link("News", "/news/"),
    "2026-01-01",
    "1 January 2026",
    1,
    COVER,
)
GROUPS = {"groups": [("A", [Link("Ada", "/author/ada/", 3)]), ("B", [Link("Bo", "/author/bo/", 1)])]}
LIST = {"heading": "News", "stories": [STORY, LONG], "paging": PAGING}
PAGES = {
    "home": (
        "medigy/home.html",
        {
            "lead": STORY,
            "seconds": [LONG, STORY],
            "days": [("Friday", "20 November", [STORY, LONG])],
            "topics": [("Gartner", "hue-20", MONTHS)],
            "sources": MONTHS,
            "offerings": [CARD],
            "older": MONTHS[1],
        },
    ),
    "home, nothing yet": ("medigy/home.html", {"lead": None}),
    "list": (
        "curation/article_list.html",
        LIST | {"intro": "All.", "months": MONTHS, "narrowing": NARROWING, "active": [Link("T", "?")], "query": "a"},
    ),
    "list, nothing found": (
        "curation/article_list.html",
        {"heading": "News", "stories": [], "paging": Paging(), "narrowing": NARROWING, "query": "zebra"},
    ),
    "list, nothing yet": ("curation/article_list.html", {"heading": "News", "stories": [], "paging": Paging()}),
    "article": ("curation/article_detail.html", {"page": FULL}),
    "article, bare": ("curation/article_detail.html", {"page": BARE}),
    "authors": ("curation/author_list.html", GROUPS),
    "authors, none": ("curation/author_list.html", {"groups": []}),
    "sources": ("curation/source_list.html", GROUPS),
    "topics": ("medigy/topic_list.html", {"taxonomies": [("Gartner", "hue-20", MONTHS)]}),
    "topic": (
        "medigy/topic_detail.html",
        LIST
        | {
            "topic": TOPIC,
            "briefs": 9,
            "since": "2021",
            "months": MONTHS,
            "offerings": [CARD],
            "near": [(CARE, 2)],
            "pulse": PULSE,
        },
    ),
    "topic, empty": ("medigy/topic_detail.html", {"topic": TOPIC, "briefs": 0, "stories": [], "paging": Paging()}),
    "offerings": ("offerings/offering_list.html", {"cards": [CARD], "paging": PAGING, "query": "", "active": []}),
    "offerings, none": ("offerings/offering_list.html", {"cards": [], "paging": Paging(), "query": "", "active": []}),
    "offering": (
        "medigy/offering_detail.html",
        {"offering": OFFERING, "stories": [STORY], "near": [CARD], "paging": Paging()},
    ),
    "institutions": ("offerings/institution_list.html", GROUPS),
    "institution": (
        "offerings/institution_detail.html",
        {"institution": INSTITUTION, "cards": [CARD], "stories": [STORY]},
    ),
    "about": ("medigy/about.html", {}),
    "404": ("404.html", {}),
    "410": ("410.html", {"successor": MONTHS[0], "topics": MONTHS, "newest": [STORY]}),
    "403": ("403.html", {}),
    "403, form expired": ("403_csrf.html", {}),
    "400": ("400.html", {}),
    "500": ("500.html", None),
}
VOID = {"img", "input", "link", "meta", "source", "br", "hr"}


class Sound(HTMLParser):
    """Reads a page and remembers what a browser or a screen reader would trip over."""

    def __init__(self, html):
        super().__init__()
        self.open, self.faults, self.ids, self.headings = [], [], [], []
        self.labelled, self.fields, self.refers = set(), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.note(tag, given)

    def handle_startendtag(self, tag, attrs):
        self.note(tag, dict(attrs))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def note(self, tag, given):
        self.faults += [f"{name} on <{tag}>" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline <{tag}>")
        if tag == "img" and not {"alt", "width", "height"} <= given.keys():
            self.faults.append(f"<img {given.get('src')}> lacks words or size")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("input", "select") and given.get("type") not in ("hidden", "submit"):
            self.fields.append(given.get("id"))
        self.labelled |= {given["for"]} if tag == "label" else set()
        self.ids += [given["id"]] if "id" in given else []
        for name in ("aria-labelledby", "aria-describedby"):
            self.refers += given.get(name, "").split()


@pytest.fixture(autouse=True)
def _one_section(monkeypatch):
    """Templates are filled without a database: the site has one section."""
    monkeypatch.setattr(jinja, "sections", lambda: {NEWS.pk: NEWS})


def filled(name, **more):
    template, context = PAGES[name]
    if context is None:
        return render_to_string(template, using="jinja2")
    common = {
        "site": SITE,
        "canonical": f"{SITE.url}/x/",
        "crumbs": CRUMBS,
        "title": "T",
        "description": "D & d",
        "nav": "news",
    }
    common |= {
        "today": "Friday 20 November 2026",
        "today_iso": "2026-11-20",
        "feeds": [Link("All briefs", "/news/feed.xml")],
    }
    return render_to_string(template, common | context | more, using="jinja2")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(name):
    html = filled(name)
    page = Sound(html)
    assert page.faults == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    assert set(page.fields) <= page.labelled, "a field without a label"
    assert set(page.refers) <= set(page.ids), "a name that is nowhere"
    assert page.headings.count(1) == 1
    depth = [new - old for old, new in pairwise(page.headings[page.headings.index(1) :])]
    assert max(depth, default=0) <= 1, "a level of heading is left out"
    assert not re.search(r'>None<|="None"|Undefined|\{\{|\{%|\[\]', html)


def test_words_from_people_are_escaped():
    assert "A &lt;b&gt;title&lt;/b&gt;" in filled("list")
    assert 'value="a&#34;b"' in filled("list")


def test_an_article_reads_in_the_order_the_design_gives():
    html = " ".join(filled("article").split())
    order = [
        'aria-label="Breadcrumb"',
        "masthead-word",
        "<h1",
        "Standfirst.",
        "Ada",
        "20 November 2026",
        "3 minutes",
        "14 January 2027",
        "/media/a.avif 480w",
        'alt="A ward"',
        "Photo: N. N.",
        "<p>Body.</p>",
        "<p>Why.</p>",
        "/media/a.pdf",
        "Read the original at a.example",
        "Filed under",
        "Personalised Care</a>",
        "About this offering",
        "Related offerings",
        "More on Digital Twin and Personalised Care",
        "Before",
        "After",
        "Share this brief",
        "foot-in",
    ]
    assert [mark for mark in order if mark not in html] == []
    places = []
    for mark in order:
        places.append(html.find(mark, places[-1] if places else html.index("<body")))
    assert -1 not in places, order[places.index(-1)]


def test_a_bare_article_has_no_empty_parts():
    html = filled("article, bare")
    parts = (
        "Filed under",
        "Related offerings",
        'id="original"',
        "More on",
        "Earlier",
        "Later",
        "figcaption",
        "og:image",
    )
    assert [part for part in parts if part in html] == []


def test_an_article_names_its_picture_for_other_sites_by_its_whole_address():
    assert '<meta property="og:image" content="https://news.example.org/media/a.jpg">' in filled("article")


def test_a_page_needs_at_most_one_script_and_nothing_from_elsewhere():
    for name in PAGES:
        html = filled(name)
        assert html.count("<script") == (name.startswith("article")), name
        assert not ELSEWHERE.search(html), name


def test_the_page_for_a_fault_needs_nothing_that_may_be_broken():
    text = (settings.ROOT / "templates/site/500.html").read_text()
    assert "{%" not in text
    assert "{{" not in text


def test_a_page_that_search_engines_should_leave_says_so():
    assert '<meta name="robots" content="noindex, follow">' in filled("list", noindex=True)
    assert "noindex" not in filled("list")


def test_the_fonts_of_a_first_visit_weigh_under_60_kb():
    assert sum(font.stat().st_size for font in (settings.ROOT / "static/fonts").glob("*.woff2")) < 60_000
