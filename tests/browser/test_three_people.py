"""A brief's whole life by three people, once by mouse and once by keys alone: from its link to its successor."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from curation.models import Article, Edition, ReturnReason
from tests.curation.harvest import sites
from tests.factories import make_person, make_published, make_topic

from .test_desk import sign_in, until, write
from .test_paste import PAGE, STORY
from .test_writing import another, field, saved, stored

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]
TWIN = "Gartner: Digital Twin"


@pytest.fixture
def later(monkeypatch):
    """Let hours pass for the site: ``later(hours=9)``. The browsers' own clocks stay as they are."""
    ahead = [timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + ahead[0])

    def turn(**by):
        ahead[0] += timedelta(**by)

    return turn


class Mouse:
    """Somebody who clicks, and types only what is to be read."""

    def __init__(self, page):
        self.page = page

    def home(self):
        self.page.goto("/admin/")
        return self.page

    def row(self, article, pile="todo"):
        return self.home().locator(f"[data-queue={pile}][data-article='{article.pk}']")

    def type(self, name, words):
        field(self.page, name).click(click_count=3)
        self.page.keyboard.type(words)

    def paste(self, link):
        self.home().get_by_label("Paste a link to start a brief").click()
        self.page.keyboard.type(link)
        self.page.get_by_role("button", name="Start").click()

    def begin(self, title, body):
        self.type("Title", title)
        write(self.page, body)
        self.page.get_by_placeholder("Find a topic").click()
        self.page.keyboard.type("twin")
        self.page.get_by_role("option", name=TWIN).click()

    def send(self):
        self.page.get_by_role("button", name="Send to review").click()

    def give_back(self, article, reasons):
        row = self.row(article)
        row.get_by_text("Return", exact=True).click()
        for reason in reasons:
            row.get_by_label(reason).check()
        row.get_by_role("button", name="Return it").click()

    def mend(self, article, standfirst):
        self.row(article).get_by_role("link", name=str(article), exact=True).click()
        self.type("Standfirst", standfirst)

    def approve(self, article):
        self.row(article).get_by_role("button", name="Approve").click()

    def schedule(self, article):
        self.row(article, "publish").get_by_role("link", name=str(article), exact=True).click()
        self.page.get_by_text("Publish…").click()
        self.page.locator("[data-publish] .hour-quick button").last.click()
        self.page.get_by_role("button", name="Schedule").click()

    def correct(self, article, words):
        self.home().get_by_role("link", name="Briefs").first.click()
        self.page.locator("#result_list").get_by_role("link", name=str(article), exact=True).click()
        write(self.page, words)

    def read(self, article):
        self.row(article).get_by_role("link", name=str(article), exact=True).click()

    def publish(self):
        self.page.get_by_text("Publish…").click()
        self.page.get_by_role("button", name="Approve and publish now").click()

    def withdraw(self, article, reason, successor):
        self.page.goto(f"/admin/curation/article/{article.pk}/change/")
        self.page.locator("summary[title='Other steps']").click()
        self.page.locator("summary", has_text="Withdraw").click()
        asked = self.page.locator(".step-more[open]")
        asked.get_by_label("Reason").click()
        self.page.keyboard.type(reason)
        asked.get_by_label("Successor").click()
        self.page.keyboard.type(successor)
        asked.get_by_role("button", name="Withdraw").click()


