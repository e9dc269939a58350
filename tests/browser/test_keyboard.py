"""The desk by keyboard: the sheet of keys, ways about, the whole loop without a mouse; and all of it switched off."""

import re

import pytest
from playwright.sync_api import expect

from curation.models import Article, Edition, Preference
from tests.factories import PASSWORD, make_article, make_person, make_topic

from .test_desk import come_in, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]
SHEET = "dialog#keys"


@pytest.fixture(autouse=True)
def _calm(page):
    yield
    # A step taken in the middle of a word leaves a preview behind that is not open any more; the browser logs it.
    page.complaints[:] = [words for words in page.complaints if "/preview/" not in words]


def opened(page, article):
    page.goto(f"/admin/curation/article/{article.pk}/change/")
    page.locator(".ProseMirror[contenteditable]").wait_for()


def test_the_sheet_opens_by_its_key_and_from_the_menu_and_gives_focus_back(page, curator):
    sign_in(page, curator, at="/admin/")
    menu = page.locator("summary[title=You]")
    menu.focus()
    page.keyboard.press("?")
    expect(page.locator(SHEET)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(SHEET)).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keys").press("Enter")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("button", name="Close").press("Enter")
    expect(page.locator(SHEET)).to_be_hidden()


def test_a_letter_in_a_field_is_a_letter(page, curator):
    article = make_article(owner=curator, title="Old")
    sign_in(page, curator)
    opened(page, article)
    box = page.get_by_role("textbox", name="Title")
    box.fill("")
    box.press_sequentially("gh? n/b")
    expect(box).to_have_value("gh? n/b")
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.type("?gbn")
    expect(page.locator(".ProseMirror[contenteditable]")).to_contain_text("?gbn")
    expect(page.locator(SHEET)).to_be_hidden()


def test_while_a_word_is_composed_no_key_is_taken(page, curator):
    sign_in(page, curator, at="/admin/")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    expect(page.locator(SHEET)).to_be_hidden()
    page.keyboard.press("Control+Shift+?")
    expect(page.locator(SHEET)).to_be_hidden()


def test_keys_lead_about_the_desk(page, curator):
    sign_in(page, curator, at="/admin/")
    page.keyboard.press("/")
    expect(page.locator("#bar-q")).to_be_focused()
    page.locator("#bar-q").blur()
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page).to_have_url(re.compile("/curation/article/$"))
    page.keyboard.press("/")
    expect(page.locator("#searchbar")).to_be_focused()
    page.locator("#searchbar").blur()
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(re.compile("/admin/$"))
    page.keyboard.press("n")
    expect(page.get_by_label("Paste a link to start a brief")).to_be_focused()


def test_alt_and_a_figure_lead_through_a_brief(page, curator):
    article = make_article(owner=curator)
    sign_in(page, curator)
    opened(page, article)
    page.keyboard.press("Alt+1")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.press("Alt+2")
    expect(page.locator("#id_standfirst")).to_be_focused()
    page.keyboard.press("Alt+3")
    expect(page.locator(".ProseMirror[contenteditable]")).to_be_focused()
    page.locator("#show-preview").uncheck()
    page.keyboard.press("Alt+4")
    expect(page.locator("#preview .frame")).to_be_focused()
    page.keyboard.press("Alt+5")
    expect(page.get_by_role("button", name="Send to review")).to_be_focused()
    page.keyboard.press("Alt+7")
    expect(page.locator("#id_topic_list-add")).to_be_focused()


def test_f8_asks_for_the_next_thing_to_mend(page, curator):
    article = make_article(owner=curator)
    sign_in(page, curator)
    opened(page, article)
    page.evaluate("window.asked = 0; document.addEventListener('medigy:next-error', () => { window.asked += 1 })")
    page.locator("#id_title").focus()
    page.keyboard.press("F8")
    assert page.evaluate("window.asked") == 1


@pytest.mark.parametrize("place", ["#id_title", ".ProseMirror[contenteditable]"])
def test_the_next_step_is_one_key_away_from_wherever_one_writes(page, curator, place):
    article = make_article(owner=curator)
    sign_in(page, curator)
    opened(page, article)
    page.locator(place).click()
    page.keyboard.type("New ")
    page.keyboard.press("Control+Enter")
    page.get_by_text("sent to review").first.wait_for()
    article.refresh_from_db()
    assert article.state == "in_review"


