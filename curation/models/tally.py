"""How many live Editions there are of each thing, month by month, kept so that no page has to count."""

from django.db import models


class Tally(models.Model):
    """A count of live Editions: of everything, a topic, a brand, an author or an offering.

    ``key`` is the thing's primary key as text (for a brand, the brand; for everything, empty); ``month`` is a month
    of newsroom time, or empty for all time. Kept by ``tallies.settle``.
    """

    class Kind(models.TextChoices):
        ALL = "all"
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
