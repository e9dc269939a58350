"""A picture from any way in, as our own media keeps it."""

from django.db import models

from offerings.text.words import LineField


class Picture(models.Model):
    """One picture. ``name`` is our own, made from its bytes; ``address`` is where it was asked for.

    A picture that was named but not found is ``missing`` and keeps its address, so that a later import that brings
    the file fills it in everywhere it is used; one that waits for the encoder is ``queued``.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be encoded"
        READY = "ready", "ready"
        MISSING = "missing", "missing"
        FAILED = "failed", "could not be taken"

    state = models.CharField(max_length=10, choices=State, default=State.MISSING)
    name = models.CharField(max_length=40, blank=True, db_index=True)
    address = models.CharField(max_length=2048, unique=True, help_text="Where it came from: a path or an address.")
    incoming = models.CharField(max_length=1000, blank=True, help_text="The file that waits for the encoder.")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    colour = models.PositiveSmallIntegerField(default=0, help_text="Its placeholder colour, 0 to 63.")
    widths = models.JSONField(default=dict, blank=True, help_text="The widths there are, by format.")
    failure = LineField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["id"], name="picture_queue", condition=models.Q(state="queued"))]

    def __str__(self):
        return self.name or self.address

    @property
    def is_ready(self):
        """True if readers can be shown it."""
        return self.state == self.State.READY
