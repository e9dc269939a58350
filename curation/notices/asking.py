"""Asking to decide: others are asked no more once somebody is named who does, and again where nobody is any more."""

from collections import defaultdict

from django.db.models import F

from curation.models import LogEntry, Notice, NoticeKind, State

from .rules import Crowd, Whom


def settle(entries, articles, crowd: Crowd, now) -> None:
    """Have those asked to decide on articles who can by now, after rows of the log that named somebody or took it back.

    ``articles`` are owner, reviewer and state by id. Some queries for all rows, and one for each act of naming.
    """
    named = [entry for entry in entries if _names(entry) and entry.article_id in articles]
    freed = [entry for entry in entries if _frees(entry) and entry.article_id in articles]
    _ask_no_more(named)
    if freed:
        _ask_again(freed, articles, crowd, now)


def _names(entry):
    return entry.step == "assign" and bool(entry.details.get("reviewer"))


def _frees(entry):
    is_taken = entry.step == "assign" and "reviewer" in entry.details and not entry.details["reviewer"]
    return is_taken or (entry.step == "undo" and "assign" in entry.details.get("undone", ()))


def _ask_no_more(named):
    """Drop what asked others before somebody was named: at that instant, by which it is found again."""
    together = defaultdict(list)
    for entry in named:
        together[entry.at, entry.details["reviewer"]].append(entry)
    for (at, reviewer), rows in together.items():
        asked = Notice.objects.filter(article__in=[row.article_id for row in rows], kind=NoticeKind.DECIDE)
        asked = asked.filter(dropped_at=None, entry__lt=min(row.pk for row in rows))
        asked.exclude(person__username=reviewer).update(dropped_at=at)


def _ask_again(freed, articles, crowd, now):
    """Let what was dropped stand again for those who can decide by now, and ask who never was. Five queries."""
    last = {entry.article_id: entry for entry in freed if articles[entry.article_id][2] == State.IN_REVIEW}
    wanted = {(pk, one) for pk in last for one in crowd.told(Whom.DECIDERS, *articles[pk][:2])}
    assigned = LogEntry.objects.filter(article__in=last, step="assign").values_list("article_id", "at")
    moments = set(assigned)
    dropped = Notice.objects.filter(article__in=last, kind=NoticeKind.DECIDE, dropped_at__isnull=False)
    rows = dropped.values_list("pk", "article_id", "person_id", "dropped_at")
    again = [pk for pk, article, person, at in rows if (article, at) in moments and (article, person) in wanted]
    Notice.objects.filter(pk__in=again).update(dropped_at=None)
    asked = Notice.objects.filter(article__in=last, kind=NoticeKind.DECIDE, dropped_at=None)
    asked = set(asked.filter(article__entered_at__lte=F("due_at")).values_list("article_id", "person_id"))
    Notice.objects.bulk_create(
        [_asks(last[pk], person, now) for pk, person in sorted(wanted - asked) if person != last[pk].by_id],
        ignore_conflicts=True,
    )


def _asks(entry, person, now):
    """Return the unsaved notice that asks somebody to decide who was not asked when it came to review."""
    words = {"token": f"log:{entry.pk}", "entry": entry, "made_at": now, "due_at": entry.at}
    return Notice(person_id=person, kind=NoticeKind.DECIDE, article_id=entry.article_id, **words)
