"""A page on somebody else's site."""

from django.db import models

from curation.text import links


class SourceLink(models.Model):
    """A link as pasted, resolved, clean and canonical, with what the page says of itself.

    ``key`` is the duplicate key: two addresses of one page have the same, and the database keeps it unique.
    """

    pasted = models.CharField(max_length=2048, help_text="As it was pasted or imported.")
    resolved = models.CharField(max_length=2048, blank=True, help_text="Where it led in the end.")
    clean = models.CharField(max_length=2048, help_text="Without tracking parameters.")
    canonical = models.CharField(max_length=2048, blank=True, help_text="What the page says its address is.")
    key = models.CharField(max_length=2048, unique=True, editable=False)
    brand = models.CharField(max_length=255, db_index=True, editable=False)
    title = models.CharField(max_length=1000, blank=True, help_text="The original headline.")
    site_name = models.CharField(max_length=300, blank=True)
    favicon = models.CharField(max_length=80, blank=True, help_text="The name of a picture in our own media.")
    metadata = models.JSONField(default=dict, blank=True, help_text="Open Graph, Twitter, HTML meta, JSON-LD, whole.")
    hops = models.JSONField(default=list, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.clean

    def save(self, *args, **kwargs):
        """Derive clean address, key and brand."""
        self.derive()
        super().save(*args, **kwargs)

    def derive(self):
        """Fill clean address, key and brand from what was pasted. One function for ``save`` and for bulk paths."""
        self.clean = self.clean or links.cleaned(self.resolved or self.pasted).url
        self.key = links.duplicate_key(self.clean)
        self.brand = links.brand(self.clean)
        return self
