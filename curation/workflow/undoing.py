"""Undo: a decision taken back by whoever took it, while nobody did anything since and readers saw nothing of it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from curation.models import Edition, LogEntry, State, roles
from curation.models.snapshots import instant
from offerings.request_values import whole_number

from . import effects, engine
from .actors import PUBLISH, REVIEW, StepRefused, Who
from .effects import Transition
from .table import STEPS, Rule, Step

#: How long a decision can be undone. What a decision publishes “now” goes out when this is over, so that readers never
#: see what is undone.
WITHIN = timedelta(seconds=30)
#: Decisions that can be undone, and the right to take each.
_RIGHTS = {"approve": REVIEW, "return": REVIEW, "publish": PUBLISH, "plan": ""}  # a plan is also its owner's


def soonest(at=None):
    """Return when what is published now goes out, so that publishing can be undone until then."""
    return (at or timezone.now()) + WITHIN


@transaction.atomic
def undo(article, *, by, edit: int) -> LogEntry:
    """Take back what ``by`` decided last on an article, and give the log row of that.

    An approval or a return leaves the article in the state before, since when it was in it then; a publication is taken
    off the schedule, and with it the approval of the same moment; what was planned is planned as before. ``edit`` is
    the edit that the decision made. Raises :class:`StepRefused`.
    """
    article.edit = whole_number(edit)
    transition = Transition("undo", None, by, timezone.now(), True, {}, {}, [article])
    engine.lock_rows(transition)
    if article.pk in transition.refused:
        raise transition.refused[article.pk]
    decisions = _decisions(article, by, transition.at)
    state = decisions[-1].from_state
    transition.step = Step("Undo", {article.state: Rule(Who.MANAGER, State(state))})
    if any(row.step == "publish" for row in decisions):
        effects.cancel(transition, back={article.pk: _replaced(decisions[0])})
        transition.put(article, is_pressed=bool(decisions[0].details.get("was_pressed")))
        _plan_again(transition, article, decisions[0].details.get("planned_on"))
    if decisions[0].step == "plan":
        _plan_again(transition, article, decisions[0].details["before"])
    _put_back(transition, article, decisions[-1], state)
    transition.notes[article.pk]["undone"] = [row.step for row in decisions]
    return engine.finish(transition).log[article.pk]


def _decisions(article, by, now):
    """Return the decisions to take back, newest first; raises StepRefused where there is none that ``by`` may."""
    last, before = [*article.log.steps()[:2], None, None][:2]
    if last is None or last.step not in _RIGHTS or last.edit != article.edit or last.by_id != by.pk:
        raise StepRefused("Somebody was at it since, so there is nothing to undo. The log says who.", "undo")
    if now - last.at > WITHIN or (last.step == "publish" and _is_out(last, now)):
        raise StepRefused("It is too late to undo that. It can still be returned, rescheduled or withdrawn.", "undo")
    if not _may_still(by, last.step, article):
        raise StepRefused("Undoing this is not yours to do any more; a manager can.", "who")
    is_one = last.step == "publish" and before and before.step == "approve" and before.by_id == by.pk
    return [last, before] if is_one and before.edit == last.edit - 1 and last.at - before.at <= _AT_ONCE else [last]


_AT_ONCE = timedelta(seconds=2)


def _may_still(by, step, article):
    right = _RIGHTS[step]
    return roles.may(by, right) if right else engine.refusal(STEPS[step], article, by, None) is None


def _plan_again(transition, article, day):
    """Plan an article for the day that a decision took from it, as the log keeps it; empty for none."""
    transition.put(article, planned_on=date.fromisoformat(day) if day else None)


def _is_out(entry, now):
    return entry.edition is None or entry.edition.live_from <= now


def _replaced(publication):
    """Return the number of the Edition that a publication took off the schedule for its own; None for none."""
    moves = publication.details.get("windows", ())
    cancelled = [move["edition"] for move in moves if move["ended"] == Edition.Ended.CANCELLED]
    return next((number for number in cancelled if number != publication.edition.number), None)


def _since(entered):
    """Return since when an article was in the state that a log row says it entered; by an edit it may come back."""
    return instant(entered.details, "since") if entered.details.get("again") else entered.at


def _put_back(transition, article, decision, state):
    """Put back since when the article was in its state, and what was approved, as before the decision."""
    if decision.from_state == decision.to_state:
        return
    earlier = article.log.filter(pk__lt=decision.pk)
    entered = earlier.filter(to_state=state).exclude(from_state=state).exclude(step="undo").first()
    transition.entered[article.pk] = _since(entered) if entered else transition.at
    if entered and entered.step == "edit" and state != State.APPROVED:
        transition.revisers[article.pk] = entered.by_id
    approved = earlier.filter(step="approve").select_related("version").first()
    if state == State.APPROVED and approved:
        transition.put(article, approved_version=approved.version)
