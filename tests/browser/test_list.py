"""The list of briefs in a real browser: many at once, coming back to the same place, keys, and nothing that runs."""

import pytest
from playwright.sync_api import expect

from curation.editing import searches
from curation.models import Article, Batch
from tests.factories import make_article, make_topic

from .test_desk import sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]
LIST = "/admin/curation/article/"


def rows(page):
    return page.locator("#result_list tbody tr")


def test_many_are_tried_then_sent_to_review_then_undone(page, curator):
    make_article(owner=curator), make_article(owner=curator)
    make_article(owner=curator, sources=[], title="Bare")
    sign_in(page, curator, at=f"{LIST}?owner=me")
    page.get_by_label("Select all on this page").check()
    page.get_by_text("3 selected").wait_for()
    page.locator(".bulk-bar").get_by_role("button", name="Send to review").click()
    page.get_by_role("heading", name="Send to review: 2 briefs?").wait_for()
    page.get_by_text("There is no source").wait_for()
    assert not Article.objects.awaiting_review().exists()
    page.get_by_role("button", name="Send to review: 2").click()
    page.get_by_text("2 briefs sent to review.").wait_for()
    assert Article.objects.awaiting_review().count() == 2
    page.locator(".messagelist").get_by_role("button", name="Undo").click()
    page.get_by_text("Undone: 2 briefs as before.").wait_for()
    assert not Article.objects.awaiting_review().exists()


def test_all_that_match_are_chosen_over_every_page(page, curator):
    for _ in range(27):
        make_article(owner=curator)
    sign_in(page, curator, at=f"{LIST}?state=draft")
    rows(page).nth(0).get_by_role("checkbox").check()
    page.get_by_label("all 27 that match").check()
    page.get_by_text("All 27 selected").wait_for()
    page.locator(".bulk-more summary").click()
    page.get_by_role("button", name="Decline…").click()
    page.get_by_label("Reason").fill("All of a bad batch.")
    page.get_by_role("button", name="See what would happen").click()
    page.get_by_role("button", name="Decline: 27").click()
    page.get_by_text("27 briefs declined.").wait_for()
    assert Article.objects.filter(state="declined").count() == 27


def test_filters_page_place_and_ticks_are_there_again_after_an_edit(page, curator):
    for _ in range(40):
        make_article(owner=curator)
    sign_in(page, curator, at=f"{LIST}?state=draft&o=title")
    page.get_by_role("link", name="Page 2").click()
    page.wait_for_url("**p=2**")
    for place in (3, 5):
        rows(page).nth(place).get_by_role("checkbox").check()
    page.evaluate("scrollTo(0, 300)")
    rows(page).nth(9).get_by_role("link").click()
    page.get_by_role("textbox", name="Title").wait_for()
    page.go_back()
    page.wait_for_url("**p=2**")
    page.get_by_text("2 selected").wait_for()
    assert page.evaluate("scrollY") == 300
    page.goto(f"{LIST}?o=title&p=1&state=draft")
    expect(page.locator(".action-select:checked")).to_have_count(0)
    page.goto(f"{LIST}?all=1&p=2")
    rows(page).nth(1).get_by_role("checkbox").check()
    sign_out(page)
    sign_in(page, curator, at=f"{LIST}?all=1&p=2")
    expect(page.locator(".action-select:checked")).to_have_count(0)


def test_a_list_is_walked_with_the_keyboard(page, curator):
    articles = [make_article(owner=curator) for _ in range(3)]
    sign_in(page, curator, at=f"{LIST}?all=1")
    for key in ("j", "j", "x", "ArrowUp", "k"):
        page.keyboard.press(key)
    expect(rows(page).nth(1).get_by_role("checkbox")).to_be_checked()
    expect(rows(page).nth(0).get_by_role("link")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search briefs").last).to_be_focused()
    page.keyboard.type("jx")
    expect(page.locator("#searchbar")).to_have_value("jx")
    rows(page).nth(0).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/article/{articles[2].pk}/change/**")


def test_keys_do_nothing_for_who_turned_them_off(page, curator):
    make_article(owner=curator)
    sign_in(page, curator, at=f"{LIST}?all=1")
    page.evaluate("document.documentElement.dataset.shortcuts = 'off'")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".action-select:checked")).to_have_count(0)


def test_a_search_is_saved_and_opens_the_list(page, curator):
    make_article(owner=curator)
    sign_in(page, curator, at=f"{LIST}?state=draft")
    page.locator("summary", has_text="Save this search").click()
    page.get_by_label("Name").fill("To do")
    page.get_by_label("My list opens with it").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("“To do” is saved.").wait_for()
    page.goto(LIST)
    page.wait_for_url("**?state=draft")
    expect(page.get_by_role("link", name="To do")).to_have_attribute("aria-current", "page")


def test_a_colleague_is_chosen_by_name(page, manager, curator):
    make_article(owner=curator, title="Theirs"), make_article(owner=manager, title="Mine")
    sign_in(page, manager, at=f"{LIST}?all=1")
    page.get_by_label("Owner by name").select_option("curator")
    page.wait_for_url(f"**owner={curator.pk}**")
    expect(rows(page)).to_have_count(1)


def test_without_a_script_the_bar_is_there_and_everything_goes_by_buttons(chromium, live_server, page, curator):
    article = make_article(owner=curator)
    sign_in(page, curator)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"{LIST}?all=1")
    plain.get_by_label("Select “").check()
    plain.locator(".bulk-bar").get_by_role("button", name="Send to review").click()
    plain.get_by_role("button", name="Send to review: 1").click()
    plain.get_by_text("1 brief sent to review.").wait_for()
    context.close()
    article.refresh_from_db()
    assert article.state == "in_review"


def test_hostile_words_stay_words(page, manager):
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    manager.first_name = hostile
    manager.save()
    searches.save(manager, name=hostile, asked=f"q={hostile}", is_shared=True)
    make_article(owner=manager, title=hostile, topics=[make_topic(f"Field: {hostile}")])
    make_article(owner=manager, title=hostile, sources=[])
    sign_in(page, manager)
    for place in (f"{LIST}?all=1", f"{LIST}?q={hostile}", f"{LIST}?topic={hostile}&{hostile}=1"):
        page.goto(place)
        page.get_by_role("heading", name="Briefs").wait_for()
    page.goto(f"{LIST}?all=1")
    page.get_by_label("Select all on this page").check()
    page.locator(".bulk-bar").get_by_role("button", name="Send to review").click()
    page.get_by_role("heading", name="Send to review: 1 brief?").wait_for()
    page.get_by_role("link", name="<img src=x").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_of_bulk_work_is_wider_than_its_window(page, manager, width, scheme):
    topic = make_topic("The Healthcare Guys: Ageing & Independence in the Community")
    make_article(owner=manager, topics=[topic], title="Pneumono" * 30)
    make_article(owner=manager, title="x" * 300, sources=[])
    searches.save(manager, name="A search with quite a long name of its own", asked="state=draft", is_shared=True)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, manager)
    places = ["?all=1", "?state=draft", "?q=" + "z" * 200, "bulk/"]
    for place in places:
        page.goto(f"{LIST}{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    page.goto(f"{LIST}?all=1")
    for tick in page.locator(".action-select").all():
        tick.check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "bar"
    page.locator(".bulk-bar").get_by_role("button", name="Send to review").click()
    page.get_by_text("Nothing is done yet.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "trial"
    assert Batch.objects.get().stage == "tried"
