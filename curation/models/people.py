"""Sections and authors: where an article appears, and who wrote it."""

from time import monotonic
from types import SimpleNamespace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import get_resolver

from curation.text import addresses
from offerings import slugs
from offerings.text.words import LineField


class Section(models.Model):
    """A part of the site with addresses of its own, such as News, and what people call an article there (“brief”)."""

    name = LineField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="The first part of its addresses: /<slug>/")
    masthead = LineField(max_length=60, help_text="The word above a headline, e.g. NEWS.")
    search_category = LineField(max_length=60, blank=True)
    first_tag = LineField(max_length=60, blank=True)
    kind = LineField(max_length=40, default="brief", help_text="What one article is called on screens.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save, and let this process forget what it knew of sections."""
        super().save(*args, **kwargs)
        forget_sections()

    def delete(self, *args, **kwargs):
        """Delete, and let this process forget what it knew of sections."""
        gone = super().delete(*args, **kwargs)
        forget_sections()
        return gone

    def clean(self):
        """Refuse an address that another page has, and another address once readers were sent to this one."""
        if self.slug in _taken_addresses():
            raise ValidationError({"slug": f"“/{self.slug}/” is another page of the site. Choose another word."})
        if self.has_readers and self.slug != type(self).objects.values_list("slug", flat=True).get(pk=self.pk):
            raise ValidationError({"slug": "Readers have this address already, so it stays as it is."})

    @property
    def has_readers(self) -> bool:
        """True if anything was ever published in it. One query."""
        return bool(self.pk) and self.editions.exists()

    @property
    def base_path(self) -> str:
        """The beginning of its articles' addresses, such as ``/news/``."""
        return addresses.section(self.slug)

    get_absolute_url = base_path.fget

    @classmethod
    def news(cls):
        """Return the section that everything is filed in unless somebody says otherwise; made where it is missing."""
        return cls.objects.get_or_create(
            slug=addresses.NEWS,
            defaults={"name": "News", "masthead": "NEWS", "search_category": "News", "first_tag": "News"},
        )[0]


def sections() -> dict[int, Section]:
    """Return all sections by id, in their order: a handful of rows that every page needs.

    Kept in the process for five seconds, so that no page asks for them. One query at the most.
    """
    if _sections.until < monotonic():
        _sections.rows, _sections.until = {row.pk: row for row in Section.objects.all()}, monotonic() + _SECONDS
    return _sections.rows


def section(pk: int) -> Section:
    """Return a section by its id; one that was made a moment ago, elsewhere, is found as well. Raises KeyError."""
    known = sections()
    if pk not in known:
        forget_sections()
        known = sections()
    return known[pk]


def section_at(slug: str) -> Section | None:
    """Return the section whose addresses begin with ``/<slug>/``, or None."""
    return next((row for row in sections().values() if row.slug == slug), None)


def forget_sections() -> None:
    """Ask the database for the sections the next time."""
    _sections.until = 0.0


_SECONDS = 5.0
_sections = SimpleNamespace(rows={}, until=0.0)


def _taken_addresses():
    """Return the first parts of all addresses that the map of the site gives to other pages."""
    first = (str(entry.pattern).split("/")[0] for entry in _entries(get_resolver().url_patterns))
    return {part for part in first if part and "<" not in part}


def _entries(patterns):
    for entry in patterns:
        if str(entry.pattern) == "":
            yield from _entries(getattr(entry, "url_patterns", ()))
        else:
            yield entry


def named(person) -> str:
    """Return the name of a colleague."""
    return person.get_full_name() or person.get_username()


class Author(models.Model):
    """Somebody whose name stands in bylines; with an account, somebody who works here."""

    name = LineField(max_length=200, unique=True)
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
        return addresses.author(self.slug)
