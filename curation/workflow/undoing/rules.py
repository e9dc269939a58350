"""Rules of undoing: which step was the last, who may undo it, and whether it can still be as if it had not been."""

from datetime import timedelta
from types import SimpleNamespace

from django.db.models import F

from curation.models import LogEntry, roles
from curation.workflow.actors import REVIEW, StepRefused, standing
from curation.workflow.table import STEPS
from offerings.models import Topic

#: How long a decision can be undone. What a decision publishes “now” goes out when this is over, so that readers never
#: see what is undone.
WITHIN = timedelta(seconds=30)
_DECISIONS = {"approve", "return", "publish", "plan"}
_TOUCHED = "Somebody was at it since, so there is nothing to undo. The log says who."


def found(row) -> dict:
    """Return what the log keeps that a step found: columns of the article, and windows of its Editions."""
    return row.details.get("found", {})


def decisions(article, by, now):
    """Return the decisions to take back, newest first; raises StepRefused where there is none that ``by`` may."""
    last, before = [*article.log.steps().select_related("edition")[:2], None, None][:2]
    if last is None or last.step not in _DECISIONS or last.edit != article.edit or last.by_id != by.pk:
        raise StepRefused(_TOUCHED, "undo")
    if now - last.at > WITHIN or _is_seen(last, now) or not _is_told(last):
        raise StepRefused("It is too late to undo that. It can still be returned, rescheduled or withdrawn.", "undo")
    if not _may(by, last, article):
        raise StepRefused("Undoing this is not yours to do any more; a manager can.", "who")
    is_one = last.step == "publish" and before and before.step == "approve" and before.by_id == by.pk
    return [last, before] if is_one and before.edit == last.edit - 1 and last.at - before.at <= _AT_ONCE else [last]


_AT_ONCE = timedelta(seconds=2)


def last_steps(articles):
    """Return the step that made the edit at which each article is, by article id. One query."""
    rows = LogEntry.objects.filter(article__in=articles, edit=F("article__edit"), step__in=STEPS).order_by("pk")
    return {row.article_id: row for row in rows.select_related("edition")}


def refusal(article, row, by, now):
    """Return why a step cannot be undone, as words and code; None where it can."""
    if row is None or not _is_told(row):
        return _TOUCHED, "undo"
    if not _may(by, row, article):
        return "Undoing this is for whoever did it, while they may do it, or for a manager.", "who"
    if _is_seen(row, now):
        return "Readers have seen it, so it cannot be as if it had not been.", "seen"
    return None


def _may(by, row, article):
    """Return whether ``by`` may undo a step: who took it and stands to the article so that they could, or a manager."""
    step, before = STEPS[row.step], found(row)
    if row.by_id != by.pk:
        return roles.may(by, REVIEW) and roles.may(by, step.permission)
    was = SimpleNamespace(
        owner_id=before.get("owner_id", article.owner_id),
        revised_by_id=before.get("revised_by_id", article.revised_by_id),
    )
    return bool(standing(was, by, step.permission) & step.rules[row.from_state].who)


def _is_told(row):
    """Return whether the log tells what a step found; rows of earlier releases do not."""
    return "found" in row.details or (row.from_state == row.to_state and "windows" not in row.details)


def _is_seen(row, now):
    """Return whether readers see or saw an Edition that a step pressed."""
    is_pressed = any(was is None for _, was in found(row).get("windows", ()))
    return is_pressed and (row.edition is None or row.edition.live_from <= now)


def refuse_gone_topics(undoing, words):
    """Leave out articles that were filed under a topic that was deleted since. One query, none without words."""
    named = {pk: {row["topic"] for row in changes.get("topics", ())} for pk, changes in words.items()}
    every = set().union(*named.values())
    gone = every - set(Topic.objects.filter(pk__in=every).values_list("pk", flat=True)) if every else set()
    for article in [one for one in undoing.articles if gone & named.get(one.pk, set())]:
        undoing.refuse(article, "A topic that it was filed under was deleted since.", "gone")
