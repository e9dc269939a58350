"""Words for a colleague at the desk where a page is not theirs, is not there or cannot be had, and who may help."""

from functools import cache

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.csrf import csrf_failure

from curation.models import roles

#: The right that a page of a list's admin asks for, by the last word of the page's name.
_RIGHTS = {"changelist": "view", "add": "add", "change": "change", "delete": "delete", "history": "view"}


@cache
def desk() -> str:
    """Return how all addresses of the desk begin."""
    return reverse("admin:index")


def is_at_desk(request) -> bool:
    """Return whether somebody who may enter the desk asked for an address of it."""
    return request.path.startswith(desk()) and hasattr(request, "user") and admin.site.has_permission(request)


def forbidden(request, exception=None):
    """Answer 403 in the desk's own frame: the rule as given, and the roles that have the right where that is known."""
    holders = _holders(request.resolver_match)
    given = {"title": "This page is not open to you", "rule": _words_of(exception), "holders": _in_words(holders)}
    return _page(request, given, 403)


def missing(request):
    """Answer 404 in the desk's own frame. What exists and somebody may not see is told in the same words."""
    return _page(request, {"title": "No such page at the desk", "is_missing": True}, 404)


def refused(request, status, words, name="refused"):
    """Return a refusal in words, where nothing could be read or kept: a page, with ``told``, the same for scripts."""
    if is_at_desk(request):
        response = _page(request, {"title": "That did not go through", "trouble": words}, status)
    else:
        response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    response.told = (name, words)
    return response


def forged(request, reason=""):
    """Answer a form that this browser did not get from here, or got before it signed in anew."""
    response = csrf_failure(request, reason)
    response.told = ("token", "This page is older than your sign-in. Reload it, and send it again.")
    return response


def _page(request, given, status):
    return render(request, "admin/turned_away.html", admin.site.each_context(request) | given, status=status)


def _words_of(exception):
    return str(exception or "")[:300]


def _holders(match):
    """Return the roles that may open a page, from its name; none where the name does not say."""
    app, _, rest = ((match and match.url_name) or "").partition("_")
    model, _, last = rest.rpartition("_")
    wanted = (app, f"{_RIGHTS.get(last, '')}_{model}")
    return [role for role in roles.ROLES if wanted in roles.codenames(role)]


def _in_words(holders):
    """Name roles in words: “Managers and Administrators”; nothing for nobody."""
    plural = [f"{role}s" for role in holders]
    return " and ".join(filter(None, [", ".join(plural[:-1]), *plural[-1:]]))
