"""Writing in a real browser: saved by itself, whatever the network, the session or a colleague does meanwhile."""

import re

import pytest
from playwright.sync_api import expect

from curation.models import Article
from tests.factories import PASSWORD, make_article, make_in, make_link, make_topic, step

from .test_desk import come_in, sign_in, sign_out, until, write

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm", "refusing")]


@pytest.fixture
def draft(curator):
    return make_article(owner=curator, title="Old title", standfirst="Old standfirst.", body="<p>Old body.</p>")


def opened(page, article):
    page.goto(f"/admin/curation/article/{article.pk}/change/")
    page.locator(".ProseMirror[contenteditable]").wait_for()


def field(page, name):
    return page.get_by_role("textbox", name=name)


def saved(page):
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


def stored(article):
    return Article.objects.get(pk=article.pk)


def another(browser, live_server, person):
    """A second browser, with its own session."""
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    page = context.new_page()
    page.site = live_server.url
    sign_in(page, person, at="/admin/")
    return page


def test_what_is_typed_is_saved_by_itself_into_one_version(page, curator, draft):
    before = draft.versions.count()
    sign_in(page, curator)
    opened(page, draft)
    field(page, "Title").fill("New title")
    saved(page)
    expect(page.locator(".crumbs [aria-current]")).to_have_text("New title")
    field(page, "Standfirst").fill("New standfirst.")
    until(lambda: stored(draft).standfirst == "New standfirst.")
    write(page, "And more.")
    until(lambda: "And more." in stored(draft).body)
    found = stored(draft)
    assert (found.title, found.standfirst) == ("New title", "New standfirst.")
    assert draft.versions.count() == before + 1


