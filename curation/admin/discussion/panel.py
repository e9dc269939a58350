"""Discussion of an article: the panel beside it, the addresses that add to it, and what is done with comments."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from curation import discussion
from curation.admin import badges
from curation.admin.json_responses import in_json
from curation.admin.post_buttons import by_button, comes_from_the_door, not_done
from curation.discussion import outside
from curation.editing import comments

_ALL = 300  # threads of the page that shows nothing else


def urls(desk):
    """Return the addresses of an article's discussion; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    settle = "<int:pk>/comments/<int:comment>/<slug:wish>/"
    return [
        path("<int:pk>/comments/", guarded(panel), given, name="curation_article_comments"),
        path("<int:pk>/comments/all/", guarded(whole), given, name="curation_article_discussion"),
        path("<int:pk>/comments/people/", people, given, name="curation_article_people"),
        path(settle, guarded(act), given, name="curation_article_comment_do"),
    ]


def context(request, article, most=discussion.MOST) -> dict:
    """Return what the panel shows: the threads, what a comment may be about, and who ``blocking`` names.

    One query, one more where not all threads are shown.
    """
    sentences = discussion.sentences_of(article)
    threads = discussion.threads_of(article, request.user, sentences, most)
    return {
        "article": article,
        "panel_url": reverse("admin:curation_article_comments", args=[article.pk]),
        "threads": threads,
        "places": discussion.places(sentences),
        "blocking": _blocking(article, threads),
        "longest_comment": discussion.LONGEST,
        "may_ask": outside.may_ask(article, request.user),
    }


def _blocking(article, threads):
    """Return the names of those who hold an article back."""
    if threads.has_more:
        return comments.blocking([article.pk]).get(article.pk, [])
    return [badges.who(one.comment) for one in threads.open if one.comment.blocks]


@require_http_methods(["GET", "POST"])
def panel(request, pk, desk):
    """Show the panel alone, as it stands now; posted to, one comment more. Who may see the article may comment."""
    article = _held(request, pk, desk)
    if request.method == "GET" and comes_from_the_door(request):
        return not_done(request, article, "#comments")
    if request.method == "GET":
        return render(request, "admin/curation/discussion/panel.html", context(request, article))
    sent = request.POST
    try:
        about = discussion.anchor_of(sent.get("about", ""), discussion.sentences_of(article))
        given = {"about": about, "blocks": "blocks" in sent, "to": sent.get("to", "")}
        discussion.add(article, sent.get("words", ""), by=request.user, **given)
    except discussion.CommentRefused as refusal:
        return _refused(request, article, desk, str(refusal))
    return _done(request, article)


@require_GET
def whole(request, pk, desk):
    """Show the discussion as a page of its own: all of it, or as much as anybody reads."""
    return _page(request, _held(request, pk, desk), desk)


def _page(request, article, desk, status=200, **typed):
    given = {"title": "Discussion", "subtitle": str(article), "opts": desk.opts, "typed": typed}
    given |= {"panel_url": reverse("admin:curation_article_discussion", args=[article.pk])}
    shown = desk.admin_site.each_context(request) | context(request, article, _ALL) | given
    return render(request, "admin/curation/discussion/page.html", shown, status=status)


@require_GET
@in_json
def people(request, pk, desk):
    """Return for a script the names by which those who see the article are called: ``{people: [{name, words}]}``."""
    article = _held(request, pk, desk)
    named = [{"name": one.get_username(), "words": badges.named(one)} for one in discussion.people_of(article)]
    return JsonResponse({"people": [*named, *({"name": name, "words": words} for name, words in _ROLES.items())]})


_ROLES = {"managers": "everybody who decides"}


@by_button("#comments")
def act(request, pk, comment, wish, desk):
    """Do something with a comment: answer, settle, reopen, give it to somebody, mend or remove it."""
    article = _held(request, pk, desk)
    if wish not in _WISHES:
        raise Http404("This is nothing that can be done with a comment.")
    typed = request.POST.get("words") or request.POST.get("mended")
    if typed and not article.comments.filter(pk=comment).exists():  # what was typed is not lost with it
        return _refused(request, article, desk, discussion.GONE)
    comment = get_object_or_404(article.comments.select_related("parent"), pk=comment)
    is_theirs, do = _WISHES[wish]
    if not is_theirs(comment, request.user):
        raise PermissionDenied
    try:
        do(comment, request.user, request.POST)
    except discussion.CommentRefused as refusal:
        return _refused(request, article, desk, str(refusal))
    return _done(request, article)


def _settles(comment, person):
    return comment.parent_id is None and discussion.may_settle(comment, person)


def _gives(comment, person):
    # What holds a brief back is given by those alone who may let it go: whoever it is given to may settle it.
    return comment.parent_id is None and (not comment.blocks or discussion.may_settle(comment, person))


def _mends(comment, person):
    return discussion.may_edit(comment, person, is_answered=False)  # whether it is, is asked where it is written


#: What can be done with a comment: whether it is somebody's to do, and how it is done with what was sent.
_WISHES = {
    "answer": (
        lambda comment, person: True,
        lambda one, by, sent: discussion.answer(one, sent.get("words", ""), by=by),
    ),
    "resolve": (_settles, lambda one, by, sent: discussion.settle(one, by=by, words=sent.get("words", ""))),
    "reopen": (_settles, lambda one, by, sent: discussion.reopen(one, by=by)),
    "assign": (_gives, lambda one, by, sent: discussion.assign(one, sent.get("to", ""), by=by)),
    "edit": (_mends, lambda one, by, sent: discussion.edit(one, sent.get("mended", ""), by=by)),
    "remove": (discussion.may_remove, lambda one, by, sent: discussion.remove(one, by=by)),
}


def _held(request, pk, desk):
    """Return the article with its words for somebody who sees it; raises Http404 for others."""
    return get_object_or_404(desk.get_queryset(request).defer(None), pk=pk)


def _is_script(request):
    return request.headers.get("X-Requested-With") == "fetch"


def _done(request, article):
    if not _is_script(request):
        return redirect(f"{reverse('admin:curation_article_change', args=[article.pk])}#comments")
    starts = article.comments.filter(resolved_at=None, parent=None)
    open_ones = list(starts.values_list("blocks", flat=True))
    return JsonResponse({"open": len(open_ones), "blocking": sum(open_ones)})


def _refused(request, article, desk, words):
    """Say what is wrong: to a script in JSON, to a person above the discussion, with what was typed."""
    if _is_script(request):
        return JsonResponse({"words": words}, status=400)
    messages.error(request, words)
    typed = {name: request.POST.get(name, "") for name in ("words", "mended", "about", "to", "blocks")}
    typed["words"] = typed["words"] or typed["mended"]
    return _page(request, article, desk, status=400, **typed)
