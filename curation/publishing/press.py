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
from operator import attrgetter

from django.db import transaction
from django.db.models import F
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property

from curation.images import covers
from curation.models import (
    OPEN,
    Article,
    Author,
    Edition,
    EditionByline,
    EditionOffering,
    EditionTopic,
    Picture,
    Section,
    SourceLink,
    Version,
)
from curation.models.fields import TO_EDITIONS
from curation.models.snapshots import alt, instant
from curation.models.vocabulary.current import current
from curation.sql import bulk_writes
from curation.text import links, measures
from curation.text.addresses import MEDIA
from offerings import addresses
from offerings.models import Topic

from . import counts, tasks

BODY_PICTURE = re.compile(rf'src="{MEDIA}([a-z0-9]+)-\d+\.[a-z]+"')


@dataclass(frozen=True)
class Order:
    """An order to press: an article's Version, its window, and what readers are told of a change."""

    article: Article
    version: Version
    live_from: datetime
    closes_at: datetime = OPEN
    note: str = ""


class Windows:
    """The Editions of some articles and their windows, as the press moves them. One query to read, two to write.

    ``moves`` collects, by article id, what became of each window that moved and what it was, for the log. Whoever has
    all Editions of these articles at hand gives them as ``known``, and nothing is read.
    """

    def __init__(self, articles, at, moves=None, known=None):
        self.at, self.moved, self.moves = at, {}, moves if moves is not None else defaultdict(list)
        self.was = {}
        self.of = defaultdict(list)
        if known is None:
            found = Edition.objects.filter(article__in=articles)
            known = found.only("article_id", "number", "slug", "version_id", *_WINDOW)
        for edition in sorted(known, key=attrgetter("number")):
            self.of[edition.article_id].append(edition)

    def live(self, article):
        """Return the Edition that readers see now, or None."""
        return next((edition for edition in self.of[article.pk] if edition.is_live(self.at)), None)

    def scheduled(self, article):
        """Return the Edition whose hour is to come, or None."""
        later = (edition for edition in self.of[article.pk] if self.at < edition.live_from < edition.live_until)
        return next(later, None)

    def seen(self, article):
        """Return the Editions that readers see or saw, oldest first."""
        return [e for e in self.of[article.pk] if e.live_from <= self.at and e.live_from < e.live_until]

    def earlier(self, article):
        """Return the newest Edition that readers saw before what they see now, or None."""
        live = self.live(article)
        return next((edition for edition in reversed(self.seen(article)) if edition != live), None)

    def close(self, edition, at, how, **why):
        """End a window at ``at``; one that has not begun by then becomes empty."""
        self.move(edition, live_until=max(min(at, edition.live_until), edition.live_from), ended=how, **why)

    def cancel(self, article):
        """Empty the scheduled window, and give the Edition before it its own end back. Return the cancelled Edition."""
        edition = self.scheduled(article)
        if edition:
            self.close(edition, self.at, Edition.Ended.CANCELLED)
            self._reopen(article, before=edition)
        return edition

    def make_room(self, article, live_from):
        """End what would be live at ``live_from``; a scheduled Edition is replaced."""
        self.cancel(article)
        self.end_before(article, live_from)

    def put_back(self, article, found):
        """Give Editions, by number, the windows that a step found; one that it pressed (None) is cancelled."""
        for edition in self.of[article.pk]:
            if edition.number not in found:
                continue
            was = found[edition.number]
            if was is None:
                self.close(edition, edition.live_from, Edition.Ended.CANCELLED)
            else:
                instants = {name: parse_datetime(value) for name, value in was.items() if name in _INSTANTS}
                self.move(edition, **was | instants)

    def end_before(self, article, live_from):
        """End what would be live at ``live_from`` just then."""
        before = next((edition for edition in self.of[article.pk] if edition.is_live(live_from)), None)
        if before:
            self.close(before, live_from, Edition.Ended.REPLACED)

    def move(self, edition, **values):
        """Change a window; ``save`` writes it."""
        self.was.setdefault(edition.pk, {name: getattr(edition, name) for name in _WINDOW})
        for name, value in values.items():
            setattr(edition, name, value)
        self.moved[edition.pk] = edition

    def save(self):
        """Write the windows that moved: all empty first, then as they shall be, so that no two ever overlap."""
        if not self.moved:
            return
        Edition.objects.filter(pk__in=self.moved).update(live_until=F("live_from"))
        bulk_writes.update_each(Edition, self.moved.values(), _WINDOW)
        for edition in self.moved.values():
            self.moves[edition.article_id].append(move(edition, self.was[edition.pk]))
        self.moved, self.was = {}, {}

    def _reopen(self, article, before):
        cut = [e for e in self.of[article.pk] if e.ended == Edition.Ended.REPLACED and e.live_until == before.live_from]
        if cut:
            self.move(cut[-1], live_until=cut[-1].closes_at, ended=Edition.Ended.NOT)