def test_a_cut_connection_loses_nothing_and_mends_itself(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.context.set_offline(True)
    field(page, "Title").fill("Typed in a tunnel")
    page.get_by_text("kept on this machine until the network is back").wait_for()
    assert stored(draft).title == "Old title"
    page.context.set_offline(False)
    saved(page)
    assert stored(draft).title == "Typed in a tunnel"


def test_a_session_that_ends_lets_one_write_on_and_sign_in_beside(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.context.clear_cookies(name="sessionid")
    field(page, "Title").fill("Typed after the session")
    page.get_by_text("You are signed out").wait_for()
    field(page, "Standfirst").fill("And on I write.")
    with page.expect_popup() as opening:
        page.locator("#saved").get_by_role("link", name="Sign in").click()
    beside = opening.value
    beside.get_by_label("Name").fill(curator.username)
    beside.get_by_label("Password").fill(PASSWORD)
    beside.get_by_role("button", name="Sign in").click()
    beside.get_by_role("heading", level=1).wait_for()
    saved(page)
    found = stored(draft)
    assert (found.title, found.standfirst) == ("Typed after the session", "And on I write.")


def test_two_browsers_on_one_article_see_each_other_and_lose_nothing(page, live_server, curator, manager, draft):
    sign_in(page, curator)
    opened(page, draft)
    theirs = another(page.context.browser, live_server, manager)
    opened(theirs, draft)
    page.locator("#here").get_by_role("img", name=str(manager)).wait_for(timeout=12_000)
    field(theirs, "Standfirst").fill("The manager's standfirst.")
    saved(theirs)
    field(page, "Title").fill("The curator's title")
    until(lambda: stored(draft).title == "The curator's title")
    expect(field(page, "Standfirst")).to_have_value("The manager's standfirst.")
    expect(field(theirs, "Title")).to_have_value("The curator's title", timeout=12_000)
    found = stored(draft)
    assert (found.title, found.standfirst) == ("The curator's title", "The manager's standfirst.")


def in_view(page, words):
    """Whether the frame of the preview shows the block that begins with these words."""
    return page.evaluate(
        """(words) => {
        const scroller = document.querySelector("#preview .frame"), frame = scroller.querySelector("iframe");
        const all = [...frame.contentDocument.querySelectorAll("h1, p, h2, li")];
        const box = all.find((one) => one.textContent.trim().startsWith(words))?.getBoundingClientRect();
        const top = box && box.top * (Number(frame.style.zoom) || 1) - scroller.scrollTop;
        return Boolean(box) && top >= -1 && top < scroller.clientHeight;
    }""",
        words,
    )


LONG = "".join(f"<h2>Part {n}</h2><p>Paragraph {n}. {'The ward listens. ' * 30}</p>" for n in range(12))


def drawn_and_still(page):
    """Wait until the preview was drawn for the last time and its frame stands still."""
    before = None
    while before != (before := page.evaluate("document.querySelector('#preview .frame').scrollTop")):
        page.wait_for_timeout(900)


def test_the_preview_follows_the_caret_and_nothing_else_moves(page, curator):
    article = make_article(owner=curator, title="Old title", body=f"{LONG}<ul><li><p>One point</p></li></ul>")
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, curator)
    opened(page, article)
    page.frame_locator("#preview iframe").get_by_text("Paragraph 11.").wait_for()
    assert not in_view(page, "Paragraph 11.")
    place = page.locator(".ProseMirror p", has_text="Paragraph 11.")
    place.click()
    until(lambda: in_view(page, "Paragraph 11."))
    assert not in_view(page, "Old title")
    page.locator(".ProseMirror li").click()
    until(lambda: in_view(page, "One point"))
    page.keyboard.press("Control+Home")
    until(lambda: in_view(page, "Part 0"))
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Another point altogether")
    until(lambda: in_view(page, "Another point altogether"))
    saved(page)
    drawn_and_still(page)
    at = page.evaluate("document.querySelector('#preview .frame').scrollTop = 0; window.scrollY")
    page.wait_for_timeout(400)
    assert page.evaluate("[document.querySelector('#preview .frame').scrollTop, window.scrollY]") == [0, at]
    field(page, "Title").click()
    until(lambda: in_view(page, "Old title"))


def test_the_preview_of_a_body_shown_as_html_follows_too(page, curator):
    article = make_article(owner=curator, body=f"{LONG}<table><tbody><tr><td>Beds</td></tr></tbody></table>")
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.frame_locator("#preview iframe").get_by_text("Paragraph 11.").wait_for()
    box = page.locator("textarea[name=body]")
    box.evaluate(
        "(box) => { const at = box.value.indexOf('Paragraph 11'); box.focus(); box.setSelectionRange(at, at); }"
    )
    until(lambda: in_view(page, "Paragraph 11."))


def contested(page, article, by):
    """The box in which one chooses: the person on the page and ``by`` write the standfirst, and neither knows."""
    page.route("**/here/", lambda route: route.abort())
    step("edit", article, by, changes={"standfirst": "Theirs."})
    field(page, "Standfirst").fill("Mine.")
    return page.get_by_role("region", name="Two wrote this")


@pytest.mark.parametrize(
    ("key", "wanted"), [("1", "Mine."), ("2", "Theirs."), ("3", "Mine.\nTheirs.")], ids=["mine", "theirs", "both"]
)
def test_who_wrote_the_same_field_chooses_and_the_rest_goes_on(page, curator, manager, draft, key, wanted):
    sign_in(page, curator)
    opened(page, draft)
    box = contested(page, draft, manager)
    box.wait_for()
    expect(box.locator("[data-said=mine]")).to_have_text("Mine.")
    expect(box.locator("[data-said=theirs]")).to_have_text("Theirs.")
    expect(box.get_by_role("heading")).to_have_text(f"{manager} changed this too: Standfirst")
    field(page, "Title").fill("Meanwhile a title")
    expect(page.locator("#saved")).to_have_attribute("data-state", "conflict")
    until(lambda: stored(draft).title == "Meanwhile a title")
    assert (stored(draft).title, stored(draft).standfirst) == ("Meanwhile a title", "Theirs.")
    box.locator("input[value=mine]").focus()
    page.keyboard.press(key)
    page.keyboard.press("Enter")
    saved(page)
    assert stored(draft).standfirst.replace("\r\n", "\n") == wanted
    expect(box).to_have_count(0)


def test_a_choice_made_while_a_save_is_on_its_way_is_saved_before_anything_says_so(page, curator, manager, draft):
    sign_in(page, curator)
    opened(page, draft)
    box = contested(page, draft, manager)
    box.wait_for()
    expect(page.locator("#saved")).to_have_attribute("data-state", "conflict")
    held = []
    page.route("**/autosave/", lambda route: held.append((route, route.fetch())), times=1)
    field(page, "Title").fill("Meanwhile a title")
    while not held:
        page.wait_for_timeout(50)
    page.evaluate("""() => {
        const bar = document.getElementById("saved");
        window.said = [];
        new MutationObserver(() => said.push(bar.dataset.state)).observe(bar, { attributeFilter: ["data-state"] });
    }""")
    box.locator("input[value=mine]").focus()
    page.keyboard.press("Enter")
    route, response = held.pop()
    route.fulfill(response=response)
    saved(page)
    assert (stored(draft).title, stored(draft).standfirst) == ("Meanwhile a title", "Mine.")
    assert page.evaluate("said.filter((state) => state === 'saved').length") == 1


@pytest.mark.parametrize("name", ["Find a topic, or paste a list", "Paste a link"])
def test_enter_in_an_empty_line_takes_no_step(page, curator, draft, name):
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_placeholder(name).press("Enter")
    page.get_by_role("textbox", name="Title").fill("And on it goes")
    until(lambda: stored(draft).title == "And on it goes")
    assert stored(draft).state == "draft"


def test_two_who_change_the_topics_at_once_lose_nothing(page, chromium, live_server, curator, manager, draft):
    names = ["Field: Alpha", "Field: Beta", "Field: Gamma", "Field: Delta"]
    for name in names:
        make_topic(name)
    other = another(chromium, live_server, manager)
    sign_in(page, curator)
    for one in (page, other):
        opened(one, draft)
    for one, name in zip((page, other, page, other), names, strict=True):
        box = one.get_by_placeholder("Find a topic, or paste a list")
        box.fill(name)
        box.press("Enter")
    until(lambda: {topic.name for topic in stored(draft).topics.all()} >= set(names))
    for one in (page, other):
        expect(one.locator("#saved")).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_no_step_is_taken_while_two_texts_wait_for_a_choice(page, curator, manager, draft, choice):
    sign_in(page, curator)
    opened(page, draft)
    box = contested(page, draft, manager)
    box.locator(f"input[value={choice}]").check()
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator("#saved [data-words]")).to_have_text("Waits for your choice")
    expect(box.locator("input:checked")).to_be_focused()
    assert (stored(draft).standfirst, stored(draft).state) == ("Theirs.", "draft")
    box.locator("[data-keep]").click()
    saved(page)
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("sent to review").first.wait_for()
    assert (stored(draft).standfirst, stored(draft).state) == (f"{choice.capitalize()}.", "in_review")


