"""Taking steps back: the rows held, the rules asked, everything put back, and a row in the log that says so."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from curation.models import LogEntry
from curation.workflow.effects import Transition
from curation.workflow.engine import Outcome, finish, lock_rows
from curation.workflow.table import Step
from offerings.request_values import whole_number

from . import rules
from .putting_back import put_back


def soonest(at=None):
    """Return when what is published now goes out, so that publishing can be undone until then."""
    return (at or timezone.now()) + rules.WITHIN


@transaction.atomic
def undo(article, *, by, edit: int) -> LogEntry:
    """Take back what ``by`` decided last on an article, and give the log row of that.

    Everything is as the decision found it; with a publication its approval of the same moment is taken back. ``edit``
    is the edit that the decision made. Raises :class:`StepRefused`.
    """
    article.edit = whole_number(edit)
    undoing = _begin([article], by)
    if article.pk in undoing.refused:
        raise undoing.refused[article.pk]
    put_back(undoing, {article.pk: rules.decisions(article, by, undoing.at)})
    return finish(undoing).log[article.pk]


@transaction.atomic
def undo_many(articles: Iterable, *, by, reason="", words: dict[int, dict] | None = None) -> Outcome:
    """Take back the last step of many articles, each at the ``edit`` that it made; those that cannot be are refused.

    It is open to whoever took the step while they may take it, and to managers. ``words`` are what an edit changed, as
    it was, in a snapshot's shape by article id. The code ``seen`` says that readers have seen what it published. Some
    twenty queries, however many articles.
    """
    undoing = _begin(list(articles), by, reason)
    last = rules.last_steps(undoing.articles)
    for article in list(undoing.articles):
        if why := rules.refusal(article, last.get(article.pk), by, undoing.at):
            undoing.refuse(article, *why)
    rules.refuse_gone_topics(undoing, words or {})
    put_back(undoing, {article.pk: [last[article.pk]] for article in undoing.articles}, words or {})
    return finish(undoing)


def _begin(articles, by, reason=""):
    """Hold the rows of what is to be undone; what moved on is refused."""
    undoing = Transition("undo", Step("Undo", {}), by, timezone.now(), True, {"reason": reason}, {}, articles)
    lock_rows(undoing)
    return undoing
