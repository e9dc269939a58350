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


def without_signs(source: str, ending: str, lost: Counter) -> str:
    """Return the body less what is no text; ``lost`` counts by name what readers of the old site saw of it."""
    if ending == ".mdx":
        source = _apart_from_code(source, lambda part: _without_components(part, lost))
    elif ending in (".qmd", ".rmd"):
        source, chunks = _CHUNK.subn("", source)
        source, words = _INLINE_CHUNK.subn("", source)
        lost["code chunk"] += chunks + words
    if ":::" in source:
        source, divs = _DIV.subn("", source)
        lost["frame (:::)"] += divs // 2
    return _CONTENTS.sub("", source) if "toc" in source.lower() else source


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
