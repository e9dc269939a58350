"""The working copy: what a curator writes, long before and after readers see any of it."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from curation.text.links.column import AddressField
from offerings.models import Offering, Topic
from offerings.querysets import OrderedTopics
from offerings.text.words import LineField, WordsField

from .people import Author, Section
from .picture import Picture
from .querysets import ArticleQuerySet, SourcesQuerySet
from .source import SourceLink


class State(models.TextChoices):
    """States of the working copy. What readers see is not here: that follows from Editions."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"


#: The due day of an article that nobody set one for: after all others.
NO_DAY = date(9999, 1, 1)


class Priority(models.IntegerChoices):
    """Priorities of the newsroom's work, in the order in which it is to be done."""

    HIGH = 1, "High"
    NORMAL = 2, "Normal"
    LOW = 3, "Low"


class Article(models.Model):
    """A working copy. ``state`` changes only in ``workflow``; ``edit`` rises with every write, against stale saves."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    edit = models.PositiveIntegerField(default=0, editable=False)
    entered_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When it entered its state.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    due_on = models.DateField(default=NO_DAY, editable=False, help_text="The newsroom's own, readers never see it.")
    planned_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The day it is meant for; only an hour sends it out."
    )
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL, editable=False)
    approved_version = models.ForeignKey(
        "Version", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    revised_by = models.ForeignKey(  # whose edit took it out of “approved”, while nobody has decided since
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_pressed = models.BooleanField(
        default=False, editable=False, help_text="An Edition was made of what is approved."
    )
    slug = models.CharField(
        max_length=600, blank=True, help_text="The last part of the address; frozen once it was published."
    )
    title = LineField(max_length=500, blank=True)
    standfirst = WordsField(blank=True, help_text="One or two sentences under the title.")
    authors = models.ManyToManyField(Author, through="ArticleAuthor", related_name="articles", blank=True)
    sources = models.ManyToManyField(SourceLink, through="ArticleSource", related_name="articles", blank=True)
    offerings = models.ManyToManyField(Offering, through="ArticleOffering", related_name="+", blank=True)
    topics = TaggableManager(
        through="ArticleTopic",
        manager=OrderedTopics,
        ordering=["article_topics__position"],
        blank=True,
        related_name="+",
    )
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    picture_alt = LineField(max_length=500, blank=True, help_text="What the picture shows, for those who can't.")
    picture_decorative = models.BooleanField(default=False, help_text="It says nothing that words would have to say.")
    picture_credit = LineField(max_length=300, blank=True)
    focus_x = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    focus_y = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    pdf = AddressField(max_length=2048, blank=True)
    insights_name = LineField(max_length=300, blank=True)
    insights = models.TextField(blank=True, help_text="An optional editor's box under the body.")
    dated_at = models.DateTimeField(null=True, blank=True, help_text="The date the article carries, if not its first.")
    dated_day = models.BooleanField(default=False, help_text="The date is a day, not an instant.")
    modified_at = models.DateTimeField(null=True, blank=True, help_text="When the words were last changed.")
    created_at = models.DateTimeField(auto_now_add=True)
    copied_reason = LineField(max_length=300, blank=True, help_text="Why many words in a row are those of the source.")
    body = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True, editable=False, help_text="See models/evidence.py.")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "brief"
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="one_article_per_slug"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="article_state_is_known"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="article_priority_is_known"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="article_by_state"),
            models.Index(fields=["state", "entered_at"], name="article_by_state_age"),
            # With the mark of what is out: of all that is approved, the board wants the few that wait.
            models.Index(
                fields=["state", "is_pressed", "priority", "due_on", "entered_at", "id", "owner"],
                name="article_by_urgency",
            ),
            # Columns by which the desk sorts its list, with the owner: a curator's list asks for it of every row.
            # And with the title where people search: they find the newest without a look at the texts.
            models.Index(fields=["-id", "owner", "title"], name="article_newest_by_title"),
            models.Index(fields=["owner", "state", "entered_at"], name="article_by_owner_and_state"),
            models.Index(fields=["entered_at", "owner"], name="article_longest_in_state"),
            models.Index(fields=["title", "owner"], name="article_by_name"),
            models.Index(fields=["due_on", "priority", "id", "owner"], name="article_by_due_day"),
            # What is planned, by its day; and what could be planned and is not, most urgent first.
            models.Index(
                fields=["planned_on", "state", "id", "owner"],
                name="article_by_planned_day",
                condition=Q(planned_on__isnull=False),
            ),
            models.Index(
                fields=["planned_on", "state", "is_pressed", "priority", "due_on", "entered_at", "id", "owner"],
                name="article_not_planned",
                condition=Q(is_pressed=False),
            ),
            # Nearly all that is approved is out: what waits to be published has an index of its own.
            models.Index(fields=["state", "entered_at"], name="article_to_publish", condition=Q(is_pressed=False)),
        ]
        permissions = [
            ("write_article", "Can write articles: their own and unclaimed ones"),
            ("review_article", "Can decide on articles in review"),
            ("publish_article", "Can publish, withdraw and reschedule"),
            ("assign_article", "Can give any article to anybody"),
        ]

    def __str__(self):
        return self.title or f"Untitled {self._meta.verbose_name} {self.pk}"

    @property
    def due(self) -> date | None:
        """The day by which the newsroom wants it in its next state; None where nobody set one."""
        return self.due_on if self.due_on != NO_DAY else None

    @property
    def is_finished(self) -> bool:
        """True if nobody has anything to do with it: it rests, or what was approved is out (``unfinished``)."""
        return self.state == State.DECLINED or (self.state == State.APPROVED and self.is_pressed)

    @property
    def main_link(self):
        """The link of its main source (the one-row twin of ``main``), or None. No query where sources are loaded."""
        return next((row.link for row in self.article_sources.all() if row.role == ArticleSource.Role.SOURCE), None)


class ArticleTopic(ItemBase):
    """A topic of an article, at its place; the first is the primary one. ``spelling`` is the article's own."""

    content_object = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_topics")
    tag = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="article_topics")
    position = models.PositiveSmallIntegerField(default=0)
    spelling = models.CharField(max_length=200, blank=True)

    natural_key_fields = ["content_object", "tag"]

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_topic_once_per_article")]
        verbose_name = "topic"


class ArticleAuthor(models.Model):
    """A byline, at its place."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_authors")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="article_authors")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="one_byline_per_author")]
        verbose_name = "byline"

    def __str__(self):
        return str(self.author)


class ArticleSource(models.Model):
    """A source of an article, at its place. The first is the main one; ``via`` is shown as “via …”."""

    class Role(models.TextChoices):
        SOURCE = "source", "source"
        VIA = "via", "via"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_sources")
    link = models.ForeignKey(SourceLink, on_delete=models.PROTECT, related_name="article_sources")
    role = models.CharField(max_length=10, choices=Role, default=Role.SOURCE)
    label = LineField(max_length=300, blank=True, help_text="How the document names it.")
    reason = LineField(max_length=300, blank=True, help_text="Why a second article uses the same link.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = SourcesQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "link", "role"], name="one_source_once_per_role")]
        verbose_name = "source"

    def __str__(self):
        return str(self.link)


class ArticleOffering(models.Model):
    """An offering beside an article: what it is about, or a related one; at its place."""

    class Role(models.TextChoices):
        ABOUT = "about", "about"
        RELATED = "related", "related"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_offerings")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.RELATED)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "offering"], name="one_offering_once_per_article")]
        verbose_name = "offering"

    def __str__(self):
        return str(self.offering)
