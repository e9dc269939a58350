"""The desk's catalogue: taxonomies, topics, institutions, offerings and old addresses."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from simple_history.admin import SimpleHistoryAdmin

from . import addresses, slugs
from .forms.touched import FromPages, OnlyTouched
from .models import Institution, Offering, OfferingTopic, Redirect, Synonym, Taxonomy, Topic
from .pickers.field import PickerField
from .pickers.names import find_topic
from .request_values import whole_number


class Kept(FromPages, SimpleHistoryAdmin):
    """Desk pages with a history of changes; an old version is read, and never saved from its page."""

    object_history_template = "admin/catalogue_past.html"
    object_history_list_template = "admin/includes/catalogue_history.html"

    def revert_disabled(self, request, obj=None):
        """Return true always: the package would save an old version for whoever may look at it."""
        return True

    def history_view(self, request, object_id, extra_context=None):
        return super().history_view(request, _number(object_id), extra_context)

    @method_decorator(require_safe)
    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show one old version in words, to whoever may see the thing. Two queries, and one for each thing it names."""
        past = self.model.history.select_related("history_user")
        which = {"history_id": _number(version_id), self.opts.pk.attname: _number(object_id)}
        record = get_object_or_404(past, **which)
        if not self.has_view_permission(request, record.instance):
            raise PermissionDenied
        kept = {field.attname for field in record._meta.concrete_fields}
        context = self.admin_site.each_context(request) | {
            "title": f"As it was: {record.instance}",
            "opts": self.opts,
            "record": record,
            "object_id": record.instance.pk,
            "values": [
                (field.verbose_name, _in_words(record, field))
                for field in self.opts.concrete_fields
                if field.attname in kept
            ],
        }
        return TemplateResponse(request, "admin/catalogue_version.html", context | (extra_context or {}))


def _number(typed):
    """Return a key as an address names it; raises Http404 for what is none."""
    if whole_number(typed) is None:
        raise Http404("There is nothing of this number.")
    return typed


def _in_words(record, field):
    """Return a field's former value for people. What it named may be gone by now."""
    value = getattr(record, field.attname)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.is_relation and value is not None:
        thing = field.related_model._base_manager.filter(pk=value).first()
        return str(thing) if thing else f"number {value}, which is not there any more"
    return "–" if value in ("", None) else str(value)


class InUse(admin.ModelAdmin):
    """Desk pages of things that may be retired: those are offered to nobody who is choosing something new."""

    @admin.display(description="Offered", ordering="retired")
    def use(self, row):
        return "retired" if row.retired else "yes"

    def get_search_results(self, request, queryset, search_term):
        queryset, doubles = super().get_search_results(request, queryset, search_term)
        choosing = request.resolver_match.url_name == "autocomplete"
        return (queryset.filter(retired=False) if choosing else queryset), doubles


class Addressed(FromPages):
    """Desk pages of things that readers see: a changed address leaves a redirect, and every change tells the caches."""

    formfield_overrides = {models.URLField: {"widget": forms.URLInput, "assume_scheme": "https"}}

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        before = type(obj).objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        here = obj.get_absolute_url()
        if before and before.get_absolute_url() != here:
            addresses.redirect(before.get_absolute_url(), here)
        addresses.forget(here)
        addresses.touch()

    def get_view_on_site_url(self, obj=None):
        """Return the page that readers have of it."""
        return obj.get_absolute_url() if obj and obj.pk else None

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        addresses.touch()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        addresses.touch()


class HueSelect(forms.RadioSelect):
    """Hues to choose from, each shown as the colour it is."""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string("admin/widgets/hue.html", self.get_context(name, value, attrs))


class TaxonomyForm(forms.ModelForm):
    """A taxonomy; what names it in filters follows from its name where it is left empty."""

    hue = forms.TypedChoiceField(
        label="Colour",
        coerce=int,
        choices=[(hue, f"{hue * 10} degrees") for hue in range(36)],
        widget=HueSelect,
        help_text="Quiet everywhere: it tints the chips of its topics, and their covers.",
    )

    class Meta:
        model = Taxonomy
        fields = ("name", "hue", "slug", "position", "description")

    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        if "hue" in self.fields and self.initial.get("hue") is None:
            self.initial["hue"] = Taxonomy._meta.get_field("hue").get_default()
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Names it in filters; follows from the name if left empty."

    def clean_slug(self):
        return self.cleaned_data["slug"] or slugs.slug(self.cleaned_data.get("name", "")) or "topics"


@admin.register(Taxonomy)
class TaxonomyAdmin(Kept):
    """Namespaces of topics, in their order."""

    form = TaxonomyForm
    list_display = ("chip", "known_topics", "slug", "position")
    search_fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(topic_count=models.Count("topics"))

    @admin.display(description="Taxonomy", ordering="name")
    def chip(self, taxonomy):
        return format_html('<span class="chip hue-{}">{}</span>', taxonomy.hue, taxonomy.label)

    @admin.display(description="Topics", ordering="topic_count")
    def known_topics(self, taxonomy):
        address = f"{reverse('admin:offerings_topic_changelist')}?taxonomy__id__exact={taxonomy.pk}"
        return format_html('<a class="link" href="{}">{}</a>', address, taxonomy.topic_count)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        addresses.touch()


