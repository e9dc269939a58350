"""The Versions of an article: any two side by side, or against what is live, and giving one a name."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from curation import workflow
from curation.admin import badges
from curation.admin.json_responses import in_json
from curation.admin.post_buttons import by_button
from curation.editing import compare, versions
from curation.models import OPEN, LogEntry
from curation.models.snapshots import snapshot
from curation.publishing.press import Windows

NOW, LIVE = "now", "live"
_MOST = 200  # Versions that can be chosen from


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its name in the address, its label, and how to get its content."""

    key: str
    label: str
    version: object = None


def urls(desk):
    """Return the addresses of Versions; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("<int:pk>/record/", guarded(record), given, name="curation_article_record"),
        path("<int:pk>/compare/", guarded(page), given, name="curation_article_compare"),
        path("<int:pk>/differences/", differences, given, name="curation_article_differences"),
        path("<int:pk>/versions/<int:version>/name/", guarded(name), given, name="curation_article_name_version"),
    ]


@require_GET
def record(request, pk, desk):
    """Show the past of an article: its Editions, newest Versions and log; its own page shows the piece of this one."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    editions = list(article.editions.defer("body").order_by("-number"))
    windows = Windows([article], timezone.now(), known=editions)
    given = {
        "article": article,
        "editions": editions,
        "live": windows.live(article),
        "coming": windows.scheduled(article),
        "open_end": OPEN,
        "versions": _newest(article),
        "log": article.log.select_related("by", "version", "edition").defer("version__content", "edition__body")[:20],
        "may_name": desk.has_add_permission(request),
    }
    given |= {"title": "Editions, versions, log", "subtitle": str(article), "opts": desk.opts}
    return render(request, "admin/curation/article/panels/record.html", desk.admin_site.each_context(request) | given)


def _newest(article):
    """Return its newest Versions with who wrote them; ``machine`` names the program where nobody's hand was in it."""
    logged = LogEntry.objects.filter(version=OuterRef("pk"), by=None).order_by("-pk")
    known = article.versions.defer("content").prefetch_related("writers")
    return known.annotate(machine=Subquery(logged.values("actor")[:1])).order_by("-number")[:8]


@require_GET
def page(request, pk, desk):
    """Show what differs between two sides (``from`` and ``to``): Versions by number, ``live``, or ``now``."""
    article = desk.whole(request, pk)
    sides = _sides(article)
    start, end = _chosen(sides, request.GET)
    found = compare.differences(*(_content(article, side) for side in (start, end)))
    given = {
        "title": "Compare",
        "subtitle": str(article),
        "opts": desk.opts,
        "article": article,
        "sides": list(sides.values()),
        "start": start,
        "end": end,
        "differences": found,
        "may_restore": bool(found) and _may_restore(request, article),
    }
    return render(request, "admin/curation/article/panels/compare.html", desk.admin_site.each_context(request) | given)


def _may_restore(request, article):
    return workflow.refusal(workflow.STEPS["restore"], article, request.user, None) is None


def _sides(article):
    """Return all that can be compared, by its name in the address: now, live, Versions, newest first. Two queries."""
    live = article.editions.live(timezone.now()).select_related("version").defer("body", "version__content").first()
    sides = {NOW: Side(NOW, "The brief as it stands now")}
    if live is not None:
        sides[LIVE] = Side(LIVE, f"What readers see now (edition {live.number})", live.version)
    for version in article.versions.defer("content").order_by("-number")[:_MOST]:
        label = f"Version {version.number}{' “' + version.name + '”' if version.name else ''}"
        sides[str(version.number)] = Side(str(version.number), f"{label}, {badges.moment(version.updated_at)}", version)
    return sides


def _chosen(sides, asked):
    """Return the two sides that were asked for; else what is live, or the Version before the newest, against now."""
    numbered = [key for key in sides if key not in (NOW, LIVE)]
    before = LIVE if LIVE in sides else next(iter(numbered[1:] or numbered), NOW)
    keys = asked.get("from", before), asked.get("to", NOW)
    if not all(key in sides for key in keys):
        raise Http404("There is no such Version of this article.")
    return [sides[key] for key in keys]


def _content(article, side):
    return snapshot(article) if side.version is None else side.version.content


@require_POST
@in_json
def differences(request, pk, desk):
    """Show what a form that was sent would change: the fragment with typed text against what is stored."""
    stored = desk.whole(request, pk)
    form = desk.sent_form(request, stored)
    shown = form.showing(stored)
    found = [
        compare.Difference(field, shown[field].label, compare.spans(shown.in_words(field), form.in_words(field)))
        for field, mark in shown.marks.items()
        if form.marks[field] != mark
    ]
    return render(request, "admin/curation/article/panels/differences.html", {"differences": found})


@by_button()
def name(request, pk, version, desk):
    """Give a Version a name; whoever may see the article and write on the desk may."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.has_add_permission(request):
        raise PermissionDenied
    try:
        versions.name(get_object_or_404(article.versions, pk=version), request.POST.get("name", ""), by=request.user)
    except ValueError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, "The version has a name, and stays as it is.")
    return redirect("admin:curation_article_change", pk)
