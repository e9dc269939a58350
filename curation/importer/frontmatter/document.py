"""A document's bytes, taken apart: front matter as values, body as text, each refusal with its line."""

import codecs
import re
from dataclasses import dataclass

from . import values
from .refusal import FrontMatterRefused

MAX_BYTES = 2_000_000  # the biggest production document has 20 kB; ask for the size before reading a file

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
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
    ``body_line`` is the line of the file it begins on; ``front`` is the front matter as written.
    """

    values: dict
    body: str
    body_line: int
    front: str
    name: str = ""

    def spelling(self, key: str) -> str | None:
        """Return the scalar under a top-level key as it is written (``11.``, where its value is the float 11.0).

        None where the key is missing or holds no scalar. Costs as much as reading did.
        """
        return values.spelling(self.front, key)


def read(data: bytes, name: str = "") -> tuple[dict, str]:
    """Return the front matter and the body of a document; raise ``FrontMatterRefused`` with line and reason.

    ``name`` is what the refusal calls the file. Values are those of ``yaml.safe_load``.
    """
    document = read_document(data, name)
    return document.values, document.body


def read_document(data: bytes, name: str = "") -> Document:
    """Return a document with what else is known of its source; raise ``FrontMatterRefused`` with line and reason."""
    text = _decoded(data, name)
    front, body = _cut(text, name)
    return Document(
        values=_mapping(front, name),
        body=body,
        body_line=front.count("\n") + 3,
        front=front,
        name=name,
    )


def split_inner(body: str) -> tuple[dict | None, str]:
    """Return the front matter a body carries inside itself, and the body that follows it; None and the body without.

    Only a well-formed block at the very beginning that holds a key of the format counts; a rule of three hyphens over
    a paragraph is the author's.
    """
    begun = body.lstrip()
    try:
        front, rest = _cut(begun, "")
        inner = _mapping(front, "")
    except FrontMatterRefused:
        return None, body
    return (inner, rest) if _TELLING_KEYS & inner.keys() else (None, body)


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


def _cut(text: str, name: str) -> tuple[str, str]:
    """Return what stands between the fences and what follows the second one."""
    opening = _FENCE.match(text)
    if opening is None:
        reason = "there is no front matter"
        raise FrontMatterRefused(reason, name=name, mend="The first line of a document is --- and nothing else.")
    closing = _fence(text, opening.end())
    if closing is None:
        reason = "the front matter that begins here never ends"
        raise FrontMatterRefused(reason, name=name, mend="Put a line of --- after it.")
    return text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :]


def _fence(text: str, at: int) -> re.Match | None:
    """Return the first fence on a line after ``at``. Looks for the hyphens by themselves, which is much quicker."""
    while (at := text.find("\n---", at)) >= 0:
        if fence := _FENCE.match(text, at + 1):
            return fence
        at += 1
    return None


def _mapping(front: str, name: str) -> dict:
    found = values.load(front, first_line=2, name=name)
    if found is None and not front.strip():
        return {}
    if not isinstance(found, dict):
        reason = "the front matter is no list of keys and values"
        raise FrontMatterRefused(reason, line=2, name=name, mend="Write each line as key: value.")
    return found
