"""One article, whole, as readers meet it: its Edition, topics, offerings and neighbours."""

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from curation.models import Edition, EditionTopic
from curation.models.edition import address_of
from curation.models.people import section as section_of
from curation.site.shapes import Link, Page, Source, Story
from curation.sql import compiled_queries
from curation.text import addresses, dates, links, prose
from offerings.models import Offering, Topic

from . import cards
from . import offerings as offering_cards

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


def find(section: int, slug: str, at=None) -> Page | None:
    """Return the live article of a section (its id) at a slug, with offerings and neighbours; None where none is live.

    Four queries: the Edition, its neighbours under its primary topic, the topics of both, its offerings.
    """
    at = at or timezone.now()
    rows = compiled_queries.rows(("article",), _article, section=section, slug=slug, at=at)
    if not rows:
        return None
    width = len(cards.Card._fields)
    card, whole = cards.Card._make(rows[0][:width]), dict(zip(_WHOLE, rows[0][width:], strict=True))
    beside = {"topic": whole["primary"] or 0, "article": card.article_id, "first": card.first_published_at, "at": at}
    around = [cards.Card._make(row) for row in compiled_queries.rows(("around",), _around, **beside)]
    together = dict.fromkeys(_TOGETHER, 0) | dict(
        zip(_TOGETHER, [card.pk, *(other.pk for other in around)], strict=False)
    )
    topics = cards.chips_by_owner(compiled_queries.rows(("topics together",), _topics_together, **together))
    mine = topics.get(card.pk, [])
    return _page(card, whole, topics, around, offering_cards.of_edition(card.pk, mine))


def _article(section, slug, at):
    primary = EditionTopic.objects.filter(edition=OuterRef("pk"), position=0).values("topic")
    found = Edition.objects.live(at).filter(section=section, slug=slug).annotate(primary=Subquery(primary))
    return found.values_list(*cards.Card._fields, *_WHOLE)


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
    return found.newest_first().values_list(*cards.Card._fields)


def _topics_together(**editions):
    return cards.topic_rows(list(editions.values()), None)


#: This article, three of the newest, the one before and the one after.
_TOGETHER = [f"edition{place}" for place in range(6)]


def _page(card, whole, topics, around, offerings) -> Page:
    mine, section = topics.get(card.pk, []), section_of(card.section_id)
    story = cards.story(card, mine)
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
        filed=cards.by_taxonomy(mine),
        source=plain[0] if plain else None,
        further=plain[1:],
        via=next((source for source in sources if source.role == "via"), None),
        about=[offering for role, offering in offerings if role == "about"],
        related=[offering for role, offering in offerings if role != "about"],
        more=[cards.story(other, topics.get(other.pk, [])[:2]) for other in around[:3]],
        earlier=older and _link(older),
        later=newer and _link(newer),
        insights_name=whole["insights_name"],
        insights=prose.safe(prose.clean(whole["insights"])),  # Editions of before it was cleaned on the way in
        pdf=cards.outward(whole["pdf"], "Read the document (PDF)"),
        **_update(whole, card.first_published_at),
    )


def proof(edition: Edition, topics: list[int], offerings: list[tuple[int, str]]) -> tuple[Page, Story]:
    """Return the page and card of an unsaved Edition, filed under these topics, with these offerings and roles.

    Six queries: its topics, offerings and theirs, neighbours and theirs.
    """
    card = cards.Card._make(_reached(edition, name) for name in cards.Card._fields)
    whole = {name: _reached(edition, name) for name in _WHOLE if name != "primary"}
    columns = Topic.objects.filter(pk__in=topics).values_list("pk", *_PLAIN_CHIP)
    known = {pk: cards.chip(*chip) for pk, *chip in columns}
    mine = [known[pk] for pk in topics if pk in known]
    beside = {
        "topic": next(iter(topics), 0),
        "article": card.article_id,
        "first": card.first_published_at,
        "at": edition.live_from,
    }
    around = [cards.Card._make(row) for row in compiled_queries.rows(("around",), _around, **beside)]
    filed = cards.chips_by_owner(cards.topic_rows([other.pk for other in around], None)) | {None: mine}
    page = _page(card, whole, filed, around, _named(offerings, mine))
    return page, cards.story(card, mine)


def _named(offerings, shared):
    """Return the cards of these offerings that are there, each with its role."""
    rows = {row.pk: row for row in offering_cards.rows_in(Offering.objects.filter(pk__in=dict(offerings)))}
    kept = [(role, rows[pk]) for pk, role in offerings if pk in rows]
    found = offering_cards.cards_of([row for _, row in kept], shared=shared)
    return [(role, card) for (role, _), card in zip(kept, found, strict=True)]


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


def _source(words) -> Source:
    own = {name: words[name] for name in ("url", "brand", "title", "site_name", "role")}
    return Source(**own, brand_url=addresses.source(words["brand"]), favicon=addresses.media(words["favicon"]))


def _link(card) -> Link:
    """Return the title of a card's article, and where it is."""
    return Link(card.title, address_of(card.section_id, card.slug))
