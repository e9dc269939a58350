"""The calendar for other programs: read back by the library, for whom it is, until it ends."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.urls import reverse

from curation.models import CalendarFeed, LogEntry
from curation.workflow.calendar import feed
from medigy.http import logs
from tests.factories import make_article, make_in, make_person, make_published, step

HOUR = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


def read(client, address):
    """What a feed holds: events by their kind."""
    response = client.get(address)
    assert response.status_code == 200
    return {
        str(one["uid"]).partition("-")[0]: one for one in icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    }


@pytest.fixture
def busy(curator, clock):
    plan = make_in("in_review", owner=curator, title="Wards, beds; and \\ a “sign”\nof more")
    step("plan", plan, curator, planned_on=date(2026, 11, 9))
    return plan, make_published(owner=curator, title="A bus", at=HOUR, until=HOUR + timedelta(days=2))


def test_it_is_read_back_as_it_was_meant(client, curator, busy):
    plan, edition = busy
    events = read(client, feed.renew(curator))
    assert {kind: (str(one["summary"]), one.decoded("dtstart")) for kind, one in events.items()} == {
        "plan": (f"Planned: {plan.title}", date(2026, 11, 9)),
        "edition": ("Goes out: A bus", HOUR),
        "end": ("Ends: A bus", HOUR + timedelta(days=2)),
    }
    assert events["plan"].decoded("dtend") == date(2026, 11, 10)
    assert str(events["plan"]["uid"]) == f"plan-{plan.pk}@localhost"
    assert str(events["edition"]["uid"]) == f"edition-{edition.pk}@localhost"
    assert str(events["plan"]["url"]) == f"http://localhost{reverse('admin:curation_article_card', args=[plan.pk])}"


def test_hours_are_told_in_utc_whatever_the_newsroom_s_zone(client, curator, clock, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    make_published(owner=curator, at=datetime(2027, 3, 28, 1, 30, tzinfo=UTC))  # half past three, on summer time
    address = feed.renew(curator)
    assert b"DTSTART:20270328T013000Z" in client.get(address).content


def test_a_moved_event_is_the_same_with_a_higher_number(client, curator, manager, busy, clock):
    plan, edition = busy
    address = feed.renew(curator)
    before = read(client, address)
    clock.turn(hours=1)
    step("plan", plan, curator, planned_on=date(2026, 11, 10))
    step("reschedule", edition.article, manager, at=HOUR + timedelta(hours=1))
    after = read(client, address)
    for kind, begins in (("plan", date(2026, 11, 10)), ("edition", HOUR + timedelta(hours=1))):
        assert after[kind]["uid"] == before[kind]["uid"]
        assert after[kind].decoded("dtstart") == begins
        assert after[kind]["sequence"] > before[kind]["sequence"]
        assert after[kind].decoded("last-modified") - before[kind].decoded("last-modified") == timedelta(hours=1)


def test_what_did_not_change_is_not_sent_again_nor_even_read(client, curator, busy, clock, monkeypatch):
    address = feed.renew(curator)
    young = client.get(address).headers["ETag"]
    clock.turn(minutes=6)  # what was begun before the newest step is written by now
    etag = client.get(address).headers["ETag"]
    assert young != etag
    clock.turn(minutes=5)
    monkeypatch.setattr(feed, "events_of", None)
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_whatever_may_change_it_is_sent(client, curator, manager, busy, clock):
    plan, edition = busy
    address = feed.renew(curator)
    tags = {client.get(address).headers["ETag"]}
    changes = (
        lambda: step("edit", plan, manager, changes={"title": "One"}),
        lambda: (
            clock.turn(minutes=1),
            step("edit", plan, manager, changes={"title": "Two"}),
        ),  # the same row of the log
        lambda: step("plan", plan, curator, planned_on=None),
        lambda: step("cancel", edition.article, manager),
        lambda: clock.turn(days=1),
        lambda: curator.groups.set(manager.groups.all()),
    )
    for number, change in enumerate(changes, 2):
        change()
        tags.add(client.get(address).headers["ETag"])
        assert len(tags) == number


def test_what_is_to_come_has_its_place_before_what_was(client, curator, clock, monkeypatch):
    monkeypatch.setattr(feed, "MOST", 3)
    days = (-20, -2, 4, 30, 90)
    for day in days[:2]:
        make_published(owner=curator, title=f"{day}", at=clock.after(days=day))
    for day in days[2:]:
        make_published(owner=curator, title=f"{day}", at=clock.after(days=day))
    told = [one.title for one in feed.events_of(curator, clock.at)]
    assert told == ["Goes out: 4", "Goes out: 30", "Goes out: 90"]
    monkeypatch.setattr(feed, "MOST", 4)
    assert [one.title for one in feed.events_of(curator, clock.at)][-1] == "Goes out: -2"


def test_it_is_kept_out_of_caches_and_indexes(client, curator, busy):
    for response in (client.get(feed.renew(curator)), client.get("/planned/nobody/" + "x" * 43 + ".ics")):
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert not response.cookies


def test_somebody_sees_there_what_they_may_see_when_it_is_read(client, curator, manager, busy):
    plan, edition = busy
    other = make_person("Curator")
    theirs, all_of_it = feed.renew(other), feed.renew(manager)
    assert read(client, theirs) == {}
    assert set(read(client, all_of_it)) == {"plan", "edition", "end"}
    step("assign", plan, manager, owner=other)
    assert set(read(client, theirs)) == {"plan"}


def test_it_dies_with_the_account_the_role_the_address_and_at_will(client, curator, busy):
    first = feed.renew(curator)
    second = feed.renew(curator)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    curator.is_active = False
    curator.save()
    assert client.get(second).status_code == 404
    curator.is_active = True
    curator.save()
    roles = list(curator.groups.all())
    curator.groups.clear()
    assert client.get(second).status_code == 404
    curator.groups.set(roles)
    assert client.get(second).status_code == 200
    feed.revoke(curator)
    assert client.get(second).status_code == 404


def test_a_wrong_secret_costs_and_says_as_much_as_a_key_that_nobody_has(client, curator, db):
    key = feed.renew(curator).split("/")[2]
    answers = set()
    for tried in (key, "0" * 16):
        response = client.get(f"/planned/{tried}/{'x' * 43}.ics")
        answers.add((response.status_code, response.content))
    assert len(answers) == 1
    statuses = [client.get(f"/planned/{key}/{'x' * 43}.ics").status_code for _ in range(12)]
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_the_secret_is_long_kept_as_a_digest_and_never_logged(curator, db):
    address = feed.renew(curator)
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 43  # 256 bits
    assert secret not in str(CalendarFeed.objects.values().get())
    assert secret not in logs.clean(f"GET {address}")
    assert secret not in str(list(LogEntry.objects.values()))


@pytest.mark.parametrize("number", [1, 6])
def test_its_price_is_the_same_however_much_is_in_it(client, curator, clock, number, django_assert_max_num_queries):
    for _ in range(number):
        step("plan", make_article(owner=curator), curator, planned_on=date(2026, 11, 9))
        make_published(owner=curator, at=HOUR)
    address = feed.renew(curator)
    client.get(address)
    with django_assert_max_num_queries(13):
        tag = client.get(address).headers["ETag"]
    with django_assert_max_num_queries(7):
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
