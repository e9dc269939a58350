"""The table of steps. A new step is one entry here, its permission, and a migration if the state is new."""

from collections.abc import Callable
from dataclasses import dataclass

from curation.models import State

from . import effects
from .actors import ASSIGN, PUBLISH, REVIEW, Who
from .board.due import set_due
from .calendar.plan import set_plan

OWNER, MANAGER, FINDER, REVISER = Who.OWNER, Who.MANAGER, Who.FINDER, Who.REVISER
BOTH = OWNER | MANAGER


@dataclass(frozen=True)
class Rule:
    """One cell of the table: who may take the step from here, and the state it enters."""

    who: Who
    enters: State


@dataclass(frozen=True)
class Step:
    """A row of the table.

    ``permission`` is what makes somebody a manager for this step; ``needs`` names what there has to be (``scheduled``
    and ``earlier``: an Edition; ``reaching``: one that is live or scheduled; ``owner``: an owner); ``then`` does what
    the step does beside the state. ``asks`` are the details it may be given beside the edit that was on the screen
    (``reason`` is owed where ``reason`` says so). ``done`` is how the desk tells that it was taken, of one article or
    of many; ``logged`` how the log does, after the name of who took it. ``leads`` are the states that it is for: there
    it is the one primary button.
    """

    label: str
    rules: dict[State, Rule]
    permission: str = REVIEW
    needs: str = ""
    reason: bool = False
    then: Callable | None = None
    asks: tuple[str, ...] = ()
    done: str = ""
    logged: str = ""
    leads: frozenset[State] = frozenset()

    @property
    def who(self):
        """Everybody who may take it from one state or another."""
        return Who(sum({one.value for rule in self.rules.values() for one in rule.who}))


ALL = tuple(State)
OPEN_STATES = tuple(state for state in State if state != State.DECLINED)


def _stay(who, *states):
    """Return cells that change no state."""
    return {state: Rule(who, state) for state in states}


STEPS: dict[str, Step] = {
    "edit": Step(
        "Edit",
        _stay(BOTH, State.DRAFT, State.CHANGES_REQUESTED)
        | _stay(MANAGER | REVISER, State.IN_REVIEW)
        | {State.APPROVED: Rule(BOTH, State.IN_REVIEW)},  # or as ``revising`` finds
        then=effects.edit,
        done="saved",
        logged="edited it",
    ),
    "submit": Step(
        "Send to review",
        {state: Rule(BOTH, State.IN_REVIEW) for state in (State.DRAFT, State.CHANGES_REQUESTED)},
        then=effects.submit,
        done="sent to review",
        logged="sent it to review",
        leads=frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
    ),
    "take_back": Step(
        "Take back", {State.IN_REVIEW: Rule(OWNER, State.DRAFT)}, done="taken back", logged="took it back"
    ),
    "return": Step(
        "Ask for changes",
        {state: Rule(MANAGER, State.CHANGES_REQUESTED) for state in (State.IN_REVIEW, State.APPROVED)},
        reason=True,
        asks=("reason",),
        done="returned with your reason",
        logged="returned it",
    ),
    "approve": Step(
        "Approve",
        {State.IN_REVIEW: Rule(MANAGER, State.APPROVED)},
        then=effects.approve,
        asks=("version",),
        done="approved",
        logged="approved it",
        leads=frozenset({State.IN_REVIEW}),
    ),
    "publish": Step(
        "Publish",
        _stay(MANAGER, State.APPROVED),
        PUBLISH,
        then=effects.publish,
        asks=("at", "until", "note"),
        done="published",
        logged="published it",
        leads=frozenset({State.APPROVED}),
    ),
    "reschedule": Step(
        "Reschedule",
        _stay(MANAGER, *ALL),
        PUBLISH,
        needs="scheduled",
        then=effects.reschedule,
        asks=("at", "until"),
        done="rescheduled",
        logged="rescheduled it",
    ),
    "cancel": Step(
        "Cancel the schedule",
        _stay(MANAGER, *ALL),
        PUBLISH,
        needs="scheduled",
        then=effects.cancel,
        done="taken off the schedule",
        logged="took it off the schedule",
    ),
    "withdraw": Step(
        "Withdraw",
        _stay(MANAGER, *ALL),
        PUBLISH,
        needs="reaching",
        reason=True,
        then=effects.withdraw,
        asks=("reason", "successor"),
        done="withdrawn",
        logged="withdrew it",
    ),
    "roll_back": Step(
        "Roll back",
        _stay(MANAGER, *ALL),
        PUBLISH,
        needs="earlier",
        then=effects.roll_back,
        asks=("edition",),
        done="rolled back",
        logged="rolled it back",
    ),
    "restore": Step(
        "Restore",
        _stay(BOTH, State.DRAFT, State.CHANGES_REQUESTED),
        then=effects.restore,
        asks=("version",),
        done="restored",
        logged="restored it",
    ),
    "decline": Step(
        "Decline",
        {
            State.DRAFT: Rule(BOTH, State.DECLINED),
            State.IN_REVIEW: Rule(MANAGER, State.DECLINED),
            State.CHANGES_REQUESTED: Rule(MANAGER, State.DECLINED),
        },
        reason=True,
        asks=("reason",),
        done="declined",
        logged="declined it",
    ),
    "reopen": Step(
        "Reopen",
        {State.DECLINED: Rule(BOTH, State.DRAFT)},
        done="reopened",
        logged="reopened it",
        leads=frozenset({State.DECLINED}),
    ),
    "claim": Step(
        "Claim", _stay(FINDER | MANAGER, *OPEN_STATES), ASSIGN, then=effects.claim, done="claimed", logged="claimed it"
    ),
    "release": Step(
        "Release",
        _stay(BOTH, *OPEN_STATES),
        ASSIGN,
        needs="owner",
        then=effects.release,
        done="released",
        logged="released it",
    ),
    "assign": Step(
        "Assign",
        _stay(MANAGER, *OPEN_STATES),
        ASSIGN,
        then=effects.assign,
        asks=("owner", "reviewer"),
        done="assigned",
        logged="assigned it",
    ),
    "due": Step(
        "Due day and priority",
        _stay(BOTH, *OPEN_STATES),
        then=set_due,
        asks=("due_on", "priority"),
        done="given its due day and priority",
        logged="set its due day and priority",
    ),
    "plan": Step(
        "Plan for a day",
        _stay(BOTH, *OPEN_STATES),
        then=set_plan,
        asks=("planned_on",),
        done="planned",
        logged="changed the day it is planned for",
    ),
}

#: The step that each state is for.
PRIMARY = {state: name for name, step in STEPS.items() for state in step.leads}

#: The table's needs: a question to an article and its windows, and the words where it is not met.
NEEDS = {
    "scheduled": (lambda windows, article: windows.scheduled(article), "nothing of it is scheduled"),
    "reaching": (
        lambda windows, article: windows.live(article) or windows.scheduled(article),
        "readers see nothing of it, and nothing is scheduled",
    ),
    "earlier": (lambda windows, article: windows.earlier(article), "there is no earlier Edition to go back to"),
    "owner": (lambda windows, article: article.owner_id, "it belongs to nobody"),
}
