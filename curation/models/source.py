"""Pages on others' sites: their addresses, what came of reading them, and whether anybody is there to read."""

from django.conf import settings
from django.db import models

from curation.text import links
from curation.text.links.column import AddressField
from offerings.text.words import LineField, WordsField


class SourceLink(models.Model):
    """A link as pasted, resolved, clean and canonical, with what the page says of itself.

    ``key`` is the duplicate key: two addresses of one page have the same, and the database keeps it unique.
    """

    pasted = AddressField(max_length=2048, help_text="As it was pasted or imported.")
    resolved = AddressField(max_length=2048, blank=True, help_text="Where it led in the end.")
    cleaned = AddressField(max_length=2048, help_text="Without tracking parameters.")
    canonical = AddressField(max_length=2048, blank=True, help_text="What the page says its address is.")
    key = models.CharField(max_length=2048, unique=True, editable=False)
    brand = models.CharField(max_length=255, db_index=True, editable=False)
    title = LineField(max_length=1000, blank=True, help_text="The original headline.")
    site_name = LineField(max_length=300, blank=True)
    favicon = models.CharField(max_length=80, blank=True, help_text="The name of a picture in our own media.")
    metadata = models.JSONField(default=dict, blank=True, help_text="Open Graph, Twitter, HTML meta, JSON-LD, whole.")
    hops = models.JSONField(default=list, blank=True)
    failure = LineField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.cleaned

    def save(self, *args, **kwargs):
        """Derive clean address, key and brand."""
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """Fill clean address, key and brand from what was pasted. One function for ``save`` and for bulk paths."""
        self.cleaned = self.cleaned or links.cleaned(self.resolved or self.pasted).url
        self.key = links.duplicate_key(self.cleaned)
        self.brand = links.brand(self.cleaned)
        return self


class Harvest(models.Model):
    """The reading of one link; asked for again, it begins anew.

    ``attempt`` rises with each reading, so that what an older one brings after it was cancelled is not kept. ``found``
    maps a field (title, description, …) to its alternatives, each ``[value, origin]``, the taken one first.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be read"
        READING = "reading", "being read"
        DONE = "done", "read"
        FAILED = "failed", "not read"
        CANCELLED = "cancelled", "cancelled"

    link = models.OneToOneField(SourceLink, on_delete=models.CASCADE, related_name="harvest")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True, help_text="The kind of failure.")
    words = LineField(max_length=300, blank=True, help_text="What failed, for the curator.")
    kind = models.CharField(max_length=10, blank=True, help_text="page, pdf, picture, or text that was pasted.")
    same_as = models.ForeignKey(
        SourceLink,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The link we had already for the page that this one leads to.",
    )
    found = models.JSONField(default=dict, blank=True)
    text = WordsField(blank=True, help_text="The page's main text.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "reading", "done", "failed", "cancelled"]),
                name="harvest_state_is_known",
            )
        ]

    def __str__(self):
        return f"{self.link}: {self.get_state_display()}"


class Heartbeat(models.Model):
    """The moment a process that works in the background was last heard of."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} at {self.at:%H:%M:%S}"


class LinkState(models.Model):
    """An address that a text links to, and whether it answered when last tried; ``key`` is its duplicate key."""

    key = models.CharField(max_length=2048, unique=True)
    is_alive = models.BooleanField()
    code = models.CharField(max_length=40, blank=True, help_text="The kind of failure.")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.key}: {self.code or 'answers'}"
