"""The calendar by month, week, agenda and day: plans, hours, ends, gaps and the shelf; the list's own filters."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.views.decorators.http import require_GET

from curation.admin.list.page import Listing, elsewhere, search_beside, without_empty
from curation.editing import searches
from curation.models import roles
from curation.text import dates
from curation.workflow.actors import PUBLISH, REVIEW
from curation.workflow.calendar import entries, gaps, shelf, spans

from . import feed, planning
from .cells import Cell, Mover

#: Things of a day that each view shows; the rest stands on the page of the day.
MOST = {spans.MONTH: 3, spans.WEEK: 12, spans.AGENDA: 6, spans.DAY: 100}
NAMED = 12  # gaps


def urls(desk):
    """Return the addresses of the calendar; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    shown = guarded(page)
    return [
        path("calendar/", shown, given, name="curation_article_calendar"),
        *planning.urls(desk),
        *feed.urls(desk),
        path("calendar/<slug:view>/", shown, given, name="curation_article_calendar_view"),
        path("calendar/<slug:view>/<slug:on>/", shown, given, name="curation_article_calendar_span"),
    ]


class Calendar(Listing):
    """Days with what is planned and what goes out, narrowed as the list is (``request.span``)."""

    def get_results(self, request):
        """Find the days and the shelf. Seven queries."""
        self.show_admin_actions, self.show_full_result_count, self.full_result_count = False, False, None
        self.can_show_all, self.result_list, self.multi_page, self.paginator = False, [], False, None
        self.is_narrowed = bool(self.has_active_filters or self.query)
        self.now, self.result_count = timezone.now(), 0
        are_all = not self.is_narrowed and roles.may(self.user, REVIEW)
        span = request.span
        self.days, self.missed = entries.found_in(self.queryset, span, self.now, MOST[span.view], are_all=are_all)
        self.shelf = shelf.shelf_of(self.queryset)


@require_GET
def page(request, desk, view=spans.MONTH, on=""):
    """Show some days in the newsroom's own time; by itself it opens with one's default search, as the list does."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    timezone.activate(dates.zone(settings.TIME_ZONE))  # a day is the newsroom's, whoever looks
    request.span = _span(view, on)
    saved = searches.searches_of(request.user)
    if address := elsewhere(request, saved) or without_empty(request):
        return HttpResponseRedirect(address)
    request.listing = Calendar
    shown = desk.get_changelist_instance(request)
    given = {"title": _title(request.span), "opts": desk.opts, "cl": shown}
    given |= {"searches": saved, "list": search_beside(shown, saved, request.user)}
    context = desk.admin_site.each_context(request) | given | _around(request, shown) | _days(request, shown)
    return render(request, "admin/curation/calendar/page.html", context)


def first_weekday() -> int:
    """Return the day on which weeks begin in this place, 0 for Monday."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % 7


def _span(view, on):
    """Return the days that an address asks for; raises Http404 where it names none."""
    if view not in spans.VIEWS:
        raise Http404("There is no such view of the calendar.")
    if not on:
        return spans.span(view, dates.local(timezone.now()).date(), first_weekday())
    found = spans.named(view, on, first_weekday())
    if found is None:
        raise Http404("The calendar has no such days.")
    return found


def _title(span):
    if span.view == spans.MONTH:
        return dates.month(span.on.year, span.on.month)
    if span.view == spans.WEEK:
        return f"Week {span.on.isocalendar().week}, {span.on.isocalendar().year}"
    return f"{span.on:%A} {dates.day(span.on)}" if span.view == spans.DAY else f"From {span.on:%A} {dates.day(span.on)}"


def _up(request):
    """Return the way from an address of the calendar to its first: shorter than its name, and there are many."""
    return "../" * request.path.removeprefix(reverse("admin:curation_article_calendar")).count("/")


def _around(request, cl):
    """Return where the page leads: other views of these days, those before and after, today, the shelf's list."""
    span, base, query = request.span, _up(request) or "./", cl.own_query() or "all=1"
    today = dates.local(cl.now).date()
    before, after = spans.beside(span, first_weekday())
    about = today if span.first <= today <= span.last else span.on  # another view of these days

    def address(view, name):
        return f"{base}{view}/{name}/?{query}"

    views = [
        (view, view.capitalize(), address(view, spans.name_of(view, about)))
        for view in (spans.MONTH, spans.WEEK, spans.AGENDA)
    ]
    return {
        "views": views,
        "before": (_title(before), address(span.view, before.name)),
        "after": (_title(after), address(span.view, after.name)),
        "now_at": f"{base}{span.view}/?{query}",
        "base": base,
        "day_at": f"{base}day/",
        "query": query,
        "today": today,
        "zone": settings.TIME_ZONE,
    }


def _days(request, cl):
    """Return the days as cells, the gaps and the shelf."""
    span, today = request.span, dates.local(cl.now).date()
    root, mover = _up(request) + "../", Mover(request.user)
    cells = {day.day: Cell(day, span, today, mover, not cl.is_narrowed, root) for day in cl.days}
    found, count = gaps.gaps_of(request.user, cl.now, NAMED)
    rows = planning.Rows(found, mover, root, cl.now)
    return {
        "span": span,
        "cells": list(cells.values()),
        **(
            _weeks(cells, span, f"{_up(request) or './'}day/", cl.own_query() or "all=1")
            if span.view == spans.MONTH
            else {}
        ),
        **(_hours(cells.values()) if span.view == spans.WEEK else {}),
        "weekdays": [f"{day:%A}" for day in span.days[:7]],
        "root": root,
        "gaps": found,
        "gaps_count": count,
        "gap_days": settings.COVERAGE_GAP_DAYS,
        "shelf": [rows.row(one, cl.shelf.topics.get(one.pk, [])) for one in cl.shelf.articles],
        "may_time": roles.may(request.user, PUBLISH),
        "tomorrow": today + timedelta(days=1),
    }


def _weeks(cells, span, day_at, query):
    """Return the rows of a month: the number of each week, its address, its days in HTML."""
    rows = [
        (number, _week(days[0]), [cells[day].of_month(day_at, query) for day in days]) for number, days in span.weeks
    ]
    return {"weeks": rows}


def _hours(cells):
    """Return the rows of a week: each hour of the clock at which something is, with what is then on each day."""
    of = [(cell, cell.hours) for cell in cells]
    hours = sorted({hour for _, some in of for hour in some})
    rows = [(f"{hour:02}:00", [(cell, some.get(hour, "")) for cell, some in of]) for hour in hours]
    return {"hours": rows, "has_more": any(cell.found.more for cell in cells)}


def _week(first: date):
    return spans.name_of(spans.WEEK, first + timedelta(days=3))
