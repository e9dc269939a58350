"""What readers' pages read: live Editions in few, narrow queries, given in the shapes that templates take.

Lists find their ids first and then read only the columns that cards show. Nothing here depends on how many Editions
there are: indexes give the order, and nothing counts.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from offerings.models import Offering, OfferingTopic, Topic

from . import dates, pictures, prose
from .models import Edition, EditionOffering, EditionTopic
from .shapes import Link, OfferingCard, Page, Paging, Shown, Source, Story, TopicChip

PAGE = 20

_PICTURE = tuple(f"picture__{name}" for name in ("state", "name", "width", "height", "colour", "widths"))
_CARD = (
    "pk",
    "slug",
    "title",
    "summary",
    "source_brand",
    "first_published_at",
    "dated_day",
    "minutes",
    "cover",
    "picture_alt",
    "picture_credit",
    "focus_x",
    "focus_y",
    *_PICTURE,
)


def chip(label, slug, hue, taxonomy) -> TopicChip:
    """A topic as readers meet it, from its columns."""
    return TopicChip(label, f"/topic/{slug}/", f"hue-{hue}", taxonomy or "Topics")


_CHIP = ("topic__label", "topic__slug", "topic__taxonomy__hue", "topic__taxonomy__name")


def shown(cover, alt, credit, focus_x, focus_y, state, name, width, height, colour, widths) -> Shown:
    """The picture of an Edition, or where there is none to show yet, its drawn cover."""
    if state != "ready":
        return Shown(f"/cover/{cover}", 1200, 750, is_cover=True)
    return picture(name, width, height, colour, widths, alt=alt, credit=credit, focus=(focus_x, focus_y))


def picture(name, width, height, colour, widths, *, alt="", credit="", focus=(50, 50)) -> Shown:
    """A ready picture with an address for each format and width it has been made in."""
    sets = {
        form: ", ".join(f"/media/{pictures.rendition_name(name, step, form)} {step}w" for step in widths.get(form, ()))
        for form in ("avif", "webp", "jpeg")
    }
    largest = max(widths["jpeg"])
    place = pictures.focus(focus[0] / 100, focus[1] / 100) if focus != (50, 50) else ""
    source = f"/media/{pictures.rendition_name(name, largest, 'jpeg')}"
    return Shown(source, width, height, alt, credit, **sets, classes=f"ph-{colour} {place}".rstrip())


def cards(found: QuerySet, *, topics: int | None = 2) -> list[Story]:
    """The stories of these Editions (a queryset, in order, best sliced). Two queries."""
    rows = list(found.values_list(*_CARD))
    chips = topics_of([row[0] for row in rows], most=topics)
    return [_story(row, chips[row[0]]) for row in rows]


def narrowly(ids: QuerySet, start: int, most: int) -> QuerySet:
    """Editions by a sliced query of ids, newest first: the ids come from an index, the columns from 20 rows."""
    return Edition.objects.filter(pk__in=ids[start : start + most]).newest_first()


def _story(row, chips) -> Story:
    _, slug, title, summary, brand, first, is_day, minutes, cover, alt, credit, x, y, *shot = row
    here = dates.local(first)
    return Story(
        title,
        f"/news/{slug}/",
        summary,
        brand,
        f"/source/{brand}/",
        f"{here:%Y-%m-%d}" if is_day else here.isoformat(timespec="seconds"),
        dates.day(here),
        minutes,
        shown(cover, alt, credit, x, y, *shot),
        chips,
    )


def topics_of(editions: list[int], *, most: int | None = None) -> dict[int, list[TopicChip]]:
    """The topics of some Editions, in their order, by Edition id. One query."""
    found = defaultdict(list)
    rows = EditionTopic.objects.filter(edition__in=editions)
    if most:
        rows = rows.filter(position__lt=most)
    for edition, *columns in rows.order_by("edition_id", "position").values_list("edition_id", *_CHIP):
        found[edition].append(chip(*columns))
    return found


def page_of_list(ids: QuerySet, number: int, address, *, topics: int | None = 2) -> tuple[list[Story], Paging]:
    """Page ``number`` of a list of ids, and where it goes on; ``address(number)`` gives a page's address.

    One Edition more than shown is looked for, so nothing has to be counted. Two queries.
    """
    stories = cards(narrowly(ids, (number - 1) * PAGE, PAGE + 1), topics=topics)
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
    "section__name",
    "section__base_path",
    "section__masthead",
    "section__kind",
    "primary",
    "body",
)


def article(slug: str, at=None) -> Page | None:
    """The live article at ``/news/<slug>/``, with its offerings and its neighbours; None where none is live.

    Five queries: the Edition, its neighbours under its primary topic, the topics of both, offerings, their topics.
    """
    at = at or timezone.now()
    primary = EditionTopic.objects.filter(edition=OuterRef("pk"), position=0).values("topic")
    row = Edition.objects.live(at).filter(slug=slug).annotate(primary=Subquery(primary)).values_list(*_CARD, *_WHOLE)
    row = row.first()
    if row is None:
        return None
    card, whole = row[: len(_CARD)], dict(zip(_WHOLE, row[len(_CARD) :], strict=True))
    around = _around(row[0], whole["primary"], card[_FIRST], at) if whole["primary"] else []
    topics = topics_of([row[0], *(other[0] for other in around)])
    return _page(card, whole, topics, around, offerings_of(row[0], topics[row[0]]))


_FIRST = _CARD.index("first_published_at")


def _around(pk, topic, first, at):
    """Card columns of the newest under ``topic``, and of those just before and just after this one. One query."""
    filed = EditionTopic.objects.filter(topic=topic, edition__live_from__lte=at, edition__live_until__gt=at).exclude(
        edition=pk
    )
    newest = filed.order_by("-first_published_at", "-edition_id").values("edition")[:3]
    before = filed.filter(first_published_at__lte=first).order_by("-first_published_at", "-edition_id")
    after = filed.filter(first_published_at__gt=first).order_by("first_published_at", "edition_id")
    wanted = Q(pk__in=newest) | Q(pk__in=before.values("edition")[:1]) | Q(pk__in=after.values("edition")[:1])
    return list(Edition.objects.filter(wanted).newest_first().values_list(*_CARD))


def _page(card, whole, topics, around, offerings) -> Page:
    story, mine = _story(card, topics[card[0]]), topics[card[0]]
    sources = [_source(words) for words in whole["sources"]]
    plain = [source for source in sources if source.role == "source"]
    older = next((other for other in around if other[_FIRST] <= card[_FIRST]), None)
    newer = next((other for other in reversed(around) if other[_FIRST] > card[_FIRST]), None)
    return Page(
        title=story.title,
        url=story.url,
        summary=story.summary,
        standfirst=whole["standfirst"],
        body=prose.safe(whole["body"]),
        masthead=whole["section__masthead"],
        kind=whole["section__kind"],
        section=Link(whole["section__name"], whole["section__base_path"]),
        iso=story.iso,
        day=story.day,
        minutes=story.minutes,
        picture=story.picture,
        bylines=[Link(author["name"], author["url"]) for author in whole["bylines"]],
        topics=mine,
        filed=by_taxonomy(mine),
        source=plain[0] if plain else None,
        further=plain[1:],
        via=next((source for source in sources if source.role == "via"), None),
        about=[offering for role, offering in offerings if role == "about"],
        related=[offering for role, offering in offerings if role != "about"],
        more=[_story(other, topics[other[0]][:2]) for other in around[:3]],
        earlier=older and Link(older[2], f"/news/{older[1]}/"),
        later=newer and Link(newer[2], f"/news/{newer[1]}/"),
        insights_name=whole["insights_name"],
        insights=prose.safe(whole["insights"]),
        pdf=Link("Read the document (PDF)", whole["pdf"]) if whole["pdf"] else None,
        **_update(whole, card[_FIRST]),
    )


def _update(whole, first):
    """When and why it was changed after it was published; nothing where that was the same day and has no note."""
    changed = whole["updated_at"]
    if changed is None or (dates.local(changed).date() <= dates.local(first).date() and not whole["update_note"]):
        return {}
    return {
        "updated_iso": dates.machine(changed, is_day=False),
        "updated": dates.day(dates.local(changed)),
        "update_note": whole["update_note"],
    }


def _source(words) -> Source:
    return Source(
        words["url"],
        words["brand"],
        f"/source/{words['brand']}/",
        words["title"],
        words["site_name"],
        f"/media/{words['favicon']}" if words["favicon"] else "",
        words["role"],
    )


def by_taxonomy(chips) -> list[tuple[str, list[TopicChip]]]:
    """Topics grouped by their taxonomy's label, groups and topics in the order they came."""
    groups = {}
    for topic in chips:
        groups.setdefault(topic.taxonomy, []).append(topic)
    return list(groups.items())


