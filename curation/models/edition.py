"""Editions, all that readers see of an article; and how many live ones there are of each thing."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q

from curation.text import addresses
from curation.text.links.column import AddressField
from offerings.models import Offering, Topic
from offerings.text.words import LineField, WordsField

from .article import Article
from .fields import TO_EDITIONS
from .history import Version
from .people import Author, Section, section
from .picture import Picture
from .querysets import EditionQuerySet, FiledQuerySet

#: The end of a window that has none: an Edition is live while ``live_from <= now < live_until``.
OPEN = datetime(9999, 1, 1, tzinfo=UTC)


def address_of(section_id: int, slug: str) -> str:
    """Return the address at which readers find an article of a section."""
    return addresses.article(section(section_id).base_path, slug)


class Edition(models.Model):
    """An approved Version as readers see it, pressed by ``press`` and nowhere else.

    The words are copied and never change (the database refuses it); topics, offerings and institutions are referred
    to, so the catalogue is current everywhere. The window (``live_from``, ``live_until``, ``closes_at`` and how it
    ended) changes only through ``press``. ``closes_at`` is the end it was given; ``live_until`` may be earlier,
    because a successor took over. ``body`` stands last, so that lists never read past it.
    """

    class Ended(models.TextChoices):
        NOT = "", "—"
        REPLACED = "replaced", "replaced"
        CANCELLED = "cancelled", "cancelled"
        WITHDRAWN = "withdrawn", "withdrawn"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="editions")

    live_from = models.DateTimeField()
    live_until = models.DateTimeField(default=OPEN)
    closes_at = models.DateTimeField(default=OPEN)
    ended = models.CharField(max_length=10, choices=Ended, default=Ended.NOT, blank=True)
    reason = WordsField(blank=True)
    successor = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tallied = models.BooleanField(default=False)

    slug = models.CharField(max_length=600)
    first_published_at = models.DateTimeField()
    dated_day = models.BooleanField(default=False)
    title = LineField(max_length=500)
    summary = WordsField(blank=True)
    source_brand = models.CharField(max_length=255, blank=True)
    minutes = models.PositiveSmallIntegerField(default=1)
    cover = models.CharField(max_length=80)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="editions")
    picture_alt = LineField(max_length=500, blank=True)
    picture_credit = LineField(max_length=300, blank=True)
    focus_x = models.PositiveSmallIntegerField(default=50)
    focus_y = models.PositiveSmallIntegerField(default=50)

    standfirst = WordsField(blank=True)
    bylines = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    pdf = AddressField(max_length=2048, blank=True)
    insights_name = LineField(max_length=300, blank=True)
    insights = models.TextField(blank=True)
    updated_at = models.DateTimeField(null=True)
    update_note = LineField(max_length=300, blank=True)
    pressed_at = models.DateTimeField()
    pictures = models.ManyToManyField(Picture, related_name="in_bodies", blank=True)
    body = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    #: Columns that the database lets nobody change; everything else is the window, its end and its tally.
    CONTENT = (
        *("article_id", "version_id", "number", "summary", "source_brand", "minutes", "cover", "picture_alt"),
        *("standfirst", "bylines", "sources", "updated_at", "update_note", "pressed_at"),
        *TO_EDITIONS,
    )

    class Meta:
        ordering = ["-first_published_at", "-article_id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="editions_are_numbered"),
            models.CheckConstraint(condition=~Q(slug=""), name="edition_has_an_address"),
            models.CheckConstraint(condition=Q(live_until__gte=F("live_from")), name="edition_window_runs_forward"),
            models.CheckConstraint(condition=Q(closes_at__gte=F("live_until")), name="edition_ends_by_its_close"),
        ]
        indexes = [
            models.Index(fields=["-first_published_at", "-article"], name="edition_by_date"),
            models.Index(fields=["slug", "live_until"], name="edition_by_slug"),
            models.Index(fields=["source_brand", "-first_published_at", "-article"], name="edition_by_brand"),
            models.Index(fields=["section", "-first_published_at", "-article"], name="edition_by_section"),
            models.Index(fields=["live_from"], name="edition_by_start"),
            models.Index(fields=["live_until"], name="edition_to_tally", condition=Q(tallied=False)),
            models.Index(fields=["live_until"], name="edition_to_untally", condition=Q(tallied=True)),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    def get_absolute_url(self):
        return address_of(self.section_id, self.slug)

    def is_live(self, at):
        """Return whether readers see it at ``at``: the one-row twin of ``EditionQuerySet.live``."""
        return self.live_from <= at < self.live_until


class EditionTopic(models.Model):
    """A topic of an Edition: written by the press, read in the order of ``first_published_at`` by topic pages."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="edition_topics", db_index=False)
    first_published_at = models.DateTimeField()
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_topics", db_index=False)
    position = models.PositiveSmallIntegerField()

    objects = FiledQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="edition_topics_in_order")]
        indexes = [
            models.Index(fields=["topic", "-first_published_at", "-edition"], name="edition_topic_by_date"),
        ]

    def __str__(self):
        return f"{self.edition_id}: {self.topic_id}"


class EditionOffering(models.Model):
    """An offering that an Edition is about or names as related, in the article's order."""

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="edition_offerings", db_index=False)
    first_published_at = models.DateTimeField()
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_offerings", db_index=False)
    role = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()

    objects = FiledQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="edition_offerings_in_order")]
        indexes = [
            models.Index(fields=["offering", "-first_published_at", "-edition"], name="edition_offering_by_date"),
        ]

    def __str__(self):
        return f"{self.edition_id}: {self.offering_id}"


class EditionByline(models.Model):
    """An author of an Edition, for the author's own page; the name itself is copied into the Edition."""

    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="edition_bylines", db_index=False)
    first_published_at = models.DateTimeField()
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edition_bylines", db_index=False)
    position = models.PositiveSmallIntegerField()

    objects = FiledQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="edition_bylines_in_order")]
        indexes = [
            models.Index(fields=["author", "-first_published_at", "-edition"], name="edition_byline_by_date"),
        ]

    def __str__(self):
        return f"{self.edition_id}: {self.author_id}"


class Tally(models.Model):
    """A count of live Editions, of everything or of one thing (a section, a topic …), so that no page has to count.

    ``key`` is the thing's primary key as text (for a brand, the brand; for everything, empty); ``month`` is a month
    of newsroom time, or empty for all time. Kept by ``publishing.counts.settle``.
    """

    class Kind(models.TextChoices):
        ALL = "all"
        SECTION = "section"
        TOPIC = "topic"
        BRAND = "brand"
        AUTHOR = "author"
        OFFERING = "offering"

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=255, blank=True)
    month = models.CharField(max_length=7, blank=True, help_text="e.g. 2026-11; empty for all time")
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["kind", "key", "month"], name="one_tally_per_month")]
        indexes = [models.Index(fields=["kind", "month", "-count"], name="tally_by_size")]

    def __str__(self):
        return f"{self.kind} {self.key} {self.month}: {self.count}"
