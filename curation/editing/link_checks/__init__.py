"""Link checks: the addresses that texts link to, what is wrong with them, and whether they answered when last tried.

``trials`` tries them; it reads pages, and is asked by name, so that whoever only asks need not load that.
"""

import re
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from curation.models import LinkState
from curation.sql import compiled_queries
from curation.text import entities, links

MOST = 50  # links of one text that are looked at
BELIEVED = timedelta(days=30)  # an answer is believed for so long

_ADDRESS = re.compile(r'https?://[^\s<>"]+', re.IGNORECASE)
_HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
_UNNAMED = "dead"
_REASONS = {
    _UNNAMED: "it leads nowhere, or to a front page",
    "gone": "its page is gone",
    "unresolved": "there is no site of that name",
    "connection-refused": "its site does not answer",
    "timed-out": "its site takes too long to answer",
    "tls": "its site cannot prove who it is",
    "server-error": "its site reports a fault of its own",
    "bad-answer": "its site answers nothing that can be read",
    "too-many-hops": "it leads on and on",
    "loop": "it leads in a circle",
    "parked": "its site is for sale",
    "default-page": "nobody set its site up",
    "not-an-address": "it is not an address",
    "port": "readers do not get there",
    "private-address": "readers do not get there",
}


def addresses(body: str) -> dict[str, str]:
    """Return the web addresses that a clean body links to, by their duplicate key: the first fifty, in order. Pure."""
    found = {}
    for href in _HREF.finditer(body):
        address = entities.unescape(href[1]).strip()
        if links.is_web(address) and len(key := links.duplicate_key(address)) <= links.MAX_LENGTH:
            found.setdefault(key, address)
        if len(found) == MOST:
            break
    return found


def telling(*texts: str) -> dict[str, list[str]]:
    """Return addresses in clean texts, as links or as words, that tell who follows them or go through a wrapper: each
    with what is wrong with it (``links.faults``), the first fifty. Pure.
    """
    found, linking = {}, (text for text in texts if "://" in text)  # most have none, and are soon looked through
    for written in islice((one[0] for text in linking for one in _ADDRESS.finditer(text)), MOST):
        address = entities.unescape(written).rstrip(".,;:!?)")
        if links.is_web(address) and (wrong := links.faults(address)):
            found[address] = wrong
    return found


def known_answers(keys) -> dict[str, str]:
    """Return why each of these addresses is dead, by its key: the code of it, empty for one that answered when last
    tried. One query, none for no keys.
    """
    found = compiled_queries.rows(("answers",), _answers, keys=list(keys), since=timezone.now() - BELIEVED)
    return {key: "" if lives else code or _UNNAMED for key, lives, code in found}


def _answers(keys, since):
    return LinkState.objects.filter(key__in=keys, at__gt=since).values_list("key", "is_alive", "code")


def reason(code: str) -> str:
    """Return in words why an address is dead. Pure."""
    return _REASONS.get(code, _REASONS[_UNNAMED])
