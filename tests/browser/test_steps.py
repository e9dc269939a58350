"""Steps where one is: nothing is loaded anew, what was typed is saved first, what blocks has the focus; all is said."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from curation.models import Article
from tests.browser.test_desk import sign_in, until
from tests.browser.test_writing import field, opened, stored, write
from tests.factories import make_article, make_in, make_published, make_topic

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]
SAID = "[data-step-said]"


def marked(page, article):
    """The article's page, marked so that a page loaded anew would be seen."""
    opened(page, article)
    page.evaluate("window.isStillHere = true")


def is_still_here(page):
    return page.evaluate("window.isStillHere === true")


def test_a_refusal_answers_in_place_with_the_focus_on_what_blocks_and_goes_when_it_is_mended(page, curator):
    make_topic("Field: Alpha")
    article = make_article(owner=curator, topics=[])
    page.set_viewport_size({"width": 1280, "height": 700})
    sign_in(page, curator)
    marked(page, article)
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.press("Control+End")
    down = page.evaluate("scrollY")
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator(SAID)).to_contain_text("“Send to review” waits:")
    expect(page.locator(f"{SAID} .held a").first).to_be_focused()
    assert (is_still_here(page), page.evaluate("scrollY")) == (True, down)
    page.keyboard.press("Enter")
    expect(page.locator("#id_topic_list-add")).to_be_focused()
    page.keyboard.type("alpha")
    page.get_by_role("option", name="Field: Alpha").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator(SAID)).to_contain_text("is sent to review.")
    expect(page.locator(".step-now")).to_contain_text("In review")
    assert (is_still_here(page), stored(article).state) == (True, "in_review")


def test_what_is_typed_is_saved_before_a_step_and_whoever_has_no_right_any_more_reads_it(page, curator):
    article = make_article(owner=curator, title="Old title")
    sign_in(page, curator)
    marked(page, article)
    field(page, "Title").fill("Typed a moment ago")
    write(page, " And more.")
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator(SAID)).to_contain_text("“Typed a moment ago” is sent to review.")
    found = stored(article)
    assert (found.title, found.state, "And more." in found.body) == ("Typed a moment ago", "in_review", True)
    expect(page.locator(".ProseMirror[contenteditable]")).to_have_count(0)
    expect(page.locator(".field-title .readonly")).to_have_text("Typed a moment ago")
    assert is_still_here(page)
    page.keyboard.type("x")
    assert stored(article).edit == found.edit


def test_a_manager_goes_on_from_step_to_step_on_one_page_and_goes_on_writing(page, manager, curator):
    article = make_in("in_review", owner=curator)
    sign_in(page, manager)
    marked(page, article)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(SAID)).to_contain_text("is approved.")
    page.locator("summary", has_text="Publish").click()
    page.locator(".menu-wide").get_by_role("button", name="Publish").click()
    expect(page.locator(SAID)).to_contain_text("is published.")
    expect(page.locator(".step-now")).to_contain_text("Live")
    field(page, "Title").fill("Corrected at once")
    until(lambda: stored(article).title == "Corrected at once")
    expect(page.locator(".step-now")).to_contain_text("In review")
    assert is_still_here(page)


def test_a_field_of_a_step_that_is_at_fault_has_the_words_beside_it_and_the_focus(page, manager, curator):
    article = make_in("in_review", owner=curator)
    sign_in(page, manager)
    marked(page, article)
    page.locator("summary[title='Other steps']").click()
    page.locator("summary", has_text="Ask for changes").click()
    reason = page.locator(".step-more[open]").get_by_label("Reason")
    reason.evaluate("(box) => { box.required = false; }")
    reason.fill("   ")
    page.locator(".step-more[open]").get_by_role("button", name="Ask for changes").click()
    fault = page.locator(".step-more[open] .errorlist")
    fault.wait_for()
    expect(reason).to_be_focused()
    expect(reason).to_have_attribute("aria-invalid", "true")
    reason.fill("The date is missing.")
    page.locator(".step-more[open]").get_by_role("button", name="Ask for changes").click()
    expect(page.locator(SAID)).to_contain_text("is returned with your reason.")
    expect(fault).to_have_count(0)
    assert is_still_here(page)
    assert article.log.first().reason == "The date is missing."


def test_the_end_of_a_session_is_told_in_place_and_the_step_is_taken_after_signing_in(page, manager, curator):
    article = make_in("in_review", owner=curator)
    sign_in(page, manager)
    marked(page, article)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(SAID)).to_contain_text("You are signed out.")
    expect(page.locator(SAID).get_by_role("link", name="Sign in")).to_have_attribute("href", reverse("admin:login"))
    assert (is_still_here(page), stored(article).state) == (True, "in_review")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(SAID)).to_contain_text("is approved.")


def test_without_the_network_nothing_is_done_and_that_is_said(page, manager, curator):
    article = make_in("in_review", owner=curator)
    sign_in(page, manager)
    marked(page, article)
    page.context.set_offline(True)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(SAID)).to_contain_text("That did not arrive.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(SAID)).to_contain_text("is approved.")


def test_what_is_half_typed_in_a_list_s_box_holds_a_step_back(page, curator):
    article = make_article(owner=curator)
    sign_in(page, curator)
    marked(page, article)
    page.get_by_placeholder("Find an offering").fill("Nothing of that name")
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator(SAID)).to_contain_text("something is not saved yet")
    expect(page.locator("#id_offering_list-add")).to_be_focused()
    assert stored(article).state == "draft"


def test_taken_back_it_is_written_again_on_a_page_that_says_so(page, curator):
    article = make_in("in_review", owner=curator)
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator("summary[title='Other steps']").click()
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("is taken back").wait_for()
    page.locator(".ProseMirror[contenteditable]").wait_for()
    assert stored(article).state == "draft"


def test_choosing_a_person_in_the_fold_works_after_another_step_too(page, manager, curator):
    article = make_published(owner=None).article
    Article.objects.filter(pk=article.pk).update(owner=None)
    sign_in(page, manager)
    marked(page, article)
    page.locator("summary[title='Other steps']").click()
    page.get_by_role("button", name="Claim").click()
    expect(page.locator(SAID)).to_contain_text("is claimed.")
    page.locator("summary[title='Other steps']").click()
    page.locator("summary", has_text="Assign").click()
    page.get_by_label("Owner").select_option(str(curator.pk))
    page.locator(".step-more[open]").get_by_role("button").click()
    expect(page.locator(SAID)).to_contain_text("is assigned.")
    assert (stored(article).owner, is_still_here(page)) == (curator, True)
