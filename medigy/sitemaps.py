"""Sitemaps for search engines: an index, a map of each month of news, and maps of the catalogue."""

from datetime import date

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation import dates
from curation.archive import Archive
from curation.models import Edition, Tally
from offerings.models import Institution, Offering, Topic


class MonthMap(Sitemap):
    """The articles of one month."""

    def __init__(self, year, month):
        self.bounds = dates.bounds(year, month)

    def items(self):
        live = Edition.objects.live().between(*self.bounds).newest_first()
        return live.only("slug", "updated_at", "first_published_at")

    def lastmod(self, edition):
        return max(edition.updated_at or edition.first_published_at, edition.first_published_at)


class CatalogueMap(Sitemap):
    """What of one kind of the catalogue readers can visit."""

    def __init__(self, found):
        self.found = found

    def items(self):
        return self.found


CATALOGUE = {
    "topics": lambda: Topic.objects.in_use().order_by("slug"),
    "offerings": lambda: Offering.objects.in_use().order_by("slug"),
    "institutions": lambda: Institution.objects.in_use().order_by("slug"),
}


@require_safe
def index(request):
    """The index: one entry a month that has news, and one for each kind of the catalogue. One query."""
    now = dates.local(timezone.now())
    names = [*CATALOGUE, *(f"news-{month}" for month in Archive.of("/news/", Tally.Kind.ALL).months)]
    maps = [
        {
            "location": request.build_absolute_uri(reverse("sitemap", args=[name])),
            "last_mod": now.date() if name == f"news-{now:%Y-%m}" else None,
        }
        for name in names
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": maps}, content_type="application/xml")


@require_safe
def section(request, section):
    """One map."""
    return sitemap(request, {section: _map(section)}, section=section)


def _map(name):
    if name in CATALOGUE:
        return CatalogueMap(CATALOGUE[name]())
    try:
        first = date.fromisoformat(f"{name.removeprefix('news-')}-01")
    except ValueError:
        raise Http404("no such sitemap") from None
    return MonthMap(first.year, first.month)
