"""Audits of what was decided at a glance: a share of it, drawn by lot, is looked at again by somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from curation.editing import authorship
from curation.models import Audit, Edition, LogEntry, roles
from curation.sql import compiled_queries

_REVIEW = "curation.review_article"
_lot = SystemRandom()


class AuditRefused(Exception):
    """A verdict that may not be given; ``str()`` says why."""


def draw(approval: LogEntry) -> Audit | None:
    """Draw by lot whether an approval at a glance is looked at again; return its audit, or None. Two queries at most.

    Given at a glance is what was not approved where its source stands beside it: from the queue, on the board, in bulk.
    The share is the setting ``AUDITED_SHARE``. Nobody can tell beforehand which is drawn.
    """
    draw_many([approval])
    return Audit.objects.filter(version=approval.version_id).first()


def draw_many(approvals: Iterable[LogEntry]) -> None:
    """Draw by lot which of these rows of the log, as far as they approve, are looked at again. One query at most."""
    drawn = [one for one in approvals if one.step == "approve" and one.version_id and _is_drawn()]
    found = [
        Audit(version_id=one.version_id, article_id=one.article_id, approved_by_id=one.by_id, approved_at=one.at)
        for one in drawn
    ]
    if found:
        Audit.objects.bulk_create(found, ignore_conflicts=True)  # approved again, it is looked at once


def _is_drawn():
    return _lot.random() < settings.AUDITED_SHARE


def waiting_for(user) -> QuerySet[Audit]:
    """Return the audits that ``user`` may look at: not of their own approvals, and of none that was taken back."""
    return _standing(user.pk, timezone.now()) if roles.may(user, _REVIEW) else Audit.objects.none()


def count_for(user) -> int:
    """Return how many audits ``user`` may look at. One query, compiled once: the first page asks."""
    if not roles.may(user, _REVIEW):
        return 0
    counted = compiled_queries.rows(("audits",), _counted, person=user.pk, now=timezone.now())
    return counted[0][0] if counted else 0


def _counted(person, now):
    return _standing(person, now).order_by().values("verdict").annotate(count=Count("pk")).values_list("count")


def _standing(person, now):
    seen = Edition.objects.started(now).filter(version=OuterRef("version"))
    stands = Q(article__approved_version=F("version")) | Exists(seen)  # what readers saw is asked whatever came later
    return _of_others(person).filter(stands, verdict="")


def _of_others(person):
    """Return the audits of what somebody else approved; before an undo or after it, of the same Version."""
    own = LogEntry.objects.filter(version=OuterRef("version"), by=person, step="approve")
    return Audit.objects.exclude(approved_by=person).exclude(Exists(own))


@transaction.atomic
def judge(audit: int, *, by, verdict: str, words: str = "") -> Audit:
    """Give the verdict on an audit (its id), log it beside its article, and return it. Raises AuditRefused."""
    others = _of_others(by.pk).select_for_update(of=("self",)).select_related("article", "version")
    found = others.filter(pk=audit).first()
    if not roles.may(by, _REVIEW) or found is None or _wrote(found, by):
        raise AuditRefused("This is not yours to look at again: a manager does who neither wrote nor approved it.")
    if found.verdict:
        raise AuditRefused("Somebody looked at it again already.")
    if verdict not in Audit.Verdict.values:
        raise AuditRefused("Say whether it was right.")
    if verdict == Audit.Verdict.WRONG and not words.strip():
        raise AuditRefused("Say what was wrong, so that others can learn of it.")
    found.by, found.at, found.verdict, found.words = by, timezone.now(), verdict, words.strip()[:2000]
    found.save(update_fields=["by", "at", "verdict", "words"])
    LogEntry.beside("audited", found.article, by, version=found.version, verdict=verdict)
    return found


def _wrote(audit, by):
    return by.pk in authorship.authors({audit.article_id: audit.version}, among=[by.pk])[audit.article_id]


@dataclass(frozen=True)
class Tally:
    """A count of what audits found: how many were looked at again, and in how many something was wrong."""

    looked_at: int
    wrong: int

    @property
    def share(self) -> float:
        """The share in which something was wrong, 0 to 1."""
        return self.wrong / self.looked_at if self.looked_at else 0.0


def found_since(since: datetime) -> Tally:
    """Return what audits found since an instant. One query, along an index."""
    wrong = Count("pk", filter=Q(verdict=Audit.Verdict.WRONG))
    return Tally(**Audit.objects.filter(at__gte=since).aggregate(looked_at=Count("pk"), wrong=wrong))
