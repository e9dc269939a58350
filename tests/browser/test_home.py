"""The first page of the desk by mouse and by keys: decided where it stands, and nothing is loaded anew."""

import pytest
from playwright.sync_api import expect

from curation.models import ReturnReason
from tests.browser.test_desk import sign_in
from tests.browser.test_row_steps import is_still_here, marked
from tests.browser.test_writing import stored
from tests.factories import make_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


@pytest.fixture(autouse=True)
def _decided_here(settings):
    """Here every brief may be decided from the queue, whatever its risk."""
    settings.DECIDED_FROM_QUEUE = "any"


def row_of(page, article):
    return page.locator(f"[data-queue=todo][data-article='{article.pk}']")


def test_by_mouse_rows_fold_the_next_is_there_and_what_was_decided_is_taken_back(page, curator, manager):
    reason = ReturnReason.objects.first()
    first, second, third = (make_in("in_review", title=f"Brief {number}", owner=curator) for number in "123")
    sign_in(page, manager)
    marked(page, "/admin/")
    row_of(page, first).get_by_role("button", name="Approve").click()
    expect(row_of(page, second)).to_be_focused()
    folded = page.locator(f".is-done[data-queue=todo][data-article='{first.pk}']")
    expect(folded).to_contain_text("“Brief 1” is approved.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two things need you.")
    folded.get_by_role("button", name="Undo").click()
    expect(row_of(page, first)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Three things need you.")
    assert stored(first).state == "in_review"
    row_of(page, first).get_by_role("button", name="Approve").click()
    folded.get_by_role("button", name="Publish").click()
    expect(folded).to_contain_text("published, and out in 30 seconds")
    row_of(page, second).get_by_text("Return", exact=True).click()
    expect(row_of(page, second).get_by_label(reason.words)).to_be_focused()
    row_of(page, second).get_by_label(reason.words).check()
    row_of(page, second).get_by_role("textbox").fill("Which trust?")
    row_of(page, second).get_by_role("button", name="Return it").click()
    expect(row_of(page, third)).to_be_focused()
    assert (stored(first).editions.count(), is_still_here(page)) == (1, True)
    assert (stored(second).state, second.log.first().reason) == (
        "changes_requested",
        f"{reason.words}.\nWhich trust?",
    )


def test_by_keys_the_queue_is_worked_off_and_no_letter_acts_in_a_box(page, curator, manager):
    reason = ReturnReason.objects.first()
    first, second = (make_in("in_review", title=f"Brief {number}", owner=curator) for number in "12")
    sign_in(page, manager)
    marked(page, "/admin/")
    page.keyboard.press("j")
    expect(row_of(page, first)).to_be_focused()
    page.keyboard.press("r")
    expect(row_of(page, first).get_by_label(reason.words)).to_be_focused()
    page.keyboard.press("a")  # a box waits: nothing is approved
    page.keyboard.press("1")
    for _ in range(ReturnReason.objects.count()):
        page.keyboard.press("Tab")
    page.keyboard.type("ajar")
    page.keyboard.press("Control+Enter")
    expect(row_of(page, second)).to_be_focused()
    assert (stored(first).state, first.log.first().reason) == ("changes_requested", f"{reason.words}.\najar")
    page.keyboard.press("a")
    expect(page.locator(f".is-done[data-queue=todo][data-article='{second.pk}']")).to_contain_text("is approved.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing needs you")
    page.keyboard.press("z")
    expect(page.get_by_role("heading", level=1)).to_contain_text("One thing needs you.")
    expect(row_of(page, second)).to_be_focused()
    assert stored(second).state == "in_review"
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(row_of(page, second)).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_url(f"**/{second.pk}/decide/")


def test_without_a_script_every_button_is_of_a_form(chromium, live_server, page, curator, manager):
    article = make_in("in_review", title="Brief 1", owner=curator)
    plain = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(page, manager)
    plain.add_cookies(page.context.cookies())
    quiet = plain.new_page()
    quiet.goto("/admin/")
    quiet.get_by_role("button", name="Approve").click()
    expect(quiet.get_by_role("heading", name="Approved, not out yet")).to_be_visible()
    assert stored(article).state == "approved"
    quiet.get_by_role("button", name="Undo").click()
    assert stored(article).state == "in_review"
    quiet.goto("/admin/")
    quiet.get_by_text("Return", exact=True).click()
    quiet.get_by_role("textbox", name="What has to change").fill("Which trust?")
    quiet.get_by_role("button", name="Return it").click()
    expect(quiet.get_by_role("heading", level=1)).to_contain_text("Nothing needs you")
    assert stored(article).state == "changes_requested"
    plain.close()
