"""The calendar by mouse and by keys: plans are taken to days, hours are asked for, and nothing goes out by a drop."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from curation.models import Edition, Preference
from tests.browser.test_desk import sign_in
from tests.browser.test_row_steps import is_still_here, marked
from tests.browser.test_writing import stored
from tests.factories import make_in, make_published

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


def day_at(page, day):
    return page.locator(f"#calendar [data-day='{day}']").first


def entry_of(page, article):
    return page.locator(f"#calendar [data-article='{article.pk}']")


def test_plans_are_dragged_and_walked_and_an_hour_is_only_asked_for(page, curator, manager):
    today = timezone.localdate()
    monday = date.fromordinal(today.toordinal() - today.weekday()) + timedelta(weeks=1)
    friday, hour = monday + timedelta(days=4), datetime.combine(monday, time(9), tzinfo=UTC)
    brief = make_in("in_review", title="A ward", owner=curator)
    coming = make_published(title="A bus", at=hour).article
    Preference.objects.create(user=manager, zone="Pacific/Auckland")  # a day ahead of the newsroom's for half of it
    sign_in(page, manager)
    marked(page, f"/admin/curation/article/calendar/week/{monday:%G-w%V}/")
    said = page.locator(".cal-foot [data-says]")

    entry_of(page, brief).drag_to(day_at(page, monday))
    expect(day_at(page, monday)).to_contain_text("A ward")
    expect(said).to_contain_text("“A ward” is planned for Monday")
    assert stored(brief).planned_on == monday
    said.get_by_role("button", name="Undo").click()
    expect(page.locator(".shelf")).to_contain_text("A ward")

    entry_of(page, brief).get_by_role("link").focus()
    page.keyboard.press("m")
    status = page.locator("#calendar-said")
    expect(status).to_contain_text("Moving “A ward” from the shelf")
    for _ in range((friday - today).days):
        page.keyboard.press("ArrowRight")
    expect(status).to_contain_text("to Friday")
    page.keyboard.press("Enter")
    expect(day_at(page, friday)).to_contain_text("A ward")
    expect(entry_of(page, brief).get_by_role("link")).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(status).to_contain_text("Left where it was.")
    assert stored(brief).planned_on == friday
    page.keyboard.press("u")
    expect(said).to_contain_text("no longer planned for a day")

    entry_of(page, coming).drag_to(day_at(page, friday))
    panel = page.get_by_role("dialog", name="A bus")
    expect(panel).to_contain_text("Nothing is scheduled until you send this.")
    expect(panel.get_by_label("From")).to_have_value(f"{friday}T09:00")
    assert Edition.objects.get().live_from == hour
    panel.get_by_role("button", name="Reschedule").click()
    expect(said).to_contain_text("“A bus” is rescheduled.")
    assert Edition.objects.get().live_from == hour + timedelta(days=4)
    assert is_still_here(page)
