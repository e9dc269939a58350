"""One judge of pages: whether a page is a story, and why not; asked of what was fetched and read. Pure.

Headlines may say all that walls say. So no word alone convicts: what a page calls itself is weighed against how much
running text it holds, and against what it declares. Decision 27 tells how, ``reasons`` what a curator is told.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curation.extract.page import Page

from . import moves
from .evidence import Evidence, codes_of
from .reasons import REASONS, Reason

if TYPE_CHECKING:
    from curation.extract import Reading

__all__ = ["REASONS", "Reason", "Verdict", "is_dead", "is_verdict", "of_code", "of_page", "of_words", "verdict"]

_SUPPORTED = 1_500  # characters that a wall may hold whose form, too, is that of one
_NEVER_DECLARED = ("listing", "default-page", "parked")  # no story bears such a name, whatever its page declares
_LINE = 400  # characters of its longest line
_WORDS = 1_500  # characters; a text that is longer is no wall's


_LED = {
    moves.FRONT: "The story is gone: the link leads to the front page of its site. Look for a slip in the link, or find"
    " where the story moved to. Your link stays as it is.",
    moves.SECTION: "The story is gone: the link leads to a section page, a list of other stories. Look for a slip in"
    " the link, or find where the story moved to. Your link stays as it is.",
}
_DOUBTFUL = ("empty", "needs-script")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict that something is no story: the kind, for programs, and what a curator is told."""

    code: str
    words: str


def verdict(reading: "Reading", asked: str, found: str) -> Verdict | None:
    """Return why what was read at ``found`` is not the story that ``asked`` should lead to; None where it may be."""
    led = moves.led_to(asked, found, reading.title, is_story=_is_declared(reading), is_list=_is_list(reading))
    if reading.no_story and not (led and reading.no_story in _DOUBTFUL):
        return of_code(reading.no_story)
    if led in _LED:
        return Verdict("gone", _LED[led])
    return of_code(led)


def of_code(code: str) -> Verdict | None:
    """Return the verdict of a reason; None where there is none."""
    return Verdict(code, REASONS[code].sentence) if code else None


def is_dead(code: str) -> bool:
    """Return whether readers do not reach a story either where a page was refused for this reason."""
    return code in REASONS and REASONS[code].is_dead


def is_verdict(words: str) -> bool:
    """Return whether a curator was told this by the judge, and not by who fetched."""
    return words in _LED.values() or any(words == reason.sentence for reason in REASONS.values())


def _is_declared(reading: "Reading") -> bool:
    said = reading.properties
    return "article:published_time" in said or str(said.get("og:type", "")).lower() == "article"


def _is_list(reading: "Reading") -> bool:
    """Return whether a page tells that it is a site's and no story's, and holds no running text."""
    kind = str(reading.properties.get("og:type", "website")).lower()
    return reading.page is not None and kind == "website" and Evidence(reading.page).prose < REASONS["gone"].longest


def of_page(page: Page) -> str:
    """Return the code of why a page is no story, empty where it may be one. A few milliseconds."""
    seen = Evidence(page)
    said = seen.of_title | seen.of_headings
    found = next((code for code in REASONS if code in said and _is_borne_out(code, seen)), "")
    return found or _by_form(seen)


def of_words(text: str) -> str:
    """Return the code of why a text that somebody pasted is no story: all of it is a wall's. Pure."""
    lines = [words for words in text.splitlines() if words.strip()]
    if len(text) > _WORDS or not lines:
        return ""
    said = codes_of(lines[0]) or (codes_of(lines[1]) if len(lines) > 1 else set())
    longest = max(map(len, lines))
    return next(
        (code for code, reason in REASONS.items() if code in said and longest <= min(reason.longest, _LINE)), ""
    )


def _is_borne_out(code: str, seen: Evidence) -> bool:
    """Return whether a page that calls itself so holds no more than such a page does, and has its form."""
    if code in _NEVER_DECLARED:
        return (code != "listing" or seen.is_listing) and seen.prose <= REASONS[code].longest
    if seen.is_declared:
        return False
    if code == "search-results":
        return seen.has_search and seen.prose <= REASONS[code].longest
    if code == "consent":
        return seen.prose_beside_consent <= (_SUPPORTED if seen.has_consent else REASONS[code].longest)
    supported = code == "sign-in" and seen.has_password
    return seen.prose <= (_SUPPORTED if supported else REASONS[code].longest)


def _by_form(seen: Evidence) -> str:
    """Return the code of a wall that does not call itself one: its form, and its first lines, give it away."""
    if seen.is_declared:
        return ""
    if seen.is_parked and seen.prose <= REASONS["parked"].longest and seen.is_nameless:
        return "parked"
    if seen.shown < 150 and seen.leads_on and not seen.is_told:
        return "leads-on"
    if seen.is_nameless and seen.prose <= 200:
        return _of_nameless(seen)
    return _of_empty(seen)


def _of_nameless(seen: Evidence) -> str:
    if seen.has_consent and seen.prose_beside_consent <= 200 and not seen.page.heading_words:
        return "consent"
    if seen.has_password:
        return "sign-in"
    if found := next((code for code in REASONS if code in seen.of_lines and _is_borne_out(code, seen)), ""):
        return found
    return _of_empty(seen)


def _of_empty(seen: Evidence) -> str:
    if seen.shown >= 30 or seen.is_told:
        return ""
    if seen.has_scripts:
        return "needs-script"
    return "" if seen.title or seen.shown else "empty"
