"""The desk: the back office, one file per noun."""

from django.contrib import admin

from . import accounts, article, checks, people, picture, record, source

__all__ = ["accounts", "article", "checks", "people", "picture", "record", "source"]

admin.site.site_header = admin.site.site_title = "Medigy desk"
admin.site.index_title = "Desk"
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = False
admin.site.empty_value_display = "–"
