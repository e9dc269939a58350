"""The page behind the bell: what one was told, by day, what of it is new, and where each of it leads."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from curation import notices
from curation.models import roles
from curation.notices import inbox
from curation.text import dates
from offerings.request_values import whole_number

from . import bell, letters, preferences, stopping


def urls(desk):
    """Return the addresses of notices at a desk (the site of Django's admin)."""
    guarded, given = desk.admin_view, {"desk": desk}
    return [
        *preferences.urls(desk),
        *letters.urls(desk),
        path("off/<str:token>/", stopping.page, given, name="curation_notices_off"),
        path("", guarded(page), given, name="curation_notices"),
        path("count/", guarded(bell.count), name="curation_notices_count"),
        path("read/", guarded(read), name="curation_notices_read"),
        path("<int:pk>/", guarded(opened), name="curation_notices_open"),
    ]


@require_safe
def page(request, desk):
    """Show what whoever asks was told, newest first, folded, by day. Two queries beside those of every page."""
    lines = notices.told_to(request.user)
    given = {
        "title": "Notices",
        "days": [(_day(day), list(those)) for day, those in groupby(lines, key=_day_of)],
        "new": len({line.notice.fold for line in lines if line.is_new}),  # as the bell counts
        "keeps_letters": roles.may(request.user, letters.KEEPS),
    }
    context = desk.each_context(request) | given
    return render(request, "admin/curation/notices/page.html", context)


def _day_of(line):
    return timezone.localtime(line.told_at).date()


def _day(day):
    """Return a day as a heading: “Today”, “Yesterday”, “Saturday 28 November 2026”."""
    days = (timezone.localdate() - day).days
    return ("Today", "Yesterday")[days] if days in (0, 1) else f"{dates.WEEKDAYS[day.weekday()]} {dates.day(day)}"


@require_safe
def opened(request, pk):
    """Lead to the screen that a notice is about: deciding where it asks for that. Only to whom it was told, and only
    while they may see the brief. Changes nothing: reading is told by ``read``.
    """
    notice = notices.opened(request.user, pk)
    if notice is None:
        raise Http404("This notice is not yours, or it is not true any more.")
    name = "decide" if inbox.decides(notice, request.user) else "change"
    place = f"#comment-{notice.comment_id}" if notice.comment_id else ""
    return redirect(reverse(f"admin:curation_article_{name}", args=[notice.article_id]) + place)


@require_POST
def read(request):
    """Mark one line as read (``notice``), or all of them; go back to the page, or answer a script with nothing."""
    asked = request.POST.get("notice", "")
    notice = notices.opened(request.user, whole_number(asked) or 0) if asked else None
    if asked and notice is None:
        raise Http404("There is no such notice.")
    number = notices.mark_read(request.user, notice)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    if not asked:
        messages.success(request, "Nothing was new." if not number else "All of it is marked as read.")
    return redirect("admin:curation_notices")
