"""The page of measures, for a span of weeks, and each of its tables to take along."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation import measures
from curation.admin.log import export
from curation.measures import spans
from curation.models import MeasureFact, State, roles
from curation.text import dates
from curation.workflow.actors import REVIEW
from offerings.models import Taxonomy
from offerings.request_values import whole_number

from . import spoken, telling
from .tables import Links, percent

_CHOICES = {4: "4 weeks", 12: "12 weeks", 26: "26 weeks", 52: "52 weeks"}


def urls(desk):
    """Return the addresses of measures; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("measures/", guarded(page), given, name="curation_measures"),
        path("measures/<slug:table>/csv/", guarded(table), given, name="curation_measures_csv"),
    ]


@require_safe
def page(request, desk):
    """Show what the newsroom did in a span of weeks: to managers with the lists, to others the sums."""
    measured = _asked(request, desk)
    counted_at = measures.counted_at()
    given = {
        "title": "Measures",
        "opts": desk.opts,
        "span": measured.span,
        "choices": _CHOICES.items(),
        "taxonomy": measured.taxonomy,
        "taxonomies": list(Taxonomy.objects.all()),
        "counted_at": counted_at,
        "query": request.GET.urlencode(),
        "is_empty": measured.is_empty,
        "sees_all": measured.links.sees_all,
    }
    if not measured.is_empty:
        given |= {"sections": [draw(measured) for draw in telling.SECTIONS.values()], **_top(measured)}
    return render(request, "admin/curation/measures/page.html", desk.admin_site.each_context(request) | given)


@require_safe
def table(request, table, desk):
    """Hand out a table of the page."""
    if table not in telling.SECTIONS:
        raise Http404("There is no such table.")
    section = telling.SECTIONS[table](_asked(request, desk))
    lines = section.table.lines() if section.table else [["Nothing to tell yet"]]
    return export.as_csv(lines, f"measures-{table}.csv")


def _asked(request, desk):
    """Return what is asked for; what is no choice is the usual one."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    span = spans.span_of(whole_number(request.GET.get("weeks", "")), dates.local(now).date())
    taxonomy = request.GET.get("taxonomy", "")[:200].replace("\0", "")
    return telling.Measured(span, now, Links(roles.may(request.user, REVIEW), "../"), request.user, taxonomy)


@dataclass(frozen=True)
class Headline:
    """A number above all: what it is of, a word more, where it leads, how it looks."""

    number: str
    words: str
    more: str
    url: str = ""
    look: str = ""


def _top(measured):
    """Return the sentence above all, and the five numbers."""
    whole = [week.counts[MeasureFact.Kind.PUBLISHED] for week in measured.weeks[:-1]]
    quiet = telling.quietest(measured)
    return {
        "said": f"{spoken.mean_of(whole)} a week." if any(whole) else "Nothing went out before this week.",
        "quiet": quiet,
        "quiet_days": quiet and (measured.span.today - quiet.last).days,
        "facts": [_out(measured), _review(measured), _first(measured), _late(measured), _clear(measured)],
    }


def _out(measured):
    week = measured.weeks[-1]
    count = week.counts[MeasureFact.Kind.PUBLISHED]
    hours = f"{measured.hours[0]:,} more have an hour" if measured.hours[0] else "none more has an hour"
    url = measured.links.counted("published", week.monday, measured.span.last)
    return Headline(f"{count:,}", "published this week", hours, url if count else "")


def _review(measured):
    stay = measured.stays.get(State.IN_REVIEW)
    if stay is None:
        return Headline("–", "in review, median", "nothing left review")
    most = f"9 in 10 within {spoken.span(stay.most)}"
    return Headline(spoken.span(stay.half), "in review, median", most, measured.counted("left", State.IN_REVIEW))


def _first(measured):
    decided, first = (sum(getattr(week, name) for week in measured.weeks) for name in ("decided", "at_once"))
    words = f"{first:,} of {decided:,} in {measured.span.weeks} weeks" if decided else "nothing was decided"
    url = measured.counted("first") if first else ""
    return Headline(percent(first, decided).shown, "approved first time", words, url)


def _late(measured):
    late = {state: one.late for state, one in measured.waiting.items()}
    count = sum(late.values())
    most = max(late, key=late.get)
    words = f"most of them {telling.charts_name(most).lower()}"
    if not count:
        return Headline("0", "late now", "nobody waits too long")
    return Headline(f"{count:,}", "late now", words, measured.links.counted("late"), "late")


def _clear(measured):
    waiting, found = measured.waiting[State.IN_REVIEW].count, measured.forecast
    words = f"{waiting:,} waiting, half the runs"
    if found is None:
        said, words = "–", "too few to tell"
    elif not waiting:
        said, words = "now", "nothing waits"
    else:
        said = spoken.short_day(found.half) if found.half else "not in sight"
    return Headline(said, "queue clear", words, "#forecast")