def test_from_a_link_to_a_published_brief_without_a_mouse(page, curator, manager):
    make_topic("Gartner: Digital Twin")
    keys = page.keyboard
    by_keys(page, curator)
    keys.press("n")
    keys.type("https://www.example.org/twins")
    keys.press("Enter")
    page.get_by_text("The draft is begun.").wait_for()
    page.locator(".ProseMirror[contenteditable]").wait_for()
    keys.press("Alt+1")
    keys.type("A model of one knee")
    keys.press("Alt+2")
    keys.type("It decides nothing, and its owners like it that way.")
    keys.press("Alt+3")
    keys.type("The knee is one person's, and no other.")
    keys.press("Alt+7")
    keys.type("twin")
    page.get_by_role("option", name="Gartner: Digital Twin").wait_for()
    keys.press("Enter")
    page.locator("#saved[data-state=saved]").wait_for()
    keys.press("Control+Enter")
    page.get_by_text("sent to review").first.wait_for()
    article = Article.objects.get()

    page.locator("summary[title=You]").press("Enter")
    page.get_by_role("button", name="Log out").press("Enter")
    page.wait_for_url("**/logout/")
    by_keys(page, manager)
    page.goto(f"/admin/curation/article/{article.pk}/change/")
    keys.press("Control+Enter")
    page.get_by_text("” is approved").wait_for()
    page.wait_for_load_state()
    keys.press("Control+Enter")
    page.locator(".menu-wide[open]").wait_for()
    keys.press("Control+Enter")
    page.get_by_text("is published").wait_for()
    assert Edition.objects.live().get().title == "A model of one knee"


def by_keys(page, person):
    page.goto("/admin/login/")
    page.get_by_label("Name").focus()
    page.keyboard.type(person.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1).wait_for()


def test_switched_off_no_key_does_anything_and_the_menu_still_tells(page, curator):
    Preference.objects.create(user=curator, shortcuts=False)
    sign_in(page, curator, at="/admin/")
    for key in ("?", "n", "/", "g", "b", "F8", "Alt+1"):
        page.keyboard.press(key)
    expect(page.locator(SHEET)).to_be_hidden()
    expect(page).to_have_url(re.compile("/admin/$"))
    page.locator("summary[title=You]").press("Enter")
    page.get_by_role("button", name="Keys").press("Enter")
    expect(page.get_by_text("They are switched off.")).to_be_visible()


# Your settings -------------------------------------------------------------------------------------------------------


def test_settings_are_chosen_by_keyboard_and_stand_on_every_page(page, curator):
    sign_in(page, curator, at="/admin/")
    page.locator("summary[title=You]").press("Enter")
    page.get_by_role("link", name="Your settings").press("Enter")
    page.get_by_role("radio", name="Compact").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Dark").focus()
    page.keyboard.press("Space")
    page.get_by_label("Time zone").fill("Asia/Tokyo")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Your settings are saved.").wait_for()
    page.goto("/admin/")
    shown = page.evaluate("({...document.documentElement.dataset})")
    assert {name: shown[name] for name in ("density", "shortcuts", "zone", "theme")} == {
        "density": "compact",
        "shortcuts": "on",
        "zone": "Asia/Tokyo",
        "theme": "dark",
    }


def test_the_scheme_goes_along_to_another_browser(page, live_server, curator):
    sign_in(page, curator, at="/admin/")
    with page.expect_response("**/scheme/") as answer:
        page.locator(".theme-toggle").click()
    assert answer.value.status == 204
    assert Preference.objects.get(user=curator).scheme == "dark"
    elsewhere = page.context.browser.new_context(base_url=live_server.url).new_page()
    elsewhere.goto("/admin/login/")
    elsewhere.evaluate("localStorage.setItem('theme', 'light')")
    come_in(elsewhere, curator)
    assert elsewhere.evaluate("document.documentElement.dataset.theme") == "dark"
    elsewhere.context.close()


@pytest.mark.parametrize("density", ["calm", "compact"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sheet_and_settings_fit_a_small_window(page, scheme, density):
    person = make_person("Curator")
    Preference.objects.create(user=person, density=density, scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, person)
    for place in ("curation/preference/", "", "curation/article/"):
        page.goto(f"/admin/{place}")
        page.keyboard.press("?")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
        box = page.locator(SHEET).bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= 320, box["height"] <= 640) == (True, True, True)
        assert page.locator(".keys-in").evaluate("one => one.scrollWidth <= one.clientWidth")
