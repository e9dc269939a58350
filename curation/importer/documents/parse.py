"""A document's bytes → what the newsroom keeps of it. Pure, and needs no database, so that it runs in any process."""

import hashlib
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from curation.importer import frontmatter
from curation.importer.bodies.rewritten import rewritten
from curation.importer.bodies.surroundings import BodyPicture, Surroundings
from curation.importer.old_sites import kinds, old_addresses, origins, visibility
from curation.importer.old_sites.visibility import LIVE
from curation.text import entities, links, measures, prose
from offerings import slugs

from . import entries, moments, sources
from .files import DocumentRefused, Failed, Found, Passed, packed, picture_file, read
from .keys import KEYS
from .leftovers import leftovers as derive_leftovers
from .meta_values import LOSS, Meta, Remark, as_list, is_empty, plain

_TITLE, _SLUG, _KEY, _NAME, _ADDRESS = 500, 600, 700, 200, 2048
_NUMBERS = range(-(2**63), 2**63)
_UNTITLED = "untitled"
_GOOD_SLUG = re.compile(r"[a-z0-9_-]+")
_OURS = frozenset(("curated-content", "bookmark"))  # archetypes of the production formats, whose addresses are known
_IN_TITLES = re.compile(r"</?(?:em|i|b|strong|span|sup|sub|small|br|code|mark|u|abbr)\b[^<>]*>", re.IGNORECASE)
# Other generators' names for keys of our format; the first that says something counts.
_DATES = ("date", "pubDate", "published", "publishDate", "publishedAt", "published_at", "datePublished", "created")
_DATES += ("created_at", "createdAt", "posted", "pubdate")
_CHANGED = ("lastMod", "last_modified_at", "modified", "updated", "last_modified", "dateModified", "updatedAt")
_CHANGED += ("updated_at", "updatedDate", "modifiedAt", "modified_at", "last-modified")
_STANDFIRSTS = ("description", "summary", "excerpt", "standfirst", "subtitle", "lead", "lede", "abstract", "dek")
_STANDFIRSTS += ("deck", "teaser", "intro", "snippet", "meta_description")
_BYLINES = ("author", "authors", "byline", "writer", "writers")
_PICTURES = ("featuredImage", "featured_image", "image", "cover", "coverImage", "cover_image", "thumbnail", "banner")
_PICTURES += ("hero", "heroImage", "hero_image", "featureImage", "feature_image", "header", "images", "picture", "img")
_TOPICS = ("categories", "category", "tags", "tag", "topics")
_WITHOUT_PLACE = frozenset((*kinds.KEYS, "params", "extra", "taxonomies", "cascade", "comments", "toc", "weight"))


@dataclass(frozen=True, slots=True)
class Options:
    """Options of parsing: further folders of pictures, the section's row by the documents' names for it, and the
    fields that documents carry as plain text: name, key, longest.
    """

    media: tuple[str, ...] = ()
    section: dict = field(default_factory=dict)
    plain: tuple[tuple[str, str, int], ...] = ()


@dataclass(slots=True)
class Parsed:
    """One document, read. ``fields`` are columns of the working copy; ``wants`` is ``live`` or a working state.

    ``date`` is in UTC, for a day its midnight. ``opens`` is set where readers see it later than its date, ``closes``
    where they do not see it for ever. ``offerings`` are ``(role, names)`` with what ``offerings.importer.Named`` takes;
    ``old_paths`` are addresses that lead here, ``pictures`` those of its body. ``title_key`` is set for a document that
    is known by its path: how it would be known by its title.
    """

    shown: str
    path: str
    key: str
    format: str
    digest: str
    packed: bytes
    wants: str
    fields: dict
    measures: measures.Measures
    date: datetime | None
    is_day: bool
    modified: datetime | None
    topics: list[str]
    bylines: list[str]
    sources: list[sources.Source]
    offerings: list[tuple[str, dict]]
    institutions: list[str]
    picture: str
    picture_file: str
    old_paths: list[str]
    package: dict | None
    leftovers: dict
    remarks: list[Remark]
    opens: datetime | None = None
    closes: datetime | None = None
    pictures: list[BodyPicture] = field(default_factory=list)
    title_key: str = ""


