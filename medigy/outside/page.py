"""The page for somebody outside: one Version, its source, and a form for an opinion; nothing else of the newsroom."""

from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from curation.admin import badges
from curation.admin.article import rendering
from curation.discussion import CommentRefused, outside
from medigy.http import throttle

_PREFETCHES = ("Sec-Purpose", "Purpose", "X-Moz")
_UNREADABLE = "What was sent cannot be read. Write it again, without characters that nobody sees."


# Who knows the secret of the address could as well press the button: a second secret in the form would guard nothing,
# and would need a cookie and the address as referrer.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, key, secret):
    """Show the Version that a link is for, or by POST keep an opinion; the same 404 for whatever is no open link."""
    link = outside.open_link(key, secret)
    if link is None:
        if throttle.is_too_much(request, f"outside {key[:16]}"):
            return guarded(render(request, "429.html", status=429))
        return guarded(render(request, "medigy/outside_ended.html", {"noindex": True}, status=404))
    if request.method == "POST":
        return _said(request, link)
    if request.method == "GET" and not _is_ahead(request):
        outside.note_opened(link)
    return _shown(request, link)


def _is_ahead(request):
    """Return whether a browser fetches this before anybody asked for it."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in _PREFETCHES)


def _said(request, link):
    opinion, words = request.POST.get("opinion", ""), request.POST.get("words", "")
    try:
        if "\0" in opinion + words:
            raise CommentRefused(_UNREADABLE)
        outside.opine(link, opinion, words)
    except CommentRefused as refusal:
        return _shown(request, link, status=400, refusal=str(refusal), opinion=opinion, words=words)
    return _shown(request, link, is_kept=True)


def _shown(request, link, status=200, **given):
    """Show the page; what was typed into a form that was refused stands in it again."""
    shown = rendering.preview_of(link.version.article, link.version.content)
    about = {
        "title": shown.page.title,
        "noindex": True,
        "page": shown.page,
        "link": link,
        "asked_by": badges.who(link),
        "until": badges.moment(link.until),
        "is_outdated": outside.is_outdated(link),
        "opinions": outside.Opinion.choices,
        "opinion": link.opinion,
        "words": outside.words_of(link),
        "longest": outside.LONGEST,
    }
    return guarded(render(request, "medigy/outside.html", about | given, status=status))


def guarded(response):
    """Keep the address out of caches, indexes and referrers."""
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
