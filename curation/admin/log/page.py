"""One page of all that was done: filtered by person, step, article and day, older rows behind newer ones."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from curation.models import Article, LogEntry, roles
from offerings.request_values import whole_number

from . import export
from .filters import LogFilter

PER_PAGE = 50
_LOOKED_AT = 5_000  # rows that are looked through at a time for somebody who may not see all of them
_FORMS = {"csv": export.as_csv, "xlsx": export.as_xlsx}


def urls(desk):
    """Return the addresses of the log; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("log/", guarded(page), given, name="curation_log"),
        *(path(f"log/{form}/", guarded(table), given | {"form": form}, name=f"curation_log_{form}") for form in _FORMS),
    ]


@require_GET
def page(request, desk):
    """Show a page of the log. ``before`` is the row above which the page before it ended."""
    filters, entries = _asked(request, desk)
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        entries = entries.filter(pk__lt=before)
    shown, older = _shown(entries, request.user)
    query = request.GET.copy()
    query.pop("before", None)
    given = {
        "title": "Log",
        "opts": desk.opts,
        "filters": filters,
        "log": shown,
        "older": older,
        "query": query.urlencode(),
        "shows_address": _sees_all(request.user),
        "is_first": before is None,
        "most": export.MOST,
    }
    return render(request, "admin/curation/log/page.html", desk.admin_site.each_context(request) | given)


@require_GET
def table(request, form, desk):
    """Hand out the newest rows that were asked for, as a table."""
    _, entries = _asked(request, desk)
    sees_all = _sees_all(request.user)
    if not sees_all:
        entries = _visible(entries, request.user)
    return _FORMS[form](export.rows(entries, sees_all))


def _asked(request, desk):
    """Return the filters and the rows they find, newest first."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    loaded = LogEntry.objects.select_related("by", "article", "version", "edition").order_by("-pk")
    loaded = loaded.only(*_COLUMNS)
    filters = LogFilter(request.GET, loaded)
    return filters, filters.found


_COLUMNS = (
    *("step", "at", "actor", "about", "address", "from_state", "to_state", "reason", "details"),
    *("article__title", "version__number", "edition__number", "edition__live_from"),
    *("by__username", "by__first_name", "by__last_name"),
)


def _sees_all(user):
    """Return whether somebody reads all of the log; others read what was done to articles that they may see."""
    return roles.may(user, "curation.review_article")


def _visible(entries, user):
    """Narrow rows to those of articles that somebody may see; each is asked about, as a list of all would be long."""
    return entries.filter(Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article_id"))))


def _shown(entries, user):
    """Return the rows of a page and the row below which the next begins, or None. By index, whatever there is.

    Whoever sees some of the log only has so many rows looked through at once, and goes on from there.
    """
    if _sees_all(user):
        rows = list(entries[: PER_PAGE + 1])
        return rows[:PER_PAGE], rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None
    looked_at = list(entries.order_by("-pk").values_list("pk", flat=True)[:_LOOKED_AT])
    if not looked_at:
        return [], None
    rows = list(_visible(entries.filter(pk__gte=looked_at[-1]), user)[: PER_PAGE + 1])
    if len(rows) > PER_PAGE:
        return rows[:PER_PAGE], rows[PER_PAGE - 1].pk
    return rows, looked_at[-1] if len(looked_at) == _LOOKED_AT else None
