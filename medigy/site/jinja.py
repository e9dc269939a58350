"""The environment of the readers' templates (docs/decisions/): compiled once, and quick to fill."""

from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.template.defaultfilters import capfirst, pluralize
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, Undefined

from curation.models.people import sections

_FRAMES = 64  # some 10 kB each: a masthead for each part of the site and day


class Entry(NamedTuple):
    """A section as menus name it: equal to another only where all that is printed is equal."""

    name: str
    slug: str
    base_path: str


def _sections():
    """Return the site's sections for its menus; none while the database is away, as pages of faults have menus too."""
    try:
        return tuple(Entry(row.name, row.slug, row.base_path) for row in sections().values())
    except DatabaseError:
        return ()


def environment(**options):
    """Return Jinja's environment, with the few words of Django that our templates use.

    Addresses of static files and of pages are looked up once: they change only with a new release.
    """
    # A name that a page was not given prints nothing, under DEBUG as well: Django would print Jinja's complaint there.
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options | {"undefined": Undefined})
    made.globals = {  # and no others: every import of a macro compares them all
        "static": static if settings.DEBUG else cache(static),
        "url": cache(reverse),
        "sections": _sections,
        "frame": _frame(made),
    }
    made.filters |= {"pluralize": pluralize, "capfirst": capfirst}
    return made


def _frame(environment):
    """Return what fills a part of ``components/frame.html``, which is the same on page after page, once for each."""

    def frame(part, *given):
        return getattr(environment.get_template("components/frame.html").module, part)(*given)

    return frame if settings.DEBUG else lru_cache(_FRAMES)(frame)
