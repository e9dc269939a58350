"""Audits at the desk: what was approved at a glance and is looked at again by somebody else, and what that found."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from curation.models import Audit, roles
from curation.risk import audits
from offerings.request_values import whole_number

_SHOWN = 30
_MEASURED = timedelta(days=180)


def urls(desk):
    """Return the address of audits; ``desk`` is the admin of articles."""
    return [path("audits/", desk.admin_site.admin_view(page), {"desk": desk}, name="curation_audits")]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, desk):
    """Show what waits for a second look, and what such looks found in half a year; posted to, take a verdict."""
    if not roles.may(request.user, "curation.review_article"):
        raise PermissionDenied
    if request.method == "POST":
        return _judge(request)
    waiting = audits.waiting_for(request.user).select_related("article", "version", "approved_by")
    judged = Audit.objects.exclude(verdict="").select_related("article", "version", "approved_by", "by")
    given = {
        "title": "Second looks",
        "opts": desk.opts,
        "waiting": waiting.defer("article__body", "version__content")[:_SHOWN],
        "judged": judged.defer("article__body", "version__content").order_by("-at")[:_SHOWN],
        "tally": audits.found_since(timezone.now() - _MEASURED),
    }
    return render(request, "admin/curation/audits.html", desk.admin_site.each_context(request) | given)


def _judge(request):
    sent = request.POST
    audit, verdict = whole_number(sent.get("audit", "")) or 0, sent.get("verdict", "")
    try:
        found = audits.judge(audit, by=request.user, verdict=verdict, words=sent.get("words", ""))
    except audits.AuditRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{found.article}”: {found.get_verdict_display()}.")
    return redirect("admin:curation_audits")
