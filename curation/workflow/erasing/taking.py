"""Taking the last step: the row held, the rules asked, everything erased, and a row in the log that says so."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from curation.models import Article, LogEntry, Tombstone
from curation.publishing import erasing
from curation.workflow.actors import StepRefused
from offerings.request_values import whole_number

from . import rules

_STALE = "This article changed a moment ago. Look at what would go now, then erase it."
_MEANWHILE = "Somebody wrote beside it at the same moment, so nothing was erased. Try again."


def erase(article, *, by, edit: int, typed: str, reason: str) -> Tombstone:
    """Erase an article for good, with a row in the log that says who, when and why; return its tombstone.

    ``edit`` is the one whose going was shown; ``typed`` must be its title or its number, so that nobody erases another
    one than they mean. Raises :class:`StepRefused`; then all of it is there as before.
    """
    rules.refuse_who_may_not(by)
    try:
        with transaction.atomic():
            return _erase(_held(article, edit), by, typed, " ".join(reason.split()))
    except IntegrityError as error:  # a row that leads to it came in between
        raise StepRefused(_MEANWHILE, "stale") from error


def _held(article, edit):
    """Return the article with its row held, so that whoever publishes it now goes first or finds nothing."""
    stored = Article.objects.select_for_update().filter(pk=article.pk).first()
    if stored is None or stored.edit != whole_number(edit):
        raise StepRefused(_STALE, "stale")
    return stored


def _erase(article, by, typed, reason):
    rules.check_words(article, typed, reason)
    if words := rules.hindrance(article):
        raise StepRefused(words, "batch")
    at = timezone.now()
    tombstone = erasing.erase(article, by=by, at=at, reason=reason)
    told = {"step": "erase", "by_id": by.pk, "actor": str(by)[:200], "at": at, "reason": reason}
    LogEntry.objects.create(about=f"brief {tombstone.number}", **told)
    return tombstone
