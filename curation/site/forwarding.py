"""Forwarding from addresses at which nothing is live: through moves and successors to a page, in one step."""

from curation.models import Edition, Trace
from curation.models.people import section_at
from offerings import addresses
from offerings.text.guarded import is_own_path


def onward(path: str) -> str | None:
    """Return the address that ``path`` leads to in the end, or None where it leads nowhere else.

    Old addresses lead to new ones, ended articles to their successors, and so on: readers are sent on once. The end may
    be an article that ended without a successor, whose address answers 410; it is never one that readers have not seen.
    One query for an address that leads nowhere and is not an article's, up to four for each step.
    """
    if "\0" in path:
        return None  # no database can be asked for it
    here, seen = path, set()
    while here and addresses.normal(here) not in seen:
        seen.add(addresses.normal(here))
        last, here = here, _after(here)
    end = here or last
    if addresses.normal(end) == addresses.normal(path) or not is_own_path(end) or not _was_ever(end):
        return None
    return end


def _after(path):
    """Return where an address leads in one step; None where it is a page, or leads nowhere."""
    slug = _slug(path)
    if slug is None:
        return addresses.lookup(path)
    if live := _of(Edition.objects.live().filter(slug=slug)):
        return None if addresses.normal(live) == addresses.normal(path) else live
    return addresses.lookup(path) or _of(Edition.objects.once_at(slug).live()) or _successor(slug)


def _slug(path):
    """Return the slug of an article's address, in whatever section, or None."""
    first, _, slug = addresses.normal(path).removeprefix("/").partition("/")
    return slug if slug and "/" not in slug and section_at(first) else None


def _of(editions):
    """Return the address of the Edition that readers saw last, or None."""
    last = editions.order_by("-live_until").only("section_id", "slug").first()
    return last and last.get_absolute_url()


def _successor(slug):
    """Return the address to which the article that ended at a slug sends readers, if they can have seen that."""
    ended = Edition.objects.once_at(slug).order_by("-live_until").values_list("successor", flat=True).first()
    return _of(Edition.objects.started().filter(article=ended)) if ended else None


def _was_ever(path):
    """Return whether readers see or saw something at the end of the way; only for articles can that be otherwise."""
    slug = _slug(path)
    return slug is None or Edition.objects.started().filter(slug=slug).exists() or is_erased(slug)


def is_erased(slug) -> bool:
    """Return whether readers found an article at a slug that was erased since. One query."""
    return Trace.objects.of_slugs([slug]).exists()