def test_another_step_waits_for_the_choice_too(page, manager, curator, administrator):
    article = make_in("in_review", owner=curator, standfirst="Old standfirst.")
    sign_in(page, manager)
    opened(page, article)
    box = contested(page, article, administrator)
    box.wait_for()
    page.get_by_role("button", name="Approve").click()
    expect(box.locator("input:checked")).to_be_focused()
    assert (stored(article).standfirst, stored(article).state) == ("Theirs.", "in_review")


def test_what_was_not_saved_is_offered_again_with_what_differs(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.context.clear_cookies(name="sessionid")
    field(page, "Title").fill("Typed before the crash")
    page.get_by_text("You are signed out").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    come_in(page, curator)
    assert stored(draft).title == "Old title"
    opened(page, draft)
    kept = page.locator("#kept")
    expect(kept.locator(".diff del")).to_have_text("Old title")
    expect(kept.locator(".diff ins")).to_have_text("Typed before the crash")
    kept.get_by_role("button", name="Take it back").click()
    expect(field(page, "Title")).to_have_value("Typed before the crash")
    assert stored(draft).title == "Typed before the crash"
    opened(page, draft)
    expect(page.locator("#kept")).to_be_hidden()


def test_what_was_kept_is_nobodys_after_signing_out(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.route("**/autosave/", lambda route: route.abort())
    field(page, "Title").fill("A secret")
    page.get_by_text("Not saved yet").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('medigy.')).length") == 1
    page.on("dialog", lambda dialog: dialog.accept())
    sign_out(page)
    assert "A secret" not in page.evaluate("JSON.stringify(localStorage)")


def test_the_first_words_of_a_new_brief_begin_one_draft(page, curator):
    sign_in(page, curator, at="/admin/curation/article/add/")
    page.route("**/autosave/", lambda route: (route.fetch(), route.abort()))
    field(page, "Title").fill("First words")
    page.get_by_text("Not saved yet").wait_for()
    page.unroute("**/autosave/")
    page.get_by_role("button", name="Try now").click()
    saved(page)
    field(page, "Title").fill("First words, and more")
    until(lambda: Article.objects.get().title == "First words, and more")
    article = Article.objects.get()
    assert article.owner == curator
    expect(page).to_have_url(re.compile(rf"/article/{article.pk}/change/$"))


def test_topics_are_saved_as_they_are_picked(page, curator, draft):
    make_topic("Field: Alpha")
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_placeholder("Find a topic").fill("alph")
    page.get_by_role("option", name="Field: Alpha").wait_for()
    page.keyboard.press("Enter")
    until(lambda: "Field: Alpha" in [topic.name for topic in stored(draft).topics.all()])


def test_a_link_entered_among_the_sources_is_looked_up_at_once(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_placeholder("Paste a link").fill("https://example.org/second?utm_source=x")
    page.keyboard.press("Enter")
    page.locator("[data-picker=source_list] [data-rows] > li").nth(1).wait_for()
    assert stored(draft).sources.filter(cleaned="https://example.org/second").exists()


def test_what_cannot_be_saved_is_said_beside_it_and_the_rest_is_saved(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_text("Address, date, PDF").click()
    field(page, "Address").fill("Not An Address!")
    field(page, "Standfirst").fill("New standfirst.")
    page.locator(".field-slug .errorlist").wait_for()
    expect(page.locator("#saved")).to_contain_text("Saved; waiting: Address")
    until(lambda: stored(draft).standfirst == "New standfirst.")
    field(page, "Address").fill("an-address")
    expect(page.locator(".field-slug .errorlist")).to_have_count(0)
    until(lambda: stored(draft).slug == "an-address")


def test_what_no_list_has_waits_only_while_it_stands_in_the_box(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    box = page.get_by_placeholder("Find an author")
    box.fill("qqqq")
    page.get_by_text("Nothing is called “qqqq”").wait_for()
    box.press("Enter")
    expect(page.locator("#saved")).to_contain_text("Saved; waiting: Bylines")
    expect(page.locator(".field-byline_list .errorlist")).to_contain_text("No author in use is called")
    box.fill("")
    expect(page.locator(".field-byline_list .errorlist")).to_have_count(0)
    expect(page.locator("#saved [data-words]")).to_have_text("Saved")


def test_a_lookup_that_fails_is_said(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.route("**/autocomplete/**", lambda route: route.abort())
    page.get_by_placeholder("Find an offering").fill("alpha")
    page.get_by_text("Could not be looked up just now.").wait_for()


def test_a_link_that_another_brief_has_asks_for_its_own_reason_and_no_other(page, curator, draft):
    draft.sources.update(title="The first source")
    make_article(title="Another brief", sources=[make_link("https://taken.example/story")])
    sign_in(page, curator)
    opened(page, draft)
    page.get_by_placeholder("Paste a link").fill("https://taken.example/story?utm_source=x")
    page.keyboard.press("Enter")
    rows = page.locator("[data-picker=source_list] [data-rows] > li")
    reason = "Why it is curated again"
    expect(rows.nth(1).get_by_label(reason)).to_be_visible()
    expect(page.locator(".field-source_list .errorlist")).to_contain_text("Another brief")
    expect(rows.nth(0).get_by_label(reason)).to_be_hidden()
    page.wait_for_timeout(400)  # longer than a lookup waits for the next letter
    expect(page.locator("[data-picker=source_list]").get_by_role("listbox")).to_be_hidden()
    rows.nth(1).get_by_label(reason).fill("It says more by now.")
    expect(page.locator(".field-source_list .errorlist")).to_have_count(0)
    until(lambda: draft.article_sources.filter(reason="It says more by now.").exists())


def test_a_step_takes_along_what_was_typed_a_moment_before(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    field(page, "Title").fill("Sent as I typed it")
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("sent to review").first.wait_for()
    assert (stored(draft).title, stored(draft).state) == ("Sent as I typed it", "in_review")


def test_a_change_of_what_was_approved_shows_that_it_is_in_review_again_and_writing_goes_on(page, curator):
    article = make_in("approved", owner=curator)
    title = article.title
    sign_in(page, curator)
    opened(page, article)
    expect(page.locator(".step .pill")).to_have_text("Approved")
    field(page, "Title").fill("One word more")
    expect(page.locator(".step .pill")).to_have_text("In review")
    field(page, "Title").fill("Two words more")
    field(page, "Title").fill(title)
    expect(page.locator(".step .pill")).to_have_text("Approved")


def test_an_ended_session_is_noticed_before_anything_is_typed(page, curator, draft):
    sign_in(page, curator)
    opened(page, draft)
    page.context.clear_cookies(name="sessionid")
    page.get_by_text("You are signed out").wait_for(timeout=12_000)
