"""The desk: the back office, one file per noun."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin  # noqa: F401 -- once they are registered, they can go
from django.contrib.auth.models import Group, User
from taggit.admin import Tag

from . import preferences
from .article import page
from .article.panels import checks
from .nouns import authors, pictures, read_only, reasons, sources, tasks, topics

__all__ = [
    "authors",
    "checks",
    "page",
    "pictures",
    "preferences",
    "read_only",
    "reasons",
    "sources",
    "tasks",
    "topics",
]

admin.site.site_header = admin.site.site_title = "Medigy desk"
admin.site.index_title = "Desk"
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = False
admin.site.empty_value_display = "–"

admin.site.unregister([User, Group])  # people have pages of their own (``people``)
admin.site.unregister(Tag)  # topics are the site's tags
