"""A card of the board, opened: a small screen for deciding, with what changed, checks, evidence and every open step."""

from collections import Counter

from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from curation.admin import steps
from curation.admin.article.panels import checks, harvest
from curation.admin.discussion import panel as discussion
from curation.admin.hours import NEWSROOM, keep_clock
from curation.editing import evidence_marks, versions, working_copy
from curation.models import Version
from curation.models.snapshots import complete
from curation.models.vocabulary.current import together
from curation.publishing.press import Windows
from curation.workflow.board import absences
from curation.workflow.waiting import changes


def urls(desk):
    """Return the address of a card; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [path("<int:pk>/card/", guarded(page), given, name="curation_article_card")]


@require_GET
def page(request, pk, desk):
    """Show a card as a page of its own; the scripts of board and calendar take its panel, or a form of it, out of it.

    The calendar asks for the newsroom's ``clock``, on which its days are.
    """
    is_newsrooms = keep_clock(request.GET)
    article = desk.whole(request, pk)
    context = desk.admin_site.each_context(request) | _context(request, article)
    context["reviewer_back"] = absences.away().get(article.reviewer_id)
    given = {"title": str(article), "subtitle": "Board", "opts": desk.opts, "back": request.GET.urlencode()}
    given["on_clock"] = NEWSROOM if is_newsrooms else ""
    return render(request, "admin/curation/board/card.html", context | given)


def _context(request, article):
    editions = list(article.editions.defer("body").order_by("-number"))
    windows = Windows([article], timezone.now(), known=editions)
    live = windows.live(article)
    primary, others, why = steps.drawn(article, request.user, editions, live, steps.kept(request, article))
    said = discussion.context(request, article)
    found = checks.context(request, article, False, harvest.harvest_of(article), said["blocking"])
    about = {"primary": primary, "steps": others, "why_not": why, "live": live, "coming": windows.scheduled(article)}
    about["origin"] = "board"  # what its forms send along
    return found | said | about | {"entered": steps.entered(article)} | _words(article, live)


def _words(article, live):
    """Return what the words come to: what changed since readers saw them, and the tally of evidence."""
    newest = versions.latest([article]).get(article.pk)
    if newest is None:
        return {}
    content = complete(newest.content)
    tally = Counter(mark.kind for mark in evidence_marks.marks_of(content, evidence_marks.texts_of(content)))
    if live is None:
        subject = working_copy.subjects({article.pk: content})[article.pk]
        return {"tally": tally, "first": changes.first_words(content, subject.source_answered)}
    old = newest if live.version_id == newest.pk else Version.objects.get(pk=live.version_id)
    return {"tally": tally, "change": changes.change_since(*together(old.content, content))}
