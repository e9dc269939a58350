"""Suggestions in a real browser: added, pinned, put aside and shown again, by the keyboard, and saved by themselves."""

import pytest
from playwright.sync_api import expect

from curation.models import Article, Dismissal
from curation.suggestions import memory
from offerings.models import Topic
from tests.factories import make_article, make_offering, make_topic, step

from .test_desk import sign_in
from .test_writing import opened, saved, until

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]

BODY = "<p>Nurses sleep at last, because the monitors no longer ring for nothing all night long on every ward.</p>"
HOSTILE = '"><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def _calm(page):
    memory.forget()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    yield
    memory.forget()
    assert said == []


@pytest.fixture
def draft(curator):
    """A draft without a topic that speaks of sleep, monitors and wards, with three topics of these names to be had."""
    for name in ("Sleep", "Monitors", f"Wards {HOSTILE}"):
        make_topic(f"Atlas: {name}").synonyms.create(spelling=name.split()[0])
    article = make_article(owner=curator, title="Nurses sleep", standfirst="At last.", body=BODY)
    return with_topics(article)


def with_topics(article, *topics):
    step("edit", article, changes={"topics": [{"topic": topic.pk, "spelling": ""} for topic in topics]})
    return article


def listed(page, name):
    return page.locator(f"[data-suggested={name}]")


def offers(page, name):
    """The names that are offered now."""
    return listed(page, name).locator("li[data-thing]:visible b")


def filed(article):
    return [topic.label for topic in article.topics.order_by("article_topics__position")]


def beside(article):
    return list(article.article_offerings.order_by("position").values_list("offering__name", "role"))


def test_one_is_added_by_the_keyboard_and_saves_itself(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    expect(offers(page, "topic_list")).to_have_count(3)
    first = offers(page, "topic_list").first.text_content()
    page.keyboard.press("Alt+Shift+T")
    expect(page.get_by_role("button", name=f"Add {first}", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(offers(page, "topic_list")).to_have_count(2)
    second = offers(page, "topic_list").first.text_content()
    expect(page.get_by_role("button", name=f"Add {second}", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    hue = Topic.objects.first().taxonomy.hue
    expect(page.locator(f"[data-picker=topic_list] [data-rows] > li.hue-{hue}")).to_have_count(2)
    saved(page)
    until(lambda: filed(draft) == [name.removeprefix("Atlas: ") for name in (first, second)])


def test_all_are_added_at_once_and_the_box_has_the_focus(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_role("button", name="Add all topics that suggest themselves").press("Enter")
    expect(offers(page, "topic_list")).to_have_count(0)
    expect(page.locator("[data-picker=topic_list] .picker-find input")).to_be_focused()
    saved(page)
    until(lambda: len(filed(draft)) == 3)


def test_one_is_hidden_and_stays_so_until_it_is_shown_again(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_role("button", name="Hide Atlas: Sleep").press("Enter")
    hidden = listed(page, "topic_list").locator(".is-hidden")
    expect(hidden).to_have_text("Atlas: Sleephidden by CUShow Atlas: Sleep")
    expect(offers(page, "topic_list")).to_have_count(2)
    assert page.evaluate("document.activeElement.dataset.pick") == "topic_list"
    assert Dismissal.objects.get().by == curator
    opened(page, draft)
    expect(offers(page, "topic_list")).to_have_count(2)
    page.get_by_role("button", name="Show Atlas: Sleep").press("Enter")
    expect(page.get_by_role("button", name="Add Atlas: Sleep")).to_be_focused()
    expect(hidden).to_have_count(0)
    assert not Dismissal.objects.exists()


def test_none_of_these_puts_all_aside_by_the_keyboard(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_role("button", name="None of these topics").press("Enter")
    expect(listed(page, "topic_list").get_by_text("Nothing else in the words")).to_be_visible()
    expect(listed(page, "topic_list").locator(".is-hidden")).to_have_count(3)
    expect(page.locator("[data-picker=topic_list] .picker-find input")).to_be_focused()
    assert (Dismissal.objects.count(), filed(draft)) == (3, [])


def test_an_offering_is_pinned_by_the_keyboard_and_stands_first(page, curator, draft):
    topic = make_topic("Atlas: Night Shifts")
    taken = [make_offering(name=f"Taken {number}") for number in (1, 2)]
    make_offering([topic], name=f"Harbour {HOSTILE}")
    with_topics(draft, topic)
    rows = [{"offering": taken[0].pk, "role": "about"}, {"offering": taken[1].pk, "role": "related"}]
    step("edit", draft, changes={"offerings": rows})
    sign_in(page, curator)
    opened(page, draft)
    first = page.locator("[data-first]")
    expect(first).to_have_text("Taken 2")
    page.keyboard.press("Alt+Shift+O")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Pin Harbour {HOSTILE}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_have_text(f"Harbour {HOSTILE}")
    saved(page)
    harbour = (f"Harbour {HOSTILE}", "related")
    until(
        lambda: (
            beside(draft) in ([harbour, ("Taken 1", "about"), ("Taken 2", "related")],)
            or beside(draft)[1:2] == [harbour]
        )
    )
    picker = page.locator("[data-picker=offering_list]")
    picker.locator("[data-rows] > li", has_text="Taken 2").get_by_role("button", name="Move up").press("Enter")
    expect(first).to_have_text("Taken 2")
    saved(page)
    until(lambda: [name for name, role in beside(draft) if role == "related"][0] == "Taken 2")


def test_the_panel_follows_what_is_written(page, curator, draft):
    make_topic("Atlas: Ferries")
    sign_in(page, curator)
    opened(page, draft)
    expect(offers(page, "topic_list")).to_have_count(3)
    page.get_by_role("textbox", name="Standfirst").fill("They go home by ferries.")
    expect(page.get_by_role("button", name="Add Atlas: Ferries")).to_be_visible()
    assert Article.objects.get().standfirst == "They go home by ferries."


def test_what_is_told_already_is_settled_or_gets_the_link(page, curator, draft):
    other = make_article(owner=curator, title=f"Nurses at rest {HOSTILE}", standfirst="At last.", body=BODY)
    third = make_article(owner=curator, title="Nurses sleeps", body="<p>Soup.</p>")
    sign_in(page, curator)
    opened(page, draft)
    told = page.get_by_role("region", name="Perhaps already told")
    expect(told.get_by_text(f"The same text stands in “{other.title}” under another title.")).to_be_visible()
    told.locator("summary", has_text="Side by side").first.click()
    expect(told.get_by_text("no longer ring").first).to_be_visible()
    told.get_by_role("button", name=f"Not the same as {other.title}").press("Enter")
    expect(told.locator(".is-hidden")).to_have_count(1)
    expect(told.get_by_text("The same text stands in")).to_have_count(0)
    told.get_by_role("button", name="Add this link there to Nurses sleeps").press("Enter")
    page.get_by_text("This page is a source of this brief now.").wait_for()
    assert page.url.endswith(f"/{third.pk}/change/")
    assert third.article_sources.count() == 2


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_panel_is_no_wider_than_the_window(page, curator, draft, width):
    topic = make_topic("Atlas: " + "Night" * 30)
    make_offering([topic], name="Harbour " + "Light" * 30)
    with_topics(draft, topic)
    make_article(owner=curator, title="Nurses sleep " + "on" * 60, standfirst="At last.", body=BODY)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, curator)
    opened(page, draft)
    expect(offers(page, "offering_list")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
