"""Erasing an article for good: its words, pictures and documents go from every table, and a tombstone stays.

Inside the caller's transaction, which holds the article. The database lets a row of the log be emptied only as it lets
go of its article (``guards``), and everything else goes whole; files of pictures go after the commit, by a task that is
kept in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.contrib.admin.models import LogEntry as DjangoLogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Q

from curation.editing import link_checks
from curation.models import (
    Article,
    ArticleSource,
    Document,
    Edition,
    LinkState,
    LogEntry,
    Picture,
    SourceLink,
    Tombstone,
    Trace,
    Version,
)
from curation.models.fields import HTML
from curation.models.snapshots import snapshot
from curation.text.addresses import MEDIA
from offerings import addresses

from . import counts, guards, press, tasks


@dataclass
class Estate:
    """All that hangs on an article: what goes with it, and what stays because something else uses it."""

    contents: list[dict]
    links: list[SourceLink] = field(default_factory=list)
    shared_links: list[SourceLink] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shared_pictures: list[Picture] = field(default_factory=list)


def estate_of(article: Article) -> Estate:
    """Return what erasing an article would take, and what it would leave to others.

    Some twelve queries; where it has pictures, one of them reads the texts of all working copies. Shared is what
    another article has now, or readers see or saw elsewhere: an old Version of another may name a picture that goes.
    """
    versions = Version.objects.filter(article=article).values_list("content", flat=True)
    whole = Article.objects.with_relations().get(pk=article.pk)
    found = Estate([*versions, snapshot(whole)])
    named = {row["link"] for content in found.contents for row in content["sources"]}
    others = ArticleSource.objects.filter(link__in=named).exclude(article=article)
    shared = set(others.values_list("link", flat=True))
    for link in SourceLink.objects.filter(pk__in=named).select_related("harvest").order_by("pk"):
        (found.shared_links if link.pk in shared else found.links).append(link)
    pictures = _pictures(article, found)
    needed = _needed_elsewhere(article, pictures)
    for picture in pictures:
        (found.shared_pictures if picture.pk in needed else found.pictures).append(picture)
    return found


def _pictures(article, estate):
    """Return the pictures that an article shows or ever showed, and those gathered from pages that go with it."""
    ids = {content.get("picture_id") for content in estate.contents} - {None}
    names = {name for content in estate.contents for html in HTML for name in press.BODY_PICTURE.findall(content[html])}
    gathered = [address for link in estate.links for address in _gathered(link)]
    of_editions = Edition.objects.filter(article=article)
    shown = Q(pk__in=ids) | Q(name__in=names) | Q(address__in=gathered)
    shown |= Q(pk__in=of_editions.exclude(picture=None).values("picture"))
    shown |= Q(pk__in=Edition.pictures.through.objects.filter(edition__in=of_editions).values("picture"))
    return list(Picture.objects.filter(shown).order_by("pk"))


def _gathered(link):
    """Return the addresses that reading a page found: pictures are kept under theirs."""
    found = link.harvest.found if hasattr(link, "harvest") else {}
    values = [alternative[0] for some in found.values() for alternative in some if alternative]
    return [value for value in values if isinstance(value, str) and value.startswith("http")]


def _needed_elsewhere(article, pictures):
    """Return the ids of those pictures that other articles or Editions show."""
    if not pictures:
        return set()
    others, editions = Article.objects.exclude(pk=article.pk), Edition.objects.exclude(article=article)
    needed = set(others.filter(picture__in=pictures).values_list("picture", flat=True))
    needed |= set(editions.filter(picture__in=pictures).values_list("picture", flat=True))
    in_bodies = Edition.pictures.through.objects.filter(picture__in=pictures).exclude(edition__article=article)
    needed |= set(in_bodies.values_list("picture", flat=True))
    left = {picture.name: picture.pk for picture in pictures if picture.name and picture.pk not in needed}
    if not left:
        return needed
    shown = reduce(or_, (Q(body__contains=f"{MEDIA}{name}") | Q(insights__contains=f"{MEDIA}{name}") for name in left))
    texts = [" ".join(row) for row in others.filter(shown).order_by().values_list("body", "insights")]
    return needed | {pk for name, pk in left.items() if any(name in text for text in texts)}


def erase(article: Article, *, by, at, reason: str) -> Tombstone:
    """Erase an article and what hangs on it alone, leave its tombstone, and return that. Some sixty queries.

    Readers lose it at once: what is live ends, what is scheduled is cancelled, both counted.
    """
    _forget_as_it_goes()
    editions = list(Edition.objects.select_for_update().filter(article=article).order_by("number"))
    _close(article, editions, at)
    estate = estate_of(article)
    tombstone = _tombstone(article, by, at, reason)
    _leave_traces(tombstone, article, estate)
    _empty_log(article)
    Edition.objects.filter(article=article).delete()
    Article.objects.filter(pk=article.pk).delete()
    _remove_estate(estate)
    addresses.touch()
    return tombstone


def _forget_as_it_goes():
    """Have SQLite overwrite what is deleted, rather than only let go of the space; PostgreSQL vacuums."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _close(article, editions, at):
    """Take it off the site and off the schedule, and settle the counts: their rows are held, so none is passed by."""
    windows = press.Windows([article], at, known=editions)
    if windows.live(article) or windows.scheduled(article):
        press.withdraw([article], at=at, reason="")
    counts.settle(at)


