"""Alternatives that are worked out as far as somebody looks."""

from curation.extract import read
from curation.extract.offers import Offers, Remembered

HERE = "https://www.example.org/news/story"


def counted(values, seen):
    for value in values:
        seen.append(value)
        yield value


def test_what_was_looked_at_is_kept_and_what_was_not_is_never_worked_out():
    seen = []
    kept = Remembered(counted("abc", seen))
    assert next(iter(kept)) == "a"
    assert seen == ["a"]
    assert (list(kept), list(kept), seen) == (["a", "b", "c"], ["a", "b", "c"], ["a", "b", "c"])


def test_of_each_field_the_first_is_had_alone_and_all_when_they_are_asked_for():
    seen = []
    offers = Offers({"title": counted([("", "page"), ("A", "meta"), ("B", "page"), ("A", "page")], seen), "image": []})
    assert (offers.first("title"), offers.first("image"), len(seen)) == ("A", None, 2)
    assert dict(offers) == {"title": [("A", "meta"), ("B", "page")], "image": []}
    assert offers == {"title": [("A", "meta"), ("B", "page")], "image": []}


def test_a_page_gives_the_same_first_values_and_alternatives_whichever_is_asked_for_first():
    page = (
        '<title>T of a page</title><meta property="og:title" content="O of a page"><meta name="byl" content="Ann Lee">'
        '<meta property="og:image" content="/a.jpg"><meta name="twitter:image" content="/b.jpg"><p>By Bo Day</p>'
    )
    one, other = read(page, HERE), read(page, HERE)
    assert [picture.url for picture in one.images] == [value for value, _ in other.found["image"]]
    assert [picture.url for picture in other.images] == [value for value, _ in one.found["image"]]
    assert (one.found, one) == (other.found, other)
