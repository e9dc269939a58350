"""Discussion of a working copy: what colleagues say of it, and somebody outside who was asked about one Version."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from curation.models.article import Article
from curation.models.history import Version
from offerings.text.words import LineField, WordsField

_PERSON = settings.AUTH_USER_MODEL


class OutsideLink(models.Model):
    """A link by which somebody without an account reads one Version until a day, and says what they think of it.

    It is known by ``key``; of its secret only a digest is kept. The words that come with an opinion are a comment.
    """

    class Opinion(models.TextChoices):
        YES = "yes", "Yes, it is right"
        CHANGES = "changes", "It needs changes"
        COMMENT = "comment", "A comment only"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="outside_links")
    key = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    name = LineField(max_length=120)
    email = models.EmailField(blank=True)
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    actor = LineField(max_length=200, help_text="The name as it was then.")
    at = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opinion = models.CharField(max_length=10, choices=Opinion, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"outside: {self.name}"


class Comment(models.Model):
    """A remark on a working copy, or an answer to one (``parent``). ``words`` are written in light Markdown.

    It is about the whole brief, a ``field``, or a ``sentence`` of one, known by its words as they were then. One that
    ``blocks`` holds back approval until it is settled (``resolved_at``). Removed after it was answered it stays
    without words. ``mentions`` are the names in it that meant somebody when it was written.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    outside = models.OneToOneField(OutsideLink, on_delete=models.CASCADE, null=True, blank=True, related_name="comment")
    field = models.CharField(max_length=20, blank=True)
    sentence = WordsField(max_length=1000, blank=True)
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    actor = LineField(max_length=200, help_text="The name as it was then.")
    words = WordsField(max_length=4000, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    blocks = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | Q(blocks=False, field="", sentence="", assigned_to=None, outside=None),
                name="answers_are_about_their_comment",
            ),
            models.CheckConstraint(condition=Q(sentence="") | ~Q(field=""), name="sentences_stand_in_a_field"),
        ]

    def __str__(self):
        return f"{self.actor}: {self.words[:80]}"
