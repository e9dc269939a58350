"""The calendar for somebody's own calendar program: no sign-in, a secret address, what they may see and no more."""

from datetime import timedelta

import icalendar
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from curation.workflow.calendar import feed
from medigy.http import throttle

from .page import guarded

EVERY = timedelta(hours=1)  # how often a program shall look again


@require_safe
def calendar_feed(request, key, secret):
    """Answer with the events of whose feed this is, or 304 before any is read; the same 404 for whatever opens none."""
    person = feed.reader_of(key, secret)
    if person is None:
        if throttle.is_too_much(request, f"calendar {key[:16]}"):
            return guarded(_plain("Too many wrong addresses from here. Try again in a quarter of an hour.", 429))
        return guarded(_plain("There is no calendar here. Its owner may have renewed or ended the address.", 404))
    now = timezone.now()
    etag = f'W/"{feed.state_of(person, now)[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    return guarded(unchanged or _told(feed.events_of(person, now), etag))


def _told(events, etag):
    response = HttpResponse(calendar_of(events), content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


def _plain(words, status):
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def calendar_of(events: list[feed.Event]) -> bytes:
    """Return events as iCalendar (RFC 5545): plans as whole days, hours in UTC, which needs no zone. Pure."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Newsroom calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{settings.SITE_NAME}, newsroom")
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def _component(event):
    shown = icalendar.Event()
    shown.add("uid", event.uid)
    shown.add("dtstamp", event.changed_at)
    shown.add("last-modified", event.changed_at)
    shown.add("sequence", event.sequence)
    shown.add("summary", event.title)
    shown.add("url", event.address)
    shown.add("dtstart", event.begins)
    if event.is_plan:
        shown.add("dtend", event.begins + timedelta(days=1))
    shown.add("status", "TENTATIVE" if event.is_plan else "CONFIRMED")
    shown.add("transp", "TRANSPARENT")
    return shown
