"""Shapes that the readers' templates are given: plain, the same from an Edition and from an unsaved snapshot.

A shape holds words and addresses ready to print, so that a template asks nothing of the database and does no sums,
and the desk's preview is the real page. ``mark_safe`` never happens here: bodies arrive safe from ``prose``.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Link:
    """A label and the address it leads to."""

    label: str
    url: str
    count: int | None = None


@dataclass(slots=True)
class TopicChip:
    """One topic as readers meet it. ``hue`` is a CSS class, ``hue-0`` to ``hue-35``."""

    label: str
    url: str
    hue: str = "hue-17"
    taxonomy: str = ""


@dataclass(slots=True)
class Shown:
    """A picture or a drawn cover, ready for ``<picture>``.

    ``avif``, ``webp`` and ``jpeg`` are ``srcset`` values (empty where that format is not there yet); ``classes`` holds
    the quantised placeholder colour and focal point (``ph-0``…``ph-63``, ``fx-0``…``fx-20``, ``fy-0``…``fy-20`` in
    steps of 5 %). A cover is an SVG in ``src`` with no ``srcset``.
    """

    src: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    avif: str = ""
    webp: str = ""
    jpeg: str = ""
    classes: str = ""
    is_cover: bool = False


@dataclass(slots=True)
class Story:
    """A card or a row in a list. ``iso`` is the machine-readable date, ``day`` the words (“13 January 2023”)."""

    title: str
    url: str
    summary: str
    brand: str
    brand_url: str
    iso: str
    day: str
    minutes: int
    picture: Shown
    topics: list[TopicChip] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """A page on somebody else's site, as its card names it. ``role`` is ``main``, ``further`` or ``via``."""

    url: str
    brand: str
    brand_url: str
    title: str = ""
    site_name: str = ""
    favicon: str = ""
    role: str = "main"


@dataclass(slots=True)
class OfferingCard:
    """An offering beside an article, a topic or in a list; ``shared`` topics say why it is here, ``also`` what else."""

    name: str
    url: str
    letter: str
    hue: str = "hue-17"
    maker: str = ""
    maker_url: str = ""
    summary: str = ""
    logo: Shown | None = None
    shared: list[TopicChip] = field(default_factory=list)
    also: list[TopicChip] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """One article, whole: what ``curation/article_detail.html`` prints.

    ``standfirst`` is empty where it would only repeat the body's first words; ``summary`` never is, so feeds and social
    cards use that. ``filed`` groups the topic chips by taxonomy label, in the article's own order.
    """

    title: str
    url: str
    summary: str
    standfirst: str
    body: str
    masthead: str
    kind: str
    section: Link
    iso: str
    day: str
    minutes: int
    picture: Shown
    bylines: list[Link] = field(default_factory=list)
    topics: list[TopicChip] = field(default_factory=list)
    filed: list[tuple[str, list[TopicChip]]] = field(default_factory=list)
    source: Source | None = None
    further: list[Source] = field(default_factory=list)
    via: Source | None = None
    about: list[OfferingCard] = field(default_factory=list)
    related: list[OfferingCard] = field(default_factory=list)
    more: list[Story] = field(default_factory=list)
    earlier: Link | None = None
    later: Link | None = None
    updated_iso: str = ""
    updated: str = ""
    update_note: str = ""
    insights_name: str = ""
    insights: str = ""
    pdf: Link | None = None


@dataclass(slots=True)
class Paging:
    """Pages before and after this one of a list.

    Pages are numbered inside one month, so an old page never moves; no total is counted. ``numbers`` holds a Link for
    each page of a known-length list, or nothing where the length is not known.
    """

    number: int = 1
    newer: Link | None = None
    older: Link | None = None
    numbers: list[Link] = field(default_factory=list)