# Offerings -----------------------------------------------------------------------------------------------------------

_OFFERING = ("pk", "name", "slug", "summary", "logo", "institution__name", "institution__slug")


_FILED = ("tag__label", "tag__slug", "tag__taxonomy__hue", "tag__taxonomy__name")


def offerings_of(edition: int, shared: list[TopicChip]) -> list[tuple[str, OfferingCard]]:
    """The offerings of an Edition in its order, each with its role. Two queries, or one where there are none."""
    rows = EditionOffering.objects.filter(edition=edition).order_by("position")
    rows = list(rows.values_list("role", *(f"offering__{name}" for name in _OFFERING)))
    made = offering_cards([row[1:] for row in rows], shared=shared) if rows else []
    return [(row[0], made_card) for row, made_card in zip(rows, made, strict=True)]


def offering_cards(rows, *, shared=()) -> list[OfferingCard]:
    """Cards from rows of ``_OFFERING`` columns; ``shared`` topics are named first, the rest as “also”. One query."""
    filed = defaultdict(list)
    found = OfferingTopic.objects.filter(content_object__in=[row[0] for row in rows]).order_by("position")
    for pk, *chip_columns in found.values_list("content_object_id", *_FILED):
        filed[pk].append(chip(*chip_columns))
    here = {topic.url for topic in shared}
    return [_offering(row, filed[row[0]], here) for row in rows]


