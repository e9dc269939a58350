"""Merging topics at the desk: choosing, a preview in words and numbers, the decision, all merges with their undo."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from curation.models import Article, TopicMerge
from curation.text.numbers import counted
from curation.vocabulary import merging, preview
from curation.vocabulary.merging import MergeRefused
from offerings.models import Topic
from offerings.pickers.names import find_topic
from offerings.request_values import whole_number

_SHOWN = 50
Stage = TopicMerge.Stage


def urls(desk):
    """Return the addresses of merging; ``desk`` is the admin of topics."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("merges/", guarded(merges), given, name="topic_merges"),
        path("merges/<int:pk>/undo/", guarded(undo), given, name="topic_merge_undo"),
        path("<int:pk>/merge/", guarded(merge), given, name="topic_merge"),
    ]


def refuse_stranger(request):
    """Raise PermissionDenied for who may not merge topics."""
    if not merging.may_merge(request.user):
        raise PermissionDenied("Managers and administrators put topics into one another.")


@dataclass(frozen=True)
class Line:
    """A line of a preview: how many of what, their list, and what becomes of them."""

    words: str
    becomes: str
    address: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, pk, desk):
    """Ask into which topic one shall go, show what that moves, and do it."""
    refuse_stranger(request)
    topic = Topic.objects.select_related("taxonomy", "merged_into").filter(pk=pk).first()
    if topic is None:
        raise Http404("There is no such topic.")
    if request.method == "POST":
        return _merge(request, topic)
    into, fault = _chosen(request.GET.get("into", ""))
    fault = fault or _refusal(topic, into)
    given = {"title": f"Put “{topic}” into another topic", "opts": desk.opts, "topic": topic, "fault": fault}
    if into and not fault:
        shown = preview.preview(topic, into)
        given |= {"into": into, "shown": shown, "lines": _lines(shown), "kept_for": TopicMerge.UNDO_WITHIN.days}
    given["typed"] = str(into or request.GET.get("into", ""))[:300]
    return render(request, "admin/vocabulary/merge.html", desk.admin_site.each_context(request) | given)


def _chosen(asked):
    """Return the topic that an address or a box names, by number or by name, and what is wrong with it."""
    if not asked.strip():
        return None, ""
    number = whole_number(asked)
    known = Topic.objects.select_related("taxonomy", "merged_into")
    if number is not None and (into := known.filter(pk=number).first()):
        return into, ""
    try:
        return find_topic(known)(asked), ""
    except ValidationError as fault:
        return None, " ".join(fault.messages)


def _refusal(topic, into):
    """Return why these two cannot be merged, empty where they can."""
    try:
        merging.refuse_merge(topic, into or topic) if into or topic.merged_into_id else None
    except MergeRefused as refusal:
        return str(refusal)
    return ""


def _merge(request, topic):
    into = whole_number(request.POST.get("into", ""))
    try:
        made = merging.merge(topic.pk, into or 0, by=request.user)
    except MergeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('admin:topic_merge', args=[topic.pk])}?{urlencode({'into': into or ''})}")
    going = "" if made.stage == Stage.DONE else " What is filed there follows: it is being moved."
    messages.success(request, f"“{made.topic}” went into “{made.into}”.{going}")
    return redirect("admin:topic_merges")


def _lines(shown):
    """Return what a merge moves, a line for each kind of thing that there is."""
    topic, into, rows, both = shown.topic, shown.into, shown.rows, shown.both
    briefs = f"{reverse('admin:curation_article_changelist')}?{urlencode({'topic': topic.slug})}"
    filed = {kind: f"filed under “{into}”{_both(both[kind])}" for kind in ("article", "offering")}
    found = [
        (
            shown.live,
            "live brief",
            "is",
            "are",
            f"found at the page of “{into}” and in its feed",
            f"{briefs}&reach=live",
        ),
        (rows["article"], "brief", "is", "are", f"{filed['article']}, in whatever state", briefs),
        (rows["offering"], "offering", "is", "are", filed["offering"], _offerings(topic)),
        (len(shown.synonyms), "synonym", "goes", "go", f"over to “{into}”: {_listed(shown.synonyms)}", ""),
        (len(shown.addresses), "redirect", "leads", "lead", f"to “{into}”", _old(topic)),
        (len(shown.searches), "saved list", "shows", "show", f"“{into}”: {_listed(shown.searches)}", ""),
        (rows["dismissal"], "suggestion", "stays", "stay", "aside, as somebody put it", ""),
    ]
    return [
        Line(counted(number, noun), f"{one if number == 1 else many} {rest}", address)
        for number, noun, one, many, rest, address in found
        if number
    ]


def _both(number):
    """Return what becomes of things that are filed under both topics."""
    said = "one of them is under both, and keeps" if number == 1 else f"{number:,} of them are under both, and keep"
    return f" ({said} the earlier place)" if number else ""


def _listed(words):
    more = len(words) - 5
    return ", ".join(f"“{one}”" for one in words[:5]) + (f" and {more:,} more" if more > 0 else "")


def _offerings(topic):
    return f"{reverse('admin:offerings_offering_changelist')}?topics={topic.pk}"


def _old(topic):
    return f"{reverse('admin:offerings_redirect_changelist')}?{urlencode({'q': topic.get_absolute_url()})}"


@require_http_methods(["GET", "HEAD"])
def merges(request, desk):
    """Show which topics went into which, newest first, each with what moved and its undo. Four queries."""
    refuse_stranger(request)
    rows = TopicMerge.objects.select_related("topic__taxonomy", "into__taxonomy", "undone_by")
    rows = list(rows[: _SHOWN + 1])
    left = {pk for row in rows for pk in row.details.get("left_articles", ())}
    titles = Article.objects.only("title").in_bulk(left) if left else {}
    shown = [(row, _moved(row), _left(row), _still(row, titles)) for row in rows[:_SHOWN]]
    given = {"title": "Merged topics", "opts": desk.opts, "merges": shown, "is_more": len(rows) > _SHOWN}
    return render(request, "admin/vocabulary/merges.html", desk.admin_site.each_context(request) | given)


_KINDS = {"article": "brief", "offering": "offering", "synonym": "synonym", "dismissal": "suggestion put aside"}


def _moved(row):
    rows = row.details.get("rows", {})
    return (
        ", ".join(counted(rows[kind], one) for kind, one in _KINDS.items() if rows.get(kind))
        or "nothing was filed there"
    )


def _left(row):
    left = row.details.get("left", {})
    return ", ".join(counted(left[kind], one) for kind, one in _KINDS.items() if left.get(kind))


def _still(row, titles):
    return [titles[pk] for pk in row.details.get("left_articles", ()) if pk in titles]


@require_POST
def undo(request, pk, desk):
    """Undo a merge, or say why that cannot be."""
    refuse_stranger(request)
    try:
        made = merging.undo(pk, by=request.user)
    except MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        done = made.stage == Stage.UNDONE
        said = "is a topic of its own again" if done else "is on its way back: what was filed there is being moved"
        messages.success(request, f"“{made.topic}” {said}.")
    return redirect("admin:topic_merges")
