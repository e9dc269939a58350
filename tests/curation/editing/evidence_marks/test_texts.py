"""The texts of an article's sources: those that were read, in the article's order, in one query."""

import pytest
from django.utils import timezone

from curation.editing.evidence_marks import Text, texts, texts_of
from curation.models import Harvest
from curation.models.snapshots import snapshot
from tests.factories import make_article, make_link


def read(link, text, kind="page"):
    Harvest.objects.create(link=link, asked_at=timezone.now(), state="done", text=text, kind=kind)
    return link


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 5])
def test_they_come_in_the_article_s_order_and_cost_one_query(django_assert_num_queries, more):
    others = [read(make_link(f"https://more.example/{number}"), f"More {number}.") for number in range(more)]
    first, second = read(make_link(), "A.\n B. \n\nC."), read(make_link(), "A.\n B. \n\nC.", "text")
    content = snapshot(make_article(sources=[second, make_link(), first, *others]))
    content["sources"].append(content["sources"][0] | {"role": "via"})
    with django_assert_num_queries(1):
        texts = texts_of(content)
    assert texts[:2] == [
        Text(second.pk, second.brand, ("A.\n B.", "C.")),
        Text(first.pk, first.brand, ("A.", "B.", "C.")),
    ]
    assert [text.paragraphs for text in texts[2:]] == [(f"More {number}.",) for number in range(more)]


@pytest.mark.django_db
def test_texts_that_are_too_long_together_are_left_out_but_for_the_first(monkeypatch):
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 20)
    addresses = (f"https://long.example/{number}" for number in range(3))
    links = [read(make_link(one), "Ten signs." * many) for one, many in zip(addresses, (1, 1, 3), strict=True)]
    assert [text.link for text in texts_of(snapshot(make_article(sources=links)))] == [links[0].pk, links[1].pk]
    long = snapshot(make_article(sources=[links[2]]))
    assert [text.link for text in texts_of(long)] == [links[2].pk]
