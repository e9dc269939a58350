"""Notes for the log from the edge: whence a request comes, who signed in, what the desk's own pages changed."""

from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from curation.models import LogEntry
from curation.text import whence

from .headers import client_address

_VERBS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}
_NAME = 150  # characters of what was typed as a name


class Whence:
    """Middleware that says where a request comes from, for as long as it is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = whence.is_asked_from(client_address(request))
        try:
            return self.get_response(request)
        finally:
            whence.ended(token)


def signed_in(user, **kwargs):
    """Write down that somebody signed in, and forget addresses whose time is over."""
    LogEntry.note("sign_in", user)
    LogEntry.forget_addresses()


def signed_out(user, **kwargs):
    if user is not None:
        LogEntry.note("sign_out", user)


def refused(credentials, **kwargs):
    """Write down that a name was refused, as it was typed: it may be nobody's."""
    LogEntry.note("refused", None, actor=" ".join(str(credentials.get("username") or "").split())[:_NAME])


def told(entries):
    """Write down what a page of the desk added, changed or deleted: what it told Django's log, which is given back."""
    for entry in entries if isinstance(entries, list) else [entries] if entries else ():
        kind = entry.content_type.name if entry.content_type else "thing"
        LogEntry.note(_VERBS[entry.action_flag], entry.user, f"the {kind} “{entry.object_repr}”", **_fields(entry))
    return entries


def _fields(entry):
    """Return what was changed of a thing, in words: “label and slug”."""
    if entry.action_flag != CHANGE:
        return {}
    words = entry.get_change_message().removeprefix("Changed ").removesuffix(".")
    return {"changed": words[:1].lower() + words[1:]} if words else {}


def listen():
    """Have Django tell of sign-ins."""
    user_logged_in.connect(signed_in, dispatch_uid="log.sign_in")
    user_logged_out.connect(signed_out, dispatch_uid="log.sign_out")
    user_login_failed.connect(refused, dispatch_uid="log.refused")
