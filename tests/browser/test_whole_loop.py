"""One brief from a pasted link to review, with everything in the way that a working day brings, in one go."""

import pytest
from playwright.sync_api import expect

from curation import workflow
from curation.models import Article, SourceLink
from tests.curation.harvest import sites
from tests.factories import PASSWORD, make_topic

from .test_desk import sign_in, write
from .test_paste import HOSTILE, PAGE, STANDFIRST, STORY
from .test_writing import another, field, opened, stored, until

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


@pytest.fixture(autouse=True)
def _site(page, source):
    source.answers["/knee"] = sites.page(PAGE.encode())
    source.answers["/hostile"] = sites.page(HOSTILE.encode())
    page.on("dialog", lambda dialog: dialog.accept())


def started(page, link):
    page.goto("/admin/")
    page.get_by_label("Paste a link to start a brief").fill(link)
    page.keyboard.press("Enter")


def test_a_brief_goes_from_its_link_to_review_whatever_is_in_the_way(page, live_server, curator, manager):
    topic = make_topic("Gartner: Digital Twin")
    sign_in(page, curator, at="/admin/")

    # A hostile page is read, and is words.
    started(page, "http://news.example.org/hostile")
    page.get_by_text("The draft is begun.").wait_for()
    expect(field(page, "Title")).not_to_have_value("")
    assert page.evaluate("document.querySelectorAll('[onerror], [onload]').length") == 0
    hostile = Article.objects.get()

    # The link itself: a draft at once, filled from its page.
    started(page, f"{STORY}?utm_source=letter")
    page.get_by_text("The draft is begun.").wait_for()
    draft = Article.objects.exclude(pk=hostile.pk).get()
    expect(field(page, "Standfirst")).to_have_value(STANDFIRST)

    # The connection is cut while somebody types.
    page.context.set_offline(True)
    field(page, "Title").fill("Typed in a tunnel")
    page.get_by_text("kept on this machine until the network is back").wait_for()
    page.context.set_offline(False)
    until(lambda: stored(draft).title == "Typed in a tunnel")

    # The session ends while somebody types; signing in beside goes on.
    page.context.clear_cookies(name="sessionid")
    write(page, "The knee is one person's, and no other.")
    page.get_by_text("You are signed out").wait_for()
    with page.expect_popup() as opening:
        page.locator("#saved").get_by_role("link", name="Sign in").click()
    beside = opening.value
    beside.get_by_label("Name").fill(curator.username)
    beside.get_by_label("Password").fill(PASSWORD)
    beside.get_by_role("button", name="Sign in").click()
    until(lambda: "no other" in stored(draft).body)
    beside.close()

    # Somebody else has it open too, and writes in the same field.
    theirs = another(page.context.browser, live_server, manager)
    opened(theirs, draft)
    page.locator("#here").get_by_role("img", name=str(manager)).wait_for(timeout=12_000)
    page.route("**/here/", lambda route: route.abort())  # so that the next save meets theirs
    field(theirs, "Standfirst").fill("The manager's standfirst.")
    until(lambda: stored(draft).standfirst == "The manager's standfirst.")
    field(page, "Standfirst").fill("The curator's standfirst.")
    box = page.get_by_role("region", name="Two wrote this")
    box.wait_for()
    box.locator("input[value=mine]").focus()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    until(lambda: stored(draft).standfirst == "The curator's standfirst.")
    theirs.context.close()

    # The same link once more is known.
    again = another(page.context.browser, live_server, manager)
    started(again, f"{STORY}?fbclid=1")
    again.get_by_text("This page is curated already.").wait_for()
    assert (Article.objects.count(), SourceLink.objects.filter(cleaned=STORY).count()) == (2, 1)
    again.context.close()

    # Sending is refused with all that is missing; the topic is found, and it goes.
    page.get_by_role("button", name="Send to review").click()
    page.locator(".messagelist a", has_text="topic").click()
    page.get_by_placeholder("Find a topic").fill("twin")
    page.get_by_role("option", name="Gartner: Digital Twin").wait_for()
    page.keyboard.press("Enter")
    until(lambda: list(stored(draft).topics.all()) == [topic])
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("sent to review").first.wait_for()
    found = stored(draft)
    assert (found.state, found.title, found.standfirst) == (
        "in_review",
        "Typed in a tunnel",
        "The curator's standfirst.",
    )
    assert found.body == "<p>The knee is one person's, and no other.</p>"
    assert workflow.open_steps(found, manager).keys() >= {"approve", "return"}
