"""The catalogue: taxonomies and their topics, institutions and what they offer."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from . import slugs
from .addresses import PublicationCounter, Redirect
from .querysets import InstitutionQuerySet, OfferingQuerySet, OrderedTopics, TopicQuerySet
from .text.guarded import WebsiteField
from .text.words import LineField, WordsField

__all__ = [
    "Institution",
    "Offering",
    "OfferingTopic",
    "PublicationCounter",
    "Redirect",
    "Synonym",
    "Taxonomy",
    "Topic",
]


class Taxonomy(models.Model):
    """A namespace of topics, such as “Gartner”. The one with the empty name holds topics without a namespace."""

    name = LineField(
        max_length=100, unique=True, blank=True, help_text="What stands before the colon; empty for plain topics."
    )
    slug = models.SlugField(max_length=120, unique=True, help_text="Names it in filters.")
    hue = models.PositiveSmallIntegerField(
        default=17, validators=[MaxValueValidator(35)], help_text="Its quiet colour: 0 to 35, in steps of 10 degrees."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Where it stands among the others.")
    description = WordsField(blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "taxonomies"

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        """Derive the slug where none was given."""
        self.slug = self.slug or slugs.slug(self.name) or "topics"
        super().save(*args, **kwargs)

    @property
    def label(self):
        """The name as people read it."""
        return self.name or "Topics"


class Topic(TagBase):
    """One subject, e.g. “Gartner: Digital Twin”. ``name`` is the whole namespaced string; ``key`` finds its twins."""

    name = LineField(max_length=200, unique=True, help_text="The whole name, e.g. “Gartner: Digital Twin”.")
    slug = models.SlugField(max_length=255, unique=True, help_text="Its address: /topic/<slug>/")
    key = models.CharField(max_length=200, unique=True, editable=False)
    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.PROTECT, related_name="topics")
    label = LineField(max_length=200, help_text="What readers see, e.g. “Digital Twin”.")
    description = WordsField(blank=True, help_text="One or two sentences at the head of the topic's page.")
    retired = models.BooleanField(default=False, help_text="Stays where it is, and is offered to nobody any more.")
    merged_into = models.ForeignKey(  # never a merged topic itself: chains are kept flat, as those of addresses are
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    history = HistoricalRecords(excluded_fields=["merged_into"])

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["label", "name"]

    def slugify(self, tag, i=None):
        """Return the address by our own rule (domain.md, “Addresses”), not taggit's; a clash gets ``-2``, ``-3``."""
        return slugs.slug(tag) + (f"-{i + 1}" if i else "")

    def derive(self):
        """Fill what follows from the name: key and label. One function for ``save`` and for bulk paths."""
        self.key = slugs.topic_key(self.name)
        self.label = self.label or slugs.topic_label(self.name)
        return self

    def save(self, *args, **kwargs):
        """Derive key, label and address from the name."""
        self.derive()
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse a name that is another topic's, spelled with other spaces or case."""
        twin = Topic.objects.filter(key=slugs.topic_key(self.name)).exclude(pk=self.pk).first()
        if twin and twin.merged_into:
            raise ValidationError({"name": f"The topic of this name went into “{twin.merged_into}”."})
        if twin:
            raise ValidationError({"name": "A topic of this name exists already, spelled a little differently."})

    def get_absolute_url(self):
        return slugs.topic_address(self.slug)


class Synonym(models.Model):
    """Another spelling of a topic, found by the same key; articles keep the spelling they came with."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="synonyms")
    spelling = LineField(max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        ordering = ["spelling"]
        constraints = [models.UniqueConstraint(fields=["topic", "spelling"], name="one_synonym_per_spelling")]

    def __str__(self):
        return self.spelling

    def save(self, *args, **kwargs):
        """Derive the key."""
        self.key = slugs.topic_key(self.spelling)
        super().save(*args, **kwargs)


class Institution(models.Model):
    """A maker of offerings."""

    name = LineField(max_length=200, unique=True)
    slug = models.SlugField(max_length=255, unique=True, blank=True, help_text="Its address: /institution/<slug>/")
    website = WebsiteField(max_length=2048, blank=True)
    summary = WordsField(blank=True)
    logo = models.CharField(max_length=80, blank=True, help_text="The name of a picture in our own media.")
    retired = models.BooleanField(default=False)
    history = HistoricalRecords()

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["logo"], name="institution_by_logo")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Derive the address where none was given."""
        self.slug = self.slug or slugs.slug(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return slugs.institution_address(self.slug)


class Offering(models.Model):
    """A product or service. ``permalink`` is kept word for word as it came; ``slug`` is its last part in lower case."""

    external_id = models.BigIntegerField(null=True, blank=True, unique=True, help_text="Its number in OpenProject.")
    name = LineField(max_length=300)
    permalink = models.CharField(
        max_length=500, unique=True, blank=True, help_text="Its address as given, e.g. /offering/jope---examroom-live"
    )
    slug = models.CharField(max_length=400, unique=True, editable=False)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="offerings"
    )
    logo = models.CharField(max_length=80, blank=True, help_text="The name of a picture in our own media.")
    summary = WordsField(blank=True)
    website = WebsiteField(max_length=2048, blank=True)
    retired = models.BooleanField(default=False, help_text="Stays where it is, and is offered to nobody any more.")
    topics = TaggableManager(
        through="OfferingTopic", manager=OrderedTopics, ordering=["offering_topics__position"], blank=True
    )
    history = HistoricalRecords(excluded_fields=["topics"])

    objects = OfferingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["logo"], name="offering_by_logo")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Derive the address."""
        self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return slugs.offering_address(self.slug)

    def derive(self):
        """Fill permalink and slug from the name where they are missing. One function for ``save`` and bulk paths."""
        self.permalink = self.permalink or slugs.offering_address(slugs.offering_slug(self.name)).rstrip("/")
        self.slug = self.permalink.rstrip("/").rpartition("/")[2].lower()
        return self


class OfferingTopic(ItemBase):
    """A topic of an offering, at its place."""

    content_object = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="offering_topics")
    tag = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="offering_topics")
    position = models.PositiveSmallIntegerField(default=0)

    natural_key_fields = ["content_object", "tag"]

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_topic_once_per_offering")]
        verbose_name = "topic"
