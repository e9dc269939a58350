"""The inbox of one person: how much is new, and all that they were told, folded by brief and by bulk work."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from curation import bulk
from curation.models import Notice, NoticeKind, State, roles
from curation.sql import compiled_queries
from curation.workflow.actors import REVIEW

from . import words

LARGEST = 99  # that the bell counts; more are “99+”
_SHOWN = 300  # notices that a page is made of
KEPT = timedelta(days=90)  # after that, nobody looks


def unread(person, now: datetime | None = None) -> int:
    """Return how many briefs and pieces of bulk work have something new for somebody, up to 100. One query.

    Compiled once for those who decide and once for others: every page of the desk asks.
    """
    now, decides = now or timezone.now(), roles.may(person, REVIEW)
    given = {"person": person.pk, "now": now, "bulk_before": now - bulk.UNDO_WITHIN}
    return len(compiled_queries.rows(("bell", decides), lambda **v: _unread(decides, **v), **given))


def _unread(decides, person, now, bulk_before):
    new = Notice.objects.standing(now, bulk_before).visible_to(person, decides).wanted_in_desk(person)
    return new.filter(seen_at=None).with_fold().order_by().values_list("fold").distinct()[: LARGEST + 1]


def standing_for(person, now: datetime):
    """Return the notices that are true now and of what somebody may see now. No query; the rows are loaded with it."""
    told = Notice.objects.standing(now, now - bulk.UNDO_WITHIN).visible_to(person.pk, roles.may(person, REVIEW))
    return told.with_fold().with_hour().select_related("article", "entry__by", "comment__by", "batch").only(*_COLUMNS)


_PERSON = ("username", "first_name", "last_name")
_COLUMNS = (
    *("person", "kind", "token", "due_at", "seen_at", "article__title", "article__state", "article__due_on"),
    *("entry__step", "entry__actor", "entry__reason", "batch__step", *(f"entry__by__{name}" for name in _PERSON)),
    *("comment__words", "comment__actor", "comment__assigned_to", *(f"comment__by__{name}" for name in _PERSON)),
)


@dataclass
class Line:
    """A line of what somebody is told: its newest notice, and those that are told with it."""

    notice: Notice
    others: list[Notice] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """True until somebody read it."""
        return self.notice.seen_at is None

    @property
    def told_at(self) -> datetime:
        """The hour of its newest notice."""
        return self.notice.told_at

    @property
    def count(self) -> int:
        """The number of briefs that bulk work did something to; 1 for anything else."""
        return len({one.article_id for one in self.all}) if self.notice.batch_id else 1

    @property
    def all(self) -> list[Notice]:
        """Every notice of the line, the newest first."""
        return [self.notice, *self.others]

    @property
    def before(self) -> str:
        """The words before the brief’s name."""
        return words.sentence(self.notice)[0]

    @property
    def thing(self) -> str:
        """The brief's name, or how many there are."""
        return f"{self.count:,} briefs" if self.count > 1 else str(self.notice.article)

    @property
    def behind(self) -> str:
        """The words behind the brief’s name."""
        return words.sentence(self.notice)[1]

    @property
    def tail(self) -> str:
        """The words behind the brief's name, where they stand on a line of their own."""
        return self.behind.lstrip(", ")

    @property
    def quote(self) -> str:
        """The reason or comment that came with it."""
        return "" if self.count > 1 else words.quote(self.notice)

    @property
    def actor(self):
        """The account of who did it, or None."""
        row = self.notice.entry or self.notice.comment
        return row and row.by

    @property
    def earlier(self) -> list[str]:
        """Other things that happened to the same brief, in short, the newest first."""
        if self.notice.batch_id:
            return []
        return [" ".join(part.strip(":, ") for part in words.sentence(one) if part) for one in self.others]

    @property
    def subject(self) -> str:
        """The line as one text, the brief's name in quotes."""
        name = self.thing if self.count > 1 else f"“{self.thing}”"
        return f"{self.before} {name}{self.behind}"


def folded(notices) -> list[Line]:
    """Return notices, newest first, as lines: those of one brief or bulk work on one day, new ones apart from read."""
    lines: dict[tuple, Line] = {}
    for notice in notices:
        day = timezone.localtime(notice.told_at).date()
        kind = notice.kind if notice.batch_id else ""
        key = (day, notice.fold, notice.seen_at is None, kind)
        if key in lines:
            lines[key].others.append(notice)
        else:
            lines[key] = Line(notice)
    return list(lines.values())


def told_to(person, now: datetime | None = None) -> list[Line]:
    """Return what somebody was told in the desk, newest first: the last 300 notices, folded. One query."""
    now = now or timezone.now()
    wanted = standing_for(person, now).wanted_in_desk(person.pk)
    return folded(wanted.order_by("-told_at", "-pk")[:_SHOWN])


def opened(person, pk: int) -> Notice | None:
    """Return a notice that somebody was told and may still look at, or None. One query."""
    return standing_for(person, timezone.now()).filter(pk=pk).first()


def decides(notice, person) -> bool:
    """Return whether what a notice leads to is a decision of ``person``. No query."""
    waits = notice.kind == NoticeKind.DECIDE and notice.article.state == State.IN_REVIEW
    return waits and roles.may(person, REVIEW)


def mark_read(person, notice: Notice | None = None) -> int:
    """Mark all that somebody was told until now as read, or what is told together with one notice. One query."""
    now = timezone.now()
    new = Notice.objects.standing(now, now - bulk.UNDO_WITHIN).filter(person=person, seen_at=None)
    if notice is not None:
        new = new.filter(batch=notice.batch_id) if notice.batch_id else new.filter(article=notice.article_id)
    return new.update(seen_at=now)
