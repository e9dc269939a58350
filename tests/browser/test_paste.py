"""From a pasted link to a brief in review in a real browser, with a source served by a site of the test's own."""

import re
import threading
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from curation import workflow
from curation.harvest import intake
from curation.models import Article, Harvest, SourceLink
from tests.curation.harvest import sites
from tests.factories import PASSWORD, make_article, make_author, make_person, make_topic

from .test_desk import file_and_send, sign_in, until, write

pytestmark = pytest.mark.browser

STANDFIRST = "It decides nothing, and its owners like it that way."
STORY = "http://news.example.org/knee"
PAGE = """<!doctype html><html lang="en"><head><title>A model of one knee | The Clinical Loop</title>
<meta property="og:title" content="A model of one knee"><meta property="og:site_name" content="The Clinical Loop">
<meta property="og:description" content="It decides nothing, and its owners like it that way."></head>
<body><article><h1>A model of one knee</h1><p>The knee is one person's, and no other.</p></article></body></html>"""
HOSTILE = """<html><head><title>"><img src=x onerror=alert(1)> &lt;script&gt;alert(2)&lt;/script&gt; A knee</title>
<meta name="description" content="&quot;&gt;&lt;svg onload=alert(3)&gt; It decides nothing at all."></head></html>"""


@pytest.fixture(autouse=True)
def _story(source):
    source.answers["/knee"] = sites.page(PAGE.encode())


@pytest.fixture(autouse=True)
def alerts(page):
    """Scripts that ran although none may: every dialog, by its words."""
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    yield seen
    assert seen == []


def paste(page, link):
    page.get_by_label("Paste a link to start a brief").fill(link)
    page.get_by_role("button", name="Start").click()
    page.get_by_text("The draft is begun.").wait_for()


def save(page, title):
    """Save with the keyboard, and wait until the database has this title."""
    page.keyboard.press("Control+s")
    for _ in range(100):
        if Article.objects.filter(title=title).exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"“{title}” was not saved")


def test_a_link_becomes_a_brief_in_review(page, curator, source):
    make_topic("Gartner: Digital Twin")
    sign_in(page, curator, at="/admin/")
    paste(page, f"{STORY}?utm_source=letter")
    page.get_by_role("status").get_by_text("read", exact=True).wait_for()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("A model of one knee")
    expect(page.get_by_role("textbox", name="Standfirst")).to_have_value(STANDFIRST)
    page.locator("#harvest").get_by_text("Open Graph · in the brief").first.wait_for()
    expect(page.get_by_role("button", name="Use this title: A model of one knee")).to_have_count(0)
    write(page, "The knee is one person's, and no other.")
    file_and_send(page)
    assert Article.objects.get().state == "in_review"


def test_a_click_takes_the_date_and_the_writer_that_the_page_names(page, curator, source):
    author = make_author(name="Ada Ward")
    told = """<meta property="article:published_time" content="2024-03-05T09:30:00+00:00">
        <meta name="author" content="Ada Ward"></head>"""
    source.answers["/knee"] = sites.page(PAGE.replace("</head>", told).encode())
    sign_in(page, curator, at="/admin/")
    paste(page, STORY)
    panel = page.locator("#harvest")
    panel.get_by_role("button", name="Add to the bylines: Ada Ward").click()
    until(lambda: list(Article.objects.get().authors.all()) == [author])
    panel.get_by_role("button", name="Use this date:").click()
    until(lambda: Article.objects.get().dated_at == datetime(2024, 3, 5, 9, 30, tzinfo=UTC))
    expect(panel.get_by_role("button", name="Use this date:")).to_have_count(0)
    expect(panel.get_by_role("button", name="Add to the bylines: Ada Ward")).to_have_count(0)


def test_what_is_typed_while_the_page_is_read_stays(page, curator, source):
    come_on = threading.Event()

    def slowly(connection):
        come_on.wait(10)
        connection.sendall(sites.page(PAGE.encode()))

    source.answers["/knee"] = slowly
    sign_in(page, curator, at="/admin/")
    paste(page, STORY)
    page.get_by_role("progressbar", name="Reading the page").wait_for()
    page.get_by_role("textbox", name="Title").fill("In my own words")
    come_on.set()
    page.get_by_role("status").get_by_text("read", exact=True).wait_for()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("In my own words")
    expect(page.get_by_role("textbox", name="Standfirst")).to_have_value(STANDFIRST)
    page.get_by_role("button", name="Use this title").wait_for()
    save(page, "In my own words")
    assert Article.objects.get().standfirst == STANDFIRST


