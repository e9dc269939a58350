"""Planning a brief for a day: the shelf's rows, the form that plans without a script, and taking a plan back."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from curation import workflow
from curation.admin import badges, post_buttons, steps
from curation.admin.json_responses import in_json
from curation.workflow.calendar import entries
from offerings.request_values import whole_number
from offerings.text.kept import kept


def urls(desk):
    """Return the addresses that plan; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("calendar/plan/", guarded(plan), given, name="curation_article_plan"),
        path("<int:pk>/plan/undo/", undo, given, name="curation_article_plan_undo"),
    ]


class Rows:
    """Rows of a page's shelf, in HTML; ``gaps`` are those that a brief may end, ``root`` leads to the articles."""

    def __init__(self, gaps, mover, root: str, now):
        self.gaps, self.mover, self.root, self.now = {gap.topic.pk for gap in gaps}, mover, root, now

    def row(self, article, topics) -> str:
        """Return a brief (with its source and its owner) and its topics as a row. No query."""
        fills = next((topic.label for topic in topics if topic.pk in self.gaps), "")
        named = " · ".join(topic.label for topic in topics[:2])
        edit = str(article.edit) if self.mover.moves(entries.PLAN, article) else ""
        owner = badges.disc(article.owner, "owner") if article.owner else ""
        marks = badges.due_mark(article, self.now), badges.priority_mark(article)
        about = str(article), badges.pill(article.state), article.brand or "", named, fills
        return _row(str(article.pk), edit, self.root, *about, *badges.card_age(article, self.now), owner, *marks)


_FACTS = ("pk", "edit", "root", "title", "pill", "brand", "topics", "fills", "look", "age", "owner", "due", "priority")


@kept(kilobytes=512)
def _row(*facts: str) -> str:
    """Draw a row of nothing but these words."""
    return render_to_string("admin/curation/calendar/shelf_row.html", dict(zip(_FACTS, facts, strict=True)))


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, desk):
    """Plan the brief that was chosen on the shelf (``brief``: its key and the edit that was seen) for a day."""
    if request.method != "POST":
        post_buttons.tell_not_done(request)
        return redirect("admin:curation_article_calendar")
    pk, _, edit = request.POST.get("brief", "").partition(":")
    if not pk:
        messages.error(request, "Choose a brief of the shelf first, then its day.")
    else:
        article = get_object_or_404(desk.get_queryset(request).defer(None), pk=whole_number(pk))
        if request.POST.get("planned_on"):
            steps.take_one(request, article, "plan", {"edit": edit, "planned_on": request.POST["planned_on"]})
        else:
            messages.error(request, "Give the day for which it is planned.")
    return redirect(steps.back_to(request) or "admin:curation_article_calendar")


@require_POST
@in_json
def undo(request, pk, desk):
    """Take back the plan that whoever asks made just now, for a script: ``{status: "undone" or "refused", words}``."""
    article = desk.get_queryset(request).filter(pk=pk).first()
    if article is None:
        raise Http404
    try:
        workflow.undo(article, by=request.user, edit=request.POST.get("edit", ""))
    except workflow.StepRefused as refusal:
        return JsonResponse({"status": "refused", "words": str(refusal)})
    return JsonResponse({"status": "undone", "words": f"“{article}” is where it was before."})
