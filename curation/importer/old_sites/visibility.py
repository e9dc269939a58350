"""Visibility of documents: every key by which old sites kept a page from readers, or from them until an hour.

Names are compared without case and signs. A value of such a key that is not understood, or a key that only looks like
one, keeps the document a draft and is said: nothing goes live because somebody spelled it in another way.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from itertools import chain

from curation.importer.documents import moments
from curation.importer.documents.files import names
from curation.importer.documents.meta_values import is_empty

LIVE, DRAFT = "live", "draft"
_STATES = {  # states of a document → the working state each asks for
    **dict.fromkeys(("published", "publish", "live", "public", "final", "active", "online", "released", "open"), LIVE),
    **dict.fromkeys(("visible", "complete", "completed", "done", "default", "everyone", "all", "anyone"), LIVE),
    "draft": DRAFT,
    "in review": "in_review",
    "review": "in_review",
    "changes requested": "changes_requested",
    "approved": "approved",
    "declined": "declined",
}
_HELD = names(  # states in which no reader saw a page; here it is a draft
    "drafts pending private hidden unlisted trash trashed archived archive deleted expired unpublished withdrawn"
    " retracted"
    " embargoed embargo inactive offline internal restricted members member paid premium subscribers protected password"
    " secret confidential invisible inherit idea planned todo wip no off false rejected hold disabled unapproved"
    " tiers never"
) | {"auto draft", "pending review", "in progress", "not published", "on hold"}
_LATER = frozenset({"scheduled", "schedule", "future", "queued"})
_TRUE = names("true t yes y on 1 enabled always x")
_FALSE = names("false f no n off 0 never none null nil ~ disabled")


class Rule(Enum):
    """Rules of the family: what a key says of a page."""

    HIDES = "hides"  # true keeps it from readers
    SHOWS = "shows"  # false keeps it from readers; a date is the hour from which they see it
    OPENS = "opens"  # the hour from which readers see it
    CLOSES = "closes"  # the hour from which they do not
    STATE = "state"
    KNOWN_STATE = "known state"  # as STATE, but words that say nothing of readers are let pass: a state of the country
    BUILD = "build"
    LOCK = "lock"  # any value keeps it from readers
    SEARCH = "search"
    ODD = "odd"  # looks like one of the family


def _names(rule, words):
    return dict.fromkeys(words.split(), rule)


_RULES = (
    _names(
        Rule.HIDES,
        "draft isdraft drafts hidden ishidden hide private isprivate headless unlisted isunlisted unpublished"
        " isunpublished archived isarchived deleted isdeleted trashed removed disabled isdisabled expired isexpired"
        " embargoed"
        " isembargoed offline invisible wip confidential secret internal internalonly membersonly subscribersonly"
        " noindex nopublish donotpublish dontpublish eleventyexcludefromcollections nolist notlisted withdrawn"
        " retracted markedfordeletion ignore ignored sitemapexclude sitemapignore robotsnoindex excludefromsite preview"
        " previewonly passwordprotected restricted notready inprogress underreview needsreview exclude excluded staging"
        " stagingonly devonly",
    )
    | _names(
        Rule.SHOWS,
        "published ispublished publish visible isvisible public ispublic live islive online enabled isenabled active"
        " isactive listed islisted output isapproved approved released isreleased showpage show display displayed ready"
        " isready permalink",
    )
    | _names(
        Rule.OPENS,
        "publishdate publishedat publishedon publisheddate publishedtime publishon publishat publishfrom publishstart"
        " publishafter publishtime publishdatetime publisheddatetime pubdate pubtime publicationdate datepublished"
        " datepublish golive golivedate goliveat livefrom livedate liveat embargo embargodate embargoeduntil"
        " embargountil embargoends embargoend embargoenddate scheduled isscheduled scheduledat scheduledfor"
        " scheduledon scheduledate scheduleddate schedule schedulepublish scheduledpublish scheduledpublishdate"
        " releasedate releaseat releaseon visiblefrom visibleafter availablefrom onlinefrom startpublishing validfrom"
        " activefrom displayfrom showfrom draftuntil hiddenuntil privateuntil hideuntil notbefore publishstartdate",
    )
    | _names(
        Rule.CLOSES,
        "expirydate expiry expires expire expiresat expireson expireat expireon expiredate expirationdate expiration"
        " unpublish unpublishdate unpublishat unpublishon unpublishedat unpublisheddate unpubdate liveuntil validuntil"
        " validthrough validto visibleuntil availableuntil onlineuntil publishuntil publishend publishenddate publishto"
        " takedown takedowndate takedownat takedownon removeat removeon removedate deleteat deleteon deletedate"
        " archiveon archiveat archivedate sunset sunsetdate sunsetat hideafter hideon hiddenfromdate displayuntil"
        " showuntil endpublishing offlinefrom offlineat retireat retireon activeuntil notafter",
    )
    | _names(
        Rule.STATE,
        "status visibility publishstatus publicationstatus publishstate publicationstate poststatus"
        " reviewstatus moderation moderationstatus availability",
    )
    | _names(
        Rule.KNOWN_STATE,
        "state workflow workflowstate workflowstatus access privacy editorialstatus stage env environment audience",
    )
    | _names(Rule.BUILD, "build render list")
    | _names(Rule.LOCK, "password passcode protectedby")
    | _names(Rule.SEARCH, "sitemap robots robotsmeta metarobots")
)
_HIDDEN_SOMEWHERE = re.compile(r"(?:hidden|exclude|hide)(?:in|from)")
_LIKE_IT = re.compile(
    r"(?:is|not|no|auto|pre|do|dont|never)*(?:draft|publish|unpublish|expir|embargo|hidden|private|schedul|headless|unlist"
    r"|visib|invisib)"
)
_UNLIKE_IT = re.compile(r"(?:re)?publish(?:er|edby|edin|edwhere|edname|edurl|edlink|edplace|ing|resources)|scheduler")


@lru_cache(maxsize=4096)
def rule_of(name: str) -> Rule | None:
    """Return the rule by which a key says who may see a page, or None where it says nothing of it."""
    folded = re.sub(r"[^a-z0-9]", "", name[:80].lower())
    if found := _RULES.get(folded):
        return found
    if _HIDDEN_SOMEWHERE.match(folded):
        return Rule.HIDES
    return Rule.ODD if _LIKE_IT.match(folded) and not _UNLIKE_IT.match(folded) else None


@dataclass(slots=True)
class Visibility:
    """A document's future: ``wants`` is ``live`` or a working state, ``opens`` and ``closes`` its window.

    ``reasons`` say why it is kept from readers, each as ``(key, words, is_understood)``; ``waits`` are the keys by
    which it waits for an hour that another key has to name.
    """

    wants: str = LIVE
    opens: datetime | None = None
    closes: datetime | None = None
    reasons: list = field(default_factory=list)
    waits: list = field(default_factory=list)

    def hold(self, name, words, *, is_understood=True):
        """Keep it from readers."""
        self.reasons.append((name, words, is_understood))
        self.wants = DRAFT

    def ask_for(self, name, words, wants):
        """Ask for a working state; what keeps it a draft, or two such wishes, go before that."""
        if wants == LIVE:
            return
        if self.wants == LIVE:
            self.wants = wants
        elif self.wants != wants:
            self.hold(name, words)


def read(values: dict, beside: dict, path: str) -> Visibility:
    """Return who may see a document, and when, by its front matter, what is handed down to it, and its path.

    ``beside`` are values of a lower rank: of settings and section pages; a key of the document's own replaces them.
    """
    seen = Visibility()
    for name, value in _all(values, beside):
        rule = rule_of(name) if type(name) is str else None
        if rule is not None and not is_empty(value):
            _READ[rule](seen, name, value)
    if folder := _hidden_place(path):
        seen.hold("", f"its place is “{folder}”")
    return seen


def settle(seen: Visibility, date: datetime | None, now: datetime) -> None:
    """Decide what needs the document's own date: what waits for an hour to come, and windows that never open."""
    start = max(filter(None, (date, seen.opens)), default=now)
    seen.opens = seen.opens and start
    for name, value in seen.waits if start <= now else ():
        seen.hold(name, f"“{name}” is {_shown(value)}, and no date says until when")
    if seen.closes and seen.closes.year >= _NEVER:
        seen.closes = None
    if seen.closes and seen.closes <= start:
        seen.hold("", "it would end before it begins")
    if start.year >= _NEVER:
        seen.hold("", "it would begin at the end of time")


