"""The past of an article: numbered snapshots of its working copy, and the log of its steps."""

from django.conf import settings
from django.db import models

from offerings.text.words import LineField, WordsField

from .article import Article


class Version(models.Model):
    """A snapshot of a working copy. Once ``sealed`` it never changes: submitting, approving and publishing name it.

    ``content`` has the shape that ``snapshots.snapshot`` gives; ``digest`` tells whether two hold the same words.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = LineField(max_length=120, blank=True, help_text="A name makes it easy to find again.")
    sealed = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="versions_are_numbered")]

    def __str__(self):
        return f"Version {self.number}" + (f" “{self.name}”" if self.name else "")


class LogEntry(models.Model):
    """One step that was taken: by whom, from which state to which, naming the Version and Edition it concerned.

    ``actor`` is the name as it was then, so that the log stays readable when an account is gone.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="log")
    step = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    actor = LineField(max_length=200)
    at = models.DateTimeField(db_index=True)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    edit = models.PositiveIntegerField(help_text="The article's edit after the step.")
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    edition = models.ForeignKey("Edition", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = WordsField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "curation_logged"  # as older databases have it: one migration stands for all (decision 35)
        ordering = ["-id"]
        verbose_name = "log entry"
        verbose_name_plural = "log"

    def __str__(self):
        return f"{self.step} by {self.actor}"
