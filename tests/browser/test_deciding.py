"""Deciding by mouse and by keys alone: the next brief stands there at once, and what was decided can be undone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from curation.models import Article, Harvest, State
from tests.browser.test_desk import sign_in
from tests.factories import make_article, make_link, make_published, step

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]
FIRST = "/admin/curation/article/decide/"
TEXT = """For eight months eleven beds were listened to at night.
Nurses read every draft before it is filed. In December corrections stood at 14 a shift."""
BODY = "<p>For eight months the ward listened to eleven beds. Corrections fell to 12 in December.</p>"


def brief(curator, **given):
    article = make_article(by=curator, **given)
    step("submit", article, curator)
    return article


def read(link):
    now = timezone.now()
    Harvest.objects.create(link=link, state="done", kind="page", text=TEXT, asked_at=now, ended_at=now)


@pytest.fixture
def three(curator):
    link = make_link()
    first = brief(curator, title="The first", body=BODY, sources=[link])
    read(link)
    return first, brief(curator, title="The second"), brief(curator, title="The third")


def opened(page, person, address=FIRST):
    sign_in(page, person)
    page.goto(address)
    page.evaluate("window.isStillHere = true")
    page.wait_for_load_state("networkidle")


def heading(page):
    return page.get_by_role("heading", level=1)


def states(*articles):
    return [Article.objects.get(pk=one.pk).state for one in articles]


def test_by_keys_alone_three_briefs_are_decided_and_one_is_taken_back(page, manager, three):
    opened(page, manager)
    keys = page.keyboard
    expect(heading(page)).to_have_text("The first")
    keys.press("a")
    expect(heading(page)).to_have_text("The second")
    expect(page.locator("[data-said]")).to_contain_text("“The first” is approved.")
    assert states(*three) == [State.APPROVED, State.IN_REVIEW, State.IN_REVIEW]
    keys.press("z")
    expect(heading(page)).to_have_text("The first")
    assert states(*three) == [State.IN_REVIEW] * 3
    keys.press("j")
    expect(heading(page)).to_have_text("The second")
    keys.press("1")
    keys.press("3")
    keys.press("r")
    expect(heading(page)).to_have_text("The third")
    keys.press("r")
    expect(page.get_by_label("What has to change?")).to_be_focused()
    keys.type("a r p z 1: it needs a name.")
    assert states(*three)[2] == State.IN_REVIEW
    keys.press("Tab")
    keys.press("Enter")
    expect(heading(page)).to_have_text("The first")
    assert page.evaluate("window.isStillHere === true")
    assert states(*three) == [State.IN_REVIEW, State.CHANGES_REQUESTED, State.CHANGES_REQUESTED]
    assert three[1].log.first().reason == "Figure not found. Weak standfirst."
    assert three[2].log.first().reason == "a r p z 1: it needs a name."
    keys.press("Escape")
    page.wait_for_url(re.compile("/admin/$"))


def test_by_mouse_a_brief_is_published_in_two_clicks_and_its_neighbours_are_links(page, manager, three):
    opened(page, manager)
    page.get_by_text("Publish…").click()
    page.get_by_role("button", name="Approve and publish now").click()
    expect(heading(page)).to_have_text("The second")
    expect(page.locator("[data-said]")).to_contain_text("published, and out in 30 seconds")
    page.get_by_role("button", name="Undo").click()
    expect(heading(page)).to_have_text("The first")
    assert (states(three[0]), three[0].editions.count()) == (["in_review"], 1)
    page.get_by_role("link", name="Next brief, leave this one undecided").click()
    expect(heading(page)).to_have_text("The second")
    page.go_back()
    expect(heading(page)).to_have_text("The first")
    assert page.evaluate("window.isStillHere === true")


def test_from_sentence_to_sentence_the_source_shows_what_each_rests_on(page, manager, three):
    opened(page, manager)
    keys = page.keyboard
    keys.press("]")
    keys.press("]")
    expect(page.locator("#s2.is-focus .ev")).to_have_text(re.compile("¶1"))
    expect(page.locator("#p1.is-match mark.span")).to_contain_text("eleven beds")
    keys.press("f")
    expect(page.locator("#s3.is-focus")).to_contain_text("Corrections fell to 12")
    expect(page.locator("[data-match]")).to_contain_text("12 not found in the source")
    expect(page.locator("#p2 .near")).to_contain_text("14")
    keys.press("[")
    expect(page.locator("#p1.is-match")).to_be_visible()
    page.locator("#s3 .ev").click()
    expect(page.locator("#p1.is-match")).to_have_count(0)


def test_one_text_is_shown_as_changes_whole_and_as_readers_will_see_it(page, manager, curator):
    body = "".join(f"<p>Paragraph {number} stands.</p>" for number in "abc")
    article = make_published(title="Told before", body=f"{body}<p>It took nine weeks.</p>", by=curator).article
    step("edit", article, curator, changes={"body": f"{body}<p>It took eleven weeks.</p>"})
    opened(page, manager)
    gone, same = page.locator(".rv-brief del"), page.get_by_text("Paragraph b stands.", exact=True)
    expect(gone).to_be_visible()
    expect(same).to_be_hidden()
    page.keyboard.press("w")
    expect(gone).to_be_hidden()
    expect(same).to_be_visible()
    page.keyboard.press("v")
    expect(page.frame_locator(".rv-preview").get_by_role("heading", name="Told before")).to_be_visible()
    page.keyboard.press("v")
    expect(gone).to_be_visible()


def test_what_moved_on_meanwhile_is_refused_and_one_key_shows_how(page, manager, curator, three):
    opened(page, manager)
    step("take_back", three[0], curator)
    step("edit", three[0], curator, changes={"body": BODY.replace("eleven", "twelve")})
    step("submit", three[0], curator)
    page.keyboard.press("a")
    expect(page.locator("[data-said] .note")).to_be_focused()
    page.keyboard.press("l")
    expect(page.locator(".rv-brief ins").first).to_contain_text("twelve")
    assert states(three[0]) == [State.IN_REVIEW]
    page.keyboard.press("a")
    expect(heading(page)).to_have_text("The second")
    assert states(three[0]) == [State.APPROVED]


def test_letters_do_nothing_while_a_menu_or_a_sheet_is_open(page, manager, three):
    opened(page, manager)
    for opener in ("p", "?"):
        page.keyboard.press(opener)
        page.keyboard.press("a")
        page.keyboard.press("j")
        expect(heading(page)).to_have_text("The first")
        page.keyboard.press("Escape")
    assert states(*three) == [State.IN_REVIEW] * 3