def parse(found: Found, options: Options) -> Parsed | entries.Entry | Passed | Failed:
    """Read one document. Never raises: what cannot be taken is a :class:`Failed` with line and reason.

    A page of another kind is :class:`Passed`, one of the catalogue an :class:`entries.Entry`.
    """
    try:
        return from_bytes(read(found), found, options)
    except kinds.PassedOverError as other:
        return Passed(found.shown, other.kind, other.words)
    except DocumentRefused as refusal:
        return Failed(found.shown, refusal.line, refusal.reason)
    except Exception as fault:  # noqa: BLE001 -- one document made to break a parser must not end the import
        return Failed(found.shown, 0, f"it could not be read ({type(fault).__name__}: {str(fault)[:200]})")


@dataclass(slots=True)
class _Place:
    """Place of a document: its old site, its path inside it, what stands above it, and its name taken apart."""

    origin: origins.Origin
    path: str
    beside: dict
    at: old_addresses.Place


def from_bytes(data: bytes, found: Found, options: Options) -> Parsed | entries.Entry:
    """Read a document from its bytes. Raises ``DocumentRefused``; ``PassedOverError`` for a page of another kind.

    About 0.6 ms for one of 6 kB. Long because it is one flat list of what a document holds.
    """
    meta, source = _split(data, found)
    place = _place(found)
    what = kinds.kind_of(meta, place.path, place.beside, is_jekyll=place.origin.is_jekyll)
    if what != kinds.ARTICLE:
        return entries.read(meta, what, source, found, _visibility(meta, place, found, None), _other_paths(meta, place))
    linked = sources.read(meta)
    main = linked[0].columns if linked and linked[0].role == "source" else {"cleaned": "", "brand": ""}
    fields = _fields(meta, main["cleaned"], place.at, options)
    date, is_day, written = _date(meta, place.at)
    seen = _visibility(meta, place, found, date)
    if seen.wants == LIVE and not fields["title"]:
        raise DocumentRefused(
            "it has no title, and would be live; give it one, or say “draft: true”", meta.line("title") or 1
        )
    kind = _format(meta, found.path)
    package = _package(meta)
    old_paths = _old_paths(meta, kind, date, fields["slug"], place, written)
    around = _surroundings(found, options, place, old_paths, fields["slug"])
    picture, picture_file = _picture_and_file(meta, fields, package, around)
    offerings, institutions = _offerings(meta)
    pictures = _body(meta, fields, source, found, around)
    key, title_key = _key(meta, fields, place.path)
    return Parsed(
        shown=found.shown,
        path=found.path[-1000:],
        key=key,
        format=kind,
        digest=hashlib.sha256(data).hexdigest(),
        packed=packed(data),
        wants=seen.wants,
        fields=fields,
        measures=measures.measures_of(fields["standfirst"], fields["body"]),
        date=date,
        is_day=is_day,
        modified=_modified(meta),
        topics=_topics(meta, place.origin),
        bylines=_bylines(meta),
        sources=linked,
        offerings=offerings,
        institutions=institutions,
        picture=picture,
        picture_file=picture_file,
        old_paths=old_paths,
        package=package,
        leftovers=_leftovers(meta, options, main["brand"]),
        remarks=meta.remarks,
        opens=seen.opens,
        closes=seen.closes,
        pictures=pictures,
        title_key=title_key,
    )


def _split(data, found):
    """Return front matter and body; a second front matter inside the body joins the leftovers."""
    try:
        document = frontmatter.read_document(data, found.shown)
        prose.check(document.body, document.body_line)
    except frontmatter.FrontMatterRefused as refusal:
        if found.path.lower().endswith((".html", ".htm", ".mdx")) and "no front matter" in refusal.reason:
            raise kinds.PassedOverError("page without front matter", "it has no front matter") from refusal
        raise DocumentRefused(f"{refusal.reason}. {refusal.mend}".strip(), refusal.line) from refusal
    except prose.ProseRefused as refusal:
        raise DocumentRefused(refusal.reason, refusal.line) from refusal
    meta = Meta(document)
    inner, body = frontmatter.split_inner(document.body)
    if inner:
        meta.keep("inner", inner)
        meta.remark("inner", "a second front matter stands in its body; it is kept, but shown nowhere")
    return meta, body


def _place(found):
    file = os.path.abspath(found.file)
    path = origins.inside(file, found.path)
    return _Place(
        origins.origin_of(os.path.dirname(file)), path, origins.handed_down_to(file, path), old_addresses.place(path)
    )