def test_a_duplicate_is_told_while_it_is_typed(page, curator, source):
    sign_in(page, curator, at="/admin/")
    paste(page, STORY)
    page.goto("/admin/")
    page.get_by_label("Paste a link to start a brief").type("https://www.news.example.org/knee/#top")
    page.get_by_text("This page is curated already.").wait_for()
    page.get_by_role("region", name="Already curated").get_by_role("link", name="Open").click()
    page.get_by_role("status").get_by_text("read", exact=True).wait_for()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("place", ["/admin/", "/admin/curation/article/paste/"])
def test_what_has_nearly_that_title_is_told_while_it_is_typed_and_gets_the_link(page, curator, source, place):
    mine = make_article(owner=curator, title="<img src=x onerror=alert(6)> A model of one knee")
    make_article(title="A model of soup")
    sign_in(page, curator, at=place)
    box = page.get_by_label("Paste a link to start a brief")
    told = page.get_by_role("region", name="Perhaps already told")
    box.type("a model of one knee, img src x onerror alert 6")
    told.get_by_text("title 100 % alike").wait_for()
    expect(told.get_by_role("button")).to_have_count(0)
    box.fill("soup")
    expect(told).to_have_count(0)
    box.fill("http://news.example.org/2024/img-src-x-onerror-alert-6-a-model-of-one-knee")
    told.get_by_role("button", name="Add this link to").press("Enter")
    page.get_by_text("This page is a source of this brief now.").wait_for()
    assert [row.link.brand for row in mine.article_sources.select_related("link")][1:] == ["news.example.org"]


@pytest.mark.parametrize(
    ("label", "button", "words"),
    [
        (
            "Or many at once, each on its own line",
            "Start them all",
            "https://example.org/one\n- https://example.org/two",
        ),
        ("Paste a link to start a brief", "Start", "www.example.org/one"),
    ],
)
def test_a_session_that_ended_takes_nothing_of_what_was_pasted(page, curator, manager, label, button, words):
    sign_in(page, curator, at="/admin/curation/article/paste/")
    for person in (manager, curator):
        with page.expect_response("**/paste/known/**") if button == "Start" else nullcontext():  # then it is still open
            page.get_by_label(label).fill(words)
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_label("Name").fill(person.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="From any page").wait_for()
        is_mine = person == curator
        expect(page.get_by_label(label)).to_have_value(words if is_mine else "")
        expect(page.get_by_text("Put back what you pasted before you were signed out.")).to_have_count(int(is_mine))
        if not is_mine:
            sign_in(page, curator, at="/admin/curation/article/paste/")
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(re.compile("Draft begun|The draft is begun")).first.wait_for()
    page.goto("/admin/curation/article/paste/")
    expect(page.get_by_label(label)).to_have_value("")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('medigy.')).length") == 0


def test_a_hostile_page_is_words_and_nothing_else(page, curator, source):
    source.answers["/knee"] = sites.page(HOSTILE.encode())
    sign_in(page, curator, at="/admin/")
    paste(page, STORY)
    page.get_by_role("status").get_by_text("read", exact=True).wait_for()
    expect(page.get_by_role("textbox", name="Title")).to_have_value(re.compile("A knee"))
    page.get_by_role("textbox", name="Title").fill("<img src=x onerror=alert(4)> A knee")
    save(page, "<img src=x onerror=alert(4)> A knee")
    for place in ("/admin/", "/admin/curation/article/"):
        page.goto(place)
        page.get_by_role("link", name="<img src=x").first.wait_for()


