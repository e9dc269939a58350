"""The address at which somebody's own calendar program reads the newsroom's calendar."""

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """A person's feed, known by ``key``; of its secret only a digest is kept. Without a row there is none."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    key = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True, help_text="When it was read last, to the hour.")

    def __str__(self):
        return f"calendar of {self.person_id}"
