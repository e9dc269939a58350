"""Asked outside: a manager comments on a sentence while deciding and asks somebody, who answers without an account."""

import pytest
from playwright.sync_api import expect

from curation.models import Article, Comment
from tests.browser.test_desk import sign_in
from tests.factories import make_article, step

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


def test_a_sentence_is_discussed_and_somebody_outside_says_what_to_change(page, chromium, curator, manager):
    article = make_article(by=curator, body="<p>One ward listens. Two wards do not.</p>")
    step("submit", article, curator)
    deciding = f"/admin/curation/article/{article.pk}/decide/"
    sign_in(page, manager, at=deciding)
    page.wait_for_load_state("networkidle")
    for key in ("]", "]", "]", "c"):
        page.keyboard.press(key)
    expect(page.get_by_label("About", exact=True).locator("option:checked")).to_have_text("3. Two wards do not.")
    page.keyboard.type("Which two?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".thread a.on-text")).to_have_text("Two wards do not.")
    assert Comment.objects.get().sentence == "Two wards do not."
    page.get_by_role("link", name="Ask somebody outside").click()
    page.get_by_label("Name").fill("Dr Okonedo")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address for Dr Okonedo").input_value()

    outside = chromium.new_context(java_script_enabled=False, base_url=page.site)
    reader = outside.new_page()
    reader.goto(f"/{address.split('/', 3)[3]}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(article.title)
    reader.get_by_label("It needs changes").check()
    reader.get_by_label("In your words").fill("Say *which* wards.")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("status")).to_contain_text("Thank you, it is kept.")
    assert outside.cookies() == []
    outside.close()

    page.goto(deciding)
    said = page.locator(".thread", has_text="outside: Dr Okonedo")
    expect(said).to_contain_text("Say which wards.")
    expect(said).to_contain_text("It needs changes")
    assert Article.objects.get().state == "in_review"
