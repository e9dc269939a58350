"""Rules as data: which row of the log tells whom of what, and for how long it is held back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from django.db.models import Q

from curation.models import NoticeKind, State
from curation.workflow import undoing


class Whom(Enum):
    """People who may be told: whoever can decide on it (its reviewer, if that one is here), its owner, its reviewer."""

    DECIDERS = auto()
    OWNER = auto()
    REVIEWER = auto()


@dataclass(frozen=True)
class Rule:
    """One rule: rows of these steps that it applies to (``when``) tell ``whom``, once ``hold`` has passed.

    One ``of_edition`` waits until readers see the Edition of the row.
    """

    kind: NoticeKind
    steps: frozenset[str]
    whom: tuple[Whom, ...]
    hold: timedelta = timedelta(0)
    of_edition: bool = False
    when: Callable = lambda entry: True


def _enters_review(entry):
    return entry.to_state == State.IN_REVIEW != entry.from_state


#: The condition of an edit that sends a brief back to review; the twin of ``_enters_review``.
OUT_OF_APPROVED = Q(to_state=State.IN_REVIEW) & ~Q(from_state=State.IN_REVIEW)


def _names_reviewer(entry):
    return entry.to_state == State.IN_REVIEW and bool(entry.details.get("reviewer"))


HOLD = undoing.WITHIN
RULES = (
    Rule(NoticeKind.DECIDE, frozenset({"submit", "edit", "restore"}), (Whom.DECIDERS,), when=_enters_review),
    Rule(NoticeKind.DECIDE, frozenset({"assign"}), (Whom.DECIDERS,), when=_names_reviewer),
    Rule(NoticeKind.RETURNED, frozenset({"return", "decline"}), (Whom.OWNER,), HOLD),
    Rule(NoticeKind.APPROVED, frozenset({"approve"}), (Whom.OWNER,), HOLD),
    Rule(NoticeKind.PUBLISHED, frozenset({"publish", "roll_back"}), (Whom.OWNER, Whom.REVIEWER), HOLD, True),
    Rule(NoticeKind.PUBLISHED, frozenset({"withdraw"}), (Whom.OWNER, Whom.REVIEWER), HOLD),
)
#: Rows that say of a comment that it was given to somebody, or calls more people than when it was written.
OF_DISCUSSION = frozenset({"given", "called"})
#: Steps that any rule reads, those of discussions, and the one that takes notices back.
STEPS = OF_DISCUSSION.union({"undo"}, *(rule.steps for rule in RULES))


@dataclass(frozen=True)
class Crowd:
    """People as they stand when rows are read: who decides, and who of them is away."""

    deciders: frozenset[int]
    away: frozenset[int]

    def told(self, whom: Whom, owner: int | None, reviewer: int | None) -> set[int]:
        """Return whom of an article, by its owner and its reviewer, one of ``Whom`` means. Pure."""
        if whom is Whom.OWNER:
            return {owner} - {None}
        if whom is Whom.REVIEWER:
            return {reviewer} - {None}
        here = self.deciders - self.away
        if reviewer in here:
            return {reviewer}
        return set((here or self.deciders) - {owner})


def told_by(entry, owner: int | None, reviewer: int | None, crowd: Crowd) -> Iterator[tuple[Rule, int]]:
    """Yield what a row of the log tells, as pairs of rule and person; nobody is told of what they did. Pure."""
    for rule in RULES:
        if entry.step in rule.steps and rule.when(entry):
            people = set().union(*(crowd.told(whom, owner, reviewer) for whom in rule.whom))
            yield from ((rule, person) for person in sorted(people - {entry.by_id}))
