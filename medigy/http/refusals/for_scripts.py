"""JSON for scripts of the desk where the site itself refuses or fails, never a page."""

import errno
import logging

from django.db import IntegrityError, InterfaceError, OperationalError
from django.urls import reverse

from curation.admin.json_responses import NOT_YOURS, SIGNED_OUT, refused

from . import turned_away

log = logging.getLogger(__name__)

_BUSY = "Nothing can be saved at this moment, because the newsroom's disk or database does not take it. Try again soon."
_SAME = (
    "Somebody saved the same a moment ago, or took away what this needs. Look at what is there now, then save again."
)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
#: What scripts are told of an answer that says nothing else, by its status.
_PLAIN = {
    400: ("refused", "What was sent cannot be read. Reload the page."),
    401: ("signed-out", SIGNED_OUT),
    403: ("refused", NOT_YOURS),
    404: ("gone", NOT_YOURS),
    405: ("refused", "This address takes nothing of this kind. Reload the page."),
    413: ("refused", "This is more than can be sent at once."),
    429: ("refused", "Too many tries. Wait a while."),
}
_FAILED = ("failed", "Something went wrong here, and it is written down. What you typed is kept; it is tried again.")


class ForScripts:
    """A middleware: whatever refuses or fails, a script of the desk hears JSON, ``{"status", "words"}``, never a page.

    A script asks for JSON, says that it fetches, or asks at an address that only scripts know; being sent to the door
    is 401. A database that is locked or gone, and a disk that is full, are 503, two who save the same at once 409; for
    people these are pages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _is_of_a_script(request):
            return response
        if _leads_to_the_door(response):
            return refused(401, "signed-out", SIGNED_OUT, door=reverse("admin:login"))
        is_told = response.headers.get("Content-Type", "").startswith("application/json")
        return response if response.status_code < 400 or is_told else _told(response)

    def process_exception(self, request, exception):
        """Answer for what a view could not keep, for want of a database or a disk or because somebody was faster."""
        if isinstance(exception, IntegrityError):
            status, words, name = 409, _SAME, "refused"
        elif _is_want_of_room(exception):
            status, words, name = 503, _BUSY, "failed"
        else:
            return None
        log.error("%s %s could not be answered", request.method, request.path, exc_info=exception)
        response = turned_away.refused(request, status, words, name)
        response.headers["Retry-After"] = "5"
        return response


def _is_want_of_room(exception):
    if isinstance(exception, OSError):
        return exception.errno in _FULL
    return isinstance(exception, OperationalError | InterfaceError)


def _is_of_a_script(request):
    match = request.resolver_match
    if not request.path.startswith(turned_away.desk()):
        return False
    heard = request.headers
    return (
        getattr(match and match.func, "hears_json", False)
        or "application/json" in heard.get("Accept", "")
        or heard.get("X-Requested-With") == "fetch"
        or heard.get("Sec-Fetch-Dest") == "empty"
    )


def _leads_to_the_door(response):
    return response.status_code == 302 and response.headers.get("Location", "").startswith(reverse("admin:login"))


def _told(response):
    """Return the same refusal in JSON, with its cookies."""
    name, words = getattr(response, "told", None) or _PLAIN.get(response.status_code, _FAILED)
    answer = refused(response.status_code, name, words)
    answer.cookies = response.cookies
    for header in ("Allow", "Retry-After", "Cache-Control", "Vary"):
        if header in response.headers:
            answer.headers[header] = response.headers[header]
    return answer
