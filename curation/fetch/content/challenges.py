"""Guards' questions that stand where a page should: “Just a moment…” and its kin."""

import re

_MOST_WORDS = 1_500  # characters that are shown; guards leave their scripts in many a page that they let pass
LONGEST = 40_000  # characters; a challenge is a small page, an article about captchas or with one in it is not
#: Whole titles; a site may put its name behind them, but a headline may begin with the same words and go on.
_TITLE = re.compile(
    r"(?:just a moment|un instant|please wait|one moment,? please|attention required!|access denied"
    r"|access to this page has been denied|are you (?:a robot|human|not a robot)|robot or human|robot check"
    r"|pardon our interruption|checking your browser(?: before.*)?|ddos-guard|client challenge|captcha"
    r"|security (?:check(?:point)?|verification)|(?:human|bot) verification|you have been blocked"
    r"|request unsuccessful|403 forbidden|.*verif(?:y|ying) (?:that )?you are (?:a )?(?:human|not a robot).*)"
    r"\W*(?:[|.–—-] .*)?",
    re.IGNORECASE,
)
#: Served by who guards a site.
_MARKS = re.compile(
    r"_cf_chl_opt|__cf_chl_|cf-browser-verification|challenge-platform/h/|px-captcha|captcha-delivery\.com|geo\.captcha"
    r"|_incapsula_resource|incapsula incident|distil_r_captcha|awswaf\.com[^\"']{0,200}challenge|awswafcaptcha"
    r"|awswafintegration|sucuri_cloudproxy|ak_bmsc_challenge|sec-if-cpt-container",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"<(?:script|style|noscript|title)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*+>?")


def is_challenge(title: str, source: str) -> bool:
    """Return whether a page of this title and these words is a guard's question. Pure."""
    looks_so = len(source) <= LONGEST and bool(_TITLE.fullmatch(title.strip()) or _MARKS.search(source))
    return looks_so and _shown(source) <= _MOST_WORDS


def _shown(source: str) -> int:
    """Return how many characters a page shows, roughly; in time linear in it."""
    first, *rest = _OPAQUE.split(source)
    shown = first + "".join(piece.partition("</")[2] for piece in rest)
    return len(" ".join(_TAGS.sub(" ", shown).split()))
