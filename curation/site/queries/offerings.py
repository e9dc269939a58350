"""Offerings as readers meet them: cards and pages."""

from collections import namedtuple
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, Exists, OuterRef, QuerySet

from curation.models import EditionOffering
from curation.site.shapes import Link, OfferingCard, Shown, TopicChip
from curation.sql import compiled_queries
from curation.text import addresses
from offerings import slugs
from offerings.models import Offering, OfferingTopic

from . import cards
from .topics import TopicPage

#: The columns of an offering that its card shows, each under the name by which it is asked for.
Row = namedtuple("Row", "pk name slug summary logo institution__name institution__slug")
#: The columns of a topic it is filed under, as ``cards.chip`` takes them.
_FILED = ("tag__label", "tag__slug", "tag__taxonomy__hue", "tag__taxonomy__name")


def of_edition(edition: int, shared: list[TopicChip]) -> list[tuple[str, OfferingCard]]:
    """Return the offerings of an Edition in its order, each with its role and its topics. One query."""
    here, found = {topic.url for topic in shared}, {}
    for role, *columns in compiled_queries.rows(("offerings of",), _of_edition, edition=edition):
        row, topic = _parted(columns)
        found.setdefault((role, row), []).extend(topic)
    return [(role, _card(row, chips, here)) for (role, row), chips in found.items()]


def _of_edition(edition):
    rows = EditionOffering.objects.filter(edition=edition).order_by("position", "offering__offering_topics__position")
    topics = (f"offering__offering_topics__{name}" for name in _FILED)
    return rows.values_list("role", *(f"offering__{name}" for name in Row._fields), *topics)


def _parted(columns) -> tuple[Row, list[TopicChip]]:
    """Return an offering and the topic beside it, if there is one."""
    row, topic = Row._make(columns[: len(Row._fields)]), columns[len(Row._fields) :]
    return row, [cards.chip(*topic)] if topic[_FILED.index("tag__slug")] is not None else []


def rows_in(offerings: QuerySet) -> list[Row]:
    """Return what cards show of a queryset of offerings, in its order. One query."""
    return [Row._make(columns) for columns in offerings.values_list(*Row._fields)]


def cards_in(offerings: QuerySet, *, shared=()) -> list[OfferingCard]:
    """Return the cards of a queryset of offerings, in its order. Two queries."""
    return cards_of(rows_in(offerings), shared=shared)


def cards_of(rows: list[Row], *, shared=()) -> list[OfferingCard]:
    """Return cards in the order of their rows: ``shared`` topics first, the rest as “also”. One query."""
    topics = OfferingTopic.objects.filter(content_object__in=[row.pk for row in rows])
    ordered = topics.order_by("content_object", "position").values_list("content_object_id", *_FILED)
    filed, here = cards.chips_by_owner(ordered), {topic.url for topic in shared}
    return [_card(row, filed.get(row.pk, []), here) for row in rows]


def _card(row, filed, here) -> OfferingCard:
    return OfferingCard(
        row.name,
        slugs.offering_address(row.slug),
        row.name[:1].upper(),
        filed[0].hue if filed else "hue-17",
        row.institution__name or "",
        slugs.institution_address(row.institution__slug) if row.institution__slug else "",
        row.summary,
        Shown(addresses.media(row.logo), 88, 88) if row.logo else None,
        [topic for topic in filed if topic.url in here],
        [topic for topic in filed if topic.url not in here],
    )


NEWLY = 4


def connected(at) -> list[OfferingCard]:
    """Return the newest offerings that a live Edition names. Two queries, kept ready."""
    return cards_of([Row._make(columns) for columns in compiled_queries.rows(("connected",), _connected, at=at)])


def _connected(at):
    named = EditionOffering.objects.live(at).filter(offering=OuterRef("pk"))
    return Offering.objects.in_use().filter(Exists(named)).order_by("-pk").values_list(*Row._fields)[:NEWLY]


@dataclass(slots=True)
class OfferingPage(OfferingCard):
    """One offering, whole. ``filed`` groups its topics by taxonomy."""

    pk: int = 0
    website: Link | None = None
    filed: list[tuple[str, list[TopicChip]]] = field(default_factory=list)


def find(slug: str) -> OfferingPage | None:
    """Return the offering at ``/offering/<slug>/``, or None. Two queries."""
    found = Offering.objects.filter(slug=slug).values_list(*Row._fields, "website").first()
    if found is None:
        return None
    *columns, website = found
    row = Row._make(columns)
    (card,) = cards_of([row])
    maker = Link(card.maker, card.maker_url) if card.maker else None
    whole = {name: getattr(card, name) for name in ("name", "url", "letter", "hue", "summary", "logo", "also")}
    filed = cards.by_taxonomy(card.also)
    return OfferingPage(**whole, maker=maker, pk=row.pk, website=cards.outward(website), filed=filed)


def near(page: OfferingPage, most: int = 4) -> list[OfferingCard]:
    """Return other offerings that share its topics, those that share most first. Two queries."""
    mine = OfferingTopic.objects.filter(content_object=page.pk).values("tag")
    others = Offering.objects.in_use().exclude(pk=page.pk).filter(offering_topics__tag__in=mine)
    closest = others.annotate(common=Count("pk")).order_by("-common", "name")[:most]
    return cards_in(closest, shared=page.also)


def about(page: TopicPage, most: int = 6) -> list[OfferingCard]:
    """Return offerings filed under a topic, by name, with what else they are filed under. One query."""
    rows = compiled_queries.rows(("offerings about", most), partial(_about, most), topic=page.pk)
    found = {}
    for row, topic in map(_parted, rows):
        found.setdefault(row, []).extend(topic)
    return [_card(row, [topic for topic in filed if topic.url != page.url], set()) for row, filed in found.items()]


def _about(most, topic):
    filed = OfferingTopic.objects.filter(tag=topic, content_object__retired=False).order_by("content_object__name")
    rows = OfferingTopic.objects.filter(content_object__in=filed.values("content_object")[:most])
    columns = (*(f"content_object__{name}" for name in Row._fields), *_FILED)
    return rows.order_by("content_object__name", "content_object", "position").values_list(*columns)
