"""Names of a page's site, and other ways to write them."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from curation.text import links
from offerings.text.kept import kept

from .addresses import absolute, is_home
from .linked_data import text_of, types_of
from .markup.words import text_within
from .page import Page, first
from .wording import each, line, parts, separators, squashed

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)\s*(?:©|\(c\))?\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–,]\s*(?:\d{4}|present))?)?"
    r"[\s,.:]*(?:by\s+)?([A-Z][^©|•·\n]{1,80})",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s*(?:[.|,;–—]\s|\s-\s|\.$|all rights|inc\b|llc\b|ltd\b|\d{4}|terms|privacy).*", re.IGNORECASE
)
_SMALL = frozenset(each("the a an of and for in on at to & by de la le der die das und"))
_SECOND_LEVEL = frozenset(each("co com org net ac gov edu nhs"))
_WWW = re.compile(r"www\d*")
_NO_NAME = frozenset(
    each(
        "newscenter newscentre mediacenter mediacentre mediaroom pressroom presscenter newsandevents newsandmedia"
        " home blog news website site untitled wordpress default index homepage mysite newsroom fulltext abstract"
        " article articles insights resources press pressrelease pressreleases latestnews"
    )
)
_OF_TAGLINES = ("tagline", "site-description", "slogan", "strapline")
_HOME = re.compile(r"(?:(?:https?:)?//[^/?#]+)?/?(?:(?:index|default)\.\w+|home|en)?/?", re.IGNORECASE)
_HOUSES = ("organization", "corporation", "hospital", "localbusiness")
_FEED = re.compile(r"\s*(?:[»|–-]\s*)?(?:rss|atom|feed|comments?|blog|news|search)?(?:\s+(?:feed|2\.0|rss))?$", re.I)
_HOMELY = re.compile(r"\s*(?:[:|–—-]\s*)?\b(?:home\s?page|home|logo)$|^(?:go\s+to\s+|back\s+to\s+)", re.IGNORECASE)
_DOMAIN = re.compile(r"\.(?:com|org|net|edu|gov|io|co|news|health|info|example)(?:\.[a-z]{2})?$", re.IGNORECASE)


_FOOT = 4_000  # characters at the end of a page among which its owner is named
_MOST_ENDS = 200  # elements that hold them
_HEADER = 60_000  # characters of a body among which its site presents itself


def publisher(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the names the page's publisher may have, each with its origin, the likeliest first.

    What the page shows is searched only if it tells programs nothing.
    """
    host = page.brand
    found = ((name, origin) for name, origin in _told(page, host) if _is_name(name))
    first = next(found, None) or next(_shown(page, host), None)
    if first is not None and first[0].lower() == host:  # an address is no name where there is one
        first, *found = sorted([first, *found], key=lambda one: not _is_name_of(host, *one))
    yield from () if first is None else (first,)
    yield from found
    yield host, "page"
    yield from _handles(page)


def _shown(page: Page, host: str) -> Iterator[tuple[str, str]]:
    """Yield what a page that tells no name may be called: what is like its host, its handle, who has rights."""
    handles = [(name, origin) for name, origin in _handles(page) if _is_name(name)]
    lines = [] if any(is_like(name, [host]) for name, _ in handles) else [*filter(_is_name, _copyright(page))]
    yield from ((name, "page") for name in lines if is_like(name, [host]))
    yield from handles
    yield from ((name, "page") for name in lines or filter(_is_name, _copyright(page)))


def _is_name_of(host: str, name: str, origin: str) -> bool:
    return origin != "Twitter" and name.lower() != host and is_like(name, [host])


def _is_name(name: str) -> bool:
    if name.startswith("@"):
        return False
    return 1 < len(name) <= 120 and squashed(name) not in _NO_NAME and "//" not in name


def _told(page: Page, host: str) -> Iterator[tuple[str, str]]:
    for value, origin in page.values("og:site_name", "og:sitename", "citation_journal_title", "prism.publicationname"):
        yield line(value), origin
    yield from ((name, "JSON-LD") for name in _published_by(page))
    yield from ((line(value), "page") for value in page.item_values("publisher"))
    for value, origin in page.values(
        "application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_publisher"
    ):
        yield line(value), origin
    yield from ((name, "page") for name in endings(page) if is_like(name, [host]))
    yield from (
        (name, "page") for name in _of_house(page) if is_like(name, [host]) and squashed(name) != squashed(host)
    )
    yield from ((name, "page") for name in _beside_heading(page, host))
    for value, origin in page.values("publisher", "blog-name", "al:ios:app_name", "twitter:app:name:iphone"):
        yield line(value), origin


