"""Moves on the board: the step that leads from one column to another, or in words why none does; from the table."""

from curation.models import State
from curation.workflow.actors import in_words
from curation.workflow.engine import refusal
from curation.workflow.table import STEPS

from .columns import COLUMNS

_LABELS = {column.name: column.label for column in COLUMNS}


def _moves():
    """Return the steps that enter another state; “edit” is writing, and no way to move anything."""
    found = {(state, rule.enters): name for name, step in STEPS.items() for state, rule in step.rules.items()}
    found = {(str(a), str(b)): name for (a, b), name in found.items() if a != b and name != "edit"}
    return found | {("approved", "scheduled"): "publish", ("scheduled", "approved"): "cancel"}


#: Steps by the columns that they lead from and to.
MOVES: dict[tuple[str, str], str] = _moves()


class Ways:
    """The ways open to somebody over the board: found once for all articles that stand to them alike."""

    def __init__(self, by):
        self.by, self._known = by, {}

    def reachable(self, article, column: str, is_own: bool = False) -> list[str]:
        """Return the columns into which they may move an article that stands in ``column``. No query.

        ``is_own`` says that they wrote part of what waits for approval, which another decides.
        """
        owner, reviser = article.owner_id, article.revised_by_id  # all that a standing asks of an article
        key = column, article.state, owner is None, owner == self.by.pk, reviser == self.by.pk, is_own
        if key not in self._known:
            self._known[key] = self._reachable(article, column, is_own)
        return self._known[key]

    def _reachable(self, article, column, is_own):
        windows = _Scheduled() if column == "scheduled" else None
        steps = {there: STEPS[name] for (here, there), name in MOVES.items() if here == column}
        taken = [there for there, step in steps.items() if refusal(step, article, self.by, windows) is None]
        return [there for there in taken if not (is_own and MOVES[column, there] == "approve")]


class _Scheduled:
    """The windows of an article that is known to be scheduled."""

    def scheduled(self, article):
        """Return that it is."""
        return True


def why_not(here: str, there: str) -> str:
    """Return why somebody cannot move an article from one column to another: who can, or where it has to be first."""
    name = MOVES.get((here, there))
    if name:
        step, state = STEPS[name], State.APPROVED if here == "scheduled" else State(here)
        other = "; nobody approves their own words" if name == "approve" else ""
        return f"“{step.label}” is not yours to take here; {in_words(step.rules[state].who)} can{other}."
    first = [_LABELS[start] for start, end in MOVES if end == there and start != "scheduled"]
    return f"A brief comes to “{_LABELS[there]}” from “{'” or “'.join(first)}”, not from “{_LABELS[here]}”."
