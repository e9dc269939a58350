"""Differences of two texts and of two snapshots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.editing import compare
from curation.models import Article
from curation.models.fields import BEFORE
from curation.models.snapshots import snapshot
from tests.factories import make_article, make_link, make_offering, make_topic, step


def said(spans):
    """Spans with marks: ``[-gone-]``, ``{+come+}``."""
    looks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(looks[span.kind].format(span.words) for span in spans)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("", "", ""),
        ("One knee.", "One knee.", "One knee."),
        ("", "One knee.", "{+One knee.+}"),
        ("One knee.", "", "[-One knee.-]"),
        ("It decides much.", "It decides nothing.", "It decides [-much-]{+nothing+}."),
        ("One.\nTwo.\n", "One.\nThree.\nTwo.\n", "One.\n{+Three.\n+}Two.\n"),
    ],
)
def test_texts_are_compared_by_lines_and_words(old, new, wanted):
    assert said(compare.spans(old, new)) == wanted


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_their_difference(old, new):
    spans = compare.spans(old, new)
    assert "".join(span.words for span in spans if span.kind != "added") == old
    assert "".join(span.words for span in spans if span.kind != "removed") == new


def test_a_long_passage_is_shown_whole():
    old, new = "word " * 5_000, "other " * 5_000
    assert [span.kind for span in compare.spans(old, new)] == ["removed", "added"]


def test_two_snapshots_differ_in_what_people_read(db):
    first, second = make_topic("Field: Alpha"), make_topic("Field: Beta")
    article = make_article(title="Old", topics=[first], body="<p>One.</p><p>Two.</p>")
    before = snapshot(article)
    changes = {
        "title": "New",
        "body": "<p>One.</p><p>Three.</p>",
        "topics": [{"topic": second.pk}, {"topic": first.pk}],
        "offerings": [{"offering": make_offering(name="Ward Ear").pk, "role": "about"}],
    }
    step("edit", article, changes=changes)
    found = compare.differences(before, snapshot(Article.objects.get(pk=article.pk)))
    assert [(one.label, said(one.spans)) for one in found] == [
        ("Title", "[-Old-]{+New+}"),
        ("Brief", "One.\n\n[-Two-]{+Three+}."),
        ("Topics", "{+Field: Beta\n+}Field: Alpha\n"),
        ("Offerings", "{+Ward Ear (about)\n+}"),
        *[("Address", said(one.spans)) for one in found if one.name == "slug"],
    ]


def test_what_words_cannot_show_is_said(db):
    old = snapshot(make_article(body="<p>One knee.</p>"))
    (difference,) = compare.differences(old, old | {"body": "<p><strong>One</strong> knee.</p>"})
    assert (said(difference.spans), difference.note) == ("One knee.", "Only its form differs.")


def test_a_version_from_before_a_field_was_there_is_not_another_because_of_it(db):
    now = snapshot(make_article())
    then = {name: value for name, value in now.items() if name not in BEFORE}
    assert compare.differences(then, now) == []


def test_a_thing_that_is_gone_is_named_by_its_number(db):
    link = make_link("https://example.org/one")
    old = snapshot(make_article(sources=[link]))
    gone = old | {"sources": [{"link": 999_999, "role": "source"}]}
    (difference,) = compare.differences(old, gone)
    assert said(difference.spans) == "[-https://example.org/one\n-]{+link 999999, which is gone\n+}"


@pytest.mark.parametrize("topics", [1, 6])
def test_comparing_costs_a_query_for_each_kind_of_list(db, topics, django_assert_num_queries):
    old = snapshot(make_article(topics=[make_topic() for _ in range(topics)]))
    new = old | {"topics": old["topics"][:-1], "sources": []}
    with django_assert_num_queries(3):  # and one for topics that went into others
        assert len(compare.differences(old, new)) == 2


@pytest.mark.parametrize(
    ("old", "new", "added"),
    [
        ("One knee.", "One knee. It bends.", [" It bends."]),
        ("One knee. It is old.", "One knee. It bends. It is old.", [" It bends."]),
        ("“One knee?” he asks.", "“One knee?” “It bends?” he asks.", ["“It bends?” "]),
        ("One knee.", "One knee, bent.", [", bent"]),
    ],
)
def test_a_sentence_that_came_begins_behind_the_end_of_the_one_before(old, new, added):
    found = compare.spans(old, new)
    assert [span.words for span in found if span.kind == compare.ADDED] == added
    assert "".join(span.words for span in found if span.kind != compare.REMOVED) == new
    assert "".join(span.words for span in found if span.kind != compare.ADDED) == old