def _visibility(meta, place, found, date):
    """Return who may see it, and when; remark why it is kept from readers."""
    path = place.path if place.origin.content else found.shown
    seen = visibility.read(meta.values, place.beside, path)
    visibility.settle(seen, date, datetime.now(UTC))
    for name, words, is_understood in seen.reasons:
        if not is_understood and name in KEYS:
            meta.keep(name, meta.values.get(name))
        meta.remark("hidden" if is_understood else "odd-value", f"it stays a draft: {words}", name)
    return seen


def _fields(meta, main, at, options):
    title = _title(meta, at)
    return {name: meta.text(key, longest) for name, key, longest in options.plain} | {
        "slug": _slug(meta, main, title),
        "title": title,
        "standfirst": _standfirst(meta),
        "pdf": _pdf(meta),
        "insights_name": meta.text("insights_name", 300),
        "insights": prose.body(insights) if (insights := meta.text("insights_description", 1_000_000)) else "",
    }


def _title(meta, at):
    """Return its title in plain characters; an old post that has none is called as its file is."""
    title = meta.text("title", 100_000)
    if "&" in title or "<" in title:
        title = entities.unescape(_IN_TITLES.sub("", title))
    if not meta.has("title") and at.day:
        title = at.rest.replace("-", " ").replace("_", " ").strip().capitalize()
    title = " ".join(title.split())
    if len(title) > _TITLE:
        raise DocumentRefused(
            f"its title is {len(title)} characters long; at most {_TITLE} are taken", meta.line("title")
        )
    return title


def _standfirst(meta):
    """Return its description, or what stands in for one; there signs of Markdown and HTML go."""
    name = meta.first(*_STANDFIRSTS)
    words = meta.text(name, 100_000)
    if name != "description":
        meta.use(name)
        words = prose.text(prose.body(words)) if words else ""
    return words


def _body(meta, fields, source, found, around):
    """Put the body into ``fields``, count what is lost of it, and return its pictures."""
    ending = os.path.splitext(found.path)[1].lower() or ".md"
    values = {"page.title": fields["title"], "page.url": around.address, "site.baseurl": "", "site.url": ""}
    result = rewritten(source, ending, around, values)
    fields["body"] = result.html
    for (kind, words), times in result.lost.items():
        meta.lose(kind, words, times)
    return result.pictures


def _slug(meta, main, title):
    """Return the slug the document gives, in the site's own form, else the one its source and title make."""
    given = meta.text("slug", 100_000).strip()
    slug = given if _GOOD_SLUG.fullmatch(given) else slugs.slug(entities.unescape(given))
    if given != slug:
        meta.keep("slug", given)
    slug = slug or links.article_slug(main, title) or _UNTITLED
    if len(slug) > _SLUG - 10:  # room for a number, should another article have it
        raise DocumentRefused(
            f"its slug is {len(slug)} characters long; at most {_SLUG - 10} are taken", meta.line("slug")
        )
    return slug


def _date(meta, at):
    """Return ``(date, is_day, as written)``: its date, else that of another key or of its file's name."""
    for name in _DATES:
        value = meta.find(name)
        if is_empty(value) or (name != "date" and visibility.moment(value) is None):
            continue
        try:
            date, is_day = meta.moment(name)
        except DocumentRefused as refusal:
            if at.day is None or not isinstance(refusal.__cause__, moments.AmbiguousDateError):
                raise
            break
        if date is not None:
            return date, is_day, moments.read(value)
    if at.day is not None and at.day.year in _YEARS:
        return datetime(at.day.year, at.day.month, at.day.day, tzinfo=UTC), True, at.day
    meta.remark("no-date", "it has no date; the moment of the import stands in")
    return None, False, None


_YEARS = range(1000, 9000)


def _modified(meta):
    """Return when it was last changed; refuse a date that is none under the format's own name, keep it under others."""
    name = meta.first(*_CHANGED)
    if name == "lastMod":
        return meta.moment(name)[0]
    try:
        return meta.moment(name)[0]
    except DocumentRefused:
        meta.odd(name, meta.find(name))
        return None


def _format(meta, path):
    """Return ``post`` for the older format, whose pages lived under ``/post/``, else ``news``."""
    is_post = meta.values.get("archetype") == "bookmark" or "dropmark.editURL" in meta.values
    return "post" if is_post or path.startswith("post/") or "/post/" in path else "news"


