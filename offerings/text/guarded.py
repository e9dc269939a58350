"""Columns for addresses that readers may follow: whatever way a value comes, the database is never given another.
Forms say what is wrong; a program that writes past them is stopped. Nothing of this is in the schema.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models

_OWN_PATH = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*")
_WEBSITE = re.compile(r"https?://[^/?#@\\\x00-\x20\x7f]+(?:[/?#][^\\\x00-\x20\x7f]*)?", re.IGNORECASE)


def is_own_path(address: str) -> bool:
    """Return whether this is a path of our own site and nothing that a browser reads as another one."""
    return _OWN_PATH.fullmatch(address) is not None


class Guarded:
    """A text column that holds only what ``refusal`` has nothing to say against, or nothing at all."""

    #: For whoever writes rows without asking their fields: this one has to be asked.
    always_prepared = True

    def refusal(self, value: str) -> str:
        """Return why a value is not kept, in words for people; empty where it is."""
        raise NotImplementedError

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and (words := self.refusal(value)):
            raise ValidationError(words, code="address")

    def get_db_prep_save(self, value, connection):
        """Refuse it on its way into the database; raises ValueError."""
        if isinstance(value, str) and value and (words := self.refusal(value)):
            raise ValueError(f"{self.model._meta.label}.{self.name}: {words}")
        return super().get_db_prep_save(value, connection)

    def deconstruct(self):
        """Show migrations the plain column that it is in the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain}", args, kwargs


class OwnPathField(Guarded, models.CharField):
    """A path of our own site, such as ``/news/a-title/``."""

    plain = "CharField"

    def refusal(self, value):
        """Return a refusal of other sites, and of what browsers take for one; empty for a path of ours."""
        return "" if is_own_path(value) else "It leads to a page of this site: a path that begins with one slash."


class WebsiteField(Guarded, models.URLField):
    """Somebody's site on the web: http or https."""

    plain = "URLField"

    def refusal(self, value):
        """Return a refusal of what does not begin with http or https, else nothing; a form asks more."""
        return "" if _WEBSITE.fullmatch(value) else "A website starts with https:// or http:// and the name of a site."
