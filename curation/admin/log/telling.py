"""Words of the log: what somebody did, as its row says it, behind their name."""

from datetime import date, datetime

from curation import workflow
from curation.admin import badges
from curation.workflow import undoing

#: Verbs of what is done to articles, behind the name of who did it; three of them are no steps.
STEPS = {"begin": "began it", "name": "named a version", "undo": "undid it"} | {
    name: step.logged for name, step in workflow.STEPS.items()
}
#: Verbs of what happens beside an article.
BESIDE = {
    "held": "held it back with a comment",
    "settled": "settled what held it back",
    "given": "gave a colleague a comment on it",
    "called": "called colleagues into a comment on it",
    "asked": "asked somebody outside about it",
    "opened": "opened it",
    "opined": "gave an opinion on it",
    "revoked": "ended a link to it for somebody outside",
    "audited": "looked at its approval again",
}
STEPS |= BESIDE
#: Verbs of what concerns no article.
OTHERS = {
    "sign_in": "signed in",
    "sign_out": "signed out",
    "refused": "was not let in: a wrong name or password",
    "added": "added",
    "changed": "changed",
    "deleted": "deleted",
    "invited": "invited",
    "link": "made a one-time link for",
    "uninvited": "took back the one-time link of",
    "closed": "closed",
    "reopened": "opened again",
    "erase": "erased for good",
    "merged": "put",
    "unmerged": "took",
}


def words_of(entry) -> str:
    """Return what an entry of the log tells, with its hours: “scheduled it for Saturday 28 November, 08:00”.

    Free, where its Edition is loaded. A step of an earlier release is told by its name.
    """
    tell = _TOLD.get(entry.step)
    said = (tell and tell(entry)) or STEPS.get(entry.step)
    if said and entry.article_id is None and entry.about:
        return f"{said}: {entry.about}, since erased"
    return said or _of_none(entry)


def _of_none(entry):
    """Return what an entry tells that concerns no article: “changed the topic “Telehealth”: label”."""
    verb, changed = OTHERS.get(entry.step, entry.step.replace("_", " ")), entry.details.get("changed")
    about = f" {entry.about}" if entry.about else ""
    return f"{verb}{about}: {changed}" if changed else f"{verb}{about}"


def _published(entry):
    opens, closes = _window(entry)
    if opens and opens - entry.at > undoing.WITHIN:
        return f"scheduled it for {badges.day_and_hour(opens)}{_until(closes)}"
    return f"published it{_until(closes)}"


def _rescheduled(entry):
    opens, closes = _window(entry)
    return opens and f"moved it to {badges.day_and_hour(opens)}{_until(closes)}"


def _cancelled(entry):
    opens, _ = _window(entry)
    return opens and f"took it off the schedule; it was to go out {badges.day_and_hour(opens)}"


def _until(closes):
    return f", until {badges.day_and_hour(closes)}" if closes else ""


def _window(entry):
    """Return both ends of the window as the step left it; None for one that nobody told, or that has no end."""
    moves = entry.details.get("windows", ())
    number = entry.edition.number if entry.edition_id else None
    move = next((one for one in reversed(moves) if one["edition"] == number), None)
    return [datetime.fromisoformat(move[end]) if move and move[end] else None for end in ("from", "until")]


def _edited(entry):
    if entry.details.get("again"):
        return "put it back as it was approved, so it is approved again"
    changed = entry.details.get("changed")
    if not changed:
        return None
    return f"edited it: {changed}" + ("; it is not approved any more" if entry.from_state != entry.to_state else "")


def _assigned(entry):
    people = {role: entry.details.get(role) for role in ("owner", "reviewer")}
    said = [f"to {people['owner']}"] if people["owner"] else ["to nobody"] if people["owner"] == "" else []
    said += [f"for {people['reviewer']} to review"] if people["reviewer"] else []
    return f"assigned it {', '.join(said)}" if said else None


def _planned(entry):
    day = entry.details.get("planned_on")
    return f"planned it for {badges.whole_day(date.fromisoformat(day))}" if day else "took it off its planned day"


def _restored(entry):
    number = entry.details.get("restored")
    return number and f"restored version {number}"


_TOLD = {
    "publish": _published,
    "reschedule": _rescheduled,
    "cancel": _cancelled,
    "edit": _edited,
    "assign": _assigned,
    "restore": _restored,
    "plan": _planned,
}
