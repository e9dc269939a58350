"""Links for people outside, at the desk: who was asked about a brief, what became of it, and asking somebody else."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from curation.admin.post_buttons import by_button
from curation.discussion import CommentRefused, outside
from offerings.request_values import whole_number


def urls(desk):
    """Return the addresses of an article's links; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("<int:pk>/outside/", guarded(page), given, name="curation_article_outside"),
        path("<int:pk>/outside/<int:link>/end/", guarded(end), given, name="curation_article_outside_end"),
    ]


def _held(request, pk, desk):
    """Return the article for somebody who may ask outside about it; raises Http404 or PermissionDenied for others."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not outside.may_ask(article, request.user):
        raise PermissionDenied("Its owner and managers ask people outside.")
    return article


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, pk, desk):
    """Show the links of an article; by POST make one, and show its address this once."""
    article = _held(request, pk, desk)
    if request.method != "POST":
        return _shown(request, article, desk)
    sent = request.POST
    try:
        given = {
            "name": sent.get("name", ""),
            "email": sent.get("email", ""),
            "days": whole_number(sent.get("days", "")),
        }
        link, address = outside.ask(article, by=request.user, **given)
    except CommentRefused as refusal:
        messages.error(request, str(refusal))
        return _shown(request, article, desk, status=400, typed=sent)
    return _shown(request, article, desk, made=link, address=f"{settings.SITE_URL}{address}")


def _shown(request, article, desk, status=200, **given):
    links = [(link, outside.is_open(link)) for link in outside.links_of(article)]
    about = {"title": "Asked outside", "subtitle": str(article), "opts": desk.opts, "article": article}
    about |= {"links": links, "days": outside.DAYS, "most_days": outside.MOST_DAYS}
    context = desk.admin_site.each_context(request) | about | given
    return render(request, "admin/curation/discussion/outside.html", context, status=status)


@by_button()
def end(request, pk, link, desk):
    """End a link."""
    article = _held(request, pk, desk)
    outside.revoke(get_object_or_404(outside.links_of(article), pk=link), by=request.user)
    messages.success(request, "The link works no longer.")
    return redirect("admin:curation_article_outside", pk)
