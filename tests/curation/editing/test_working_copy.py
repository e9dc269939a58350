"""The working copy: one way to write it, and the address it is proposed."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation.editing import working_copy
from curation.models import Article, Section
from curation.models.snapshots import snapshot
from tests.factories import make_article, make_author, make_link, make_offering, make_picture, make_topic, words

pytestmark = pytest.mark.django_db


def loaded():
    return Article.objects.with_relations().get()


def test_what_was_written_is_what_a_snapshot_gives(clock):
    changes = words(
        topics=[{"topic": make_topic().pk, "spelling": "spelt so"}, {"topic": make_topic().pk, "spelling": ""}],
        bylines=[make_author(), make_author()],
        offerings=[make_offering()],
        sources=[{"link": make_link().pk, "role": "via", "label": "L", "reason": "R"}],
        picture_id=make_picture().pk,
        dated_at="2026-01-02T03:04:05.000006+00:00",
        modified_at=None,
    )
    make_article()
    working_copy.write_many([(loaded(), changes)], clock.at)
    content = snapshot(loaded())
    assert {name: content[name] for name in changes} == changes


def test_a_snapshot_writes_itself_back(clock):
    make_article(offerings=[make_offering()], dated_at=datetime(2026, 1, 2, tzinfo=UTC))
    before = snapshot(loaded())
    working_copy.write_many([(loaded(), before)], clock.at)
    assert snapshot(loaded()) == before


def test_writing_says_when_unless_the_changes_do(clock):
    make_article()
    working_copy.write_many([(loaded(), {"title": "New"})], clock.at)
    assert loaded().modified_at == clock.at


def test_lists_that_are_not_named_stay(clock):
    make_article(topics=[make_topic()])
    before = snapshot(loaded())
    working_copy.write_many([(loaded(), {"title": "New", "sources": []})], clock.at)
    assert snapshot(loaded())["topics"] == before["topics"]
    assert snapshot(loaded())["sources"] == []


def test_loaded_relations_are_forgotten(clock):
    make_article(topics=[make_topic()])
    article = loaded()
    working_copy.write_many([(article, {"topics": []})], clock.at)
    assert list(article.article_topics.all()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"headline": "x", "state": "approved"}, "An article has no headline, state."),
        ({"title": "x" * 501}, "title is 501 characters long; there is room for 500."),
        ({"slug": "x" * 601}, "slug is 601 characters long; there is room for 600."),
    ],
)
def test_what_an_article_cannot_hold_is_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        working_copy.apply(Article(), changes)


def test_writing_many_costs_the_queries_of_two(clock):
    made, topic = [], make_topic()
    for number in (2, 20):
        pairs = [(make_article(), words(topics=[topic])) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            working_copy.write_many(pairs, clock.at)
        made.append(len(queries))
    assert made[0] == made[1] <= 8


def slugs_made(*wished):
    """What unsaved articles that wish for these slugs get."""
    articles = [Article(slug=slug) for slug in wished]
    working_copy.make_unique(articles)
    return [article.slug for article in articles]


def test_slugs_are_numbered_past_those_that_are_taken():
    section = Section.news()
    for slug in ("a", "a-2", "b", *(f"c-{n}" for n in range(2, 40)), "c"):
        Article.objects.create(section=section, slug=slug)
    assert slugs_made("a", "a", "b", "d", "d", "", "", "c") == [
        "a-3",
        "a-4",
        "b-2",
        "d",
        "d-2",
        "untitled",
        "untitled-2",
        "c-40",
    ]


def test_a_numbered_wish_meets_a_numbered_gift():
    Article.objects.create(section=Section.news(), slug="a")
    assert slugs_made("a", "a-2", "a") == ["a-3", "a-2", "a-4"]


def test_many_of_one_name_cost_the_queries_of_a_few():
    Article.objects.create(section=Section.news(), slug="a")
    with CaptureQueriesContext(connection) as queries:
        made = slugs_made(*["a"] * 50)
    assert made == [f"a-{number}" for number in range(2, 52)]
    assert len(queries) == 4


def test_an_articles_own_slug_is_free_to_itself():
    article = Article.objects.create(section=Section.news(), slug="a")
    working_copy.make_unique([article])
    assert article.slug == "a"


def test_the_main_source_is_the_first_of_its_role():
    first, second, via = make_link("https://a.example/1"), make_link("https://b.example/2"), make_link()
    article = make_article(sources=[{"link": via.pk, "role": "via"}, first, second])
    assert working_copy.main_addresses([article]) == {article.pk: "https://a.example/1"}


def test_what_is_gone_is_found_and_left_out():
    topic, kept, picture = make_topic(), make_topic(), make_picture()
    content = {
        "topics": [{"topic": topic.pk}, {"topic": kept.pk}],
        "bylines": [{"author": 999}],
        "sources": [],
        "offerings": [],
        "picture_id": picture.pk,
        "pdf": "javascript:alert(1)",
    }
    topic_id, picture_id = topic.pk, picture.pk
    topic.delete()
    picture.delete()
    missing = working_copy.gone([content])
    assert missing == {("topics", topic_id), ("bylines", 999), ("picture_id", picture_id)}
    assert working_copy.without(content, missing) == {
        "topics": [{"topic": kept.pk}],
        "bylines": [],
        "sources": [],
        "offerings": [],
        "picture_id": None,
        "pdf": "",
    }


def test_the_checks_read_what_a_snapshot_refers_to():
    retired, picture = make_topic(label="Fax", retired=True), make_picture(state="missing")
    link = make_link("https://news.example.org/a", site_name="Example News")
    article = make_article(topics=[make_topic(), retired], sources=[link], picture_id=picture.pk)
    (subject,) = working_copy.subjects({article.pk: snapshot(loaded())}).values()
    assert (subject.brand, subject.site_name) == ("news.example.org", "Example News")
    assert (subject.picture_missing, subject.retired_topics) == (True, ["Fax"])


@pytest.mark.parametrize("name", working_copy.HTML)
def test_what_holds_html_is_cleaned_whoever_brings_it(db, name):
    article = make_article(**{name: '<p onclick="alert(1)">One <script>alert(1)</script><b>knee</b>.</p>'})
    assert getattr(article, name) == "<p>One <strong>knee</strong>.</p>"
