"""Words of a notice: what happened, before and behind the brief's name. Pure where its rows are loaded."""

from curation.models import NO_DAY, NoticeKind
from curation.models.people import named
from curation.text import dates

_DONE = {
    "return": "returned",
    "decline": "declined",
    "approve": "approved",
    "publish": "published",
    "roll_back": "put back",
    "withdraw": "withdrew",
}
QUOTED = 300  # characters of a reason or a comment


def actor_of(notice) -> str:
    """Return who did it, by their name now; empty where it was the clock."""
    row = notice.entry or notice.comment
    if row is None:
        return ""
    return named(row.by) if row.by else row.actor


def sentence(notice) -> tuple[str, str]:
    """Return the words before and behind the brief's name: “Mona returned”, “”; or “Overdue:”, “, due 3 November”."""
    who = actor_of(notice) or "Somebody"
    if notice.kind == NoticeKind.DECIDE:
        return "For you to decide:", f", from {who}"
    if notice.kind == NoticeKind.MENTIONED:
        is_given = notice.entry_id or notice.comment.assigned_to_id == notice.person_id
        return (f"{who} gave you a comment on" if is_given else f"{who} mentioned you in"), ""
    if notice.kind == NoticeKind.OVERDUE:
        return "Overdue:", _overdue(notice)
    if notice.kind == NoticeKind.UNTOUCHED:
        return "Untouched for a year:", ""
    step = notice.entry.step if notice.entry else ""
    return f"{who} {_DONE.get(step, notice.get_kind_display().lower())}", ""


def _overdue(notice):
    if notice.token.startswith("due:") and notice.article.due_on != NO_DAY:
        return f", due {dates.day(notice.article.due_on)}"
    return f", too long {notice.article.get_state_display().lower()}"


def quote(notice) -> str:
    """Return what somebody gave as a reason or said, cut where it is long; empty for nothing."""
    words = notice.comment.words if notice.comment else notice.entry.reason if notice.entry else ""
    words = " ".join(words.split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"