def move(edition, before=None) -> dict:
    """Return a window as the log keeps it: the Edition's number, both ends (ISO text; no end is None), how it ended.

    ``was`` is what differs of it ``before``, in plain data; None for an Edition that was not there.
    """
    until = None if edition.live_until == OPEN else edition.live_until.isoformat()
    told = {"edition": edition.number, "from": edition.live_from.isoformat(), "until": until, "ended": edition.ended}
    return told | {"was": before and {n: _plain(v) for n, v in before.items() if v != getattr(edition, n)}}


def _plain(value):
    return value.isoformat() if isinstance(value, datetime) else value


_INSTANTS = ("live_from", "live_until", "closes_at", "first_published_at")
_WINDOW = (*_INSTANTS, "ended", "reason", "successor_id")


@transaction.atomic(savepoint=False)
def press_many(orders: list[Order], *, at: datetime, moves=None, count=True) -> dict[int, Edition]:
    """Press every order, at most one an article, and give the new Editions by article id.

    About twenty queries for any number of orders. ``live_from`` may lie in the past only where the article has no
    Edition yet (an import keeps its dates); the caller sees to that. ``moves`` (article id → list) takes what became
    of every window, for the log. Without ``count`` the caller sees to ``counts.settle``, soon.
    """
    windows = Windows([order.article for order in orders], at, moves)
    words = _Words([order.version.content for order in orders])
    editions = [_edition(order, windows, words) for order in orders]
    windows.save()
    bulk_writes.insert_many(Edition, editions)
    for edition in editions:
        windows.moves[edition.article_id].append(move(edition))
    _file(editions, words)
    return _settled(windows, {edition.article_id: edition for edition in editions}, count)


class _Words:
    """Words of an Edition that stand beside its Version: links, authors and topics by id. Three queries.

    A topic that went into another one since is that.
    """

    def __init__(self, contents):
        self.contents = contents

    def _ids(self, name, key):
        return {row[key] for content in self.contents for row in content[name]}

    @cached_property
    def links(self):
        known = SourceLink.objects.filter(pk__in=self._ids("sources", "link"))
        return {link.pk: link for link in known.values_list(*_OF_LINK, named=True)}

    @cached_property
    def authors(self):
        return Author.objects.in_bulk(self._ids("bylines", "author"))

    @cached_property
    def topics(self):
        known = Topic.objects.select_related("taxonomy", "merged_into__taxonomy")
        known = known.in_bulk(self._ids("topics", "topic"))
        return {pk: topic.merged_into or topic for pk, topic in known.items()}

    @property
    def current(self):
        """The contents as they name topics now."""
        successors = {pk: (topic.pk, "") for pk, topic in self.topics.items() if topic.pk != pk}
        return [current(content, successors) for content in self.contents]


_OF_LINK = ("pk", "cleaned", "brand", "title", "site_name", "favicon")


def _edition(order, windows, words):
    """Return the unsaved Edition of one order; the predecessor's window is ended on the way."""
    content, article = order.version.content, order.article
    windows.make_room(article, order.live_from)
    seen = windows.seen(article)
    carried = seen[-1].first_published_at if seen else order.live_from
    return bulk_writes.unsaved(
        Edition,
        {
            "article_id": article.pk,
            "version_id": order.version.pk,
            "number": len(windows.of[article.pk]) + 1,
            "live_from": order.live_from,
            "live_until": order.closes_at,
            "closes_at": order.closes_at,
            "first_published_at": instant(content, "dated_at") or carried,
            "updated_at": instant(content, "modified_at"),
            "update_note": order.note,
            "pressed_at": windows.at,
            **_wording(content, words),
        },
    )


def _wording(content, words):
    """Return an Edition's copy of a snapshot: everything readers read of it."""
    said = measures.measures_of(content["standfirst"], content["body"])
    sources = [_source_words(row, words.links[row["link"]]) for row in content["sources"]]
    return {
        "source_brand": next((source["brand"] for source in sources if source["role"] == "source"), ""),
        "sources": sources,
        "bylines": [_byline_words(words.authors[row["author"]]) for row in content["bylines"]],
        "summary": said.summary,
        "standfirst": "" if said.repeats else said.summary,
        "minutes": said.minutes,
        "cover": cover(content, words.topics),
        "picture_alt": alt(content),
        **{name: content[name] for name in TO_EDITIONS},
        # A Version may be older than the rule that refuses what readers must not be sent to.
        "pdf": links.followed(content["pdf"]),
    }


def proof(content: dict, *, article: int, at: datetime, first: datetime | None = None) -> Edition:
    """Return the Edition that a snapshot would make at ``at``, never saved: what a preview shows. Five queries.

    ``first`` is when the article was first published, where it was.
    """
    edition = Edition(
        article_id=article,
        number=0,
        live_from=at,
        live_until=OPEN,
        first_published_at=instant(content, "dated_at") or first or at,
        **_wording(content, _Words([content])),
    )
    edition.section = Section.objects.get(pk=content["section_id"])
    if edition.picture_id:
        edition.picture = Picture.objects.get(pk=edition.picture_id)
    return edition


