"""Old addresses that lead to new ones, and the counter that says when readers' pages changed.

The lowest room of the house: everything that has an address needs it. A live page always wins over a redirect,
because pages ask here only when nothing lives at an address.
"""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F


def normal(path: str) -> str:
    """An address as redirects compare it: lower case, one leading slash, no trailing one, no query."""
    return "/" + path.split("?")[0].split("#")[0].strip().strip("/").lower()


class Redirect(models.Model):
    """One old address (``path``, in its normal form) and the page it leads to (``target``, with its slash)."""

    path = models.CharField(max_length=1000, unique=True, help_text="The old address, e.g. /news/an-old-title")
    target = models.CharField(max_length=1000, db_index=True, help_text="Where it leads now, e.g. /news/a-new-title/")

    class Meta:
        ordering = ["path"]

    def __str__(self):
        return f"{self.path} → {self.target}"


class PublicationCounter(models.Model):
    """A single row whose value rises whenever something that readers see may have changed."""

    value = models.BigIntegerField(default=0)

    def __str__(self):
        return str(self.value)


def touch() -> None:
    """Say that readers' pages may have changed. One query, inside the caller's transaction."""
    if not PublicationCounter.objects.filter(pk=1).update(value=F("value") + 1):
        PublicationCounter.objects.get_or_create(pk=1, defaults={"value": 1})


def edition_of_site() -> int:
    """The publication counter now: part of every cache key. One query; 0 before anything was published."""
    return PublicationCounter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def lookup(path: str) -> str | None:
    """The target of the redirect at ``path``, or None. One query."""
    return Redirect.objects.filter(path=normal(path)).values_list("target", flat=True).first()


def redirect(path: str, target: str) -> None:
    """Let ``path`` lead to ``target`` from now on; see :func:`redirect_many`."""
    redirect_many([(path, target)])


@transaction.atomic
def redirect_many(pairs: Iterable[tuple[str, str]]) -> None:
    """Let each path lead to its target, and keep chains flat: what led to a path now leads to its target.

    A target that is itself an old address is followed first, so that no reader is ever sent on twice; a path that
    would lead to itself is dropped. Three queries, however many pairs, plus one for each chain that had to be bent.
    """
    wanted = {normal(path): target for path, target in pairs}
    onward = dict(
        Redirect.objects.filter(path__in={normal(target) for target in wanted.values()}).values_list("path", "target")
    )
    rows = [
        Redirect(path=path, target=_followed(target, wanted, onward, start=path)) for path, target in wanted.items()
    ]
    rows = [row for row in rows if normal(row.target) != row.path]
    Redirect.objects.bulk_create(rows, update_conflicts=True, unique_fields=["path"], update_fields=["target"])
    _bend({row.path: row.target for row in rows})


def _followed(target, wanted, onward, *, start):
    """Where ``target`` leads in the end; a loop leads to where it began, and is dropped by the caller."""
    seen = {start}
    while (step := normal(target)) not in seen:
        seen.add(step)
        target = wanted.get(step) or onward.get(step) or target
    return target


def _bend(new):
    """Redirects that led to a path in ``new`` lead to its target instead, and never to themselves."""
    old = Redirect.objects.filter(target__in=[path + "/" for path in new] + list(new))
    for row in old:
        row.target = new[normal(row.target)]
        if normal(row.target) == row.path:
            row.delete()
        else:
            row.save(update_fields=["target"])


def forget(path: str) -> None:
    """A page has taken this address; see :func:`forget_many`."""
    forget_many([path])


def forget_many(paths: Iterable[str]) -> None:
    """Pages have taken these addresses: no redirect may stand there any more. One query."""
    Redirect.objects.filter(path__in={normal(path) for path in paths}).delete()
