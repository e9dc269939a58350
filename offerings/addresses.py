"""Old addresses that lead to new ones, and the counter that says when readers' pages changed.

The lowest room of the house: everything that has an address needs it. A live page always wins over a redirect,
because pages ask here only when nothing lives at an address.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F

from . import slugs
from .text.guarded import OwnPathField


def normal(path: str) -> str:
    """Return an address as redirects compare it: lower case, one leading slash, no trailing one, no query."""
    return "/" + path.split("?")[0].split("#")[0].strip().strip("/").lower()


class Redirect(models.Model):
    """One old address (``path``, in its normal form) and the page it leads to (``target``, with its slash)."""

    path = models.CharField(max_length=1000, unique=True, help_text="The old address, e.g. /news/an-old-title")
    target = OwnPathField(max_length=1000, db_index=True, help_text="Where it leads now, e.g. /news/a-new-title/")

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
    """Count up, as readers' pages may have changed. One query, inside the caller's transaction."""
    if not PublicationCounter.objects.filter(pk=1).update(value=F("value") + 1):
        PublicationCounter.objects.get_or_create(pk=1, defaults={"value": 1})


def edition_of_site() -> int:
    """Return the publication counter now: part of every cache key. One query; 0 before anything was published."""
    return PublicationCounter.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def lookup(path: str) -> str | None:
    """Return the target of the redirect at ``path``, or None. One query.

    A topic's feed and months lie beneath its address, and lead to those of the topic that it leads to.
    """
    here = normal(path)
    topic, beneath = slugs.parted_topic(here)
    targets = _rows(path__in={here, topic})
    if here in targets or not beneath:
        return targets.get(here)
    target = targets.get(topic, "")
    is_topic = target == slugs.topic_address(normal(target).rpartition("/")[2])
    return f"{target}{beneath}" + ("" if "." in beneath else "/") if is_topic else None


def redirect(path: str, target: str) -> None:
    """Redirect ``path`` to ``target`` from now on; see :func:`redirect_many`."""
    redirect_many([(path, target)])


@transaction.atomic
def redirect_many(pairs: Iterable[tuple[str, str]]) -> None:
    """Redirect each path to its target, in order, and keep chains flat: no reader is ever sent on twice.

    A target that is itself an old address is followed; what led to a path now leads to its target. Newer words win:
    a target that would lead back to its own path is a page again. Four queries, however many pairs.
    """
    pairs = [(normal(path), target) for path, target in pairs]
    paths = {path for path, _ in pairs}
    old = _rows(path__in=paths | {normal(target) for _, target in pairs})
    old |= _rows(target__in=paths | {f"{path}/" for path in paths})
    flat = _Flat(old)
    for path, target in pairs:
        flat.lead(path, target)
    Redirect.objects.filter(path__in=old.keys() - flat.targets.keys()).delete()
    Redirect.objects.bulk_create(
        [Redirect(path=path, target=target) for path, target in flat.targets.items() if old.get(path) != target],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["target"],
    )


def _rows(**those):
    return dict(Redirect.objects.filter(**those).values_list("path", "target"))


class _Flat:
    """Redirects of which none leads to another: path → target, and by normal target the paths that lead there."""

    def __init__(self, targets):
        self.targets, self.leading = {}, defaultdict(set)
        for path, target in targets.items():
            self._put(path, target)

    def lead(self, path, target):
        """Redirect ``path`` to ``target``, and what led to ``path`` as well."""
        self._take(path)
        onward = self.targets.get(normal(target), target)
        if normal(onward) == path:  # the place is a page again
            self._take(normal(target))
            onward = target
        if normal(onward) != path:
            for other in [path, *self.leading.pop(path, ())]:
                self._put(other, onward)

    def _put(self, path, target):
        self._take(path)
        self.targets[path] = target
        self.leading[normal(target)].add(path)

    def _take(self, path):
        target = self.targets.pop(path, None)
        if target is not None:
            self.leading[normal(target)].discard(path)


def forget(path: str) -> None:
    """Remove a redirect, as a page has taken its address; see :func:`forget_many`."""
    forget_many([path])


def forget_many(paths: Iterable[str]) -> None:
    """Remove redirects, as pages have taken their addresses. One query."""
    Redirect.objects.filter(path__in={normal(path) for path in paths}).delete()