_HOLDERS = names("params extra meta seo cascade eleventycomputed")  # generators read further keys of a page in them
_FIRST, _NEVER = 1000, 9000  # years; generators write 0001 for no date and 9999 for never


def _all(values, beside):
    """Return every key and value that may say something: handed down, in parameters, and the document's own."""
    own = {str(name).lower() for name in values} if beside else ()
    handed_down = ((name, value) for name, value in beside.items() if str(name).lower() not in own)
    inner = (some for name, some in values.items() if isinstance(some, dict) and str(name).lower() in _HOLDERS)
    return chain(handed_down, *(some.items() for some in inner), values.items())


_FOLDERS = re.compile(
    r"(?:^|/)(_?(?:drafts?|unpublished)|_(?:private|hidden|archived?|trash|scheduled|pending|wip|ideas?|future|embargo(?:ed)?))/",
    re.I,
)
_FILES = re.compile(r"(?:^|/)(_(?!index\.)[^/]*)$|\.(draft|wip)\.[a-z]+$", re.IGNORECASE)


def _hidden_place(path):
    """Return the folder, or the name, by which old sites kept a page back; empty for none."""
    found = _FOLDERS.search(path) or _FILES.search(path)
    return next(filter(None, found.groups())) if found else ""


def truth(value: object) -> bool | None:
    """Read yes or no, in every spelling; None for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | str):
        words = str(value).strip().strip("\"'").lower()
        return True if words in _TRUE or words == "1.0" else False if words in _FALSE or words == "0.0" else None
    return None


def moment(value: object) -> datetime | None:
    """Return the instant a value means, a day as its first; None where it means none, or cannot be told."""
    try:
        found = moments.read(value)
        if isinstance(found, datetime):
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if isinstance(found, date) else None


def _flag(hides):
    def read_flag(seen, name, value):
        said = truth(value)
        if said is hides:
            seen.hold(name, f"“{name}” is {_shown(value)}")
        elif said is None:
            _flagged_with_more(seen, name, value, hides)

    return read_flag


# Keys that are flags to some, and hold pictures, lists or addresses to others.
_OFTEN_MORE = names(
    "output preview hide ignore ignored online live active released removed listed secret exclude excluded permalink"
    " show display displayed ready approved staging"
)


def _flagged_with_more(seen, name, value, hides):
    """Read a flag that is no yes and no no: a date from which it holds, else something not understood."""
    at = None if hides else moment(value)
    if at is not None:
        _open_at(seen, at)
    elif name.lower() not in _OFTEN_MORE:
        _hold_odd(seen, name, value)


def _open_at(seen, at):
    seen.opens = max(at, seen.opens or at)


def _close_at(seen, at):
    seen.closes = min(at, seen.closes or at)


def _hour(keep):
    def read_hour(seen, name, value):
        at = moment(value)
        if at is not None:
            if at.year >= _FIRST:
                keep(seen, at)
        elif truth(value) is True:
            seen.waits.append((name, value))
        elif truth(value) is None:
            _hold_odd(seen, name, value)

    return read_hour


def _state(seen, name, value, *, is_open=False):
    said, words = truth(value), f"“{name}” is {_shown(value)}"
    state = re.sub(r"[\s_-]+", " ", value).strip().lower() if isinstance(value, str) else ""
    if state in _STATES:
        seen.ask_for(name, words, _STATES[state])
    elif state in _LATER:
        seen.waits.append((name, value))
    elif state in _HELD or said is False:
        seen.hold(name, words)
    elif not is_open and said is None:
        _hold_odd(seen, name, value)


def _known_state(seen, name, value):
    _state(seen, name, value, is_open=True)


_BUILT = names("always true yes on link 1")


def _build(seen, name, value):
    said = value if isinstance(value, dict) else {"list" if name.lower() == "list" else "render": value}
    for inner, how in said.items():
        part, words = str(inner).lower(), str(how).strip().lower()
        is_shown = words in _BUILT - ({"link"} if part == "render" else set())
        if part in ("render", "list") and not is_shown:
            seen.hold(name, f"“{name}” says {part}: {_shown(how)}", is_understood=words in _FALSE | {"local", "link"})


def _lock(seen, name, value):
    if truth(value) is not False:
        seen.hold(name, f"“{name}” guards it")


def _search(seen, name, value):
    """Hold it where search engines or the map of the site do not get it: it is not for everybody to find."""
    said = {str(inner).lower(): how for inner, how in value.items()} if isinstance(value, dict) else {}
    is_off = truth(value) is False or any(
        truth(said.get(inner)) is True for inner in ("disable", "disabled", "exclude", "noindex", "hidden")
    )
    is_off = is_off or any(truth(said.get(inner)) is False for inner in ("include", "index"))
    words = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    if is_off or "noindex" in words.lower() or words.strip().lower() == "none":
        seen.hold(name, f"“{name}” keeps it from being found")


def _odd(seen, name, value):
    """Read a key that looks like one of the family: a date by its name, and a plain no; else it is not understood."""
    folded, at = name.lower(), moment(value)
    if at is not None and ("expir" in folded or "unpub" in folded or folded.endswith(("until", "end", "to"))):
        _close_at(seen, at)
    elif at is not None and "publ" in folded:
        _open_at(seen, at)
    elif not (truth(value) is False and re.search(r"draft|hidden|private|embargo|unlist|headless|invisib", folded)):
        _hold_odd(seen, name, value)


def _hold_odd(seen, name, value):
    seen.hold(name, f"“{name}” is {_shown(value)}, which is not understood", is_understood=False)


def _shown(value):
    words = str(value)
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"


_READ = {
    Rule.HIDES: _flag(True),
    Rule.SHOWS: _flag(False),
    Rule.OPENS: _hour(_open_at),
    Rule.CLOSES: _hour(_close_at),
    Rule.STATE: _state,
    Rule.KNOWN_STATE: _known_state,
    Rule.BUILD: _build,
    Rule.LOCK: _lock,
    Rule.SEARCH: _search,
    Rule.ODD: _odd,
}
