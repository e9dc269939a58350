"""Notices: what somebody is told of, how they like to be told of it, and the letters that carry it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, When

from curation.models.article import Article, State
from curation.models.edition import Edition
from curation.models.history import LogEntry
from offerings.text.words import LineField

from .batches import Batch
from .discussion import Comment

_PERSON = settings.AUTH_USER_MODEL


class NoticeKind(models.TextChoices):
    """Kinds of notices, in the order in which people choose how they are told."""

    DECIDE = "decide", "For you to decide"
    RETURNED = "returned", "Returned or declined"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published, put back or withdrawn"
    MENTIONED = "mentioned", "You are mentioned"
    OVERDUE = "overdue", "Overdue"
    UNTOUCHED = "untouched", "Untouched for a year"


class NoticeQuerySet(models.QuerySet):
    """Words for notices."""

    def standing(self, now: datetime, bulk_before: datetime):
        """Return what is due and still true: nothing undone, decided meanwhile, removed, or not out yet.

        ``bulk_before`` is when bulk work must have been done that cannot be undone any more. What was begun and left
        half done is told as well, once each brief's own ten minutes have passed twice.
        """
        is_out = Q(edition__live_from__lte=now, edition__live_until__gt=F("edition__live_from"))
        settled = Q(batch__stage__in=(Batch.Stage.DONE, Batch.Stage.UNDONE), batch__done_at__lte=bulk_before)
        left = Q(batch__stage__in=(Batch.Stage.DOING, Batch.Stage.UNDOING), due_at__lte=bulk_before)
        return self.filter(
            Q(edition=None) | is_out,
            Q(batch=None) | settled | left,
            Q(comment=None) | Q(comment__removed_at=None),
            ~Q(kind=NoticeKind.DECIDE) | Q(article__state=State.IN_REVIEW),
            ~Q(kind__in=(NoticeKind.DECIDE, NoticeKind.OVERDUE)) | Q(article__entered_at__lte=F("due_at")),
            due_at__lte=now,
            dropped_at=None,
        )

    def visible_to(self, person: int, decides: bool):
        """Return notices to somebody (a primary key) of articles that they see: all, or their own and nobody's."""
        own = self.filter(person=person)
        if decides:
            return own
        return own.exclude(kind=NoticeKind.DECIDE).filter(Q(article__owner=person) | Q(article__owner=None))

    def wanted_in_desk(self, person: int):
        """Leave out the kinds that somebody does not want in their desk."""
        return self.exclude(Exists(NoticeChoice.objects.filter(person=person, kind=OuterRef("kind"), in_desk=False)))

    def with_fold(self):
        """Add of each what it is told together with (``fold``): others of its article, or of its bulk work."""
        return self.annotate(
            fold=Case(
                When(batch__isnull=False, then=-F("batch_id")), default=F("article_id"), output_field=IntegerField()
            )
        )

    def with_hour(self):
        """Add of each the hour from which it was told (``told_at``): where it tells of an Edition, that one's first."""
        opens_later = Q(edition__live_from__gt=F("due_at"))
        return self.annotate(told_at=Case(When(opens_later, then="edition__live_from"), default="due_at"))


class Letter(models.Model):
    """A mail that has to go out: a person's digest of one ``day``, or what is told at once. It is tried until it went.

    ``error`` says in words why the last attempt failed; at ``gave_up_at`` nobody tries any more.
    """

    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(null=True, blank=True, help_text="The newsroom's day of a digest.")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = LineField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_per_day")]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(sent_at=None, gave_up_at=None), name="letters_to_send"),
            models.Index(fields=["-id"], condition=~Q(error=""), name="letters_with_errors"),
        ]

    def __str__(self):
        return f"letter {self.pk} to {self.person}"


class Notice(models.Model):
    """One thing that one person is told. ``token`` names its cause, so that nothing is told twice.

    It is told from ``due_at`` on, once the step can no longer be undone; ``dropped_at`` says that it will not be told,
    and keeps it from being made again. With an ``edition`` it waits until readers see that one.
    """

    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=NoticeKind)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=60)
    entry = models.ForeignKey(LogEntry, on_delete=models.SET_NULL, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.SET_NULL, null=True, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="notices")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True, help_text="When it was decided how it is mailed.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "article", "kind", "token"], name="nobody_is_told_twice")
        ]
        indexes = [
            models.Index(
                fields=["person", "due_at"], condition=Q(seen_at=None, dropped_at=None), name="notices_unread"
            ),
            models.Index(fields=["person", "-due_at"], condition=Q(dropped_at=None), name="notices_of_a_person"),
            models.Index(fields=["due_at"], condition=Q(planned_at=None, dropped_at=None), name="notices_to_mail"),
            models.Index(fields=["made_at"], name="notices_by_age"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.article_id}"


class NoticeChoice(models.Model):
    """A person's choice for one kind of notice, where it differs from what their role is told by default."""

    class Mail(models.TextChoices):
        NOW = "now", "at once"
        DAILY = "daily", "daily digest"
        OFF = "off", "off"

    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=NoticeKind)
    mail = models.CharField(max_length=5, choices=Mail)
    in_desk = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind")]

    def __str__(self):
        return f"{self.person}, {self.get_kind_display()}: {self.get_mail_display()}"


class NoticeCursor(models.Model):
    """A cursor: how far notices were made of one stream: the log, comments, the clock.

    All up to ``upto`` is settled. What is newer is read again until ``mark``, the newest row at ``marked_at``, is old:
    a transaction that began before may still bring rows with lower numbers. ``read`` is the newest row ever read.
    """

    #: Longest time a transaction takes that writes rows: until then, rows with lower numbers may still come.
    LAG = timedelta(minutes=5)

    name = models.CharField(max_length=20, primary_key=True)
    upto = models.PositiveBigIntegerField(default=0)
    mark = models.PositiveBigIntegerField(default=0)
    read = models.PositiveBigIntegerField(default=0)
    marked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.name} up to {self.upto}"