def _handles(page: Page) -> Iterator[tuple[str, str]]:
    """Yield how the site calls itself elsewhere: a handle is no name, so it is no publisher where a host is known."""
    yield from ((_spoken(value), origin) for value, origin in page.values("twitter:site") if not value.isdigit())


def _published_by(page: Page) -> Iterator[str]:
    """Yield the publishers JSON-LD names: the stories' first, then the site's own things."""
    things = page.data.things
    for thing in things:
        yield from page.data.names(thing.get("publisher"))
    for thing in things:
        if types_of(thing) & {"website", "newsmediaorganization"}:
            yield from page.data.names(thing)


def _of_house(page: Page) -> Iterator[str]:
    """Yield what the page calls its house: in JSON-LD, in its feeds' titles, in links to the front page."""
    for thing in page.data.things:
        if any(kind.endswith(_HOUSES) for kind in types_of(thing)):
            yield from page.data.names(thing)
    for link in page.hrefs("alternate", "search"):
        if "xml" in link.get("type", "") and (said := line(link.get("title", ""))):
            yield _FEED.sub("", parts(said)[0])
    for link in islice(page.tree.iter("a"), 40):
        if _leads_home(page, (link.get("href") or "").strip()):
            pictures = (picture.get("alt") or "" for picture in link.iter("img"))
            said = first(map(line, (*islice(link.itertext(), 20), link.get("title") or "", *pictures)))
            name = _HOMELY.sub("", said).strip()
            yield name
            yield re.split(r":\s|\s[|–—-]\s", name)[0]


def _leads_home(page: Page, href: str) -> bool:
    if not href or not _HOME.fullmatch(href):
        return False
    address = absolute(href, page.base)
    return bool(address) and is_home(address) and links.brand(address) == page.brand


def _beside_heading(page: Page, host: str) -> list[str]:
    """Return what the title adds to the story's heading, what is like the host first; a name has no digits."""
    told = {squashed(words) for words in page.heading_words}
    told |= {squashed(line(value)) for value, _ in page.values("og:title")}
    added = [name for name in _added(page.titles[:1], told) if len(name) <= 60 and not any(map(str.isdigit, name))]
    return sorted(added, key=lambda name: not is_like(name, [host]))


def _added(titles: list[str], told: set[str]) -> Iterator[str]:
    """Yield what stands behind a title that is told elsewhere, the last first, or before it."""
    for title in titles:
        for place in separators(title):
            before, after = title[: place.start()], title[place.end() :]
            if squashed(before) in told and len(before.split()) > 2:
                yield from reversed(parts(after))
                return
            if squashed(after) in told and len(after.split()) > 2:
                yield from parts(before)
                return


def _spoken(handle: str) -> str:
    handle = line(handle)
    return handle.rpartition("/")[2].removeprefix("@") if handle.startswith(("@", "http")) else handle


def _copyright(page: Page) -> Iterator[str]:
    """Yield the name on the copyright line, looked for at the end of the page."""
    ends = [*page.tree.iter("footer", "small", "address"), *islice(_feet(page), 10)]
    for found in _COPYRIGHT.finditer(line(_last_words(ends[-_MOST_ENDS:]))):
        if name := _AFTER_NAME.sub("", line(found[1])).strip(" .,-"):
            yield name


def _last_words(ends: list[etree._Element]) -> str:
    """Return the last characters within some elements, of which one may hold another."""
    said = ""
    for one in reversed(ends):
        said = f"{text_within(one)[-_FOOT:]} {said}"
        if len(said) > _FOOT:
            break
    return said[-_FOOT:]


def _feet(page: Page) -> Iterator[etree._Element]:
    """Yield the elements whose class or id speaks of the page's foot, of rights or of the law."""
    for element in page.tree.iter("div", "p", "span", "section"):
        borne, named = element.get("class", ""), element.get("id", "")
        is_foot = element.tag == "div" and ("footer" in borne or "footer" in named)
        if is_foot or "opyright" in borne or "legal" in borne or "opyright" in named:
            yield element