def _tombstone(article, by, at, reason):
    seen = list(Edition.objects.started(at).filter(article=article).order_by("number"))
    last = max(seen, key=lambda edition: edition.live_until, default=None)
    return Tombstone.objects.create(
        number=article.pk,
        address=last.get_absolute_url() if last else "",
        created_at=Article.objects.values_list("created_at", flat=True).get(pk=article.pk),
        first_published_at=min((edition.first_published_at for edition in seen), default=None),
        windows=[press.move(edition) for edition in seen],
        by_id=by.pk,
        actor=str(by)[:200],
        at=at,
        reason=reason,
    )


def _leave_traces(tombstone, article, estate):
    """Leave the signs by which it is known again: addresses that readers have, its pages, its document."""
    seen = Edition.objects.started(tombstone.at).filter(article=article).order_by()
    keys = {link.key for link in (*estate.links, *estate.shared_links)}
    documents = Document.objects.filter(article=article).values_list("key", flat=True)
    marks = [(Trace.Kind.SLUG, slug) for slug in seen.values_list("slug", flat=True).distinct()]
    marks += [(Trace.Kind.LINK, Trace.mark_of(key)) for key in sorted(keys)]
    marks += [(Trace.Kind.DOCUMENT, Trace.mark_of(key)) for key in documents]
    Trace.objects.bulk_create(Trace(tombstone=tombstone, kind=kind, mark=mark) for kind, mark in marks)


def _empty_log(article):
    """Keep the rows of its log, who did what and when, without a word of it: the database's one door."""
    gone = {"article": None, "version": None, "edition": None}
    LogEntry.objects.filter(article=article).update(about=f"brief {article.pk}", reason="", details={}, **gone)
    _unname_at_the_desk(Article, [article.pk], f"Brief {article.pk}")


def _unname_at_the_desk(model, keys, words):
    """Have Django's own log of the desk forget what it says of some things. Two queries."""
    kind = ContentType.objects.get_for_model(model)
    named = DjangoLogEntry.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in keys])
    named.update(object_repr=words, change_message="")


def _unname(estate):
    """Keep of sources and pictures that go that somebody changed them, and no longer which ones they were."""
    links, pictures = estate.links, estate.pictures
    addresses_of = {one for link in links for one in (link.pasted, link.cleaned, link.resolved, link.canonical)}
    guards.unname("source link", addresses_of)
    guards.unname("picture", {name for one in pictures for name in (one.name, one.address)})
    _unname_at_the_desk(SourceLink, [link.pk for link in links], "Source link, since erased")
    _unname_at_the_desk(Picture, [picture.pk for picture in pictures], "Picture, since erased")


def _remove_estate(estate):
    """Delete what nothing else uses, and what was found out about the addresses in its texts."""
    _unname(estate)
    counts.forget_brands({link.brand for link in estate.links})
    names = [picture.name for picture in estate.pictures if picture.name]
    names += [link.favicon.partition(".")[0].partition("-")[0] for link in estate.links if link.favicon]
    Picture.objects.filter(pk__in=[picture.pk for picture in estate.pictures]).delete()
    SourceLink.objects.filter(pk__in=[link.pk for link in estate.links]).delete()
    keys = {key for content in estate.contents for key in link_checks.addresses(content["body"])}
    LinkState.objects.filter(key__in=keys).delete()
    tasks.remove_files_soon(sorted(set(names)))


def tombstones_of_links(keys: Iterable[str]) -> list[Tombstone]:
    """Return the tombstones of articles that were made of these pages (duplicate keys), newest first. One query."""
    return [trace.tombstone for trace in Trace.objects.of_links(keys)]
