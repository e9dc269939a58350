"""Queries of readers' pages: live Editions, few and narrow, given in the shapes that templates take.

Lists find their ids first and then read only the columns that cards show. Nothing here depends on how many Editions
there are: indexes give the order, and nothing counts.
"""

from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from curation import images
from curation.models import Edition, EditionOffering, EditionTopic
from curation.models.edition import address_of
from curation.models.people import section as section_of
from curation.publishing import visibility
from curation.sql import compiled_queries
from curation.text import addresses, dates, links, prose
from offerings import slugs
from offerings.models import Offering, OfferingTopic, Topic

from .shapes import Link, OfferingCard, Page, Paging, Shown, Source, Story, TopicChip

PAGE = 20


#: The columns of an Edition that a card or a row in a list shows, each under the name by which it is asked for.
Card = namedtuple(
    "Card",
    "pk section_id slug title summary source_brand first_published_at dated_day minutes article_id "
    "cover picture_alt picture_credit focus_x focus_y "
    "picture__state picture__name picture__width picture__height picture__colour picture__widths",
)
#: From here on the columns are those of its picture.
_SHOT = Card._fields.index("cover")


def chip(label, slug, hue, taxonomy) -> TopicChip:
    """Return a topic as readers meet it, from its columns."""
    return TopicChip(label, slugs.topic_address(slug), f"hue-{hue}", taxonomy or "Topics")


_CHIP = ("topic__label", "topic__slug", "topic__taxonomy__hue", "topic__taxonomy__name")


def shown(cover, alt, credit, focus_x, focus_y, state, name, width, height, colour, widths) -> Shown:
    """Return the picture of an Edition, or where there is none to show yet, its drawn cover."""
    if state != "ready" or not widths.get("jpeg"):
        return Shown(addresses.cover(cover), 1200, 750, is_cover=True)
    return picture(name, width, height, colour, widths, alt=alt, credit=credit, focus=(focus_x, focus_y))


def _file(name, step, form):
    """Return the address of one rendition of a picture."""
    return addresses.media(images.rendition_name(name, step, form))


def picture(name, width, height, colour, widths, *, alt="", credit="", focus=(50, 50)) -> Shown:
    """Return a ready picture with an address for each format and width it has been made in."""
    sets = {
        form: ", ".join(f"{_file(name, step, form)} {step}w" for step in widths.get(form, ()))
        for form in ("avif", "webp", "jpeg")
    }
    largest = max(widths["jpeg"])
    place = images.focus(focus[0] / 100, focus[1] / 100) if focus != (50, 50) else ""
    source = _file(name, largest, "jpeg")
    return Shown(source, width, height, alt, credit, **sets, classes=f"ph-{colour} {place}".rstrip())


def cards(ids, start: int, most: int, *, topics: int | None = 2) -> list[Story]:
    """Return the stories of a list (``lists.Ids``, or a queryset of ids) from ``start``, each with its first topics.

    Ids come from an index, the columns then from the few rows shown. Two queries, kept ready for a ``lists.Ids``.
    """
    if isinstance(ids, QuerySet):
        rows = list(_cards(ids, start, most))
        chips = _grouped(_topics([pk for pk, *_ in rows], topics))
    else:
        key, given = (ids.build, start, most), ids.given
        rows = compiled_queries.rows(("cards", *key), lambda **given: _cards(ids.build(**given), start, most), **given)
        filed = compiled_queries.rows(
            ("topics", *key, topics), lambda **given: _topics(ids.build(**given)[start : start + most], topics), **given
        )
        chips = _grouped(filed)
    return [_story(card, chips.get(card.pk, [])) for card in map(Card._make, rows)]


def _cards(ids, start, most):
    """Return card columns of the Editions in a slice of ids, newest first."""
    return Edition.objects.filter(pk__in=ids[start : start + most]).newest_first().values_list(*Card._fields)


def _topics(editions, most):
    """Return rows of Edition id and topic columns, each Edition's topics in their order."""
    rows = EditionTopic.objects.filter(edition__in=editions)
    if most:
        rows = rows.filter(position__lt=most)
    return rows.order_by("edition_id", "position").values_list("edition_id", *_CHIP)


