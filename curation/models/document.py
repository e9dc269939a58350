"""Origins of articles: a file of the old pipeline, or a work package in OpenProject."""

import zlib

from django.db import models

from .article import Article
from .history import Version


class Document(models.Model):
    """A file that an import took: its bytes (compressed), what had no column, and the Version it made.

    ``key`` recognises it wherever it lies: its ``source`` and ``id``, else its slug. ``edit`` is the article's edit
    when the import had done with it: while the two agree, no person has touched the article.
    """

    key = models.CharField(max_length=700, unique=True)
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="document")
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name="+")
    format = models.CharField(max_length=20)
    path = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64)
    edit = models.PositiveIntegerField(default=0)
    published = models.BooleanField(default=True, help_text="Whether readers see the Version it made.")
    leftovers = models.JSONField(default=dict, blank=True)
    packed = models.BinaryField()

    class Meta:
        ordering = ["path"]

    def __str__(self):
        return self.path

    @property
    def data(self):
        """The file's bytes, as they were read."""
        return zlib.decompress(self.packed)


class WorkPackage(models.Model):
    """The work package that an article came from."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="work_package")
    number = models.BigIntegerField()
    source = models.CharField(max_length=200, blank=True)
    type = models.CharField(max_length=200, blank=True)
    custom_fields = models.JSONField(default=dict, blank=True)
    attachments = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_article_per_work_package")]

    def __str__(self):
        return f"{self.source} {self.number}".strip()
