"""Kinds of work for many at once, what undoes each, and the rules that refusals name: as data."""

from dataclasses import dataclass

from curation import workflow
from curation.models import State, roles
from curation.workflow.actors import WRITE, Who


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
    **{name: _kind(name) for name in ("submit", "approve", "publish", "claim", "assign")},
    "add_topic": Kind("Add a topic", "edit", "filed under one topic more", ("topic",)),
    "remove_topic": Kind("Take out a topic", "edit", "filed under one topic less", ("topic",)),
    **{name: _kind(name) for name in ("return", "take_back", "release", "withdraw", "decline", "reopen")},
}


@dataclass(frozen=True)
class Inverse:
    """A step that undoes a kind of work for an article, if there is one, and what that leaves different.

    ``words`` says so of one article before it is undone; ``one`` and ``many`` afterwards, behind how many they are.
    """

    step: str
    words: str = ""
    one: str = ""
    many: str = ""


#: Inverses by kind of work and circumstance: the state before, whose it was, or what readers saw (``_circumstance``).
INVERSES = {
    ("submit", State.DRAFT): Inverse("take_back"),
    ("submit", State.CHANGES_REQUESTED): Inverse("return"),
    ("take_back", State.IN_REVIEW): Inverse("submit"),
    ("return", State.IN_REVIEW): Inverse("submit"),
    ("return", State.APPROVED): Inverse(
        "submit",
        "It is in review then, and has to be approved anew.",
        "is in review and has to be approved anew",
        "are in review and have to be approved anew",
    ),
    ("approve", State.IN_REVIEW): Inverse(
        "return",
        "It is with its owner then, as “changes requested”.",
        "is with its owner, as “changes requested”",
        "are with their owners, as “changes requested”",
    ),
    ("publish", "unseen"): Inverse(
        "withdraw",
        "Readers then find a page that says it was withdrawn.",
        "leaves readers a page that says it was withdrawn",
        "leave readers a page that says they were withdrawn",
    ),
    ("publish", "live"): Inverse("roll_back"),
    ("publish", "scheduled"): Inverse(
        "withdraw",
        "The schedule that was replaced does not come back.",
        "has lost the schedule that was replaced",
        "have lost the schedules that were replaced",
    ),
    ("publish", "later"): Inverse("cancel"),
    ("withdraw", "live"): Inverse("roll_back"),
    ("withdraw", "scheduled"): Inverse("", "It was only scheduled: a manager schedules it again on its page."),
    ("decline", State.DRAFT): Inverse("reopen"),
    ("decline", State.IN_REVIEW): Inverse(
        "reopen", "It is a draft then, not in review.", "is a draft, not in review", "are drafts, not in review"
    ),
    ("decline", State.CHANGES_REQUESTED): Inverse(
        "reopen",
        "It is a draft then, without “changes requested”.",
        "is a draft, without “changes requested”",
        "are drafts, without “changes requested”",
    ),
    ("reopen", State.DECLINED): Inverse("decline"),
    ("claim", "unclaimed"): Inverse("release"),
    ("claim", "owned"): Inverse("assign"),
    ("release", "own"): Inverse("claim"),
    ("release", "owned"): Inverse("assign"),
    ("assign", "unclaimed"): Inverse("assign"),
    ("assign", "own"): Inverse("assign"),
    ("assign", "owned"): Inverse("assign"),
    **{
        (kind, state): Inverse("edit")
        for kind in ("add_topic", "remove_topic")
        for state in (State.DRAFT, State.CHANGES_REQUESTED, State.IN_REVIEW, State.APPROVED)
    },
}
#: Words for what undoing put right where the articles themselves are not as before.
UNDONE = {"add_topic": "the topic is out again", "remove_topic": "the topic is in again"}
_LEFT = {inverse.words: inverse for inverse in INVERSES.values() if inverse.many}


def left(words: str, number: int) -> str:
    """Return what undoing left different of so many, told afterwards: “21 stay drafts and have to be reviewed anew.”"""
    inverse = _LEFT.get(words)
    if inverse is None:
        return words
    return f"{number:,} {inverse.one if number == 1 else inverse.many}."


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
    "window": ("The hours", "Whoever does it chooses others."),
}


def offered(user) -> dict[str, Kind]:
    """Return the kinds of work that ``user`` may do to some article or other. No query."""
    return {name: kind for name, kind in KINDS.items() if _may_at_all(user, workflow.STEPS[kind.step])}


def _may_at_all(user, step):
    own = bool(step.who & (Who.OWNER | Who.FINDER))
    return bool(step.who & Who.MANAGER and roles.may(user, step.permission)) or (own and roles.may(user, WRITE))
