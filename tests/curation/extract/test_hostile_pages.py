"""Pages made to harm: none raises, and each is read to its end; one that took for ever would hang the test."""

import pytest

from curation.extract import read

HERE = "https://www.example.org/news/story"
TITLE = "<title>Told in time</title>"
#: Characters of a page whose text is looked for: that takes ten times as long as the rest, and the sandbox ends it.
AS_MUCH = 100_000
LONG, LONGER = "http://" + "a." * 120 + "a?" + "x&" * 890, "http://" + "a." * 200_000 + "?" + "x&" * 200_000


def about(*addresses):
    """A page whose linked data says that it is at these addresses."""
    things = ", ".join(f'{{"@type": "Article", "url": "{address}"}}' for address in addresses)
    return TITLE + f'<script type="application/ld+json">[{things}]</script>'


HOSTILE = {
    "a reference without end": TITLE + f'<meta name="description" content="&amp;#{"1" * 5000};">',
    "linked data of long addresses": about(*[LONG] * 700),
    "linked data of a longer address": about(LONGER),
    "nested elements": TITLE + "<div>" * 10_000_000,
    "unclosed formatting": TITLE + "<p><b><i>x" * 500_000,
    "a million properties": TITLE + '<meta name="a" content="b">' * 1_000_000,
    "a million different properties": TITLE + "".join(f'<meta name="a{n}" content="b">' for n in range(150_000)),
    "brackets as linked data": TITLE + f'<script type="application/ld+json">{"[" * 5_000_000}</script>',
    "nested linked data": TITLE + f'<script type="application/ld+json">{"[" * 900}{"]" * 900}</script>',
    "wide linked data": TITLE + f'<script type="application/ld+json">[{"{}," * 300_000}{{}}]</script>',
    "linked data that stays open": TITLE + '<script type="application/ld+json">{"author": [' + '"author": {' * 90_000,
    "linked data of quotes": TITLE + f'<script type="application/ld+json">{chr(34) * 1_000_000}</script>',
    "linked data of commas": TITLE + f'<script type="application/ld+json">{"," + " " * 1_000_000}</script>',
    "linked data in circles": TITLE
    + '<script type="application/ld+json">{"@type":"Article","author":{"@id":"#a"},"@id":"#a"}</script>',
    "attributes without end": TITLE + "<p " + "".join(f"a{n}=1 " for n in range(300_000)) + ">",
    "a title without end": TITLE + "<h1>" + "a | " * 900_000,
    "blanks": TITLE + " " * 4_000_000,
    "ampersands": TITLE + f'<meta name="description" content="{"&amp;" * 700_000}">',
    "dates without end": TITLE + "<h1>x</h1>" + '<p class="date">1/1/1 January 1, </p>' * 90_000,
    "digits": TITLE + f'<h1>x</h1><p class="date">{"1" * 2_000_000}</p>',
    "bylines without end": TITLE + '<p class="author">By a and b, c and </p>' * 90_000,
    "headings without end": TITLE + "<h1>a</h1>" * 300_000,
    "times without end": TITLE + "<time>a</time>" * 300_000,
    "properties of items without end": TITLE + '<b itemprop="author" itemscope>' * 2_000,
    "a comment without end": TITLE + "<!--" + "-" * 3_000_000,
    "zero bytes": TITLE + "\x00" * 1_000_000,
    "halves of characters": TITLE + "\ud800" * 1000,
    "an encoding in text": '<?xml version="1.0" encoding="utf-16"?>' + TITLE,
    "copyrights without end": TITLE + "<footer>" + "copyright " * 300_000,
    "footers in footers": TITLE + "<footer><li>a</li>" * 200_000,
    "boxes around a text": f"{TITLE}<h1>x</h1>{'<div>' * 60}<b>x</b>{'by and by ' * 300_000}",
    "a frameset": "<frameset><frame>" + TITLE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_to_its_end(name):
    reading = read(HOSTILE[name], HERE)
    assert reading.publisher
    assert reading.title in {"Told in time", ""} or name in {"a title without end", "a frameset"}


@pytest.mark.parametrize(
    "name", ["nested elements", "unclosed formatting", "attributes without end", "halves of characters"]
)
def test_the_text_of_a_hostile_page_is_found_or_not_but_nothing_is_raised(name):
    assert isinstance(read(HOSTILE[name][:AS_MUCH], HERE).text, str)


@pytest.mark.parametrize("address", ["", "nonsense", "https://", "http://[::1", "https://example.org:99999/", "\x00"])
def test_any_address_will_do(address):
    page = '<base href="http://[x"><link rel="canonical" href="/a"><meta property="og:image" content="http://[">'
    assert read(page, address).image == ""


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"%PDF-1.7", bytes(range(256)) * 50])
def test_any_bytes_will_do(body):
    assert read(body, HERE).authors == []


@pytest.mark.parametrize(
    "value",
    ["null", "true", "1", "[]", "{}", '"x"', "[[1]]", '{"@id": 1}', '{"name": {"name": 1}}', '[{"@type": [1]}]'],
)
@pytest.mark.parametrize(
    "key", ["@type", "@id", "headline", "author", "image", "datePublished", "publisher", "hasPart", "url"]
)
def test_any_value_in_linked_data_will_do(key, value):
    script = f'<script type="application/ld+json">{{"@type": "Article", "{key}": {value}}}</script>'
    assert read(f"<title>Told</title>{script}", HERE).title in {"Told", "x"}
