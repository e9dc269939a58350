"""Link checks: whether the pages that texts link to are still there; tried by the worker, kept by duplicate key."""

import re
import time
from datetime import timedelta
from itertools import islice

from django.utils import timezone
from django.utils.http import parse_header_parameters

from curation.extract import judge, read
from curation.fetch import faults, fetch
from curation.fetch.content import sniffing
from curation.models import Article, LinkState
from curation.text import entities, links

MOST = 50  # links of one text that are looked at
AGAIN = timedelta(days=1)  # an address that was tried is left alone for so long
BELIEVED = timedelta(days=30)  # an answer is believed for so long
SECONDS = 20.0  # after which another task of the worker may have its turn

_ADDRESS = re.compile(r'https?://[^\s<>"]+', re.IGNORECASE)
_HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
#: Faults after which readers do not reach a page either; a site that turned only us away is there for them.
_DEAD = {
    fault.code
    for fault in (
        faults.AddressRefused,
        faults.PortRefused,
        faults.PrivateAddressRefused,
        faults.UnresolvedError,
        faults.ConnectionRefused,
        faults.TlsError,
        faults.TimedOutError,
        faults.GoneError,
        faults.ServerError,
        faults.TooManyHopsError,
        faults.LoopError,
        faults.BadAnswerError,
    )
}


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


def is_alive(code: str) -> bool:
    """Return whether a page is there for readers, by the code of the fault of fetching it or of why it is no story.

    An empty code is none of either. Pure.
    """
    return code not in _DEAD and not judge.is_dead(code)


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
    found = {}
    for written in islice((one[0] for text in texts for one in _ADDRESS.finditer(text)), MOST):
        address = entities.unescape(written).rstrip(".,;:!?)")
        if links.is_web(address) and (wrong := links.faults(address)):
            found[address] = wrong
    return found


def known_answers(keys) -> dict[str, str]:
    """Return why each of these addresses is dead, by its key: the code of it, empty for one that answered when last
    tried. One query, none for no keys.
    """
    since = timezone.now() - BELIEVED
    found = LinkState.objects.filter(key__in=list(keys), at__gt=since).values_list("key", "is_alive", "code")
    return {key: "" if lives else code or _UNNAMED for key, lives, code in found}


def reason(code: str) -> str:
    """Return in words why an address is dead. Pure."""
    return _REASONS.get(code, _REASONS[_UNNAMED])


def try_links(articles: list[int], seconds: float = SECONDS) -> list[int]:
    """Try what the texts of these articles (by id) link to, each address once a day; return those not done in time.

    No address is begun after ``seconds``; the last may take the twenty that ``fetch`` may. No transaction is open
    meanwhile.
    """
    end = time.monotonic() + seconds
    for place, pk in enumerate(articles):
        for key, address in _untried(pk).items():
            _try(key, address)
            if time.monotonic() > end:
                return articles[place:]
    return []


def _untried(pk):
    """Return the addresses of one article that nobody tried lately, by key. Two queries."""
    body = Article.objects.filter(pk=pk).values_list("body", flat=True).first()
    wanted = addresses(body or "")
    lately = LinkState.objects.filter(key__in=list(wanted), at__gt=timezone.now() - AGAIN)
    tried = set(lately.values_list("key", flat=True))
    return {key: address for key, address in wanted.items() if key not in tried}


def _led_to(address, fetched):
    """Return the code of what an address leads to instead of its page, though something answered: a front page, a name
    for sale, a page that says it is gone. Empty where it may be its page.
    """
    if fetched.kind != sniffing.PAGE:
        return ""
    _, said = parse_header_parameters(fetched.headers.get("Content-Type", "")[:500])
    reading = read(fetched.body, fetched.url, charset=said.get("charset", ""))
    verdict = judge.verdict(reading, address, fetched.url)
    return verdict.code if verdict and judge.is_dead(verdict.code) else ""


def _try(key, address):
    try:
        code = _led_to(address, fetch(address))
    except faults.FetchError as fault:
        code = fault.code
    LinkState.objects.update_or_create(
        key=key, defaults={"is_alive": is_alive(code), "code": code, "at": timezone.now()}
    )
