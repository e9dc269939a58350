"""Notices that the clock alone tells: briefs that are overdue, and what readers see untouched for a year. Each once."""

from datetime import datetime, timedelta
from itertools import batched, chain

from django.db.models import Exists, OuterRef
from django.utils import timezone

from curation.models import Article, Edition, LogEntry, Notice, NoticeCursor, NoticeKind, State
from curation.workflow import deadlines

from .rules import Whom
from .taking import crowd_now

EVERY = timedelta(hours=1)
#: How far back is looked for what became late: a worker that was away so long tells it when it is back.
BACK = timedelta(days=3)
YEAR = timedelta(days=365)
_AT_ONCE = 500  # notices of one transaction: nobody who saves waits for all of them
_ROW = ("pk", "owner_id", "reviewer_id", "state")


def is_time(now: datetime) -> bool:
    """Return whether the clock was asked longer than an hour ago, or in a future that no clock explains. One query."""
    last = NoticeCursor.objects.filter(pk="clock").values_list("marked_at", flat=True).first()
    return last is None or not timedelta(0) <= now - last < EVERY


def tell(now: datetime | None = None) -> int:
    """Make the notices of all that became late or old; return how many are told so. Six queries, each by an index, and
    one for each 500 notices. A kill keeps whole slices: the clock was not asked then, and the next round has the rest.
    """
    now = now or timezone.now()
    crowd, before = crowd_now(), Notice.objects.count()
    late = (notice for article, token in _overdue(now) for notice in _late(article, token, crowd, now))
    for some in batched(chain(late, _untouched(now)), _AT_ONCE):
        Notice.objects.bulk_create(some, ignore_conflicts=True)
    NoticeCursor.objects.update_or_create(pk="clock", defaults={"marked_at": now})
    return Notice.objects.count() - before


def _overdue(now):
    """Yield articles past their due day and articles that wait too long, as rows, each with what names that."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    rows = Article.objects.filter(due_on__lt=today, due_on__gte=today - BACK).exclude(state=State.DECLINED)
    rows = rows.exclude(state=State.APPROVED, is_pressed=True).order_by("due_on")
    for *row, due_on in rows.values_list(*_ROW, "due_on"):
        yield row, f"due:{due_on}"
    for state in deadlines.DEADLINES:
        late = deadlines.late_since(state, now)
        rows = Article.objects.filter(state=state, entered_at__lt=late, entered_at__gte=late - BACK)
        rows = rows.filter(is_pressed=False) if state == State.APPROVED else rows
        for *row, entered_at in rows.order_by("entered_at").values_list(*_ROW, "entered_at"):
            yield row, f"wait:{state}:{entered_at.timestamp():.6f}"


def _late(article, token, crowd, now):
    """Yield notices to whom something is late with: who decides or publishes, else its owner."""
    pk, owner, reviewer, state = article
    whom = Whom.DECIDERS if state in (State.IN_REVIEW, State.APPROVED) else Whom.OWNER
    for person in crowd.told(whom, owner, reviewer):
        yield Notice(person_id=person, kind=NoticeKind.OVERDUE, article_id=pk, token=token, made_at=now, due_at=now)


def _untouched(now):
    """Yield notices to owners of what readers see and nobody touched for a year, which ended lately."""
    year_ago = now - YEAR
    newer = LogEntry.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    live = Edition.objects.filter(article=OuterRef("article")).live(now)
    last = LogEntry.objects.filter(at__lt=year_ago, at__gte=year_ago - BACK, article__owner__is_active=True)
    last = last.filter(Exists(live), ~Exists(newer)).order_by("at").values_list("pk", "article_id", "article__owner_id")
    for pk, article, owner in last:
        words = {"token": f"year:{pk}", "made_at": now, "due_at": now}
        yield Notice(person_id=owner, kind=NoticeKind.UNTOUCHED, article_id=article, **words)
