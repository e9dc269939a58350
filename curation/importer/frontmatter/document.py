"""A document's bytes, taken apart: front matter as values, body as text, each refusal with its line."""

import codecs
import re
from dataclasses import dataclass

from . import others, values
from .refusal import FrontMatterRefused

MAX_BYTES = 2_000_000  # the biggest production document has 20 kB; ask for the size before reading a file

# Things before front matter that say nothing: blank lines, a stray byte order mark, remarks.
_NOTHING = re.compile(r"[\s\ufeff]*(?:(?:<!--.*?-->|\{#.*?#\})[\s\ufeff]*)*", re.DOTALL)
_OPENING = re.compile(r"(---|\+\+\+|;;;)(yaml|yml|toml|json)?[ \t]*(?:\n|\Z)", re.IGNORECASE)
_SYNTAXES = {"---": "yaml", "+++": "toml", ";;;": "json"}
_JSON = re.compile(r'\{\s*["}]')
_OTHER_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_SAVE = "Save the file as UTF-8."
# A body that begins with a block of YAML is taken for front matter only if one of these is among its keys.
_TELLING_KEYS = frozenset(
    {"aliases", "archetype", "author", "categories", "date", "description", "draft", "featuredImage", "link"}
    | {"linkBrand", "slug", "source", "tags", "title"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read.

    ``values`` are those of ``yaml.safe_load``; ``body`` is what follows the front matter, line ends as ``\\n``;
    ``body_line`` is the line of the file it begins on; ``front`` is the front matter as written, ``front_line`` the
    line it begins on, ``syntax`` what it is written in: ``yaml``, ``toml`` or ``json``.
    """

    values: dict
    body: str
    body_line: int
    front: str
    name: str = ""
    front_line: int = 2
    syntax: str = "yaml"

    def spelling(self, key: str) -> str | None:
        """Return the scalar under a top-level key as it is written (``11.``, where its value is the float 11.0).

        None where the key is missing or holds no scalar, and for TOML and JSON. Costs as much as reading did.
        """
        return values.spelling(self.front, key) if self.syntax == "yaml" else None


def read(data: bytes, name: str = "") -> tuple[dict, str]:
    """Return the front matter and the body of a document; raise ``FrontMatterRefused`` with line and reason.

    ``name`` is what the refusal calls the file. Values are those of ``yaml.safe_load``.
    """
    document = read_document(data, name)
    return document.values, document.body


def read_document(data: bytes, name: str = "") -> Document:
    """Return a document with what else is known of its source; raise ``FrontMatterRefused`` with line and reason."""
    text = _decoded(data, name)
    found = _cut(text, name)
    return Document(
        values=_mapping(found, name),
        body=found.body,
        body_line=text.count("\n", 0, len(text) - len(found.body)) + 1,
        front=found.front,
        name=name,
        front_line=found.line,
        syntax=found.syntax,
    )


def split_inner(body: str) -> tuple[dict | None, str]:
    """Return the front matter a body carries inside itself, and the body that follows it; None and the body without.

    Only a well-formed block at the very beginning that holds a key of the format counts; a rule of three hyphens over
    a paragraph is the author's.
    """
    begun = body.lstrip()
    try:
        found = _cut(begun, "")
        inner = _mapping(found, "")
    except FrontMatterRefused:
        return None, body
    return (inner, found.body) if _TELLING_KEYS & inner.keys() else (None, body)


def meta_key(name: str) -> str:
    """Return the key under which a page's property is kept: ``og:image:height`` gives ``ogimageheight``."""
    return name.replace(":", "")


def _decoded(data: bytes, name: str) -> str:
    """Return the text of a file with its line ends as ``\\n``; a byte order mark of UTF-8 goes."""
    if len(data) > MAX_BYTES:
        reason = f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read"
        raise FrontMatterRefused(reason, name=name, mend="Move what is not text out of it.")
    for mark, encoding in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise FrontMatterRefused(f"the file is {encoding}", name=name, mend=_SAVE)
    if (place := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, place) + 1
        raise FrontMatterRefused("there is a byte 0x00, so this is no text file", line=line, name=name, mend=_SAVE)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        reason = f"the byte 0x{error.object[error.start]:02X} is not UTF-8"
        raise FrontMatterRefused(reason, line=line, name=name, mend=_SAVE) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text taken apart: the front matter, the line it begins on, what it is written in, and what follows it."""

    front: str
    line: int
    syntax: str
    body: str


def _cut(text: str, name: str) -> _Cut:
    """Return what stands between the fences and what follows the second one; JSON needs no fences."""
    at = 0 if text.startswith("---\n") else _NOTHING.match(text).end()
    opening = _OPENING.match(text, at)
    if opening is None and _JSON.match(text, at):
        end = others.end_of_json(text, at, name)
        return _Cut(text[at:end], text.count("\n", 0, at) + 1, "json", text[end:].removeprefix("\n"))
    if opening is None:
        reason = "there is no front matter"
        mend = "The first line of a document is --- and nothing else (+++ for TOML, { for JSON)."
        raise FrontMatterRefused(reason, name=name, mend=mend)
    line, sign = text.count("\n", 0, at) + 1, opening[1]
    closing = _fence(text, opening.end() - 1, sign)
    if closing is None:
        reason = "the front matter that begins here never ends"
        raise FrontMatterRefused(reason, line=line, name=name, mend=f"Put a line of {sign} after it.")
    syntax = (opening[2] or _SYNTAXES[sign]).lower().replace("yml", "yaml")
    return _Cut(text[opening.end() : closing[0]], line + 1, syntax, text[closing[1] + 1 :])


def _fence(text: str, at: int, sign: str) -> tuple[int, int] | None:
    """Return where the next line begins and ends that holds a fence and nothing else, looking from ``at`` on.

    Looks for the signs by themselves, which is much quicker than a pattern.
    """
    while (at := text.find(f"\n{sign}", at)) >= 0:
        end = text.find("\n", at + 1)
        end = len(text) if end < 0 else end
        if not text[at + 1 + len(sign) : end].strip(" \t"):
            return at + 1, end
        at += 1
    return None


def _mapping(cut: _Cut, name: str) -> dict:
    if cut.syntax != "yaml":
        return others.load(cut.front, cut.syntax, cut.line, name)
    found = values.load(cut.front, first_line=cut.line, name=name)
    if found is None and not cut.front.strip():
        return {}
    if not isinstance(found, dict):
        reason = "the front matter is no list of keys and values"
        raise FrontMatterRefused(reason, line=cut.line, name=name, mend="Write each line as key: value.")
    return found
