"""Buttons pressed signed out: signing in leads to their address by GET, which does nothing and says so."""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

_SIGNED_OUT = "You were signed out, so nothing was done. Press the button again."


def not_done(request, article, place="", words=_SIGNED_OUT):
    """Answer the GET of a button's address: to the article's page (``place`` is a part of it), which says why."""
    tell_not_done(request, words)
    return redirect(f"{reverse('admin:curation_article_change', args=[article.pk])}{place}")


def tell_not_done(request, words=_SIGNED_OUT):
    """Tell on the next page that a button did nothing; a HEAD is nobody's visit."""
    if request.method != "HEAD":
        messages.warning(request, words)


def comes_from_the_door(request) -> bool:
    """Return whether somebody has just signed in: the page before this one was the door."""
    return urlsplit(request.headers.get("Referer", "")).path == reverse("admin:login")


def by_button(place="", words=_SIGNED_OUT):
    """Make a view of an article (``pk``, ``desk``) that only takes POST lead a GET back to the article.

    Raises Http404 where somebody may not see it.
    """

    def dressed(view):
        @wraps(view)
        def answered(request, pk, *args, desk, **given):
            if request.method == "POST":
                return view(request, pk, *args, desk=desk, **given)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return not_done(request, get_object_or_404(desk.get_queryset(request), pk=pk), place, words)

        return answered

    return dressed
