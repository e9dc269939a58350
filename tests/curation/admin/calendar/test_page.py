"""The calendar: its days and entries, its addresses, the list's filters, gaps, the shelf, and its price."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from curation.models import Article, Edition, Preference, SavedSearch
from tests.factories import make_article, make_in, make_person, make_published, make_topic, step

CALENDAR = reverse("admin:curation_article_calendar")
TODAY = date(2026, 11, 2)  # of the clock: a Monday


def span(view, name):
    return reverse("admin:curation_article_calendar_span", args=[view, name])


def shown(client, address=CALENDAR, question="all=1"):
    """The days of a page: what stands on each, as pairs of kind and title."""
    response = client.get(f"{address}?{question}")
    assert response.status_code == 200
    cells = response.context["cells"]
    return {
        f"{cell.day:%m-%d}": [(one.kind, one.entry.title) for one in cell.entries] for cell in cells if cell.entries
    }


def planned(day, by=None, state="approved", **given):
    article = make_in(state, **given)
    step("plan", article, by, planned_on=day)
    return article


@pytest.fixture
def busy(clock):
    """A month with one of each."""
    at = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
    planned(TODAY + timedelta(days=2), title="A plan")
    make_published(title="To come", at=at, until=at + timedelta(days=3))
    make_published(title="Out today")
    clock.turn(hours=1)


@pytest.mark.parametrize(
    ("view", "name", "days"),
    [
        ("month", "2026-11", ["11-02", "11-04", "11-12", "11-15"]),
        ("week", "2026-w46", ["11-12", "11-15"]),
        ("agenda", "2026-11-04", ["11-04", "11-12", "11-15"]),
        ("day", "2026-11-12", ["11-12"]),
    ],
)
def test_plans_hours_and_ends_stand_on_their_days(at_desk, manager, busy, view, name, days):
    on = {
        "11-02": [("out", "Out today")],
        "11-04": [("plan", "A plan")],
        "11-12": [("goes", "To come")],
        "11-15": [("ends", "To come")],
    }
    assert shown(at_desk(manager), span(view, name)) == {day: on[day] for day in days}


def test_it_opens_with_this_month_and_marks_today(at_desk, manager, busy):
    html = at_desk(manager).get(f"{CALENDAR}?all=1").content.decode()
    assert re.findall(r'data-day="([\d-]+)" aria-current="date"', html) == ["2026-11-02"]
    assert "<h1>November 2026</h1>" in html
    nav = re.search(r'<nav class="bar-nav".*?</nav>', html)[0]
    assert re.findall(r'<a href="([^"]*)" aria-current="page">([^<]*)', nav) == [(CALENDAR, "Calendar")]


def test_weeks_begin_on_monday_and_have_the_numbers_of_iso_8601(at_desk, manager, db):
    page = at_desk(manager).get(span("month", "2027-01") + "?all=1")
    assert [number for number, _, _ in page.context["weeks"]] == [53, 1, 2, 3, 4]
    assert [week for _, week, _ in page.context["weeks"]][:2] == ["2026-w53", "2027-w01"]
    assert page.context["weekdays"][0] == "Monday"


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ("year", "2026"),
        ("month", "2026-13"),
        ("month", "1999-12"),
        ("month", "2026-11-02"),
        ("week", "2026-w54"),
        ("week", "2026-w00"),
        ("agenda", "2026-02-30"),
        ("day", "9999-12-31"),
        ("day", "2026-11"),
        ("month", "today"),
    ],
)
def test_an_address_that_names_no_days_is_not_there(at_desk, manager, view, name):
    assert at_desk(manager).get(span(view, name)).status_code == 404


def test_a_full_day_shows_the_first_and_leads_to_the_rest(at_desk, manager, clock):
    day = TODAY + timedelta(days=3)
    for number in range(8):
        planned(day, title=f"Plan {number}")
    make_published(title="An hour", at=datetime(2026, 11, 5, 15, 0, tzinfo=UTC))
    client = at_desk(manager)
    page = client.get(f"{CALENDAR}?all=1")
    cell = next(cell for cell in page.context["cells"] if cell.day == day)
    assert [one.kind for one in cell.entries] == ["goes", "plan", "plan"]
    assert f'href="./day/{day}/?all=1">and 6 more</a>' in page.content.decode()
    assert len(shown(client, span("day", day.isoformat()))["11-05"]) == 9


def test_days_are_the_newsroom_s_also_when_the_clocks_change(at_desk, manager, clock, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    clock.at = datetime(2026, 10, 20, tzinfo=UTC)
    for title, at in (("first", (24, 22, 30)), ("then", (25, 0, 30)), ("again", (25, 1, 30)), ("next", (25, 23, 15))):
        make_published(title=title, at=datetime(2026, 10, *at, tzinfo=UTC))
    client = at_desk(manager)
    page = client.get(span("week", "2026-w43") + "?all=1")
    sunday = page.context["cells"][-1]
    assert [(one.entry.title, one.hour) for one in sunday.entries] == [
        ("first", "00:30 CEST"),
        ("then", "02:30 CEST"),
        ("again", "02:30 CET"),
    ]
    assert sunday.clocks == "clocks go back"
    assert "Europe/Berlin" in page.content.decode()
    assert client.get(span("day", "2026-03-29") + "?all=1").context["cells"][0].clocks == "clocks go forward"
    assert shown(client, span("day", "2026-10-26")) == {"10-26": [("goes", "next")]}


def test_the_hour_that_the_calendar_asks_for_is_the_newsroom_s_as_its_days_are(at_desk, manager, clock, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    Preference.objects.create(user=manager, zone="Pacific/Auckland")
    coming = make_published(at=datetime(2026, 11, 6, 22, 30, tzinfo=UTC)).article  # Saturday noon in Auckland
    client, card = at_desk(manager), reverse("admin:curation_article_card", args=[coming.pk])
    own, asked = client.get(card).content.decode(), client.get(card, {"clock": "newsroom"}).content.decode()
    assert 'value="2026-11-07T11:30"' in own
    assert "Your time (Pacific/Auckland)." in own
    assert 'value="2026-11-06T23:30"' in asked
    assert "Newsroom time (Europe/Berlin)." in asked
    assert '<input type="hidden" name="clock" value="newsroom">' in asked
    take = reverse("admin:curation_article_step", args=[coming.pk, "reschedule"])
    sent = {"edit": coming.edit, "at": "2026-11-09T23:30", "clock": "newsroom", "row": "1"}
    told = client.post(take, sent, headers={"accept": "application/json"}).json()
    assert told["status"] == "taken"
    assert Edition.objects.get().live_from == datetime(2026, 11, 9, 22, 30, tzinfo=UTC)
    assert [one for _, *some in shown(client).items() for one in some[0]] == [("goes", str(coming))]


def test_what_was_planned_and_is_not_out_says_so(at_desk, manager, clock):
    planned(TODAY, title="Missed", state="in_review")
    clock.turn(days=3)
    page = at_desk(manager).get(f"{CALENDAR}?all=1")
    (missed,) = next(cell for cell in page.context["cells"] if cell.day == TODAY).entries
    assert (missed.look, missed.words) == ("ce-plan is-review is-missed", "Was planned, still in review:")
    assert page.context["cl"].missed == 1
    assert "1 planned for a day that is over" in page.content.decode()


def test_what_is_published_has_an_hour_and_is_planned_no_more(at_desk, manager, clock):
    article = planned(TODAY + timedelta(days=1), title="It")
    at = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
    step("publish", article, manager, at=at)
    assert shown(at_desk(manager)) == {"11-04": [("goes", "It")]}


def test_curators_see_their_own_and_managers_see_all(at_desk, curator, manager, clock):
    other = make_person("Curator")
    for title, owner in (("mine", curator), ("theirs", other)):
        planned(TODAY, owner=owner, state="draft", title=title)
        make_published(owner=owner, title=title)
    clock.turn(hours=1)
    assert shown(at_desk(curator)) == {"11-02": [("out", "mine"), ("plan", "mine")]}
    assert len(shown(at_desk(manager), span("day", "2026-11-02"))["11-02"]) == 4


@pytest.mark.parametrize(
    ("question", "titles"), [("topic=wards", {"a"}), ("q=b", {"b"}), ("owner=me", set()), ("planned=week", {"a", "b"})]
)
def test_it_is_narrowed_as_the_list_is(at_desk, manager, clock, question, titles):
    planned(TODAY, title="a", topics=[make_topic("Field: Wards")])
    planned(TODAY, title="b")
    found = shown(at_desk(manager), question=question)
    assert {title for some in found.values() for _, title in some} == titles


def test_it_opens_with_one_s_default_search_and_keeps_new_ones(at_desk, manager, clock):
    client = at_desk(manager)
    given = {"query": "planned=week", "name": "Soon", "is_default": "1", "view": "calendar"}
    response = client.post(reverse("admin:curation_article_searches"), given)
    assert response.url == f"{CALENDAR}?planned=week"
    assert SavedSearch.objects.get().query == "planned=week"
    week = reverse("admin:curation_article_calendar_view", args=["week"])
    assert client.get(week).url == f"{week}?planned=week"


def test_strangers_see_no_calendar(client, db):
    client.force_login(make_person())
    assert client.get(CALENDAR).status_code == 302


# The shelf and the gaps


def test_the_shelf_holds_what_could_go_out_and_is_not_planned(at_desk, manager, clock):
    for state in ("draft", "in_review", "changes_requested", "approved", "declined"):
        make_in(state, title=state)
    planned(TODAY, title="planned")
    make_published(title="out")
    page = at_desk(manager).get(f"{CALENDAR}?all=1")
    assert {article.title for article in page.context["cl"].shelf.articles} == {"in_review", "approved"}
    assert page.context["cl"].shelf.count == 2


def test_the_shelf_shows_thirty_and_counts_all(at_desk, manager, clock):
    for _ in range(32):
        make_in("in_review")
    html = at_desk(manager).get(f"{CALENDAR}?all=1").content.decode()
    assert (html.count('class="sh"'), "2 more</a>" in html) == (30, True)


def test_a_topic_of_which_nothing_new_went_out_for_long_is_named(at_desk, manager, clock):
    wards, labs, beds = (make_topic(f"Field: {name}") for name in ("Wards", "Labs", "Beds"))
    for topic in (wards, labs, beds):
        make_published(topics=[topic])
    make_topic("Field: Never")
    clock.turn(days=19)
    make_published(topics=[labs])
    planned(date(2026, 11, 24), topics=[beds])
    make_in("approved", topics=[wards], title="It would fill")
    client = at_desk(manager)
    page = client.get(f"{CALENDAR}?all=1")
    (gap,) = page.context["gaps"]
    assert (gap.topic, gap.days, gap.since, gap.ready) == (wards, 19, TODAY, 1)
    html = " ".join(page.content.decode().split())
    assert "Nothing on Wards for 19 days" in html
    assert "ends the gap on Wards" in html
    (link,) = re.findall(r'href="([^"]*planned=none)"><b>', html)
    assert [row.name for row in client.get(link.replace("&amp;", "&")).context["cl"].result_list] == ["It would fill"]


def test_a_gap_tells_nobody_of_briefs_that_they_may_not_see(at_desk, curator, manager, clock):
    planned_, coming, waits, own = (make_topic(f"Field: {name}") for name in ("Planned", "Coming", "Waits", "Own"))
    for topic in (planned_, coming, waits, own):
        make_published(topics=[topic])
    clock.turn(days=19)
    planned(date(2027, 1, 12), topics=[planned_], owner=make_person("Curator"))
    make_published(at=clock.after(days=3), topics=[coming], owner=manager)
    make_in("approved", topics=[waits], owner=manager)
    planned(date(2026, 11, 24), topics=[own], owner=curator)

    def told(person):
        found = at_desk(person).get(f"{CALENDAR}?all=1").context["gaps"]
        return {gap.topic.label: (gap.next, gap.ready) for gap in found}

    assert told(curator) == {"Planned": (None, 0), "Coming": (None, 0), "Waits": (None, 0)}
    assert told(manager) == {"Planned": (date(2027, 1, 12), 0), "Waits": (None, 1)}


def test_how_long_a_gap_is_is_a_setting(at_desk, manager, clock, settings):
    make_published(topics=[make_topic()])
    clock.turn(days=5)
    assert at_desk(manager).get(f"{CALENDAR}?all=1").context["gaps"] == []
    settings.COVERAGE_GAP_DAYS = 5
    assert len(at_desk(manager).get(f"{CALENDAR}?all=1").context["gaps"]) == 1


def test_a_plan_far_ahead_leaves_the_gap_and_is_told(at_desk, manager, clock):
    topic = make_topic()
    make_published(topics=[topic])
    clock.turn(days=20)
    planned(date(2027, 1, 12), topics=[topic])
    (gap,) = at_desk(manager).get(f"{CALENDAR}?all=1").context["gaps"]
    assert gap.next == date(2027, 1, 12)


@pytest.mark.parametrize("number", [1, 6])
def test_its_price_is_the_same_however_much_is_on_it(at_desk, manager, clock, number, django_assert_max_num_queries):
    for _ in range(number):
        topic = make_topic()
        make_published(topics=[topic])
        planned(TODAY, topics=[topic])
        make_in("in_review", topics=[topic])
        make_published(at=datetime(2026, 11, 12, 8, 0, tzinfo=UTC), until=datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
    clock.turn(days=15)
    client = at_desk(manager)
    client.get(f"{CALENDAR}?all=1")
    with django_assert_max_num_queries(20):
        page = client.get(f"{CALENDAR}?all=1")
    assert len(page.context["gaps"]) == number


# Planning


def test_a_brief_of_the_shelf_is_planned_by_a_plain_form(at_desk, curator, clock):
    article, client = make_in("in_review", owner=curator, title="It"), at_desk(curator)
    back = span("week", "2026-w45")
    given = {"brief": f"{article.pk}:{article.edit}", "planned_on": "2026-11-06", "next": back}
    response = client.post(reverse("admin:curation_article_plan"), given)
    assert response.url == back
    assert Article.objects.get().planned_on == date(2026, 11, 6)
    assert "“It” is planned for Friday 6 November." in client.get(f"{back}?all=1").content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"brief": ""}, "Choose a brief of the shelf first"),
        ({"planned_on": ""}, "Give the day"),
        ({"planned_on": "soon"}, "Enter a valid date"),
        ({"planned_on": "2026-11-01"}, "1 November 2026 is over"),
        ({"planned_on": "2126-11-01"}, "too far ahead"),
        ({"brief": "stale"}, "changed a moment ago"),
    ],
)
def test_what_cannot_be_planned_is_told(at_desk, manager, clock, given, words):
    article = make_in("in_review")
    sent = {"brief": f"{article.pk}:{article.edit}", "planned_on": "2026-11-06"} | given
    sent["brief"] = f"{article.pk}:7" if sent["brief"] == "stale" else sent["brief"]
    page = at_desk(manager).post(reverse("admin:curation_article_plan"), sent, follow=True)
    assert words in page.content.decode()
    assert Article.objects.get().planned_on is None


def test_another_s_brief_is_planned_by_nobody_who_does_not_see_it(at_desk, curator, clock):
    article = make_in("in_review", owner=make_person("Curator"))
    given = {"brief": f"{article.pk}:{article.edit}", "planned_on": "2026-11-06"}
    assert at_desk(curator).post(reverse("admin:curation_article_plan"), given).status_code == 404
    undo = reverse("admin:curation_article_plan_undo", args=[article.pk])
    assert at_desk(curator).post(undo, {"edit": article.edit}).status_code == 404
    assert Article.objects.get().planned_on is None


def test_a_plan_is_taken_back_in_place(at_desk, curator, clock):
    article = make_article(owner=curator)
    client, undo = at_desk(curator), reverse("admin:curation_article_plan_undo", args=[article.pk])
    step("plan", article, curator, planned_on=TODAY)
    clock.turn(days=2)
    step("plan", article, curator, planned_on=date(2026, 11, 20))
    assert client.post(undo, {"edit": article.edit}).json()["status"] == "undone"
    article.refresh_from_db()
    assert article.planned_on == TODAY  # although that day is over
    assert client.post(undo, {"edit": article.edit}).json()["status"] == "refused"


def test_the_log_tells_the_day(at_desk, manager, clock):
    article = make_in("in_review")
    step("plan", article, manager, planned_on=date(2027, 3, 2))
    step("plan", article, manager, planned_on=None)
    html = " ".join(at_desk(manager).get(reverse("admin:curation_log")).content.decode().split())
    assert "Tuesday 2 March 2027" in html
    assert "off its planned day" in html
