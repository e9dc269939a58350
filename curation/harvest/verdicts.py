"""What an answer says of itself besides its words: gone, out of order, to be paid for, a challenge."""

import re
from collections.abc import Iterator

from . import faults
from .answers import Head
from .sniffing import text

_LOOKED_AT = 65_536  # bytes in which a challenge shows itself
_SMALL = 32_768  # bytes; a challenge is a small page, an article that embeds a captcha is not
_TITLE = re.compile(r"<title[^>]{0,200}>\s*+([^<]{0,200})", re.IGNORECASE)
_CHALLENGE_TITLES = (
    "just a moment",
    "attention required! | cloudflare",
    "checking your browser",
    "ddos-guard",
    "pardon our interruption",
    "are you a robot",
    "are you human",
    "robot or human",
    "human verification",
    "verify you are human",
    "verifying you are human",
    "security check",
    "security verification",
    "access to this page has been denied",
    "client challenge",
    "captcha",
)
# Served by who guards a site; in a refusal the word captcha is enough.
_CHALLENGE_MARKS = re.compile(
    r"captcha-delivery\.com|px-captcha|_incapsula_resource|awswafcaptcha|awswafintegration|window\._cf_chl_opt|"
    r"__cf_chl_|sec-if-cpt-container|distil_r_captcha|geo\.captcha"
)
_REFUSAL_MARKS = re.compile(r"captcha|cf-chl|challenge-platform|enable javascript and cookies to continue|turnstile")
_CHALLENGE_HEADERS = {"cf-mitigated", "x-amzn-waf-action", "x-datadome"}


def check_refusal(head: Head, body: bytes) -> None:
    """Raise the fault that a status of 400 or more means; ``body`` is the beginning of what came with it."""
    if head.status in {404, 410}:
        raise faults.Gone
    if head.status == 402:
        raise faults.Paywalled
    if _is_challenge(head, body, refused=True):
        raise faults.Challenged
    raise faults.ServerError if head.status >= 500 else faults.TurnedAway


def check_challenge(head: Head, body: bytes) -> None:
    """Raise ``Challenged`` where what came as a page is none, but asks for proof of a person."""
    if _is_challenge(head, body, refused=False):
        raise faults.Challenged


def _is_challenge(head: Head, body: bytes, *, refused: bool) -> bool:
    if refused and any("challenge" in said or "captcha" in said for said in _said(head)):
        return True
    beginning = text(body[:_LOOKED_AT]).lower()
    title = _TITLE.search(beginning)
    # An article about captchas may carry the word in its title: only a small page can be the challenge itself.
    small = len(body) <= _SMALL
    if title and small and title[1].strip().startswith(_CHALLENGE_TITLES):
        return True
    if small and _CHALLENGE_MARKS.search(beginning):
        return True
    return refused and _REFUSAL_MARKS.search(beginning) is not None


def _said(head: Head) -> Iterator[str]:
    return (head.headers.get(name, "").lower() for name in _CHALLENGE_HEADERS)
