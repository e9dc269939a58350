"""Sitemaps for search engines: an index, a map of each month of news, and maps of the catalogue."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.models import Edition, Tally
from curation.publishing import counts, visibility
from curation.site import lists
from curation.text import dates
from offerings.models import Institution, Offering
from offerings.request_values import whole_number


class OwnMap(Sitemap):
    """A map whose addresses are the site's own, whatever host was asked."""

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class MonthMap(OwnMap):
    """The articles of one month."""

    def __init__(self, year, month):
        self.bounds = lists.bounds(year, month)

    def items(self):
        live = Edition.objects.live().between(*self.bounds).newest_first()
        return live.only("section_id", "slug", "updated_at", "first_published_at")

    def lastmod(self, edition):
        return max(edition.updated_at or edition.first_published_at, edition.first_published_at)


class CatalogueMap(OwnMap):
    """Pages of one kind of the catalogue that readers can visit."""

    def __init__(self, found):
        self.found = found

    def items(self):
        return self.found


CATALOGUE = {
    "topics": lambda: visibility.topics(timezone.now()).in_use().order_by("slug"),
    "offerings": lambda: Offering.objects.in_use().order_by("slug"),
    "institutions": lambda: Institution.objects.in_use().order_by("slug"),
}


@require_safe
def index(request):
    """Answer the index: one entry a month that has news, and one for each kind of the catalogue. One query."""
    now = dates.local(timezone.now())
    months = sorted(filter(None, counts.counts_of(Tally.Kind.ALL)), reverse=True)
    names = [*CATALOGUE, *(f"news-{month}" for month in months)]
    maps = [
        {
            "location": settings.SITE_URL + reverse("sitemap", args=[name]),
            "last_mod": now.date() if name == f"news-{now:%Y-%m}" else None,
        }
        for name in names
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": maps}, content_type="application/xml")


@require_safe
def section(request, section):
    """Answer one map."""
    return sitemap(request, {section: _map(section)}, section=section)


def _map(name):
    if name in CATALOGUE:
        return CatalogueMap(CATALOGUE[name]())
    month = re.fullmatch(r"news-([0-9]{4})-([0-9]{2})", name, re.ASCII)
    if month is None:
        raise Http404("no such sitemap")
    return MonthMap(*map(whole_number, month.groups()))
