"""The newsroom around somebody's work: whose hour comes, what was done today, and to whom it is told."""

from datetime import timedelta

from django.utils import timezone

from curation.models import Harvest
from curation.sql import compiled_queries
from curation.workflow import waiting
from tests.factories import make_article, make_in, make_link, make_person, make_published, step


def test_what_goes_out_comes_in_its_order_with_who_approved_it(curator, manager):
    now = timezone.now()
    later = make_published(at=now + timedelta(days=2), owner=curator)
    article = make_in("in_review", owner=curator)
    step("approve", article, manager)
    sooner = step("publish", article, manager, at=now + timedelta(hours=1)).edition
    make_published(owner=curator)
    now = timezone.now()
    found = waiting.coming(manager, now)
    assert [(edition, edition.approval.by) for edition in found] == [(sooner, manager.pk), (later, None)]
    assert waiting.coming(curator, now) == [sooner, later]
    assert waiting.coming(make_person("Curator"), now) == []


def test_a_log_of_thousands_is_looked_at_no_further_than_its_newest(curator, manager, monkeypatch):
    since = timezone.now() - timedelta(hours=1)
    mine = make_article(owner=curator)
    monkeypatch.setattr(waiting.newsroom, "_LOOKED_AT", 2)
    monkeypatch.setattr(compiled_queries, "_plans", {})  # the limit is part of the query
    for _ in range(2):
        make_article(owner=manager)
    assert len(waiting.today(manager, since)) == 2
    assert waiting.today(curator, since) == []
    monkeypatch.setattr(waiting.newsroom, "_LOOKED_AT", 300)
    monkeypatch.setattr(compiled_queries, "_plans", {})
    assert {entry.article for entry in waiting.today(curator, since)} == {mine}
    assert waiting.today(manager, timezone.now() + timedelta(minutes=1)) == []


def test_links_coming_in_are_one_s_own_recent_and_lead_somewhere(curator):
    now = timezone.now()
    for asked_by, ago, has_article in (
        (curator, 0, True),
        (curator, 20, True),
        (curator, 0, False),
        (make_person("Curator"), 0, True),
    ):
        link = make_link()
        article = make_article(owner=asked_by, sources=[link]) if has_article else None
        harvest = Harvest.objects.create(link=link, asked_by=asked_by, asked_at=now - timedelta(hours=ago))
        if asked_by == curator and not ago and has_article:
            shown, into = harvest, article
    assert [(row, row.into) for row in waiting.incoming(curator, now)] == [(shown, into.pk)]
