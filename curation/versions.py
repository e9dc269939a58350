"""Keeping Versions: one for each editing session, sealed from the moment a step names it."""

from datetime import timedelta

from django.db.models import Max

from .models import Version
from .snapshots import digest

#: A pause longer than this, or another writer, begins a new editing session and so a new Version.
SESSION = timedelta(minutes=30)


def latest(articles) -> dict[int, Version]:
    """The newest Version of each article, by article id. One query; articles without one are not in it."""
    newest = Version.objects.filter(article__in=articles).values("article").annotate(number=Max("number"))
    wanted = {(row["article"], row["number"]) for row in newest}
    rows = Version.objects.filter(article__in=articles, number__in={number for _, number in wanted})
    return {row.article_id: row for row in rows if (row.article_id, row.number) in wanted}


def record_many(contents: dict[int, dict], *, by, at) -> dict[int, Version]:
    """Let the newest Version of each article hold its words, and give these Versions by article id.

    ``contents`` are snapshots by article id. The open Version of the same session is rewritten; a sealed one, another
    person's or one older than ``SESSION`` is left alone and a new one begun. Two queries to read, three to write.
    """
    result, new, mended = latest(contents), [], []
    for pk, content in contents.items():
        words, last = digest(content), result.get(pk)
        if last and last.digest == words:
            continue
        if last and not last.sealed and _same_session(last, by, at):
            mended.append(last)
        else:
            last = Version(article_id=pk, number=last.number + 1 if last else 1, created_at=at)
            new.append(last)
        last.content, last.digest, last.updated_at = content, words, at
        result[pk] = last
    Version.objects.bulk_create(new)
    if mended:
        Version.objects.bulk_update(mended, ["content", "digest", "updated_at"])
    _sign(new + mended, by)
    return result


def _same_session(version, by, at):
    """Whether ``by`` is still in the session that opened this Version."""
    if at - version.updated_at > SESSION:
        return False
    return [user.pk for user in version.writers.all()] == ([by.pk] if by.pk else [])


def _sign(versions, by):
    """Write down who wrote these Versions; a machine has no account and signs nothing."""
    if not by.pk or not versions:
        return
    through = Version.writers.through
    through.objects.bulk_create(
        [through(version_id=version.pk, user_id=by.pk) for version in versions], ignore_conflicts=True
    )


def seal(versions) -> None:
    """From now on these Versions never change. One query."""
    open_ones = [version for version in versions if not version.sealed]
    Version.objects.filter(pk__in=[version.pk for version in open_ones]).update(sealed=True)
    for version in open_ones:
        version.sealed = True