class SynonymFormSet(forms.BaseInlineFormSet):
    """Rows whose inputs say their names to those who do not see the head of the table."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["spelling"].widget.attrs["aria-label"] = "Spelling"
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = f"Delete “{form.instance}”"


class SynonymForm(OnlyTouched, forms.ModelForm):
    """A spelling, which stays as it is stored where nobody touched its row."""


class SynonymInline(admin.TabularInline):
    """Other spellings of a topic."""

    form = SynonymForm
    model = Synonym
    formset = SynonymFormSet
    extra = 1


class TopicForm(forms.ModelForm):
    """A topic; its label and address follow from its name where they are left empty."""

    class Meta:
        model = Topic
        fields = ("name", "taxonomy", "label", "slug", "description", "retired")

    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        for name in ("label", "slug"):
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = "Follows from the name if left empty."

    def clean_slug(self):
        return self.cleaned_data["slug"] or slugs.slug(self.cleaned_data.get("name", ""))

    def clean_label(self):
        return self.cleaned_data["label"] or slugs.topic_label(self.cleaned_data.get("name", ""))


@admin.register(Topic)
class TopicAdmin(InUse, Addressed, Kept):
    """Topics, found by name and by synonym."""

    form = TopicForm
    list_display = ("label", "taxonomy", "slug", "use")
    list_filter = ("taxonomy", "retired")
    list_select_related = ("taxonomy",)
    search_fields = ("name", "synonyms__spelling")
    inlines = (SynonymInline,)
    list_per_page = 50


@admin.register(Institution)
class InstitutionAdmin(InUse, Addressed, Kept):
    """Makers of offerings."""

    list_display = ("name", "slug", "website", "use")
    list_filter = ("retired",)
    search_fields = ("name",)


class Chosen(AutocompleteSelect):
    """Django's box that finds while one types, which shows again only what can be a choice at all."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if whole_number(one) is not None], attr)


class OfferingForm(forms.ModelForm):
    """An offering with its topics in their order."""

    topic_list = PickerField(
        label="Topics",
        queryset=Topic.objects.select_related("taxonomy"),
        through=OfferingTopic._meta.get_field("tag"),
        find=find_topic(Topic.objects.select_related("taxonomy")),
        describe=lambda topic: {"label": topic.name, "css": f"hue-{topic.taxonomy.hue}"},
        noun="topic",
        hint="Find a topic",
    )

    class Meta:
        model = Offering
        fields = ("name", "institution", "permalink", "summary", "website", "logo", "external_id", "retired")

    def __init__(self, *args, instance=None, **given):
        super().__init__(*args, instance=instance, **given)
        stored = instance.offering_topics.values_list("tag", flat=True) if instance and instance.pk else ()
        rows = [{"id": pk} for pk in stored]
        self.initial.setdefault("topic_list", rows)
        self.fields["topic_list"].keep = frozenset(row["id"] for row in rows)

    def clean(self):
        """Refuse a permalink that ends in another one's address: two may differ and yet do so."""
        cleaned = super().clean()
        slug = Offering(name=cleaned.get("name", ""), permalink=cleaned.get("permalink", "")).derive().slug
        if Offering.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            self.add_error("permalink", f"Another offering has the address /offering/{slug}/.")
        return cleaned


@admin.register(Offering)
class OfferingAdmin(InUse, Addressed, Kept):
    """Products and services, with their topics in order."""

    form = OfferingForm
    list_display = ("name", "institution", "slug", "use")
    list_filter = ("retired",)
    list_select_related = ("institution",)
    search_fields = ("name", "institution__name", "permalink")
    autocomplete_fields = ("institution",)
    list_per_page = 50

    def formfield_for_foreignkey(self, db_field, request, **given):
        if db_field.name in self.autocomplete_fields:
            given["widget"] = Chosen(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **given)

    fields = (
        "name",
        "institution",
        "topic_list",
        "summary",
        "website",
        "permalink",
        "logo",
        "external_id",
        "retired",
    )

    @admin.display(description="Topics")
    def topic_list(self, offering):
        return ", ".join(topic.name for topic in offering.topics.all()) or "–"

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "topic_list" in form.changed_data:
            chosen = [row["id"] for row in form.cleaned_data["topic_list"]]
            known = Topic.objects.in_bulk(chosen)
            form.instance.topics.set([known[pk] for pk in chosen])


class RedirectForm(forms.ModelForm):
    """An old address and the one it leads to: two paths of this site."""

    class Meta:
        model = Redirect
        fields = ("path", "target")

    def clean(self):
        """Refuse what would lead back to itself; what leads away from the site, the column refuses."""
        cleaned = super().clean()
        target = cleaned.get("target", "")
        if target and addresses.normal(cleaned.get("path", "")) == addresses.normal(target):
            self.add_error("target", "It would lead to itself.")
        return cleaned

    def clean_path(self):
        path = addresses.normal(self.cleaned_data["path"])
        if Redirect.objects.filter(path=path).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This address leads somewhere already.")
        return path


@admin.register(Redirect)
class RedirectAdmin(FromPages):
    """Old addresses and the ones they lead to."""

    form = RedirectForm
    list_display = ("path", "target")
    search_fields = ("path", "target")
    list_per_page = 50
    show_full_result_count = False

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Leave the row to the address book, so that chains stay flat; with a mended path it stays the same row."""
        if change:
            Redirect.objects.filter(pk=obj.pk).update(path=obj.path)
        addresses.redirect(obj.path, obj.target)
        kept = Redirect.objects.get(path=addresses.normal(obj.path))
        obj.pk, obj.target = kept.pk, kept.target
        addresses.touch()
