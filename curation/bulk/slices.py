"""One slice of a batch: trying, doing or undoing it for some articles."""

from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from curation import workflow
from curation.editing import versions
from curation.models import Article, ArticleTopic, Batch, BatchItem, LogEntry
from curation.models.fields import CLOCK
from curation.publishing import press
from curation.risk import audits
from curation.workflow import undoing
from offerings.models import Topic

from . import table
from .table import ALTERNATIVES, KINDS, NOTHING

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
            self._note_undoing(taken)
        for item in self.items:
            self._settle(item, taken, Item.READY)

    def do(self):
        """Take the step for good, of what the trial was told about."""
        taken = self._take_step()
        audits.draw_many(taken.log.values())
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
        """Return what all items share, as the workflow wants it; what is published now goes out a little later."""
        told = dict(self.batch.details.get("told", {}))
        if self.batch.step == "publish":
            out = parse_datetime(self.batch.details.get("out", "")) or timezone.now() + table.OUT_AFTER
            told["at"] = max(out, undoing.soonest()).isoformat()
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
        topics, wanted = self._topics[item.article_id], self._topic
        others = [row for row in topics if row["topic"] != wanted]
        changed = others if self.batch.step == "remove_topic" else [*topics, {"topic": wanted, "spelling": ""}]
        has_it = len(others) != len(topics)
        return {"changes": {"topics": changed}} if has_it == (self.batch.step == "remove_topic") else None

    @cached_property
    def _topic(self):
        """The topic of the batch, or the one that it went into since. One query."""
        told = self.batch.details["told"]["topic"]
        return Topic.objects.successors([told]).get(told, (told,))[0]

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
        """Note of each item what its step does not have the log keep: its words, what readers see, its Version."""
        windows = press.Windows(self.articles.values(), timezone.now()) if self.kind.step == "publish" else None
        newest = versions.latest(self.articles.values()) if self.batch.step == "approve" else {}
        for item in self.items:
            article = self.articles[item.article_id]
            if windows:
                item.before = _seen_by_readers(windows, article)
            if self.kind.step == "edit":
                clock = article.modified_at and article.modified_at.isoformat()
                item.before = {"words": {"topics": self._topics[article.pk], CLOCK: clock}}
            if article.pk in newest:
                item.before = {"version": newest[article.pk].pk, "number": newest[article.pk].number}

    def _note_undoing(self, taken):
        """Undo each item that took the step, to see whether ``by`` can while it is as it will be."""
        done = [item for item in self.items if item.article_id in taken.log]
        undone = self._undo_exactly(done)
        for item in done:
            why = undone.refused.get(item.article_id)
            item.undo, item.undo_words = ("", str(why)) if why else ("undo", self._alternative(item).words)

    def _alternative(self, item):
        """Return what can be done about an item that readers have seen."""
        before = item.before
        seen = "live" if before.get("live") else "scheduled" if before.get("scheduled") else "unseen"
        return ALTERNATIVES.get((self.kind.step, seen), NOTHING)

    # Undoing -------------------------------------------------------------------------------------------------------

    def undo(self):
        """Put each item back as its step found it; what readers saw is taken from them, what was touched is kept."""
        for item in self.items:
            if not item.undo:
                item.state, item.code, item.words = Item.KEPT, "none", item.undo_words
        can = [item for item in self.items if item.undo]
        undone = self._undo_exactly(can)
        seen = [item for item in can if _code(undone, item) == "seen"]
        self._settle_undone([item for item in can if item not in seen], undone)
        for item in can:
            item.undo_words = item.undo_words if item in seen else ""
        groups = defaultdict(list)
        for item in seen:
            groups[self._alternative(item).step].append(item)
        for step, items in groups.items():
            self._undo_otherwise(step, items)

    def _undo_exactly(self, items):
        words = {item.article_id: item.before["words"] for item in items if "words" in item.before}
        articles = [self.articles[item.article_id] for item in items]
        return workflow.undo_many(articles, by=self.by, reason=reason(self.batch), words=words)

    def _undo_otherwise(self, step, items):
        """Take a step that makes up for what readers have seen."""
        each = {item.article_id: {"edition": item.before["live"]} for item in items if step == "roll_back"}
        articles = [self.articles[item.article_id] for item in items]
        taken = workflow.take_many(step, articles, by=self.by, each=each, reason=reason(self.batch))
        self._settle_undone(items, taken)

    def _settle_undone(self, items, taken):
        """Write down what came of undoing these items."""
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
_IDLE = {
    "claim": "It is yours already.",
    "add_topic": "It is filed under this topic already.",
    "remove_topic": "It is not filed under this topic.",
}


def _seen_by_readers(windows, article):
    live, scheduled = windows.live(article), windows.scheduled(article)
    return {"live": live.pk if live else None, "scheduled": bool(scheduled)}


def _code(outcome, item):
    refusal = outcome.refused.get(item.article_id)
    return refusal and refusal.code


def reason(batch: Batch) -> str:
    """Return the reason that the log gives for undoing."""
    return f"Undone together: {KINDS[batch.step].label.lower()}, bulk work {batch.pk}."
