"""Steps from a row, of the list and of the desk's first page: told in the row; nothing is loaded anew or moves."""

import pytest
from playwright.sync_api import expect

from curation.models import Article
from tests.browser.test_desk import sign_in
from tests.browser.test_writing import stored
from tests.factories import make_article, make_topic

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]
LIST = "/admin/curation/article/"


def nobodys(**given):
    article = make_article(**given)
    Article.objects.filter(pk=article.pk).update(owner=None)
    return article


def row_of(page, article):
    return page.locator(f"[data-article='{article.pk}']")


def marked(page, address):
    """A page, marked so that one loaded anew would be seen."""
    page.goto(address)
    page.evaluate("window.isStillHere = true")


def is_still_here(page):
    return page.evaluate("window.isStillHere === true")


def test_a_step_of_the_list_is_told_in_its_row_which_keeps_its_place_and_its_tick(page, curator):
    articles = [nobodys(title=f"Brief {number}") for number in range(14)]
    article = articles[3]
    sign_in(page, curator)
    marked(page, LIST)
    row = row_of(page, article)
    row.get_by_role("checkbox").check()
    row.get_by_role("button", name="Claim").scroll_into_view_if_needed()
    down = page.evaluate("scrollY")
    row.get_by_role("button", name="Claim").click()
    expect(row.locator(".row-said .note")).to_be_focused()
    expect(row.locator(".row-said")).to_contain_text("“Brief 3” is claimed.")
    expect(row.get_by_role("button", name="Send")).to_be_visible()
    article = stored(article)
    assert (article.owner, is_still_here(page), page.evaluate("scrollY")) == (curator, True, down)
    tick = row.get_by_role("checkbox")
    expect(tick).to_be_checked()
    expect(tick).to_have_value(f"{article.pk}:{article.edit}")
    row.get_by_role("button", name="Send").click()
    expect(row.locator(".row-said")).to_contain_text("is sent to review.")
    expect(row.locator(".field-state")).to_contain_text("In review")
    assert (stored(article).state, is_still_here(page)) == ("in_review", True)


def test_what_a_row_s_step_waits_for_is_told_there_with_the_focus_on_the_first(page, curator):
    make_topic("Field: Alpha")
    article = make_article(owner=curator, topics=[])
    sign_in(page, curator)
    marked(page, f"{LIST}?state=draft")
    row = row_of(page, article)
    row.get_by_role("button", name="Send").click()
    expect(row.locator(".row-said")).to_contain_text("“Send to review” waits:")
    expect(row.locator(".row-said .held a").first).to_be_focused()
    assert (is_still_here(page), stored(article).state) == (True, "draft")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{article.pk}/change/#id_topic_list")


def test_a_row_that_a_colleague_changed_is_shown_as_it_is_now(page, curator, manager):
    article = nobodys(title="Wanted by two")
    sign_in(page, curator)
    marked(page, f"{LIST}?q=Wanted")
    Article.objects.filter(pk=article.pk).update(edit=article.edit + 1, title="Wanted by both")
    row = row_of(page, article)
    row.get_by_role("button", name="Claim").click()
    expect(row.locator(".row-said")).to_contain_text("changed a moment ago")
    expect(row.locator(".field-title > a")).to_have_text("Wanted by both")
    row.get_by_role("button", name="Claim").click()
    expect(row.locator(".row-said")).to_contain_text("is claimed.")
    assert (stored(article).owner, is_still_here(page)) == (curator, True)


def test_on_the_desk_s_first_page_a_claimed_brief_stays_where_it_is_and_is_one_s_own(page, curator):
    first, second = nobodys(title="First"), nobodys(title="Second")
    sign_in(page, curator)
    marked(page, "/admin/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two things need you.")
    for article in (first, second):
        row = row_of(page, article)
        row.get_by_role("button", name="Claim").click()
        expect(row.locator(".row-said .note")).to_be_focused()
        expect(row.locator(".row-said")).to_contain_text(f"“{article}” is claimed.")
        expect(row.get_by_role("button", name="Claim")).to_have_count(0)
        expect(row.get_by_role("link", name="Continue")).to_be_visible()
    expect(page.locator("[data-counted=todo]")).to_have_text("2")
    assert ({stored(first).owner, stored(second).owner}, is_still_here(page)) == ({curator}, True)
    page.goto("/admin/")
    expect(page.locator(".messagelist")).to_have_count(0)


def test_signed_out_or_without_the_network_a_row_says_so_and_loses_nothing(page, curator):
    article = nobodys(title="Later")
    sign_in(page, curator)
    marked(page, LIST)
    row = row_of(page, article)
    page.context.set_offline(True)
    row.get_by_role("button", name="Claim").click()
    expect(row.locator(".row-said")).to_contain_text("That did not arrive.")
    page.context.set_offline(False)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    row.get_by_role("button", name="Claim").click()
    expect(row.locator(".row-said").get_by_role("link", name="Sign in")).to_be_visible()
    page.context.add_cookies(cookies)
    row.get_by_role("button", name="Claim").click()
    expect(row.locator(".row-said")).to_contain_text("is claimed.")
    assert (stored(article).owner, is_still_here(page)) == (curator, True)
