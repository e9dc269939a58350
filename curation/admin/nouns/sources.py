"""The desk's sources: pages of other people's sites, mostly read; a new one is a pasted link."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html

from curation.editing import sources
from curation.models import SourceLink
from curation.text import links
from offerings.forms.touched import FromPages

_KEPT = ("cleaned", "resolved", "canonical", "brand", "key", "failure", "created_at")


class SourceLinkForm(forms.ModelForm):
    """A link as it is pasted; everything else follows from it."""

    class Meta:
        model = SourceLink
        fields = ("pasted", "title", "site_name")
        widgets = {"pasted": forms.TextInput, "title": forms.TextInput}

    def clean_pasted(self):
        """Refuse a second link to a page that is kept already, and name the first."""
        try:
            link = sources.read(self.cleaned_data["pasted"])
        except links.LinkRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if link.pk and link.pk != self.instance.pk:
            raise forms.ValidationError(f"This page is here already: {link.cleaned}")
        return link.pasted


@admin.register(SourceLink)
class SourceLinkAdmin(FromPages):
    """Source links, found by brand, title and address; a whole link is found by its key."""

    form = SourceLinkForm
    list_display = ("brand", "title", "cleaned", "created_at", "failure")
    list_display_links = ("brand", "title")
    search_fields = ("brand", "title", "cleaned")
    search_help_text = "Brand, title or address; or a whole link."
    list_per_page = 50
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("pasted", "title", "site_name")}),
        (
            "As it is kept",
            {"fields": ("page", *_KEPT)},
        ),
        ("What the page says of itself", {"fields": ("metadata", "hops"), "classes": ("collapse",)}),
    )
    readonly_fields = ("page", *_KEPT, "metadata", "hops")

    @admin.display(description="the page")
    def page(self, link):
        """Return the way out to it; nothing where its address is none that a browser may be sent to."""
        out = '<a class="link" href="{}" target="_blank" rel="noopener noreferrer">Open the page</a>'
        page = sources.page_of(link)
        return format_html(out, page) if page else ""

    def get_readonly_fields(self, request, obj=None):
        """Keep the address once it is there; another page is another source."""
        return (*self.readonly_fields, "pasted") if obj else self.readonly_fields

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:1]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        listed = request.resolver_match.url_name in ("curation_sourcelink_changelist", "autocomplete")
        return queryset.defer("metadata", "hops") if listed else queryset

    def get_search_results(self, request, queryset, search_term):
        if links.is_web(search_term.strip()):
            return queryset.filter(key=links.duplicate_key(search_term.strip())), False
        return super().get_search_results(request, queryset, search_term)
