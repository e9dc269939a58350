"""Reasons that briefs are often returned for, in the order in which they are offered."""

from django.contrib import admin

from curation.models import ReturnReason
from offerings.forms.touched import FromPages


@admin.register(ReturnReason)
class ReturnReasonAdmin(FromPages):
    """Reasons as one table. What was returned for one keeps its words, whatever becomes of it."""

    list_display = ("words", "position")
    list_editable = ("position",)
