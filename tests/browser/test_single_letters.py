"""Single letters never act while something is open or written in: one guard (``deskKeys``), and nothing goes by it."""

import re

import pytest
from playwright.sync_api import expect

from tests import ROOT
from tests.browser.test_desk import sign_in
from tests.factories import make_article, make_person, make_topic

STATIC = ROOT / "static"
#: Scripts that hear keys and name no letter or figure: what they hear instead.
NO_LETTERS = {
    "autosave.js": "Ctrl and S",
    "board.js": "arrows, Escape and Tab in the menu of a card, Escape beside the board",
    "calendar.js": "arrows, Enter, Escape and Tab while a brief is picked up",
    "calls.js": "arrows, Enter, Escape and Tab in its list of names",
    "desk.js": "Ctrl and S, Escape",
    "evidence-marks.js": "Escape in what a mark opened",
    "home.js": "Escape, Enter with Ctrl",
    "page-span.js": "Escape in the pane",
    "page-text.js": "a blank on its button, Escape in the pane",
    "picker.js": "arrows, Enter and Escape in its own box",
    "picture.js": "arrows and Home on the focal point",
    "preview.js": "Ctrl and P",
    "suggestions.js": "Alt and Shift with a letter",
}
LETTERS = ["?", "/", "n", "g", "h", "b", "j", "k", "x", "1", "2", "3"]


def test_every_script_that_hears_keys_asks_the_guard_or_names_no_letter():
    hearing = {
        path.name for path in STATIC.rglob("*.js") if re.search(r"[\"']key(?:down|up|press)[\"']", path.read_text())
    }
    guarded = {path.name for path in STATIC.rglob("*.js") if "deskKeys.isFree" in path.read_text()}
    assert hearing == guarded | set(NO_LETTERS) | {"keys.js"}
    for name in NO_LETTERS:
        (path,) = STATIC.rglob(name)
        alone = re.findall(r"event\.key === [\"'](\w)[\"']", path.read_text())
        assert not alone or "ctrlKey" in path.read_text(), name
    own = re.search(r"alone\(\{(.*?)\n  \}\);", (STATIC / "desk" / "keys.js").read_text(), re.DOTALL)[1]
    assert set(re.findall(r"^    \"?([^\s\":]+)\"?:", own, re.MULTILINE)) == {"?", "/", "n", "g", "h", "b"}


# In a browser --------------------------------------------------------------------------------------------------------

browser = pytest.mark.browser


def press_all(page):
    """Every letter the desk knows; gives what they did: another address, another focus, the sheet, a tick."""
    was = page.evaluate(_STATE)
    for letter in LETTERS:
        page.evaluate(
            """(key) => (document.activeElement || document.body).dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))""",
            letter,
        )
    return was, page.evaluate(_STATE)


_STATE = """() => [
    location.pathname,
    document.activeElement.tagName + "#" + document.activeElement.id,
    document.querySelectorAll("dialog[open]").length,
    document.querySelectorAll(".action-select:checked").length,
    document.querySelector(".merge input:checked")?.value ?? "",
]"""
#: What can be open on a page of the desk, and what opens it.
ON_A_BRIEF = {
    "your menu": "document.querySelector('.bar-tools details.menu').open = true",
    "other steps": "document.querySelector('.step .menu:not(.menu-wide)').open = true",
    "the sheet of keys": "document.getElementById('keys').showModal()",
    "a dialog of the editor": "put('<dialog>Where to?</dialog>').showModal()",
    "a popover": "put('<div popover>More</div>').showPopover()",
    "a list of choices": "show('.picker-find [role=listbox]')",
    "a palette": "show('.palette')",
    "two texts to choose from": "put(document.getElementById('merge-blank').innerHTML)",
    "a part said to be a dialog": "put('<div role=alertdialog>Sure?</div>')",
}
_OPENING = """
    const { body } = document;
    const put = (html) => { body.insertAdjacentHTML("beforeend", html); return body.lastElementChild; };
    const show = (list) => Object.assign(document.querySelector(list), { hidden: false, innerHTML: "<li>One</li>" });
"""


@browser
@pytest.mark.django_db(transaction=True)
def test_nothing_acts_while_anything_is_open_on_a_brief(calm, manager):
    page = calm
    make_topic("Field: Alpha")
    article = make_article(owner=manager)
    sign_in(page, manager)
    for name, opening in ON_A_BRIEF.items():
        page.goto(f"/admin/curation/article/{article.pk}/change/")
        page.locator(".ProseMirror[contenteditable]").wait_for()
        page.evaluate("document.activeElement.blur()")
        page.evaluate(f"() => {{ {_OPENING} {opening}; }}")
        was, now = press_all(page)
        assert was == now, name


@browser
@pytest.mark.parametrize("menu", ["details.menu.bulk-more", ".bar-tools details.menu", "details.menu.searches"])
def test_nothing_acts_while_a_menu_is_open_on_the_list(calm, manager, menu):
    page = calm
    for number in range(3):
        make_article(owner=manager, title=f"Brief {number}")
    sign_in(page, manager, at="/admin/curation/article/?owner=me")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".action-select:checked")).to_have_count(1)
    page.evaluate(f"document.querySelector('{menu}').open = true")
    was, now = press_all(page)
    assert was == now
    page.evaluate(f"document.querySelector('{menu}').open = false")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".action-select:checked")).to_have_count(2)


@browser
def test_the_letters_of_this_test_are_those_of_the_desk(calm, manager):
    make_article(owner=manager)
    sign_in(calm, manager)
    calm.goto("/admin/curation/article/")
    known = set(calm.evaluate("window.deskKeys.letters()"))
    assert known - {"ArrowUp", "ArrowDown"} == set(LETTERS) - {"1", "2", "3"}


@browser
def test_the_next_step_is_not_taken_from_behind_a_dialog(calm):
    page, writer = calm, make_person("Manager")
    article = make_article(owner=writer)
    sign_in(page, writer, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(".ProseMirror[contenteditable]").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog#keys")).to_be_visible()
    article.refresh_from_db()
    assert article.state == "draft"
