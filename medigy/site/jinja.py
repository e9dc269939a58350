"""The environment of the readers' templates (docs/decisions/): compiled once, and quick to fill."""

from functools import cache

from django.conf import settings
from django.db import DatabaseError
from django.template.defaultfilters import capfirst, pluralize
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, Undefined

from curation.models.people import sections


def _sections():
    """Return the site's sections for its menus; none while the database is away, as pages of faults have menus too."""
    try:
        return list(sections().values())
    except DatabaseError:
        return []


def environment(**options):
    """Return Jinja's environment, with the few words of Django that our templates use.

    Addresses of static files and of pages are looked up once: they change only with a new release.
    """
    # A name that a page was not given prints nothing, under DEBUG as well: Django would print Jinja's complaint there.
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options | {"undefined": Undefined})
    made.globals |= {
        "static": static if settings.DEBUG else cache(static),
        "url": cache(reverse),
        "sections": _sections,
    }
    made.filters |= {"pluralize": pluralize, "capfirst": capfirst}
    return made
