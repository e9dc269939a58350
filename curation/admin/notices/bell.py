"""The bell: how many things are new, on every page of the desk, and right at once after what is done here."""

import logging

from django.db import DatabaseError, InterfaceError
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from curation import notices

logger = logging.getLogger(__name__)


def bell(person) -> dict:
    """Return the bell of somebody: its address, how many are new (“99+”), and the same in words. One query.

    Every page asks, so it is right without a script as well.
    """
    return {"url": reverse("admin:curation_notices")} | _told(notices.unread(person))


def _told(number):
    shown = f"{notices.LARGEST}+" if number > notices.LARGEST else str(number)
    words = "1 new notice" if number == 1 else f"{shown} new notices" if number else "Notices, none new"
    return {"number": number, "shown": shown if number else "", "words": words}


def _tag(request, **given):
    request.bell = _told(notices.unread(request.user))
    return f'"bell-{request.user.pk}-{request.bell["number"]}"'


@require_safe
@condition(etag_func=_tag)
def count(request):
    """Answer how many things are new; 304 to a page that knows. One query beside those of the session."""
    return JsonResponse(request.bell)


class TellAtOnce:
    """Middleware that makes the notices of what was just done at the desk, so that no bell waits for the worker.

    One query after what was posted, and the pass where the log grew. A database that is busy leaves it to the worker.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and getattr(request.resolver_match, "app_name", "") == "admin":
            try:
                if notices.is_pending():
                    notices.take_pending()
            except (DatabaseError, InterfaceError) as failed:
                logger.warning("Notices are left to the worker (%s)", failed)
        return response
