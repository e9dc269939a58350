"""Keeping Versions: one for each editing session, sealed from the moment a step names it."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from curation.models import Harvest, LogEntry, Version
from curation.models.snapshots import digest
from curation.sql import bulk_writes
from curation.text.sentences import sentences

#: A pause longer than this, or another writer, begins a new editing session and so a new Version.
SESSION = timedelta(minutes=30)


def latest(articles) -> dict[int, Version]:
    """Return the newest Version of each article, by article id. One query; articles without one are not in it."""
    newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return {row.article_id: row for row in Version.objects.filter(~Exists(newer), article__in=articles)}


def record_many(
    contents: dict[int, dict], *, by, at, restored: dict[int, set[int]] | None = None, are_new: bool = False
) -> dict[int, Version]:
    """Record the words of each article in its newest Version; return these Versions by article id.

    ``contents`` are snapshots by article id. The open Version of the same session is rewritten; a sealed one, another
    person's or one older than ``SESSION`` is left alone and a new one begun. Without ``by`` nobody has written: any
    open Version takes the words, and nobody signs. ``restored`` are the ids of those who wrote words that come back, or
    that a machine fills in for them, by article id: they sign too, and no open Version is overwritten. Articles that
    ``are_new`` have no Version to look for. Two queries to read, three to write.
    """
    newest = {} if are_new else latest(contents)
    changed = {
        pk: content for pk, content in contents.items() if pk not in newest or newest[pk].digest != digest(content)
    }
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
    _sign(new + mended, by, restored or {})
    return newest


def _same_session(version, by, at, writers):
    """Return whether ``by`` is still in the session that opened this Version; nobody disturbs none."""
    if by is None:
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


def authors(newest: dict[int, Version]) -> dict[int, set[int]]:
    """Return who wrote the words of these Versions: writers of each and of all since the last approved one before.

    ``newest`` and the result go by article id; the result holds user ids. Three queries, however many Versions.
    """
    approved = defaultdict(int)
    steps = LogEntry.objects.filter(article__in=newest, step="approve", version__isnull=False)
    for article, number in steps.values_list("article_id", "version__number").distinct().order_by():
        if number < newest[article].number:
            approved[article] = max(approved[article], number)
    result = pasters({article: version.content for article, version in newest.items()})
    signed = Version.writers.through.objects.filter(version__article__in=newest)
    for article, number, user in signed.values_list("version__article_id", "version__number", "user_id"):
        if approved[article] < number <= newest[article].number:
            result[article].add(user)
    return result


#: Where a harvest names who pasted its text, among what it found.
PASTED_BY = "pasted_by"


def pasters(contents: dict[int, dict]) -> dict[int, set[int]]:
    """Return who pasted the text of a source from which the standfirst has a sentence, by article id. One query.

    Whoever clicks “Use” signs as well; but the words are those of the person who pasted them.
    """
    named = {pk: {row["link"] for row in content["sources"]} for pk, content in contents.items()}
    pasted = Harvest.objects.filter(kind="text", link__in=set().union(*named.values()))
    texts = {harvest.link_id: harvest for harvest in pasted.only("link", "asked_by", "found", "text")}
    return {
        pk: {
            _paster(texts[link])
            for link in named[pk] & texts.keys()
            if _is_drawn_from(content["standfirst"], texts[link])
        }
        - {None}
        for pk, content in contents.items()
    }


def _paster(harvest):
    """Return the id of who pasted the text; of before that was kept, of who asked last."""
    return next((int(who) for who, _ in harvest.found.get(PASTED_BY, ())), harvest.asked_by_id)


def _is_drawn_from(standfirst, harvest):
    """Return whether a whole sentence of the standfirst, or its cut beginning, stands in what was pasted."""
    offered = [words for words, _ in harvest.found.get("description", ())]
    text = " ".join(" ".join([harvest.text, *offered]).split())
    return any(words in text for one in sentences(standfirst) if (words := one.rstrip("… ")))


def wrote(article) -> Exists:
    """Return whether a user (the outer query's row) is among the ``authors`` of an article's newest Version.

    No query.
    """
    later = Version.objects.filter(article=article, number__gt=OuterRef("version__number"))
    approved = LogEntry.objects.filter(
        article=article, step="approve", version__number__gte=OuterRef("version__number")
    )
    signed = Version.writers.through.objects.filter(version__article=article, user=OuterRef("pk"))
    return Exists(signed.filter(~Exists(approved.filter(Exists(later)))))


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
