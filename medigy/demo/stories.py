"""Stories of the demo's articles, from their texts to the steps that led where they stand, and when."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from curation import workflow
from curation.images.covers.pen import Dice

from .people import Newsroom
from .texts import Text

#: Words of the first Edition of a corrected article, beside those of now.
FIRST_SAID = {
    "35-limits-for-one": ("1,240", "1,420"),
    "45-cottage-door": ("13,000", "30,000"),
}


@dataclass(frozen=True)
class Event:
    """One step of one article at its moment."""

    at: datetime
    name: str
    article: str
    by: workflow.Past
    details: dict = field(default_factory=dict)


class Story:
    """One article's way through the newsroom: what it holds, and the events that led to the state its text names."""

    def __init__(self, text: Text, now: datetime, newsroom: Newsroom, changes: dict):
        self.text, self.now, self.changes = text, now, changes
        self.writer = newsroom.writer(text.matter["byline"])
        self.decider = newsroom.decider(self.writer)
        self.unclaimed = text.matter["byline"] not in newsroom.by_name
        self.dice = Dice(zlib.crc32(text.name.encode()))
        self.at = self.ago("days_ago")

    def ago(self, key):
        """Return the moment that the text gives as days before now."""
        return self.now - timedelta(days=self.text.matter[key])

    def before(self, at, low, high):
        """Return a moment between so many hours before another."""
        return at - timedelta(hours=self.dice.between(low, high))

    def events(self) -> Iterator[Event]:
        """Yield everything that happened to it, in the order of time."""
        yield from _LIVES[self.text.matter["state"]](self)
        if "planned_days_ahead" in self.text.matter:
            day = timezone.localdate(self.now) + timedelta(days=self.text.matter["planned_days_ahead"])
            yield self.event(self.at + timedelta(minutes=9), "plan", self.decider, planned_on=day)

    @property
    def source_published(self):
        """The day the page it is about appeared."""
        return self.at - timedelta(days=self.text.matter["source"]["published_days_before"])

    def event(self, moment, name, by=None, **details):
        return Event(moment, name, self.text.name, by or self.writer, details)

    def approved(self, at):
        """Yield the events of writing it, sending it to review, and approving it at a moment."""
        submitted = self.before(at, 1.5, 7)
        yield from self.submitted(submitted)
        yield self.event(at, "approve", self.decider)

    def submitted(self, at):
        """Yield the events of writing it and sending it to review at a moment."""
        changes = self.changes
        if self.text.name in FIRST_SAID:
            now, then = FIRST_SAID[self.text.name]
            changes = changes | {"body": changes["body"].replace(now, then)}
        yield self.event(self.before(at, 2, 30), "begin", changes=changes)
        yield self.event(at, "submit")

    def published(self, **window):
        yield from self.approved(self.before(self.at, 0.1, 0.8))
        yield self.event(self.at, "publish", self.decider, **window)
        if "updated_note" in self.text.matter:
            yield from self.corrected(self.ago("updated_days_ago"))
        if "revision" in self.text.matter:
            yield from self.revised(self.text.matter["revision"])

    def corrected(self, at):
        """Yield a correction, reviewed like anything else, and pressed as a second Edition at a moment."""
        wrote = self.before(at, 1.2, 3)
        yield from self.edited(wrote, self.changes["body"])
        yield self.event(self.before(at, 0.2, 1), "approve", self.decider)
        yield self.event(at, "publish", self.decider, note=self.text.matter["updated_note"])

    def edited(self, at, body):
        """Yield the edit of an approved text, in review by itself or sent there, as the newsroom has it."""
        yield self.event(at, "edit", changes={"body": body})
        if settings.EDITED_AFTER_APPROVAL == "draft":
            yield self.event(at + timedelta(minutes=4), "submit")

    def revised(self, revision):
        """Yield an edit of what readers see, sent to review and not decided on yet."""
        at, body = self.now - timedelta(days=revision["days_ago"]), self.changes["body"]
        for then, now in revision["words"]:
            body = body.replace(then, now)
        yield from self.edited(at, body)

    def expired(self):
        yield from self.published(until=self.ago("expired_days_ago"))

    def withdrawn(self):
        yield from self.published()
        yield self.event(self.ago("withdrawn_days_ago"), "withdraw", self.decider, reason=self.text.matter["reason"])

    def scheduled(self):
        yield from self.published(at=self.now + timedelta(days=self.text.matter["days_ahead"]))

    def draft(self):
        """Yield the event of beginning it; where its writer has no account, it is left for any curator to claim."""
        yield self.event(self.at, "begin", changes=self.changes)
        if self.unclaimed:
            yield self.event(self.at + timedelta(minutes=3), "release")

    def in_review(self):
        yield from self.submitted(self.at)

    def changes_requested(self):
        yield from self.decided("return")

    def declined(self):
        yield from self.decided("decline")

    def decided(self, name):
        """Yield the events of sending it to review, and of a decision with a reason."""
        yield from self.submitted(self.before(self.at, 2, 20))
        yield self.event(self.at, name, self.decider, reason=self.text.matter["reason"])


_LIVES = {
    "published": Story.published,
    "expired": Story.expired,
    "withdrawn": Story.withdrawn,
    "scheduled": Story.scheduled,
    "draft": Story.draft,
    "in_review": Story.in_review,
    "changes_requested": Story.changes_requested,
    "approved": lambda story: story.approved(story.at),
    "declined": Story.declined,
}