def _grouped(rows) -> dict[int, list[TopicChip]]:
    """Return topics by Edition id."""
    found = defaultdict(list)
    for edition, *columns in rows:
        found[edition].append(chip(*columns))
    return found


def _story(card: Card, chips) -> Story:
    here = dates.local(card.first_published_at)
    return Story(
        card.title,
        address_of(card.section_id, card.slug),
        card.summary,
        card.source_brand,
        addresses.source(card.source_brand),
        dates.machine(here, is_day=card.dated_day),
        dates.day(here),
        card.minutes,
        shown(*card[_SHOT:]),
        chips,
    )


def page_of_list(ids, number: int, address, *, topics: int | None = 2) -> tuple[list[Story], Paging]:
    """Return page ``number`` of a list of ids, and where it goes on; ``address(number)`` gives a page's address.

    One Edition more than shown is looked for, so nothing has to be counted. Two queries.
    """
    stories = cards(ids, (number - 1) * PAGE, PAGE + 1, topics=topics)
    more = len(stories) > PAGE
    newer = Link("Newer briefs", address(number - 1)) if number > 1 else None
    return stories[:PAGE], Paging(number, newer, Link("Older briefs", address(number + 1)) if more else None)


# One article, whole --------------------------------------------------------------------------------------------------

_WHOLE = (
    "standfirst",
    "bylines",
    "sources",
    "pdf",
    "insights_name",
    "insights",
    "updated_at",
    "update_note",
    "primary",
    "body",
)


def article(section: int, slug: str, at=None) -> Page | None:
    """Return the live article of a section (its id) at a slug, with offerings and neighbours; None where none is live.

    Four queries: the Edition, its neighbours under its primary topic, the topics of both, its offerings.
    """
    at = at or timezone.now()
    rows = compiled_queries.rows(("article",), _article, section=section, slug=slug, at=at)
    if not rows:
        return None
    width = len(Card._fields)
    card, whole = Card._make(rows[0][:width]), dict(zip(_WHOLE, rows[0][width:], strict=True))
    beside = {"topic": whole["primary"] or 0, "article": card.article_id, "first": card.first_published_at, "at": at}
    around = [Card._make(row) for row in compiled_queries.rows(("around",), _around, **beside)]
    together = dict.fromkeys(_TOGETHER, 0) | dict(
        zip(_TOGETHER, [card.pk, *(other.pk for other in around)], strict=False)
    )
    topics = _grouped(compiled_queries.rows(("topics together",), _topics_together, **together))
    mine = topics.get(card.pk, [])
    return _page(card, whole, topics, around, offerings_of(card.pk, mine))


def _article(section, slug, at):
    primary = EditionTopic.objects.filter(edition=OuterRef("pk"), position=0).values("topic")
    found = Edition.objects.live(at).filter(section=section, slug=slug).annotate(primary=Subquery(primary))
    return found.values_list(*Card._fields, *_WHOLE)


def _neighbour_ids(topic, article, first, at):
    """Return the newest under ``topic``, and those just before and just after this one, as three small queries of ids.

    Many share one instant (a day is kept as its noon), so articles settle who comes first, as in every list.
    """
    filed = EditionTopic.objects.live(at).filter(topic=topic).exclude(edition__article=article)
    newest_first = filed.newest_first().values("edition")
    oldest_first = filed.order_by("first_published_at", "edition__article_id").values("edition")
    same = Q(first_published_at=first)
    return (
        newest_first[:3],
        newest_first.filter(first_published_at__lte=first).exclude(same, edition__article_id__gt=article)[:1],
        oldest_first.filter(first_published_at__gte=first).exclude(same, edition__article_id__lt=article)[:1],
    )


def _around(**beside):
    newest, before, after = _neighbour_ids(**beside)
    found = Edition.objects.filter(Q(pk__in=newest) | Q(pk__in=before) | Q(pk__in=after))
    return found.newest_first().values_list(*Card._fields)


def _topics_together(**editions):
    return _topics(list(editions.values()), None)


