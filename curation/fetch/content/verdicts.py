"""Verdicts on an answer besides its words: gone, out of order, to be paid for, a challenge."""

import re
from collections.abc import Iterator

from curation.fetch import faults
from curation.fetch.http1 import Head
from curation.text.entities import unescape

from . import challenges
from .sniffing import text

_LOOKED_AT = 65_536  # bytes in which a challenge shows itself
_TITLE = re.compile(r"<title[^>]{0,200}>\s*+([^<]{0,200})", re.IGNORECASE)
# In a refusal less is enough.
_REFUSAL_MARKS = re.compile(r"captcha|cf-chl|challenge-platform|enable javascript and cookies to continue|turnstile")
_CHALLENGE_HEADERS = {"cf-mitigated", "x-amzn-waf-action", "x-datadome"}


def check_refusal(head: Head, body: bytes) -> None:
    """Raise the fault that a status of 400 or more means; ``body`` is the beginning of what came with it."""
    if head.status in {404, 410}:
        raise faults.GoneError
    if head.status == 402:
        raise faults.PaywalledError
    if _is_challenge(head, body, refused=True):
        raise faults.ChallengedError
    raise faults.ServerError if head.status >= 500 else faults.TurnedAwayError


def check_challenge(head: Head, body: bytes) -> None:
    """Raise ``ChallengedError`` where what came as a page is none, but asks for proof of a person."""
    if _is_challenge(head, body, refused=False):
        raise faults.ChallengedError


def _is_challenge(head: Head, body: bytes, *, refused: bool) -> bool:
    if refused and any("challenge" in said or "captcha" in said for said in _challenge_headers(head)):
        return True
    beginning = text(body[:_LOOKED_AT])
    title = _TITLE.search(beginning)
    if challenges.is_challenge(unescape(title[1]) if title else "", beginning):
        return True
    return refused and _REFUSAL_MARKS.search(beginning.lower()) is not None


def _challenge_headers(head: Head) -> Iterator[str]:
    return (head.headers.get(name, "").lower() for name in _CHALLENGE_HEADERS)
