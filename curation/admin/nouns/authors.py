"""The desk's authors and sections."""

from django.contrib import admin
from django.db import transaction

from curation.models import Author, Section
from offerings import addresses
from offerings.admin import Addressed, InUse
from offerings.forms.touched import FromPages


@admin.register(Author)
class AuthorAdmin(InUse, Addressed):
    """Names in bylines; with an account, colleagues."""

    list_display = ("name", "account", "slug", "retired")
    list_filter = ("retired",)
    list_select_related = ("account",)
    search_fields = ("name", "slug")


@admin.register(Section)
class SectionAdmin(FromPages):
    """Parts of the site and what an article is called there."""

    list_display = ("name", "kind", "masthead", "base_path")
    search_fields = ("name",)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        addresses.touch()
