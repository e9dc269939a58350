"""Letters that did not go, with the reason in words, for administrators; each can be tried again at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation.models import roles
from curation.notices import mail
from offerings.request_values import whole_number

KEEPS = "auth.change_user"


def urls(desk):
    """Return the address of letters."""
    return [path("letters/", desk.admin_view(page), {"desk": desk}, name="curation_notices_letters")]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, desk):
    """Show the letters that did not go; by POST try one (``letter``) again at the next round."""
    if not roles.may(request.user, KEEPS):
        raise PermissionDenied("Letters are for administrators.")
    if request.method == "POST":
        if not mail.try_again(whole_number(request.POST.get("letter", "")) or 0):
            raise Http404("This letter went, or is gone.")
        messages.success(request, "It is tried again within half a minute.")
        return redirect("admin:curation_notices_letters")
    given = {"title": "Letters that did not go", "letters": mail.failed(), "most": mail.give_up_after()}
    return render(request, "admin/curation/notices/letters.html", desk.each_context(request) | given)