#: This article, three of the newest, the one before and the one after.
_TOGETHER = [f"edition{place}" for place in range(6)]


def _page(card, whole, topics, around, offerings) -> Page:
    mine, section = topics.get(card.pk, []), section_of(card.section_id)
    story = _story(card, mine)
    sources = [_source(words) for words in whole["sources"] if links.may_follow(words["url"])]
    plain = [source for source in sources if source.role == "source"]
    older = next((other for other in around if _place(other) < _place(card)), None)
    newer = next((other for other in reversed(around) if _place(other) > _place(card)), None)
    return Page(
        title=story.title,
        url=story.url,
        summary=story.summary,
        standfirst=whole["standfirst"],
        body=prose.safe(whole["body"]),
        masthead=section.masthead,
        kind=section.kind,
        section=Link(section.name, section.base_path),
        iso=story.iso,
        day=story.day,
        minutes=story.minutes,
        picture=story.picture,
        bylines=[Link(author["name"], links.followed(author["url"])) for author in whole["bylines"]],
        topics=mine,
        filed=by_taxonomy(mine),
        source=plain[0] if plain else None,
        further=plain[1:],
        via=next((source for source in sources if source.role == "via"), None),
        about=[offering for role, offering in offerings if role == "about"],
        related=[offering for role, offering in offerings if role != "about"],
        more=[_story(other, topics.get(other.pk, [])[:2]) for other in around[:3]],
        earlier=older and _link(older),
        later=newer and _link(newer),
        insights_name=whole["insights_name"],
        insights=prose.safe(prose.clean(whole["insights"])),  # Editions of before it was cleaned on the way in
        pdf=outward(whole["pdf"], "Read the document (PDF)"),
        **_update(whole, card.first_published_at),
    )


def proof(edition: Edition, topics: list[int], offerings: list[tuple[int, str]]) -> tuple[Page, Story]:
    """Return the page and card of an unsaved Edition, filed under these topics, with these offerings and roles.

    Six queries: its topics, offerings and theirs, neighbours and theirs.
    """
    card = Card._make(_reached(edition, name) for name in Card._fields)
    whole = {name: _reached(edition, name) for name in _WHOLE if name != "primary"}
    known = {row[0]: chip(*row[1:]) for row in Topic.objects.filter(pk__in=topics).values_list("pk", *_PLAIN_CHIP)}
    mine = [known[pk] for pk in topics if pk in known]
    beside = {
        "topic": next(iter(topics), 0),
        "article": card.article_id,
        "first": card.first_published_at,
        "at": edition.live_from,
    }
    around = [Card._make(row) for row in compiled_queries.rows(("around",), _around, **beside)]
    filed = _grouped(_topics([other.pk for other in around], None)) | {None: mine}
    named = {row[0]: row for row in Offering.objects.filter(pk__in=dict(offerings)).values_list(*_OFFERING)}
    kept = [(pk, role) for pk, role in offerings if pk in named]
    cards = offering_cards([named[pk] for pk, _ in kept], shared=mine)
    page = _page(card, whole, filed, around, [(role, card) for (_, role), card in zip(kept, cards, strict=True)])
    return page, _story(card, mine)


def _reached(edition, name):
    """Return the value of an Edition's column, or of what it refers to (``section__name``); None where that is not."""
    thing = edition
    for part in name.split("__"):
        thing = getattr(thing, part) if thing is not None else None
    return thing


_PLAIN_CHIP = ("label", "slug", "taxonomy__hue", "taxonomy__name")


def _place(card):
    """Return where an Edition stands in the order of every list."""
    return card.first_published_at, card.article_id


def _update(whole, first):
    """Return when and why it was changed after publication; nothing where that was the same day and has no note."""
    changed = whole["updated_at"]
    if changed is None or (dates.local(changed).date() <= dates.local(first).date() and not whole["update_note"]):
        return {}
    return {
        "updated_iso": dates.machine(changed, is_day=False),
        "updated": dates.day(dates.local(changed)),
        "update_note": whole["update_note"],
    }


