"""Links that people or programs give, found or made by their duplicate key: one page, one SourceLink.

What cleaning left out of a link can be put back: its clean address changes, its key and its brand do not.
"""

from dataclasses import dataclass

from django.db import transaction

from curation.models import LinkState, SourceLink
from curation.text import links


def read(address: str) -> SourceLink:
    """Return the SourceLink of an address: the one we have, else a new one that is not saved. One query.

    Raises ``links.LinkRefused`` (a ValueError) for what is no page's address.
    """
    link = SourceLink(pasted=links.check(address)).derive()
    return SourceLink.objects.filter(key=link.key).first() or link


def keep(link: SourceLink) -> SourceLink:
    """Save a new link, or return the one that somebody else saved a moment ago. Two queries."""
    if link.pk:
        return link
    SourceLink.objects.bulk_create([link.derive()], ignore_conflicts=True)
    return SourceLink.objects.get(key=link.key)


def page_of(link: SourceLink) -> str:
    """Return the address that a browser may be sent to; empty where it is none. No query."""
    return link.cleaned if links.is_web(link.cleaned) else ""


def left_out(link: SourceLink) -> list[str]:
    """Return the names of what cleaning leaves out of a link, each once, whether or not it was put back. No query."""
    return list(dict.fromkeys(links.removed(_whole(link))))


def is_put_back(link: SourceLink) -> bool:
    """Return whether a link carries what cleaning would leave out. No query."""
    return bool(links.removed(link.cleaned))


def put_back(link: SourceLink) -> None:
    """Put back into a link's address what cleaning left out of it; a redirector stays unwrapped. One query."""
    _carry(link, _whole(link))


def leave_out(link: SourceLink) -> None:
    """Clean a link again. One query."""
    _carry(link, links.cleaned(_whole(link)).url)


# When a rule changes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recleaned:
    """Links under the rules of today: those that change, and those that would be one page.

    ``changed`` holds each link with its clean address, key and brand of today; ``clashes`` pairs of links (the one that
    has the key or came first, the other, which stays as it is); ``tried`` the keys of tried links that nobody asks for
    any more.
    """

    changed: list[tuple[SourceLink, dict[str, str]]]
    clashes: list[tuple[SourceLink, SourceLink]]
    tried: list[str]


def reclean() -> Recleaned:
    """Return what today's rules make of every link; nothing is written. Two queries, in memory by the link.

    What a curator put back is left out again: it stays in what was pasted. An address that today is none stays.
    """
    stored = SourceLink.objects.only("pk", "pasted", "cleaned", "key", "brand").order_by("pk")
    today = [(link, _today(link)) for link in stored.iterator()]
    holders = {link.key: link for link, now in today if now["key"] == link.key}
    changed, clashes = [], []
    for link, now in today:
        holder = holders.setdefault(now["key"], link)
        if holder.pk != link.pk:
            clashes.append((holder, link))
        elif any(getattr(link, name) != value for name, value in now.items()):
            changed.append((link, now))
    keys = LinkState.objects.values_list("key", flat=True)
    return Recleaned(changed, clashes, [key for key in keys.iterator() if links.duplicate_key(key) != key])


def _today(link):
    clean = links.cleaned(link.cleaned).url
    clean = clean if links.is_web(clean) else link.cleaned
    return {"cleaned": clean, "key": links.duplicate_key(clean), "brand": links.brand(clean)}


@transaction.atomic
def write(found: Recleaned) -> int:
    """Write what ``reclean`` found, less the clashes; return how many links changed. Two queries for each of them.

    A key may have been another link's before, so all step aside first. Whatever changed since then stays as it is.
    """
    free = [(link, now, f"recleaned {link.pk}") for link, now in found.changed]
    moved = [one for one in free if SourceLink.objects.filter(pk=one[0].pk, key=one[0].key).update(key=one[2])]
    for link, now, _ in moved:
        taken = SourceLink.objects.filter(key=now["key"]).exists()
        SourceLink.objects.filter(pk=link.pk).update(**now | ({"key": link.key} if taken else {}))
    LinkState.objects.filter(key__in=found.tried).delete()
    return len(moved)


def _whole(link):
    """Return the address of a link with all its parameters, where that is still the same page of the same site."""
    address = links.unwrap(link.resolved or link.pasted)
    same = (links.duplicate_key(address), links.brand(address)) == (link.key, link.brand)
    return address if same else link.cleaned


def _carry(link, address):
    # The key stands in the condition: a harvest that meanwhile found another page behind the link wins.
    SourceLink.objects.filter(pk=link.pk, key=link.key).update(cleaned=address)
