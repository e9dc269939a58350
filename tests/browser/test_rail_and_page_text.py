"""Beside the writing in a real browser: topics and suggestions in the first screen, the page's text one click away."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from curation.models import Harvest
from curation.suggestions import memory
from tests.browser.test_desk import sign_in
from tests.browser.test_writing import opened
from tests.curation.harvest import sites
from tests.factories import make_article, make_link, make_topic

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]

BODY = "<p>Nurses sleep at last, because the monitors no longer ring for nothing all night long on every ward.</p>"
TEXT = "On ward four nobody slept.\n\nThen the monitors were asked to be quiet.\n\nThey were."


@pytest.fixture(autouse=True)
def _calm(page):
    memory.forget()
    yield
    memory.forget()


@pytest.fixture
def draft(curator):
    for name in ("Sleep", "Monitors"):
        make_topic(f"Atlas: {name}").synonyms.create(spelling=name)
    link = make_link("https://news.example.org/ward")
    now = timezone.now()
    Harvest.objects.create(link=link, asked_at=now, ended_at=now, state=Harvest.State.DONE, kind="page", text=TEXT)
    return make_article(owner=curator, title="Nurses sleep", body=BODY, sources=[link], topics=[])


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_topics_and_their_suggestions_stand_in_the_first_screen(page, curator, draft, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    sign_in(page, curator)
    opened(page, draft)
    offer = page.locator("[data-suggestions-of=topics]").get_by_role("button", name="Add Atlas").first
    offer.wait_for()
    box, finder = offer.bounding_box(), page.locator("#id_topic_list-add").bounding_box()
    assert finder["y"] < box["y"] < size[1] - box["height"]
    assert (
        box["y"] < page.locator("#id_source_list-add").bounding_box()["y"] < page.locator("#checks").bounding_box()["y"]
    )
    offer.click()
    expect(page.locator("[data-picker=topic_list] [data-rows] > li")).to_have_count(1)


def test_the_page_s_text_opens_by_one_click_or_key_beside_the_writing(page, curator, draft):
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, curator)
    opened(page, draft)
    pane, button = page.locator("#page-text"), page.get_by_role("button", name="The page's text", exact=True)
    expect(pane).to_be_hidden()
    button.click()
    expect(pane.locator("li")).to_have_text(TEXT.split("\n\n"))
    expect(pane).to_be_focused()
    writing, text = page.locator(".ProseMirror[contenteditable]").bounding_box(), pane.bounding_box()
    assert writing["x"] + writing["width"] <= text["x"]
    assert text["y"] < 800
    chosen = page.evaluate("""() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector("#page-text ol"));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return getSelection().toString().replace(/\\s+/g, " ").trim();
    }""")
    assert chosen == " ".join(TEXT.split())
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    expect(button).to_be_focused()
    page.locator("#id_title").focus()
    page.keyboard.press("Alt+9")
    expect(pane).to_be_visible()
    opened(page, draft)
    expect(pane.locator("li")).to_have_count(3)
    page.keyboard.press("Alt+9")
    expect(pane).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 768, 1100, 1440])
def test_with_the_page_s_text_nothing_is_wider_than_the_window(page, curator, draft, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, curator)
    opened(page, draft)
    page.locator("#show-page-text").click()
    page.locator("#page-text li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#page-text").bounding_box()["y"] < 800


def test_without_scripts_the_page_s_text_is_a_page(chromium, live_server, curator, draft):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.site = live_server.url
    sign_in(page, curator, at=f"/admin/curation/article/{draft.pk}/change/")
    page.get_by_role("link", name="The page's text", exact=True).click()
    expect(page.locator("ol.page-words li")).to_have_text(TEXT.split("\n\n"))
    context.close()


def test_a_heading_that_a_check_names_is_selected_where_it_stands(page, curator):
    body = f"<h2>Beds</h2>{BODY}<h3>Wards</h3><h3>Nurses</h3><p>Four.</p>"
    article = make_article(owner=curator, body=body)
    sign_in(page, curator)
    opened(page, article)
    page.locator("#checks a", has_text="Nothing stands under the heading “Wards”").click()
    assert page.evaluate("getSelection().toString()") == "Wards"


def test_the_text_of_another_source_is_one_click_away_and_read_when_nobody_did(page, curator, draft, source):
    other = make_link("http://news.example.org/other")
    draft.article_sources.create(link=other, position=1)
    source.answers["/other"] = sites.page(b"<html><body><article><p>Words of the other page, in a row.</p></article>")
    sign_in(page, curator)
    opened(page, draft)
    page.locator("#show-page-text").click()
    pane = page.locator("#page-text")
    expect(pane.locator(".page-words li")).to_have_count(3)
    pane.get_by_role("link", name="news.example.org").last.click()
    expect(pane).to_contain_text("was not read yet")
    pane.get_by_role("button", name="Read it now").click()
    expect(pane.locator(".page-words li").first).to_contain_text("Words of the other page")
    expect(pane.locator("[aria-current]")).to_have_count(1)
