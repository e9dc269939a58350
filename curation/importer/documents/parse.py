"""A document's bytes → what the newsroom keeps of it. Pure, and needs no database, so that it runs in any process."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from curation.importer import frontmatter
from curation.text import links, measures, prose
from offerings import slugs

from . import sources
from .files import Failed, Found, Refused, packed, picture_file, read
from .leftovers import leftovers as derive_leftovers
from .values import Meta, as_list, is_empty, plain

LIVE = "live"
_STATES = {  # what a document may say of its state → the working state it asks for
    "published": LIVE,
    "live": LIVE,
    "draft": "draft",
    "in review": "in_review",
    "review": "in_review",
    "changes requested": "changes_requested",
    "approved": "approved",
    "declined": "declined",
}
_TITLE, _SLUG, _KEY, _NAME, _ADDRESS = 500, 600, 700, 200, 2048
_NUMBERS = range(-(2**63), 2**63)
_UNTITLED = "untitled"
_GOOD_SLUG = re.compile(r"[a-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Options:
    """What parsing is told: further folders of pictures, and what the section's row says by the documents' names."""

    media: tuple[str, ...] = ()
    section: dict = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """One document, read. ``fields`` are columns of the working copy; ``wants`` is ``live`` or a working state.

    ``date`` is in UTC, for a day its midnight. ``offerings`` are ``(role, names)`` with what
    ``offerings.importer.Named`` takes; ``old_paths`` are addresses that lead here; ``remarks`` are
    ``(code, words, line)``.
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
    remarks: list[tuple[str, str, int]]


def parse(found: Found, options: Options) -> Parsed | Failed:
    """Read one document. Never raises: what cannot be taken is a :class:`Failed` with line and reason."""
    try:
        return from_bytes(read(found), found, options)
    except Refused as refusal:
        return Failed(found.shown, refusal.line, refusal.reason)
    except Exception as fault:  # noqa: BLE001 -- one document made to break a parser must not end the import
        return Failed(found.shown, 0, f"it could not be read ({type(fault).__name__}: {str(fault)[:200]})")


def from_bytes(data: bytes, found: Found, options: Options) -> Parsed:
    """Read a document from its bytes. Raises :class:`Refused`. About 0.6 ms for one of 6 kB.

    Long because it is one flat list of what a document holds.
    """
    meta, body = _split(data, found.shown)
    linked = sources.read(meta)
    main = linked[0].columns if linked and linked[0].role == "source" else {"clean": "", "brand": ""}
    fields = _fields(meta, main["clean"], body)
    wants = _wants(meta, fields["title"])
    date, is_day = _date(meta)
    kind = _format(meta, found.path)
    package = _package(meta)
    picture = _picture(meta, fields, package)
    offerings, institutions = _offerings(meta)
    return Parsed(
        shown=found.shown,
        path=found.path[-1000:],
        key=_key(meta, fields),
        format=kind,
        digest=hashlib.sha256(data).hexdigest(),
        packed=packed(data),
        wants=wants,
        fields=fields,
        measures=measures.of(fields["standfirst"], fields["body"]),
        date=date,
        is_day=is_day,
        modified=meta.moment("lastMod")[0],
        topics=_topics(meta),
        bylines=meta.texts("author", _NAME),
        sources=linked,
        offerings=offerings,
        institutions=institutions,
        picture=picture,
        picture_file=_picture_file(meta, picture, options, found),
        old_paths=_old_paths(meta, kind, date, fields["slug"]),
        package=package,
        leftovers=_leftovers(meta, options, main["brand"]),
        remarks=meta.remarks,
    )


def _split(data, name):
    """Front matter and body; a second front matter inside the body joins the leftovers."""
    try:
        document = frontmatter.read_document(data, name)
        prose.check(document.body, document.body_line)
    except frontmatter.FrontMatterRefused as refusal:
        raise Refused(f"{refusal.reason}. {refusal.mend}".strip(), refusal.line) from refusal
    except prose.ProseRefused as refusal:
        raise Refused(refusal.reason, refusal.line) from refusal
    meta = Meta(document)
    inner, body = frontmatter.split_inner(document.body)
    if inner:
        meta.keep("inner", inner)
        meta.remark("inner", "a second front matter stands in its body; it is kept, but shown nowhere")
    return meta, prose.body(body)


def _fields(meta, main, body):
    title = " ".join(meta.text("title", 100_000).split())
    if len(title) > _TITLE:
        raise Refused(f"its title is {len(title)} characters long; at most {_TITLE} are taken", meta.line("title"))
    return {
        "slug": _slug(meta, main, title),
        "title": title,
        "standfirst": meta.text("description", 100_000),
        "pdf": _pdf(meta),
        "insights_name": meta.text("insights_name", 300),
        "insights": prose.body(insights) if (insights := meta.text("insights_description", 1_000_000)) else "",
        "body": body,
    }


def _slug(meta, main, title):
    """The slug the document gives, in the site's own form, else the one its source and title make."""
    given = meta.text("slug", 100_000).strip()
    slug = given if _GOOD_SLUG.fullmatch(given) else slugs.slug(given)
    if given != slug:
        meta.keep("slug", given)
    slug = slug or links.article_slug(main, title) or _UNTITLED
    if len(slug) > _SLUG - 10:  # room for a number, should another article have it
        raise Refused(f"its slug is {len(slug)} characters long; at most {_SLUG - 10} are taken", meta.line("slug"))
    return slug


