"""The failing inputs that measuring found, where they lie beside the project: each gives its right value now."""

import json
from pathlib import Path

import pytest

from curation.models import Article, Edition
from curation.text import prose
from offerings.addresses import lookup
from tests.curation.importer.importing import run

CASES = Path(__file__).parents[4] / "shared" / "cases" / "intake"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not CASES.exists(), reason="the cases are not beside the project"),
]


def case(name):
    """The expected value of a case."""
    manifest = json.loads((CASES / "manifest.json").read_text())
    return next(row["expected"] for row in manifest["cases"] if row["id"] == name)


def took(name):
    """Import a case's folder."""
    ran = run(CASES / "import" / name / "content", verbosity=2)
    assert ran.status == 0, ran.lines
    return ran


@pytest.mark.parametrize("name", ["jekyll-published-false", "hugo-publishdate-embargo", "jekyll-drafts-folder"])
def test_what_must_not_be_seen_is_not_live(name):
    took(name)
    assert Article.objects.count() == 1
    assert {"a.md": Edition.objects.live().exists()} == case(name)


def test_the_old_address_leads_to_the_article():
    took("hugo-url")
    assert lookup("/2014/01/26/an-old-address/") == Edition.objects.live().get().get_absolute_url()


@pytest.mark.parametrize("name", ["same-title-twice", "blank-line-first", "toml", "html-document"])
def test_every_document_is_taken(name):
    took(name)
    assert Article.objects.count() == case(name)


@pytest.mark.parametrize("name", ["date-one-digit-hour", "date-rfc-822", "date-in-file-name", "date-words-and-slashes"])
def test_its_date_is_read(name):
    took(name)
    assert [str(row.dated_at.date()) for row in Article.objects.order_by("document__path")] == case(name)


def test_a_picture_that_is_not_there_is_said():
    assert took("body-picture").counts("lost: picture in a body") == [1]


def test_no_shortcode_is_in_what_readers_see():
    took("shortcodes")
    assert "{{" not in Edition.objects.live().get().body


def test_entities_are_characters():
    took("entities")
    article = Article.objects.get()
    topics = [row.tag.name for row in article.article_topics.all()]
    assert [article.title, article.slug, topics] == case("entities")


@pytest.mark.parametrize("name", ["kramdown-marks", "markdown-with-a-table"])
def test_a_body_holds_what_it_should_and_nothing_else(name):
    html = prose.body((CASES / "prose" / f"{name}.md").read_text())
    expected = case(name)
    assert [part for part in expected["contains"] if part not in html] == []
    assert [part for part in expected["lacks"] if part in html] == []
