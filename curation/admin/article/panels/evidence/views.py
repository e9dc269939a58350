"""Evidence beside an article: on which words of its sources each sentence rests, and what a person says of that.

Reading it saves nothing. What is decided is a step “edit” of its own, so that everybody's page hears of it.
"""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from curation import workflow
from curation.admin.json_responses import refused
from curation.editing import evidence_marks
from curation.editing.evidence_marks import DecisionRefused
from curation.models import State
from offerings.request_values import whole_number

from .shown import plain, shown_of, tally

OWN, SPAN, MACHINE = "own", "span", "machine"
_TRIES = 3
_APPROVED = "It is approved as it stands. Edit it first; then a sentence can be said to rest elsewhere."


def urls(desk):
    """Return the address of an article's evidence; ``desk`` is the admin of articles."""
    guarded = desk.admin_site.admin_view
    return [path("<int:pk>/evidence/", guarded(page), {"desk": desk}, name="curation_article_evidence")]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, pk, desk):
    """Show the sentences with their marks; by POST take a decision first. A script is answered in JSON:
    ``{status: "marks", edit, may_decide, why_not, marks, tally}``, or 400 and ``{status: "refused", words}``.
    """
    is_script = request.headers.get("Accept") == "application/json"
    refusal = _decided(request, pk, desk) if request.method == "POST" else ""
    if is_script:
        return refused(400, "refused", refusal) if refusal else JsonResponse(_told(request, _held(request, pk, desk)))
    if refusal:
        messages.error(request, refusal)
    if request.method == "POST":
        number = whole_number(request.POST.get("number")) or 0
        return redirect(f"{reverse('admin:curation_article_evidence', args=[pk])}?sentence={number}#sentence-{number}")
    return _drawn(request, _held(request, pk, desk), desk)


def _told(request, article):
    """Return the marks of an article as it is stored, for a script."""
    _, shown = shown_of(_content(article))
    why_not = _why_not(request, article)
    about = {"status": "marks", "edit": article.edit, "may_decide": not why_not, "why_not": why_not}
    return about | {"marks": [plain(one) for one in shown], "tally": tally(shown)}


def _drawn(request, article, desk):
    """Return the page; ``sentence`` is the number of the one that is asked about."""
    texts, shown = shown_of(_content(article))
    given = {"title": "Evidence", "subtitle": str(article), "opts": desk.opts, "article": article, "shown": shown}
    given |= {"texts": texts, "tally": tally(shown), "why_not": _why_not(request, article)}
    given |= {"asked": whole_number(request.GET.get("sentence"))}
    context = desk.admin_site.each_context(request) | given
    return render(request, "admin/curation/article/panels/evidence.html", context)


def _held(request, pk, desk):
    """Return the article with its sources for somebody who may see it. Two queries."""
    article = get_object_or_404(desk.get_queryset(request).defer(None), pk=pk)
    prefetch_related_objects([article], "article_sources")
    return article


def _content(article):
    """Return the part of a snapshot that evidence is about. No query where the sources are loaded."""
    sources = [{"link": row.link_id} for row in article.article_sources.all()]
    return {name: getattr(article, name) for name in ("standfirst", "body", "evidence")} | {"sources": sources}


def _why_not(request, article) -> str:
    """Return why this person may not decide now, in words; nothing if they may."""
    refusal = workflow.refusal(workflow.STEPS["edit"], article, request.user, None)
    return str(refusal) if refusal else _APPROVED * (article.state == State.APPROVED)


# Deciding ----------------------------------------------------------------------------------------------------------


def _decided(request, pk, desk) -> str:
    """Take the decision that was sent; return why not, in words, where it cannot be."""
    try:
        _decide(request, pk, desk)
    except (DecisionRefused, workflow.StepRefused) as refusal:
        return str(refusal)
    return ""


def _decide(request, pk, desk):
    """Take the decision that was sent; looked at again where somebody wrote meanwhile, since it names its sentence."""
    for attempt in range(_TRIES):
        article = _held(request, pk, desk)
        why_not = _why_not(request, article)
        if why_not:
            raise DecisionRefused(why_not)
        rows = _rows(_content(article), request.POST)
        if rows == article.evidence:
            return
        try:
            workflow.take("edit", article, by=request.user, edit=article.edit, changes={"evidence": rows})
        except workflow.StepRefused as refusal:
            if refusal.code != "stale" or attempt == _TRIES - 1:
                raise
        else:
            return


def _rows(content, sent):
    """Return the rows of decisions as what was sent makes them; raises DecisionRefused. A query for a span."""
    sentence, choice = sent.get("words", ""), sent.get("choice", "")
    if choice == OWN:
        return evidence_marks.with_own(content, sentence)
    if choice == MACHINE:
        return evidence_marks.without(content, sentence)
    if choice != SPAN:
        raise DecisionRefused("Choose: its place in the source, your own words, or as the machine found it.")
    source, paragraph = (whole_number(sent.get(name)) for name in ("source", "paragraph"))
    texts, quote = evidence_marks.texts_of(content), sent.get("quote", "")
    return evidence_marks.with_span(content, texts, sentence, source=source, paragraph=paragraph, words=quote)
