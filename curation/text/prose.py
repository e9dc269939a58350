"""The one place that turns written text into safe HTML, and HTML back into words.

There is one allowlist, below. Stored text has passed ``clean`` on its way in, whether typed, harvested or imported;
``safe`` then hands it to a template, and no other module marks text as safe.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from offerings.text.kept import kept
from offerings.text.words import plain_text

from . import addresses, entities, links, sentences


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _names("p h2 h3 h4 ul ol li blockquote pre hr table thead tbody tr th td figure figcaption")
INLINE = _names("strong em code sub sup br a img")
#: Our own pictures, and no others.
MEDIA = re.compile(addresses.MEDIA + r"(?!.*\.\.)[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)*")
MAX_DEPTH = 60  # elements deeper than this lose their tags and keep their words
MAX_NESTING = 200  # no hand nests as deep: ``check`` says so, and no parser gets to see it
MAX_WORK = 1_000_000  # the sum of the depths of all tags

# Meanings of other tags in ours. The containers hold paragraphs or are one; everything else is unwrapped.
_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4"}
_CONTAINERS = _names(
    "address article aside center dd details div dl dt fieldset footer form header hgroup main nav section summary"
)
# Elements whose content is not prose: it goes with them.
_GONE = _names(
    "applet audio canvas embed frameset iframe math noembed noframes noscript object optgroup option script select"
    " style svg template textarea title video"
)
# Elements that are unwrapped. They are named so that Markdown knows a tag from words between ``<`` and ``>``.
_UNWRAPPED = _names(
    "abbr acronym bdi bdo big button caption cite data del dfn font ins kbd label legend mark nobr q rp rt ruby s samp"
    " small span strike time tt u var wbr"
)
_HTML_NAMES = BLOCKS | INLINE | _CONTAINERS | _GONE | _UNWRAPPED | _RENAMED.keys()
_VOID = _names("br hr img")
_TRIMMED = _names("p li h2 h3 h4 blockquote figcaption")
_EMPTY_STAYS = _names("thead tbody tr th td")
# A parser closes these by itself, so a thousand of them in a row are a list and no tower.
_CLOSED_BY_THEMSELVES = _names(
    "p li dt dd option tr td th thead tbody tfoot area base br col embed hr img input link meta param source track wbr"
)

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_RAW_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
_RAW_TAG_OR_COMMENT = re.compile(r"(<!--.*?(?:-->|\Z)|<[a-zA-Z/!?][^>]*>?)", re.DOTALL)
_HELD = re.compile("[\ufdd0-\ufdd3]")
_LINK = re.compile(r' href="\s*(?:https?://[^"]|mailto:[^"]|/(?!/))', re.IGNORECASE)
_ADDRESSES = re.compile(r'(?<= href=")[^"]*|(?<= title=")\s*https?://[^"]*', re.IGNORECASE)
_LONE_ADDRESS = re.compile(r"\s*https?://[^\s<>]+\s*", re.IGNORECASE)
_SOURCE = re.compile(r' src="([^"]*)"')
_BLANK = re.compile(r"(?:\s|&nbsp;)*")
_BLOCK_NAMES = "|".join(sorted(BLOCKS | _CONTAINERS | {"h1", "h5", "h6"}))
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES})(?=[\s/>])[^>]*>?", re.IGNORECASE)
_HEADING = re.compile(r"<h([2-4])>.*?</h\1>", re.DOTALL)
_FIRST_STOP = re.compile(r"[.?!]")
_LIST_MARK = re.compile(r"^([ \t>*+-]*[0-9]+)([.)])")
_QUOTES = re.compile(rf"^(?:[ \t]*[>*+-]){{{MAX_NESTING + 1}}}", re.MULTILINE)


class ProseRefused(ValueError):
    """A text built in a way nobody writes; ``line`` (from 1) says where, ``reason`` says what."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


