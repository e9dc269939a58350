"""Kinds of work for many at once, what makes up for what readers saw, and the rules that refusals name: as data."""

from dataclasses import dataclass
from datetime import timedelta

from curation import workflow
from curation.models import roles
from curation.workflow.actors import WRITE, Who

#: How long after it was begun published work goes out, and what each brief adds, so that all can be undone before.
OUT_AFTER, OUT_AFTER_EACH = timedelta(minutes=2), timedelta(seconds=0.1)


class BulkRefused(Exception):
    """Bulk work that may not go on; ``str()`` says which rule and who can."""


@dataclass(frozen=True)
class Kind:
    """One kind of work: its button, the step behind it, how it is told once done, and what it asks for."""

    label: str
    step: str
    done: str
    asks: tuple[str, ...] = ()


def _kind(name):
    """Return a step as work for many: what it asks for is the same for all of them."""
    step = workflow.STEPS[name]
    return Kind(step.label, name, step.done, tuple(asked for asked in step.asks if asked not in _OF_ONE))


_OF_ONE = {"version", "edition", "successor"}  # details that only one article at a time can give
#: Kinds of work for many at once, in the order of the buttons.
KINDS = {
    **{name: _kind(name) for name in ("submit", "approve")},
    "publish": Kind("Publish", "publish", "published", ("until", "note")),
    "schedule": Kind("Publish at an hour", "publish", "scheduled", ("at", "until", "note")),
    **{name: _kind(name) for name in ("claim", "assign")},
    "add_topic": Kind("Add a topic", "edit", "filed under one topic more", ("topic",)),
    "remove_topic": Kind("Take out a topic", "edit", "filed under one topic less", ("topic",)),
    **{name: _kind(name) for name in ("return", "take_back", "release", "withdraw", "decline", "reopen")},
}


@dataclass(frozen=True)
class Alternative:
    """A step that makes up for what readers have seen, and what that leaves different from before.

    ``words`` says so of one article before it is undone; ``one`` and ``many`` afterwards, behind how many they are.
    """

    step: str
    words: str = ""
    one: str = ""
    many: str = ""


NOTHING = Alternative("")
#: Alternatives to undoing by step and by what readers saw before: what is out already is not as if it had not been.
ALTERNATIVES = {
    ("publish", "unseen"): Alternative(
        "withdraw",
        "Undone once it is out, it leaves readers a page that says it was withdrawn.",
        "was out, and leaves readers a page that says it was withdrawn",
        "were out, and leave readers a page that says they were withdrawn",
    ),
    ("publish", "live"): Alternative(
        "roll_back",
        "Undone once it is out, what readers saw before is published again.",
        "was out, and what readers saw before is published again",
        "were out, and what readers saw before is published again",
    ),
    ("publish", "scheduled"): Alternative(
        "withdraw",
        "Undone once it is out, it is withdrawn, and the schedule that it replaced does not come back.",
        "was out, is withdrawn, and has lost the schedule that was replaced",
        "were out, are withdrawn, and have lost the schedules that were replaced",
    ),
}
#: Words for what undoing put right where the articles themselves are not as before.
UNDONE = {"add_topic": "the topic is out again", "remove_topic": "the topic is in again"}
_LEFT = {alternative.words: alternative for alternative in ALTERNATIVES.values()}


def left(words: str, number: int) -> str:
    """Return what undoing left different of so many, told afterwards: “21 were out, and leave readers a page …”."""
    alternative = _LEFT.get(words)
    if alternative is None:
        return words
    return f"{number:,} {alternative.one if number == 1 else alternative.many}."


#: The rule behind a refusal's code, and who can do something about it where its words do not say so.
RULES = {
    "who": ("Whose it is", ""),
    "state": ("The state it is in", ""),
    "needs": ("What there has to be", ""),
    "checks": ("What the checks ask for", "Its owner or a manager can mend it."),
    "four-eyes": ("Nobody approves their own words", ""),
    "stale": ("It changed meanwhile", "Who may do this can choose it again from the newest list."),
    "since": ("It came, or changed, after you looked", "Who may do this can choose it again from the newest list."),
    "same": ("Nothing to do", ""),
    "version": ("What was approved", ""),
    "reason": ("A reason is owed", "Whoever does it gives one."),
    "nobody": ("Who it goes to", "An administrator gives roles."),
    "undo": ("Nothing to undo", ""),
    "gone": ("What it was filed under", ""),
    "window": ("The hours", "Whoever does it chooses others."),
}


def offered(user) -> dict[str, Kind]:
    """Return the kinds of work that ``user`` may do to some article or other. No query."""
    return {name: kind for name, kind in KINDS.items() if _may_at_all(user, workflow.STEPS[kind.step])}


def _may_at_all(user, step):
    own = bool(step.who & (Who.OWNER | Who.FINDER))
    return bool(step.who & Who.MANAGER and roles.may(user, step.permission)) or (own and roles.may(user, WRITE))
