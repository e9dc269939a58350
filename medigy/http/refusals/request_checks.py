"""Checks of every request before anything reads it: text in UTF-8 without NUL, of a size and number that is kept.

Frameworks raise where such a thing is met, which may be anywhere; here it is said once, in words, before a view runs.
"""

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from medigy.serving.charset import is_utf8

from . import turned_away

_TOO_LARGE = "This is more than can be sent at once (2.5 MB, 1,000 fields). Make it shorter and send it again."
_UNREADABLE = "What was sent is not whole, or not in the form it says it is in (UTF-8). Send it again."
_NUL = "“{name}” holds a character that no text can hold (NUL, code 0). Take it out and send it again."
_NUL_ADDRESS = "This address holds a character that none can hold (NUL, code 0)."


class Readable:
    """Refuses what cannot be read: 400 for a strange encoding, NUL, or a broken body, 413 for too much of it.

    PostgreSQL keeps no NUL, and Python knows encodings that raise on any input. Readers' addresses may hold NUL: there
    it is one more word that nothing is called by. A view that is exempt from the check of forged forms reads its body
    itself. Costs some microseconds; a form is read here instead of a moment later.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_utf8(request.encoding):
            request.encoding = "utf-8"
            return turned_away.refused(request, 400, _UNREADABLE)
        if "\0" in request.path_info and not _is_of_a_reader(request):
            return turned_away.refused(request, 400, _NUL_ADDRESS)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Read the query, and the form where one was sent."""
        if not _is_of_a_reader(request) and (name := _with_nul(request.GET)) is not None:
            return turned_away.refused(request, 400, _NUL.format(name=name))
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        try:
            name = _with_nul(request.POST)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return turned_away.refused(request, 413, _TOO_LARGE)
        except (BadRequest, UnreadablePostError, MultiPartParserError):
            return turned_away.refused(request, 400, _UNREADABLE)
        return None if name is None else turned_away.refused(request, 400, _NUL.format(name=name))


def _is_of_a_reader(request):
    return request.method in ("GET", "HEAD") and not request.path_info.startswith(turned_away.desk())


def _with_nul(values) -> str | None:
    """Return the name of the first value that holds NUL, as far as it can be printed, or None. Linear."""
    for name, given in values.lists():
        if "\0" in name or any("\0" in value for value in given):
            return "".join(filter(str.isprintable, name))[:60]
    return None