_cleaner = nh3.Cleaner(
    tags=set(BLOCKS | INLINE | _CONTAINERS | _RENAMED.keys()),
    clean_content_tags=set(_GONE),
    attributes={"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def clean(html: str) -> str:
    """Return safe HTML that holds nothing beyond the allowlist; what else is said stays as words.

    Cleaning twice changes nothing. Besides the allowlist: paragraphs lose the blanks at their end and go when empty,
    containers such as ``div`` become paragraphs, links lose trackers and redirectors (``links.cleaned``), those that
    lead nowhere and pictures that are not our own go, and towers of elements are flattened. Never raises. About 0.1 ms
    for a body of 3 kB.
    """
    if html in _clean:
        return html
    html = _flattened(plain_text(html)).strip()
    for _ in range(10):
        once = _cleaned_once(html)
        if once == html:
            note_clean(html)
            return html
        html = once
    # A tree that parses into another one each time is an attack; its words are all it is good for.
    return f"<p>{escape(' '.join(text(html).split()), quote=False)}</p>"


_CLEAN_BYTES = 4_000_000
_clean: dict[str, None] = {}  # HTML that was lately found to be clean
_clean_held = [0]  # characters of it


def note_clean(html: str) -> None:
    """Keep in mind for a while that ``clean`` has returned this, here or in another process of ours."""
    if len(html) > _CLEAN_BYTES // 8:
        return
    _clean[html] = None
    held = _clean_held[0] + len(html)
    if held > _CLEAN_BYTES or len(_clean) > 512:
        _clean.clear()
        held = 0
    _clean_held[0] = held


def _cleaned_once(html: str) -> str:
    rebuilt = _Rebuilt()
    for token in _TAG.split(_sanitised(html)):
        rebuilt.add_token(token)
    return plain_text("".join(rebuilt.tokens)).strip()


# A parser takes a text piece by piece from one reference to the next, and the time for that grows with their square.
_MANY_REFERENCES = 1_000
_WRITTEN_AS = {"&": "\ufdd0", "<": "\ufdd1", ">": "\ufdd2", "\xa0": "\ufdd3"}  # no text holds these: ``plain_text``
_REFERENCE_OF = {"\ufdd0": "&amp;", "\ufdd1": "&lt;", "\ufdd2": "&gt;", "\ufdd3": "&nbsp;"}
_STANDS_FOR = str.maketrans(_WRITTEN_AS)


def _sanitised(html: str) -> str:
    """Return what the sanitiser makes of HTML, in time that grows with its length however many references it holds."""
    if not _has_more(html, "&", _MANY_REFERENCES):
        return _cleaner.clean(html)
    pieces = _RAW_TAG_OR_COMMENT.split(html)  # words and tags in turn
    pieces[::2] = [entities.unescape(words).translate(_STANDS_FOR) for words in pieces[::2]]
    return _HELD.sub(lambda held: _REFERENCE_OF[held[0]], _cleaner.clean("".join(pieces)))


@dataclass(slots=True)
class _Element:
    """An element not yet closed: what it is, the place of the token that began it, and what has been seen inside."""

    name: str
    start: int
    has_words: bool = False
    has_blocks: bool = False


class _Rebuilt:
    """A sanitised fragment on its way into our own shape, token by token.

    It relies on the sanitiser's output: every tag is closed, and ``<`` and ``>`` occur nowhere but in tags.
    """

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.unclosed: list[_Element] = [_Element("", 0)]

    def add_token(self, token: str) -> None:
        if not token.startswith("<"):
            if token:
                self._take_words(token)
        elif token.startswith("</"):
            self._end()
        else:
            self._begin_or_take(token)

    def _begin_or_take(self, token: str) -> None:
        name = _NAME.match(token)[1]
        name = _RENAMED.get(name, name)
        if name in _VOID:
            self._take_void(name, token)
        else:
            self._begin(name, token)

    def _take_words(self, words: str) -> None:
        if self.unclosed[-1].name == "a" and _LONE_ADDRESS.fullmatch(words):
            words = _cleaned_address(words)
        self.tokens.append(words)
        if not (words.isspace() or _BLANK.fullmatch(words)):
            self.unclosed[-1].has_words = True

    def _take_void(self, name: str, token: str) -> None:
        if name == "img" and not self._is_ours(token):
            return
        self.tokens.append(token)
        if name != "br":
            self.unclosed[-1].has_words = True
        if name == "hr":
            self.unclosed[-1].has_blocks = True

    @staticmethod
    def _is_ours(token: str) -> bool:
        source = _SOURCE.search(token)
        return source is not None and MEDIA.fullmatch(source[1]) is not None

    def _begin(self, name: str, token: str) -> None:
        if len(self.unclosed) > MAX_DEPTH or (name == "a" and not _LINK.search(token)):
            name, token = "", ""
        elif name == "a":
            token = _ADDRESSES.sub(lambda found: _cleaned_address(found[0]), token)
        else:
            token = "" if name in _CONTAINERS else f"<{name}>"
        self.unclosed.append(_Element(name, len(self.tokens)))
        self.tokens.append(token)

    def _end(self) -> None:
        element = self.unclosed.pop()
        if element.name in _CONTAINERS:
            self._settle(element)
        if element.name and not element.has_words and element.name not in _EMPTY_STAYS:
            self._drop(element)
            return
        if element.name in _TRIMMED:
            self._trim(element.start)
        if element.name:
            self.tokens.append(f"</{element.name}>")
        outer = self.unclosed[-1]
        outer.has_words |= element.has_words
        outer.has_blocks |= element.has_blocks or element.name in BLOCKS

    def _settle(self, container: _Element) -> None:
        """Make a container a paragraph if it holds only words; else let its content stand apart from its neighbours."""
        container.name = "" if container.has_blocks else "p"
        self.tokens[container.start] = "\n" if container.has_blocks else "<p>"
        if container.has_blocks:
            self.tokens.append("\n")

    def _drop(self, element: _Element) -> None:
        """Remove an element that says nothing; between words its blank stays."""
        inside = self.tokens[element.start :]
        del self.tokens[element.start :]
        if element.name in INLINE:
            self.tokens += [token for token in inside if token == "<br>" or not token.startswith("<")]

    def _trim(self, start: int) -> None:
        """Remove blanks and line breaks at the end of what began at ``start``, those before inline end tags too."""
        for place in range(len(self.tokens) - 1, start, -1):
            token = self.tokens[place]
            if token.startswith("</") and _NAME.match(token)[1] in INLINE:
                continue
            if token.startswith("<") and token != "<br>":
                return
            self.tokens[place] = "" if token == "<br>" else _without_trailing_blanks(token)
            if self.tokens[place]:
                return


@kept(kilobytes=1_024)  # each address of a text is looked at twice, and again at the next save
def _cleaned_address(written: str) -> str:
    """Return an address in HTML without what says who follows it; one that is clean stays as it is spelled."""
    address = entities.unescape(written)
    lighter = links.cleaned(address).url
    return written if lighter == address else escape(lighter)


def _without_trailing_blanks(words: str) -> str:
    shorter = words.rstrip().removesuffix("&nbsp;")
    while shorter != words:
        words, shorter = shorter, shorter.rstrip().removesuffix("&nbsp;")
    return words


def _flattened(html: str) -> str:
    """Return HTML without the tags a parser would choke on; no reader could tell those elements apart anyway."""
    if not _has_more(html, "<", MAX_NESTING) or not any(beyond for _, beyond in _towers(html)):
        return html
    kept, at = [], 0
    for tag, beyond in _towers(html):
        if beyond:
            kept += (html[at : tag.start()], " ")
            at = tag.end()
    return "".join(kept) + html[at:]


def _has_more(text: str, sign: str, number: int) -> bool:
    """Return whether a sign occurs more often than this. Rare ones are found sooner than all characters compared."""
    return len(text) > number and len(text.split(sign, number + 1)) > number + 1


def _towers(html: str) -> Iterator[tuple[re.Match, bool]]:
    """Yield each tag of unparsed HTML, and whether it lies too deep or asks too much of a parser.

    A parser opens every unclosed ``<b>`` again in each paragraph that follows, so the sum of depths is bounded too.
    """
    unclosed: Counter[str] = Counter()
    depth = work = 0
    for tag in _RAW_TAG.finditer(html):
        name = tag[2].lower()
        ends = bool(tag[1])
        if name not in _CLOSED_BY_THEMSELVES and (unclosed[name] or not ends):
            unclosed[name] += -1 if ends else 1
            depth += -1 if ends else 1
        work += depth
        yield tag, depth + ends > MAX_NESTING or work > MAX_WORK


def check(source: str, first_line: int = 1) -> None:
    """Raise ``ProseRefused`` if a body, HTML or Markdown, is nested as nobody nests; ``clean`` would flatten it.

    ``first_line`` is the line the body begins on in its file.
    """
    # Where there are fewer signs than may lie inside each other, nobody has to look.
    tags = _towers(source) if _has_more(source, "<", MAX_NESTING) else ()
    towers = (tag.start() for tag, beyond in tags if beyond)
    marks = _QUOTES.finditer(source) if sum(map(source.count, ">*+-")) > MAX_NESTING else ()
    quotes = (found.start() for found in marks)
    for start in (*islice(towers, 1), *islice(quotes, 1)):
        line = first_line + source.count("\n", 0, start)
        raise ProseRefused(line, f"more than {MAX_NESTING} elements lie inside each other")


def from_text(source: str) -> str:
    """Return clean HTML of a text read as Markdown; tags in it keep their meaning, inside a line or around lines."""
    return clean(_rendered(source))


def _rendered(source: str) -> str:
    """Return the HTML of Markdown, not yet clean."""
    return _drawn(_markdown, _without_marks(plain_text(source)), {})


def _drawn(markdown: MarkdownIt, source: str, env: dict) -> str:
    """Return the HTML that a reader of Markdown makes of a source, but that what only looks like a list is none."""
    lines = source.split("\n")
    tokens = markdown.parse(source, env)
    # Our lists start at 1, so what begins with a year and a full stop is no list. Lists inside lists come up later.
    while sum(_escape_list_mark(lines, place) for place in _strange_items(tokens)):
        tokens = markdown.parse("\n".join(lines), env)
    return markdown.renderer.render(tokens, markdown.options, env)


@kept(kilobytes=1_024)
def remark(words: str, names: str = "") -> str:
    """Return clean HTML of what a colleague says: paragraphs, emphasis, links, lists and code; a tag is words.

    Bare addresses are links, and ``@`` before one of ``names`` (parted by blanks, in small letters) makes it stand out.
    """
    return clean(_drawn(_remarks, plain_text(words), {"names": frozenset(names.split())}))


def _mark_bare(state: StateCore) -> None:
    """Make links of bare addresses, and have names that are called stand out; not in code, nor in another link."""
    for block in state.tokens:
        if block.type == "inline":
            depth, children = 0, []
            for token in block.children:
                depth += token.nesting if token.type in ("link_open", "link_close") else 0
                is_words = token.type == "text" and not depth
                children += _parted(state, token.content) if is_words else [token]
            block.children = children


def _parted(state: StateCore, words: str) -> Iterator[Token]:
    """Yield the tokens of a run of words: bare addresses and names that are called, and what stands between them."""
    at = 0
    for found in _BARE.finditer(words):
        address, name = found["address"], (found["name"] or "").rstrip(".+-@")
        if address and not state.md.validateLink(address):
            continue
        if not address and name.lower() not in state.env["names"]:
            continue
        yield Token("text", "", 0, content=words[at : found.start()])
        if address:
            at = found.end()
            yield from (Token("link_open", "a", 1, attrs={"href": address}), Token("text", "", 0, content=address))
            yield Token("link_close", "a", -1)
        else:
            at = found.start() + len(name) + 1
            yield from (Token("strong_open", "strong", 1), Token("text", "", 0, content=f"@{name}"))
            yield Token("strong_close", "strong", -1)
    yield Token("text", "", 0, content=words[at:])


#: A bare address, without the stop or bracket behind it; or a name that is called, which no letter stands before.
_BARE = re.compile(
    r"(?P<address>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'’”…])|(?<![\w@./-])@(?P<name>\w[\w.+@-]*)", re.IGNORECASE
)
_remarks = MarkdownIt("zero", {"html": False, "breaks": True})
_remarks.enable(["fence", "list", "newline", "escape", "backticks", "emphasis", "link", "autolink"])
_remarks.core.ruler.push("bare", _mark_bare)


def called(words: str) -> list[str]:
    """Return the names that ``@`` calls in a remark, each once, in small letters; those in code too."""
    names = (found["name"].rstrip(".+-@").lower() for found in _BARE.finditer(words) if found["name"])
    return list(dict.fromkeys(names))


def _without_marks(source: str) -> str:
    """Return Markdown less what kramdown hides in comments, and with room for Markdown inside of marked tags."""
    if "{::" in source:
        source = _HIDDEN.sub("", source)
    return _ANY_TAG.sub(_with_room, source) if "markdown=" in source else source


def _with_room(tag: re.Match) -> str:
    return f"{tag[0]}\n\n" if "markdown=" in tag[0] else tag[0]


def _strange_items(tokens: list[Token]) -> Iterator[int]:
    """Yield the lines on which items of those numbered lists begin that do not start at 1."""
    starts: list[object] = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            starts.append(token.attrGet("start"))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            starts.pop()
        elif token.type == "list_item_open" and starts[-1] is not None:
            yield token.map[0]


def _escape_list_mark(lines: list[str], place: int) -> bool:
    """Make the list mark on a line mean itself; say whether there was one."""
    lines[place], times = _LIST_MARK.subn(r"\1\\\2", lines[place], count=1)
    return times > 0


def _words_unless_html(renderer: RendererHTML, tokens: list[Token], place: int, options: object, env: object) -> str:
    """Print a tag inside Markdown as it is if HTML knows it, else as the words it was meant to be."""
    written = tokens[place].content
    name = _RAW_TAG.match(written)
    unknown = name is not None and name[2].lower() not in _HTML_NAMES
    return escape(written, quote=False) if unknown else written


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take lines from a tag on, up to an empty line, as HTML: what Markdown says, for the tags that ours come from.

    What begins with any other tag is a paragraph, for plain text is full of words between ``<`` and ``>``. Lines
    between a tag and its end are taken whole where their blanks count or where they are no prose.
    """
    begun = _BLOCK_START.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if begun is None or state.is_code_block(start):
        return False
    if silent:
        return True
    last = _last_line(state, start, end, begun[1])
    state.line = last
    token = state.push("html_block", "", 0)
    token.map = [start, last]
    token.content = state.getLines(start, last, state.blkIndent, True)
    return True


def _last_line(state, start, end, name):
    """Return the line after the last one of a block that begins with the tag ``name`` (or a comment, without one)."""
    name = (name or "").lower()
    whole = f"</{name}" if name in _WHOLE else "" if name else "-->"
    line, depth = start, 0
    while line < end and state.sCount[line] >= state.blkIndent:
        words = state.src[state.bMarks[line] : state.eMarks[line]].strip()
        if not whole and (not words or (line > start and depth <= 0 and words[0] != "<")):
            break
        depth += _opened(words)
        line += 1
        if whole and whole in words.lower():
            break
    return max(line, start + 1)


def _opened(words):
    """Return how many more blocks a line of HTML begins than it ends."""
    names = [found[0][:3].lower() for found in _BLOCK_TAG.finditer(words)]
    return sum(name != "<hr" for name in names) - 2 * sum(name.startswith("</") for name in names)


def _mark(state: StateInline, silent: bool) -> bool:
    """Pass over what generators read beside the text, such as ``{: .lead}`` or ``{#anchor}``: no reader sees it."""
    found = _MARK.match(state.src, state.pos, state.posMax)
    if found is None or (found[0][1] not in ":/" and not _is_beside(state, found)):
        return False
    state.pos = found.end()
    return True


def _is_beside(state, found):
    """Return whether braces with a name, a class or an attribute mark something: stand after it, or at the end."""
    before = state.src[found.start() - 1 : found.start()]
    is_last = state.src[found.end() : found.end() + 1] in ("", "\n")
    return before in (")", "]", "`") or (is_last and found[0][1] in ".#")


# What begins as ``_BLOCK_TAG`` does, a comment among them, opens a block of HTML in Markdown.
_OTHER_BLOCKS = "|".join(sorted(_GONE | {"picture", "source"}))
_BLOCK_START = re.compile(rf"<(?:!--|/?({_BLOCK_NAMES}|{_OTHER_BLOCKS})(?=[\s/>]|$))", re.IGNORECASE)
_WHOLE = _names("pre script style textarea svg math")
_MARK = re.compile(r"\{(?::[^{}\n]*|/[^{}\n]*|[.#][\w-][^{}\n]*|[\w-]+=[^{}\n]*)\}")
_HIDDEN = re.compile(r"\{::comment\}.*?(?:\{:/(?:comment)?\}|\Z)|\{::nomarkdown\}|\{:/nomarkdown\}", re.DOTALL)
_ANY_TAG = re.compile(r"<[a-z]+\b[^<>]*>", re.IGNORECASE)

# Plain text is full of indented lines, which are no code.
_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code")
_markdown.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
_markdown.inline.ruler.before("emphasis", "mark", _mark)
_markdown.use(footnote_plugin, inline=False)
_markdown.add_render_rule("html_inline", _words_unless_html)
_markdown.add_render_rule("footnote_ref", lambda _, tokens, place, *__: f"<sup>[{tokens[place].meta['id'] + 1}]</sup>")
_markdown.add_render_rule("footnote_anchor", lambda *_: "")


def body(source: str, rewrite: Callable[[str], str] | None = None) -> str:
    """Return clean HTML of a body as a document carries it: HTML if every part of it is, else Markdown with HTML in it.

    ``rewrite`` changes the HTML before it is cleaned, such as addresses that only its old site knew.
    """
    html = source if is_html(source) else _rendered(source)
    return clean(rewrite(html) if rewrite else html)


def is_html(source: str) -> bool:
    """Return whether a body is HTML alone: it has a block element; its parts between empty lines begin and end so."""
    if _BLOCK_TAG.search(source) is None or "markdown=" in source:  # kramdown's sign that Markdown lies in the tag
        return False
    parts = filter(None, map(str.strip, _PARTS.split(source)))
    return all(part[-1] == ">" and _BLOCK_TAG.match(part) for part in parts)


_PARTS = re.compile(r"\n[ \t]*\n")


def safe(html: str) -> SafeString:
    """Mark stored HTML for templates. Only for what ``clean`` has returned: nothing is looked at again."""
    return mark_safe(html)


@kept(kilobytes=2_048)
def text(html: str) -> str:
    """Return the words of clean HTML: blocks apart by an empty line, everything else on one line.

    Kept for a while: checks, the press and the importer ask for the words of one body ten times.
    """
    apart = _BLOCK_TAG.sub("\x00", html).replace("<br>", " ")
    words = entities.unescape(_TAG.sub("", apart)) if "<" in apart or "&" in apart else apart
    blocks = map(sentences.single_spaced, words.split("\x00"))
    return "\n\n".join(block for block in blocks if block)


def standfirst(text: str) -> str:
    """Propose a standfirst for a text: whole sentences up to about 250 characters, else cut at a word with ``…``.

    ``text`` is plain, its blocks apart by empty lines; of HTML take ``text`` first. Full stops of abbreviations,
    initials and decimals end no sentence. Empty for a text without words.
    """
    return sentences.opening(text)


def is_machine_cut(standfirst: str, body_text: str) -> bool:
    """Return whether a standfirst is the beginning of the body as a machine cut it, not as a person would.

    Two machines are known: one cut at the first ``.``, ``?`` or ``!`` (sometimes that is the end of a sentence), the
    other after 200 characters. Blanks do not count. A beginning that stops inside a word is no person's either.
    """
    said, whole = _one_line(entities.unescape(standfirst)), _one_line(body_text)
    begun = _begun(said)
    if len(begun) < 2 or begun == whole or not whole.startswith(begun):
        return False
    first = _FIRST_STOP.search(whole)
    inside_a_word = begun[-1].isalnum() and whole[len(begun)].isalnum()
    return said == whole[: first.end() if first else 0] or inside_a_word or len(said) == len(whole[:200].strip())


def repaired(standfirst: str, body_html: str, is_cut: bool | None = None) -> str:
    """Return a standfirst as cards and feeds show it: on one line as it came, or proposed anew if a machine broke it.

    A machine's cut that happens to be a whole sentence of some length is left alone. ``is_cut`` is what
    ``is_machine_cut`` says, where that is known.
    """
    said = _one_line(entities.unescape(standfirst))
    if not (is_machine_cut(standfirst, text(body_html)) if is_cut is None else is_cut):
        return said
    words = _without_headings(body_html)
    is_whole = len(said) >= sentences.ENOUGH and sentences.first(words) == said
    return said if is_whole else sentences.opening(words)


def repeats(standfirst: str, body_html: str) -> bool:
    """Return whether the body opens with the words of the standfirst, so that one above the other reads twice."""
    said = _begun(_one_line(entities.unescape(standfirst))).casefold()
    texts = (text(body_html), _without_headings(body_html))
    return said != "" and any(_one_line(words)[: len(said)].casefold().startswith(said) for words in texts)


def _begun(said: str) -> str:
    return said.removesuffix("…").removesuffix("...").rstrip()


def _without_headings(html: str) -> str:
    """Return the words of clean HTML less its headings, which are no sentences."""
    return text(_HEADING.sub("", html)) or text(html)


@kept(kilobytes=1_024)
def _one_line(words: str) -> str:
    return sentences.single_spaced(words.replace("\n\n", " "))


def minutes(html: str) -> int:
    """Return how many minutes clean HTML takes to read, at 220 words a minute and never less than 1."""
    words = text(html)
    return max(1, round((words.count(" ") + words.count("\n\n") + 1) / 220))
