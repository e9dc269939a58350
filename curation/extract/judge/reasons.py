"""Reasons why a page is no story, as data: a code for programs, and what a curator is told and can do."""

from dataclasses import dataclass

from curation.fetch import faults

_PASTE = "Open the page in your browser and paste its text here, or press “It is the story”."


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of page that is no story.

    ``longest`` is how many characters of running text such a page may hold; one that holds more tells something.
    ``is_dead`` says that readers do not reach the story either.
    """

    code: str
    sentence: str
    longest: int = 450
    is_dead: bool = False


def _instead(what: str) -> str:
    return f"Instead of a story the site shows {what}. {_PASTE}"


#: By code, in the order in which they are looked for: of two that fit, the first says more.
REASONS = {
    reason.code: reason
    for reason in (
        Reason(
            "listing",
            "The link leads to a list of files, not to a story. Open it, and paste the link of the file you mean.",
            100_000,
        ),
        Reason("default-page", _instead("the first page of a web server that nobody set up"), 5_000, is_dead=True),
        Reason(
            "parked",
            "The site is gone: its name is for sale or parked. Look for the story elsewhere, or paste its text here.",
            1_500,
            is_dead=True,
        ),
        Reason("region", _instead("a note that it is not to be read from here")),
        Reason(faults.ChallengedError.code, _instead("its question whether a person is reading"), 700),
        Reason(
            faults.GoneError.code,
            "The page itself says that there is no such story. Look for a slip in the link, or find where it moved to.",
            600,
            is_dead=True,
        ),
        Reason("maintenance", f"The site says that it is out of order at the moment. Try again later. {_PASTE}", 600),
        Reason("consent", _instead("its question about cookies and privacy")),
        Reason("gate", _instead("its question who you are: your age or your profession")),
        Reason("newsletter", _instead("a page of its newsletter: a subscription confirmed, changed or ended")),
        Reason("sign-in", _instead("its sign-in page")),
        Reason(
            faults.PaywalledError.code,
            f"The site shows only its offer to subscribe, and nothing of the story. {_PASTE}",
        ),
        Reason("app", _instead("an invitation to its app")),
        Reason(
            "leads-on",
            "The page leads on to another one, by a script. Open it in your browser and paste the link it ends at.",
            300,
        ),
        Reason(
            "search-results",
            "The link leads to the results of a search. Open it, and paste the link of the story you mean.",
            700,
        ),
        Reason("needs-script", f"The page is empty until its scripts run in a browser. {_PASTE}", 300),
        Reason("empty", f"The page holds nothing that can be read. {_PASTE}", 300),
        Reason(
            "nothing-readable",
            "The PDF holds no text that can be read: it was scanned, or drawn. Open it and paste its text here.",
        ),
    )
}
