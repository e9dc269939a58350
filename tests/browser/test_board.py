"""The board by mouse and by keys: cards are opened and moved by legal steps alone, and nothing is loaded anew."""

import pytest
from playwright.sync_api import expect

from curation.models import ReturnReason
from tests.browser.test_desk import sign_in
from tests.browser.test_row_steps import is_still_here, marked
from tests.browser.test_writing import stored
from tests.factories import make_in, step

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]

BOARD = "/admin/curation/article/board/"


def card_of(page, article):
    return page.locator(f"#board .card[data-article='{article.pk}']")


def column_of(page, name):
    return page.locator(f"#board [data-column='{name}']")


def test_by_mouse_a_card_goes_only_where_its_step_leads(page, curator, manager):
    first, second = (make_in("in_review", title=f"Brief {number}", owner=curator) for number in "12")
    draft = make_in("draft", title="Begun", owner=curator)
    sign_in(page, manager)
    marked(page, BOARD)
    card_of(page, draft).drag_to(column_of(page, "approved").locator("ol"))
    expect(page.locator(".board-note")).to_contain_text("comes to “Approved” from “In review”, not from “Draft”")
    assert stored(draft).state == "draft"
    card_of(page, first).drag_to(column_of(page, "approved").locator("ol"))
    expect(column_of(page, "approved")).to_contain_text("Brief 1")
    expect(page.locator(".board-note")).to_contain_text("“Brief 1” is approved.")
    late = []  # the card that undoing opens again comes when somebody is at another one
    page.route(f"**/{first.pk}/card/**", lambda route: late.append(route))
    page.locator(".board-note").get_by_role("button", name="Undo").click()
    expect(column_of(page, "in_review")).to_contain_text("Brief 1")
    card_of(page, second).hover()
    card_of(page, second).get_by_role("button", name="Move “Brief 2”").click()
    item = page.get_by_role("menuitem", name="Changes requested")
    expect(item).to_be_focused()
    with page.expect_response(f"**/{first.pk}/card/**"):
        late[0].continue_()
    expect(item).to_be_focused()
    item.click()
    side = page.get_by_role("complementary", name="The chosen brief")
    reason = ReturnReason.objects.first()
    side.get_by_label(reason.words).check()
    step("due", stored(second), manager, priority=3, due_on=None)  # a colleague was faster
    side.get_by_role("button", name="Ask for changes").click()
    expect(side.locator("[data-says]")).to_contain_text("changed a moment ago")
    expect(side.get_by_label(reason.words)).to_be_checked()
    side.get_by_role("button", name="Ask for changes").click()
    expect(column_of(page, "changes_requested")).to_contain_text("Brief 2")
    assert (stored(first).state, stored(second).state) == ("in_review", "changes_requested")
    assert stored(second).log.first().reason == f"{reason.words}."
    assert is_still_here(page)


def test_by_keys_cards_are_walked_opened_and_moved(page, curator, manager):
    draft = make_in("draft", title="Begun", owner=curator)
    first, second = (make_in("in_review", title=f"Brief {number}", owner=curator) for number in "12")
    sign_in(page, manager)
    marked(page, BOARD)
    page.keyboard.press("j")
    expect(card_of(page, draft).get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(card_of(page, first).get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(card_of(page, second).get_by_role("link")).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("menuitem", name="Changes requested")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(column_of(page, "approved")).to_contain_text("Brief 2")
    expect(card_of(page, second).get_by_role("link")).to_be_focused()
    page.keyboard.press("z")
    expect(column_of(page, "in_review")).to_contain_text("Brief 2")
    expect(card_of(page, second).get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    side = page.get_by_role("complementary", name="The chosen brief")
    expect(side.get_by_role("link", name="Brief 2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(side).to_be_hidden()
    expect(card_of(page, second).get_by_role("link")).to_be_focused()
    assert is_still_here(page)
