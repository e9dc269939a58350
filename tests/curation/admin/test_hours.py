"""Publishing at an hour: the clock it is meant on, both ends on the panel, and what the log says of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from curation.admin.log import telling
from curation.models import OPEN, Edition
from tests.factories import make_in, make_published, step

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

FOLD = "2027-10-31T02:30"


@pytest.fixture(autouse=True)
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


def page_of(article):
    return reverse("admin:curation_article_change", args=[article.pk])


def taken(client, article, name, **data):
    address = reverse("admin:curation_article_step", args=[article.pk, name])
    article.refresh_from_db()
    return client.post(address, {"edit": article.edit} | data, follow=True)


def panel(client, article):
    html = client.get(page_of(article)).content.decode()
    found = re.search(r'<ul class="reach">.*?</ul>', html, re.DOTALL)
    return " ".join(strip_tags(found[0]).split()) if found else ""


def told(article):
    return [telling.words_of(row) for row in article.log.all()]


def test_the_panel_names_both_ends_and_the_log_says_scheduled(at_desk, manager):
    article, client = make_in("approved"), at_desk(manager)
    taken(client, article, "publish", at="2027-11-27T08:00", until="2027-12-04T08:00")
    assert panel(client, article).startswith("Goes out Saturday 27 November 2027, 08:00, in ")
    assert panel(client, article).endswith(", and stays until Saturday 4 December 2027, 08:00.")
    assert "Newsroom time (Europe/Berlin)." in client.get(page_of(article)).content.decode()
    assert (
        told(article)[0] == "scheduled it for Saturday 27 November 2027, 08:00, until Saturday 4 December 2027, 08:00"
    )


def test_rescheduling_opens_with_what_is_and_takes_an_end_away(at_desk, manager):
    article, client = make_in("approved"), at_desk(manager)
    taken(client, article, "publish", at="2027-11-27T08:00", until="2027-12-04T08:00")
    step_of = {one["name"]: one for one in client.get(page_of(article)).context["steps"]}
    form = str(step_of["reschedule"]["form"])
    assert 'value="2027-11-27T08:00"' in form
    assert 'value="2027-12-04T08:00"' in form
    taken(client, article, "reschedule", at="2027-11-28T09:00", until="2027-12-04T08:00")
    taken(client, article, "reschedule", at="2027-11-28T09:00", until="")
    assert Edition.objects.get().live_until == OPEN
    assert panel(client, article).endswith("for good.")
    assert told(article)[0] == "moved it to Sunday 28 November 2027, 09:00"
    taken(client, article, "cancel")
    assert told(article)[0] == "took it off the schedule; it was to go out Sunday 28 November 2027, 09:00"


def test_without_the_box_of_its_end_rescheduling_leaves_the_end(at_desk, manager):
    article, client = make_in("approved"), at_desk(manager)
    taken(client, article, "publish", at="2027-11-27T08:00", until="2027-12-04T08:00")
    taken(client, article, "reschedule", at="2027-11-28T09:00")
    assert Edition.objects.get().live_until == datetime(2027, 12, 4, 7, tzinfo=UTC)


def test_what_is_withdrawn_says_why_and_where_readers_go(at_desk, manager):
    article, other = make_published().article, make_published(title="The better one").article
    client = at_desk(manager)
    taken(client, article, "withdraw", reason="A figure is wrong.", successor="The better one")
    assert "“A figure is wrong.” Readers are sent to The better one." in panel(client, article)
    assert page_of(other) in client.get(page_of(article)).content.decode()
    taken(client, article, "roll_back")
    assert panel(client, article) == "Readers see edition 2."


def test_an_hour_that_there_is_not_is_refused_and_kept(at_desk, manager):
    article = make_in("approved")
    page = taken(at_desk(manager), article, "publish", at="2027-03-28T02:30")
    assert "There is no 02:30 on 28 March 2027" in page.content.decode()
    assert 'value="2027-03-28T02:30"' in str(page.context["primary"]["form"])
    assert not Edition.objects.exists()


@pytest.mark.parametrize(("turn", "hour"), [("first", 0), ("second", 1)])
def test_an_hour_that_comes_twice_asks_which(at_desk, manager, turn, hour):
    article, client = make_in("approved"), at_desk(manager)
    page = taken(client, article, "publish", at=FOLD)
    form = str(page.context["primary"]["form"])
    assert "CEST, UTC+02:00" in form
    assert not Edition.objects.exists()
    taken(client, article, "publish", **{"at": FOLD, "at-turn": turn})
    assert Edition.objects.get().live_from == datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
    step_of = {one["name"]: one for one in client.get(page_of(article)).context["steps"]}
    assert f'<option value="{turn}" selected>' in str(step_of["reschedule"]["form"])


def test_a_script_is_told_that_the_hour_comes_twice(at_desk, manager):
    article = make_in("approved")
    address = reverse("admin:curation_article_step", args=[article.pk, "publish"])
    answer = at_desk(manager).post(address, {"edit": article.edit, "at": FOLD}, headers={"accept": "application/json"})
    assert (answer.json()["status"], answer.json()["field"], answer.json()["isTwice"]) == ("refused", "at", True)


@pytest.mark.parametrize("typed", ["soon", "0001-01-01T00:00", "9999-12-31T23:59", "2027-13-01T08:00", FOLD + "/third"])
def test_nonsense_is_no_hour(at_desk, manager, typed):
    article = make_in("approved")
    page = taken(at_desk(manager), article, "publish", until=typed)
    assert page.status_code == 200
    assert not Edition.objects.filter(live_until__lt=OPEN).exists()


def test_often_chosen_hours_stand_beside_the_box(at_desk, manager):
    article = make_in("approved")
    form = str(at_desk(manager).get(page_of(article)).context["primary"]["form"])
    shown = re.findall(r'data-shown="([^"]+)"', form)
    assert shown == sorted(shown)
    assert len(shown) >= 2


def test_the_log_says_published_of_what_went_out_at_once(manager):
    article = make_in("approved")
    step("publish", article, manager, at=timezone.now() + timedelta(seconds=20))
    assert told(article)[0] == "published it"
    step("assign", article, manager, owner=manager, reviewer=manager)
    assert told(article)[0] == f"assigned it to {manager}, for {manager} to review"
