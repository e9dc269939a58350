"""The desk in a real browser: from a pasted link to a published brief, under the desk's own policy."""

import time

import pytest
from django.test import Client

from curation.models import Article, Edition
from tests.factories import PASSWORD, make_article, make_in, make_link, make_published, make_topic

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]


def sign_in(page, person, at=None):
    """Be signed in, and go to a page of the desk. The door itself is tried by those who ``come_in``."""
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.site}])
    if at:
        page.goto(at)


def come_in(page, person):
    """Sign in at the door."""
    page.goto("/admin/login/")
    page.get_by_label("Name").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1).wait_for()


def sign_out(page):
    page.locator("summary[title=You]").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_load_state()


def until(holds, seconds=10):
    """Wait until something holds in the database, which the browser's own waits cannot see."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    assert holds()


def write(page, words):
    page.locator(".ProseMirror[contenteditable]").click()
    page.keyboard.type(words)


def file_and_send(page):
    """File the brief on the screen under the one topic there is, and send it to review."""
    page.get_by_placeholder("Find a topic").fill("twin")
    page.get_by_role("option", name="Gartner: Digital Twin").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("sent to review").first.wait_for()


def test_from_a_pasted_link_to_a_published_brief(page, curator, manager):
    make_topic("Gartner: Digital Twin")
    come_in(page, curator)
    page.get_by_label("Paste a link to start a brief").fill("https://www.example.org/twins?utm_source=letter")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("The draft is begun.").wait_for()
    page.get_by_role("textbox", name="Title").fill("A model of one knee")
    page.get_by_role("textbox", name="Standfirst").fill("It decides nothing, and its owners like it that way.")
    write(page, "The knee is one person's, and no other.")
    file_and_send(page)
    sign_out(page)

    come_in(page, manager)
    page.goto(f"/admin/curation/article/{Article.objects.get().pk}/change/")
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("” is approved").wait_for()
    page.locator("summary", has_text="Publish").click()
    page.locator(".menu-wide").get_by_role("button", name="Publish").click()
    page.get_by_text("is published").wait_for()
    edition = Edition.objects.live().get()
    assert (edition.title, edition.source_brand) == ("A model of one knee", "example.org")
    assert edition.body == "<p>The knee is one person's, and no other.</p>"
    assert [row.topic.name for row in edition.edition_topics.all()] == ["Gartner: Digital Twin"]
    page.get_by_role("link", name="View on site").first.wait_for()


def test_topics_are_reordered_and_taken_out_with_the_keyboard(page, curator):
    first, second, third = (make_topic(f"Field: {name}") for name in ("Alpha", "Beta", "Gamma"))
    article = make_article(owner=curator, topics=[first, second, third])
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    rows = page.locator("[data-picker=topic_list] [data-rows] > li")
    rows.nth(2).get_by_role("button", name="Move up").press("Enter")
    rows.nth(0).get_by_role("button", name="Take out").press("Enter")
    page.keyboard.press("Control+s")
    until(lambda: list(article.topics.all()) == [third, second])


def test_a_reason_is_asked_for_in_the_menu(page, manager):
    article = make_article(title="Out of date")
    sign_in(page, manager, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator("summary[title='Other steps']").click()
    page.locator("summary", has_text="Decline").click()
    page.get_by_label("Reason").fill("The source took it back.")
    page.get_by_role("button", name="Decline").click()
    page.get_by_text("is declined").wait_for()
    assert article.log.first().reason == "The source took it back."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_its_window(page, manager, width, scheme):
    topics = [make_topic("The Healthcare Guys: Ageing & Independence in the Community") for _ in range(1)]
    article = make_article(owner=manager, topics=topics, sources=[make_link("https://example.org/" + "x" * 300)])
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, manager)
    places = ["", "curation/article/", f"curation/article/{article.pk}/change/", "curation/article/add/"]
    places += [
        "curation/sourcelink/",
        "curation/logentry/",
        "offerings/topic/",
        f"offerings/topic/{topics[0].pk}/change/",
    ]
    for place in places:
        page.goto(f"/admin/{place}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')")


def test_a_new_draft_opens_on_its_title_and_a_refusal_on_what_blocks(page, curator):
    sign_in(page, curator, at="/admin/")
    page.get_by_label("Paste a link to start a brief").fill("https://www.example.org/twins")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("The draft is begun.").wait_for()
    assert focused(page) == "id_title"
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("waits:").wait_for()
    assert focused(page) == page.locator(".held a").first.get_attribute("href")


def test_a_refused_withdrawal_is_open_again_with_what_was_typed(page, manager):
    old, new = make_published(title="A ward that types").article, make_published(title="A ward that listens").article
    sign_in(page, manager, at=f"/admin/curation/article/{old.pk}/change/")
    assert page.locator(".step-do > .btn-primary").inner_text().strip() == "View on site"
    page.locator("summary[title='Other steps']").click()
    page.locator("summary", has_text="Withdraw").click()
    reason = page.get_by_role("textbox", name="Reason")
    reason.fill("Told better elsewhere.")
    page.get_by_label("Successor").fill("Wards listens")
    page.get_by_role("button", name="Withdraw").click()
    page.locator(".errorlist", has_text=f"Readers can go to “A ward that listens” ({new.pk}).").wait_for()
    assert (focused(page), reason.input_value()) == ("id_withdraw_successor", "Told better elsewhere.")
    page.get_by_label("Successor").fill("A ward that listens")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("is withdrawn").wait_for()
    assert old.editions.get().successor == new


def test_without_a_script_a_button_pressed_after_the_session_ended_leads_back_to_the_brief(
    chromium, live_server, manager
):
    article = make_in("in_review", title="Told twice")
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.site = live_server.url
    sign_in(page, manager, at=f"/admin/curation/article/{article.pk}/change/")
    page.context.clear_cookies(name="sessionid")
    page.locator(".step-do summary.btn-primary, .step-do .btn-primary").first.click()
    page.get_by_label("Name").fill(manager.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("You were signed out, so nothing was done. Press the button again.").wait_for()
    assert page.url.endswith(f"/{article.pk}/change/")
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("” is approved").wait_for()
    context.close()