def _key(meta, fields, path):
    """Return ``(key, title key)``, which recognise a document: its source and number, else its slug, else its path."""
    number, source = meta.get("id"), meta.get("source")
    if isinstance(source, dict):
        source = source.get("name")
    given, title_key = meta.text("slug", 100_000).strip(), ""
    if number is None and not given:
        if not fields["title"]:
            raise DocumentRefused("it has neither id nor slug nor title, so it could not be recognised again", 1)
        slug = "" if fields["slug"] == _UNTITLED else fields["slug"]
        title_key = f"slug:{slug or fields['title']}"
        key = f"path:{path}" if len(path) < _KEY - 10 else f"path:{hashlib.sha256(path.encode()).hexdigest()}"
    else:
        key = f"slug:{given}" if number is None else f"{'' if is_empty(source) else source}:{number}"
    if len(key) > _KEY:
        raise DocumentRefused("its id is too long to be recognised by", meta.line("id"))
    if number is None or isinstance(meta.get("source"), dict):
        meta.keep_if_there("source")
    return key, title_key


def _topics(meta, origin):
    """Return the topics' spellings, each topic once: categories first, then tags that are not the section's own."""
    once = {}
    for name in _TOPICS:
        if name != "categories" and meta.values.get("archetype") in _OURS:
            continue
        for spelling in _spellings(meta, name, origin):
            once.setdefault(slugs.topic_key(spelling), spelling)
    return list(once.values())


def _spellings(meta, name, origin):
    """Return the topics that one key names. A text holds several: with commas between them, in Jekyll with blanks."""
    value = meta.find(name)
    if is_empty(value):
        return []
    spellings = meta.texts(name, _NAME)
    if name != "categories":
        meta.use(name)
    if isinstance(value, str) and "," in value:
        spellings = [part.strip() for spelling in spellings for part in spelling.split(",")]
    elif isinstance(value, str) and origin.is_jekyll and name in ("categories", "tags"):
        spellings = [part for spelling in spellings for part in spelling.split()]
    return [spelling for spelling in spellings if spelling]


_BESIDE_A_NAME = re.compile(r"\s*<[^<>]*@[^<>]*>|^by\s+", re.IGNORECASE)  # an address of mail, “by”


def _bylines(meta):
    """Return who wrote it, each once, without addresses of mail."""
    names = {}
    for name in _BYLINES:
        if is_empty(meta.find(name)):
            continue
        for words in meta.texts(name, _NAME):
            if plain_name := _BESIDE_A_NAME.sub("", words).strip():
                names.setdefault(plain_name)
        meta.use(name)
    return list(names)


def _pdf(meta):
    value = meta.get("featuredPdf")
    if isinstance(value, dict):
        value = value.get("href") or ""
        meta.keep("featuredPdf", meta.find("featuredPdf"))
    address = meta.cut("featuredPdf", str(value or "").strip(), _ADDRESS)
    if links.may_follow(address) or not address:
        return address
    meta.odd("featuredPdf", meta.find("featuredPdf"))
    return ""


def _package(meta):
    """Return the columns of the work package it came from, or None."""
    number, source = meta.get("id"), meta.get("source")
    if not isinstance(number, int) or isinstance(number, bool) or number not in _NUMBERS:
        for name in ("id", "openProjectCustomFields", "openProjectWorkPackageType"):
            if name in meta.values:
                meta.keep(name, meta.values[name])
        return None
    custom = meta.get("openProjectCustomFields") or {}
    return {
        "number": number,
        "source": meta.text("source", _NAME) if isinstance(source, str) else "",
        "type": meta.text("openProjectWorkPackageType", _NAME),
        "custom_fields": plain(custom) if isinstance(custom, dict) else {"": plain(custom)},
        "attachments": [],
    }


def _surroundings(found, options, place, old_paths, slug):
    """Return the surroundings against which the body's own addresses are read."""
    folders = tuple(filter(None, (*options.media, found.static, *place.origin.pictures)))
    address = old_paths[0] if old_paths else f"{old_addresses.OLD_NEWS}{slug}/"
    return Surroundings(os.path.abspath(found.file), place.origin, address, folders)


def _picture_and_file(meta, fields, package, around):
    """Return ``(address, file)`` of its picture, both empty for none, the file for one missing or elsewhere."""
    name = meta.first(*_PICTURES)
    address = _picture(meta, name, fields, package)
    if address and (beside := around.picture_beside(unquote(urlsplit(address).path))):
        return beside
    return address, _picture_file(meta, name, address, around.folders)


