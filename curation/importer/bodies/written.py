"""Bodies as they are written for one generator or another (MDX, Quarto, kramdown), less their own signs."""

import re
from collections import Counter

_MODULES = re.compile(r"^(?:import|export)\s(?=[\w{*'\"])[^\n]*(?:\n[^\n]+)*", re.MULTILINE)
_REMARK = re.compile(r"\{/\*[^*]*\*/\}")  # one with a star inside stays: a longer look costs the square of the text
_COMPONENT = re.compile(r"</?([A-Z][\w.]*)[^<>]*>")
_EXPRESSION = re.compile(r"\{[^{}\n]*\}")
_CHUNK = re.compile(r"^```+[ \t]*\{[^}\n]*\}[^\n]*\n(?:(?!```)[^\n]*\n)*```+[ \t]*$", re.MULTILINE)
_INLINE_CHUNK = re.compile(r"`r [^`\n]*`")
_DIV = re.compile(r"^ {0,3}:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]*(?:\[[^\]\n]*\])?)[ \t]*:*[ \t]*$", re.MULTILINE)
_CONTENTS = re.compile(
    r"^(?:[*+-]|\d+\.)[^\n]*\n\{:[ \t]*toc[^}\n]*\}[ \t]*$|^\[\[?_?TOC_?\]?\][ \t]*$", re.MULTILINE | re.IGNORECASE
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_ALERT = re.compile(r"^( {0,3}>[ \t]*)\[!([A-Za-z]+)\][+-]?[ \t]*([^\n]*)$", re.MULTILINE)
_EMBED = re.compile(
    r"\[(?:embed|youtube|vimeo|video)(?:\b[^\[\]\n]*\]|[ =])\s{0,9}(https?://[^\s\[\]<>\"]+)\s{0,9}(?:\[/\w+)?\]"
)
_NAMED = ("caption", "embed", "gallery", "video", "audio", "playlist", "dropcap", "button")
_BUILDERS = ("vc", "et_pb", "fusion", "su")
_ANY, _BUILT = "|".join(_NAMED), rf"(?:{'|'.join(_BUILDERS)})_\w+"
_WORDPRESS = re.compile(
    rf"\[(?:/(?:{_ANY}|quote|{_BUILT})|({_ANY}|contact-form(?:-7)?)\s[^\[\]\n]*=[^\[\]\n]*"
    rf"|{_BUILT}(?:\s[^\[\]\n]*)?|(gallery)(?=\](?!\[)))\](?![(:])"
)
#: One of these stands in each body that the two above change.
_OF_WORDPRESS = ("[/", *(f"[{name}" for name in (*_NAMED, *_BUILDERS, "contact-form", "youtube", "vimeo")))
_SHOWN_ELSEWHERE = ("gallery", "video", "audio", "playlist", "contact-form", "contact-form-7")


def has_signs(source: str) -> bool:
    """Return whether a body may hold any sign that stands in Markdown and HTML of every ending."""
    return ":::" in source or _has_brackets(source) or _has_contents(source)


def _has_brackets(source):
    return "[" in source and ("[!" in source or _is_of_wordpress(source))


def _is_of_wordpress(source):
    return any(sign in source for sign in _OF_WORDPRESS)


def _has_contents(source):
    return "toc" in source.lower()


def without_signs(source: str, ending: str, lost: Counter) -> str:
    """Return the body less what is no text; ``lost`` counts by name what readers of the old site saw of it."""
    if ending == ".mdx":
        source = _apart_from_code(source, lambda part: _without_components(part, lost))
    elif ending in (".qmd", ".rmd"):
        source, chunks = _CHUNK.subn("", source)
        source, words = _INLINE_CHUNK.subn("", source)
        lost["code chunk"] += chunks + words
    if _has_brackets(source):
        source = _apart_from_code(source, lambda part: _without_brackets(part, lost))
    if ":::" in source:
        source, divs = _DIV.subn("", source)
        lost["frame (:::)"] += divs // 2
    return _CONTENTS.sub("", source) if _has_contents(source) else source


def _without_brackets(source, lost):
    """Return the words of GitHub's alerts under their name, and what WordPress frames without the marks around it."""
    if "[!" in source:
        source = _ALERT.sub(
            lambda found: f"{found[1]}**{found[3].strip() or found[2].capitalize()}**\n{found[1]}", source
        )
    if not _is_of_wordpress(source):
        return source
    source = _EMBED.sub(r"[\1](\1)", source)
    named = (found[1] or found[2] for found in _WORDPRESS.finditer(source))
    lost.update(f"shortcode {name}" for name in named if name in _SHOWN_ELSEWHERE)
    return _WORDPRESS.sub("", source)


def _without_components(source, lost):
    source = _REMARK.sub("", _MODULES.sub("", source))
    for found in _COMPONENT.finditer(source):
        lost[f"component {found[1][:40]}"] += not found[0].startswith("</")
    source, expressions = _EXPRESSION.subn("", _COMPONENT.sub("", source))
    lost["expression"] += expressions
    return source


def _apart_from_code(source, change):
    """Return ``source`` with what stands outside of fenced code changed."""
    parts, at, is_code = [], 0, False
    for fence in _FENCE.finditer(source):
        part = source[at : fence.start()]
        parts.append(part if is_code else change(part))
        at, is_code = fence.start(), not is_code
    return "".join(parts) + (source[at:] if is_code else change(source[at:]))
