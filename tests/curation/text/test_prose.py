"""Safe HTML out of anything: the allowlist on examples, its promises on any text."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curation.text import prose

ALLOWED = (
    "p h2 h3 h4 ul ol li blockquote strong em code pre sub sup br hr a table thead tbody tr th td figure figcaption img"
)
TAGS = set(ALLOWED.split())
ATTRIBUTES = {"a": {"href", "title", "rel"}, "img": {"src", "alt", "width", "height"}}


class Inspector(HTMLParser):
    """Collects what a page may not hold."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in TAGS or attrs.keys() - ATTRIBUTES.get(tag, set()):
            self.faults.append((tag, attrs))
        if tag == "a" and not (
            attrs["rel"] == "noopener" and re.match(r"\s*(https?://|mailto:|/(?!/))", attrs["href"], re.I)
        ):
            self.faults.append((tag, attrs))
        if tag == "img" and not re.fullmatch(r"/media/[\w./~-]+", attrs["src"]):
            self.faults.append((tag, attrs))

    def handle_comment(self, data):
        self.faults.append(("comment", data))

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html):
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Night</p>", "<p>Night</p>"),
        ("just words", "just words"),
        ("", ""),
        ("<b>a</b> <i>b</i>", "<strong>a</strong> <em>b</em>"),
        ("<h1>a</h1><h2>b</h2><h5>c</h5><h6>d</h6>", "<h2>a</h2><h2>b</h2><h4>c</h4><h4>d</h4>"),
        ('<p class="x" style="color:red" id="y" onclick="z()" lang="en">a</p>', "<p>a</p>"),
        ("<p>a.&nbsp;</p>", "<p>a.</p>"),
        ("<p>a.\u00a0 \n&nbsp;</p>", "<p>a.</p>"),
        ("<p>a&nbsp;b <strong>c&nbsp;</strong><br> </p>", "<p>a&nbsp;b <strong>c</strong></p>"),
        ("<p></p><p>&nbsp;</p><p><br></p><p><em> </em></p><ul><li></li></ul>", ""),
        ("<p>a<b> </b>c<em></em></p>", "<p>a c</p>"),
        ("<pre>  a\n\n b </pre>", "<pre>  a\n\n b </pre>"),
        ("<p>a<br>b</p><hr>", "<p>a<br>b</p><hr>"),
        ("<div>a</div><div>b<div>c</div></div>", "<p>a</p>\nb<p>c</p>"),
        ("<section><h2>a</h2>b</section>c", "<h2>a</h2>b\nc"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ('<ol start="4" type="a"><li value="2">a</li></ol>', "<ol><li>a</li></ol>"),
        ("<span>a</span><u>b</u><font>c</font><x-y>d</x-y>", "abcd"),
        ("a < b & c > d &lt;p&gt;", "a &lt; b &amp; c &gt; d &lt;p&gt;"),
        ("a<!-- b --><?c d?><!DOCTYPE e>", "a"),
        ("a\x00b\x07c\x7fd\x85e\ud800f", "abcdef"),
        ("a\r\nb\rc", "a\nb\nc"),
        (
            "<table><tr><th>a</th><td>b</td></tr></table>",
            "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>",
        ),
        ("<table><tr><td></td><td>a</td></tr></table>", "<table><tbody><tr><td></td><td>a</td></tr></tbody></table>"),
        ("<table><tr><td></td></tr></table>", ""),
    ],
)
def test_what_html_becomes(html, expected):
    assert prose.clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<a href="https://e.org/?a=1&b" title="T" target="_blank" rel="me">x</a>',
            '<a href="https://e.org/?a=1&amp;b" title="T" rel="noopener">x</a>',
        ),
        ('<a href="mailto:desk@e.org">x</a>', '<a href="mailto:desk@e.org" rel="noopener">x</a>'),
        ('<a href="HTTP://e.org">x</a>', '<a href="HTTP://e.org" rel="noopener">x</a>'),
        ('<a href="/topic/night/">x</a>', '<a href="/topic/night/" rel="noopener">x</a>'),
        ('<a href="https://e.org"></a>', ""),
        ('<a href="//e.org">x</a>', "x"),
        ('<a href="page.html">x</a>', "x"),
        ('<a href="#part">x</a>', "x"),
        ('<a name="part">x</a>', "x"),
        ('<a href="ftp://e.org">x</a>', "x"),
        ('<a href="tel:1">x</a>', "x"),
        ('<img src="/media/a/b-1.jpg" alt="A" width="3" onload="x">', '<img src="/media/a/b-1.jpg" alt="A" width="3">'),
        ('<p><img src="https://e.org/a.jpg" alt="A"></p>', ""),
        ('<img src="//e.org/media/a.jpg">', ""),
        ('<img src="/media/../admin/">', ""),
        ('<img src="/media/a//b.jpg">', ""),
        ('<img src="/media/%2e%2e/x">', ""),
        ('<img src="/mediax/a.jpg">', ""),
        ('<img src="data:image/png;base64,AAAA">', ""),
        ("<img>", ""),
        (
            '<figure><img src="/media/a.jpg" alt=""><figcaption>c&nbsp;</figcaption></figure>',
            '<figure><img src="/media/a.jpg" alt=""><figcaption>c</figcaption></figure>',
        ),
    ],
)
def test_links_lead_somewhere_and_pictures_are_our_own(html, expected):
    assert prose.clean(html) == expected


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<style>@import '//e.org'</style>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="&#x6A&#x61vascript&colon;alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java&Tab;script&NewLine;:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a><a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="https://e.org" onmouseover=alert(1) style=x:expression(alert(1))>x</a>',
    '<img src=x onerror=alert(1)><img src="/media/x"onerror=alert(1)>',
    '<img src="/media/x" srcset="//e.org/x" lowsrc=x dynsrc=x>',
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<math><mi><mglyph><svg><mtext><textarea><path id='</textarea><img onerror=alert(1) src=1>'>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<noembed><p title="</noembed><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    '<textarea></textarea><img src=x onerror=alert(1)>"></textarea>',
    "<template><script>alert(1)</script><img src=x onerror=alert(1)></template>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)><embed src=//e.org/x.swf>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button><input autofocus onfocus=x>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<base href="//e.org/"><meta http-equiv=refresh content="0;//e.org"><link rel=stylesheet href=//e.org>',
    "<body onload=alert(1)><html manifest=x><head><title>x</title></head><frameset onload=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details><marquee onstart=alert(1)>x</marquee>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<select><option><img src=x onerror=alert(1)></option></select>",
    "<!--><img src=x onerror=alert(1)>--><!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></x>",
    '<p title="<script>alert(1)</script>">x</p>',
    "<a title='\"><script>alert(1)</script>' href='https://e.org'>x</a>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x",
    "<p><table><p>a<td><b>c<table>d</b><a href=x><td>e</a>",
    "<b><p><i></b>x</p></i><a href=https://e.org><div>y<a href=https://e.net>z",
    "<plaintext><script>alert(1)</script>",
    "<div id=location><a name=cookie class=x>x</a></div>",
    "\x00<\x00script>alert(1)</script>",
    "<img/src=/media/x/onerror=alert(1)//",
    "<a href=https://e.org/><svg><foreignObject><p><a href=javascript:alert(1)>x",
]


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("door", [prose.clean, prose.body, prose.from_text])
def test_nothing_hostile_passes(html, door):
    cleaned = door(html)
    assert faults(cleaned) == []
    assert prose.clean(cleaned) == cleaned


