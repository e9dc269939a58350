"""Topics that look alike, at the desk: pairs with why, each to be merged one way or the other, or to be kept apart."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation.vocabulary import likeness
from offerings.models import Topic
from offerings.request_values import whole_number

from .merging import refuse_stranger

_SHOWN = 100


@dataclass(frozen=True)
class Pair:
    """Two topics that look alike: the one with fewer live briefs, that would go into the other, and why."""

    topic: Topic
    into: Topic
    why: str
    count: int
    into_count: int


def urls(desk):
    """Return the address of what looks alike; ``desk`` is the admin of topics."""
    return [path("alike/", desk.admin_site.admin_view(page), {"desk": desk}, name="topics_alike")]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, desk):
    """Show which topics look alike; posted to, keep two apart."""
    refuse_stranger(request)
    if request.method == "POST":
        return _keep_apart(request)
    found = {(one.one, one.other): one for one in likeness.by_filing()} | {
        (one.one, one.other): one for one in likeness.by_name()
    }
    pairs = pairs_of(list(found.values())[:_SHOWN])
    given = {"title": "Topics that look alike", "opts": desk.opts, "pairs": pairs, "total": len(found), "shown": _SHOWN}
    return render(request, "admin/vocabulary/alike.html", desk.admin_site.each_context(request) | given)


def pairs_of(alike) -> list[Pair]:
    """Return pairs with their topics, those with the most briefs first. Two queries."""
    named = {pk for one in alike for pk in (one.one, one.other)}
    topics, live = Topic.objects.select_related("taxonomy").in_bulk(named), likeness.weights(named)
    pairs = []
    for one in alike:
        topic, into = sorted(
            (topics[one.one], topics[one.other]), key=lambda two: (not two.retired, live.get(two.pk, 0))
        )
        pairs.append(Pair(topic, into, one.why, live.get(topic.pk, 0), live.get(into.pk, 0)))
    return sorted(pairs, key=lambda pair: (-pair.count - pair.into_count, pair.topic.name))


def _keep_apart(request):
    one, other = (whole_number(request.POST.get(name, "")) or 0 for name in ("one", "other"))
    if likeness.keep_apart(one, other, by=request.user):
        messages.success(request, "They stay two topics, and are not suggested again.")
    else:
        messages.error(request, "One of these topics is not there any more.")
    return redirect("admin:topics_alike")
