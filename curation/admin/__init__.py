"""The desk: the back office, one file per noun."""

from django.contrib import admin

from . import accounts, article, checks, people, picture, preferences, record, source, topics

__all__ = ["accounts", "article", "checks", "people", "picture", "preferences", "record", "source", "topics"]

admin.site.site_header = admin.site.site_title = "Medigy desk"
admin.site.index_title = "Desk"
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = False
admin.site.empty_value_display = "–"
