"""Kinds of content, told from their first bytes: what a site says about them is not believed."""

import re

PAGE, PDF, PICTURE = "page", "pdf", "picture"

_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_ELEMENTS = (
    r"html|head|body|title|meta|link|base|script|style|noscript|template|div|p|h[1-6]|hgroup|table|thead|tbody|t[rdh]"
    r"|caption|section|article|main|header|footer|nav|aside|address|span|ul|ol|li|dl|dt|dd|a|b|i|u|s|em|strong|small|big"
    r"|tt|br|hr|wbr|center|font|form|fieldset|input|button|label|select|textarea|iframe|frameset|img|picture|figure|video"
    r"|audio|canvas|map|object|embed|pre|code|blockquote|q|cite|abbr|time|mark|sub|sup|details|dialog|marquee"
)
_PAGE_BEGINS = re.compile(rf"<(?:!doctype\s+html|(?:{_ELEMENTS})(?=[\s/>]))", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_OTHER_BEGINS = re.compile(
    r"[\[{]\s*+(?:[\"\[{}\]\d-]|true|false|null)|<(?:!--|(?:rss|feed|rdf|svg|math|urlset|sitemapindex|opml|kml)(?![\w-]))",
    re.IGNORECASE,
)  # JSON, and trees that are no pages though a page may be quoted in them
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def kind(body: bytes, said: str = "") -> str | None:
    """Return ``"page"``, ``"pdf"`` or ``"picture"``, else None. The first 16 kB are enough to tell.

    ``said`` is the content type that came with it: a page it calls a page may begin with anything, such as a notice.
    """
    if is_picture(body):
        return PICTURE
    if body[:1024].lstrip(b"\xef\xbb\xbf\t\r\n\x0c ").startswith(b"%PDF-"):
        return PDF
    return PAGE if _is_page(body, said.partition(";")[0].strip().lower()) else None


def is_picture(body: bytes) -> bool:
    """Return whether this begins as JPEG, PNG, GIF, WebP, AVIF or icon. SVG is a document that may hold scripts."""
    if body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return True
    return (body[:4] == b"RIFF" and body[8:12] == b"WEBP") or _is_avif(body) or _is_icon(body)


def _is_icon(body: bytes) -> bool:
    """Return whether bytes are an ICO file: its mark, then how many pictures are in it, the first behind their list."""
    many = int.from_bytes(body[4:6], "little")
    return body.startswith(b"\0\0\1\0") and 0 < many < 100 and int.from_bytes(body[18:22], "little") >= 6 + 16 * many


def _is_avif(body: bytes) -> bool:
    size = int.from_bytes(body[:4])
    if body[4:8] != b"ftyp" or not 16 <= size <= 4096:
        return False
    brands = body[8:12] + body[16:size]
    return any(brands[start : start + 4] in {b"avif", b"avis"} for start in range(0, len(brands), 4))


def text(body: bytes) -> str:
    """Return bytes as text that is good enough to look for ASCII in; nothing that is read is lost by it."""
    codec = _UTF_16.get(body[:2], "utf-8")
    return body.decode(codec, "replace").removeprefix("\ufeff")


def _is_page(body: bytes, said: str) -> bool:
    beginning = text(body[:16_384])
    if "\0" in beginning:
        return False
    place = _after_comments(beginning)
    return _PAGE_BEGINS.match(beginning, place) is not None or _goes_on_as_page(beginning, place, said)


def _goes_on_as_page(beginning: str, place: int, said: str) -> bool:
    """Return whether a page follows upon what stands before it, as a browser takes it that is told so."""
    if said not in {"", *_HTML_TYPES} or _OTHER_BEGINS.match(beginning, place):
        return False
    # Behind a tag that nobody knows only its own first line makes a page.
    is_told = said and not beginning.startswith("<", place)
    return (_PAGE_BEGINS if is_told else _DOCTYPE).search(beginning, place) is not None


def _after_comments(beginning: str) -> int:
    """Return where the first thing stands that is neither white space nor a comment nor an XML declaration."""
    place = 0
    while True:
        while beginning[place : place + 1].isspace():
            place += 1
        mark = "-->" if beginning.startswith("<!--", place) else "?>" if beginning.startswith("<?", place) else ""
        end = beginning.find(mark, place + 2) if mark else -1
        if end < 0:
            return place
        place = end + len(mark)
