"""Trials of links: whether the pages that texts link to are still there; made by the worker, kept by duplicate key."""

import time
from datetime import timedelta

from django.utils import timezone
from django.utils.http import parse_header_parameters

from curation.extract import judge, read
from curation.fetch import faults, fetch
from curation.fetch.content import sniffing
from curation.models import Article, LinkState

from . import addresses

AGAIN = timedelta(days=1)  # an address that was tried is left alone for so long
SECONDS = 20.0  # after which another task of the worker may have its turn

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


def is_alive(code: str) -> bool:
    """Return whether a page is there for readers, by the code of the fault of fetching it or of why it is no story.

    An empty code is none of either. Pure.
    """
    return code not in _DEAD and not judge.is_dead(code)


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
