"""Comments beside an article: the panel, and the addresses that add, resolve and reopen them."""

from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from curation.admin.post_buttons import by_button, comes_from_the_door, not_done
from curation.editing import comments

_MOST = 200  # of one article that the panel shows: those that hold back review, other open ones, the last resolved


def urls(desk):
    """Return the addresses of an article's comments; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    settle = "<int:pk>/comments/<int:comment>/<slug:wish>/"
    return [
        path("<int:pk>/comments/", guarded(panel), given, name="curation_article_comments"),
        path(settle, guarded(act), given, name="curation_article_comment_do"),
    ]


def context(request, article) -> dict:
    """Return what the panel shows: ``(comment, whether this person may settle it)``, open and resolved. One query."""
    open_first = (F("resolved_at").desc(nulls_first=True), "-blocks", "-pk")
    some = article.comments.select_related("by", "resolved_by").order_by(*open_first)[:_MOST]
    rows = [(comment, comments.may_settle(comment, request.user)) for comment in sorted(some, key=attrgetter("pk"))]
    return {
        "article": article,
        "open_comments": [row for row in rows if row[0].resolved_at is None],
        "resolved_comments": [row for row in rows if row[0].resolved_at is not None],
        "longest_comment": comments.LONGEST,
    }


@require_http_methods(["GET", "POST"])
def panel(request, pk, desk):
    """Show the panel alone, as it stands now; posted to, one comment more. Who may see the article may comment."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    if request.method == "GET" and comes_from_the_door(request):
        return not_done(request, article, "#comments")
    if request.method == "GET":
        return render(request, "admin/curation/article/panels/comments.html", context(request, article))
    try:
        comments.add(article, request.POST.get("words", ""), by=request.user, blocks="blocks" in request.POST)
    except comments.CommentRefused as refusal:
        return _refused(request, article, str(refusal))
    return _done(request, article)


@by_button("#comments")
def act(request, pk, comment, wish, desk):
    """Resolve a comment or open it again."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    comment = get_object_or_404(article.comments, pk=comment)
    if wish not in ("resolve", "reopen"):
        raise Http404("Comments are resolved or reopened.")
    if not comments.may_settle(comment, request.user):
        raise PermissionDenied
    if wish == "resolve":
        comments.resolve(comment, by=request.user)
    else:
        comments.reopen(comment)
    return _done(request, article)


def _is_script(request):
    return request.headers.get("X-Requested-With") == "fetch"


def _done(request, article):
    if not _is_script(request):
        return redirect(f"{reverse('admin:curation_article_change', args=[article.pk])}#comments")
    open_ones = list(article.comments.filter(resolved_at=None).values_list("blocks", flat=True))
    return JsonResponse({"open": len(open_ones), "blocking": sum(open_ones)})


def _refused(request, article, words):
    if _is_script(request):
        return JsonResponse({"words": words}, status=400)
    messages.error(request, words)
    return redirect(f"{reverse('admin:curation_article_change', args=[article.pk])}#comments")
