"""The texts of an article's sources as we stored them, to be read beside the writing: their paragraphs, numbered."""

import re

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET

from curation.editing import sources
from curation.models import Harvest
from curation.text.paragraphs import paragraphs as paragraphs_of
from offerings.request_values import whole_number

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_BUSY = (Harvest.State.WAITING, Harvest.State.READING)


def urls(desk):
    """Return the address of the page's text; ``desk`` is the admin of articles."""
    guarded = desk.admin_site.admin_view
    return [path("<int:pk>/page-text/", guarded(page), {"desk": desk}, name="curation_article_page_text")]


@require_GET
def page(request, pk, desk):
    """Show the text as a page of its own; the article's page shows the piece of it. ``source`` names one that is not
    the main one, by the id of its link.
    """
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    given = context(article, whole_number(request.GET.get("source")))
    given |= {"may_write": desk.has_change_permission(request, article)}
    given |= {"title": "The page's text", "subtitle": str(article), "opts": desk.opts}
    shown = desk.admin_site.each_context(request) | given
    return render(request, "admin/curation/article/panels/page_text.html", shown)


def context(article, source: int | None = None, read: dict[int, Harvest | None] | None = None) -> dict:
    """Return the text's ``paragraphs``, or the ``state`` that says why there are none: ``no-source``, ``unread``,
    ``busy``, ``failed`` or ``empty``; ``read`` where there are.

    The text is the main source's, or that of the link ``source`` where it is one of the article's. ``read`` are
    harvests that are loaded already, with their links, by link; None of a page that was never asked for. Three queries
    at most.
    """
    prefetch_related_objects([article], "article_sources__link")
    main = article.main_link
    known = {row.link_id: row.link for row in article.article_sources.all()}
    link = known.get(source, main)
    harvest = _harvest(link, read or {}) if link else None
    paragraphs = paragraphs_of(harvest.text, harvest.kind) if harvest else []
    return {
        "article": article,
        "harvest": harvest,
        "link": link,
        "is_main": link == main,
        "others": list(known.values()) if len(known) > 1 else [],
        "paragraphs": paragraphs,
        "state": _state(link, harvest, paragraphs),
        "language": _language(harvest.link) if harvest else "",  # of the text that was read
        "page_url": sources.page_of(link) if link else "",
        "brand": link.brand if link else "",
    }


def _harvest(link, read):
    return read[link.pk] if link.pk in read else Harvest.objects.filter(link=link).select_related("link").first()


def _state(link, harvest, paragraphs):
    """Return the state of a page's text: what was read before stays to be read while the page is asked for anew."""
    if link is None:
        return "no-source"
    if paragraphs:
        return "read"
    if harvest is None or harvest.state == Harvest.State.CANCELLED:
        return "unread"
    if harvest.state in _BUSY:
        return "busy"
    return "failed" if harvest.state == Harvest.State.FAILED else "empty"


def _language(link):
    """Return the language that the page says it is in, if it is well formed: whoever listens hears it read so."""
    page_said = (link.metadata or {}).get("page")
    said = page_said.get("language") if isinstance(page_said, dict) else ""
    return said if isinstance(said, str) and _LANGUAGE.fullmatch(said) else ""
