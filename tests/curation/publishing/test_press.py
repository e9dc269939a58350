"""The press: windows that never overlap, dates that stay, addresses that lead on."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from curation import workflow
from curation.models import OPEN, Edition, EditionByline, EditionOffering, EditionTopic, LogEntry, Version
from curation.models.people import sections
from curation.publishing import press
from offerings import addresses
from offerings.models import PublicationCounter, Redirect
from tests.factories import (
    MACHINE,
    make_author,
    make_in,
    make_link,
    make_offering,
    make_picture,
    make_published,
    make_topic,
    step,
    words,
)

pytestmark = [pytest.mark.engines, pytest.mark.django_db]


def windows(article, clock):
    """The windows of an article as hours from ``clock.at``, oldest first; OPEN is None. With how each ended."""

    def hours(moment):
        return None if moment == OPEN else (moment - clock.at).total_seconds() / 3600

    return [
        (hours(edition.live_from), hours(edition.live_until), str(edition.ended))
        for edition in article.editions.order_by("number")
    ]


def publish(article, at=None, until=None):
    return step("publish", article, at=at, until=until).edition


def again(article, slug=None, **changes):
    """A new approved Version of the article."""
    step("edit", article, changes=changes | ({"slug": slug} if slug else {}))
    step("approve", article)


# Windows --------------------------------------------------------------------------------------------------------------


def test_a_new_edition_ends_the_one_before_it(clock):
    article = make_in("approved")
    publish(article)
    clock.turn(hours=1)
    publish(article)
    assert windows(article, clock) == [(-1, 0, "replaced"), (0, None, "")]


def test_pressing_twice_in_one_instant_leaves_the_second(clock):
    article = make_in("approved")
    first, second = publish(article), publish(article)
    assert windows(article, clock) == [(0, 0, "replaced"), (0, None, "")]
    assert Edition.objects.live().get() == second
    assert second.first_published_at == first.first_published_at


def test_a_schedule_ends_the_live_edition_at_its_hour_and_nobody_needs_to_run_then(clock):
    article = make_in("approved")
    first = publish(article)
    second = publish(article, at=clock.after(hours=5))
    assert windows(article, clock) == [(0, 5, "replaced"), (5, None, "")]
    assert Edition.objects.live().get() == first
    clock.turn(hours=5)
    assert Edition.objects.live().get() == second


def test_cancelling_gives_the_predecessor_its_own_end_back(clock):
    for until, end in ((None, None), (clock.after(hours=9), 9)):
        article = make_in("approved")
        publish(article, until=until)
        cancelled = publish(article, at=clock.after(hours=5))
        assert step("cancel", article).edition == cancelled
        assert windows(article, clock) == [(0, end, ""), (5, 5, "cancelled")]


def test_a_schedule_after_the_predecessors_own_end_leaves_it_alone(clock):
    article = make_in("approved")
    publish(article, until=clock.after(hours=2))
    publish(article, at=clock.after(hours=5))
    assert windows(article, clock) == [(0, 2, ""), (5, None, "")]
    step("cancel", article)
    assert windows(article, clock) == [(0, 2, ""), (5, 5, "cancelled")]


def test_another_schedule_replaces_the_first(clock):
    article = make_in("approved")
    publish(article)
    publish(article, at=clock.after(hours=5))
    publish(article, at=clock.after(hours=3), until=clock.after(hours=4))
    assert windows(article, clock) == [(0, 3, "replaced"), (5, 5, "cancelled"), (3, 4, "")]
    step("cancel", article)
    assert windows(article, clock) == [(0, None, ""), (5, 5, "cancelled"), (3, 3, "cancelled")]


def test_publishing_now_replaces_what_was_scheduled(clock):
    article = make_in("approved")
    publish(article)
    publish(article, at=clock.after(hours=5))
    clock.turn(hours=1)
    publish(article)
    assert windows(article, clock) == [(-1, 0, "replaced"), (4, 4, "cancelled"), (0, None, "")]


@pytest.mark.parametrize(("hour", "cut"), [(2, 2), (8, 8), (12, 9)])
def test_a_schedule_moves_and_the_predecessor_with_it(clock, hour, cut):
    article = make_in("approved")
    publish(article, until=clock.after(hours=9))
    moved = publish(article, at=clock.after(hours=5), until=clock.after(hours=24))
    assert step("reschedule", article, at=clock.after(hours=hour)).edition == moved
    assert windows(article, clock) == [(0, cut, "replaced" if cut == hour else ""), (hour, 24, "")]
    step("cancel", article)
    assert windows(article, clock) == [(0, 9, ""), (hour, hour, "cancelled")]


def test_a_schedule_takes_another_end_where_one_is_given(clock):
    article = make_in("approved")
    publish(article, at=clock.after(hours=5), until=clock.after(hours=24))
    step("reschedule", article, at=clock.after(hours=6), until=clock.after(hours=7))
    assert windows(article, clock) == [(6, 7, "")]
    step("reschedule", article, at=clock.after(hours=6), until=OPEN)
    assert windows(article, clock) == [(6, None, "")]


def test_what_expires_ends_by_the_clock_alone(clock):
    article = make_in("approved")
    publish(article, until=clock.after(hours=2))
    clock.turn(hours=2)
    assert not Edition.objects.live().exists()
    publish(article)
    assert windows(article, clock) == [(-2, 0, ""), (0, None, "")]


def test_withdrawing_ends_what_is_live_and_cancels_what_is_scheduled(clock):
    article = make_in("approved")
    live = publish(article)
    publish(article, at=clock.after(hours=5))
    clock.turn(hours=1)
    assert step("withdraw", article, reason="Wrong.").edition == live
    assert windows(article, clock) == [(-1, 0, "withdrawn"), (4, 4, "cancelled")]
    assert Edition.objects.get(pk=live.pk).reason == "Wrong."


def test_withdrawing_what_is_only_scheduled_cancels_it(clock):
    article = make_in("approved")
    scheduled = publish(article, at=clock.after(hours=5))
    assert step("withdraw", article, reason="Wrong.").edition == scheduled
    assert windows(article, clock) == [(5, 5, "cancelled")]


def test_rolling_back_presses_again_and_cancels_what_is_scheduled(clock):
    article = make_in("approved")
    publish(article)
    clock.turn(hours=1)
    publish(article)
    publish(article, at=clock.after(hours=5))
    clock.turn(hours=1)
    step("roll_back", article)
    assert windows(article, clock) == [(-2, -1, "replaced"), (-1, 0, "replaced"), (4, 4, "cancelled"), (0, None, "")]


def test_every_window_that_moved_is_in_the_log(clock):
    article = make_in("approved")
    publish(article)
    publish(article, at=clock.after(hours=5))
    step("reschedule", article, at=clock.after(hours=6))
    now, five, six = (clock.after(hours=hours).isoformat() for hours in (0, 5, 6))
    told = {row.step: row.details["windows"] for row in LogEntry.objects.exclude(details={}).order_by("id")}
    assert told == {
        "publish": [
            {"edition": 1, "from": now, "until": five, "ended": "replaced"},
            {"edition": 2, "from": five, "until": None, "ended": ""},
        ],
        "reschedule": [
            {"edition": 2, "from": six, "until": None, "ended": ""},
            {"edition": 1, "from": now, "until": six, "ended": "replaced"},
        ],
    }


# Dates ----------------------------------------------------------------------------------------------------------------


def test_the_first_date_is_carried_from_edition_to_edition(clock):
    article = make_in("approved")
    first = clock.at
    publish(article)
    clock.turn(days=9)
    publish(article)
    step("withdraw", article, reason="Wrong.")
    clock.turn(days=9)
    assert publish(article).first_published_at == first


def test_a_date_that_nobody_saw_is_not_carried(clock):
    article = make_in("approved")
    publish(article, at=clock.after(hours=5))
    step("cancel", article)
    clock.turn(days=1)
    assert publish(article).first_published_at == clock.at


def test_a_first_schedule_that_moves_takes_its_date_along_wherever_lists_sort_by_it(clock):
    lists = {"topics": [make_topic()], "offerings": [make_offering()], "bylines": [make_author()]}
    article = make_in("approved", **lists)
    publish(article, at=clock.after(hours=5))
    step("reschedule", article, at=clock.after(hours=8))
    for model in (Edition, EditionTopic, EditionOffering, EditionByline):
        assert model.objects.get().first_published_at == clock.after(hours=8)


def test_a_later_schedule_that_moves_keeps_the_first_date(clock):
    article, first = make_in("approved"), clock.at
    publish(article)
    clock.turn(days=1)
    publish(article, at=clock.after(hours=5))
    step("reschedule", article, at=clock.after(hours=8))
    assert set(Edition.objects.values_list("first_published_at", flat=True)) == {first}


def test_the_date_an_article_carries_wins(clock):
    day = datetime(2023, 1, 13, 12, tzinfo=UTC)
    article = make_in("approved", dated_at=day.isoformat(), dated_day=True)
    edition = publish(article, at=clock.after(hours=5))
    assert (edition.first_published_at, edition.dated_day) == (day, True)
    step("reschedule", article, at=clock.after(hours=8))
    assert Edition.objects.get().first_published_at == day


# What is pressed ------------------------------------------------------------------------------------------------------


def test_an_edition_copies_the_words_and_refers_to_the_catalogue(clock):
    topics, offering, author, picture = [make_topic(), make_topic()], make_offering(), make_author(), make_picture()
    inside = make_picture(name="abcd1234")
    links = [
        make_link("https://www.example.org/a?utm_source=x", title="The original", site_name="Example", favicon="f.png"),
        make_link("https://news.example.net/b"),
    ]
    article = make_in(
        "approved",
        title="T",
        standfirst="S.",
        body='<p>B.</p><p><img src="/media/abcd1234-800.jpg" alt="x"></p>',
        picture_id=picture.pk,
        picture_alt="Alt",
        picture_credit="Credit",
        focus_x=10,
        focus_y=90,
        pdf="/p.pdf",
        insights_name="Editor",
        insights="I.",
        topics=topics,
        bylines=[author],
        offerings=[{"offering": offering.pk, "role": "about"}],
        sources=[links[0], {"link": links[1].pk, "role": "via", "label": "Elsewhere"}],
    )
    edition = publish(article)
    edition = Edition.objects.get(pk=edition.pk)
    assert {name: getattr(edition, name) for name in Edition.CONTENT if name not in ("cover", "pressed_at")} == {
        "article_id": article.pk,
        "version_id": article.approved_version_id,
        "number": 1,
        "section_id": article.section_id,
        "slug": "example-t",
        "dated_day": False,
        "title": "T",
        "summary": "S.",
        "source_brand": "example.org",
        "minutes": 1,
        "picture_id": picture.pk,
        "picture_alt": "Alt",
        "picture_credit": "Credit",
        "focus_x": 10,
        "focus_y": 90,
        "standfirst": "S.",
        "bylines": [{"author": author.pk, "name": author.name, "url": author.get_absolute_url()}],
        "sources": [
            {
                "link": links[0].pk,
                "role": "source",
                "url": "https://www.example.org/a",
                "brand": "example.org",
                "title": "The original",
                "site_name": "Example",
                "favicon": "f.png",
            },
            {
                "link": links[1].pk,
                "role": "via",
                "url": "https://news.example.net/b",
                "brand": "news.example.net",
                "title": "",
                "site_name": "Elsewhere",
                "favicon": "",
            },
        ],
        "pdf": "/p.pdf",
        "insights_name": "Editor",
        "insights": "I.",
        "updated_at": clock.at,
        "update_note": "",
        "body": article.body,
    }
    assert list(edition.edition_topics.values_list("topic", "position")) == [(topics[0].pk, 0), (topics[1].pk, 1)]
    assert list(edition.edition_offerings.values_list("offering", "role")) == [(offering.pk, "about")]
    assert list(edition.edition_bylines.values_list("author")) == [(author.pk,)]
    assert list(edition.pictures.all()) == [inside]


def test_a_standfirst_that_repeats_the_body_stands_on_cards_only():
    body = "<p>Nurses speak and the record writes itself. Then they go home, on time.</p>"
    edition = make_published(standfirst="Nurses speak and the record writes itself.", body=body)
    assert (edition.summary, edition.standfirst) == ("Nurses speak and the record writes itself.", "")


def test_the_cover_keeps_to_its_taxonomys_hue_and_is_the_same_for_every_edition():
    topic = make_topic("Gartner: Digital Twin")
    topic.taxonomy.hue = 20
    topic.taxonomy.save()
    edition = make_published(topics=[topic])
    hue = int(edition.cover.split("-")[1])
    assert abs(hue - 20) <= 2
    assert step("publish", edition.article).edition.cover == edition.cover


def test_an_article_without_a_topic_has_a_cover_too():
    article = workflow.begin(by=MACHINE, **words(topics=[]))
    for name in ("submit", "approve", "publish"):
        assert not workflow.take_many(name, [article], by=MACHINE, gates=False).refused
    assert Edition.objects.get().cover.endswith(".svg")


def test_a_note_tells_readers_what_changed():
    article = make_in("approved")
    assert (
        step("publish", article, note="The ward's name was wrong.").edition.update_note == "The ward's name was wrong."
    )


def test_every_press_tells_the_caches():
    article = make_in("approved")
    values = [addresses.edition_of_site()]
    for name, details in (("publish", {}), ("withdraw", {"reason": "Wrong."}), ("roll_back", {})):
        step(name, article, **details)
        values.append(PublicationCounter.objects.get().value)
    assert values == sorted(set(values))


# Addresses ------------------------------------------------------------------------------------------------------------


def test_every_old_address_leads_to_the_newest_in_one_step(clock):
    article = make_in("approved", slug="one")
    publish(article)
    for slug in ("two", "three"):
        clock.turn(hours=1)
        again(article, slug)
        publish(article)
    assert dict(Redirect.objects.values_list("path", "target")) == {
        "/news/one": "/news/three/",
        "/news/two": "/news/three/",
    }


def test_an_address_that_comes_back_leads_nowhere_else(clock):
    article = make_in("approved", slug="one")
    for slug in ("two", "three"):
        publish(article)
        clock.turn(hours=1)
        again(article, slug)
    publish(article)
    clock.turn(hours=1)
    first = article.editions.get(slug="one")
    step("roll_back", article, edition=first.pk)
    assert dict(Redirect.objects.values_list("path", "target")) == {
        "/news/two": "/news/one/",
        "/news/three": "/news/one/",
    }


def test_old_addresses_lead_on_only_from_the_hour_that_the_new_one_opens(clock):
    article = make_in("approved", slug="one")
    publish(article)
    clock.turn(hours=1)
    again(article, "two")
    publish(article)
    clock.turn(hours=1)
    again(article, "three")
    publish(article, at=clock.after(hours=5))
    assert dict(Redirect.objects.values_list("path", "target")) == {"/news/one": "/news/two/"}
    assert not Edition.objects.live().once_at("three").exists()
    clock.turn(hours=5)
    assert Edition.objects.live().once_at("one").get().slug == "three"
    make_published()
    assert dict(Redirect.objects.values_list("path", "target")) == {
        "/news/one": "/news/three/",
        "/news/two": "/news/three/",
    }


def test_an_address_that_readers_never_saw_leads_nowhere(clock):
    article = make_in("approved", slug="one")
    publish(article)
    again(article, "two")
    publish(article, at=clock.after(hours=5))
    again(article, "three")
    clock.turn(hours=1)
    publish(article)
    assert dict(Redirect.objects.values_list("path", "target")) == {"/news/one": "/news/three/"}


def test_an_edition_without_an_address_cannot_be(clock):
    article = make_in("approved")
    order = press.Order(article, article.approved_version, clock.at)
    article.approved_version.content["slug"] = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        press.press_many([order], at=clock.at)


def test_a_page_that_opens_takes_its_address_from_a_redirect(clock):
    addresses.redirect("/news/mine", "/news/elsewhere/")
    article = make_in("approved", slug="mine")
    publish(article, at=clock.after(hours=1))
    assert addresses.lookup("/news/mine/") == "/news/elsewhere/"
    publish(article)
    assert addresses.lookup("/news/mine/") is None


# Prices ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2, 20])
def test_pressing_many_costs_the_queries_of_pressing_two(django_assert_num_queries, number):
    addresses.touch()  # the counter is made once
    sections()  # a process knows them for seconds
    lists = {"topics": [make_topic(), make_topic()], "bylines": [make_author()], "offerings": [make_offering()]}
    orders = _orders(workflow.begin_many([words(**lists) for _ in range(number)], by=MACHINE))
    with django_assert_num_queries(19):
        assert len(press.press_many(orders, at=orders[0].live_from)) == number


def _orders(articles):
    for name in ("submit", "approve"):
        assert not workflow.take_many(name, articles, by=MACHINE).refused
    known = Version.objects.in_bulk([article.approved_version_id for article in articles])
    at = max(version.updated_at for version in known.values())
    return [press.Order(article, known[article.approved_version_id], at) for article in articles]
