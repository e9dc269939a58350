"""Checks and comments in a real browser: lines lead to fields, the list follows what is saved, comments arrive."""

import pytest
from playwright.sync_api import expect

from curation.editing import comments
from curation.models import Article
from tests.factories import make_article

from .test_desk import sign_in, write

pytestmark = pytest.mark.browser


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_each_line_leads_to_its_field_and_the_list_follows_what_is_saved(page, curator):
    article = make_article(owner=curator, title=" ", topics=[], body="")
    comments.add(article, "Wait.", by=curator, blocks=True)
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(".ProseMirror[contenteditable]").wait_for()
    assert page.locator("#checks > .checks > .must").count() == 4
    page.get_by_role("link", name="There is no title yet.").click()
    assert focused(page) == "id_title"
    page.get_by_role("link", name="There is no text under the title yet.").click()
    assert "ProseMirror" in focused(page)
    page.get_by_role("link", name="It is filed under no topic").click()
    assert focused(page) == "id_topic_list-add"
    page.get_by_role("link", name="holds back review until it is resolved").click()
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


def test_a_comment_holds_back_and_lets_go_without_leaving_the_page(page, curator):
    article = make_article(owner=curator)
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator("#id_comments").fill("Wait <b>here</b>.")
    page.get_by_label("Holds back review").check()
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_text("Wait <b>here</b>.").wait_for()
    page.locator("#checks").get_by_text("holds back review until it is resolved").wait_for()
    assert page.locator("#id_comments").input_value() == ""
    page.get_by_role("button", name="Resolve").click()
    page.get_by_text("1 resolved").wait_for()
    page.locator("#checks").get_by_text("holds back review until it is resolved").wait_for(state="detached")
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
