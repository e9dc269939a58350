"""The readers' pages of the newsroom: news, its months, one article, authors, sources, and pictures."""

from itertools import groupby

from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.images import covers
from curation.models import Author, Edition, Tally
from curation.publishing import counts
from curation.text import addresses, dates

from . import lists, media, queries
from .archive import Archive
from .filters import EditionFilter, narrowing
from .forwarding import is_erased, onward
from .shapes import Link

HOME = Link("Home", "/")


def section_link(section) -> Link:
    """Return a section as crumbs name it."""
    return Link(section.name, section.base_path)


def section_feed(section) -> Link:
    """Return the feed of a section."""
    return Link(f"{section.name}: every {section.kind}", addresses.feed(section.base_path))


@require_safe
def articles(request, section):
    """Show the newest articles of a section, or what the filters in the address ask for."""
    at, section = timezone.now(), lists.section_or_404(section)
    asked = lists.asked_of(request, EditionFilter)
    filters = EditionFilter(request.GET, Edition.objects.live(at).filter(section=section.pk)) if asked else None
    found, archive = narrowing(asked, filters), Archive.of_thing(section.base_path, Tally.Kind.SECTION, section.pk)
    if filters:
        leaf = lists.leafed(filters.found.newest_first().values("pk"), request)
    else:
        leaf = lists.newest(lists.ids_in(section.pk, at), archive, lists.page_number(request))
    return render(
        request,
        "curation/article_list.html",
        {
            "nav": section.slug,
            "title": section.name,
            "heading": section.name,
            "description": f"{section.name}: every {section.kind}, newest first.",
            "crumbs": [HOME, section_link(section)],
            "feeds": [section_feed(section)],
            "section": section,
            "stories": leaf.stories,
            "paging": leaf.paging,
            "months": archive.links(),
            "narrowing": found,
            "active": lists.without_each(request, asked, found.labels),
            "query": asked.get("q", ""),
            "noindex": bool(asked),
        },
    )


@require_safe
def month(request, section, year, month):
    """Show one month of a section, paged inside itself."""
    section = lists.section_or_404(section)
    archive = Archive.of_thing(section.base_path, Tally.Kind.SECTION, section.pk)
    ids = lists.ids_in(section.pk, timezone.now())
    leaf = lists.in_month(ids, archive, year, month, lists.page_number(request))
    name = dates.month(year, month)
    return render(
        request,
        "curation/article_list.html",
        {
            "nav": section.slug,
            "title": f"{section.name} of {name}",
            "heading": name,
            "crumbs": [HOME, section_link(section), Link(name, "")],
            "section": section,
            "stories": leaf.stories,
            "paging": leaf.paging,
            "months": archive.links(),
            "here": archive.address(f"{year:04}-{month:02}"),
        },
    )


@require_safe
def article(request, section, slug):
    """Show one article, as its live Edition says it; what ended answers 410 or leads on, all else is the same 404."""
    section = lists.section_or_404(section)
    page = queries.articles.find(section.pk, slug)
    if page is None:
        return gone(request, slug)
    crumbs = [HOME, page.section, *(Link(topic.label, topic.url) for topic in page.topics[:1]), Link(page.title, "")]
    context = {
        "nav": section.slug,
        "title": page.title,
        "description": page.summary,
        "crumbs": crumbs,
        "feeds": [section_feed(section)],
        "page": page,
    }
    return render(request, "curation/article_detail.html", context)


def gone(request, slug):
    """Answer an address where nothing is live: go where it moved or to a successor, else 410 or 404."""
    erased = False
    if not Edition.objects.started().filter(slug=slug).exists():
        erased = is_erased(slug)
        if not erased:
            raise Http404("nothing was published here")  # the project's 404 asks where the address leads
    if target := onward(request.path):
        return moved(request, target)
    newest = queries.cards.newest(lists.ids_of_all(timezone.now()), 0, 5)
    given = {"nav": "", "newest": newest, "noindex": True, "erased": erased}
    return render(request, "410.html", given, status=410)


def moved(request, target):
    """Send for good to another address, with what else was asked for."""
    query = request.META.get("QUERY_STRING")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)


@require_safe
def authors(request):
    """Show everybody whose name stands in a live byline, from A to Z."""
    by_author = counts.totals(Tally.Kind.AUTHOR)
    rows = Author.objects.filter(pk__in=by_author).order_by("name").values_list("pk", "name", "slug")
    links = [Link(name, addresses.author(slug), by_author[str(pk)]) for pk, name, slug in rows]
    context = {"nav": "authors", "title": "Authors", "groups": by_letter(links)}
    return render(request, "curation/author_list.html", context | {"crumbs": [HOME, Link("Authors", "")]})


def by_letter(links):
    """Group links by the first letter of their labels."""
    ordered = sorted(links, key=lambda link: link.label.casefold())
    return [(letter, list(some)) for letter, some in groupby(ordered, lambda link: link.label[:1].upper())]


@require_safe
def author(request, slug):
    """Show the articles of one author."""
    person = get_object_or_404(Author, slug=slug)
    leaf = lists.leafed(lists.ids_by(person.pk, timezone.now()), request)
    if not leaf.stories:
        raise Http404("nothing by this author is published")
    return _plain_list(
        request, leaf, "authors", Link("Authors", reverse("curation:authors")), person.name, f"Briefs by {person.name}"
    )


@require_safe
def sources(request):
    """Show every publication that live articles lead to."""
    links = [Link(brand, addresses.source(brand), count) for brand, count in counts.totals(Tally.Kind.BRAND).items()]
    context = {"nav": "sources", "title": "Sources", "groups": by_letter(links)}
    return render(request, "curation/source_list.html", context | {"crumbs": [HOME, Link("Sources", "")]})


@require_safe
def source(request, brand):
    """Show the articles that lead to one publication."""
    leaf = lists.leafed(lists.ids_from(brand, timezone.now()), request)
    if not leaf.stories:
        raise Http404("nothing from this source is published")
    return _plain_list(
        request, leaf, "sources", Link("Sources", reverse("curation:sources")), brand, f"Briefs on what {brand} wrote"
    )


def _plain_list(request, leaf, nav, above, heading, description):
    """Return a list without months or filters."""
    context = {
        "nav": nav,
        "title": heading,
        "heading": heading,
        "description": description,
        "crumbs": [HOME, above, Link(heading, "")],
        "stories": leaf.stories,
        "paging": leaf.paging,
    }
    return render(request, "curation/article_list.html", context)


@require_safe
def cover(request, name):
    """Draw a cover: a pure function of its name, so it may be kept for ever."""
    drawing = covers.draw(name)
    if drawing is None:
        raise Http404("no such cover")
    return HttpResponse(
        drawing, content_type="image/svg+xml", headers=FOR_EVER | {"Content-Security-Policy": covers.policy(name)}
    )


FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@require_safe
def picture(request, name):
    """Serve a picture's rendition: of live Editions to everybody, all else to people of the desk."""
    file = media.file_of(name)
    public = file is not None and media.is_public(name)
    if file is None or not (public or media.may_see_all(request)):
        raise Http404("no such picture")
    caching = FOR_EVER if public else {"Cache-Control": "private, no-store"}
    return FileResponse(file.open("rb"), headers=caching, content_type=media.TYPES[file.suffix])
