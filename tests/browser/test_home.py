"""The first page of the desk by mouse and by keys: decided where it stands, and nothing is loaded anew."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk import sign_in
from tests.browser.test_row_steps import is_still_here, marked, row_of
from tests.browser.test_writing import stored
from tests.factories import make_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


def test_by_mouse_a_decision_folds_its_row_and_the_next_one_is_there(page, curator, manager):
    first, second, third = (make_in("in_review", title=f"Brief {number}", owner=curator) for number in "123")
    sign_in(page, manager)
    marked(page, "/admin/")
    row_of(page, first).get_by_role("button", name="Approve").click()
    expect(row_of(page, second)).to_be_focused()
    expect(row_of(page, first)).to_contain_text("“Brief 1” is approved.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two things need you.")
    assert (stored(first).state, is_still_here(page)) == ("approved", True)
    row_of(page, second).get_by_text("Return", exact=True).click()
    reason = row_of(page, second).get_by_role("textbox")
    expect(reason).to_be_focused()
    reason.fill("Which trust?")
    row_of(page, second).get_by_role("button", name="Return it").click()
    expect(row_of(page, third)).to_be_focused()
    assert (stored(second).state, second.log.first().reason) == ("changes_requested", "Which trust?")


def test_by_keys_the_queue_is_worked_off_and_no_letter_acts_in_a_field(page, curator, manager):
    first, second = (make_in("in_review", title=f"Brief {number}", owner=curator) for number in "12")
    sign_in(page, manager)
    marked(page, "/admin/")
    page.keyboard.press("j")
    expect(row_of(page, first)).to_be_focused()
    page.keyboard.press("r")
    expect(row_of(page, first).get_by_role("textbox")).to_be_focused()
    page.keyboard.type("ajar")
    assert stored(first).state == "in_review"
    page.keyboard.press("Control+Enter")
    expect(row_of(page, second)).to_be_focused()
    assert (stored(first).state, first.log.first().reason) == ("changes_requested", "ajar")
    page.keyboard.press("a")
    expect(row_of(page, second)).to_contain_text("is approved.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing needs you.")
    assert is_still_here(page)
