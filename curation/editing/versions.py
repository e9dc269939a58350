"""Keeping Versions: one for each editing session, sealed from the moment a step names it."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from curation.models import LogEntry, Version
from curation.models.snapshots import digest
from curation.models.vocabulary.current import same_words
from curation.sql import bulk_writes

#: A pause longer than this, or another writer, begins a new editing session and so a new Version.
SESSION = timedelta(minutes=30)


def latest(articles) -> dict[int, Version]:
    """Return the newest Version of each article, by article id. One query; articles without one are not in it."""
    return {row.article_id: row for row in _newest(articles)}


def _newest(articles):
    newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return Version.objects.filter(~Exists(newer), article__in=articles)


def _newest_and_before(articles):
    """Return the newest Versions as ``latest`` does, each with the digest of the one ``before`` it, or None."""
    earlier = Version.objects.filter(article=OuterRef("article"), number__lt=OuterRef("number")).order_by("-number")
    rows = _newest(articles).annotate(before=Subquery(earlier.values("digest")[:1]))
    return {row.article_id: row for row in rows}


def record_many(
    contents: dict[int, dict], *, by, at, restored: dict[int, set[int]] | None = None, are_new: bool = False
) -> dict[int, Version]:
    """Record the words of each article in its newest Version; return these Versions by article id.

    ``contents`` are snapshots by article id. The open Version of the same session is rewritten; a sealed one, another
    person's or one older than ``SESSION`` is left alone and a new one begun. Without ``by`` nobody has written: any
    open Version takes the words, and nobody signs. Whoever leaves the words as they were in the Version before signs
    nothing either. ``restored`` are the ids of those who wrote words that come back, or
    that a machine fills in for them, by article id: they sign too, and no open Version is overwritten. Articles that
    ``are_new`` have no Version to look for. Two queries to read, three to write.
    """
    newest = {} if are_new else _newest_and_before(contents)
    changed = _changed(contents, newest)
    signed = _writers([version for pk, version in newest.items() if pk in changed and not version.sealed])
    mended, new = [], []
    for pk, content in changed.items():
        last = newest.get(pk)
        if last and not last.sealed and not restored and _same_session(last, by, at, signed[last.pk]):
            mended.append(last)
        else:
            number = last.number + 1 if last else 1
            last = bulk_writes.unsaved(Version, {"article_id": pk, "number": number, "created_at": at})
            new.append(last)
        last.content, last.digest, last.updated_at = content, digest(content), at
        newest[pk] = last
    bulk_writes.insert_many(Version, new)
    bulk_writes.update_each(Version, mended, ["content", "digest", "updated_at"])
    undone = [version for version in mended if _says_nothing_new(version)]
    _unsign(undone)
    _sign([version for version in new + mended if version not in undone], by, restored or {})
    return newest


def _changed(contents, newest):
    """Return the contents that say something else than these Versions. A topic that went into another one does not."""
    changed = {
        pk: content for pk, content in contents.items() if pk not in newest or newest[pk].digest != digest(content)
    }
    same = same_words({pk: (newest[pk].content, content) for pk, content in changed.items() if pk in newest})
    return {pk: content for pk, content in changed.items() if pk not in same}


def _says_nothing_new(version):
    """Return whether an open Version holds what the one before it held: what was typed since is gone again."""
    return version.digest == version.before


def _unsign(versions):
    """Take back who wrote these Versions. One query, none for no Versions."""
    if versions:
        Version.writers.through.objects.filter(version__in=versions).delete()


def _same_session(version, by, at, writers):
    """Return whether ``by`` is still in the session that opened this Version; nobody disturbs none."""
    if by is None or _says_nothing_new(version):
        return True
    return at - version.updated_at <= SESSION and writers == ({by.pk} if by.pk else set())


def _writers(versions):
    """Return the ids of those who signed these Versions, by Version id. One query, none for no Versions."""
    signed = defaultdict(set)
    pairs = Version.writers.through.objects.filter(version__in=versions) if versions else None
    for version, user in pairs.values_list("version_id", "user_id") if versions else ():
        signed[version].add(user)
    return signed


def _sign(versions, by, restored):
    """Write down who wrote these Versions; a machine has no account and signs nothing."""
    own = {by.pk} if by is not None and by.pk else set()
    through = Version.writers.through
    through.objects.bulk_create(
        [
            through(version_id=version.pk, user_id=writer)
            for version in versions
            for writer in own | restored.get(version.article_id, set())
        ],
        ignore_conflicts=True,
    )


def writers_of(versions) -> dict[int, set[int]]:
    """Return the ids of those who signed each of these Versions, by article id. One query."""
    signed = _writers(list(versions))
    return {version.article_id: signed[version.pk] for version in versions}


def last_changed(article, parts) -> dict[str, Version]:
    """Return the Version in which each part of a snapshot became what it is now, by part, with its writers loaded.

    Looks at the ``_LOOKED_AT`` newest Versions only: a part that is older is not in it. Two queries.
    """
    newest = list(Version.objects.filter(article=article).prefetch_related("writers").order_by("-number")[:_LOOKED_AT])
    found = {}
    for version, before in zip(newest, newest[1:], strict=False):
        for part in set(parts) - found.keys():
            if version.content.get(part) != before.content.get(part):
                found[part] = version
    return found


_LOOKED_AT = 12


def seal(versions) -> None:
    """Seal these Versions: from now on they never change. One query."""
    open_ones = [version for version in versions if not version.sealed]
    Version.objects.filter(pk__in=[version.pk for version in open_ones]).update(sealed=True)
    for version in open_ones:
        version.sealed = True


def name(version: Version, words: str, *, by) -> Version:
    """Give a Version a name, so that it is found again; from then on it never changes, and the log says so.

    Raises ValueError for a name that is empty or longer than 120 characters. Two queries, three for an open one.
    """
    words = " ".join(words.split())
    if not words or len(words) > _NAME:
        raise ValueError(f"A name has 1 to {_NAME} characters; this one has {len(words)}.")
    with transaction.atomic():
        seal([version])
        version.name = words
        version.save(update_fields=["name"])
        article = version.article
        LogEntry.objects.create(
            article=article,
            step="name",
            by=by,
            actor=str(by),
            at=timezone.now(),
            from_state=article.state,
            to_state=article.state,
            edit=article.edit,
            version=version,
            reason=words,
        )
    return version


_NAME = Version._meta.get_field("name").max_length
