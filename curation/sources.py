"""Links that people or programs give, found or made by their duplicate key: one page, one SourceLink."""

from . import links
from .models import SourceLink


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
