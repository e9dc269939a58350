"""Documents that are no articles but entries of the catalogue: offerings, institutions and topics."""

from dataclasses import dataclass, field

from curation.importer.old_sites import kinds, visibility
from curation.text import entities, links, prose

from .files import DocumentRefused, Found
from .meta_values import Meta, Remark, is_empty

_NAME = 200
_NAMES = ("title", "name", "label")
_SUMMARIES = ("description", "summary", "excerpt", "standfirst")
_SITES = ("website", "homepage", "link", "site", "href")
_MAKERS = ("institution", "vendor", "company", "maker", "organization", "organisation")
_TOPICS = ("categories", "topics", "category")
_LONGEST = {kinds.OFFERING: 300, kinds.INSTITUTION: 200, kinds.TOPIC: 200}


@dataclass(slots=True)
class Entry:
    """One entry of the catalogue. ``names`` is what ``offerings.importer.Described`` takes."""

    shown: str
    path: str
    kind: str
    names: dict
    old_paths: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read(meta: Meta, kind: str, source: str, found: Found, seen: visibility.Visibility, old_paths: list[str]) -> Entry:
    """Return an entry from its document. Raises ``PassedOverError`` or ``DocumentRefused``.

    Passed over is one that is not for readers, refused one without a name.

    Its page's own text has no place in the catalogue: where no description stands, its opening becomes one.
    """
    if seen.wants != visibility.LIVE or seen.opens or seen.closes:
        words = next((words for _, words, _ in seen.reasons), "it has hours of its own")
        raise kinds.PassedOverError(f"{kind} that is not for readers, or not yet", words)
    name = " ".join(entities.unescape(meta.text(meta.first(*_NAMES), 100_000)).split())
    if not name or len(name) > _LONGEST[kind]:
        raise DocumentRefused(
            f"an entry ({kind}) needs a name of at most {_LONGEST[kind]} characters", meta.line("title") or 1
        )
    html = prose.body(source)
    if html:
        words = "the catalogue has no place for the text of a page; its opening may be its summary"
        meta.lose(f"text of an entry ({kind})", words)
    return Entry(found.shown, found.path, kind, _names(meta, kind, name, html), old_paths, meta.remarks)


def _names(meta, kind, name, html):
    summary = meta.text(meta.first(*_SUMMARIES), 10_000) or prose.standfirst(prose.text(html))
    makers = meta.texts(meta.first(*_MAKERS), _NAME) if kind == kinds.OFFERING else []
    return {
        "name": name,
        "permalink": _permalink(meta) if kind == kinds.OFFERING else "",
        "external_id": _number(meta) if kind == kinds.OFFERING else None,
        "topics": tuple(meta.texts(meta.first(*_TOPICS), _NAME)) if kind == kinds.OFFERING else (),
        "institution": makers[0] if makers else "",
        "summary": entities.unescape(summary),
        "website": _website(meta),
    }


def _permalink(meta):
    given = meta.find(meta.first("permalink", "url"))
    return given.strip() if isinstance(given, str) and len(given.strip()) <= 400 and ":" not in given else ""


def _number(meta):
    value = meta.find(meta.first("offeringId", "id"))
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 19:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63 else None


def _website(meta):
    """Return its own site, where the document names one that can be linked to."""
    name = meta.first(*_SITES)
    value = meta.find(name)
    if is_empty(value):
        return ""
    try:
        return links.cleaned(links.check(str(value))).url
    except links.LinkRefused:
        meta.odd(name, value)
        return ""
