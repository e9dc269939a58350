"""Marks of evidence beside the writing in a real browser: beside the sentences, never in them, and said otherwise."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from curation.models import Article, Harvest
from tests.browser.test_desk import sign_in
from tests.browser.test_writing import opened
from tests.factories import make_article, make_link

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]

HEARD = "For eight months the ward has drafted its own notes at night."
COUNTED = "The trust counts corrections per shift and publishes the number."
FELL = "It fell from 39 in May to 12 in December."
OWN = "That is the line to copy."
TEXT = """For eight months, microphones above eleven beds on the night ward have listened and drafted its notes.
The trial was never meant to be large. It began with a grant and a promise to give back the last hour of the shift.
The trust counts corrections for every shift and prints the number. In December it was 14 a shift, in May 39.
Patients are asked at admission. One in nine has said no, and their bay is switched off with a key."""


@pytest.fixture
def draft(curator):
    link = make_link("https://ward.example/night")
    now = timezone.now()
    Harvest.objects.create(link=link, asked_at=now, ended_at=now, state=Harvest.State.DONE, kind="page", text=TEXT)
    body = f"<p>{COUNTED} {FELL}</p><p>One patient in nine says no. {OWN}</p>"
    return make_article(owner=curator, title="Night-shift notes", standfirst=HEARD, body=body, sources=[link])


def test_each_sentence_has_its_mark_which_is_said_otherwise_and_never_in_the_text(page, curator, draft):
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, curator)
    opened(page, draft)
    marks = page.locator(".em")
    expect(marks).to_have_text(["¶1", "¶3", "12?", "¶4", "own"])
    expect(
        page.get_by_role("button", name="Sentence 3: Not found in the source: 12; the rest is in ¶3")
    ).to_be_visible()
    page.locator("#checks").get_by_role("link", name="“12” is not in the source; nearest is “14”, ¶3.").click()
    card = page.locator(".em-card")
    expect(card).to_be_focused()
    expect(card).to_contain_text("nearest is “14”, ¶3 of ward.example")
    card.get_by_role("button", name="Show it").click()
    expect(page.locator("#page-text li").nth(2)).to_be_focused()
    expect(page.locator("#page-text mark")).to_contain_text("in May 39")
    card.get_by_role("button", name="Another place…").click()
    here = page.locator("#page-text").get_by_role("button", name="Rests on ¶4")
    here.focus()
    page.keyboard.press("Enter")
    expect(marks).to_have_text(["¶1", "¶3", "¶4", "¶4", "own"])
    expect(page.locator(".em.is-decided")).to_be_focused()
    page.keyboard.press("Enter")
    card.get_by_role("button", name="As the machine found it").click()
    expect(marks.nth(2)).to_have_text("12?")
    marks.last.click()
    card.get_by_role("button", name="My own words").click()
    expect(page.locator(".em.is-own.is-decided")).to_have_count(1)
    editor = page.locator(".ProseMirror[contenteditable]")
    editor.press("Control+End")
    page.keyboard.type(" One in nine said no.")
    expect(marks).to_have_text(["¶1", "¶3", "12?", "¶4", "own", "¶4"])
    stored = Article.objects.get(pk=draft.pk)
    assert "¶" not in stored.body
    assert "em" not in editor.inner_html().replace("ember", "")
    assert [row["sentence"] for row in stored.evidence] == [OWN]
