"""Saved searches at the desk: naming the list on the screen, renaming, sharing, and forgetting it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from curation.editing import searches
from curation.models import SavedSearch
from offerings.forms.touched import touched


def urls(desk):
    """Return the addresses of saved searches; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("searches/", guarded(save), given, name="curation_article_searches"),
        path("searches/<int:pk>/", guarded(change), given, name="curation_article_search"),
    ]


def address(query: str, view: str = "") -> str:
    """Return the list that a query string asks for, or the board or the calendar (``view``); of an empty one, all."""
    name = view if view in ("board", "calendar") else "changelist"
    return f"{reverse(f'admin:curation_article_{name}')}?{query or 'all=1'}"


@require_POST
def save(request, desk):
    """Name the list that was on the screen."""
    _authorise(desk, request)
    asked = request.POST.get("query", "")[:4000]
    try:
        search = searches.save(request.user, asked=asked, **_search_given(request))
    except searches.SearchRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(asked, request.POST.get("view", "")))
    messages.success(request, f"“{search}” is saved.")
    return redirect(address(search.query, request.POST.get("view", "")))


@require_POST
def change(request, pk, desk):
    """Change or delete a saved search, as the button that was pressed says."""
    _authorise(desk, request)
    search = get_object_or_404(SavedSearch, pk__in=[one.pk for one in searches.searches_of(request.user)], pk=pk)
    query = search.query
    try:
        if "delete" in request.POST:
            searches.delete(search, by=request.user)
            messages.success(request, f"“{search}” is deleted. The briefs in it are as they were.")
        else:
            searches.change(search, by=request.user, **_touched(request))
            messages.success(request, f"“{search}” is saved.")
    except searches.SearchRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(address(query, request.POST.get("view", "")))


def _search_given(request):
    said = request.POST
    return {"name": said.get("name", ""), "is_shared": "is_shared" in said, "is_default": "is_default" in said}


def _touched(request):
    """Return what somebody changed of a search: what a colleague changed since they opened the page stays."""
    given = _search_given(request)
    return {name: given[name] for name in touched(request.POST, *given)}


def _authorise(desk, request):
    if not desk.has_view_permission(request):
        raise PermissionDenied
