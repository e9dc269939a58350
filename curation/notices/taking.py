"""The pass: pending rows of the log and of discussions become notices, and what was undone takes its own back."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from curation import bulk, discussion
from curation.models import Article, BatchItem, Comment, LogEntry, Notice, NoticeKind
from curation.workflow import entry as entering
from curation.workflow import undoing
from curation.workflow.actors import REVIEW
from curation.workflow.board import absences

from . import asking, rules, streams

#: Rows of a history that was laid down or is older than this are no news.
NEWS = timedelta(days=14)
Item = BatchItem.State


def is_pending() -> bool:
    """Return whether the log or a discussion holds rows that nobody was told of yet. One query."""
    return streams.is_pending({"log": _log(), "comments": _comments()})


def take_pending(now: datetime | None = None) -> int:
    """Make the notices of all pending rows; return how many rows were read. A dozen queries for each 500 rows.

    Safe at any instant: a kill keeps whole slices, and the next pass makes what is missing and nothing twice.
    """
    now = now or timezone.now()
    is_told = Exists(Notice.objects.filter(entry=OuterRef("pk")))  # whoever it concerned when it was read first
    log, said = _log().filter(~is_told), _comments().select_related("article")
    return streams.read_on("log", log, lambda rows: _take_entries(rows, now), now) + streams.read_on(
        "comments", said, lambda rows: _take_comments(rows, now), now
    )


def tell_in_desk_alone(articles) -> None:
    """Tell of what was done to these articles in the desk and by no mail: of a history that was laid down at once."""
    take_pending()
    Notice.objects.filter(article__in=articles, planned_at=None).update(planned_at=timezone.now())


def _log():
    """Return the rows of the log that can tell anybody anything: no machine's, and no mere saving."""
    telling = Q(step__in=rules.STEPS - {"edit"}) | Q(rules.OUT_OF_APPROVED, step="edit")
    return LogEntry.objects.filter(telling, by__isnull=False, article__isnull=False)


def _comments():
    return Comment.objects.exclude(mentions=[]).filter(by__isnull=False)


def _take_entries(entries, now):
    fresh = [entry for entry in entries if now - entry.at < NEWS]
    if not fresh:
        return
    articles = {
        pk: people
        for pk, *people in Article.objects.filter(pk__in={entry.article_id for entry in fresh}).values_list(
            "pk", "owner_id", "reviewer_id", "state"
        )
    }
    crowd, batches = crowd_now(), _Batches(fresh)
    made, undone = [], []
    for entry in fresh:
        owner, reviewer, _ = articles.get(entry.article_id, (None, None, ""))
        batch = batches.of(entry)
        if entry.step == "undo":
            undone.append(entry)
        elif not batches.undoes(entry):
            made += [
                _notice(entry, rule, who, batch, now) for rule, who in rules.told_by(entry, owner, reviewer, crowd)
            ]
    Notice.objects.bulk_create([*made, *_of_discussion(fresh, now)], ignore_conflicts=True)
    _take_back(undone, batches.undone, now)
    asking.settle(fresh, articles, crowd, now)


def crowd_now() -> rules.Crowd:
    """Return who decides and who is away, now. Two queries."""
    deciders = entering.holders(REVIEW).values_list("pk", flat=True)
    return rules.Crowd(frozenset(deciders), frozenset(absences.away()))


def _notice(entry, rule, person, batch, now):
    """Return the unsaved notice of a row. What is done to many at once waits until that cannot be undone."""
    hold = bulk.UNDO_WITHIN if batch else rule.hold
    return Notice(
        person_id=person,
        kind=rule.kind,
        article_id=entry.article_id,
        token=f"log:{entry.pk}",
        entry=entry,
        edition_id=entry.edition_id if rule.of_edition else None,
        batch_id=batch,
        made_at=now,
        due_at=entry.at + hold,
    )


class _Batches:
    """Bulk work that rows of the log belong to: as what was done, or as what undid it. One query."""

    def __init__(self, entries):
        oldest = min(entry.at for entry in entries) - timedelta(days=1)
        kept = BatchItem.objects.filter(
            article__in={entry.article_id for entry in entries},
            batch__at__gte=oldest,
            state__in=(Item.DONE, Item.UNDONE, Item.KEPT),
        )
        self._items = defaultdict(list)
        for item in kept.select_related("batch"):
            self._items[item.article_id].append(item)
        self.undone = [item for items in self._items.values() for item in items if item.state == Item.UNDONE]

    def of(self, entry) -> int | None:
        """Return the bulk work (its key) that a row was done by, or None."""
        return next((item.batch_id for item in self._items[entry.article_id] if _did(item.batch, entry)), None)

    def undoes(self, entry) -> bool:
        """Return whether a row only undid, together with others, what was done together."""
        own = (item for item in self._items[entry.article_id] if item.state == Item.UNDONE)
        return any(
            item.batch.undone_by_id == entry.by_id and item.batch.undone_at <= entry.at and item.edit == entry.edit
            for item in own
        )


def _did(batch, entry):
    is_step = bulk.KINDS[batch.step].step == entry.step and batch.by_id == entry.by_id
    return is_step and batch.at <= entry.at and (batch.done_at is None or entry.at <= batch.done_at)


def _take_back(undone, items, now):
    """Drop the notices of decisions that were undone, and of bulk work that was."""
    for entry in undone:
        since = entry.at - undoing.WITHIN - timedelta(seconds=5)
        own = Notice.objects.filter(article=entry.article_id, entry__lt=entry.pk, entry__at__gte=since)
        own = own.filter(entry__step__in=entry.details.get("undone", ()), entry__by=entry.by_id)
        own.filter(dropped_at=None).update(dropped_at=now)
    by_batch = defaultdict(list)
    for item in items:
        by_batch[item.batch_id].append(item.article_id)
    for batch, articles in by_batch.items():
        Notice.objects.filter(batch=batch, article__in=articles, dropped_at=None).update(dropped_at=now)


def _take_comments(comments, now):
    """Tell those whom new comments call; whom they were given to, the log tells."""
    fresh = [one for one in comments if now - one.at < NEWS]
    called = discussion.mentioned_in(fresh)
    made = [
        _of_comment(comment, person.pk, now, due_at=comment.at)
        for comment in fresh
        for person in called[comment.pk]
        if person.pk != comment.assigned_to_id
    ]
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def _of_comment(comment, person, now, **more):
    """Return the unsaved notice of a comment that calls somebody or was given to them."""
    given = {"token": f"comment:{comment.pk}", "comment": comment, "made_at": now} | more
    return Notice(person_id=person, kind=NoticeKind.MENTIONED, article_id=comment.article_id, **given)


def _of_discussion(entries, now):
    """Return the notices of rows of the log that say that a comment was given to somebody or calls more people."""
    own = [entry for entry in entries if entry.step in rules.OF_DISCUSSION]
    keys = {entry.details.get("comment") for entry in own}
    comments = Comment.objects.select_related("article").in_bulk(keys) if keys else {}
    called = discussion.mentioned_in(list(comments.values()))
    made = []
    for entry, comment in ((entry, comments.get(entry.details.get("comment"))) for entry in own):
        if comment is None:
            continue
        if entry.step == "called":
            made += [_of_comment(comment, one.pk, now, due_at=entry.at) for one in called[comment.pk]]
        elif comment.assigned_to_id == entry.details.get("person") != entry.by_id:  # given on since, it tells the next
            token = {"token": f"given:{entry.pk}", "entry": entry, "due_at": entry.at}
            made.append(_of_comment(comment, comment.assigned_to_id, now, **token))
    return made
