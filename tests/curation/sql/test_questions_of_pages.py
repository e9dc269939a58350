"""Questions that the desk's pages keep ready give what their querysets give, to whoever asks, whenever."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.models import Comment, Harvest
from curation.sql import compiled_queries
from tests.factories import (
    make_article,
    make_in,
    make_link,
    make_person,
    make_picture,
    make_published,
    make_topic,
    step,
)

pytestmark = pytest.mark.engines

#: Pages that are asked for; those of an article follow its number.
PAGES = ("index", "curation_article_board", "curation_article_calendar", "curation_log")


@pytest.fixture
def asked(monkeypatch):
    """What was asked of the kept questions, by kind: each answer beside the queryset's own."""
    found = {"rows": [], "objects": []}

    def watched(kind):
        ask = getattr(compiled_queries, kind)

        def told(key, build, /, **given):
            answer, own = ask(key, build, **given), build(**given)
            # As they are now: pages put more on what they were given. What has no order is told in one.
            told = [[plain(one) for one in rows] for rows in (answer, own)]
            found[kind].append((key, *(told if own.ordered else map(sorted, told))))
            return answer

        return told

    for kind in found:
        monkeypatch.setattr(compiled_queries, kind, watched(kind))
    return found


def plain(one):
    """A row, or an object as what it holds with what was selected beside it, in words."""
    if isinstance(one, tuple | list):
        return repr(tuple(one))
    beside = {name: related and held(related) for name, related in one._state.fields_cache.items()}
    return repr((held(one), beside))


def held(one):
    return type(one), {name: value for name, value in vars(one).items() if name != "_state"}


@pytest.fixture
def newsroom(curator, manager):
    """Something of every kind that these pages show."""
    filed = [make_topic(), make_topic(retired=True)]
    waiting = make_in("in_review", owner=curator, topics=filed, picture_id=make_picture().pk)
    said = {"by": curator, "actor": "curator", "at": timezone.now(), "words": "Hold on."}
    Comment.objects.create(article=waiting, blocks=True, **said)
    link = make_link("https://read.example/x")
    Harvest.objects.create(link=link, state="done", asked_by=curator, asked_at=timezone.now(), text="What it says.")
    make_article(owner=curator, sources=[link], body='<p>See <a href="https://far.example/">it</a>.</p>')
    make_in("changes_requested", owner=curator, sources=[link])
    make_in("approved", owner=curator)
    step("edit", make_published(title="Out").article, manager, changes={"title": "Out, mended"})
    step("publish", make_in("approved", owner=curator), manager, at=timezone.now() + timedelta(hours=3))
    return waiting


@pytest.mark.parametrize("role", ["Manager", "Curator"])
def test_they_give_what_the_querysets_give(newsroom, curator, at_desk, asked, role):
    person = curator if role == "Curator" else make_person("Manager")
    client = at_desk(person)
    addresses = [reverse(f"admin:{name}") for name in PAGES]
    if role == "Manager":
        addresses.append(reverse("admin:curation_article_decide", args=[newsroom.pk]))
    for _ in range(2):  # once compiled for this, and once found as it was
        for address in addresses:
            assert client.get(f"{address}?all=1").status_code == 200
    assert {key[0] for key, *_ in asked["rows"]} >= {"piles", "contents", "sources read", "bell"}
    assert {key[0] for key, *_ in asked["objects"]} >= {"jobs", "coming", "today", "incoming"}
    for key, answer, own in asked["rows"] + asked["objects"]:
        assert answer == own, key
