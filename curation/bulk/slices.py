"""One slice of a batch: trying, doing or undoing it for some articles."""

from collections import defaultdict
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from curation import workflow
from curation.editing import versions
from curation.models import Article, ArticleTopic, Batch, BatchItem, LogEntry
from curation.publishing import press

from .table import INVERSES, KINDS

Item = BatchItem.State


@contextmanager
def _without_effect():
    """Roll back all that is written inside, and with it whatever was to happen afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class BatchSlice:
    """One slice of a batch: its items, their articles as they are now, and what each of them needs."""

    def __init__(self, batch, by, items):
        self.batch, self.by, self.items, self.kind = batch, by, items, KINDS[batch.step]
        self.articles = Article.objects.defer("body", "insights").in_bulk([item.article_id for item in items])
        for item in items:
            self.articles[item.article_id].edit = item.edit

    def try_out(self):
        """Take the step, see how it could be undone, and roll both back."""
        self._note_before()
        with _without_effect():
            taken = self._take_step()
            self._note_inverses(taken)
        for item in self.items:
            self._settle(item, taken, Item.READY)

    def do(self):
        """Take the step for good, of what the trial was told about."""
        taken = self._take_step()
        for item in self.items:
            self._settle(item, taken, Item.DONE)
            if item.state == Item.DONE:
                item.edit = taken.log[item.article_id].edit

    def _settle(self, item, taken, well):
        refusal = taken.refused.get(item.article_id)
        if refusal is not None:
            item.state, item.code, item.words, item.undo = Item.REFUSED, refusal.code, str(refusal), ""
            return
        logged = taken.log[item.article_id]
        item.state, item.was, item.becomes = well, logged.from_state, logged.to_state

    def _take_step(self):
        """Take the step for all items that it is not idle for."""
        details, each = self._details(), {item.article_id: self._own_details(item) for item in self.items}
        idle = {pk: own for pk, own in each.items() if own is None}
        articles = [self.articles[item.article_id] for item in self.items if item.article_id not in idle]
        each = {pk: own for pk, own in each.items() if own}
        taken = workflow.take_many(self.kind.step, articles, by=self.by, each=each, **details)
        taken.refused |= {pk: workflow.StepRefused(_IDLE[self.batch.step], "same") for pk in idle}
        return taken

    def _details(self):
        """Return what all items share, as the workflow wants it."""
        told = dict(self.batch.details.get("told", {}))
        told.pop("topic", None)
        people = get_user_model().objects.in_bulk([pk for name in _PEOPLE if (pk := told.get(name))])
        told |= {name: people.get(told[name]) for name in _PEOPLE if name in told}
        return told | {name: parse_datetime(told[name]) for name in ("at", "until") if name in told}

    def _own_details(self, item):
        """Return one item's own details: its Version, or its topics; None where nothing is left to do."""
        if self.batch.step == "approve":
            return {"version": item.before.get("version")}
        if self.batch.step == "claim":
            return None if self.articles[item.article_id].owner_id == self.by.pk else {}
        if self.kind.step != "edit":
            return {}
        topics, wanted = self._topics[item.article_id], self.batch.details["told"]["topic"]
        others = [row for row in topics if row["topic"] != wanted]
        changed = others if self.batch.step == "remove_topic" else [*topics, {"topic": wanted, "spelling": ""}]
        has_it = len(others) != len(topics)
        return {"changes": {"topics": changed}} if has_it == (self.batch.step == "remove_topic") else None

    @property
    def _topics(self):
        """Every article's topics in a snapshot's shape, by article id. One query, the first time."""
        if not hasattr(self, "_filed"):
            self._filed = defaultdict(list)
            filed = ArticleTopic.objects.filter(content_object__in=self.articles).order_by("position")
            for pk, topic, spelling in filed.values_list("content_object_id", "tag_id", "spelling"):
                self._filed[pk].append({"topic": topic, "spelling": spelling})
        return self._filed

    # Facts for undoing ---------------------------------------------------------------------------------------------

    def _note_before(self):
        """Note of each item what it is now: whose, what readers see, its topics, its newest Version."""
        windows = press.Windows(self.articles.values(), timezone.now()) if self.batch.step in _REACHING else None
        newest = versions.latest(self.articles.values()) if self.batch.step == "approve" else {}
        for item in self.items:
            article = self.articles[item.article_id]
            item.before = {"owner": article.owner_id, "reviewer": article.reviewer_id, "state": article.state}
            if windows:
                item.before |= _seen_by_readers(windows, article)
            if self.kind.step == "edit":
                item.before["topics"] = self._topics[article.pk]
            if article.pk in newest:
                item.before |= {"version": newest[article.pk].pk, "number": newest[article.pk].number}

    def _note_inverses(self, taken):
        """Ask of each item that took the step whether ``by`` could undo it, while it is as it will be."""
        done = [item for item in self.items if item.article_id in taken.log]
        windows = press.Windows([self.articles[item.article_id] for item in done], timezone.now())
        for item in done:
            article = self.articles[item.article_id]
            inverse = INVERSES[self.batch.step, self._circumstance(item)]
            why = workflow.refusal(workflow.STEPS[inverse.step], article, self.by, windows) if inverse.step else None
            item.undo, item.undo_words = ("", str(why)) if why else (inverse.step, inverse.words)

    def _circumstance(self, item):
        """Return the line of ``INVERSES`` that an item stands in."""
        before, told = item.before, self.batch.details.get("told", {})
        if self.batch.step == "publish" and told.get("at"):
            return "later"
        if self.batch.step in _REACHING:
            return "live" if before["live"] else "scheduled" if before["scheduled"] else "unseen"
        if self.batch.step in _OWNING:
            return "unclaimed" if before["owner"] is None else "own" if before["owner"] == self.by.pk else "owned"
        return before["state"]

    # Undoing -------------------------------------------------------------------------------------------------------

    def undo(self):
        """Take of each item the step that undoes it; what somebody touched since, or what nothing undoes, is kept."""
        groups = defaultdict(list)
        for item in self.items:
            groups[item.undo].append(item)
        for item in groups.pop("", ()):
            item.state, item.code, item.words = Item.KEPT, "none", item.undo_words
        for step, items in groups.items():
            self._undo_by(step, items)

    def _undo_by(self, step, items):
        people = get_user_model().objects.in_bulk({item.before[name] for item in items for name in _PEOPLE} - {None})
        each = {item.article_id: _undoing(step, item, people) for item in items}
        articles = [self.articles[item.article_id] for item in items]
        taken = workflow.take_many(step, articles, by=self.by, each=each, reason=reason(self.batch))
        touched = self._touched([item for item in items if item.article_id in taken.refused])
        for item in items:
            refusal = taken.refused.get(item.article_id)
            item.state = Item.KEPT if refusal else Item.UNDONE
            if refusal:
                item.code, item.words = refusal.code, touched.get(item.article_id, str(refusal))
            else:
                logged = taken.log[item.article_id]
                item.edit, item.becomes = logged.edit, logged.to_state

    def _touched(self, items):
        """Return who was at these articles since, in words, by article id."""
        seen, found = {item.article_id: item.edit for item in items}, {}
        entries = LogEntry.objects.filter(article__in=seen, at__gte=self.batch.at).order_by("pk") if seen else ()
        for entry in entries:
            if entry.edit > seen[entry.article_id]:
                found[entry.article_id] = f"{entry.actor} was at it since, so it is left as it is."
        return found


_PEOPLE = ("owner", "reviewer")
_REACHING, _OWNING = {"publish", "withdraw"}, {"claim", "release", "assign"}
_IDLE = {
    "claim": "It is yours already.",
    "add_topic": "It is filed under this topic already.",
    "remove_topic": "It is not filed under this topic.",
}


def _seen_by_readers(windows, article):
    live, scheduled = windows.live(article), windows.scheduled(article)
    return {"live": live.pk if live else None, "scheduled": bool(scheduled)}


def _undoing(step, item, people):
    """Return the details of one item's inverse step."""
    before = item.before
    if step == "assign":
        return {name: people.get(before[name]) for name in _PEOPLE}
    if step == "roll_back":
        return {"edition": before["live"]}
    return {"changes": {"topics": before["topics"]}} if step == "edit" else {}


def reason(batch: Batch) -> str:
    """Return the reason that the log gives for undoing."""
    return f"Undone together: {KINDS[batch.step].label.lower()}, bulk work {batch.pk}."
