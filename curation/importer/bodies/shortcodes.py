"""The old generators' own words inside a body: those with a plain meaning are translated, the others leave no trace.

Hugo writes ``{{< figure src="…" >}}`` and ``{{% note %}}``, Jekyll ``{% link … %}`` and ``{{ site.url }}``, MDX
components and imports, Quarto chunks and fences. What is left out is counted by its name in ``lost``.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from curation.importer.documents.files import names

_SIGN = re.compile(r"\{\{[<%]|[<%>]\}\}|\{%-?|-?%\}")  # begins or ends a shortcode
_ENDS = {"{{<": ">}}", "{{%": "%}}", "{%": "%}"}
_INSIDE = re.compile(r"\s*(/?)\s*([\w./-]+)")
_LONGEST = 4_000  # characters in a shortcode
_OUTPUT = re.compile(r"\{\{[^{}]*\}\}")
_VALUE = r"""(?:"([^"]*)"|'([^']*)'|`([^`]*)`|(\S+))"""
_ARGUMENT = re.compile(rf"([\w-]+)\s*[=:]\s*{_VALUE}|{_VALUE}")
_LITERAL = re.compile(r"(?P<open>\{\{[<%]/\*)|(?P<close>\*/[>%]\}\})")
_RAW = re.compile(r"\{%-?\s{0,3}(?:(?P<open>raw)|(?P<close>endraw))\s{0,3}-?%\}")
_LEFT = re.compile(r"\{\{[<%]|[>%]\}\}|\{%-?(?=\s?\w)")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE = re.compile(r"(`+)(?!`)[^`\n]+?\1(?!`)")

# Pairs of which nothing inside is for readers, or nobody can tell whether it is.
_SECRET = names(
    "comment comments hidden hide private internal draft todo members member premium paid paywall admin "
    "editors unpublished secret noindex ifdraft if unless case for tablerow capture"
)
_VIDEOS = {
    "youtube": ("https://www.youtube.com/watch?v={}", "Video on YouTube"),
    "youtubelite": ("https://www.youtube.com/watch?v={}", "Video on YouTube"),
    "yt": ("https://www.youtube.com/watch?v={}", "Video on YouTube"),
    "youtubeplayer": ("https://www.youtube.com/watch?v={}", "Video on YouTube"),
    "vimeo": ("https://vimeo.com/{}", "Video on Vimeo"),
    "instagram": ("https://www.instagram.com/p/{}/", "Post on Instagram"),
    "gist": ("https://gist.github.com/{}", "Code on GitHub"),
    "tweet": ("https://x.com/i/status/{}", "Post on X"),
    "twitter": ("https://x.com/i/status/{}", "Post on X"),
    "x": ("https://x.com/i/status/{}", "Post on X"),
}
_PICTURES = names(
    "figure img image picture imgproc responsiveimage responsivefigure featuredimage photo fig lazyimage captionimage"
)
_WORDS = re.compile(r"[^a-z0-9]")
_ID = re.compile(r"[\w./-]{1,120}", re.ASCII)