def taglines(page: Page) -> Iterator[str]:
    """Yield what the page says of its site and of no story: in JSON-LD, beside the logo, in its title."""
    for thing in page.data.things:
        kinds = types_of(thing)
        if kinds & {"website", "newsmediaorganization"} or any(kind.endswith(_HOUSES) for kind in kinds):
            yield from (text_of(thing, key) for key in ("description", "slogan", "abstract"))
    header = page.kept[page.begun : page.begun + _HEADER]
    if any(word in header for word in _OF_TAGLINES):  # most pages show none, and asking each element is slow
        yield from map(text_within, islice(filter(_is_tagline, page.tree.iter()), 5))
    for title in page.titles[:1]:
        yield from parts(title)[1:]


def _is_tagline(element: etree._Element) -> bool:
    borne = element.get("class")
    return any(word in borne for word in _OF_TAGLINES) if borne else element.get("id") in _OF_TAGLINES


def endings(page: Page) -> Iterator[str]:
    """Yield what stands after the last separator of the page's titles, or a short title without one."""
    for title in [*page.titles, *(line(value) for value, _ in page.values("og:title", "twitter:title"))]:
        places = separators(title)
        if places or len(title.split()) < 5:
            yield title[places[-1].end() :] if places else title


def names(page: Page) -> list[str]:
    """Return every name by which the site may add itself to a title: given names and the host."""
    said = [value for value, _ in page.values("og:site_name", "application-name", "apple-mobile-web-app-title")]
    said += [_spoken(value) for value, _ in page.values("twitter:site", "citation_journal_title", "citation_publisher")]
    said += _published_by(page)
    said += [page.brand, *map(links.brand, dict.fromkeys(one for one in _declared(page) if one != page.url))]
    return [name for name in map(line, said) if squashed(name)]


def _declared(page: Page) -> Iterator[str]:
    yield first(value for value, _ in page.values("og:url"))
    yield first(link.get("href") for link in page.hrefs("canonical"))


def is_name(text: str, known: list[str]) -> bool:
    """Return whether a text is just one of these names."""
    return _bare(text) in map(_bare, known)


@kept(kilobytes=128)
def _bare(name: str) -> str:
    """Return the letters of a name without what the name of a domain ends in."""
    return squashed(_DOMAIN.sub("", name))


def is_like(name: str, known: list[str]) -> bool:
    """Return whether a name is one of these, or a shorter or longer way to write one of them.

    ``The Example Times`` is like ``example-times.org``, ``extimes.org`` and ``et.example``.
    """
    wanted = _bare(name) if len(name) <= 80 else ""
    if not wanted:
        return False
    return any(_is_like_one(name, wanted, one) for one in known)


def _is_like_one(name: str, wanted: str, known: str) -> bool:
    if "." in known and " " not in known:
        return _is_like_host(name, wanted, known.lower())
    other = squashed(known)
    shorter, longer = sorted((wanted, other), key=len)
    if len(shorter) < 3 or shorter not in longer:
        return other == wanted
    if longer == other and other.startswith(shorter):
        return len(shorter) * 4 >= len(longer)
    return _is_most(shorter, longer, name)


def _is_most(part: str, whole: str, name: str) -> bool:
    """Return whether a name is so much of another that the rest is an addition; a sentence is no name."""
    return len(part) * (3 if len(name.split()) <= 3 else 2) >= len(whole)


def _is_like_host(name: str, wanted: str, host: str) -> bool:
    labels = _labels(host)
    whole = "".join(labels)
    if wanted in {whole, squashed(host)} or wanted.removeprefix("the") in labels or wanted in labels:
        return True
    core = max(labels, key=len)
    if len(core) >= 4 and core in wanted and _is_most(core, wanted.removeprefix("the"), name):
        return True
    if len(wanted) >= 3 and core.startswith(wanted):
        return True
    words = [squashed(word) for word in name.split() if word.lower() not in _SMALL]
    return any(_spells(words, label) for label in labels) or _are_labels(words, labels)


@kept(kilobytes=64)
def _labels(host: str) -> tuple[str, ...]:
    """Return the labels of a host that say something: not ``www``, not what it ends in."""
    labels = host.split(".")[:-1] or [host]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return tuple(squashed(label) for label in labels if not _WWW.fullmatch(label)) or (squashed(host),)


def _are_labels(words: list[str], labels: tuple[str, ...]) -> bool:
    return len(words) > 1 and all(word in labels for word in words)


def _spells(words: list[str], label: str) -> bool:
    """Return whether a label is put together of the beginnings of all these words, in their order."""
    ends = {0}
    for word in words[:12]:
        ends = {
            end + length for end in ends for length in range(1, len(word) + 1) if label.startswith(word[:length], end)
        }
    return len(words) > 1 and len(label) > 1 and len(label) in ends
