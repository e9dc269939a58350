"""What something is, told from its first bytes: what a site says about it is not believed."""

import re

PAGE, PDF, PICTURE = "page", "pdf", "picture"

_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PAGE_BEGINS = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|base|script|style|noscript|div|p|h[1-6]|table|section|"
    r"article|main|header|nav|span|ul|ol|a|b|br|center|font|form|iframe|img)(?=[\s/>]))",
    re.IGNORECASE,
)


def kind(body: bytes) -> str | None:
    """Return ``"page"``, ``"pdf"`` or ``"picture"``, else None. The first 16 kB are enough to tell."""
    if is_picture(body):
        return PICTURE
    if body[:1024].lstrip(b"\xef\xbb\xbf\t\r\n\x0c ").startswith(b"%PDF-"):
        return PDF
    return PAGE if _is_page(body) else None


def is_picture(body: bytes) -> bool:
    """Say whether this begins as a JPEG, PNG, GIF, WebP, AVIF or icon does. SVG is a document that may hold scripts."""
    if body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return True
    return (body[:4] == b"RIFF" and body[8:12] == b"WEBP") or _is_avif(body) or _is_icon(body)


def _is_icon(body: bytes) -> bool:
    """An ICO file: its mark, then how many pictures are in it, the first of which begins behind their list."""
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


def _is_page(body: bytes) -> bool:
    beginning = text(body[:16_384])
    if "\0" in beginning:
        return False
    return _PAGE_BEGINS.match(beginning, _after_comments(beginning)) is not None


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
