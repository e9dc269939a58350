"""Stories of lists: ids first, from an index, then the columns that cards show.

Nothing here depends on how many Editions there are: indexes give the order, and nothing counts.
"""

from collections import defaultdict, namedtuple

from django.db.models import QuerySet

from curation import images
from curation.models import Edition, EditionTopic
from curation.models.edition import address_of
from curation.site.shapes import Link, Paging, Shown, Story, TopicChip
from curation.sql import compiled_queries
from curation.text import addresses, dates, links
from offerings import slugs

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


def newest(ids, start: int, most: int, *, topics: int | None = 2) -> list[Story]:
    """Return the stories of a list (``lists.Ids``, or a queryset of ids) from ``start``, each with its first topics.

    Ids come from an index, the columns then from the few rows shown. Two queries, kept ready for a ``lists.Ids``.
    """
    if isinstance(ids, QuerySet):
        rows = list(_cards(ids, start, most))
        chips = chips_by_owner(topic_rows([pk for pk, *_ in rows], topics))
    else:
        key, given = (ids.build, start, most), ids.given
        rows = compiled_queries.rows(("cards", *key), lambda **given: _cards(ids.build(**given), start, most), **given)
        filed = compiled_queries.rows(
            ("topics", *key, topics),
            lambda **given: topic_rows(ids.build(**given)[start : start + most], topics),
            **given,
        )
        chips = chips_by_owner(filed)
    return [story(card, chips.get(card.pk, [])) for card in map(Card._make, rows)]


def _cards(ids, start, most):
    """Return card columns of the Editions in a slice of ids, newest first."""
    return Edition.objects.filter(pk__in=ids[start : start + most]).newest_first().values_list(*Card._fields)


def topic_rows(editions, most):
    """Return rows of Edition id and topic columns, each Edition's topics in their order."""
    rows = EditionTopic.objects.filter(edition__in=editions)
    if most:
        rows = rows.filter(position__lt=most)
    return rows.order_by("edition_id", "position").values_list("edition_id", *_CHIP)


def chips_by_owner(rows) -> dict[int, list[TopicChip]]:
    """Return topics by the id that stands first in each row: the Edition's, the offering's."""
    found = defaultdict(list)
    for owner, *columns in rows:
        found[owner].append(chip(*columns))
    return found


def story(card: Card, chips) -> Story:
    """Return what a list shows of an Edition, with these topics."""
    here = dates.local(card.first_published_at)
    return Story(
        card.title,
        address_of(card.section_id, card.slug),
        card.summary,
        card.source_brand,
        addresses.source(card.source_brand),
        dates.local_machine(here, is_day=card.dated_day),
        dates.day(here),
        card.minutes,
        shown(*card[_SHOT:]),
        chips,
    )


def page_of_list(ids, number: int, address, *, topics: int | None = 2) -> tuple[list[Story], Paging]:
    """Return page ``number`` of a list of ids, and where it goes on; ``address(number)`` gives a page's address.

    One Edition more than shown is looked for, so nothing has to be counted. Two queries.
    """
    stories = newest(ids, (number - 1) * PAGE, PAGE + 1, topics=topics)
    more = len(stories) > PAGE
    newer = Link("Newer briefs", address(number - 1)) if number > 1 else None
    return stories[:PAGE], Paging(number, newer, Link("Older briefs", address(number + 1)) if more else None)


def outward(address: str, label: str = "") -> Link | None:
    """Return a link out of the site; None for an address to which readers may not be sent."""
    return Link(label or links.brand(address), address) if address and links.may_follow(address) else None


def by_taxonomy(chips) -> list[tuple[str, list[TopicChip]]]:
    """Return topics grouped by their taxonomy's label, groups and topics in the order they came."""
    groups = {}
    for topic in chips:
        groups.setdefault(topic.taxonomy, []).append(topic)
    return list(groups.items())
