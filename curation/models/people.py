"""Sections and authors: where an article appears, and who wrote it."""

from django.conf import settings
from django.db import models

from offerings import slugs


class Section(models.Model):
    """A part of the site, such as News, and what people call an article there (“brief”)."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    masthead = models.CharField(max_length=60, help_text="The word above a headline, e.g. NEWS.")
    base_path = models.CharField(max_length=60, default="/news/")
    search_category = models.CharField(max_length=60, blank=True)
    first_tag = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40, default="brief", help_text="What one article is called on screens.")
    kind_plural = models.CharField(max_length=40, default="briefs")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @classmethod
    def news(cls):
        """The section that everything is filed in unless somebody says otherwise; made where it is missing."""
        return cls.objects.get_or_create(
            slug="news",
            defaults={"name": "News", "masthead": "NEWS", "search_category": "News", "first_tag": "News"},
        )[0]


class Author(models.Model):
    """Somebody whose name stands in bylines; with an account, somebody who works here."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=255, unique=True, blank=True, help_text="The address: /author/<slug>/")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="author"
    )
    retired = models.BooleanField(default=False, help_text="Stays in old bylines, and is offered to nobody any more.")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Derive the address where none was given."""
        self.slug = self.slug or slugs.slug(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return f"/author/{self.slug}/"