def outward(address: str, label: str = "") -> Link | None:
    """Return a link out of the site; None for an address to which readers may not be sent."""
    return Link(label or links.brand(address), address) if address and links.may_follow(address) else None


def _source(words) -> Source:
    own = {name: words[name] for name in ("url", "brand", "title", "site_name", "role")}
    return Source(**own, brand_url=addresses.source(words["brand"]), favicon=addresses.media(words["favicon"]))


def _link(card) -> Link:
    """Return the title of a card's article, and where it is."""
    return Link(card.title, address_of(card.section_id, card.slug))


def by_taxonomy(chips) -> list[tuple[str, list[TopicChip]]]:
    """Return topics grouped by their taxonomy's label, groups and topics in the order they came."""
    groups = {}
    for topic in chips:
        groups.setdefault(topic.taxonomy, []).append(topic)
    return list(groups.items())


# Offerings -----------------------------------------------------------------------------------------------------------

_OFFERING = ("pk", "name", "slug", "summary", "logo", "institution__name", "institution__slug")


_FILED = ("tag__label", "tag__slug", "tag__taxonomy__hue", "tag__taxonomy__name")


def offerings_of(edition: int, shared: list[TopicChip]) -> list[tuple[str, OfferingCard]]:
    """Return the offerings of an Edition in its order, each with its role and its topics. One query."""
    here, found = {topic.url for topic in shared}, {}
    for role, *row in compiled_queries.rows(("offerings of",), _offerings_of, edition=edition):
        chips = found.setdefault((role, *row[: len(_OFFERING)]), [])
        if row[-_SLUG] is not None:
            chips.append(chip(*row[len(_OFFERING) :]))
    return [(role, _offering(row, chips, here)) for (role, *row), chips in found.items()]


def _offerings_of(edition):
    rows = EditionOffering.objects.filter(edition=edition).order_by("position", "offering__offering_topics__position")
    topics = (f"offering__offering_topics__{name}" for name in _FILED)
    return rows.values_list("role", *(f"offering__{name}" for name in _OFFERING), *topics)


_SLUG = len(_FILED) - _FILED.index("tag__slug")


def _offering_topics(found):
    return found.order_by("content_object", "position").values_list("content_object_id", *_FILED)


def offering_cards(rows, *, shared=()) -> list[OfferingCard]:
    """Return cards from rows of ``_OFFERING`` columns: ``shared`` topics first, the rest as “also”. One query."""
    filed = _grouped(_offering_topics(OfferingTopic.objects.filter(content_object__in=[row[0] for row in rows])))
    here = {topic.url for topic in shared}
    return [_offering(row, filed.get(row[0], []), here) for row in rows]


def _offering(row, filed, here) -> OfferingCard:
    _, name, slug, summary, logo, maker, maker_slug = row
    return OfferingCard(
        name,
        slugs.offering_address(slug),
        name[:1].upper(),
        filed[0].hue if filed else "hue-17",
        maker or "",
        slugs.institution_address(maker_slug) if maker_slug else "",
        summary,
        Shown(addresses.media(logo), 88, 88) if logo else None,
        [topic for topic in filed if topic.url in here],
        [topic for topic in filed if topic.url not in here],
    )


def connected_offerings(at) -> QuerySet:
    """Return rows of the newest offerings that a live Edition names, for ``offering_cards``."""
    named = EditionOffering.objects.live(at).filter(offering=OuterRef("pk"))
    return Offering.objects.in_use().filter(Exists(named)).order_by("-pk").values_list(*_OFFERING)[:NEWLY]


NEWLY = 4


def cards_of(offerings: QuerySet, *, shared=()) -> list[OfferingCard]:
    """Return cards of a queryset of offerings, in its order. Two queries."""
    return offering_cards(list(offerings.values_list(*_OFFERING)), shared=shared)


@dataclass(slots=True)
class OfferingPage(OfferingCard):
    """One offering, whole. ``filed`` groups its topics by taxonomy."""

    pk: int = 0
    website: Link | None = None
    filed: list[tuple[str, list[TopicChip]]] = field(default_factory=list)