fragments = st.sampled_from(
    [
        *HOSTILE,
        *(
            f"<{tag}>"
            for tag in sorted(
                TAGS | {"b", "i", "h1", "div", "svg", "math", "style", "button", "font", "dd", "caption", "select"}
            )
        ),
        *(
            f"</{tag}>"
            for tag in sorted(TAGS | {"b", "i", "h1", "div", "svg", "math", "style", "button", "font", "table"})
        ),
        *(
            "words",
            " ",
            "&nbsp;",
            "\n",
            "&",
            "<",
            ">",
            '"',
            "&lt;b>",
            "<br>",
            '<a href="https://e.org">',
            '<a href="x">',
        ),
        *('<img src="/media/a.jpg">', "<!--", "-->", "]]>", "<p title='", "# ", "* ", "1. ", "> ", "`", "\n\n", "|"),
    ]
)
markup = st.lists(fragments, max_size=25).map("".join)


@given(markup | st.text())
@example("<pre>\n\n\nx</pre>")
@example("<p><button><div>x</div></button></p>")
@example("<a href='https://e.org'><table><a href='https://e.net'>x")
def test_whatever_comes_in_what_goes_out_is_allowed_and_stays(html):
    cleaned = prose.clean(html)
    assert faults(cleaned) == []
    assert prose.clean(cleaned) == cleaned
    assert prose.body(html) is not None


@given(markup | st.text())
def test_markdown_gives_allowed_html_too(source):
    assert faults(prose.from_text(source)) == []


class Parsing:
    """The sanitiser; tells how many elements it was given inside each other, and the sum of that over all tags."""

    def __init__(self, cleaner):
        self.cleaner, self.deepest, self.work = cleaner, 0, 0

    def clean(self, html):
        unclosed, work = Counter(), 0
        for end, name in re.findall(r"<(/?)([a-z-]+)", html):
            if name not in {"p", "li", "tr", "td"} and (unclosed[name] or not end):
                unclosed[name] += -1 if end else 1
            depth = unclosed.total()
            self.deepest, work = max(self.deepest, depth), work + depth
        self.work = max(self.work, work)
        return self.cleaner.clean(html)


