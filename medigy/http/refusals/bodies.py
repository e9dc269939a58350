"""Bounds on what may be sent to an address: a body is measured before anybody reads it, and refused if too large.

A stranger's body is never written to disk: what strangers may send is kept in memory, by Django's own limits.
"""

import io
from functools import cache

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from curation.admin.json_responses import refused
from curation.images.decode import BYTES
from curation.workflow import entry
from offerings.request_values import whole_number

from . import turned_away

SMALL = 16_384  # a name and a password, a search
OPINION = 65_536  # some words of somebody outside, in any script
FORM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # the largest form of the desk, kept in memory
FILE = BYTES + 2_000_000  # the largest picture, and the form around it
PIECE = 65_536
_DIGITS = 18  # of a length that are looked at: more say as well that it is too much

_STRANGER = "Sign in first: without that, no more than {most} can be sent to this address."
_TOO_MUCH = "No more than {most} can be sent to this address. Send less, or a smaller file."
_UNMEASURED = "What was sent does not say how long it is. Send it with its length (Content-Length)."


class Bounded:
    """Middleware that refuses a body its address has no use for: 413 for too much, 411 or 400 without a length.

    A body without a length (chunked) is counted while it is read, into memory, and never past a form's length.
    Costs a microsecond without a body; only for what is larger than any form is somebody looked up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given, chunked = request.META.get("CONTENT_LENGTH"), request.META.get("HTTP_TRANSFER_ENCODING")
        if not given and not chunked:
            return self.get_response(request)
        return self.refusal(request, given, chunked) or self.get_response(request)

    def refusal(self, request, given, chunked):
        """Return the answer to a body that may not come in; None lets it in."""
        most = allowed(request)
        if chunked:
            return count(request, min(most, FORM))
        length = _length(request)
        if length is None:
            return _refused(request, 400, _UNMEASURED)
        return too_much(request, most) if length > most else None


def allowed(request) -> int:
    """Return how many bytes this request may send: a file's only for somebody signed in at the desk.

    No view reads what comes with a GET or a HEAD.
    """
    is_at_desk = request.path.startswith(turned_away.desk()) and request.path != reverse("admin:login")
    if not is_at_desk or request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
        return OPINION if request.path.startswith(_outside()) else SMALL
    is_large = (_length(request) or 0) > FORM
    return FILE if is_large and entry.may_enter(request.user) else FORM


@cache
def _outside() -> str:
    """Return how the addresses of links for people outside begin."""
    return reverse("outside", args=["-", "-" * 20]).partition("-")[0]


def _length(request) -> int | None:
    """Return how long a body says it is; None where it does not say."""
    return whole_number(request.META.get("CONTENT_LENGTH", "")[:_DIGITS])


def count(request, most: int):
    """Read a chunked body that holds no more than ``most`` and give it its length; return the refusal of any other."""
    if not request.META.get("wsgi.input_terminated"):  # nothing says where such a body ends
        return _refused(request, 411, _UNMEASURED)
    pieces, had = [], 0
    while piece := request.META["wsgi.input"].read(PIECE):
        pieces.append(piece)
        had += len(piece)
        if had > most:
            return too_much(request, most)
    request._stream = io.BytesIO(b"".join(pieces))  # where Django's own request keeps what it reads from
    request.META["CONTENT_LENGTH"] = str(had)
    return None


def too_much(request, most: int):
    """Return the 413: to a script as JSON, to a person as a page."""
    is_stranger = most == FORM and request.path.startswith(turned_away.desk())
    size = f"{most / 1e6:.1f} MB" if most >= 1_000_000 else f"{most // 1024} kB"
    return _refused(request, 413, (_STRANGER if is_stranger else _TOO_MUCH).format(most=size))


def _refused(request, status, words):
    if "json" in request.headers.get("Accept", "") or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        answer = refused(status, "refused", words)
    else:
        answer = render(request, "413.html", {"words": words}, status=status)
    add_never_cache_headers(answer)
    return answer