@dataclass
class Translation:
    """One body on its way. ``page`` gives the address of a page by its file or name, or an empty string.

    ``site`` holds what ``{{ site.url }}`` and the like stand for; ``lost`` counts what was left out, by name.
    """

    page: Callable[[str], str] = lambda name: ""
    site: dict = field(default_factory=dict)
    lost: Counter = field(default_factory=Counter)
    kept: list = field(default_factory=list)

    def translated(self, source: str) -> str:
        """Return the body with plain Markdown and HTML for what only its generator knew. Linear in its length."""
        source = source.translate(_NO_MARKS)
        source = _between(_RAW, source, lambda opening, words, closing: self._keep(words))
        source = _between(_LITERAL, source, lambda *parts: self._keep(re.sub(r"/\*|\*/", "", "".join(parts))))
        source = self._spans(source) if "{{" in source or "{%" in source else source
        source = self._outputs(source)
        return _KEPT.sub(lambda found: self.kept[int(found[1])], source)

    def _keep(self, words):
        """Put words aside that mean themselves; return what stands for them meanwhile."""
        self.kept.append(words)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def _outputs(self, source):
        """Replace values by what they stand for, outside of code; what is left of broken marks goes as well."""
        if "{{" not in source and "{%" not in source:
            return source
        source = _CODE.sub(lambda found: self._keep(found[0]), self._fenced(source))
        source = _OUTPUT.sub(self._output, source)
        return _LEFT.sub(self._left, source)

    def _fenced(self, source):
        """Put fenced code aside."""
        parts, at, fence = [], 0, None
        for found in _FENCE.finditer(source):
            if fence is None:
                parts.append(source[at : found.start()])
                at, fence = found.start(), found[1]
            elif found[1][0] == fence[0] and len(found[1]) >= len(fence):
                parts.append(self._keep(source[at : found.end()]))
                at, fence = found.end(), None
        parts.append(source[at:] if fence is None else self._keep(source[at:]))
        return "".join(parts)

    def _output(self, found):
        words = found[0].strip("{}").strip()
        name, _, filters = words.partition("|")
        name = name.strip()
        if name in self.site:
            return self.site[name]
        if name[:1] in "\"'" and name[-1:] == name[:1] and len(name) > 1:
            return self.site.get("site.baseurl", "") + name[1:-1] if "url" in filters else name[1:-1]
        self.lost[_short(name.split(".")[0].split("(")[0]) or "value"] += 1
        return ""

    def _left(self, found):
        self.lost["broken"] += 1
        return ""

    # Pairs and single ones -----------------------------------------------------------------------------------------

    def _spans(self, source):
        """Translate every shortcode, the inner ones of a pair before the outer."""
        tokens = list(_tokens(source))
        ends = _ends(tokens)
        parts, at, open_ = [], 0, []
        for number, token in enumerate(tokens):
            parts.append(source[at : token.start])
            at = token.end
            if number in ends:
                open_.append((ends[number], len(parts), token))
            elif open_ and open_[-1][0] == number:
                _, start, begun = open_.pop()
                inner = "".join(parts[start:])
                del parts[start:]
                parts.append(self._meaning(begun, inner))
            else:
                parts.append(self._meaning(token, None))
        return "".join(parts) + source[at:]

    def _meaning(self, token, inner):
        if token.closes:
            return ""
        name, (given, named) = token.name, _arguments(token.rest)
        if name.startswith("include") and given:  # {% include figure.html src="…" %}, {% include_cached … %}
            name, given = given[0].rpartition("/")[2].partition(".")[0], given[1:]
        return self._translated(name, given, named, inner)

    def _translated(self, name, given, named, inner):
        key = _WORDS.sub("", name.rpartition("/")[2].lower())
        if key in _SECRET:
            self.lost[_short(name)] += 1
            return ""
        known = _MEANINGS.get(key) or (_picture if key in _PICTURES else _elsewhere if key in _VIDEOS else None)
        translated = known and known(self, key, given, named, inner)
        if translated is not None:
            return translated
        self.lost[_short(name)] += 1
        return inner or ""


_KEPT = re.compile("\ue000(\\d+)\ue001")
_NO_MARKS = {0xE000: None, 0xE001: None}  # signs for words put aside, of no alphabet


@dataclass(frozen=True, slots=True)
class Token:
    """One shortcode as written: where it stands, its name, what follows the name, and whether it ends a pair."""

    start: int
    end: int
    name: str
    rest: str
    closes: bool
    is_alone: bool


def _tokens(source):
    """Yield the shortcodes in order; what begins and does not end, or has no name, is none. Linear."""
    begun = None
    for sign in _SIGN.finditer(source):
        opening = sign[0].rstrip("-")
        if opening in _ENDS:
            begun = sign
        elif begun and sign[0].lstrip("-") == _ENDS[begun[0].rstrip("-")] and sign.start() - begun.end() < _LONGEST:
            if token := _token(source, begun, sign):
                yield token
            begun = None


def _token(source, begun, sign):
    inside = source[begun.end() : sign.start()].strip("- \t\n")
    found = _INSIDE.match(inside)
    if found is None:
        return None
    rest, name = inside[found.end() :], found[2]
    is_end = begun[0].startswith("{%") and name.startswith("end")
    name = name[3:] if is_end else name.removesuffix("/")
    is_alone = rest.rstrip().endswith("/") or found[2].endswith("/")
    return Token(begun.start(), sign.end(), name, rest.rstrip().removesuffix("/"), bool(found[1]) or is_end, is_alone)


def _between(pattern, source, replace):
    """Return ``source`` with ``replace(opening, words, closing)`` for whatever is between two signs of ``pattern``."""
    parts, at, begun = [], 0, None
    for sign in pattern.finditer(source):
        if sign["open"] and begun is None:
            begun = sign
        elif sign["close"] and begun is not None:
            parts += (source[at : begun.start()], replace(begun[0], source[begun.end() : sign.start()], sign[0]))
            at, begun = sign.end(), None
    return "".join(parts) + source[at:]


def _short(name):
    return re.sub(r"[^\w/-]", "", name)[:40]


def _ends(tokens):
    """Return ``{number of a token that opens a pair: number of the one that ends it}``."""
    unclosed, pairs = {}, {}
    for number, token in enumerate(tokens):
        if not token.closes and not token.is_alone:
            unclosed.setdefault(token.name, []).append(number)
        elif token.closes and unclosed.get(token.name):
            pairs[unclosed[token.name].pop()] = number
    return _nested(pairs)


def _nested(pairs):
    """Return the pairs that lie inside or beside each other; of two that cross, the one that begins later goes."""
    kept, open_ = {}, []
    for begun, ended in sorted(pairs.items()):
        while open_ and open_[-1] < begun:
            open_.pop()
        if not open_ or ended < open_[-1]:
            kept[begun] = ended
            open_.append(ended)
    return kept