@pytest.fixture
def parsing(monkeypatch):
    """What the sanitiser's parser is given, with nothing known to be clean already."""
    counted = Parsing(prose._cleaner)
    monkeypatch.setattr(prose, "_cleaner", counted)
    monkeypatch.setattr(prose, "_clean", {})
    return counted


@pytest.mark.parametrize(
    "tower",
    ["<div>", "<b>", "<p>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<a href='https://e.org'>", "<em><p>"]
    + [
        "<div></b>",
        "<b><p></b>",
        "<svg><desc>",
        "<math><mi>",
        "<font size=1>",
        "<x-y>",
        "> ",
        "- ",
        "[",
        "*a ",
        "<",
        "`a",
    ],
)
def test_ten_thousand_elements_inside_each_other_do_not_hurt(parsing, tower):
    cleaned = prose.clean(tower * 10_000 + "words")
    assert prose.text(cleaned).endswith("words") or tower in {"<svg><desc>", "<math><mi>", "<"}
    assert faults(prose.from_text(tower * 10_000 + "words")) == []
    prose._clean.clear()
    assert prose.clean(cleaned) == cleaned
    assert parsing.deepest <= prose.MAX_NESTING + 1


def test_many_open_formats_before_many_paragraphs_do_not_multiply(parsing):
    html = "<p>" + "".join(f"<font size={size}>" for size in range(190)) + "<p>word" * 20_000
    assert prose.text(prose.clean(html)).count("word") == 20_000
    assert 0 < parsing.work <= prose.MAX_WORK < 190 * 20_000


@pytest.mark.parametrize("tower", ["<div>", "<b>", "<ul><li>", "> ", "- "])
def test_a_tower_is_refused_with_its_line(tower):
    with pytest.raises(prose.ProseRefused) as refusal:
        prose.check("words\n\n" + tower * 10_000, first_line=7)
    assert refusal.value.line == 9
    assert str(refusal.value) == "line 9: more than 200 elements lie inside each other"


def test_a_long_list_is_no_tower():
    source = "<ul>" + "<li>a<p>b" * 5_000 + "</ul>" + "<p>c" * 5_000 + "<div><b>d</b></div>" * 5_000
    prose.check(source)
    assert prose.clean(source).count("<li>") == 5_000


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two\nlines.</p>"),
        ("*a* <em>b</em> <b>c</b>", "<p><em>a</em> <em>b</em> <strong>c</strong></p>"),
        ("# Title\n\n- a\n- b", "<h2>Title</h2>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("2019. A good year.", "<p>2019. A good year.</p>"),
        ("> 7) seven", "<blockquote>\n<p>7) seven</p></blockquote>"),
        ("- 3. a\n  4. b", "<ul>\n<li>3. a\n4. b</li>\n</ul>"),
        ("    indented words", "<p>indented words</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("a <placeholder> b", "<p>a &lt;placeholder&gt; b</p>"),
        ("<em>\nwhole\n</em>", "<p><em>\nwhole</em></p>"),
        ("Say <script>alert(1)</script>.", "<p>Say .</p>"),
        ("[x](https://e.org)", '<p><a href="https://e.org" rel="noopener">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](https://e.org/x.png)", ""),
        ("a|b\n-|-", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n</table>"),
        ("ends.&nbsp;", "<p>ends.</p>"),
        ("", ""),
    ],
)
def test_plain_text_is_read_as_markdown(source, expected):
    assert prose.from_text(source) == expected
    assert prose.body(source) == expected


def test_a_body_with_a_block_element_is_html():
    assert prose.body("<p>*a*</p>\n\n<h2>*b*</h2>") == "<p>*a*</p>\n\n<h2>*b*</h2>"
    assert prose.body("<DIV\nclass=x>*a*</DIV>") == "<p>*a*</p>"
    assert prose.body("<pretty> *a*") == "<p>&lt;pretty&gt; <em>a</em></p>"


def test_only_cleaned_html_is_marked_safe():
    assert prose.safe("<p>a</p>").__html__() == "<p>a</p>"
    assert not hasattr(prose.clean("<p>a</p>"), "__html__")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>A</h2>\n<p>b <strong>c</strong><br>d &amp; e&nbsp;f</p>", "A\n\nb c d & e f"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "a\n\nb"),
        ("a &lt;b&gt;", "a <b>"),
        ("", ""),
    ],
)
def test_html_has_words(html, words):
    assert prose.text(html) == words


BODY = (
    "<p>The ward paid $3.5 million for a chart that nobody at all had asked for, it says.&nbsp;</p><p>"
    + "Then it slept soundly. " * 20
)
FIRST = "The ward paid $3.5 million for a chart that nobody at all had asked for, it says."