def test_a_page_that_cannot_be_read_is_replaced_by_its_text(page, curator, source):
    del source.answers["/knee"]
    sign_in(page, curator, at="/admin/")
    paste(page, STORY)
    page.locator("#harvest").get_by_text("The site says that there is no such page.").wait_for()
    page.get_by_role("textbox", name="The page's text").fill(
        "It decides nothing. Its owners like it that way, they say."
    )
    page.wait_for_timeout(1_000)  # meanwhile the panel is told anew
    expect(page.get_by_role("textbox", name="The page's text")).to_be_focused()
    page.get_by_role("button", name="Take this text").click()
    page.get_by_role("status").get_by_text("its text was pasted").wait_for()
    expect(page.get_by_role("textbox", name="Standfirst")).to_have_value(re.compile("It decides nothing."))
    assert Harvest.objects.get().kind == "text"


def test_two_curators_who_paste_one_link_meet(page, curator, source):
    sign_in(page, make_person("Curator", username="another"), at="/admin/")
    paste(page, STORY)
    page.locator("summary[title=You]").click()
    page.get_by_role("button", name="Log out").click()
    sign_in(page, curator, at="/admin/")
    page.get_by_label("Paste a link to start a brief").fill(STORY)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="This page is curated already.").first.wait_for()
    page.get_by_label("Why it is curated again").fill("A second look, from the owner's side.")
    page.get_by_role("button", name="Begin another brief").click()
    page.get_by_text("The draft is begun.").wait_for()
    assert Article.objects.count() == 2


def test_what_is_left_out_of_a_link_is_told_put_back_and_left_out_again(page, curator, source):
    link = f"{STORY}?page=2&utm_source=letter"
    source.answers["/knee?page=2"] = source.answers["/knee?page=2&utm_source=letter"] = sites.page(PAGE.encode())
    sign_in(page, curator, at="/admin/")
    page.get_by_label("Paste a link to start a brief").type(link)
    page.get_by_text("utm_source will be left out. Opens at news.example.org/knee?page=2").wait_for()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("status").get_by_text("read", exact=True).wait_for()
    page.get_by_role("button", name="Put back").click()
    page.get_by_text("Put back into the link: utm_source").wait_for()
    assert SourceLink.objects.get().cleaned == link
    page.get_by_role("button", name="Read it again").click()
    page.get_by_role("status").get_by_text("read", exact=True).wait_for()
    assert SourceLink.objects.get().cleaned == link
    page.get_by_role("button", name="Leave out again").click()
    page.get_by_text("Left out of the link: utm_source").wait_for()
    assert SourceLink.objects.get().cleaned == f"{STORY}?page=2"


def test_a_curated_page_goes_to_another_brief_as_a_further_source(page, curator, source):
    intake.paste(STORY, by=make_person("Curator"))
    mine = workflow.begin(by=curator, title="<img src=x onerror=alert(5)> Two knees")
    sign_in(page, curator, at="/admin/")
    page.get_by_label("Paste a link to start a brief").fill(STORY)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Words of its title").fill("knees")
    page.get_by_role("button", name="Find").click()
    reason = page.locator("#attach-reason")
    reason.fill("It answers the other.")
    reason.press("Enter")
    assert mine.article_sources.count() == 0
    page.get_by_role("button", name="Add as a further source of").click()
    page.get_by_text("This page is a source of this brief now.").wait_for()
    assert mine.article_sources.get().reason == "It answers the other."


def test_the_bookmark_works_on_another_page_and_not_on_ours(page, curator, source):
    sign_in(page, curator, at="/admin/curation/article/paste/")
    mark = page.get_by_role("link", name="Curate this page")
    script = mark.get_attribute("href")
    assert page.get_by_label("Or copy this into the address of a new bookmark").input_value() == script
    pages = len(page.context.pages)
    mark.click()
    page.wait_for_timeout(300)
    assert "Running the JavaScript URL violates" in page.complaints.pop()
    assert (len(page.context.pages), page.url.rpartition("/admin/")[2]) == (pages, "curation/article/paste/")
    # A browser runs a bookmark in the page that is open: readers' pages stand for another site.
    page.goto("/about/?a=1&b=%3Cb%3E#part")
    with page.context.expect_page() as opened:
        page.evaluate(script.removeprefix("javascript:"))
    box = opened.value.get_by_label("Paste a link to start a brief")
    expect(box).to_have_value(page.url)
    assert Article.objects.count() == 0
