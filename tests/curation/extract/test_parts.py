"""The rules by which single fields are read: titles, names, dates, pictures, linked data, charsets."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from curation.extract import charsets, linked_data, site, wording
from curation.extract.dates import days
from curation.extract.people import authors
from curation.extract.pictures.offered import Picture
from curation.extract.titles import headlines

from .test_pages import HERE, head

EST = timezone(timedelta(hours=-5))


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("A cure for haste | Example Times", "A cure for haste"),
        ("A cure for haste – example-times.org", "A cure for haste"),
        ("A cure for haste - The Example Times", "A cure for haste"),
        ("A cure for haste — Example Times", "A cure for haste"),
        ("A cure for haste :: Example Times", "A cure for haste"),
        ("A cure for haste| EXAMPLE TIMES", "A cure for haste"),
        ("A cure for haste | Health | Example Times", "A cure for haste | Health"),
        ("A cure for haste - part two", "A cure for haste - part two"),
        ("Example Times", "Example Times"),
        ("Well-being: a follow-up", "Well-being: a follow-up"),
    ],
)
def test_a_title_loses_the_name_of_the_site_and_nothing_else(title, wanted):
    assert headlines.without_site(title, ["Example Times", "example-times.org"]) == wanted


def test_a_title_loses_what_another_place_shows_to_be_added():
    spoken = ["A cure for haste"]
    assert headlines.without_site("A cure for haste | Opinion | Someone Else", [], spoken) == "A cure for haste"
    assert headlines.without_site("Example Times | A cure for haste", ["Example Times"], spoken) == "A cure for haste"


@pytest.mark.parametrize(
    ("name", "known", "wanted"),
    [
        ("The Example Times", "example-times.org", True),
        ("The Example Times", "extimes.org", True),
        ("Example Times News", "Example Times", True),
        ("ET", "et.example", True),
        ("News Example", "news.example.org", True),
        ("Example Insights", "www2.example.com", True),
        ("Example Trust", "wards.exampletrust.nhs.uk", True),
        ("Example Times finds a cure for haste", "Example Times", False),
        ("Part Two", "example-times.org", False),
        ("AI", "maintain.example", False),
        ("", "example.org", False),
    ],
)
def test_a_name_is_like_a_site_when_it_is_a_way_to_write_it(name, known, wanted):
    assert site.is_like(name, [known]) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe, and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("Jane Doe, MD, PhD, and John Roe", ["Jane Doe, MD, PhD", "John Roe"]),
        ("Written by: Jane Doe, Health Reporter", ["Jane Doe"]),
        ("Jane Doe | Example Times", ["Jane Doe", "Example Times"]),
        ("Jane Doe; John Roe", ["Jane Doe", "John Roe"]),
        ("Jane van der Berg & Ibn al Rashid", ["Jane van der Berg", "Ibn al Rashid"]),
        ("Jane Doe January 13, 2023", ["Jane Doe"]),
        ("Ministry of Health and Family Welfare", ["Ministry of Health and Family Welfare"]),
        ("Centers for Disease Control and Prevention", ["Centers for Disease Control and Prevention"]),
        ("Example Clinic, Inc.", ["Example Clinic, Inc."]),
        ("Von Anna Müller und Jörg Weiß", ["Anna Müller", "Jörg Weiß"]),
        ("Byron Yates", ["Byron Yates"]),
        ("Author: Jane Doe", ["Jane Doe"]),
        ("Jane Doe, Ph.D., R.N.", ["Jane Doe, Ph.D., R.N."]),
    ],
)
def test_a_line_of_authors_becomes_names(text, wanted):
    assert authors.split(text) == wanted


@pytest.mark.parametrize("nobody", ["admin", "https://social.example/jane", "jane@example.org", "12345", "By"])
def test_who_is_nobody_is_no_author(nobody):
    assert head(f'<meta name="author" content="{nobody}">').authors == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-01-13", date(2023, 1, 13)),
        ("2023-1-3", date(2023, 1, 3)),
        ("2023-01-13T09:30:00Z", datetime(2023, 1, 13, 9, 30, tzinfo=UTC)),
        ("2023-01-13T09:30:00.123-0500", datetime(2023, 1, 13, 9, 30, 0, 123000, EST)),
        ("2023-01-13 09:30", datetime(2023, 1, 13, 9, 30)),
        ("20230113", date(2023, 1, 13)),
        ("20230113T093000Z", datetime(2023, 1, 13, 9, 30, tzinfo=UTC)),
        ("1673602200", datetime(2023, 1, 13, 9, 30, tzinfo=UTC)),
        ("1673602200000", datetime(2023, 1, 13, 9, 30, tzinfo=UTC)),
        ("Fri, 13 Jan 2023 09:30:00 GMT", datetime(2023, 1, 13, 9, 30, tzinfo=UTC)),
        ("January 13, 2023", date(2023, 1, 13)),
        ("Jan. 13th, 2023 9:30 am EST", datetime(2023, 1, 13, 9, 30, tzinfo=EST)),
        ("January 13, 2023 at 12:05 AM", datetime(2023, 1, 13, 0, 5)),
        ("13 de enero de 2023", date(2023, 1, 13)),
        ("13. Januar 2023", date(2023, 1, 13)),
        ("1er février 2023", date(2023, 2, 1)),
        ("2023 Jan 13", date(2023, 1, 13)),
        ("2023/01/13", date(2023, 1, 13)),
        ("Fri Jan 13 09:30:00 EST 2023", date(2023, 1, 13)),
        ("Fri Jan 13 09:30:00 2023", date(2023, 1, 13)),
        ("13/01/2023", date(2023, 1, 13)),
        ("01/13/2023", date(2023, 1, 13)),
        ("03.04.2023", date(2023, 4, 3)),
        ("03/04/2023", date(2023, 3, 4)),
        ("2023-02-30", None),
        ("2023/01", None),
        ("2023/12", None),
        ("2023-12-00", None),
        ("12/2023", None),
        ("December 2023", None),
        ("2023 Dec", None),
        ("2023 Dec;388(26)", None),
        ("2023-12 10:30", None),
        ("2023 Dec 10:30", None),
        ("Issue 12 May 2023", None),
        ("Vol. 12 May 2023", None),
        ("No. 7 June 2023", None),
        ("Spring 2023", None),
        ("2023 Dec 27;388(26)", date(2023, 12, 27)),
        ("2023. 1. 13.", date(2023, 1, 13)),
        ("2023", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_read_as_they_are_written(text, wanted):
    assert days.parse(text) == wanted


def test_a_day_comes_first_where_that_is_the_custom():
    assert days.parse("03/04/2023", day_first=True) == date(2023, 4, 3)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://example.org/2023/01/13/story", date(2023, 1, 13)),
        ("https://example.org/news/2023-01-13-story", date(2023, 1, 13)),
        ("https://example.org/2023/13/45/story", None),
        ("https://example.org/2023/01/story", None),
        ("https://example.org/2023/12/27-things-to-know", None),
        ("https://example.org/2023/12/10_beds", None),
        ("https://example.org/2023/12/27", date(2023, 12, 27)),
        ("https://example.org/2023-12-27-things-to-know", date(2023, 12, 27)),
        ("https://example.org/news/20230113/story", date(2023, 1, 13)),
        ("https://example.org/news/20231399/story", None),
        ("https://example.org/news/202301139/story", None),
    ],
)
def test_an_address_may_name_the_day(url, wanted):
    assert days.of_address(url) == wanted


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('/*<![CDATA[*/{"a": 1}/*]]>*/', [{"a": 1}]),
        ('{"a": [1, 2,],}', [{"a": [1, 2]}]),
        ('{"a": "b\nc\td"};', [{"a": "b\nc\td"}]),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ("{&quot;a&quot;: 1}", [{"a": 1}]),
        (
            '{"headline": "A "b" c", "datePublished": "2023-01-13", "x": }',
            [{"datePublished": "2023-01-13", "headline": "A "}],
        ),
        ("no json", []),
        ("", []),
        ("[" * 100_000, []),
    ],
)
def test_linked_data_is_mended(script, wanted):
    assert linked_data.parse(script) == wanted


@pytest.mark.parametrize(
    ("body", "charset", "wanted"),
    [
        ("Müller".encode(), "", "Müller"),
        ("Müller".encode(), "iso-8859-1", "Müller"),
        ("Müller".encode("cp1252"), "", "Müller"),
        ("“Müller”".encode("cp1252"), "iso-8859-1", "“Müller”"),
        ("Müller".encode("cp1252"), "utf-8", "Müller"),
        ("\ufeffMüller".encode("utf-16-le"), "utf-8", "Müller"),
        ("\ufeffMüller".encode(), "cp1252", "Müller"),
        ("健康".encode("shift_jis"), "Shift_JIS", "健康"),
        ("健康".encode("gbk"), "gb2312", "健康"),
        (b"plain", "utf-16", "plain"),
        (b"plain", "base64", "plain"),
        (b"plain", "no such charset", "plain"),
        (b'<meta charset="koi8-r">' + "врач".encode("koi8-r"), "", '<meta charset="koi8-r">врач'),
        (
            b"<meta content='text/html; charset=cp1251'>" + "врач".encode("cp1251"),
            "",
            "<meta content='text/html; charset=cp1251'>врач",
        ),
        (("naïve " * 100).encode() + b"\xff", "utf-8", "naïve " * 100 + "\ufffd"),
        (b"", "", ""),
        # Labels as browsers know them.
        ("病院①髙".encode("cp932"), "shift_jis", "病院①髙"),
        ("病院①".encode("cp932"), "x-sjis", "病院①"),
        ("病院①".encode("cp932"), "windows-31j", "病院①"),
        ("病院①".encode("euc_jis_2004"), "x-euc-jp", "病院①"),
        ("โรงพยาบาล".encode("cp874"), "windows-874", "โรงพยาบาล"),
        ("โรงพยาบาล".encode("cp874"), "tis-620", "โรงพยาบาล"),
        ("똠방각하".encode("cp949"), "euc-kr", "똠방각하"),
        ("똠방각하".encode("cp949"), "ks_c_5601-1987", "똠방각하"),
        ("€ 医院镕".encode("gb18030"), "x-gbk", "€ 医院镕"),
        ("醫院".encode("big5hkscs"), "big5-hkscs", "醫院"),
        ("“naïve”".encode("cp1252"), "latin1", "“naïve”"),
        ("“naïve”".encode("cp1252"), "us-ascii", "“naïve”"),
        ("“naïve”".encode("cp1252"), "x-user-defined", "“naïve”"),
        ("İğ".encode("cp1254"), "iso-8859-9", "İğ"),
        ("врач".encode("cp1251"), "x-cp1251", "врач"),
        ("врач".encode("mac_cyrillic"), "x-mac-cyrillic", "врач"),
        ("врач".encode("koi8-u"), "koi8-ru", "врач"),
        ("שלום".encode("iso8859-8"), "logical", "שלום"),
        # Who is believed.
        ("<p>Больница".encode("utf-16-le"), "utf-16", "<p>Больница"),
        ('<meta charset="latin1">Больница'.encode("cp1251"), "windows-1251", '<meta charset="latin1">Больница'),
        ('<meta charset="windows-1251">Больница'.encode("cp1251"), "latin1", '<meta charset="windows-1251">Больница'),
        ('<meta charset="x-sjis">病院①'.encode("cp932"), "windows-1252", '<meta charset="x-sjis">病院①'),
        ('<meta charset="utf-8">Больница'.encode("cp1251"), "cp1251", '<meta charset="utf-8">Больница'),
        ('<meta charset="utf-8">naïve'.encode("cp1252"), "iso-8859-1", '<meta charset="utf-8">naïve'),
        ('<meta charset="utf-16">Больница'.encode(), "", '<meta charset="utf-16">Больница'),
        (
            '<!-- <meta charset="koi8-r"> --><meta charset="cp1251">врач'.encode("cp1251"),
            "",
            '<!-- <meta charset="koi8-r"> --><meta charset="cp1251">врач',
        ),
        (
            '<meta name="description" content="On charset=koi8-r"><meta charset="cp1251">врач'.encode("cp1251"),
            "",
            '<meta name="description" content="On charset=koi8-r"><meta charset="cp1251">врач',
        ),
        ("Больница".encode("cp1251"), '"windows-1251"; x=y', "Больница"),
    ],
)
def test_bytes_become_text_whatever_is_declared(body, charset, wanted):
    assert charsets.decode(body, charset) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a &amp;amp; b", "a & b"),
        ("a\n\t b\xa0c", "a b c"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("&amp;amp;amp;lt;", "&lt;"),
    ],
)
def test_words_stand_on_one_line_with_their_entities_decoded(text, wanted):
    assert wording.line(text) == wanted


def test_what_was_cut_is_replaced_by_its_whole_form():
    whole = "A long beginning and its end."
    assert wording.uncut("A long beginning…", ["Other words", whole]) == whole
    assert wording.uncut("A long beginning [...]", [whole]) == whole
    assert wording.uncut("A long beginning", [whole]) == "A long beginning"
    assert wording.uncut("A long beginning…", ["Other words"]) == "A long beginning…"


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        ('<img src="/a.jpg">', "https://www.example.org/a.jpg"),
        ('<img src="/lazy.gif" data-src="/a.jpg">', "https://www.example.org/a.jpg"),
        ('<img srcset="/s.jpg 320w, /l.jpg 1280w">', "https://www.example.org/l.jpg"),
        ('<img src="/a.jpg" width="1" height="1">', ""),
        ('<img src="/pixel.gif"><img src="/b.jpg">', "https://www.example.org/b.jpg"),
        ('<img src="/a.svg">', ""),
        ('<nav><img src="/a.jpg"></nav>', ""),
        ('<img src="data:image/png;base64,AAAA">', ""),
    ],
)
def test_pictures_within_a_page_stand_in_only_if_they_may_be_photographs(element, wanted):
    assert head(body=f"<article>{element}</article>").image == wanted


def test_a_declared_logo_is_still_what_the_page_declares():
    assert head('<meta property="og:image" content="/logo.png">').images == [
        Picture("https://www.example.org/logo.png", "Open Graph")
    ]


@pytest.mark.parametrize(
    "logo",
    [
        '<a href="/"><img src="/crest.png" alt="Harbour"></a>',
        '<img src="/crest.png" alt="Harbour logo">',
        '<img src="https://i.creativecommons.org/l/by/88x31.png">',
    ],
)
def test_without_a_story_s_element_what_follows_the_heading_comes_before_logos(logo):
    assert head(body=f'{logo}<h1>A long story</h1><p><img src="/boat.jpg">').image == "https://www.example.org/boat.jpg"
    assert head(body=f"{logo}<h1>A long story</h1><p>Words.").image == ""
    assert head(body='<img src="/boat.jpg"><h1>A long story</h1>').image == "https://www.example.org/boat.jpg"


def test_a_description_that_was_cut_without_a_mark_gives_way_too():
    short = "Beds are counted every night by those who make them and by those who"
    both = f'<meta property="og:description" content="{short}"><meta name="description" content="{short} lie in them.">'
    assert head(both).description == f"{short} lie in them."


@pytest.mark.parametrize("address", ["https://www.example.org", "https://www.example.org/", "/"])
def test_a_front_page_is_no_picture(address):
    assert head(f'<meta property="og:image" content="{address}">').image == ""


STORY = "A long enough story about beds"


@pytest.mark.parametrize(
    ("elements", "body"),
    [
        (f"<title>Ward Notes | {STORY}</title>", f"<h1>{STORY}</h1>"),
        (f"<title>{STORY} › Ward Notes</title>", ""),
        ('<script type="application/ld+json">{"@type": "MedicalOrganization", "name": "Ward Notes"}</script>', ""),
        ('<script type="application/ld+json">{"@type": ["WebSite", "Thing"], "name": "Ward Notes"}</script>', ""),
        ('<link rel="alternate" type="application/rss+xml" title="Ward Notes &raquo; Feed" href="/feed">', ""),
        ("", '<a href="/">Ward Notes</a>'),
        ('<meta property="og:site_name" content="News Center">', '<a href="/default.htm">Ward Notes home page</a>'),
        ('<meta property="og:site_name" content="wardnotes.example">', '<a href="/" title="Ward Notes: Home"></a>'),
        ("", '<a href="https://www.wardnotes.example/"><img alt="The Ward Notes"></a>'),
        ("", '<div class="footer">© 2024 Ward Notes. All rights reserved.</div>'),
        ('<meta name="publisher" content="Ward Notes"><meta name="twitter:site" content="@wn_news">', ""),
    ],
)
def test_a_publisher_without_a_name_of_its_own_is_found(elements, body):
    found = head(elements, body=body, url="https://www.wardnotes.example/story").publisher
    assert found.removeprefix("The ") == "Ward Notes"


def test_what_stands_beside_a_told_heading_is_the_publisher_though_unlike_the_host():
    reading = head(f"<title>{STORY} | Better Care Weekly</title>", body=f"<h1>{STORY}</h1>")
    assert (reading.title, reading.publisher) == (STORY, "Better Care Weekly")


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        (f"{STORY} | Better Care Weekly", "", STORY),
        (f"Better Care | {STORY}", "", f"Better Care | {STORY}"),
        (f"Example | {STORY}", f"<h2>{STORY}</h2>", STORY),
    ],
)
def test_a_title_that_stands_alone_ends_before_a_bar(title, body, wanted):
    assert head(f"<title>{title}</title>", body=body).title == wanted


@pytest.mark.parametrize(
    ("elements", "body"),
    [
        ("", "<p>March 1, 2021</p><h1>{}</h1><p>On April 5, 2019, words and words went on for long enough.</p>"),
        ("", '<h1>{}</h1><p>The law passed on April 5, 2019.</p><div class="post-date">March 1, 2021</div>'),
        (
            "",
            "<header><h1>Ward Notes</h1><p>May 5, 2020</p></header><article><h1>{}</h1><p>March 1, 2021</p></article>",
        ),
        ("", "<h2>{}</h2><p>March 1, 2021</p>"),
        ("", '<h1>{}</h1><p>March 1, 2021</p><ul><li><time datetime="2023-05-05">May</time></li></ul>'),
        ("", '<time datetime="2021-03-01">x</time><h1>{}</h1><p>May 5, 2022</p>'),
        ("", "<h1>{}</h1><p>BOSTON, March 1, 2021 /Ward Wire/ -- A ward said on Monday that it had beds.</p>"),
        ("", '<h1>{}</h1><time title="Monday, March 1st, 2021">2 years ago</time>'),
        ("", '<h1>{}</h1><div class="date"><span>1</span><span>Mar</span><span>2021</span></div>'),
        ("", "<h1>{}</h1><p>Last updated April 3, 2022 | Published March 1, 2021</p>"),
        ('<meta name="twitter:label1" content="Published on"><meta name="twitter:data1" content="March 1, 2021">', ""),
        ('<meta name="published_at" content="2021-03-01">', ""),
        (
            '<meta name="citation_online_date" content="2021/03/01">'
            '<meta name="citation_publication_date" content="2021/06/01">',
            "",
        ),
        (
            '<meta name="parsely-page" content=\'{{"pub_date": "2021-03-02T04:00:00Z"}}\'>'
            '<meta name="date" content="2021-03-01">',
            "",
        ),
    ],
)
def test_a_date_is_found_where_pages_show_it(elements, body):
    reading = head(f"<title>{STORY}</title>", elements.format(), body=body.format(STORY))
    assert str(reading.published)[:10] == "2021-03-01"


@pytest.mark.parametrize("cut", ["…", "...", "[…]", "(...)", "[...]", "(…)"])
def test_a_description_that_was_cut_gives_way_to_its_whole_form(cut):
    short, whole = "Beds are counted every night by", "Beds are counted every night by those who make them."
    both = f'<meta property="og:description" content="{short} {cut}"><meta name="description" content="{whole}">'
    assert head(both).description == whole


@pytest.mark.parametrize(
    ("elements", "wanted"),
    [
        (['<meta name="application-name" content="Ward App">'], "Ward App"),
        (["<title>Story | Example</title>"], "Example"),
        (['<meta name="twitter:site" content="@wardnews">'], "wardnews"),
        ([], "example.org"),
    ],
)
def test_a_publisher_is_always_known(elements, wanted):
    assert head(*elements, url=HERE).publisher == wanted


def test_the_copyright_line_names_the_publisher():
    assert (
        head(body="<footer>Copyright © 2019-2024 Ward Press, Inc. All rights reserved.</footer>").publisher
        == "Ward Press"
    )
