"""Measures: what happened to each brief, fact by fact, and how many of each there are, so that no page has to count."""

from django.db import models


class MeasureFact(models.Model):
    """A fact of one brief that is measured: it was sent to review, it left a state after so many minutes.

    Made of the log alone and kept by ``curation.measures``, together with the counts of them. ``article`` is a number
    and no key: an erased brief leaves its facts until they are taken out of the counts.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "sent to review"
        RETURNED = "returned", "returned"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined in review"
        PUBLISHED = "published", "first out"
        STAY = "stay", "left a state"
        TOLD = "told", "told of a topic"

    article = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(
        max_length=20, blank=True, help_text="The state that it left, the topic's id, or which time."
    )
    person = models.IntegerField(null=True, blank=True)
    day = models.DateField()
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "day", "person", "minutes", "article"], name="measure_of_day")]

    def __str__(self):
        return f"{self.article}: {self.kind} {self.key} {self.day}"


class MeasureCount(models.Model):
    """A count of facts of one kind and key in a week, by its Monday; what a forecast needs, of a day."""

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=30, blank=True)
    day = models.DateField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "day"], name="one_measure_per_day")]
        indexes = [models.Index(fields=["kind", "day", "key", "count"], name="measure_since")]

    def __str__(self):
        return f"{self.kind} {self.key} {self.day}: {self.count}"
