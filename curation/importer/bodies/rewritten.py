"""A document's body → clean HTML for our readers, and the count of what they will not get of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape

from curation.text import addresses, entities, prose

from .shortcodes import Translation
from .surroundings import BodyPicture, Surroundings
from .written import has_signs, without_signs

_NAMES = "img|a|iframe|video|audio|embed|object|script|form|svg|canvas|math|style"
_TAG = re.compile(rf"<({_NAMES})\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""")
_FRAMES = (  # pages inside pages that are a link as well, by what their address begins with
    (re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=)([\w-]+)"), "youtube"),
    (re.compile(r"(?:https?:)?//youtu\.be/([\w-]+)"), "youtube"),
    (re.compile(r"(?:https?:)?//(?:player\.)?vimeo\.com/(?:video/)?(\d+)"), "vimeo"),
    (re.compile(r"https?://gist\.github\.com/([\w-]+/[0-9a-f]+)"), "gist"),
)
_WHERE = {
    "youtube": ("https://www.youtube.com/watch?v={}", "Video on YouTube"),
    "vimeo": ("https://vimeo.com/{}", "Video on Vimeo"),
    "gist": ("https://gist.github.com/{}", "Code on GitHub"),
}
_GENERATORS = ("{{", "{%")
_MARKS = re.compile(r"\{:[^{}\n]*\}")


@dataclass
class Rewritten:
    """A rewritten body: its HTML, the pictures it shows, and what is lost, as ``(kind, words) → times``."""

    html: str = ""
    pictures: list[BodyPicture] = field(default_factory=list)
    lost: Counter = field(default_factory=Counter)


def rewritten(source: str, ending: str, around: Surroundings, values: dict) -> Rewritten:
    """Read a body as its generator did. ``values`` is what ``{{ page.title }}`` and the like stand for.

    A body without any sign of a generator, a link or a picture costs nothing beside reading its Markdown.
    """
    result = Rewritten()
    source = _plain(source, ending, around, values, result)
    rewrite = _Rewriting(around, result).html if _needs(source) else None
    if ending in (".html", ".htm"):
        result.html = prose.clean(rewrite(source) if rewrite else source)
    else:
        result.html = prose.body(source, rewrite)
    return result


def _needs(source):
    """Return whether a body names an address, or holds what readers will not get."""
    return "](" in source or "]:" in source or "<" in source or "][" in source


def _plain(source, ending, around, values, result):
    """Return the body without what only its generator understood."""
    signs = Counter()
    if ending not in (".md", ".markdown", ".html", ".htm") or has_signs(source):
        source = without_signs(source, ending, signs)
    if any(sign in source for sign in _GENERATORS):
        translation = Translation(around.page, values)
        source = translation.translated(source)
        signs.update({f"shortcode {name}": times for name, times in translation.lost.items()})
    for name, times in signs.items():
        if times:
            result.lost[name, f"“{name}” has no plain meaning and was left out"] += times
    if "{:" in source and (marks := len(_MARKS.findall(source))):
        result.lost["mark {: …}", "marks of the old generator were left out"] += marks
    return source


@dataclass
class _Rewriting:
    """A rewriter of one body's tags: addresses become ours, what cannot be shown is counted."""

    around: Surroundings
    result: Rewritten

    def html(self, html: str) -> str:
        """Return the HTML with its addresses rewritten."""
        return _TAG.sub(self._tag, html)

    def _tag(self, found):
        name = found[1].lower()
        if name == "a":
            return self._link(found)
        if name == "img":
            return self._picture(_attributes(found[2]))
        return self._frame(found, name)

    def _link(self, found):
        said = _attributes(found[2])
        address = said.get("href", "")
        if not address:
            return found[0]
        target = self.around.target(address)
        if not target:
            kind = "link inside a page" if address.startswith("#") else "link"
            self._lose(kind, f"a link that leads nowhere here lost its address and kept its words: {address[:80]}")
            return "<a>"
        title = f' title="{escape(said["title"])}"' if said.get("title") else ""
        return f'<a href="{escape(target)}"{title}>'

    def _picture(self, said):
        address = next((said[name] for name in ("src", "data-src", "data-original") if said.get(name)), "")
        if prose.MEDIA.fullmatch(address):
            return f'<img src="{escape(address)}" alt="{escape(said.get("alt", ""))}">'
        picture = None if _is_elsewhere(address) else self.around.picture(address)
        if picture is None:
            where = "lies on another site" if _is_elsewhere(address) else "is not there, or of a kind that is not taken"
            self._lose("picture in a body", f"a picture {where} and is not shown: {address[:120]}")
            return ""
        self.result.pictures.append(picture)
        return f'<img src="{addresses.media(picture.name)}" alt="{escape(said.get("alt", ""))}">'

    def _frame(self, found, name):
        said = _attributes(found[2])
        address = said.get("src") or said.get("data") or ""
        for pattern, kind in _FRAMES:
            if known := pattern.match(address):
                pattern, words = _WHERE[kind]
                link = f'<p><a href="{pattern.format(known[1])}">{words}</a></p>'
                return f"{link}{found[0]}"
        if name not in ("script", "style") or address:
            self._lose(f"<{name}>", f"<{name}> is not shown: {address[:100]}".rstrip(": "))
        elif name == "script":
            self._lose(f"<{name}>", "a script was left out")
        return found[0]

    def _lose(self, kind, words):
        self.result.lost[kind, words] += 1


def _is_elsewhere(address):
    return address.startswith("//") or ":" in address.partition("/")[0]


def _attributes(words):
    """Return an element's attributes by name, references read; the first of two of one name counts."""
    said = {}
    for found in _ATTRIBUTE.finditer(words):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        said.setdefault(found[1].lower(), entities.unescape(value).strip())
    return said
