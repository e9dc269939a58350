"""Writing a brief's text: the palette, Markdown, pastes cleaned with a true note, links, counts, lists of topics."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from curation.models import Article, Preference
from curation.text import prose
from tests.factories import make_article, make_published, make_topic

from .test_desk import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("calm")]
SURFACE = ".ProseMirror[contenteditable]"
SAMPLES = Path(__file__).parent / "pasted"
PASTE = """(surface, [html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  surface.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

COPY = """(surface) => {
  const data = new DataTransfer();
  surface.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
  return [data.getData("text/html"), data.getData("text/plain")];
}"""


@pytest.fixture
def writing(page, curator):
    """The page of a brief without words, its text in focus."""
    article = make_article(owner=curator, body="", topics=[])
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(SURFACE).click()
    return page


def body(page):
    """What the form would send, less what the server makes of links."""
    return page.locator("textarea[name=body]").input_value().replace("<p></p>", "")


def holds(page, html):
    page.wait_for_function(
        "html => document.querySelector('textarea[name=body]').value.replaceAll('<p></p>', '') === html", arg=html
    )


def paste(page, html="", text="", place=SURFACE):
    page.locator(place).evaluate(PASTE, [html, text])


def anew(page, html=""):
    """Begin again in the same page: an empty text, or this one, in focus."""
    page.evaluate(
        "html => deskFields.editor('body').chain().setContent(html, { emitUpdate: true }).focus().run()", html
    )


def everything(page):
    """Select the whole text; the editor hears of it a moment later."""
    page.keyboard.press("Control+a")
    page.wait_for_timeout(100)


def note(page):
    return page.locator(".pasted")


# The palette ---------------------------------------------------------------------------------------------------------


INSERTED = [
    ("/heading 2", "A", "<h2>A</h2>"),
    ("/heading 3", "A", "<h3>A</h3>"),
    ("/heading 4", "A", "<h4>A</h4>"),
    ("/bul", "A", "<ul><li><p>A</p></li></ul>"),
    ("/num", "A", "<ol><li><p>A</p></li></ol>"),
    ("/quo", "A", "<blockquote><p>A</p></blockquote>"),
    ("/code b", "A", "<pre><code>A</code></pre>"),
    ("/bold", "A", "<p><strong>A</strong></p>"),
    ("/ital", "A", "<p><em>A</em></p>"),
    ("/inl", "A", "<p><code>A</code></p>"),
    ("/sub", "A", "<p><sub>A</sub></p>"),
    ("/SUP", "A", "<p><sup>A</sup></p>"),
    ("/rule", "A", "<hr><p>A</p>"),
]


def test_a_slash_inserts_what_a_brief_may_hold(writing):
    for typed, then, html in INSERTED:
        anew(writing)
        writing.keyboard.type(typed)
        writing.keyboard.press("Enter")
        writing.keyboard.type(then)
        holds(writing, html)
        assert prose.text(prose.clean(html)) == then
        assert prose.clean(html) == html


def test_the_palette_is_walked_with_arrows_and_says_where_one_is(writing):
    writing.keyboard.type("/")
    options = writing.get_by_role("listbox", name="Insert").get_by_role("option")
    assert options.count() == 14
    writing.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert writing.locator(SURFACE).get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    writing.keyboard.press("ArrowUp")
    writing.keyboard.press("ArrowUp")
    expect(options.nth(13)).to_have_attribute("aria-selected", "true")
    expect(options.nth(13)).to_be_in_viewport()
    writing.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    assert body(writing) == "<p>/</p>"
    writing.keyboard.type("heading")
    expect(options.first).to_be_hidden()


def test_the_palette_is_used_with_the_mouse_and_closes_when_one_leaves(writing):
    writing.keyboard.type("/head")
    writing.get_by_role("option", name="Heading 3").click()
    writing.keyboard.type("A")
    holds(writing, "<h3>A</h3>")
    writing.get_by_role("button", name="inserts").click()
    expect(writing.get_by_role("listbox", name="Insert")).to_be_visible()
    writing.locator("#id_title").click()
    expect(writing.get_by_role("listbox", name="Insert")).to_be_hidden()


def test_a_slash_among_words_is_a_slash(writing):
    writing.keyboard.type("and/or")
    expect(writing.get_by_role("listbox", name="Insert")).to_be_hidden()
    writing.keyboard.press("Enter")
    writing.keyboard.type("/zebra")
    writing.keyboard.press("Enter")
    writing.keyboard.type("on")
    holds(writing, "<p>and/or</p><p>/zebra</p><p>on</p>")


def test_switched_off_a_slash_is_a_slash_and_the_button_still_inserts(page, curator):
    Preference.objects.create(user=curator, shortcuts=False)
    article = make_article(owner=curator, body="")
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(SURFACE).click()
    page.keyboard.type("/quote")
    expect(page.get_by_role("listbox", name="Insert")).to_be_hidden()
    page.get_by_role("button", name="inserts").click()
    page.keyboard.type("quo")
    page.keyboard.press("Enter")
    page.keyboard.type("A")
    holds(page, "<p>/quote</p><blockquote><p>A</p></blockquote>")


def test_a_link_is_asked_for_by_its_words_and_address(writing):
    writing.keyboard.type("/link")
    writing.keyboard.press("Enter")
    asking = writing.locator("dialog.prose-editor-dialog")
    asking.get_by_label("Words").fill("the study")
    asking.get_by_label("Address").fill("https://example.org/a")
    writing.keyboard.press("Enter")
    asking.wait_for(state="hidden")
    writing.locator(".ProseMirror:focus").wait_for()
    writing.keyboard.type(" here")
    holds(writing, '<p><a href="https://example.org/a">the study</a> here</p>')


# Markdown as one types -----------------------------------------------------------------------------------------------


MARKDOWN = [
    ("## A", "<h2>A</h2>"),
    ("### A", "<h3>A</h3>"),
    ("#### A", "<h4>A</h4>"),
    ("# A", "<p># A</p>"),
    ("- A", "<ul><li><p>A</p></li></ul>"),
    ("* A", "<ul><li><p>A</p></li></ul>"),
    ("1. A", "<ol><li><p>A</p></li></ol>"),
    ("1) A", "<ol><li><p>A</p></li></ol>"),
    ("2026. A year", "<p>2026. A year</p>"),
    ("> A", "<blockquote><p>A</p></blockquote>"),
    ("``` A", "<pre><code>A</code></pre>"),
    ("---A", "<hr><p>A</p>"),
    ("**b** A", "<p><strong>b</strong> A</p>"),
    ("__b__ A", "<p><strong>b</strong> A</p>"),
    ("_i_ A", "<p><em>i</em> A</p>"),
    ("*i* A", "<p><em>i</em> A</p>"),
    ("`c` A", "<p><code>c</code> A</p>"),
    ("snake_case_name A", "<p>snake_case_name A</p>"),
    ("[x](https://example.org/a) A", '<p><a href="https://example.org/a">x</a> A</p>'),
    ("[x](javascript:alert) A", "<p>[x](javascript:alert) A</p>"),
    ("https://example.org/a A", '<p><a href="https://example.org/a">https://example.org/a</a> A</p>'),
    ("ASP.NET A", "<p>ASP.NET A</p>"),
]


def test_markdown_is_understood_as_one_types(writing):
    for typed, html in MARKDOWN:
        anew(writing)
        writing.keyboard.type(typed)
        holds(writing, html)


def test_markdown_that_is_pasted_stays_as_it_is(writing):
    paste(writing, text="# One\n- **two** _three_\n[x](https://example.org)")
    holds(writing, "<p># One</p><p>- **two** _three_</p><p>[x](https://example.org)</p>")
    expect(note(writing)).to_be_hidden()


# Pasting -------------------------------------------------------------------------------------------------------------


def sample(name):
    return (SAMPLES / f"{name}.html").read_text()


@pytest.mark.parametrize(
    ("name", "html", "said"),
    [
        (
            "word",
            "<h2>The ward at night</h2><p><strong>Nobody types.</strong> What is said <em>aloud</em> is written.</p>"
            "<ul><li><p>One bed</p><ul><li><p>its lamp</p></li></ul></li><li><p>Two beds</p></li></ul>",
            "Pasted from Word at ",
        ),
        (
            "docs",
            "<p>A plain start, <strong>a bold middle</strong><em>, a leaning end, H</em><sub>2</sub>O.</p>",
            "Pasted from Google Docs at ",
        ),
        (
            "web",
            '<h4>A small heading</h4><p>See <a href="https://example.org/a">the study</a>, not this and nor this.</p>'
            "<p>Ten\u00a0km underlined and more</p><p>Year | Beds</p><p>2024 | <strong>12</strong></p>",
            "Pasted from a web page at ",
        ),
    ],
)
def test_a_paste_is_cleaned_and_the_note_says_so(writing, name, html, said):
    paste(writing, sample(name), "words")
    expect(note(writing)).to_contain_text(said)
    assert body(writing).replace("&nbsp;", "\u00a0") == html
    assert prose.text(prose.clean(body(writing))) == prose.text(html)


def test_the_note_counts_what_was_removed_shows_it_and_undoes_the_paste(writing):
    writing.keyboard.type("Before. ")
    paste(writing, sample("web"), "words")
    told = note(writing).get_by_role("status").inner_text()
    assert re.fullmatch(r"Pasted from a web page at \d\d:\d\d: .* removed\.", told)
    for part in (
        "1 style,",
        "1 style sheet",
        "2 classes",
        "1 id",
        "2 scripts",
        "2 unsafe links",
        "1 picture",
        "1 embedded thing",
        "2 empty paragraphs",
        "1 table",
        "1 other tag",
        "3 &nbsp;",
    ):
        assert part in told, part
    rows = note(writing).get_by_role("listitem")
    assert rows.count() == 0
    note(writing).get_by_role("button", name="Show").press("Enter")
    expect(rows.filter(has_text="unsafe links")).to_have_text(
        "2 unsafe links: javascript:alert(1); data:text/html,x; their words stay"
    )
    note(writing).get_by_role("button", name="Undo").press("Enter")
    holds(writing, "<p>Before. </p>")
    expect(note(writing)).to_contain_text("The paste is undone.")
    expect(writing.locator(SURFACE)).to_be_focused()


def test_the_mock_ups_own_paste_is_told_in_its_words(writing):
    paste(writing, "".join(f'<p style="margin:{n}px">Line {n}.&nbsp;</p>' for n in range(3)), "lines")
    expect(note(writing)).to_contain_text("3 styles and 3 &nbsp; removed.")


def test_what_was_typed_since_is_not_undone_with_the_paste(writing):
    paste(writing, '<p style="color:red">Pasted.</p>', "Pasted.")
    expect(note(writing).get_by_role("button", name="Undo")).to_be_visible()
    writing.keyboard.type(" Typed.")
    expect(note(writing).get_by_role("button", name="Undo")).to_be_hidden()
    writing.keyboard.press("Control+z")
    holds(writing, "<p>Pasted.</p>")


def test_what_is_copied_here_and_pasted_here_needs_no_note(writing):
    writing.keyboard.type("## A heading\n")
    writing.keyboard.type("and **bold** words.")
    everything(writing)
    copied = writing.locator(SURFACE).evaluate(COPY)
    writing.keyboard.press("ArrowRight")
    writing.wait_for_timeout(100)
    paste(writing, *copied)
    expect(writing.locator(f"{SURFACE} strong")).to_have_count(2)
    expect(note(writing)).to_be_hidden()


PASTED_ON_WORDS = [
    ("https://example.org/a?b=c", '<p><a href="https://example.org/a?b=c">words</a></p>'),
    (" mailto:desk@example.org\n", '<p><a href="mailto:desk@example.org">words</a></p>'),
    ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ("ftp://example.org/a", "<p>ftp://example.org/a</p>"),
    ("https://example.org/a and more", "<p>https://example.org/a and more</p>"),
]


def test_an_address_pasted_on_words_makes_them_a_link(writing):
    for pasted, html in PASTED_ON_WORDS:
        anew(writing)
        writing.keyboard.type("words")
        everything(writing)
        paste(writing, text=pasted)
        holds(writing, html)


WRAPPER = (
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fstory%3Futm_source%3Dmail"
    "&data=05%7C01%7Csomebody%40clinic.example&reserved=0"
)
STORY = "https://example.org/story"
LIGHTER = [
    (WRAPPER, "the story", STORY, "the story"),
    (WRAPPER, WRAPPER, STORY, STORY),
    ("https://example.org/?id=5&fbclid=1", "a", "https://example.org/?id=5", "a"),
    ("https://example.org/?id=6&page=2", "b", "https://example.org/?id=6&page=2", "b"),
    ("mailto:desk@example.org?utm_source=x", "c", "mailto:desk@example.org?utm_source=x", "c"),
]


def link(address, words):
    return '<p>See <a href="{}">{}</a>.</p>'.format(address.replace("&", "&amp;"), words.replace("&", "&amp;"))


def test_a_pasted_link_loses_what_tells_who_follows_it(writing):
    for address, words, lighter, shown in LIGHTER:
        anew(writing)
        paste(writing, html=link(address, words))
        holds(writing, link(lighter, shown))
    anew(writing)
    paste(writing, text=WRAPPER)
    holds(writing, f'<p><a href="{STORY}">{STORY}</a></p>')


def listed(level, number, mark, words):
    ignored = f'<span style="mso-list:Ignore">{mark}<span>&nbsp;&nbsp; </span></span>'
    style = f"mso-list:l{number} level{level} lfo{number + 1}"
    return f'<p class="MsoListParagraph" style="{style}">{ignored}{words}</p>'


BULLETS = "<ul><li><p>One</p></li></ul>"
NUMBERS = '<ol data-type="decimal"><li><p>First</p></li></ol>'
WORD_LISTS = [
    ([(1, 0, "·", "One"), (1, 1, "1.", "First")], BULLETS + NUMBERS),
    ([(1, 0, "1.", "First"), (1, 1, "·", "One")], NUMBERS + BULLETS),
    ([(1, 0, "·", "One"), (1, 0, "1.", "First")], BULLETS + NUMBERS),
    (
        [(1, 0, "·", "Two"), (2, 0, "·", "One"), (2, 1, "1.", "First"), (1, 0, "·", "Three")],
        f"<ul><li><p>Two</p>{BULLETS}{NUMBERS}</li><li><p>Three</p></li></ul>",
    ),
]


def test_a_list_from_word_ends_where_another_begins(writing):
    for rows, html in WORD_LISTS:
        anew(writing)
        paste(writing, html=f'<html xmlns:w="urn:x"><body>{"".join(listed(*row) for row in rows)}</body></html>')
        holds(writing, html)


BROKEN_LINES = [
    (
        "The trial enrolled two hundred\nnurses and found that\nalarms fell.\n\nA second one with hyphen-\nation.",
        ["The trial enrolled two hundred nurses and found that alarms fell.", "A second one with hyphen-ation."],
    ),
    ("One that goes\r\non here. Another\r\nends.\r\n \r\nMore.", ["One that goes on here. Another ends.", "More."]),
    ("First line.\nSecond line.", ["First line.", "Second line."]),
    ("Ada Lee\nWard Four\nExample Hospital", ["Ada Lee", "Ward Four", "Example Hospital"]),
    ("• one\n• two more\n• three", ["• one", "• two more", "• three"]),
]


def test_lines_that_a_mail_broke_are_one_paragraph(writing):
    for text, paragraphs in BROKEN_LINES:
        anew(writing)
        paste(writing, text=text)
        holds(writing, "".join(f"<p>{words}</p>" for words in paragraphs))


def test_an_address_pasted_alone_is_a_link(writing):
    paste(writing, text="https://example.org/a")
    writing.keyboard.type(" on")
    holds(writing, '<p><a href="https://example.org/a">https://example.org/a</a> on</p>')


def test_a_megabyte_is_pasted_whole(writing):
    line = '<p class="MsoNormal" style="margin:0"><span style="color:red">Words of a long report, in a line.</span></p>'
    paste(writing, line * (1_000_000 // len(line)), "words")
    expect(note(writing)).to_contain_text("styles")
    assert writing.locator(".ProseMirror p").count() >= 1_000_000 // len(line)


def test_nothing_of_a_paste_runs_or_loads(writing):
    asked = []
    writing.on("request", lambda request: asked.append(request.url) if "example.org" in request.url else None)
    paste(writing, sample("web"), "words")
    expect(note(writing)).to_be_visible()
    writing.wait_for_timeout(200)
    assert asked == []


HOSTILE = [
    "<svg onload=steal()><title>x</title></svg><math><mi>x</mi></math>Words",
    '<p data-pm-slice="1 1 []" style="color:red" onclick="steal()">Words <a href="javascript:steal()">here</a></p>',
    '<base href="https://example.com/"><a href="//example.com/a">Words</a> <a href="https:///x">more</a>',
    "<form><input value=1><button>Words</button><select><option>no</select><textarea>no</textarea></form>",
    "<table><tr><td><table><tr><td><h1>Words</h1><ul><li>one<li>two</ul></table></table>",
    "<li>Words</li><dt>term</dt><dd>said</dd>",
    "<h2><p>Words</p><b>bold</b></h2>",
    "<style>p { color: red",
    "<p>Words<style>@import 'x'</style></p><p title='a > b' style='color:red'>more</p>",
    "<div>" * 600 + "Words" + "</div>" * 600,
    "<b>" * 300 + "Words",
    "<!--[if gte mso 9]><xml><o:p></o:p></xml><![endif]-->Words<o:p>&nbsp;</o:p><v:shape></v:shape>",
    "<pre>  two\n\n  lines&nbsp;&nbsp;</pre>",
    "Words<br><br>more<hr><hr>",
    "<p data-was-style='x' data-was-onclick='y' data-x=1 dir=rtl lang=ar>Words</p>",
]


def test_of_what_the_editor_keeps_the_server_drops_nothing(writing):
    for html in HOSTILE:
        anew(writing)
        writing.keyboard.type("Here: ")
        paste(writing, html, "words")
        writing.wait_for_timeout(50)
        kept = body(writing)
        assert re.sub("steal|javascript|style|<o:|data-", "!", kept) == kept
        without_rel = prose.clean(kept).replace(' rel="noopener"', "")
        assert prose.text(without_rel) == prose.text(kept)
        assert set(re.findall(r"<(\w+)", kept)) <= prose.BLOCKS | prose.INLINE


# Counts --------------------------------------------------------------------------------------------------------------


def test_each_text_says_how_long_it_is_and_goes_on_saying_it(page, curator):
    article = make_article(owner=curator, title="A title", standfirst="Nine words.", body="<p>One two</p><p>three</p>")
    sign_in(page, curator, at=f"/admin/curation/article/{article.pk}/change/")
    page.locator(SURFACE).wait_for()
    expect(page.locator("#id_title-count")).to_have_text("7 of 100")
    expect(page.locator("#id_standfirst-count")).to_have_text("11 of 250")
    expect(page.locator("#id_body-count")).to_have_text("3 words · 13 characters · 1 min")
    page.locator("#id_title").fill("é" * 101)
    expect(page.locator("#id_title-count")).to_have_text("101 of 100")
    expect(page.locator("#id_title-count")).to_have_class(re.compile("is-over"))
    page.locator(SURFACE).click()
    page.wait_for_timeout(300)  # a click settles where the caret is a moment later
    page.keyboard.press("Control+End")
    page.keyboard.type(" four")
    expect(page.locator("#id_body-count")).to_have_text("4 words · 18 characters · 1 min")
    for name, surface in (("title", "#id_title"), ("standfirst", "#id_standfirst"), ("body", SURFACE)):
        assert f"id_{name}-count" in page.locator(surface).get_attribute("aria-describedby")
    assert page.locator(".count[aria-live], .count[role]").count() == 0


def test_the_minutes_are_those_that_readers_will_see(writing):
    for words in (1, 109, 110, 329, 330, 331, 550, 551, 770, 2200):
        html = f"<p>{' '.join(['word'] * words)}</p>"
        anew(writing, html)
        expect(writing.locator("#id_body-count")).to_contain_text(f"· {prose.minutes(html)} min")


# Topics --------------------------------------------------------------------------------------------------------------


def test_a_topic_is_offered_with_its_synonym_and_its_use(writing):
    medicine = make_topic("HCG: Precision Medicine")
    medicine.synonyms.create(spelling="genome")
    make_published(topics=[medicine])
    writing.get_by_placeholder("Find a topic").press_sequentially("genom")
    option = writing.get_by_role("option", name="HCG: Precision Medicine")
    expect(option).to_contain_text("“genome” is a synonym · 1 brief")
    writing.keyboard.press("Enter")
    row = writing.locator("[data-picker=topic_list] [data-rows] > li")
    expect(row).to_have_class(re.compile("hue-"))
    writing.locator("#saved[data-state=saved]").wait_for()
    assert list(Article.objects.earliest("pk").topics.all()) == [medicine]


@pytest.mark.parametrize("between", ["\n", "; ", ", ", "\t"])
def test_a_pasted_list_of_topics_is_matched_and_its_misses_are_named(writing, between):
    names = ["Field: Alpha", "Field: Beta", "Field: Gamma"]
    for name in names:
        make_topic(name)
    article = Article.objects.get()
    paste(writing, text=between.join(["beta", "Nowhere", "field:  ALPHA", "Neither"]), place="#id_topic_list-add")
    picker = writing.locator("[data-picker=topic_list]")
    expect(picker.get_by_role("status")).to_have_text("2 added. Not found: Nowhere, Neither.")
    expect(writing.locator("#id_topic_list-add")).to_have_value("Nowhere; Neither")
    writing.locator("#saved[data-state=saved]").wait_for()
    assert [topic.name for topic in article.topics.all()] == ["Field: Beta", "Field: Alpha"]
    writing.locator("#id_topic_list-add").fill("gamma")
    expect(picker.get_by_text("Not found")).to_have_count(0)
    writing.get_by_role("option", name="Field: Gamma").wait_for()
    writing.keyboard.press("Enter")
    expect(picker.locator("[data-rows] > li")).to_have_count(3)


def test_a_typed_list_is_matched_by_enter_and_nothing_is_added_twice(writing):
    make_topic("Field: Alpha")
    box = writing.locator("#id_topic_list-add")
    for said in ("1 added.", "There already."):
        box.fill("alpha;")
        box.press("Enter")
        expect(writing.locator("[data-picker=topic_list]").get_by_role("status")).to_have_text(said)
    expect(writing.locator("[data-picker=topic_list] [data-rows] > li")).to_have_count(1)


def test_what_suggests_itself_is_added_by_an_event(writing):
    topic = make_topic("Field: Alpha")
    writing.locator("[data-picker=topic_list]").evaluate(
        "(picker, id) => picker.dispatchEvent(new CustomEvent('medigy:pick', {detail: {id, text: 'Field: Alpha'}}))",
        str(topic.pk),
    )
    expect(writing.locator("[data-picker=topic_list] [data-rows] > li")).to_contain_text("Field: Alpha")


def test_without_scripts_a_list_is_sent_with_its_lines(page, live_server, curator):
    article = make_article(owner=curator, topics=[make_topic("Field: Alpha")])
    make_topic("Field: Beta")
    sign_in(page, curator)
    context = page.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"/admin/curation/article/{article.pk}/change/")
    plain.locator("#id_topic_list-add").fill("beta\nnowhere")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator(".field-topic_list .errorlist")).to_have_text("No topic in use is called “nowhere”.")
    expect(plain.locator("#id_topic_list-add")).to_have_value("nowhere")
    plain.locator("#id_topic_list-add").fill("")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator(".field-topic_list .errorlist")).to_have_count(0)
    assert [topic.name for topic in article.topics.all()] == ["Field: Alpha", "Field: Beta"]
    context.close()


# Looks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_palette_note_and_counts_fit_the_window(writing, width, scheme):
    writing.emulate_media(color_scheme=scheme)
    writing.set_viewport_size({"width": width, "height": 800})
    paste(writing, sample("web"), "words")
    note(writing).get_by_role("button", name="Show").click()
    writing.get_by_role("button", name="inserts").click()
    box = writing.get_by_role("listbox", name="Insert").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert writing.evaluate("document.documentElement.scrollWidth") <= width
