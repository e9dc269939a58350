"""The desk: the back office, one file per noun."""

from django.contrib import admin

from . import preferences
from .article import page
from .article.panels import checks
from .nouns import accounts, authors, pictures, read_only, reasons, sources, topics

__all__ = [
    "accounts",
    "authors",
    "checks",
    "page",
    "pictures",
    "preferences",
    "read_only",
    "reasons",
    "sources",
    "topics",
]

admin.site.site_header = admin.site.site_title = "Medigy desk"
admin.site.index_title = "Desk"
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = False
admin.site.empty_value_display = "–"
