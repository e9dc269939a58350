"""How a guard's question looks that stands where a page should: “Just a moment…” and its kin."""

import re

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


def is_one(title: str, source: str) -> bool:
    """Say whether a page of this title and these words is a guard's question. Pure."""
    return len(source) <= LONGEST and bool(_TITLE.fullmatch(title.strip()) or _MARKS.search(source))
