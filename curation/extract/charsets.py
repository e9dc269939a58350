"""Bytes of a page become text: what the page and its server say of the charset is believed as far as it can be true."""

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta\b|\?xml\b)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_PRESCAN = 8192  # bytes looked at for a declaration; browsers look at 1,024, and some pages are late
# Browsers read these as windows-1252, so that is what their authors saw.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_FEW = 200  # one broken character among so many does not make a page another charset


def decode(body: bytes, charset: str = "") -> str:
    """Return the text of a page; ``charset`` is what the server said, if it did. Never raises.

    A byte order mark decides; text that is valid UTF-8 and not just ASCII is UTF-8 whatever is declared; then the
    server's and the page's word count if all bytes fit; else UTF-8 with few faults, else windows-1252.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    plain = _strictly(body, "utf-8")
    if plain is not None and (not body.isascii() or b"\x1b$" not in body):
        return plain
    declared = (_strictly(body, name) for name in _declared(body, charset))
    return next((text for text in declared if text is not None), None) or _guessed(body)


def _declared(body: bytes, charset: str) -> Iterator[str]:
    found = _DECLARED.search(body[:_PRESCAN])
    for said in (charset, found[1].decode("ascii", "replace") if found else ""):
        try:
            name = codecs.lookup(said.strip(" \"'")).name
        except (LookupError, ValueError):
            continue
        # Who can read a declaration of UTF-16 as ASCII is not reading UTF-16.
        if not name.startswith(("utf-16", "utf-32", "utf-7")):
            yield _MEANT.get(name, name)


def _strictly(body: bytes, name: str) -> str | None:
    try:
        text = body.decode(name)
    except (UnicodeError, LookupError):  # LookupError: a codec that does not make text
        return None
    return text if isinstance(text, str) else None


def _guessed(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - sum(map(text.count, map(chr, range(128)))) if broken * _FEW > len(text) else 0
    if broken * _FEW <= len(text) or broken * 20 <= beyond_ascii:
        return text
    return body.decode("cp1252", "replace")
