"""The encoding that a request says it is in; only UTF-8 is read here."""

import codecs

from django.utils.http import parse_header_parameters

_REFUSAL = b"This is not in UTF-8."


def is_utf8(name: str | None) -> bool:
    """Return whether this is UTF-8 under any of its names; who names nothing means it."""
    try:
        return name is None or codecs.lookup(name).name == "utf-8"
    except (LookupError, ValueError):
        return False


def in_utf8(application):
    """Wrap a WSGI application: 400 to whoever says another encoding.

    Django decodes the query by it while it makes the request, where nothing catches what some encodings raise.
    """

    def answer(environ, start_response):
        if is_utf8(_charset(environ.get("CONTENT_TYPE", ""))):
            return application(environ, start_response)
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(_REFUSAL)))]
        start_response("400 Bad Request", headers)
        return [_REFUSAL]

    return answer


def _charset(content_type):
    """Return the charset of a content type as Django reads it, or None. Parses nothing where the word is absent."""
    return parse_header_parameters(content_type)[1].get("charset") if "charset" in content_type.lower() else None
