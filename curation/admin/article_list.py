"""The list of articles: its columns, its filters, and the steps that can be taken for many at once."""

from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.template.response import TemplateResponse
from django.utils.html import format_html

from curation import links, roles, workflow
from curation.models import ArticleTopic, Edition, Section, State
from offerings import slugs
from offerings.models import Taxonomy, Topic

from . import marks, steps, work


class StateFilter(admin.SimpleListFilter):
    """Where the working copy stands."""

    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class OwnerFilter(admin.SimpleListFilter):
    """Mine, other people's, nobody's."""

    title, parameter_name = "owner", "owner"

    def __init__(self, request, *given):
        super().__init__(request, *given)
        self.user = request.user

    def lookups(self, request, model_admin):
        others = [("others", "Others")] if roles.may(request.user, workflow.STEPS["assign"].permission) else []
        return [("me", "You"), *others, ("nobody", "Unclaimed")]

    def queryset(self, request, queryset):
        whose = {"me": Q(owner=self.user), "nobody": Q(owner=None), "others": ~Q(owner=self.user) & ~Q(owner=None)}
        return queryset.filter(whose[self.value()]) if self.value() in whose else queryset


class ReachFilter(admin.SimpleListFilter):
    """What readers see."""

    title, parameter_name = "readers see", "reach"

    def lookups(self, request, model_admin):
        return [("live", "Live"), ("scheduled", "Scheduled"), ("gone", "Withdrawn or expired"), ("never", "Never yet")]

    def queryset(self, request, queryset):
        facts = {
            "live": {"is_live": True},
            "scheduled": {"is_scheduled": True},
            "gone": {"is_live": False, "was_live": True},
            "never": {"is_live": False, "is_scheduled": False, "was_live": False},
        }
        return queryset.filter(**facts[self.value()]) if self.value() in facts else queryset


class TaxonomyFilter(admin.SimpleListFilter):
    """Filed under a topic of this taxonomy, or under none."""

    title, parameter_name = "taxonomy", "taxonomy"

    def lookups(self, request, model_admin):
        return [*((one.slug, one.label) for one in Taxonomy.objects.all()), ("none", "No topic yet")]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        filed = ArticleTopic.objects.filter(content_object=OuterRef("pk"))
        if self.value() == "none":
            return queryset.filter(~Exists(filed))
        return queryset.filter(Exists(filed.filter(tag__taxonomy__slug=self.value())))


class SectionFilter(admin.RelatedFieldListFilter):
    """The part of the site; not worth a word while there is one."""

    def field_choices(self, field, request, model_admin):
        return [(section.pk, section.name) for section in Section.objects.all()]


class TopicFilter(admin.ListFilter):
    """Filed under a topic that is typed, or chosen from what opens: its name, label, synonym or address."""

    title, parameter_name, template = "topic", "topic", "admin/includes/topic_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        if self.parameter_name in params:
            self.used_parameters[self.parameter_name] = params.pop(self.parameter_name)[-1]

    @property
    def typed(self):
        """What was typed."""
        return self.used_parameters.get(self.parameter_name, "").strip()

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.parameter_name]

    def choices(self, changelist):
        keep = changelist.get_filters_params()
        yield {
            "typed": self.typed,
            "keep": [(key, value) for key, values in keep.items() if key != self.parameter_name for value in values],
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request, queryset):
        if not self.typed:
            return queryset
        key = slugs.topic_key(self.typed)
        meant = Q(key=key) | Q(slug=self.typed) | Q(label__iexact=self.typed) | Q(synonyms__key=key)
        topics = list(Topic.objects.filter(meant).values_list("pk", flat=True))
        return queryset.filter(Exists(ArticleTopic.objects.filter(content_object=OuterRef("pk"), tag__in=topics)))


class Listing(ChangeList):
    """Articles with all that a row shows."""

    def get_queryset(self, request, *given, **named):
        return self.model_admin.rows(super().get_queryset(request, *given, **named))


