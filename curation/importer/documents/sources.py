"""Sources of a document: its main one, further ones, and who pointed to it."""

from dataclasses import dataclass, field

from curation.text import links

from .files import DocumentRefused
from .meta_values import Meta, as_list, is_empty, plain

_LABEL, _TITLE, _SITE = 300, 1000, 300
_METADATA = ("openGraphMetaData", "twitterMetaData", "htmlMetaData", "favIconImage")


@dataclass(slots=True)
class Source:
    """A link of a document: the columns of its ``SourceLink``, and how the document uses it."""

    role: str
    label: str
    columns: dict = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The duplicate key, by which the link is found again."""
        return self.columns["key"]


def read(meta: Meta) -> list[Source]:
    """Return the sources in order, the main one first, ``via`` last. Refuses a link that is no web address."""
    found = [_source(meta, pair, "link") for pair in _addresses(meta)]
    if found:
        _describe(meta, found[0].columns)
    else:
        for name in _METADATA:
            if name in meta.values:
                meta.keep(name, meta.values[name])
    return found + _via(meta)


def _addresses(meta):
    """Return ``(original, href)`` of each source, as the document gives them."""
    items = as_list(meta.get("link"))
    outer = tuple(_address(meta, name) for name in ("original", "href"))
    pairs = [_pair(meta, item) for item in items] or [outer]
    if items and any(outer) and outer != pairs[0]:
        for name, address, known in zip(("original", "href"), outer, pairs[0], strict=True):
            if address != known:
                meta.keep(name, address)
    return [pair for pair in pairs if any(pair)]


def _address(meta, name):
    value = meta.get(name)
    if value is not None and not isinstance(value, str):
        meta.odd(name, value)
        return ""
    return (value or "").strip()


def _pair(meta, item):
    if not isinstance(item, dict):
        return str(item).strip(), ""
    known = [str(item.get(name) or "").strip() for name in ("original", "href")]
    rest = {name: value for name, value in item.items() if name not in ("original", "href", "brand")}
    brand = item.get("brand")
    if not is_empty(brand) and brand != links.brand(known[1] or known[0]):
        rest["brand"] = brand
    if rest:
        meta.keep("link", rest)
    return tuple(known)


def _source(meta, pair, name, role="source", label=""):
    """Return a source from its address as pasted and, if another, as the document had it cleaned or resolved."""
    original, href = pair
    try:
        pasted = links.check(original or href)
        resolved = links.check(href) if href and href != original else ""
    except links.LinkRefused as refusal:
        raise DocumentRefused(f"“{name}”: {refusal}", meta.line(name)) from refusal
    clean = links.cleaned(pasted)
    if resolved and (further := links.cleaned(resolved)).url != clean.url:
        clean = further
    else:
        resolved = ""
    columns = {"pasted": pasted, "resolved": resolved, "cleaned": clean.url}
    columns["key"], columns["brand"] = clean.key, links.brand(clean.url)
    if max(len(columns["key"]), len(columns["cleaned"])) > links.MAX_LENGTH or len(columns["brand"]) > 255:
        raise DocumentRefused(f"“{name}” is too long a link to be kept", meta.line(name))
    if href and href != columns["cleaned"]:
        meta.keep(name if name != "link" else "href", href)
    return Source(role, label, columns)


def _describe(meta, columns):
    """Keep what the page says of itself, whole; its title, site and canonical address in columns of their own."""
    metadata = {name: meta.values[name] for name in _METADATA if not is_empty(meta.values.get(name))}
    for name in _METADATA:
        if name in meta.values and name not in metadata:
            meta.keep(name, meta.values[name])
    said = metadata.get("openGraphMetaData")
    said = said if isinstance(said, dict) else {}
    canonical = said.get("ogurl")
    columns["metadata"] = plain(metadata)
    columns["title"] = _words(said, "ogtitle", _TITLE)
    columns["site_name"] = _words(said, "ogsite_name", _SITE)
    columns["canonical"] = canonical if isinstance(canonical, str) and links.is_web(canonical) else ""


def _words(said, name, limit):
    value = said.get(name)
    return "" if is_empty(value) or isinstance(value, dict | list) else str(value).strip()[:limit]


def _via(meta):
    """Return who pointed to the story: a link with a name; a name alone is kept, for there is nowhere to lead."""
    label, address = meta.text("via", _LABEL).strip(), _address(meta, "viaLink")
    if not address and links.is_web(label):
        label, address = "", label
    if address:
        return [_source(meta, (address, ""), "viaLink", "via", label)]
    if label:
        meta.keep("via", meta.values["via"])
    return []
