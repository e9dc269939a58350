"""Tombstones of erased articles, and the signs by which such an article is known again: nothing of its words."""

import hashlib

from django.conf import settings
from django.db import models

from offerings.text.guarded import OwnPathField
from offerings.text.words import LineField, WordsField


class Tombstone(models.Model):
    """An erased article's place: which it was, where readers found it, its dates, who erased it, when and why.

    Nothing of its words is kept. ``number`` was its id; ``windows`` are from when to when readers saw it, as the log
    writes them.
    """

    number = models.PositiveBigIntegerField(unique=True)
    address = OwnPathField(max_length=700, blank=True, help_text="Where readers found it last; empty for never.")
    created_at = models.DateTimeField()
    first_published_at = models.DateTimeField(null=True, blank=True)
    windows = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    actor = LineField(max_length=200)
    at = models.DateTimeField()
    reason = WordsField(max_length=500)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "erased brief"
        default_permissions = ("view",)

    def __str__(self):
        return f"Brief {self.number}"


class TraceQuerySet(models.QuerySet):
    """Words for the signs by which an erased article is known again."""

    def of_slugs(self, slugs):
        """Return traces of articles that readers found at one of these slugs."""
        return self.filter(kind=Trace.Kind.SLUG, mark__in=slugs)

    def of_links(self, keys):
        """Return traces of articles that had one of these pages (duplicate keys) as a source, the newest first."""
        marks = [Trace.mark_of(key) for key in keys]
        return self.filter(kind=Trace.Kind.LINK, mark__in=marks).select_related("tombstone").order_by("-pk")

    def of_documents(self, keys):
        """Return traces of articles that documents of these keys had made."""
        marks = [Trace.mark_of(key) for key in keys]
        return self.filter(kind=Trace.Kind.DOCUMENT, mark__in=marks).select_related("tombstone")


class Trace(models.Model):
    """A sign by which an erased article is known again, should somebody bring it back.

    Its addresses stay in words, because readers come to them; pages it was made of and documents only as fingerprints.
    """

    class Kind(models.TextChoices):
        SLUG = "slug"
        LINK = "link"
        DOCUMENT = "document"

    tombstone = models.ForeignKey(Tombstone, on_delete=models.CASCADE, related_name="traces")
    kind = models.CharField(max_length=10, choices=Kind)
    mark = models.CharField(max_length=600)

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mark", "kind"], name="trace_by_mark")]
        default_permissions = ()

    def __str__(self):
        return f"{self.kind} of {self.tombstone}"

    @staticmethod
    def mark_of(key: str) -> str:
        """Return the fingerprint of a page's duplicate key or of a document's key. Pure."""
        return hashlib.sha256(key.encode()).hexdigest()