def _offering(row, filed, here) -> OfferingCard:
    _, name, slug, summary, logo, maker, maker_slug = row
    return OfferingCard(
        name,
        f"/offering/{slug}/",
        name[:1].upper(),
        filed[0].hue if filed else "hue-17",
        maker or "",
        f"/institution/{maker_slug}/" if maker_slug else "",
        summary,
        Shown(f"/media/{logo}", 88, 88) if logo else None,
        [topic for topic in filed if topic.url in here],
        [topic for topic in filed if topic.url not in here],
    )


def cards_of(offerings: QuerySet, *, shared=()) -> list[OfferingCard]:
    """Cards of a queryset of offerings, in its order. Two queries."""
    return offering_cards(list(offerings.values_list(*_OFFERING)), shared=shared)


@dataclass(slots=True)
class OfferingPage(OfferingCard):
    """One offering, whole. ``filed`` groups its topics by taxonomy."""

    pk: int = 0
    website: Link | None = None
    filed: list[tuple[str, list[TopicChip]]] = field(default_factory=list)


def offering(slug: str) -> OfferingPage | None:
    """The offering at ``/offering/<slug>/``, or None. Two queries."""
    row = Offering.objects.filter(slug=slug).values_list(*_OFFERING, "website").first()
    if row is None:
        return None
    card = offering_cards([row[:-1]])[0]
    host = (urlsplit(row[-1]).hostname or "").removeprefix("www.")
    maker = Link(card.maker, card.maker_url) if card.maker else None
    whole = {name: getattr(card, name) for name in ("name", "url", "letter", "hue", "summary", "logo", "also")}
    return OfferingPage(
        **whole, maker=maker, pk=row[0], website=Link(host, row[-1]) if host else None, filed=by_taxonomy(card.also)
    )


def offerings_near(page: OfferingPage, most: int = 4) -> list[OfferingCard]:
    """Other offerings that share its topics, those that share most first. Two queries."""
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
    """The topic at ``/topic/<slug>/`` with its synonyms, or None. One query."""
    filed = OfferingTopic.objects.filter(tag=OuterRef("pk"), content_object__retired=False).order_by()
    count = filed.values("tag").annotate(n=Count("pk")).values("n")
    columns = ("pk", "label", "slug", "taxonomy__hue", "taxonomy__name", "taxonomy__slug", "description", "n")
    rows = Topic.objects.filter(slug=slug).annotate(n=Coalesce(Subquery(count), 0)).order_by("synonyms__spelling")
    rows = list(rows.values_list(*columns, "synonyms__spelling"))
    if not rows:
        return None
    pk, label, slug, hue, taxonomy, tax_slug, description, offerings, _ = rows[0]
    also = [row[-1] for row in rows if row[-1] and row[-1].casefold() != label.casefold()]
    address = f"/topic/#{tax_slug}"
    return TopicPage(
        pk, label, f"/topic/{slug}/", f"hue-{hue}", taxonomy or "Topics", address, description, offerings, also
    )


def offerings_about(page: TopicPage, most: int = 6) -> list[OfferingCard]:
    """Offerings filed under a topic, by name, with what else they are filed under. One query."""
    ids = OfferingTopic.objects.filter(tag=page.pk, content_object__retired=False).order_by("content_object__name")
    columns = [f"content_object__{name}" for name in _OFFERING]
    rows = OfferingTopic.objects.filter(content_object__in=ids.values("content_object")[:most])
    rows = rows.order_by("content_object__name", "content_object", "position").values_list(*columns, *_FILED)
    found = {}
    for row in rows:
        found.setdefault(row[: len(_OFFERING)], []).append(chip(*row[len(_OFFERING) :]))
    return [_offering(row, [topic for topic in filed if topic.url != page.url], set()) for row, filed in found.items()]


def neighbours(stories: list[Story], *, but: str) -> list[tuple[TopicChip, int]]:
    """Other topics of these stories and how many each is on, the most common first. Free."""
    chips = {topic.url: topic for story in stories for topic in story.topics}
    counts = Counter(topic.url for story in stories for topic in story.topics)
    return [(chips[url], count) for url, count in counts.most_common() if url != but]


def trim(stories: list[Story], *, but: str, most: int = 2) -> None:
    """Keep the first topics of each story, less the one whose page this is."""
    for story in stories:
        story.topics = [topic for topic in story.topics if topic.url != but][:most]
