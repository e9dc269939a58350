"""Links that people or programs give, found or made by their duplicate key: one page, one SourceLink.

What cleaning left out of a link can be put back: its clean address changes, its key and its brand do not.
"""

from curation.models import SourceLink
from curation.text import links


def read(address: str) -> SourceLink:
    """The SourceLink of an address: the one we have, else a new one that is not saved. One query.

    Raises ``links.LinkRefused`` (a ValueError) for what is no page's address.
    """
    link = SourceLink(pasted=links.check(address)).derive()
    return SourceLink.objects.filter(key=link.key).first() or link


def keep(link: SourceLink) -> SourceLink:
    """Save a new link, or give the one that somebody else saved a moment ago. Two queries."""
    if link.pk:
        return link
    SourceLink.objects.bulk_create([link.derive()], ignore_conflicts=True)
    return SourceLink.objects.get(key=link.key)


def page_of(link: SourceLink) -> str:
    """The address that a browser may be sent to; empty where it is none. No query."""
    return link.cleaned if links.is_web(link.cleaned) else ""


def left_out(link: SourceLink) -> list[str]:
    """The names of what cleaning leaves out of a link, each once, whether or not it was put back. No query."""
    return list(dict.fromkeys(links.removed(_whole(link))))


def is_put_back(link: SourceLink) -> bool:
    """Whether a link carries what cleaning would leave out. No query."""
    return bool(links.removed(link.cleaned))


def put_back(link: SourceLink) -> None:
    """Let a link carry what cleaning left out of it; a redirector stays unwrapped. One query."""
    _carry(link, _whole(link))


def leave_out(link: SourceLink) -> None:
    """Clean a link again. One query."""
    _carry(link, links.cleaned(_whole(link)).url)


def _whole(link):
    """The address of a link with all its parameters, where that is still the same page of the same site."""
    address = links.unwrap(link.resolved or link.pasted)
    same = (links.duplicate_key(address), links.brand(address)) == (link.key, link.brand)
    return address if same else link.cleaned


def _carry(link, address):
    # The key stands in the condition: a harvest that meanwhile found another page behind the link wins.
    SourceLink.objects.filter(pk=link.pk, key=link.key).update(cleaned=address)