def offering(slug: str) -> OfferingPage | None:
    """Return the offering at ``/offering/<slug>/``, or None. Two queries."""
    row = Offering.objects.filter(slug=slug).values_list(*_OFFERING, "website").first()
    if row is None:
        return None
    card = offering_cards([row[:-1]])[0]
    maker = Link(card.maker, card.maker_url) if card.maker else None
    whole = {name: getattr(card, name) for name in ("name", "url", "letter", "hue", "summary", "logo", "also")}
    return OfferingPage(**whole, maker=maker, pk=row[0], website=outward(row[-1]), filed=by_taxonomy(card.also))


def offerings_near(page: OfferingPage, most: int = 4) -> list[OfferingCard]:
    """Return other offerings that share its topics, those that share most first. Two queries."""
    mine = OfferingTopic.objects.filter(content_object=page.pk).values("tag")
    others = Offering.objects.in_use().exclude(pk=page.pk).filter(offering_topics__tag__in=mine)
    return cards_of(others.annotate(common=Count("pk")).order_by("-common", "name")[:most], shared=page.also)


# Topics --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class TopicPage:
    """One topic, whole: ``offerings`` is how many are filed under it."""

    pk: int
    label: str
    url: str
    hue: str
    taxonomy: str
    taxonomy_url: str
    description: str
    offerings: int
    synonyms: list[str]


def topic(slug: str) -> TopicPage | None:
    """Return the topic at ``/topic/<slug>/`` with its synonyms, or None where readers know of none. One query."""
    rows = compiled_queries.rows(("topic",), _topic, slug=slug, at=timezone.now())
    if not rows:
        return None
    pk, label, slug, hue, taxonomy, tax_slug, description, offerings, _ = rows[0]
    also = [row[-1] for row in rows if row[-1] and row[-1].casefold() != label.casefold()]
    address = f"{reverse('topics')}#{tax_slug}"
    return TopicPage(
        pk, label, slugs.topic_address(slug), f"hue-{hue}", taxonomy or "Topics", address, description, offerings, also
    )


def _topic(slug, at):
    filed = OfferingTopic.objects.filter(tag=OuterRef("pk"), content_object__retired=False).order_by()
    count = Coalesce(Subquery(filed.values("tag").annotate(n=Count("pk")).values("n")), 0)
    columns = ("pk", "label", "slug", "taxonomy__hue", "taxonomy__name", "taxonomy__slug", "description", "n")
    rows = visibility.topics(at).filter(slug=slug).annotate(n=count).order_by("synonyms__spelling")
    return rows.values_list(*columns, "synonyms__spelling")


def offerings_about(page: TopicPage, most: int = 6) -> list[OfferingCard]:
    """Return offerings filed under a topic, by name, with what else they are filed under. One query."""
    rows = compiled_queries.rows(("offerings about", most), partial(_offerings_about, most), topic=page.pk)
    found = {}
    for row in rows:
        found.setdefault(tuple(row[: len(_OFFERING)]), []).append(chip(*row[len(_OFFERING) :]))
    return [_offering(row, [topic for topic in filed if topic.url != page.url], set()) for row, filed in found.items()]


def _offerings_about(most, topic):
    filed = OfferingTopic.objects.filter(tag=topic, content_object__retired=False).order_by("content_object__name")
    rows = OfferingTopic.objects.filter(content_object__in=filed.values("content_object")[:most])
    columns = (*(f"content_object__{name}" for name in _OFFERING), *_FILED)
    return rows.order_by("content_object__name", "content_object", "position").values_list(*columns)


def neighbours(stories: list[Story], *, but: str) -> list[tuple[TopicChip, int]]:
    """Return other topics of these stories and how many each is on, the most common first. Free."""
    chips = {topic.url: topic for story in stories for topic in story.topics}
    counts = Counter(topic.url for story in stories for topic in story.topics)
    return [(chips[url], count) for url, count in counts.most_common() if url != but]


def trim(stories: list[Story], *, but: str, most: int = 2) -> None:
    """Keep the first topics of each story, less the one whose page this is."""
    for story in stories:
        story.topics = [topic for topic in story.topics if topic.url != but][:most]
