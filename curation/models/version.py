"""What was reviewed: numbered snapshots of a working copy."""

from django.conf import settings
from django.db import models

from .article import Article


class Version(models.Model):
    """A snapshot of a working copy. Once ``sealed`` it never changes: submitting, approving and publishing name it.

    ``content`` has the shape that ``snapshots.snapshot`` gives; ``digest`` tells whether two hold the same words.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True, help_text="A name makes it easy to find again.")
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
