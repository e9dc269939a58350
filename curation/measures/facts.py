"""Facts of one brief, as its log and its Editions tell them: what happened on which day, and how long it stayed. Pure.

People's work is measured, not machines': an import fills a newsroom in an hour and says nothing of how it works. What
was undone did not happen. Days are the newsroom's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from curation.models import MeasureFact, State
from curation.text import dates
from curation.workflow import undoing

from . import durations

Kind = MeasureFact.Kind
SCHEDULED = "scheduled"  # the stay between the press and the hour
#: Keys that say which time it was: the first decision of a round, a later one, one more of its kind in a week.
ONCE, FIRST, LATER, AGAIN = "once", "first", "later", "again"
DECISIONS = {"approve": Kind.APPROVED, "return": Kind.RETURNED, "decline": Kind.DECLINED}


class Done(NamedTuple):
    """A step of the log: ``by`` is None for a machine; ``undone`` names the steps that it took back, last first."""

    step: str
    by: int | None
    at: datetime
    from_state: str
    to_state: str
    edition: int | None = None
    undone: Sequence[str] = ()


class Opening(NamedTuple):
    """An Edition whose window opened: when, which day the brief bears, and what it is filed under."""

    edition: int
    at: datetime
    first_at: datetime
    topics: tuple[int, ...] = ()


class Fact(NamedTuple):
    """A fact, as ``MeasureFact`` keeps it of a brief."""

    kind: str
    key: str
    person: int | None
    day: date
    minutes: int = 0


@dataclass
class Brief:
    """A brief as it is measured: its steps in their order, and what opened of it."""

    owner: int | None
    steps: list[Done] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)


def monday(day: date) -> date:
    """Return the Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def facts_of(brief: Brief) -> Counter[Fact]:
    """Return the facts of a brief, each with how often it is there."""
    steps = not_undone(brief.steps)
    walk = _Walk({one.edition: one.at for one in brief.openings})
    for step in steps:
        walk.take(step)
    return Counter([*walk.facts, *_published(brief, steps), *_told(brief)])


def not_undone(steps: Iterable[Done]) -> list[Done]:
    """Return the steps that hold: none that was taken back, and no undoing."""
    held = []
    for step in steps:
        if step.step != "undo":
            held.append(step)
        for name in step.undone:
            at = next((place for place in reversed(range(len(held))) if held[place].step == name), None)
            if at is not None:
                del held[at]
    return held


class _Walk:
    """A walk along the steps of a brief: where it is and since when, and whether its round was decided on."""

    def __init__(self, opens):
        self.opens, self.facts = opens, []
        self.where, self.since, self.is_undecided = "", None, True
        self.seen = set()  # kinds in weeks

    def take(self, step):
        if step.step in DECISIONS and (step.step != "decline" or step.from_state == State.IN_REVIEW):
            self._decided(step)
        if step.to_state == State.IN_REVIEW != step.from_state:
            self._once(Kind.SUBMITTED, ONCE, step)
        self._move(step)
        if step.step in ("approve", "reopen"):
            self.is_undecided = True

    def _decided(self, step):
        self._once(DECISIONS[step.step], FIRST if self.is_undecided else LATER, step)
        self.is_undecided = False

    def _once(self, kind, key, step):
        """Note what somebody did; one more of its kind in the same week is told apart, so that weeks count briefs."""
        if step.by is None:
            return
        day = dates.local(step.at).date()
        is_again = (kind, monday(day)) in self.seen
        self.seen.add((kind, monday(day)))
        self.facts.append(Fact(kind, AGAIN if is_again else key, step.by, day))

    def _move(self, step):
        if step.step == "publish" and self.where == State.APPROVED:
            self._leave(step.at, step.by)
            self._wait_for_hour(step)
        elif step.step == "cancel" and step.to_state == State.APPROVED:
            self.where, self.since = State.APPROVED, step.at
        elif step.from_state != step.to_state:
            self._leave(step.at, step.by)
            self.where, self.since = step.to_state, step.at

    def _leave(self, at, by):
        if by is not None and self.where in _MEASURED and self.since is not None:
            self.facts.append(_stay(self.where, self.since, at))
        self.where, self.since = "", None

    def _wait_for_hour(self, step):
        opens = self.opens.get(step.edition)
        if step.by is not None and opens is not None and opens - step.at > undoing.WITHIN:
            self.facts.append(_stay(SCHEDULED, step.at, opens))


_MEASURED = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPROVED)


def _stay(where, since, at):
    """Return the fact that it left a state; a clock that was set back makes no time negative."""
    minutes = max(0, int((at - since).total_seconds() // 60))
    return Fact(Kind.STAY, str(where), None, dates.local(at).date(), minutes)


def _published(brief, steps) -> Iterator[Fact]:
    """Yield that readers saw it for the first time, where somebody and no machine had it published."""
    first = min(brief.openings, key=lambda one: (one.at, one.edition), default=None)
    pressed = {step.edition for step in steps if step.step == "publish" and step.by is not None}
    if first and first.edition in pressed:
        yield Fact(Kind.PUBLISHED, ONCE, brief.owner, dates.local(first.at).date())


def _told(brief) -> Iterator[Fact]:
    """Yield the topics that readers find it under, on the day that it bears."""
    last = max(brief.openings, key=lambda one: (one.at, one.edition), default=None)
    for topic in last.topics if last else ():
        yield Fact(Kind.TOLD, str(topic), None, dates.local(last.first_at).date())


#: Kinds of counts beside those of facts: first decisions, people's, and what a forecast is made of, by day.
FIRST_DECISIONS, OUT, DECIDED, CAME, LEFT = "first", "out", "decided", "came", "left"


def counts_of(fact: Fact) -> Iterator[tuple[str, str, date]]:
    """Yield what a fact is counted in: kind, key and day of a ``MeasureCount``."""
    kind, key, person, day, minutes = fact
    week = monday(day)
    if kind == Kind.STAY:
        yield kind, f"{key}:{durations.step_of(minutes)}", week
        if key == State.IN_REVIEW:
            yield LEFT, "", day
    elif kind == Kind.TOLD:
        yield kind, key, week
    else:
        if kind == Kind.SUBMITTED:
            yield CAME, "", day
        if key != AGAIN:
            yield kind, "", week
            yield from _counts_of_people(kind, key, person, week)


def _counts_of_people(kind, key, person, week):
    if kind == Kind.PUBLISHED and person is not None:
        yield OUT, str(person), week
    elif kind in DECISIONS.values():
        yield DECIDED, str(person), week
        if key == FIRST:
            yield FIRST_DECISIONS, kind, week
