"""Models of what people decide about topics: which went into which, what that moved, and which are to stay apart."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from offerings.models import Topic
from offerings.text.words import LineField

_PERSON = settings.AUTH_USER_MODEL


class TopicMerge(models.Model):
    """One topic that went into another, by whom and when; with its ``MovedRows`` all that undoing needs.

    The topic's row stays, and points at the one it went into: sealed Versions name it by its id. ``details`` holds
    what is no row of many: the spellings that became synonyms, addresses that led to the topic, topics that had gone
    into it before, and how much there was of each thing.
    """

    class Stage(models.TextChoices):
        GOING = "going", "going"
        DONE = "done", "done"
        RETURNING = "returning", "being undone"
        UNDONE = "undone", "undone"

    UNDO_WITHIN = timedelta(days=90)

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="taken_in")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.GOING)
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    actor = LineField(max_length=200)
    at = models.DateTimeField()
    undone_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = "merge of topics"
        verbose_name_plural = "merges of topics"
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=~Q(stage="undone"), name="topic_goes_into_one_topic_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(topic=F("into")), name="topic_goes_into_another_one"),
        ]

    def __str__(self):
        return f"“{self.topic}” into “{self.into}”"

    @property
    def undo_until(self):
        """The moment until which it can be undone."""
        return self.at + self.UNDO_WITHIN

    @property
    def is_undoable(self) -> bool:
        """True if it is done, and not too long ago."""
        return self.stage == self.Stage.DONE and timezone.now() <= self.undo_until


class MovedRows(models.Model):
    """Rows of one slice of a merge: those that name the other topic now, and those that went because it was there.

    ``moved`` are triples of key, what the row is of, and whether it got the topic's name for its spelling; ``removed``
    are rows as they were, each with the key of the row ``beside`` it that stayed.
    """

    merge = models.ForeignKey(TopicMerge, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20)
    moved = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    is_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.kind}: {len(self.moved)} moved, {len(self.removed)} removed"


class KeptApart(models.Model):
    """Two topics that look alike and are not the same, as somebody said; the first has the lower key."""

    first = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="kept_from_later")
    second = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="kept_from_earlier")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="topics_kept_apart_once")]

    def __str__(self):
        return f"“{self.first}” is not “{self.second}”"
