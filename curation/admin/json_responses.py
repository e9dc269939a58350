"""Answers to scripts of the desk: JSON whatever happens, so that a page can go on while something is in its way."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from curation import workflow

SIGNED_OUT = "You are signed out. Sign in again in another tab; what you type is kept here meanwhile."
NOT_YOURS = "This is not open to you; its owner and managers can open it."


def in_json(view):
    """Make a view answer in JSON also where it refuses: 401 signed out, 403 not allowed, 404 not there.

    ``desk`` among its arguments is the admin of articles, which says who may be here at all. What happens outside of
    the view is told by ``medigy.http.refusals.for_scripts``.
    """

    @wraps(view)
    @never_cache
    def answered(request, *args, desk, **given):
        if not request.user.is_authenticated:
            return refused(401, "signed-out", SIGNED_OUT, door=reverse("admin:login"))
        if not desk.admin_site.has_permission(request) or not desk.has_module_permission(request):
            return refused(403, "refused", "The desk is not open to you. An administrator can give you a role.")
        try:
            return view(request, *args, desk=desk, **given)
        except Http404:
            return refused(404, "gone", NOT_YOURS)
        except PermissionDenied:
            return refused(403, "refused", NOT_YOURS)
        except workflow.StepRefused as refusal:
            return refused(403, "refused", str(refusal), rule=refusal.code)

    answered.hears_json = True
    return answered


def refused(status: int, name: str, words: str, **more) -> JsonResponse:
    """Return an answer that says what is in the way, and in words."""
    return JsonResponse({"status": name, "words": words} | more, status=status)
