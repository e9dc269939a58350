"""Rows that are kept and never written by hand: Versions, Editions, the log, documents, work packages. To read only."""

from django.contrib import admin

from curation.admin import badges
from curation.models import Document, Edition, LogEntry, State, Version, WorkPackage
from curation.text import prose


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


@admin.register(Version)
class VersionAdmin(OfVisibleArticles):
    """Snapshots of working copies."""

    list_display = ("article", "number", "name", "sealed", "updated_at")
    list_filter = ("sealed",)
    list_select_related = ("article",)
    search_fields = ("article__title", "name")
    fields = ("article", "number", "name", "sealed", "writers", "created_at", "updated_at", "digest", "content")

    def get_queryset(self, request):
        queryset = super().get_queryset(request).defer("article__body")
        return (
            queryset
            if request.resolver_match.url_name.endswith("_change")
            else queryset.defer("content", "article__body")
        )


@admin.register(Edition)
class EditionAdmin(OfVisibleArticles):
    """Editions that readers see and saw."""

    list_display = ("title", "number", "source_brand", "live_from", "until", "ended")
    list_filter = ("ended",)
    search_fields = ("title", "slug", "source_brand")
    fields = (
        "article",
        "version",
        "number",
        "title",
        "slug",
        "live_from",
        "until",
        "ended",
        "reason",
        "successor",
        "first_published_at",
        "standfirst",
        "words",
        "update_note",
        "pressed_at",
    )

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset if request.resolver_match.url_name.endswith("_change") else queryset.defer("body")

    @admin.display(description="live until", ordering="live_until")
    def until(self, edition):
        return "for good" if edition.live_until.year == 9999 else badges.moment(edition.live_until)

    @admin.display(description="text")
    def words(self, edition):
        return prose.safe(edition.body)

    def get_view_on_site_url(self, obj=None):
        """Return the address of an Edition; only what is live has one to go to."""
        return obj.get_absolute_url() if obj and Edition.objects.live().filter(pk=obj.pk).exists() else None


@admin.register(LogEntry)
class LogEntryAdmin(OfVisibleArticles):
    """Entries of the log, newest first."""

    list_display = ("at", "step", "who", "article", "left", "entered", "reason")
    list_display_links = ("at", "step")
    list_filter = ("step",)
    list_select_related = ("article", "by")
    search_fields = ("actor", "by__first_name", "by__last_name", "article__title", "reason")

    @admin.display(ordering="actor")
    def who(self, row):
        return badges.who(row)

    @admin.display(description="from", ordering="from_state", empty_value="–")
    def left(self, row):
        return dict(State.choices).get(row.from_state)

    @admin.display(description="to", ordering="to_state", empty_value="–")
    def entered(self, row):
        return dict(State.choices).get(row.to_state)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body", "article__insights")


@admin.register(Document)
class DocumentAdmin(OfVisibleArticles):
    """Files that an import took."""

    list_display = ("path", "format", "article", "published")
    list_filter = ("format", "published")
    list_select_related = ("article",)
    search_fields = ("path", "key", "article__title")
    exclude = ("packed",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("packed", "leftovers", "article__body")


@admin.register(WorkPackage)
class WorkPackageAdmin(OfVisibleArticles):
    """Origins of articles in OpenProject."""

    list_select_related = ("article",)
    search_fields = ("article__title",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body")
