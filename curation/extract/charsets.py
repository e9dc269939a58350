"""Bytes of a page become text as in a browser: labels mean what they mean there, and are believed where they can be."""

import codecs
import re
from collections.abc import Iterator

import webencodings

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRESCAN = 8192  # bytes looked at for a declaration; browsers look at 1,024, and some pages are late
_COMMENT = re.compile(rb"<!--.{0,8192}?-->", re.DOTALL)
_DECLARING = re.compile(rb"<(?:meta\b|\?xml\b)[^>]{0,500}>", re.IGNORECASE)
_CHARSET = re.compile(rb"""\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_NAMED = re.compile(rb"\b(?:name|property)\s*=", re.IGNORECASE)  # its content is words for readers
_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
#: Python's codecs, where the one of that name reads less than a browser does: the one with the fewest faults is taken.
_CODECS = {"gbk": ("gb18030",), "euc-jp": ("euc_jp", "euc_jis_2004"), "x-user-defined": ("cp1252",)}
_NO_UTF_8 = (b"\x1b$", b"\0")  # bytes of ISO-2022 and UTF-16, which are ASCII one by one
_DEFAULT = "windows-1252"  # what servers say that were never told; it fits nearly any bytes
_FEW = 200  # one broken character among so many does not make a page another charset


def decode(body: bytes, charset: str = "") -> str:
    """Return the text of a page; ``charset`` is what the server said, if it did. Never raises.

    A byte order mark decides; text that is valid UTF-8 and not just ASCII is UTF-8 whatever is declared. Then comes the
    server's word, then the page's, each if the bytes fit with few faults; only where the server says Latin-1, as
    servers do that were never told, the page's comes first. Else UTF-8 with few faults, or windows-1252.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    plain = _strictly(body, "utf-8")
    if plain is not None and not any(sign in body[:_PRESCAN] for sign in _NO_UTF_8):
        return plain
    fitting = (_fitting(body, name) for name in [*_declared(body, charset), "utf-8"])
    return next((text for text in fitting if text is not None), None) or body.decode("cp1252", "replace")


def _declared(body: bytes, charset: str) -> list[str]:
    """Return the encodings that server and page name, the one to be believed first."""
    told = webencodings.lookup(re.split(r"[;,]", charset.strip(" \"'"))[0].strip(" \"'"))
    server = _server_meant(told.name, body) if told else ""
    page = next(_written(body), "")
    names = [page, server] if server == _DEFAULT else [server, page]
    return list(dict.fromkeys(filter(None, names)))


def _server_meant(name: str, body: bytes) -> str:
    """Return what a server means: not UTF-16 where the bytes are none, nor what browsers refuse to read."""
    if name.startswith("utf-16") and b"\0" not in body[:_PRESCAN]:
        return ""
    return "" if name == "replacement" else name


def _written(body: bytes) -> Iterator[str]:
    """Yield the encodings the page declares; who can read a declaration of UTF-16 as ASCII is not reading UTF-16."""
    for tag in _DECLARING.findall(_COMMENT.sub(b"", body[:_PRESCAN])):
        said = _CHARSET.search(_CONTENT.sub(b"", tag) if _NAMED.search(tag) else tag)
        found = webencodings.lookup(said[1].decode("ascii", "replace")) if said else None
        if found and not found.name.startswith(("utf-16", "replacement")):
            yield found.name


def _codecs(name: str) -> tuple[str, ...]:
    return _CODECS.get(name) or (webencodings.lookup(name).codec_info.name,)


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeError:
        return None


def _fitting(body: bytes, name: str) -> str | None:
    """Return a text that has no faults in this encoding, or few beside what it reads well; else None."""
    text = min((body.decode(codec, "replace") for codec in _codecs(name)), key=_broken)
    broken = _broken(text)
    if broken * _FEW > len(text) or (broken and broken * 5 > _beyond_ascii(text)):
        return None
    return text


def _broken(text: str) -> int:
    return text.count("\ufffd")


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
