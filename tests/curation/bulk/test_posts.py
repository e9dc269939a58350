"""What is posted to bulk work by hand: ids of what is not there, or not for whoever posts, do nothing at all."""

import pytest
from django.urls import reverse

from curation.models import Article, Batch, LogEntry
from tests.factories import make_article, make_in, make_person, make_topic

BULK = "admin:curation_article_bulk"
HUGE = "9" * 30


def begun(client, kind, articles):
    """A piece of work that was chosen; gives its address."""
    client.post(reverse(BULK), {"kind": kind, "chosen": [f"{a.pk}:{a.edit}" for a in articles]})
    return reverse("admin:curation_article_batch", args=[Batch.objects.latest("pk").pk])


def stood():
    """All that a step would change."""
    return list(Article.objects.order_by("pk").values()), LogEntry.objects.filter(article__isnull=False).count()


@pytest.mark.parametrize("who", ["nobody there", "without a role", "a reviewer's place for a curator", "huge", "words"])
def test_briefs_go_to_nobody_who_could_not_take_them(at_desk, manager, who):
    article, client = make_article(owner=manager), at_desk(manager)
    page, before = begun(client, "assign", [article]), stood()
    data = {
        "nobody there": {"owner": "987654"},
        "without a role": {"owner": make_person().pk},
        "a reviewer's place for a curator": {"reviewer": make_person("Curator").pk},
        "huge": {"owner": HUGE},
        "words": {"owner": "1 OR 1=1"},
    }[who]
    answer = client.post(page, {"do": "tell"} | data)
    assert answer.context["form"].errors.keys() == data.keys()
    client.post(page, {"do": "begin"})
    assert (stood(), Batch.objects.get().stage) == (before, "asking")


@pytest.mark.parametrize("topic", ["", HUGE, "Field: Nowhere", "7"])
def test_a_topic_is_one_that_there_is(at_desk, curator, topic):
    make_topic()
    article, client = make_article(owner=curator), at_desk(curator)
    page, before = begun(client, "add_topic", [article]), stood()
    assert client.post(page, {"do": "tell", "topic": topic}).context["form"].errors.keys() == {"topic"}
    client.post(page, {"do": "begin"})
    assert stood() == before


def test_details_that_a_kind_does_not_ask_for_are_not_taken(at_desk, curator, manager):
    article, client = make_article(owner=curator), at_desk(curator)
    page = begun(client, "decline", [article])
    extra = {"owner": manager.pk, "at": "2020-01-01T00:00", "successor": "1", "version": "1", "edition": "1"}
    client.post(page, {"do": "tell", "reason": "Told before."} | extra)
    assert Batch.objects.get().details["told"] == {"reason": "Told before."}


def test_a_tick_for_a_brief_that_is_not_there_or_not_ones_own_to_see_is_no_tick(at_desk, curator, manager):
    own, theirs = make_article(owner=curator), make_article(owner=manager)
    ticks = [f"{own.pk}:{own.edit}", f"{theirs.pk}:{theirs.edit}", "987654:0", f"{HUGE}:0", f"{own.pk}:-1", ":", "²:0"]
    at_desk(curator).post(reverse(BULK), {"kind": "submit", "chosen": ticks})
    batches = Batch.objects.all()
    assert {item.article_id for batch in batches for item in batch.items.all()} <= {own.pk}


def test_nobody_goes_on_with_undoing_what_another_did(at_desk, curator, manager):
    article = make_in("draft", owner=curator)
    page = begun(at_desk(curator), "submit", [article])
    at_desk(curator).post(page, {"do": "begin"})
    before, colleague = stood(), at_desk(make_person("Curator"))
    for wish in ("undo", "go", "stop", "leave"):
        assert colleague.post(page, {"do": wish}).status_code == 404
    assert stood() == before
    at_desk(curator).post(page, {"do": "undo"})
    at_desk(manager).post(page, {"do": "undo"})
    article.refresh_from_db()
    assert (article.state, article.log.filter(step="undo").count()) == ("draft", 1)