def _picture(meta, name, fields, package):
    """Return the picture's address; its words go to ``fields``, its attachment to ``package``. Empty for none."""
    value = meta.get(name)
    if name != "featuredImage":
        meta.use(name)
    if isinstance(value, list) and name != "featuredImage":
        value = next((item for item in value if isinstance(item, str | dict)), None)
    said = dict(value) if isinstance(value, dict) else {"href": value}
    address = next((said.pop(part) for part in _ADDRESSES if not is_empty(said.get(part))), "")
    fields["picture_alt"] = _picture_words(meta, said, "alt", 500)
    fields["picture_credit"] = _picture_words(meta, said, "credit", 300)
    attachment = said.pop("wpAttachment", None)
    if package and not is_empty(attachment):
        package["attachments"] = plain(as_list(attachment))
    elif not is_empty(attachment):
        said["wpAttachment"] = attachment
    said.pop("href", None)
    if said:
        meta.keep(name, said)
    if not isinstance(address, str) or len(address) > _ADDRESS:
        meta.odd(name, value)
        return ""
    return address.strip()


_ADDRESSES = ("href", "src", "url", "image", "path", "file", "filename", "overlay_image", "teaser")


def _picture_words(meta, said, name, limit):
    value = said.pop(name, None)
    return meta.cut(f"featuredImage.{name}", "" if is_empty(value) else str(value).strip(), limit)


def _picture_file(meta, name, address, folders):
    """Return the picture's file, or empty for one that is missing or lies elsewhere. Refuses a path that climbs out."""
    if not address or is_remote(address):
        return ""
    parts = urlsplit(address)
    try:
        return picture_file(address, folders) or picture_file(unquote(parts.path), folders)
    except DocumentRefused as refusal:
        raise DocumentRefused(refusal.reason, meta.line(name)) from refusal


def is_remote(address: str) -> bool:
    """Return whether a picture's address leads to another site (or anywhere that is no path of ours)."""
    return address.startswith("//") or ":" in address.partition("/")[0]


def _offerings(meta):
    """Return ``(role, names)`` of each offering, what the article is about first; and institutions that stand alone."""
    makers = meta.texts("institution", _NAME)
    about = _named(meta, "offering")
    if about and makers:
        about[0]["institution"] = makers[0]
    related = _named(meta, "relatedOfferings")
    return [("about", names) for names in about] + [("related", names) for names in related], makers


def _named(meta, name):
    items = [_one_named(item) for item in as_list(meta.get(name))]
    if None in items:
        meta.odd(name, meta.find(name))
    return [item for item in items if item]


def _one_named(item):
    """Return an offering for ``offerings.importer.Named``, from a mapping or a bare name; None for nothing usable."""
    item = item if isinstance(item, dict) else {"label": item}
    label = next((item[name] for name in ("label", "name", "title") if not is_empty(item.get(name))), "")
    permalink = next((item[name] for name in ("permalink", "href", "url") if not is_empty(item.get(name))), "")
    topics = [spelling for spelling in as_list(item.get("categories")) if isinstance(spelling, str)]
    label, permalink = str(label).strip(), str(permalink).strip()
    if not label or len(label) > 300 or len(permalink) > 400:
        return None
    return {
        "name": label,
        "permalink": permalink,
        "external_id": _number(item.get("offeringId", item.get("id"))),
        "topics": tuple(spelling.strip() for spelling in topics if 0 < len(spelling.strip()) <= _NAME),
    }


def _number(value):
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value in _NUMBERS else None


def _old_paths(meta, kind, date, slug, place, written):
    """Return the addresses that shall lead here: its old site's; for an old post the one it had, by its day in UTC."""
    if meta.values.get("archetype") in _OURS:
        paths = old_addresses.named(meta)
    else:
        paths = old_addresses.addresses_of(meta, place.at, place.origin, written)
    paths += [f"/post/{date:%Y/%m/%d}/{slug}/"] if kind == "post" and date else []
    return [path for path in dict.fromkeys(paths) if path.lower().strip("/") != f"news/{slug}"]


def _other_paths(meta, place):
    """Return the old addresses of an entry of the catalogue."""
    return old_addresses.addresses_of(meta, place.at, place.origin, place.at.day)


def _leftovers(meta, options, brand):
    topics = [topic for topic in as_list(meta.values.get("categories")) if isinstance(topic, str)]
    kept = derive_leftovers(meta.values, options.section, topics, brand)
    kept = {name: plain(value) for name, value in kept.items() if name not in meta.used} | meta.leftovers
    for name in kept:
        if name not in KEYS and name not in _WITHOUT_PLACE and name != "inner" and visibility.rule_of(name) is None:
            meta.remarks.append(Remark(f"{LOSS}key", name))
    return kept
