"""Rows that are kept and never written by hand, as people read them: Versions, Editions, documents, work packages."""

import zlib

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from curation.admin import badges
from curation.admin.article.form import thumbnail
from curation.editing import compare
from curation.models import OPEN, Document, Edition, LogEntry, Picture, Version, WorkPackage
from curation.models.fields import LABELS
from curation.models.snapshots import complete
from curation.text import prose
from offerings.request_values import whole_number


class ReadOnly(admin.ModelAdmin):
    """Pages on which nobody adds, changes or deletes a row."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OfVisibleArticles(ReadOnly):
    """Rows of articles, for whoever may see the article."""

    def get_queryset(self, request):
        articles = self.model._meta.get_field("article").related_model.objects.visible_to(request.user)
        return super().get_queryset(request).filter(article__in=articles)


class Record(OfVisibleArticles):
    """Rows with a page of their own that is read like a page, not like a form."""

    page_template = ""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a row as people read it; nothing can be sent here."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        row = self.get_object(request, object_id) if whole_number(object_id) is not None else None
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        own = {"title": str(row), "opts": self.opts, "row": row, "article": row.article}
        context = self.admin_site.each_context(request) | own | self.said(row)
        return TemplateResponse(request, self.page_template, context)

    def history_view(self, request, object_id, extra_context=None):
        """Lead to its page: a row that never changes has no history but that."""
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id]))

    def said(self, row):
        """Return what its page says beside the row."""
        return {}


@admin.register(Version)
class VersionAdmin(Record):
    """Snapshots of working copies."""

    list_display = ("article", "number", "name", "is_sealed", "updated_at")
    list_filter = ("sealed",)
    list_select_related = ("article",)
    search_fields = ("article__title", "name")
    page_template = "admin/curation/record/version.html"

    def get_queryset(self, request):
        queryset = super().get_queryset(request).defer("article__body")
        one = request.resolver_match.url_name.endswith("_change")
        return queryset.select_related("article") if one else queryset.defer("content", "article__body")

    @admin.display(description="sealed", boolean=False, ordering="sealed")
    def is_sealed(self, version):
        return "sealed" if version.sealed else "–"

    def said(self, version):
        content = complete(version.content)
        pictures = Picture.objects.filter(pk=content["picture_id"]).first() if content["picture_id"] else None
        read = {LABELS[name] for name in ("title", "standfirst", "body")}
        return {
            "words": content,
            "body": prose.safe(content["body"]),
            "facts": [(label, text) for label, text in compare.told(content) if label not in read],
            "picture": pictures and thumbnail(pictures),
            "writers": version.writers.all(),
            "editions": version.editions.only("number", "live_from"),
            "logged": LogEntry.objects.filter(version=version)
            .select_related("by", "edition")
            .defer("edition__body")[:20],
        }


@admin.register(Edition)
class EditionAdmin(Record):
    """Editions that readers see and saw."""

    list_display = ("title", "number", "source_brand", "live_from", "until", "ended")
    list_filter = ("ended",)
    search_fields = ("title", "slug", "source_brand")
    page_template = "admin/curation/record/edition.html"

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        one = request.resolver_match.url_name.endswith("_change")
        related = ("article", "version", "successor", "picture")
        return queryset.select_related(*related).defer("version__content") if one else queryset.defer("body")

    @admin.display(description="live until", ordering="live_until")
    def until(self, edition):
        return "for good" if edition.live_until == OPEN else badges.moment(edition.live_until)

    def said(self, edition):
        now = timezone.now()
        is_empty = edition.live_from == edition.live_until
        return {
            "body": prose.safe(edition.body),
            "is_live": edition.is_live(now),
            "is_coming": now < edition.live_from < edition.live_until,
            "was_never": is_empty,
            "until": None if edition.live_until == OPEN else edition.live_until,
            "picture_address": edition.picture and thumbnail(edition.picture),
            "topics": [row.topic for row in edition.edition_topics.select_related("topic__taxonomy")],
            "offerings": [row.offering for row in edition.edition_offerings.select_related("offering")],
            "logged": LogEntry.objects.filter(edition=edition)
            .select_related("by", "version")
            .defer("version__content")[:20],
        }

    def get_view_on_site_url(self, obj=None):
        """Return the address of an Edition; only what is live has one to go to."""
        return obj.get_absolute_url() if obj and Edition.objects.live().filter(pk=obj.pk).exists() else None


@admin.register(Document)
class DocumentAdmin(Record):
    """Files that an import took."""

    list_display = ("path", "format", "article", "published")
    list_filter = ("format", "published")
    list_select_related = ("article",)
    search_fields = ("path", "key", "article__title")
    page_template = "admin/curation/record/document.html"

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        one = request.resolver_match.url_name.endswith("_change")
        return queryset.select_related("article") if one else queryset.defer("packed", "leftovers", "article__body")

    def said(self, document):
        text = _text(document)
        left = [(name, _plainly(value)) for name, value in sorted(document.leftovers.items())]
        return {"text": text[:_SHOWN], "is_cut": len(text) > _SHOWN, "leftovers": left[:_MOST]}


@admin.register(WorkPackage)
class WorkPackageAdmin(Record):
    """Origins of articles in OpenProject."""

    list_display = ("number", "source", "type", "article")
    list_select_related = ("article",)
    search_fields = ("article__title",)
    page_template = "admin/curation/record/workpackage.html"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article").defer("article__body")

    def said(self, package):
        own = [(name, _plainly(value)) for name, value in sorted(package.custom_fields.items())]
        return {"fields": own[:_MOST], "attachments": [_plainly(one) for one in package.attachments[:_MOST]]}


_SHOWN, _MOST = 50_000, 200  # characters of a file, and values, that a page shows


def _text(document):
    """Return a file as text; a stored one that is broken reads as nothing."""
    try:
        return document.data.decode(errors="replace")
    except zlib.error:
        return ""


def _plainly(value):
    """Return a value of a document as people read it: lists by commas, pairs by colons."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plainly(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plainly, value))
    return "–" if value in (None, "") else str(value)
