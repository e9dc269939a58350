"""Version → Edition: the only room that makes Editions or moves their windows.

A press copies the words of a Version and refers to the catalogue. Windows of one article never overlap: a new Edition
ends its predecessor where it begins itself, in one transaction; cancelling a scheduled one gives the predecessor its
own end back. The workflow asks for every one of these and writes the log.
"""

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import cached_property

from offerings import addresses
from offerings.models import Topic

from . import covers, prose, tallies
from .models import (
    OPEN,
    Article,
    Author,
    Edition,
    EditionByline,
    EditionOffering,
    EditionTopic,
    Picture,
    SourceLink,
    Version,
)
from .snapshots import instant

_BODY_PICTURE = re.compile(r'src="/media/([a-z0-9]+)-\d+\.[a-z]+"')


@dataclass(frozen=True)
class Order:
    """What is to be pressed: an article's Version, its window, and what readers are told of a change."""

    article: Article
    version: Version
    live_from: datetime
    closes_at: datetime = OPEN
    note: str = ""


class Windows:
    """The Editions of some articles and their windows, as the press moves them. One query to read, one to write."""

    def __init__(self, articles, at):
        self.at, self.moved = at, {}
        self.of = defaultdict(list)
        rows = Edition.objects.filter(article__in=articles).order_by("number")
        for edition in rows.only(*_WINDOW):
            self.of[edition.article_id].append(edition)

    def live(self, article):
        """The Edition that readers see now, or None."""
        return next((edition for edition in self.of[article.pk] if edition.is_live(self.at)), None)

    def scheduled(self, article):
        """The Edition whose hour is to come, or None."""
        later = (edition for edition in self.of[article.pk] if self.at < edition.live_from < edition.live_until)
        return next(later, None)

    def earlier(self, article):
        """The newest Edition that readers saw before what they see now, or None."""
        live = self.live(article)
        seen = [e for e in self.of[article.pk] if e.live_from <= self.at and e.live_from < e.live_until and e != live]
        return seen[-1] if seen else None

    def ever_live(self, article):
        """Whether readers see or saw this article."""
        return bool(self.live(article) or self.earlier(article))

    def close(self, edition, at, how, **why):
        """End a window at ``at``; one that has not begun by then becomes empty."""
        self._move(edition, live_until=max(min(at, edition.live_until), edition.live_from), ended=how, **why)

    def cancel(self, article):
        """Empty the scheduled window, and give the Edition before it its own end back. Gives the cancelled Edition."""
        edition = self.scheduled(article)
        if edition:
            self.close(edition, self.at, Edition.Ended.CANCELLED)
            self._reopen(article, before=edition)
        return edition

    def make_room(self, article, live_from):
        """End what would be live at ``live_from``; a scheduled Edition is replaced."""
        self.cancel(article)
        before = next((edition for edition in self.of[article.pk] if edition.is_live(live_from)), None)
        if before:
            self.close(before, live_from, Edition.Ended.REPLACED)

    def save(self):
        """Write the windows that moved: those that shrink first, so that no two ever overlap."""
        rows = sorted(self.moved.values(), key=lambda edition: edition.ended == Edition.Ended.NOT)
        for shrinking in (True, False):
            some = [edition for edition in rows if (edition.ended != Edition.Ended.NOT) == shrinking]
            Edition.objects.bulk_update(some, ["live_from", "live_until", "closes_at", "ended", "reason", "successor"])
        self.moved = {}

    def _reopen(self, article, before):
        cut = [e for e in self.of[article.pk] if e.ended == Edition.Ended.REPLACED and e.live_until == before.live_from]
        if cut:
            self._move(cut[-1], live_until=cut[-1].closes_at, ended=Edition.Ended.NOT)

    def _move(self, edition, **values):
        for name, value in values.items():
            setattr(edition, name, value)
        self.moved[edition.pk] = edition