def _wants(meta, title):
    """``live``, or the working state that the document names. An unknown state is a draft: nobody meant it live."""
    said = str(meta.get("status") or "").strip()
    wants = _STATES.get(said.lower().replace("_", " ").replace("-", " ")) if said else LIVE
    if wants is None:
        meta.odd("status", said)
    if wants is None or str(meta.get("draft")).strip().lower() in ("true", "yes", "1"):
        wants = "draft"
    if wants == LIVE and not title:
        raise Refused("it has no title, and would be live; give it one, or say “draft: true”", meta.line("title") or 1)
    return wants


def _date(meta):
    date, is_day = meta.moment("date")
    if date is None:
        meta.remark("no-date", "it has no date; the moment of the import stands in")
    return date, is_day


def _format(meta, path):
    """``post`` for the older format, whose pages lived under ``/post/``, else ``news``."""
    is_post = meta.values.get("archetype") == "bookmark" or "dropmark.editURL" in meta.values
    return "post" if is_post or path.startswith("post/") or "/post/" in path else "news"


def _key(meta, fields):
    """What recognises the document wherever it lies: its source and number, else its slug, or what would make one."""
    number, source = meta.get("id"), meta.get("source")
    if isinstance(source, dict):
        source = source.get("name")
    slug = "" if fields["slug"] == _UNTITLED else fields["slug"]
    given = meta.text("slug", 100_000).strip() or slug or fields["title"]
    if number is None and not given:
        raise Refused("it has neither id nor slug nor title, so it could not be recognised again", 1)
    key = f"slug:{given}" if number is None else f"{'' if is_empty(source) else source}:{number}"
    if len(key) > _KEY:
        raise Refused("its id is too long to be recognised by", meta.line("id"))
    if number is None or isinstance(meta.get("source"), dict):
        meta.keep_if_there("source")
    return key


def _topics(meta):
    """The topics' spellings in order, each topic once."""
    once = {}
    for spelling in meta.texts("categories", _NAME):
        once.setdefault(slugs.topic_key(spelling), spelling)
    return list(once.values())


def _pdf(meta):
    value = meta.get("featuredPdf")
    if isinstance(value, dict):
        value = value.get("href") or ""
        meta.keep("featuredPdf", meta.values["featuredPdf"])
    return meta.cut("featuredPdf", str(value or "").strip(), _ADDRESS)


def _package(meta):
    """The columns of the work package it came from, or None."""
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


def _picture(meta, fields, package):
    """The picture's address; its words go to ``fields``, its attachment to ``package``. Empty for none."""
    value = meta.get("featuredImage")
    said = dict(value) if isinstance(value, dict) else {"href": value}
    address = next((said.pop(name) for name in ("href", "src", "url") if not is_empty(said.get(name))), "")
    fields["picture_alt"] = _picture_words(meta, said, "alt", 500)
    fields["picture_credit"] = _picture_words(meta, said, "credit", 300)
    attachment = said.pop("wpAttachment", None)
    if package and not is_empty(attachment):
        package["attachments"] = plain(as_list(attachment))
    elif not is_empty(attachment):
        said["wpAttachment"] = attachment
    said.pop("href", None)
    if said:
        meta.keep("featuredImage", said)
    if not isinstance(address, str) or len(address) > _ADDRESS:
        meta.odd("featuredImage", value)
        return ""
    return address.strip()


def _picture_words(meta, said, name, limit):
    value = said.pop(name, None)
    return meta.cut(f"featuredImage.{name}", "" if is_empty(value) else str(value).strip(), limit)


def _picture_file(meta, address, options, found):
    """The picture's file, or empty for one that is missing or lies elsewhere. Refuses a path that climbs out."""
    if not address or is_remote(address):
        return ""
    parts = urlsplit(address)
    folders = (*options.media, found.static)
    try:
        return picture_file(address, folders) or picture_file(unquote(parts.path), folders)
    except Refused as refusal:
        raise Refused(refusal.reason, meta.line("featuredImage")) from refusal


def is_remote(address: str) -> bool:
    """Whether a picture's address leads to another site (or anywhere that is no path of ours)."""
    return address.startswith("//") or ":" in address.partition("/")[0]


def _offerings(meta):
    """``(role, names)`` of each offering, what the article is about first; and institutions that stand alone."""
    makers = meta.texts("institution", _NAME)
    about = _named(meta, "offering")
    if about and makers:
        about[0]["institution"] = makers[0]
    related = _named(meta, "relatedOfferings")
    return [("about", names) for names in about] + [("related", names) for names in related], makers


def _named(meta, name):
    items = [_one_named(item) for item in as_list(meta.get(name))]
    if None in items:
        meta.odd(name, meta.values[name])
    return [item for item in items if item]


def _one_named(item):
    """What ``offerings.importer.Named`` takes, from a mapping or a bare name; None where it names nothing usable."""
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


def _old_paths(meta, kind, date, slug):
    """The addresses that shall lead here: its aliases, and for an old post the one it had, by its day in UTC."""
    paths = []
    for alias in meta.texts("aliases", 100_000):
        path = urlsplit(alias).path
        if not path.strip("/") or len(path) > 900:
            meta.odd("aliases", meta.values["aliases"])
        elif ".." in path.split("/"):
            raise Refused(f"the alias “{alias[:80]}” climbs out of the site", meta.line("aliases"))
        else:
            paths.append(path if path.startswith("/") else f"/news/{path}")
    return paths + ([f"/post/{date:%Y/%m/%d}/{slug}/"] if kind == "post" and date else [])


def _leftovers(meta, options, brand):
    topics = [topic for topic in as_list(meta.values.get("categories")) if isinstance(topic, str)]
    kept = derive_leftovers(meta.values, options.section, topics, brand)
    return {name: plain(value) for name, value in kept.items()} | meta.leftovers
