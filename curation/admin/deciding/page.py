"""The screen for deciding on one brief: what changed, the source's text beside it, checks, and one bar to decide.

Reading it saves nothing and makes nobody an author; what is decided names the Version on the screen.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import conditional_escape
from django.views.decorators.http import require_GET, require_http_methods

from curation import workflow
from curation.admin.json_responses import in_json
from curation.models import roles
from curation.workflow import queue, undoing
from curation.workflow.actors import REVIEW
from offerings.request_values import whole_number

from . import decisions, screen


def urls(desk):
    """Return the addresses of deciding; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("decide/", guarded(first), given, name="curation_article_decide_first"),
        path("<int:pk>/decide/", _door(desk, _decide_in_place, page), name="curation_article_decide"),
        path("<int:pk>/decide/undo/", _door(desk, _undo_in_place, undo), name="curation_article_decide_undo"),
    ]


def _door(desk, in_place, view):
    """Return the view that answers a script in JSON whatever happens (``in_place``), and a form with a page."""

    def door(request, pk):
        if request.method == "POST" and request.headers.get("Accept") == "application/json":
            return in_place(request, pk=pk, desk=desk)
        return desk.admin_site.admin_view(view)(request, pk=pk, desk=desk)

    return door


def _held(request, pk, desk):
    """Return the article for somebody who decides; raises Http404 or PermissionDenied for others."""
    _let_in(request)
    return get_object_or_404(desk.get_queryset(request).defer(None), pk=pk)


def _let_in(request):
    if not roles.may(request.user, REVIEW):
        raise PermissionDenied("Deciding is for managers; your own page of the brief shows how it stands.")


@require_GET
def first(request, desk):
    """Lead to the first brief that waits for whoever asks; to the desk where none does."""
    _let_in(request)
    waiting = queue.to_decide(request.user)
    if not waiting:
        messages.info(request, "Nothing waits for you to decide.")
        return redirect("admin:index")
    return redirect("admin:curation_article_decide", waiting[0])


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, pk, desk):
    """Show the screen; by POST take the decision of its form, and go to the next brief."""
    if request.method == "POST":
        return _decide(request, _held(request, pk, desk), desk)
    _let_in(request)
    return _shown(request, pk, desk, seen=request.GET.get("seen"))


# Deciding ----------------------------------------------------------------------------------------------------------


def _decide(request, article, desk):
    """Take a decision and go on; a refusal shows the screen with what was typed, a stale one what changed since."""
    outcome = decisions.decide(request.user, article, request.POST)
    if outcome.is_taken:
        messages.success(request, outcome.words)
        return HttpResponseRedirect(f"{_after(request, article.pk)}?undo={article.pk}")
    messages.error(request, outcome.words)
    return _shown(request, article.pk, desk, kept=request.POST, seen=outcome.is_stale and request.POST.get("version"))


def _shown(request, pk, desk, **given):
    """Show the screen."""
    shown = desk.admin_site.each_context(request) | screen.context(request, desk.whole(request, pk), desk, **given)
    return render(request, "admin/curation/deciding/page.html", shown)


@in_json
def _decide_in_place(request, pk, desk):
    """Take a decision for a script: ``{status: "taken", words, next, undo, edit}`` or ``{status: "refused", …}``."""
    article = _held(request, pk, desk)
    outcome = decisions.decide(request.user, article, request.POST)
    if not outcome.is_taken:
        again = _looked_at_again(pk, request.POST, outcome) if outcome.is_stale else ""
        said = {
            "status": "refused",
            "words": conditional_escape(outcome.words),
            "field": outcome.field or "",
            "isTwice": outcome.is_twice,
            "page": again,
        }
        return JsonResponse(said)
    after = _after(request, pk)
    if after == reverse("admin:index"):  # the desk's own page tells it, and offers to undo it
        messages.success(request, outcome.words)
        after = f"{after}?undo={pk}"
    undo_at = reverse("admin:curation_article_decide_undo", args=[pk])
    said = {"status": "taken", "words": conditional_escape(outcome.words), "next": after}
    return JsonResponse(said | {"undo": undo_at, "edit": outcome.edit, "seconds": undoing.WITHIN.seconds})


def _looked_at_again(pk, sent, outcome):
    """Return the screen's address; after a stale decision, with the Version that was seen."""
    here = reverse("admin:curation_article_decide", args=[pk])
    seen = whole_number(sent.get("version")) if outcome.is_stale else None
    return f"{here}?seen={seen}" if seen else here


def _after(request, pk):
    """Return the address of the brief after one that was just decided: the next in the order that was on the screen."""
    asked = whole_number(request.POST.get("after"))
    waiting = [one for one in queue.to_decide(request.user) if one != pk]
    if not waiting:
        return reverse("admin:index")
    return reverse("admin:curation_article_decide", args=[asked if asked in waiting else waiting[0]])


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request, pk, desk):
    """Take back what one decided a moment ago, and show that brief again; a GET only shows it."""
    article = _held(request, pk, desk)
    if request.method == "POST":
        try:
            workflow.undo(article, by=request.user, edit=request.POST.get("edit", ""))
        except workflow.StepRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"“{article}” is as it was before.")
    return redirect("admin:curation_article_decide", pk)


@in_json
def _undo_in_place(request, pk, desk):
    article = _held(request, pk, desk)
    try:
        workflow.undo(article, by=request.user, edit=request.POST.get("edit", ""))
    except workflow.StepRefused as refusal:
        return JsonResponse({"status": "refused", "words": str(refusal)})
    here = reverse("admin:curation_article_decide", args=[pk])
    return JsonResponse({"status": "undone", "words": f"“{article}” is as it was before.", "page": here})