@pytest.mark.parametrize(
    ("standfirst", "is_cut", "shown", "twice"),
    [
        ("The ward paid $3.", True, FIRST, True),
        (prose.text(BODY).replace("\n\n", " ")[:200], True, FIRST, True),
        ("The ward  paid $3.5 million for a ch", True, FIRST, True),
        ("The ward paid $3.5 million for a ch…", True, FIRST, True),
        ("The ward paid $3.5 million for a…", False, "The ward paid $3.5 million for a…", True),
        (FIRST, False, FIRST, True),
        ("Nobody asked.", False, "Nobody asked.", False),
        ("", False, "", False),
    ],
)
def test_a_standfirst_cut_by_a_machine_is_found_and_mended(standfirst, is_cut, shown, twice):
    html = prose.clean(BODY)
    assert prose.is_machine_cut(standfirst, prose.text(html)) == is_cut
    assert prose.repaired(standfirst, html) == shown
    assert prose.repeats(standfirst, html) == twice


def test_a_standfirst_that_is_the_first_sentence_is_left_alone_however_it_was_cut():
    sentence = "The " + "very " * 60 + "old ward closed."
    html = f"<h2>News</h2><p>{sentence} It had no beds.</p>"
    assert prose.is_machine_cut(sentence, prose.text(html).removeprefix("News"))
    assert prose.repaired(sentence, html) == sentence


def test_a_standfirst_with_character_references_is_compared_as_read():
    html = "<p>Let’s see. Nobody does.</p>"
    assert prose.is_machine_cut("Let&rsquo;s see.", prose.text(html))
    assert prose.repeats("Let&rsquo;s see.", html)
    assert prose.repaired("Vena &amp; Co", html) == "Vena & Co"


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (440, 2), (2200, 10)])
def test_reading_takes_at_least_a_minute(words, minutes):
    assert prose.minutes("<p>" + "word " * words + "</p>") == minutes


SAFELINK = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fstory%3Futm_source%3Dmail&amp;data=05%7C01%7Csomebody%40clinic.example"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            f'<p>See <a href="{SAFELINK}">it</a>.</p>',
            '<p>See <a href="https://example.org/story" rel="noopener">it</a>.</p>',
        ),
        (
            f'<p><a href="{SAFELINK}" title="{SAFELINK}">{SAFELINK}</a></p>',
            '<p><a href="https://example.org/story" title="https://example.org/story" rel="noopener">'
            "https://example.org/story</a></p>",
        ),
        (
            '<p><a href="https://example.org/?id=5&amp;utm_id=1&amp;b=&quot;">x</a></p>',
            '<p><a href="https://example.org/?id=5&amp;b=&quot;" rel="noopener">x</a></p>',
        ),
        (
            '<p><a href="https://example.org/?id=5&amp;amp;utm_id=1&amp;amp;b=2">x</a></p>',
            '<p><a href="https://example.org/?id=5&amp;b=2" rel="noopener">x</a></p>',
        ),
        ('<p><a href="mailto:a@example.org?utm_id=1">x</a></p>', None),
        ('<p><a href="/news/a/?utm_id=1">x</a></p>', None),
        ('<p><a href="https://example.org/?a=1&amp;b=2#part">x</a> https://example.org/?utm_id=1</p>', None),
    ],
)
def test_links_in_a_text_tell_nobody_who_follows_them(html, expected):
    expected = expected or html.replace('">x', '" rel="noopener">x')
    assert prose.clean(html) == expected
    assert prose.clean(expected) == expected


def test_links_in_markdown_are_cleaned_like_any_other():
    assert prose.body("[it](https://example.org/?utm_id=1&id=5)") == (
        '<p><a href="https://example.org/?id=5" rel="noopener">it</a></p>'
    )


@pytest.mark.parametrize("unit", ["&", "&amp;", "&lt;", "&x", "&#65;", "&nbsp;", "&amp;lt;", "<b>&</b>", "&<!-- & -->"])
def test_many_references_say_the_same_as_few(unit):
    few, many = prose.clean(f"<p>a{unit * 10}b</p>"), prose.clean(f"<p>a{unit * 1_500}b</p>")
    begin, end = few[:4], few[-5:]
    inside = few.removeprefix(begin).removesuffix(end)
    assert many == begin + inside[: len(inside) // 10] * 1_500 + end
    assert prose.clean(many) == many


@pytest.mark.parametrize(
    "html", ["<!--&", "<a title='&", "<script>&", "&lt;script&gt;x", "\ufdd1script\ufdd2&", "&#xfdd1;"]
)
def test_many_references_bring_nothing_in(html):
    said = prose.clean(html * 1_500)
    assert "<script" not in said
    assert prose.clean(said) == said
