"""Checks and comments in a real browser: lines lead to fields, the list follows what is saved, comments arrive."""

import pytest
from playwright.sync_api import expect

from curation import discussion
from curation.editing import comments
from curation.models import Article
from tests.factories import make_article

from .test_desk import sign_in, write

pytestmark = pytest.mark.browser


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_each_line_leads_to_its_field_and_the_list_follows_what_is_saved(page, curator):
    article = make_article(owner=curator, title=" ", topics=[], body="")
    discussion.add(article, "Wait.", by=curator, blocks=True)
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(".ProseMirror[contenteditable]").wait_for()
    assert page.locator("#checks > .checks > .must").count() == 4
    page.get_by_role("link", name="There is no title yet.").click()
    assert focused(page) == "id_title"
    page.get_by_role("link", name="There is no text under the title yet.").click()
    assert "ProseMirror" in focused(page)
    page.get_by_role("link", name="It is filed under no topic").click()
    assert focused(page) == "id_topic_list-add"
    page.get_by_role("link", name="holds it back until it is settled").click()
    assert focused(page) == "id_comments"
    for name in ("id_source_list-add", "id_title"):
        page.evaluate("document.dispatchEvent(new CustomEvent('medigy:next-error'))")
        assert focused(page) == name
    page.keyboard.type("A ward that listens")
    page.get_by_role("link", name="There is no title yet.").wait_for(state="detached")
    write(page, "Nurses speak.")
    page.get_by_role("link", name="There is no text under the title yet.").wait_for(state="detached")
    page.get_by_role("button", name="Send to review").click()
    page.locator(".messagelist").get_by_role("link", name="It is filed under no topic").click()
    assert focused(page) == "id_topic_list-add"
    assert Article.objects.get().state == "draft"


def test_a_comment_on_a_sentence_calls_somebody_holds_back_and_is_settled_in_place(page, curator, manager):
    article = make_article(owner=curator)
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    sentence = article.body.removeprefix("<p>").partition(".")[0] + "."
    page.get_by_label("About", exact=True).select_option(label=f"2. {sentence}")
    words = page.locator("#id_comments")
    words.press_sequentially("Wait <b>here</b>, @ma")
    expect(page.locator(".calls").get_by_role("option")).to_have_count(2)
    expect(words).to_have_attribute("aria-activedescendant", "calls-0")
    words.press("ArrowDown")
    expect(page.locator(".calls").get_by_role("option", name="everybody who decides")).to_have_attribute(
        "aria-selected", "true"
    )
    words.press("ArrowUp")
    words.press("Enter")
    assert words.input_value() == "Wait <b>here</b>, @manager "
    page.get_by_label("Holds it back").check()
    page.get_by_role("button", name="Comment", exact=True).click()
    thread = page.locator(".thread")
    expect(thread).to_contain_text("Wait <b>here</b>, @manager")
    page.locator("#checks").get_by_text("holds it back until it is settled").wait_for()
    assert words.input_value() == ""
    page.locator("#id_comments").fill("Something else.")
    thread.get_by_text("Answer", exact=True).first.click()
    thread.get_by_label("Answer curator").fill("I see.")
    thread.get_by_role("button", name="Answer").click()
    expect(thread).to_contain_text("I see.")
    assert page.locator("#id_comments").input_value() == "Something else."
    thread.get_by_role("button", name="Settle").click()
    page.get_by_text("1 settled").first.wait_for()
    page.locator("#checks").get_by_text("holds it back until it is settled").wait_for(state="detached")
    assert comments.blocking([article.pk]) == {}


def test_what_holds_the_step_back_is_said_beside_it_as_it_changes(page, curator):
    article = make_article(owner=curator, title=" ")
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(".ProseMirror[contenteditable]").wait_for()
    why = page.locator(".step-why")
    expect(why).to_contain_text("1 check holds this back.")
    page.locator("#id_title").fill("A ward that listens")
    expect(why).to_have_count(0)
    page.locator("#id_title").fill("")
    expect(why).to_contain_text("1 check holds this back.")
    page.locator("[data-picker=topic_list]").get_by_role("button", name="Take out").click()
    expect(why).to_contain_text("2 checks hold this back.")
