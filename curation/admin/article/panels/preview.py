"""Preview of what readers will see, while it is written: their own templates on words that nobody saved yet."""

import copy

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation.admin.article import rendering
from curation.admin.json_responses import in_json
from curation.site.shapes import Link

#: Views that can be looked at, and the readers' template that shows each.
LOOKS = {
    "article": "curation/article_detail.html",
    "card": "curation/preview_card.html",
    "social": "curation/preview_social.html",
}
_HOME = Link("Home", "/")


def urls(desk):
    """Return the address of an article's preview; ``desk`` is the admin of articles."""
    return [path("<int:pk>/preview/", page, {"desk": desk}, name="curation_article_preview")]


@require_http_methods(["GET", "POST"])
@in_json
def page(request, pk, desk):
    """Return the article as it is stored, or by POST as the form has it; nothing is written. ``as`` says what of it."""
    article = desk.whole(request, pk)
    look = LOOKS.get(request.GET.get("as", "article"))
    if look is None:
        raise Http404
    changes = _typed(request, desk, article) if request.method == "POST" else {}
    shown = rendering.preview_of(article, changes)
    response = render(_as_readers_ask(request, shown.page.url), look, _context(shown))
    response.shows_readers_page = True  # the readers' policy, and the desk may frame it
    return response


def _typed(request, desk, article):
    """Return what the form that was sent would change; what cannot be saved as it is stays as it was."""
    if not desk.has_change_permission(request, article):
        raise PermissionDenied
    form = desk.sent_form(request, article)
    form.is_valid()
    return form.changes(but=set(form.errors) | {name for name in form.fields if f"{name}-add" in request.POST})


def _as_readers_ask(request, url):
    """Return the request with the address that readers will use, which the page prints."""
    asked = copy.copy(request)
    asked.path = asked.path_info = url
    return asked


def _context(shown):
    topics = [Link(topic.label, topic.url) for topic in shown.page.topics[:1]]
    return {
        "nav": "news",
        "title": shown.page.title,
        "description": shown.page.summary,
        "crumbs": [_HOME, shown.page.section, *topics, Link(shown.page.title, "")],
        "page": shown.page,
        "card": shown.card,
        "noindex": True,
        "is_preview": True,  # the frame runs no scripts
    }
