"""Presence of others in an article, asked every few seconds; with what a page that was left open needs to go on."""

from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from curation.admin import badges
from curation.admin.json_responses import in_json
from curation.editing import presence


def urls(desk):
    """Return the addresses of presence; ``desk`` is the admin of articles."""
    return [
        path("readers/", readers, {"desk": desk}, name="curation_article_readers"),
        path("pulse/", pulse, {"desk": desk}, name="curation_article_pulse"),
        path("<int:pk>/here/", here, {"desk": desk}, name="curation_article_here"),
    ]


@in_json
def pulse(request, desk):
    """Answer who is signed in, with a token to post with: for a page whose session ended while another began."""
    return JsonResponse({"status": "signed-in", "person": request.user.pk, "csrf": get_token(request)})


@require_POST
@in_json
def here(request, pk, desk):
    """Note where one is (``field``, ``typing``, ``reading``, or ``leaving``); answer the others and the newest edit.

    Five queries, eight where it is written down.
    """
    article = desk.get_queryset(request).only("pk", "edit", "state").filter(pk=pk).first()
    if article is None:
        raise Http404
    is_reading = request.POST.get("reading") == "yes"
    if "leaving" in request.POST:
        presence.leave(article, request.user, is_reading=is_reading)
        return JsonResponse({"status": "left"})
    said = {"field": request.POST.get("field", ""), "is_typing": request.POST.get("typing") == "yes"}
    said |= {"is_reading": is_reading}
    others = presence.call(article, request.user, **said)
    return JsonResponse({"status": "here", "edit": article.edit, "others": [_person(other) for other in others]})


@require_GET
@in_json
def readers(request, desk):
    """Answer who else reads which brief to decide on it, by the brief's number: for rows and cards. Four queries."""
    found = presence.readers_of(desk.get_queryset(request).order_by(), request.user)
    return JsonResponse({"readers": {pk: [_person(one) for one in some] for pk, some in found.items()}})


def _person(other):
    return {
        "name": badges.named(other.user),
        "initials": badges.initials(other.user),
        "hue": other.user.pk % 5 + 1,
        "field": other.field,
        "typing": other.is_typing,
        "reading": other.is_reading,
    }
