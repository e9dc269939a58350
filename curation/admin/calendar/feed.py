"""One's own feed of the calendar: making its address, shown this once, another one, and ending it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation.workflow.calendar import feed

_HEADERS = {"Cache-Control": "no-store, private", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}


def urls(desk):
    """Return the address of one's own feed; ``desk`` is the admin of articles."""
    return [path("calendar/feed/", desk.admin_site.admin_view(page), {"desk": desk}, name="curation_calendar_feed")]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, desk):
    """Show whether there is a feed; by POST make its address anew, or end it (``end``)."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST" and "end" in request.POST:
        was_there = feed.revoke(request.user)
        words = "The address opens nothing any more." if was_there else "There was no address to end."
        messages.success(request, words)
        return redirect("admin:curation_calendar_feed")
    address = settings.SITE_URL + feed.renew(request.user) if request.method == "POST" else ""
    given = {"title": "The calendar in your own program", "opts": desk.opts, "feed": feed.feed_of(request.user)}
    context = desk.admin_site.each_context(request) | given | {"address": address}
    response = render(request, "admin/curation/calendar/feed.html", context)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
