"""Pictures and icons that a page offers and that are worth fetching. Pure: nothing is fetched here."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from curation.fetch.content import sniffing
from curation.text import links

from . import Picture, Reading
from .pictures.offered import every
from .wording import each

MOST = 12
MOST_ICONS = 3
FIRST_PAGE = "first page"
SMALLEST = (150, 75)  # pixels; a picture that says it is smaller is an ornament

_FIT_ICON = (32, 64, 96, 180, 192)
_ORNAMENTS = frozenset(
    each(
        "logo logos sprite sprites pixel spacer blank 1x1 favicon icon icons avatar avatars gravatar placeholder "
        "badge badges beacon emoji doubleclick scorecardresearch tracker tracking"
    )
)
_SIZING = frozenset(each("w width h height s sz size resize fit crop quality q auto fm format dpr ssl strip"))
_SIZE_IN_NAME = re.compile(r"[-_](\d{1,4})x(\d{1,4})(?=\.\w{3,5}$)")
_SHARPNESS = re.compile(r"@\dx(?=\.\w{3,5}$)")


def offered(reading: Reading, kind: str, url: str) -> dict[str, list[tuple[str, str]]]:
    """Return what was found at ``url`` and is worth fetching: ``picture`` and ``icon``, each ``(address, origin)``
    pairs.

    The likeliest first, and what is said of the pictures. A PDF offers its first page, a picture itself; ``kind`` is
    that of what was fetched.
    """
    worth = {
        sniffing.PAGE: lambda: list(_pictures(reading))[:MOST],
        sniffing.PDF: lambda: [(f"{url.partition('#')[0]}#page=1", FIRST_PAGE)],
        sniffing.PICTURE: lambda: [(url, "link")],
    }[kind]()
    pictures = [(address, origin) for address, origin in worth if links.is_web(address)]
    return {"picture": pictures, "icon": _icons(reading, url)} | _words(reading, pictures)


def _words(reading: Reading, pictures: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return what the page says of these pictures, wherever it shows them: ``alt``, ``caption`` and ``credit``, each as
    pairs of words and the picture's address.
    """
    by_kin: dict[tuple, list[Picture]] = {}
    for picture in every(reading.page, reading.things) if pictures and reading.page else ():
        by_kin.setdefault(_kin(picture.url), []).append(picture)
    return {
        name: [(said, address) for address, _ in pictures for said in _said(by_kin.get(_kin(address), ()), name)]
        for name in ("alt", "caption", "credit")
    }


def _said(pictures: Iterable[Picture], name: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (getattr(picture, name) for picture in pictures))))[:3]


def _pictures(reading: Reading) -> Iterator[tuple[str, str]]:
    seen = set()
    for picture in reading.images:
        if not links.is_web(picture.url) or _is_small(picture.width, picture.height) or _is_ornament(picture.url):
            continue
        if (kin := _kin(picture.url)) not in seen:
            seen.add(kin)
            yield picture.url, picture.origin


def _is_small(width: int, height: int) -> bool:
    """Return whether a size that is told (0 is not) is below the smallest."""
    return 0 < width < SMALLEST[0] or 0 < height < SMALLEST[1]


def _is_ornament(address: str) -> bool:
    """Return whether an address says that it leads to a logo, a sprite, a tracking pixel, or something tiny."""
    parts = urlsplit(address)
    words = re.split(r"[^a-z0-9]+", f"{parts.hostname} {parts.path}".lower())
    told = _SIZE_IN_NAME.search(parts.path)
    return not _ORNAMENTS.isdisjoint(words) or (told is not None and _is_small(int(told[1]), int(told[2])))


def _kin(address: str) -> tuple:
    """Return what the addresses of one picture in several sizes have in common."""
    parts = urlsplit(address)
    path = _SHARPNESS.sub("", _SIZE_IN_NAME.sub("", parts.path))
    asked = sorted(one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0].lower() not in _SIZING)
    return links.brand(address), path, tuple(asked)


def _icons(reading: Reading, url: str) -> list[tuple[str, str]]:
    """Return the icons a page names, those of a fit size first, then where any site may have one. No drawings (SVG)."""
    known = [icon for icon in reading.icons if links.is_web(icon.url) and "mask" not in icon.rel]
    named = [icon for icon in known if not _is_drawing(icon.url)]
    ranked = sorted(named, key=lambda icon: _rank(icon.sizes, icon.rel))
    found = {icon.url: "page" for icon in ranked[: MOST_ICONS - 1]}
    found.setdefault(urljoin(url, "/favicon.ico"), "site")
    return [(address, origin) for address, origin in found.items() if links.is_web(address)]


def _is_drawing(address: str) -> bool:
    return urlsplit(address).path.lower().endswith((".svg", ".svgz"))


def _rank(sizes: str, rel: str) -> int:
    told = re.match(r"(\d{1,4})x", sizes.lower())
    if told:
        return _FIT_ICON.index(int(told[1])) if int(told[1]) in _FIT_ICON else len(_FIT_ICON) + 1
    return len(_FIT_ICON) if "apple" in rel else len(_FIT_ICON) + 2