_WINDOW = (
    "article_id",
    "number",
    "slug",
    "version_id",
    "live_from",
    "live_until",
    "closes_at",
    "ended",
    "reason",
    "successor_id",
    "first_published_at",
)


@transaction.atomic
def press_many(orders: list[Order], *, at: datetime) -> dict[int, Edition]:
    """Press every order and give the new Editions by article id.

    About fifteen queries for any number of orders. ``live_from`` may lie in the past only where the article has no
    Edition yet (an import keeps its dates); the caller sees to that.
    """
    windows = Windows([order.article for order in orders], at)
    words = _Words(orders)
    editions = [_edition(order, windows, words, at) for order in orders]
    moved = _moved_addresses(editions, windows)
    windows.save()
    Edition.objects.bulk_create(editions)
    _file(editions, words)
    addresses.redirect_many(moved)
    for edition in editions if moved else ():
        addresses.forget(edition.get_absolute_url())
    tallies.settle(at)
    addresses.touch()
    return {edition.article_id: edition for edition in editions}


def _moved_addresses(editions, windows):
    """Old and new address of every article whose slug differs from that of the Edition before."""
    pairs = []
    for edition in editions:
        earlier = [e for e in windows.of[edition.article_id] if e.live_from < e.live_until and e.slug != edition.slug]
        pairs += [(e.get_absolute_url(), edition.get_absolute_url()) for e in earlier]
    return pairs


class _Words:
    """What pressing reads beside the Versions: links, authors and topics by id. Three queries."""

    def __init__(self, orders):
        self.contents = [order.version.content for order in orders]

    def _ids(self, name, key):
        return {row[key] for content in self.contents for row in content[name]}

    @cached_property
    def links(self):
        return SourceLink.objects.defer("metadata", "hops").in_bulk(self._ids("sources", "link"))

    @cached_property
    def authors(self):
        return Author.objects.in_bulk(self._ids("bylines", "author"))

    @cached_property
    def topics(self):
        return Topic.objects.select_related("taxonomy").in_bulk(self._ids("topics", "topic"))


def _edition(order, windows, words, at):
    """The unsaved Edition of one order; the predecessor's window is ended on the way."""
    content, article = order.version.content, order.article
    windows.make_room(article, order.live_from)
    seen = [edition for edition in windows.of[article.pk] if edition.live_from <= at]
    carried = seen[-1].first_published_at if seen else order.live_from
    summary = prose.repaired(content["standfirst"], content["body"])
    sources = [_source_words(row, words.links[row["link"]]) for row in content["sources"]]
    return Edition(
        article=article,
        version=order.version,
        number=len(windows.of[article.pk]) + 1,
        live_from=order.live_from,
        live_until=order.closes_at,
        closes_at=order.closes_at,
        first_published_at=instant(content, "dated_at") or carried,
        source_brand=next((source["brand"] for source in sources if source["role"] == "source"), ""),
        sources=sources,
        bylines=[_byline_words(words.authors[row["author"]]) for row in content["bylines"]],
        summary=summary,
        standfirst="" if prose.repeats(summary, content["body"]) else summary,
        minutes=prose.minutes(content["body"]),
        cover=cover(content, words.topics),
        updated_at=instant(content, "modified_at"),
        update_note=order.note,
        pressed_at=at,
        **{name: content[name] for name in _COPIED},
    )


_COPIED = (
    "section_id",
    "slug",
    "dated_day",
    "title",
    "picture_id",
    "picture_alt",
    "picture_credit",
    "focus_x",
    "focus_y",
    "pdf",
    "insights_name",
    "insights",
    "body",
)


def _source_words(row, link):
    """A source as an Edition copies it."""
    return {
        "link": link.pk,
        "role": row["role"],
        "url": link.clean,
        "brand": link.brand,
        "title": link.title,
        "site_name": link.site_name or row.get("label", ""),
        "favicon": link.favicon,
    }


def _byline_words(author):
    return {"author": author.pk, "name": author.name, "url": author.get_absolute_url()}