def _arguments(words):
    """Return the arguments of a shortcode: values by place, and by name."""
    given, named = [], {}
    for found in _ARGUMENT.finditer(words):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        if found[1]:
            named[found[1].lower()] = value
        else:
            given.append(value)
    return given, named


# Meanings of the known ones: each gives Markdown or HTML, or None where it lacks what it needs ---------------------


def _first(named, *names):
    """Return the first of these arguments that says something."""
    return next((named[name] for name in names if named.get(name)), "")


def _picture(text, key, given, named, inner):
    source = _first(named, "src", "url", "image", "file", "image_path", "path") or (given[0] if given else "")
    caption = _first(named, "caption", "title", "attr") or inner or ""
    if not source:
        return None
    alt = named.get("alt") or (given[1] if len(given) > 1 else "")
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    link = named.get("link") or named.get("href")
    picture = f'<a href="{escape(link)}">{picture}</a>' if link else picture
    words = f"<figcaption>{escape(caption.strip(), quote=False)}</figcaption>" if caption.strip() else ""
    return f"\n\n<figure>{picture}{words}</figure>\n\n"


def _elsewhere(text, key, given, named, inner):
    """Return a video, a post or code on another site: a link to it."""
    pattern, words = _VIDEOS[key]
    number = _first(named, "id", "video", "videoid", "video_id", "src")
    number = number or "/".join(given[: 2 if key == "gist" else 1])
    if key == "gist" and named.get("user"):
        number = f"{named['user']}/{named.get('id', '')}"
    if number.startswith("https://"):
        return _link(number, named.get("title") or words)
    return _link(pattern.format(number), named.get("title") or words) if _ID.fullmatch(number) else None


def _link(address, words):
    return f'\n\n<p><a href="{escape(address)}">{escape(words, quote=False)}</a></p>\n\n'


def _reference(text, key, given, named, inner):
    """Return the address of another page: it stands where an address belongs, so nothing may stand around it."""
    target = named.get("path") or (given[0] if given else "")
    if not target:
        return None
    name, _, part = target.partition("#")
    if not name:
        return f"#{part}"
    address = text.page(name) or text.page(f"{name}.md")
    if not address:
        text.lost[key] += 1
        return "#"
    return f"{address}#{part}" if part else address


def _code(text, key, given, named, inner):
    if inner is None:
        return None
    longest = max(map(len, re.findall(r"`+", inner)), default=0)
    fence = "`" * max(3, longest + 1)
    language = re.sub(r"[^\w+#-]", "", given[0]) if given else ""
    return text._keep(f"\n\n{fence}{language}\n{inner.strip(chr(10))}\n{fence}\n\n")


def _around(text, key, given, named, inner):
    """Return a frame round words: the words, after the title of the frame."""
    if inner is None:
        return None
    title = named.get("title") or named.get("summary") or ""
    head = f"**{title}**\n\n" if title else ""
    return f"\n\n{head}{inner.strip()}\n\n" if "\n" in inner.strip("\n") or title else inner


def _quote(text, key, given, named, inner):
    if inner is None:
        return None
    lines = [*inner.strip().split("\n")]
    who = named.get("author") or named.get("cite") or named.get("source") or ""
    lines += ["", f"— {who}"] if who else []
    return "\n\n" + "\n".join(f"> {line}" for line in lines) + "\n\n"


def _button(text, key, given, named, inner):
    address = _first(named, "href", "url", "link", "to") or (given[0] if given else "")
    if named.get("relref") or named.get("ref"):
        address = text.page(named.get("relref") or named["ref"])
    words = (inner or named.get("text") or named.get("title") or named.get("label") or address).strip()
    return f'<a href="{escape(address)}">{escape(words, quote=False)}</a>' if address and words else None


def _video(text, key, given, named, inner):
    address = named.get("src") or named.get("url") or named.get("mp4") or (given[0] if given else "")
    return _link(address, named.get("title") or "Video") if address.startswith("https://") else None


def _nothing(text, key, given, named, inner):
    """Return marks that say nothing to readers."""
    return inner or ""


_MEANINGS = (
    dict.fromkeys(("ref", "relref", "link", "posturl"), _reference)
    | dict.fromkeys(("highlight", "codeblock", "code", "prism"), _code)
    | dict.fromkeys(
        names(
            "notice note notes alert callout admonition info information tip warning caution danger hint important "
            "lead center centre details expand expandable collapse accordion panel box aside message block section "
            "column row columns rows div span small big mark rawhtml html unsafe markdown md markdownify text p steps "
            "card tab tabs success error primary secondary abstract summary example question note2 capture sidenote "
            "marginnote"
        ),
        _around,
    )
    | dict.fromkeys(("quote", "blockquote", "pullquote", "cite", "epigraph"), _quote)
    | dict.fromkeys(("button", "btn", "cta", "linkbutton"), _button)
    | dict.fromkeys(("video", "audio", "podcast", "mp4"), _video)
    | dict.fromkeys(names("toc tableofcontents br clear clearfix more break pagebreak endif nbsp hr anchor"), _nothing)
)