class ArticleList(admin.ModelAdmin):
    """The list's half of the article admin. Six queries a page beside those of the session, whatever its length."""

    list_display = ("state_pill", "title_line", "topic_chips", "owner_mark", "age", "readers_see")
    list_display_links = ("title_line",)
    list_filter = (
        StateFilter,
        OwnerFilter,
        ReachFilter,
        TopicFilter,
        TaxonomyFilter,
        ("section", SectionFilter),
    )
    search_fields = ("title", "slug", "sources__brand", "sources__clean")
    search_help_text = "Title, address, source; or a whole link."
    sortable_by = ("state_pill",)
    list_per_page = 25
    show_full_result_count = False
    actions = ("submit_many", "approve_many", "publish_many", "withdraw_many", "claim_many")

    def get_changelist(self, request, **given):
        return Listing

    def rows(self, queryset):
        """What the list shows of each article."""
        withdrawn = Edition.objects.filter(article=OuterRef("pk"), ended=Edition.Ended.WITHDRAWN)
        return (
            queryset.annotate(was_withdrawn=Exists(withdrawn), since=work.since(), brand=work.main_brand())
            .select_related("owner")
            .prefetch_related(Prefetch("article_topics", ArticleTopic.objects.select_related("tag__taxonomy")))
            .defer("body", "insights", "standfirst")
        )

    def get_search_results(self, request, queryset, search_term):
        """A whole link finds its articles by the link's key; anything else is looked for in words."""
        if links.is_web(search_term.strip()):
            return queryset.filter(sources__key=links.key(search_term.strip())).distinct(), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="State", ordering="state")
    def state_pill(self, article):
        return marks.pill(article.state)

    @admin.display(description="Title")
    def title_line(self, article):
        """The title, and under it whose story it is."""
        return format_html("{}<small>{}</small>", str(article), article.brand or "no source yet")

    @admin.display(description="Topics")
    def topic_chips(self, article):
        topics = [row.tag for row in article.article_topics.all()]
        return marks.chips(topics) if topics else format_html('<span class="age-warn">{}</span>', "none yet")

    @admin.display(description="Owner")
    def owner_mark(self, article):
        return (
            marks.avatar(article.owner) if article.owner else format_html('<span class="faint">{}</span>', "unclaimed")
        )

    @admin.display(description="Age")
    def age(self, article):
        return marks.age("" if article.is_live else article.state, article.since or article.created_at)

    @admin.display(description="Readers see")
    def readers_see(self, article):
        return marks.reach_mark(marks.reach(article))

    @admin.display(description="")
    def action_checkbox(self, obj):
        """The tick of a row, and the edit it was drawn from: a step for many is taken at what was seen."""
        return format_html(
            '<label class="tick"><input type="checkbox" class="action-select" name="{}" value="{}" aria-label="{}">'
            "</label>"
            '<input type="hidden" name="edit-{}" value="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            f"Select “{obj}”",
            obj.pk,
            obj.edit,
        )

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Steps for many, as far as the person may take them at all; deleting is not among them."""
        actions = super().get_actions(request, action_location)
        actions.pop("delete_selected", None)
        return {
            name: action
            for name, action in actions.items()
            if any(roles.may(request.user, permission) for permission in _PERMISSIONS[name.removesuffix("_many")])
        }

    @admin.action(description="Send to review")
    def submit_many(self, request, queryset):
        steps.take_for_many(request, "submit", queryset)

    @admin.action(description="Approve")
    def approve_many(self, request, queryset):
        steps.take_for_many(request, "approve", queryset)

    @admin.action(description="Publish now")
    def publish_many(self, request, queryset):
        steps.take_for_many(request, "publish", queryset)

    @admin.action(description="Claim")
    def claim_many(self, request, queryset):
        steps.take_for_many(request, "claim", queryset)

    @admin.action(description="Withdraw…")
    def withdraw_many(self, request, queryset):
        """Ask for the reason on a page of its own, then withdraw."""
        reason = request.POST.get("reason", "").strip()
        if reason:
            steps.take_for_many(request, "withdraw", queryset, reason=reason)
            return None
        chosen = list(queryset.order_by("pk").defer("body"))
        edits = [(article, request.POST.get(f"edit-{article.pk}") or article.edit) for article in chosen]
        context = self.admin_site.each_context(request) | {
            "title": "Withdraw",
            "opts": self.opts,
            "articles": edits,
            "asked_again": "reason" in request.POST,
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/curation/article/withdraw_many.html", context)


_PERMISSIONS = {
    "submit": ("curation.write_article", "curation.review_article"),
    "claim": ("curation.write_article", "curation.assign_article"),
    "approve": ("curation.review_article",),
    "publish": ("curation.publish_article",),
    "withdraw": ("curation.publish_article",),
}
