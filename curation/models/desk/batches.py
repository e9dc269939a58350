"""Batches: work for many articles at once, each with what became of it."""

from django.conf import settings
from django.db import models

from curation.models.article import Article
from offerings.text.words import LineField, WordsField

_PERSON = settings.AUTH_USER_MODEL


class Batch(models.Model):
    """One kind of work for many articles at once: chosen, tried without effect, done in slices, perhaps undone."""

    class Stage(models.TextChoices):
        ASKING = "asking", "waiting for details"
        TRYING = "trying", "being tried"
        TRIED = "tried", "tried, not done"
        DOING = "doing", "being done"
        DONE = "done", "done"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone", "undone"

    by = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=20)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ASKING)
    details = models.JSONField(default=dict)
    note = LineField(max_length=300, blank=True, help_text="How the choice differs from what was on the screen.")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self):
        return f"bulk work {self.pk}"


class BatchItem(models.Model):
    """An article of a batch: the edit that was seen of it (once done, the edit it has since) and what came of it.

    ``words`` say why not; ``undo`` names the step that would undo it, ``undo_words`` what that leaves different or why
    it cannot be; ``before`` is what undoing has to know.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        READY = "ready", "can be done"
        REFUSED = "refused", "refused"
        DONE = "done", "done"
        UNDONE = "undone", "undone"
        KEPT = "kept", "left as it is"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    edit = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    code = models.CharField(max_length=20, blank=True)
    words = WordsField(blank=True)
    was = models.CharField(max_length=20, blank=True)
    becomes = models.CharField(max_length=20, blank=True)
    undo = models.CharField(max_length=20, blank=True)
    undo_words = WordsField(blank=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "article"], name="once_per_batch")]
        indexes = [models.Index(fields=["batch", "state", "id"], name="batch_items_by_state")]

    def __str__(self):
        return f"{self.batch}, {self.article_id}: {self.get_state_display()}"
