"""Planning a brief for a day: the shelf's rows, the form that plans without a script, and taking a plan back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from curation import workflow
from curation.admin import badges, post_buttons, steps
from curation.admin.json_responses import in_json
from curation.models import Article
from curation.workflow.calendar import entries
from offerings.request_values import whole_number


def urls(desk):
    """Return the addresses that plan; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("calendar/plan/", guarded(plan), given, name="curation_article_plan"),
        path("<int:pk>/plan/undo/", undo, given, name="curation_article_plan_undo"),
    ]


@dataclass(frozen=True)
class Brief:
    """A brief on the shelf: its topics, the gap that it would end, and whether whoever looks may plan it."""

    article: Article
    topics: str
    fills: str
    is_movable: bool

    @classmethod
    def of(cls, article, topics, gaps, mover):
        """Return the row of an article. No query."""
        open_gaps = {gap.topic.pk for gap in gaps}
        fills = next((topic.label for topic in topics if topic.pk in open_gaps), "")
        named = " · ".join(topic.label for topic in topics[:2])
        return cls(article, named, fills, mover.moves(entries.PLAN, article))

    @property
    def wait(self):
        """Its time in its state: the class of the colour, and words."""
        return badges.card_age(self.article, timezone.now())


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
