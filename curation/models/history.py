"""The past of an article: numbered snapshots of its working copy, and the log of its steps."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from curation.text import whence
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


class LogQuerySet(models.QuerySet):
    """Words for the log."""

    def steps(self):
        """Return what was done to words or states: not what merely happened beside an article, as in its discussion."""
        return self.exclude(step__in=LogEntry.BESIDE)


class LogEntry(models.Model):
    """One thing that was done and is never undone here: a step of an article, or what concerns none.

    A step names the states, and the Version and Edition it concerned. ``about`` names what is no article: an account,
    a topic. ``actor`` is the name as it was then, so that the log stays readable when an account is gone; a deleted
    article leaves its rows behind. ``address`` is where it was asked from, kept for ``ADDRESSES_KEPT``.
    The database refuses a changed or deleted row (``publishing.guards``), but for an edit that goes on.
    """

    ADDRESSES_KEPT = timedelta(days=90)
    #: What happens beside an article and leaves it as it is.
    BESIDE = ("held", "settled", "given", "called", "asked", "opened", "opined", "revoked", "audited")

    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="log")
    step = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    actor = LineField(max_length=200)
    at = models.DateTimeField(db_index=True)
    about = LineField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True, default=whence.address)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    edit = models.PositiveIntegerField(default=0, help_text="The article's edit after the step.")
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    edition = models.ForeignKey("Edition", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = WordsField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        db_table = "curation_logged"  # as older databases have it: one migration stands for all (decision 35)
        ordering = ["-id"]
        verbose_name = "log entry"
        verbose_name_plural = "log"
        indexes = [
            models.Index(fields=["by", "-id"], name="log_by_person"),
            models.Index(fields=["step", "-id"], name="log_by_step"),
            models.Index(fields=["at"], condition=Q(address__isnull=False), name="log_with_address"),
        ]

    def __str__(self):
        return f"{self.step} by {self.actor}"

    @classmethod
    def note(cls, step: str, by, about: str = "", actor: str = "", **details) -> "LogEntry":
        """Write down what concerns no article: a sign-in, a setting, something deleted. One query.

        ``actor`` is a name where there is no account (``by``).
        """
        person = by if by is not None and by.pk else None
        words = {"actor": str(by or actor)[:200], "about": about[:300], "details": details}
        return cls.objects.create(step=step, by=person, at=timezone.now(), **words)

    @classmethod
    def beside(cls, step: str, article, by, *, actor: str = "", version=None, **details) -> "LogEntry":
        """Write down what happened beside an article and changes nothing of it (``BESIDE``). One query.

        ``actor`` is a name where there is no account (``by``).
        """
        row = cls.of_beside(step, article, by, actor=actor, version=version, **details)
        row.save(force_insert=True)
        return row

    @classmethod
    def of_beside(cls, step: str, article, by, *, actor: str = "", version=None, **details) -> "LogEntry":
        """Return the row of ``beside`` unsaved, for many at once."""
        states = {"from_state": article.state, "to_state": article.state, "edit": article.edit, "version": version}
        who = {"by": by, "actor": str(by or actor)[:200]}
        return cls(article=article, step=step, at=timezone.now(), details=details, **states, **who)

    @classmethod
    def forget_addresses(cls) -> int:
        """Forget where older rows were asked from; return how many. One query, by its own index."""
        old = cls.objects.filter(at__lt=timezone.now() - cls.ADDRESSES_KEPT, address__isnull=False)
        return old.update(address=None)