class Keys(Mouse):
    """Somebody who has no mouse: keys alone, and Tab where none leads."""

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, target):
        """Walk by Tab until something has the focus."""
        for _ in range(150):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{target} cannot be reached by Tab")

    def type(self, name, words):
        self.press({"Title": "Alt+1", "Standfirst": "Alt+2"}[name], "Control+a")
        self.page.keyboard.type(words)

    def at(self, article, pile="todo"):
        """Select the row of an article on the first page."""
        row = self.row(article, pile)
        for _ in range(9):
            self.press("j")
            if row.evaluate("one => one.matches('.is-selected')"):
                return
        raise AssertionError(f"{article} has no row that “j” leads to")

    def paste(self, link):
        self.home()
        self.press("n")
        self.page.keyboard.type(link)
        self.press("Enter")

    def begin(self, title, body):
        self.type("Title", title)
        self.press("Alt+3")
        self.page.keyboard.type(body)
        self.press("Alt+7")
        self.page.keyboard.type("twin")
        self.page.get_by_role("option", name=TWIN).wait_for()
        self.press("Enter")

    def send(self):
        self.press("Control+Enter")

    def give_back(self, article, reasons):
        self.at(article)
        self.press("r")
        places = list(ReturnReason.objects.values_list("words", flat=True))
        self.press(*(str(places.index(reason) + 1) for reason in reasons), "Control+Enter")

    def mend(self, article, standfirst):
        self.at(article)
        self.press("e")
        self.page.locator(".ProseMirror[contenteditable]").wait_for()
        self.type("Standfirst", standfirst)

    def approve(self, article):
        self.at(article)
        self.press("a")

    def schedule(self, article):
        self.reach(self.row(article, "publish").get_by_role("link", name=str(article), exact=True))
        self.press("Enter")
        self.page.locator("#decide").wait_for()
        self.press("p")
        self.reach(self.page.locator("[data-publish] .hour-quick button").last)
        self.press("Enter")
        self.reach(self.page.get_by_role("button", name="Schedule"))
        self.press("Enter")

    def correct(self, article, words):
        self.home()
        self.press("/")
        self.page.keyboard.type(str(article))
        self.press("Enter")
        self.page.locator("#result_list").wait_for()
        self.press("j", "Enter")
        self.page.locator(".ProseMirror[contenteditable]").wait_for()
        self.press("Alt+3", "Control+End")
        self.page.keyboard.type(words)

    def read(self, article):
        self.at(article)
        self.press("e")

    def publish(self):
        self.page.locator("#decide").wait_for()
        self.press("p", "Enter")

    def withdraw(self, article, reason, successor):
        self.page.goto(f"/admin/curation/article/{article.pk}/change/")
        self.reach(self.page.locator("summary[title='Other steps']"))
        self.press("Enter")
        self.reach(self.page.locator("summary", has_text="Withdraw"))
        self.press("Enter")
        asked = self.page.locator(".step-more[open]")
        self.reach(asked.get_by_label("Reason"))
        self.page.keyboard.type(reason)
        self.reach(asked.get_by_label("Successor"))
        self.page.keyboard.type(successor)
        self.reach(asked.get_by_role("button", name="Withdraw"))
        self.press("Enter")


@pytest.mark.parametrize("hands", [Mouse, Keys])
def test_a_brief_from_its_link_to_its_successor(page, live_server, source, curator, manager, later, hands):
    source.answers["/knee"] = sites.page(PAGE.encode())
    make_topic(TWIN)
    deputy = make_person("Manager", username="deputy")
    sign_in(page, curator)
    writer, decider, second = (
        hands(page),
        *(hands(another(page.context.browser, live_server, one)) for one in (manager, deputy)),
    )
    reasons = ["Too close to the source", "Weak standfirst"]

    writer.paste(STORY)
    page.get_by_text("The draft is begun.").wait_for()
    expect(field(page, "Standfirst")).not_to_have_value("", timeout=30_000)
    writer.begin("A model of one knee", "The knee is one person's, and no other.")
    saved(page)
    writer.send()
    brief = Article.objects.get()
    until(lambda: stored(brief).state == "in_review")
    brief = stored(brief)

    decider.give_back(brief, reasons)
    until(lambda: stored(brief).state == "changes_requested")
    assert brief.log.first().reason == "Too close to the source. Weak standfirst."

    writer.mend(brief, "It belongs to one person, and says so.")
    saved(page)
    writer.send()
    until(lambda: stored(brief).state == "in_review")

    decider.approve(brief)
    until(lambda: stored(brief).state == "approved")
    decider.schedule(brief)
    until(lambda: Edition.objects.filter(article=brief).exists())
    decider.page.wait_for_url("**/admin/?undo=*")
    address, reader = Edition.objects.get().get_absolute_url(), Client()
    assert reader.get(address).status_code == 404
    later(days=8)
    assert "one person, and says so" in reader.get(address).content.decode()

    for one in (writer, decider, second):  # the sessions are those of two days ago
        one.page.goto("/admin/")
    writer.correct(brief, " It bends.")
    until(lambda: stored(brief).state == "in_review" and "It bends" in stored(brief).body)
    assert "It bends" not in reader.get(address).content.decode()

    second.read(brief)
    expect(second.page.locator(".rv-brief ins").last).to_contain_text("It bends")
    second.publish()
    until(lambda: Edition.objects.filter(article=brief).count() == 2)
    second.page.wait_for_url("**/admin/?undo=*")
    later(seconds=31)
    assert "It bends" in reader.get(address).content.decode()

    other = make_published(title="Two knees, told later").article
    second.withdraw(brief, "The study was taken back.", str(other))
    until(lambda: not Edition.objects.live().filter(article=brief).exists())
    answer = reader.get(address)
    assert (answer.status_code, answer.url) == (301, Edition.objects.get(article=other).get_absolute_url())
    steps = list(reversed(brief.log.exclude(step__in=["edit", "claim"]).values_list("step", flat=True)))
    assert steps == [
        "begin", "submit", "return", "submit", "approve", "publish", "approve", "publish", "withdraw",
    ]  # fmt: skip
    for one in (decider, second):
        one.page.context.close()
