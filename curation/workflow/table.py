"""The table of steps. A new step is one entry here, its permission, and a migration if the state is new."""

from collections.abc import Callable
from dataclasses import dataclass

from curation.models import State

from . import effects
from .actors import ASSIGN, PUBLISH, REVIEW, Who

OWNER, MANAGER, FINDER = Who.OWNER, Who.MANAGER, Who.FINDER
BOTH = OWNER | MANAGER


@dataclass(frozen=True)
class Cell:
    """One cell of the table: who may take the step from here, and the state it enters."""

    who: Who
    enters: State


@dataclass(frozen=True)
class Step:
    """A row of the table.

    ``permission`` is what makes somebody a manager for this step; ``needs`` names what there has to be (``scheduled``
    and ``earlier``: an Edition; ``reaching``: one that is live or scheduled; ``owner``: an owner); ``then`` does what
    the step does beside the state.
    """

    label: str
    cells: dict[State, Cell]
    permission: str = REVIEW
    needs: str = ""
    reason: bool = False
    then: Callable | None = None

    @property
    def who(self):
        """Everybody who may take it from one state or another."""
        return Who(sum({one.value for cell in self.cells.values() for one in cell.who}))


ALL = tuple(State)
OPEN_STATES = tuple(state for state in State if state != State.DECLINED)


def _stay(who, *states):
    """Cells that change no state."""
    return {state: Cell(who, state) for state in states}


STEPS: dict[str, Step] = {
    "edit": Step(
        "Edit",
        _stay(BOTH, State.DRAFT, State.CHANGES_REQUESTED)
        | _stay(MANAGER, State.IN_REVIEW)
        | {State.APPROVED: Cell(BOTH, State.DRAFT)},
        then=effects.edit,
    ),
    "submit": Step(
        "Send to review",
        {state: Cell(BOTH, State.IN_REVIEW) for state in (State.DRAFT, State.CHANGES_REQUESTED)},
        then=effects.submit,
    ),
    "take_back": Step("Take back", {State.IN_REVIEW: Cell(OWNER, State.DRAFT)}),
    "return": Step(
        "Ask for changes",
        {state: Cell(MANAGER, State.CHANGES_REQUESTED) for state in (State.IN_REVIEW, State.APPROVED)},
        reason=True,
    ),
    "approve": Step("Approve", {State.IN_REVIEW: Cell(MANAGER, State.APPROVED)}, then=effects.approve),
    "publish": Step("Publish", _stay(MANAGER, State.APPROVED), PUBLISH, then=effects.publish),
    "reschedule": Step("Reschedule", _stay(MANAGER, *ALL), PUBLISH, needs="scheduled", then=effects.reschedule),
    "cancel": Step("Cancel the schedule", _stay(MANAGER, *ALL), PUBLISH, needs="scheduled", then=effects.cancel),
    "withdraw": Step("Withdraw", _stay(MANAGER, *ALL), PUBLISH, needs="reaching", reason=True, then=effects.withdraw),
    "roll_back": Step("Roll back", _stay(MANAGER, *ALL), PUBLISH, needs="earlier", then=effects.roll_back),
    "restore": Step("Restore", _stay(BOTH, State.DRAFT, State.CHANGES_REQUESTED), then=effects.restore),
    "decline": Step(
        "Decline",
        {
            State.DRAFT: Cell(BOTH, State.DECLINED),
            State.IN_REVIEW: Cell(MANAGER, State.DECLINED),
            State.CHANGES_REQUESTED: Cell(MANAGER, State.DECLINED),
        },
        reason=True,
    ),
    "reopen": Step("Reopen", {State.DECLINED: Cell(BOTH, State.DRAFT)}),
    "claim": Step("Claim", _stay(FINDER | MANAGER, *OPEN_STATES), ASSIGN, then=effects.claim),
    "release": Step("Release", _stay(BOTH, *OPEN_STATES), ASSIGN, needs="owner", then=effects.release),
    "assign": Step("Assign", _stay(MANAGER, *OPEN_STATES), ASSIGN, then=effects.assign),
}

#: What each of the table's needs asks of an article and its windows, and what is missing where it is not met.
NEEDS = {
    "scheduled": (lambda windows, article: windows.scheduled(article), "nothing of it is scheduled"),
    "reaching": (
        lambda windows, article: windows.live(article) or windows.scheduled(article),
        "readers see nothing of it, and nothing is scheduled",
    ),
    "earlier": (lambda windows, article: windows.earlier(article), "there is no earlier Edition to go back to"),
    "owner": (lambda windows, article: article.owner_id, "it belongs to nobody"),
}
