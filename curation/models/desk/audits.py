"""Judgements of risk, and audits: approvals given at a glance that are put before a second pair of eyes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from curation.models.article import Article
from curation.models.history import Version
from offerings.text.words import WordsField


class Judgement(models.Model):
    """The risk of a Version's words, beside what readers saw as it was judged.

    An open Version is rewritten as its editing goes on: ``digest`` is that of the words that were judged.
    """

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="judgement")
    live = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, db_default="")  # workers of before write none

    def __str__(self):
        return f"{self.level} risk of {self.version}"


class Audit(models.Model):
    """An approval from the queue that was drawn by lot: somebody else looks again and says whether it was right."""

    class Verdict(models.TextChoices):
        RIGHT = "right", "it was right"
        WRONG = "wrong", "something was wrong"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="audits")
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="audit")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True, db_index=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    words = WordsField(blank=True, help_text="What was wrong.")

    class Meta:
        ordering = ["approved_at", "pk"]
        indexes = [models.Index(fields=["approved_at"], condition=Q(verdict=""), name="audit_still_open")]

    def __str__(self):
        return f"Audit of {self.version}"
