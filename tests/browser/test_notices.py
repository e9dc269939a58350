"""The bell by keys: it counts, leads to what is new, and opens the screen that it is about."""

import re

import pytest
from playwright.sync_api import expect

from curation import notices
from tests.browser.test_desk import sign_in
from tests.factories import make_in, step

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


def test_the_bell_rings_and_what_is_opened_is_read(page, curator, manager):
    briefs = [make_in("draft", title=f"Brief {number}", by=curator) for number in "12"]
    for brief in briefs:
        step("submit", brief, by=curator)
    notices.take_pending()
    sign_in(page, manager)
    page.goto("/admin/")
    bell = page.locator("[data-bell]")
    expect(bell).to_have_accessible_name("2 new notices")
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Notices")
    page.wait_for_load_state()  # its keys are there
    lines = page.locator(".notice")
    expect(lines).to_have_count(2)
    page.keyboard.press("j")
    expect(lines.first.get_by_role("link", name="Brief 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/article/{briefs[1].pk}/decide/$"))
    expect(bell).to_have_accessible_name("1 new notice")
    page.go_back()
    page.reload()
    page.wait_for_load_state()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.get_by_text("Nothing new")).to_be_visible()
    expect(bell).to_have_accessible_name("Notices, none new")
