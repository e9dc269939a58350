"""The addresses that a document had on its old site: those it names, and those made of its place and name."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from curation.importer.documents import moments
from curation.importer.documents.files import DocumentRefused, names
from curation.importer.documents.meta_values import Meta, as_list
from offerings import slugs

from .origins import Origin

OLD_NEWS = "/news/"  # where articles stood on the old site that brought no addresses of its own
_NAMING = names(
    "aliases alias redirect_from redirectFrom redirect-from redirects old_url old_urls old-url oldUrl oldUrls"
    " old_permalink oldPermalink legacy_url legacyUrl legacy_urls previous_url previousUrl previous_urls wordpress_url"
    " wp_url former_url former_urls"
)
_LONGEST = 900
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_PLACEHOLDER = re.compile(r":(\w+)(?:\[[^\]]*\])?")
_SLASHES = re.compile(r"/{2,}")


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place: ``folder`` inside its site (with a slash at its end), ``name`` less its ending, its ``day``.

    A page bundle (``a-ward/index.md``) has the name of its folder.
    """

    folder: str
    name: str
    day: date | None
    rest: str


def place(path: str) -> Place:
    """Take apart a document's path inside its site."""
    folder, _, file = path.rpartition("/")
    name = file.rpartition(".")[0] or file
    if name == "index" and folder:
        folder, _, name = folder.rpartition("/")
    day, rest = moments.in_name(name)
    return Place(f"{folder}/" if folder else "", name, day, rest or "")


def addresses_of(meta: Meta, at: Place, origin: Origin, written: date | datetime | None) -> list[str]:
    """Return the addresses, the one it was read at first; none twice. Raises ``DocumentRefused`` if one climbs out.

    ``written`` is its date with the day as its author wrote it.
    """
    own = [*_explicit(meta, at, origin, written), *_made(meta, at, origin, written)]
    return list(dict.fromkeys([*own, *named(meta)]))


def named(meta: Meta) -> list[str]:
    """Return the addresses of a document's aliases; a bare one lies under ``/news/``."""
    return list(_named(meta))


def _named(meta):
    for name in _NAMING:
        for alias in meta.texts(name, 100_000) if meta.has(name) else ():
            meta.use(name)
            address = _path(meta, name, alias)
            if address:
                yield address if address.startswith("/") else f"{OLD_NEWS}{address}"


def _path(meta, name, address):
    """Return the path of an address, its escapes read; empty for one that cannot be kept, which is said."""
    path = unquote(urlsplit(address).path) if address.isprintable() else ""
    if ".." in path.split("/"):
        raise DocumentRefused(f"the alias “{address[:80]}” climbs out of the site", meta.line(name))
    if not path.strip("/") or len(path) > _LONGEST or not path.isprintable():
        meta.odd(name, meta.find(name))
        return ""
    return path


def _explicit(meta, at, origin, written):
    """Yield the address in its ``url`` or ``permalink``."""
    for name in ("url", "permalink"):
        pattern = meta.find(name)
        if not isinstance(pattern, str) or not pattern.strip():
            continue
        meta.use(name)
        filled = _filled(_STYLES.get(pattern.strip(), pattern.strip()), _parts(meta, at, origin, written))
        if address := _path(meta, name, filled):
            yield from _spellings(address if address.startswith("/") else f"/{at.folder}{address}")
            yield from _spellings(f"/{address}")  # a bare one is counted from the root by Jekyll and by older Hugo


def _made(meta, at, origin, written):
    """Yield the addresses that the site made of its place, its name, its date and its slug."""
    if not origin.content:
        return
    parts = _parts(meta, at, origin, written)
    if origin.is_jekyll:
        for pattern in dict.fromkeys([origin.permalinks.get("") or "date", "date"]):
            if parts["year"]:
                yield from _spellings(_filled(_STYLES.get(pattern, pattern), parts))
        return
    section = at.folder.split("/")[0]
    pattern = origin.permalinks.get(section)
    if pattern and parts["year"]:
        yield from _spellings(_filled(pattern, parts))
    slug = _slug(meta)
    called = [slug] if slug else [at.name, at.rest if at.day else ""]
    yield from (f"/{at.folder}{name}/" for name in called if name)
    if at.day and not slug:
        yield from _spellings(_filled(f"/:year/:month/:day/{at.rest}:output_ext", parts))


def _spellings(address):
    """Yield an address, and what people type and servers answer for it: without ending, or without ``index.html``."""
    address = _SLASHES.sub("/", address)
    if len(address) > _LONGEST or not address.strip("/"):
        return
    yield address
    for ending in ("/index.html", ".html"):
        if address.endswith(ending):
            yield address.removesuffix(ending) or "/"
            return


def _filled(pattern, parts):
    return _SLASHES.sub("/", _PLACEHOLDER.sub(lambda found: parts.get(found[1].lower(), ""), pattern))


def _parts(meta, at, origin, written):
    """Return what the placeholders of both generators stand for."""
    day = at.day or written
    slug = _slug(meta)
    name = slug or at.rest or at.name
    title = slugs.slug(str(meta.find("title") or "")) or name
    sections = at.folder.strip("/")
    named = meta.find("categories")
    words = re.split(r"[,\s]+", named.strip()) if isinstance(named, str) and origin.is_jekyll else as_list(named)
    categories = [str(word).strip().lower().replace(" ", "-") for word in words]
    folder = sections.partition("_posts")[0].strip("/") if origin.is_jekyll else sections
    return {
        "title": name if origin.is_jekyll else title,
        "slug": slug or (name if origin.is_jekyll else title),
        "slugorfilename": name,
        "slugorcontentbasename": name,
        "filename": at.name,
        "contentbasename": at.name,
        "name": name,
        "basename": name,
        "path": f"{folder}/{at.name}".strip("/"),
        "collection": sections.split("/")[0].removeprefix("_"),
        "section": sections.split("/")[0],
        "sections": sections,
        "categories": "/".join([*filter(None, [folder]), *categories]),
        "slugified_categories": "/".join(map(slugs.slug, categories)),
        "output_ext": ".html",
        **_of_day(day),
    }


def _slug(meta):
    """Return the slug that a document gives, less folders before it."""
    return str(meta.find("slug") or "").strip().strip("/").rpartition("/")[2]


def _of_day(day):
    if day is None:
        return {"year": ""}
    return {
        "year": f"{day:%Y}",
        "short_year": f"{day:%y}",
        "month": f"{day:%m}",
        "i_month": str(day.month),
        "short_month": f"{day:%b}",
        "long_month": f"{day:%B}",
        "monthname": f"{day:%B}".lower(),
        "day": f"{day:%d}",
        "i_day": str(day.day),
        "y_day": f"{day:%j}",
        "yearday": str(day.timetuple().tm_yday),
        "week": f"{day:%V}",
        "weekday": str(day.isoweekday() % 7),
        "weekdayname": f"{day:%A}".lower(),
        "short_day": f"{day:%a}",
        "long_day": f"{day:%A}",
        "hour": f"{day:%H}",
        "minute": f"{day:%M}",
        "second": f"{day:%S}",
    }
