"""Context of every page: the site's own name and address, and what day it is in the newsroom."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from curation.text import dates


@dataclass(frozen=True)
class Site:
    """The site as templates print it; ``url`` has no slash at its end."""

    name: str
    url: str
    tagline: str = "Healthcare innovation, read closely and told briefly."


def site(request):
    """Give every template the site and the day; no query, and nothing of the session."""
    today = dates.local(timezone.now())
    return {
        "site": Site(settings.SITE_NAME, settings.SITE_URL),
        "canonical": settings.SITE_URL + request.path,
        "today": f"{dates.WEEKDAYS[today.weekday()]} {dates.day(today)}",
        "today_iso": f"{today:%Y-%m-%d}",
    }