def cover(content: dict, topics: dict[int, Topic]) -> str:
    """The name of the cover drawn for these words; its hue walks a little round that of the primary taxonomy."""
    primary = topics[content["topics"][0]["topic"]] if content["topics"] else None
    if primary is None:
        return covers.name(content["slug"], zlib.crc32(content["slug"].encode()) % 36)
    walk = zlib.crc32(primary.slug.encode()) % 5 - 2
    return covers.name(content["slug"], (primary.taxonomy.hue + walk) % 36, primary.label)


def _file(editions, words):
    """File new Editions under what they refer to, each list in its article's order. One insert a list."""
    for model, name, column, extra in _LISTS:
        model.objects.bulk_create(
            [
                model(
                    edition=edition,
                    first_published_at=edition.first_published_at,
                    position=place,
                    **{column: row[key] for key, column in extra.items()} | {f"{column}_id": row[column]},
                )
                for edition, content in zip(editions, words.contents, strict=True)
                for place, row in enumerate(content[name])
            ]
        )
    _file_body_pictures(editions)


_LISTS = (
    (EditionTopic, "topics", "topic", {}),
    (EditionOffering, "offerings", "offering", {"role": "role"}),
    (EditionByline, "bylines", "author", {}),
)


def _file_body_pictures(editions):
    """Say which pictures stand in the bodies: what is in a live Edition is public. No query where there are none."""
    names = {edition: set(_BODY_PICTURE.findall(edition.body)) for edition in editions if "/media/" in edition.body}
    if not names:
        return
    known = dict(Picture.objects.filter(name__in=set().union(*names.values())).values_list("name", "pk"))
    through = Edition.pictures.through
    through.objects.bulk_create(
        through(edition_id=edition.pk, picture_id=known[name])
        for edition, some in names.items()
        for name in some
        if name in known
    )


@transaction.atomic
def withdraw(articles, *, at, reason, successor=None) -> dict[int, Edition]:
    """Take what is live off the site and cancel what is scheduled; give the withdrawn Editions by article id."""
    windows, withdrawn = Windows(articles, at), {}
    for article in articles:
        cancelled = windows.cancel(article)
        live = windows.live(article)
        if live:
            windows.close(live, at, Edition.Ended.WITHDRAWN, reason=reason, successor=successor)
        withdrawn[article.pk] = live or cancelled
    return _settled(windows, withdrawn)


@transaction.atomic
def cancel(articles, *, at) -> dict[int, Edition]:
    """Cancel what is scheduled; give the cancelled Editions by article id."""
    windows = Windows(articles, at)
    return _settled(windows, {article.pk: windows.cancel(article) for article in articles})


@transaction.atomic
def reschedule(articles, *, at, live_from, closes_at=OPEN) -> dict[int, Edition]:
    """Let what is scheduled begin at another hour; give the Editions by article id.

    A first Edition that carries no date of its own takes the new hour as its date.
    """
    windows, result = Windows(articles, at), {}
    for article in articles:
        edition = windows.scheduled(article)
        first_date = edition.first_published_at == edition.live_from
        windows.cancel(article)
        before = windows.live(article)
        windows.save()
        if before and before.is_live(live_from):
            windows.close(before, live_from, Edition.Ended.REPLACED)
            windows.save()
        date = live_from if first_date else edition.first_published_at
        _redate(edition, date)
        windows._move(edition, live_from=live_from, live_until=closes_at, closes_at=closes_at, ended=Edition.Ended.NOT)
        result[article.pk] = edition
    return _settled(windows, result)


def _redate(edition, date):
    """Give an Edition that nobody has seen another date, wherever lists sort by it."""
    edition.first_published_at = date
    Edition.objects.filter(pk=edition.pk).update(first_published_at=date)
    for model, *_ in _LISTS:
        model.objects.filter(edition=edition).update(first_published_at=date)


def _settled(windows, result):
    """Write the windows, count, and tell the caches."""
    windows.save()
    tallies.settle(windows.at)
    addresses.touch()
    return result
