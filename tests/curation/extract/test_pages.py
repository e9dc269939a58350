"""Whole pages, each with what a reader would say of it, and what every page promises."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from curation.extract import Feed, Icon, Picture, read

PAGES = Path(__file__).parent / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text())
FLAGS = ("is_paywalled", "looks_missing", "is_challenge")
TODAY = date(2026, 1, 1)
HERE = "https://www.example.org/news/story"


def page(name):
    return read((PAGES / f"{name}.html").read_bytes(), EXPECTED[name]["url"], today=TODAY)


def head(*elements, body="", url=HERE):
    return read(f"<html><head>{''.join(elements)}</head><body>{body}</body></html>", url, today=TODAY)


def said(reading, field):
    value = getattr(reading, field)
    return str(value or "")[:10] if field in {"published", "modified"} else value


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_read_as_a_reader_would(name):
    wanted = dict.fromkeys(FLAGS, False) | EXPECTED[name]
    del wanted["url"]
    reading = page(name)
    assert {field: said(reading, field) for field in wanted} == wanted


def test_there_is_a_page_for_every_sample_and_enough_of_them():
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)
    assert len(EXPECTED) >= 40


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_taken_comes_first_among_the_alternatives_and_each_says_where_it_is_from(name):
    reading = page(name)
    for field, alternatives in reading.found.items():
        assert getattr(reading, field) == (alternatives[0][0] if alternatives else type(getattr(reading, field))())
        assert {origin for _, origin in alternatives} <= {"Open Graph", "Twitter", "JSON-LD", "meta", "page"}
        assert all(value for value, _ in alternatives)


def test_the_alternatives_of_a_field_keep_their_origins():
    assert page("authors-of-every-kind").found["title"] == [("What a cure costs", "JSON-LD")]
    assert page("meta-in-body").found["canonical"] == [("https://brainbits.example/sleep-apps", "page")]
    assert page("names-the-wrong-way-round").found["description"] == [
        ("Nurses call; patients stay at home.", "Open Graph"),
        ("Care Week on home care.", "meta"),
    ]


def test_properties_are_kept_whole_in_order_and_lists_where_they_repeat():
    reading = head(
        '<meta property="og:image" content="/a.png"><meta name="Keywords" content="a, b"><meta name="x" content="">',
        '<meta property="og:image" content="/b.png"><meta property="og:title twitter:title" content=" T ">',
    )
    assert list(reading.properties.items()) == [
        ("og:image", ["/a.png", "/b.png"]),
        ("keywords", "a, b"),
        ("og:title", "T"),
        ("twitter:title", "T"),
    ]


def test_feeds_icons_pictures_and_linked_data_are_handed_on():
    reading = page("wordpress-yoast")
    assert reading.feeds == [
        Feed("https://digitalhealthdaily.example/feed/", "Digital Health Daily » Feed", "application/rss+xml")
    ]
    assert reading.icons == [Icon("https://digitalhealthdaily.example/icon-32.png", "icon", "32x32")]
    picture = "https://digitalhealthdaily.example/wp-content/uploads/2023/01/monitor.jpg"
    assert reading.images == [Picture(picture, "Open Graph", 1200, 630)]
    assert len(reading.json_ld[0]["@graph"]) == 6


def test_a_zone_that_is_told_is_kept_and_none_is_made_up():
    assert page("author-is-an-address").published == datetime(
        2022, 12, 29, 18, 45, tzinfo=timezone(-timedelta(hours=5))
    )
    assert page("wordpress-yoast").published == datetime(2023, 1, 13, 14, 5, tzinfo=UTC)
    assert page("wall-in-words").published == datetime(2023, 2, 3)
    assert page("journal-citation").published == date(2023, 4, 18)


def test_the_text_is_found_when_it_is_asked_for():
    paragraphs = "".join(
        f"<p>Paragraph {number} tells the story on, in words enough to be kept.</p>" for number in range(9)
    )
    reading = head("<title>T</title>", body=f"<nav>Menu</nav><article><h1>T</h1>{paragraphs}</article>")
    assert "text" not in vars(reading)
    assert "Paragraph 8 tells the story on" in reading.text
    assert "text" in vars(reading)
    assert read("", HERE).text == ""


def test_text_and_bytes_are_read_alike():
    for name in ("doubly-encoded", "journal-citation"):
        source = (PAGES / f"{name}.html").read_bytes()
        assert read(source, HERE, today=TODAY) == read(source.decode(), HERE, today=TODAY)


def test_what_is_to_come_is_no_date_of_publication():
    told = '<meta property="article:published_time" content="2026-01-{}T00:00:00Z">'
    assert head(told.format("05")).published is None
    assert said(head(told.format("02")), "published") == "2026-01-02"


@pytest.mark.parametrize(
    ("elements", "wanted"),
    [
        (['<link rel="canonical" href="/a">'], "https://www.example.org/a"),
        (['<link rel="canonical" href="//example.org/a">'], "https://example.org/a"),
        (['<link rel="canonical" href="http://www.example.org/a">'], "http://www.example.org/a"),
        (['<link rel="canonical" href="www.example.org/a">'], "https://www.example.org/a"),
        (['<link rel="canonical" href="">', '<meta property="og:url" content="/b">'], "https://www.example.org/b"),
        (['<link rel="canonical" href="null">'], ""),
        (['<link rel="canonical" href="#">'], ""),
        (['<link rel="canonical" href="https://">'], ""),
        (['<link rel="canonical" href="https://www.example.org">'], ""),
        (['<link rel="canonical" href="https://user@www.example.org/a">'], ""),
        (
            ['<link rel="shortlink canonical" href="/c">', '<meta property="og:url" content="/b">'],
            "https://www.example.org/c",
        ),
        ([], ""),
    ],
)
def test_the_canonical_address_is_one_that_can_be_followed(elements, wanted):
    assert head(*elements).canonical == wanted


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://example.org/", "https://example.org/"),
        ("https://example.org/story", ""),
    ],
)
def test_only_a_front_page_has_the_front_page_for_its_canonical_address(address, wanted):
    assert head('<link rel="canonical" href="https://example.org/">', url=address).canonical == wanted


@pytest.mark.parametrize(
    ("root", "elements", "wanted"),
    [
        ('lang="EN_gb"', "", "en-GB"),
        ('lang="en"', '<meta property="og:locale" content="de_DE">', "en"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ("", '<meta http-equiv="content-language" content="fr, en">', "fr"),
        ('lang="zh-hant-tw"', "", "zh-Hant-TW"),
        ('lang="${lang}"', "", ""),
        ("", '<script type="application/ld+json">{"@type":"Article","inLanguage":"es"}</script>', "es"),
    ],
)
def test_the_language_is_a_tag_as_usual(root, elements, wanted):
    assert read(f"<html {root}><head>{elements}</head></html>", HERE).language == wanted
