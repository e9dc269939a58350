"""No more mail: the page behind the link in every letter, which asks for one click and no sign-in (RFC 8058)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from curation.notices.mail import stopping


@csrf_exempt  # mail programs post it by themselves; the token is the proof, and can do nothing else
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, token, desk):
    """Ask whether to stop mail of a kind; by POST stop it. A program that posts the one click is told so in text."""
    found = stopping.unsign(token)
    if found is None:
        raise Http404("This link is not whole, or its account is gone.")
    person, kind = found
    if request.method == "POST":
        stopping.stop(person, kind)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("Stopped.\n", content_type="text/plain; charset=utf-8")
    given = {"title": "Mail", "stops": stopping.words_of(kind), "is_done": request.method == "POST"}
    return render(request, "admin/curation/notices/stop.html", desk.each_context(request) | given)
