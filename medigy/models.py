"""Rows of the project itself: which ones the demo newsroom made, so that exactly those can go again."""

from django.db import models


class DemoThing(models.Model):
    """One row that ``manage.py demo`` made: its model (``curation.article``) and its primary key there."""

    model = models.CharField(max_length=60)
    key = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="one_demo_thing_per_row")]

    def __str__(self):
        return f"{self.model} {self.key}"