def _source_words(row, link):
    """Return a source as an Edition copies it."""
    return {
        "link": link.pk,
        "role": row["role"],
        "url": link.cleaned,
        "brand": link.brand,
        "title": link.title,
        "site_name": link.site_name or row.get("label", ""),
        "favicon": link.favicon,
    }


def _byline_words(author):
    return {"author": author.pk, "name": author.name, "url": author.get_absolute_url()}


def cover(content: dict, topics: dict[int, Topic]) -> str:
    """Return the name of the cover drawn for these words; its hue walks a little round that of the primary taxonomy.

    Plain topics belong to no vocabulary, so there each topic has a hue of its own.
    """
    primary = topics[content["topics"][0]["topic"]] if content["topics"] else None
    if primary is None:
        return covers.name(content["slug"], zlib.crc32(content["slug"].encode()) % covers.HUES)
    mark = zlib.crc32(primary.slug.encode())
    hue = primary.taxonomy.hue + mark % 5 - 2 if primary.taxonomy.name else mark
    return covers.name(content["slug"], hue % covers.HUES, primary.label)


def _file(editions, words):
    """File new Editions under what they refer to, each list in its article's order. One insert a list."""
    contents = words.current
    for model, name, columns in _LISTS:
        filed = [
            (edition.pk, edition.first_published_at, place, *(row[key] for key in columns))
            for edition, content in zip(editions, contents, strict=True)
            for place, row in enumerate(content[name])
        ]
        common = ("edition_id", "first_published_at", "position")
        bulk_writes.insert_plain(model, (*common, *columns.values()), filed)
    _file_body_pictures(editions)


_LISTS = (
    (EditionTopic, "topics", {"topic": "topic_id"}),
    (EditionOffering, "offerings", {"offering": "offering_id", "role": "role"}),
    (EditionByline, "bylines", {"author": "author_id"}),
)


def _file_body_pictures(editions):
    """File the pictures that stand in the bodies: one in a live Edition is public. No query where there are none."""
    names = {edition: set(BODY_PICTURE.findall(edition.body)) for edition in editions if MEDIA in edition.body}
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


@transaction.atomic(savepoint=False)
def withdraw(articles, *, at, reason, successor=None, moves=None) -> dict[int, Edition]:
    """Take what is live off the site and cancel what is scheduled; give the withdrawn Editions by article id."""
    windows, withdrawn = Windows(articles, at, moves), {}
    for article in articles:
        cancelled = windows.cancel(article)
        live = windows.live(article)
        if live:
            windows.close(live, at, Edition.Ended.WITHDRAWN, reason=reason, successor_id=successor and successor.pk)
        withdrawn[article.pk] = live or cancelled
    windows.save()
    return _settled(windows, withdrawn)


@transaction.atomic(savepoint=False)
def cancel(articles, *, at, moves=None) -> dict[int, Edition]:
    """Cancel what is scheduled; give the cancelled Editions by article id."""
    windows = Windows(articles, at, moves)
    cancelled = {article.pk: windows.cancel(article) for article in articles}
    windows.save()
    return _settled(windows, cancelled)


@transaction.atomic(savepoint=False)
def put_back(articles, found, *, at, moves=None) -> dict[int, Edition]:
    """Put windows back as a step found them: ``found`` gives by article id what each Edition's, by number, was.

    What the step pressed is cancelled as if its hour had never come, so readers must not have seen it. Gives the
    newest Edition concerned by article id.
    """
    windows = Windows(articles, at, moves)
    for article in articles:
        windows.put_back(article, found[article.pk])
    concerned = {a.pk: next(e for e in reversed(windows.of[a.pk]) if e.number in found[a.pk]) for a in articles}
    windows.save()
    return _settled(windows, concerned)


@transaction.atomic(savepoint=False)
def reschedule(articles, *, at, live_from, closes_at=None, moves=None) -> dict[int, Edition]:
    """Move scheduled Editions to another hour, and to another end if one is given; return Editions by article id.

    A first Edition that carries no date of its own takes the new hour as its date.
    """
    windows, result, redated = Windows(articles, at, moves), {}, []
    for article in articles:
        edition = windows.scheduled(article)
        if edition.first_published_at == edition.live_from:
            redated.append(edition)
            windows.move(edition, first_published_at=live_from)
        windows.make_room(article, live_from)
        end = closes_at or edition.closes_at
        windows.move(edition, live_from=live_from, live_until=end, closes_at=end, ended=Edition.Ended.NOT)
        result[article.pk] = edition
    windows.save()
    for model, *_ in _LISTS:
        model.objects.filter(edition__in=redated).update(first_published_at=live_from)
    return _settled(windows, result)


def _settled(windows, result, count=True):
    """Count what is live by the real clock, whatever a machine brought, and tell the caches."""
    if count:
        counts.settle()
    tasks.settle_at(moment for edition in result.values() for moment in (edition.live_from, edition.live_until))
    addresses.touch()
    return result
