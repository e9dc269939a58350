"""Filters of the list of articles. No filter minds what it is given: what cannot be finds nothing."""

from datetime import timedelta
from typing import ClassVar

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from curation.admin import badges
from curation.measures import lists
from curation.models import NO_DAY, ArticleSource, ArticleTopic, Edition, Priority, Section, State, roles
from curation.sql import compiled_queries
from curation.text import dates, links
from curation.workflow import deadlines, entry
from curation.workflow.board import absences
from offerings import slugs
from offerings.models import Taxonomy, Topic
from offerings.request_values import whole_number

#: Up to this many rows beside articles are looked up first; of more, each article is asked for one of its own.
FEW = 10_000
#: What somebody writes or reviews; what is approved waits for its hour.
WORKED_ON = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)
SPANS = {"day": timedelta(days=1), "week": timedelta(days=7)}


def among(queryset, rows, article="article"):
    """Return the articles that ``rows`` name in their column ``article``: by their ids where they are few.

    One query to see whether they are; what is asked for then is in the words that the database answers soonest.
    """
    if rows.order_by()[: FEW + 1].count() <= FEW:
        return queryset.filter(pk__in=rows.order_by().values(article))
    return queryset.filter(Exists(rows.filter(**{article: OuterRef("pk")})))


class StateFilter(admin.SimpleListFilter):
    """Articles by the state of their working copy."""

    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class OwnerFilter(admin.SimpleListFilter):
    """Articles of mine, of others, of nobody; for who sees everybody's, also of a colleague by their id."""

    title, parameter_name, template = "owner", "owner", "admin/includes/owner_filter.html"

    def __init__(self, request, *given):
        self.user = request.user
        super().__init__(request, *given)

    def lookups(self, request, model_admin):
        self.people = []
        if not roles.may(request.user, "curation.review_article"):
            return [("me", "You"), ("nobody", "Unclaimed")]
        people = compiled_queries.objects(("colleagues",), _colleagues, person=request.user.pk)
        self.people = [(str(person.pk), badges.named(person)) for person in people]
        return [("me", "You"), ("others", "Others"), ("nobody", "Unclaimed")]

    def choices(self, changelist):
        """Return the links; beside them ``keep``, what the form for a colleague's name has to send along."""
        keep = changelist.get_filters_params()
        self.keep = [(key, value) for key, values in keep.items() if key != "owner" for value in values]
        return super().choices(changelist)

    def queryset(self, request, queryset):
        value = self.value()
        whose = {"me": Q(owner=self.user), "nobody": Q(owner=None), "others": ~Q(owner=self.user) & ~Q(owner=None)}
        if value in whose:
            return queryset.filter(whose[value])
        return queryset.filter(owner=whole_number(value) or 0) if value else queryset


def _colleagues(person):
    found = entry.colleagues().exclude(pk=person).order_by("username")
    return found.only("username", "first_name", "last_name")[:200]


class ReachFilter(admin.SimpleListFilter):
    """Articles by what readers see."""

    title, parameter_name = "readers see", "reach"

    def lookups(self, request, model_admin):
        return [("live", "Live"), ("scheduled", "Scheduled"), ("gone", "Withdrawn or expired"), ("never", "Never yet")]

    def queryset(self, request, queryset):
        found = {"live": self._live, "scheduled": self._scheduled, "gone": self._gone, "never": self._never}
        return found[self.value()](queryset, timezone.now()) if self.value() in found else queryset

    @staticmethod
    def _live(queryset, now):
        return queryset.filter(Exists(_own(Edition.objects.live(now))))

    @staticmethod
    def _scheduled(queryset, now):
        return queryset.filter(pk__in=Edition.objects.scheduled(now).values("article"))

    @staticmethod
    def _gone(queryset, now):
        # Two questions, because what has ended lies in two indexes: what is counted still, and what is no longer.
        over = Edition.objects.started(now).filter(live_until__lte=now).order_by()
        ended = Q(pk__in=over.filter(tallied=False).values("article")) | Q(
            pk__in=over.filter(tallied=True).values("article")
        )
        return queryset.filter(ended).exclude(Exists(_own(Edition.objects.live(now))))

    @staticmethod
    def _never(queryset, now):
        return queryset.exclude(Exists(_own(Edition.objects.started(now)))).exclude(
            Exists(_own(Edition.objects.scheduled(now)))
        )


def _own(editions):
    return editions.order_by().filter(article=OuterRef("pk"))


class AgeFilter(admin.SimpleListFilter):
    """Articles by their time in a state. What is approved waits for nobody who writes or reviews, and is never late."""

    title, parameter_name = "in its state", "age"

    def lookups(self, request, model_admin):
        return [("day", "For a day at most"), ("week", "For a week at most"), ("slow", "Long"), ("late", "Too long")]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() in SPANS:
            return queryset.filter(entered_at__gte=now - SPANS[self.value()])
        if self.value() not in ("slow", "late"):
            return queryset
        return queryset.filter(deadlines.waiting(self.value(), now, WORKED_ON))


class TaxonomyFilter(admin.SimpleListFilter):
    """Articles filed under a topic of a taxonomy, or under none."""

    title, parameter_name = "taxonomy", "taxonomy"

    def lookups(self, request, model_admin):
        known = compiled_queries.objects(("taxonomies",), Taxonomy.objects.all)
        return [*((one.slug, one.label) for one in known), ("none", "No topic yet")]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        filed = ArticleTopic.objects.filter(content_object=OuterRef("pk"))
        if self.value() == "none":
            return queryset.filter(~Exists(filed))
        return queryset.filter(Exists(filed.filter(tag__taxonomy__slug=self.value())))


class SectionFilter(admin.SimpleListFilter):
    """The part of the site; not worth a word while there is one."""

    title, parameter_name = "section", "section"

    def lookups(self, request, model_admin):
        sections = cache.get_or_set("desk-sections", lambda: list(Section.objects.values_list("pk", "name")), 60)
        return [(str(pk), name) for pk, name in sections] if len(sections) > 1 else []

    def queryset(self, request, queryset):
        return queryset.filter(section=whole_number(self.value()) or 0) if self.value() else queryset


class ReviewerFilter(admin.SimpleListFilter):
    """Articles by who shall decide: oneself, another, nobody yet; also a colleague by their id."""

    title, parameter_name = "reviewer", "reviewer"

    def __init__(self, request, *given):
        self.user = request.user
        super().__init__(request, *given)

    def lookups(self, request, model_admin):
        return [("me", "You"), ("others", "Others"), ("nobody", "Nobody yet"), ("away", "Away")]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "away":
            return queryset.filter(reviewer__in=list(absences.away()))
        others = ~Q(reviewer=self.user) & ~Q(reviewer=None)
        whose = {"me": Q(reviewer=self.user), "nobody": Q(reviewer=None), "others": others}
        if value in whose:
            return queryset.filter(whose[value])
        return queryset.filter(reviewer=whole_number(value) or 0) if value else queryset


class DueFilter(admin.SimpleListFilter):
    """Unfinished articles by the day by which the newsroom wants them, on the clock of whoever asks."""

    title, parameter_name = "due", "due"
    _WITHIN: ClassVar = {"late": -1, "today": 0, "week": 7, "fortnight": 14}

    def lookups(self, request, model_admin):
        return [
            ("late", "Past its day"),
            ("today", "Due by today"),
            ("week", "Due in 7 days"),
            ("fortnight", "Due in 14 days"),
            ("none", "No day set"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.unfinished().filter(due_on=NO_DAY)
        if self.value() not in self._WITHIN:
            return queryset
        return queryset.unfinished().filter(
            due_on__lte=timezone.localdate() + timedelta(days=self._WITHIN[self.value()])
        )


class PlanFilter(admin.SimpleListFilter):
    """Articles by the day that they are planned for, in the newsroom's time; of the rest, what could be planned."""

    title, parameter_name = "planned", "planned"
    _WITHIN: ClassVar = {"today": (0, 0), "week": (0, 7), "fortnight": (0, 14)}

    def lookups(self, request, model_admin):
        return [
            ("late", "Its day is over"),
            ("today", "For today"),
            ("week", "In the next 7 days"),
            ("fortnight", "In the next 14 days"),
            ("none", "Not planned"),
        ]

    def queryset(self, request, queryset):
        today, asked = dates.local(timezone.now()).date(), self.value()
        if asked == "none":
            return queryset.unfinished().filter(planned_on=None)
        if asked == "late":
            return queryset.planned().filter(planned_on__lt=today)
        if asked not in self._WITHIN:
            return queryset
        first, last = (today + timedelta(days=days) for days in self._WITHIN[asked])
        return queryset.planned().filter(planned_on__range=(first, last))


class PriorityFilter(admin.SimpleListFilter):
    """Unfinished articles by their priority."""

    title, parameter_name = "priority", "priority"

    def lookups(self, request, model_admin):
        return [(priority.name.lower(), priority.label) for priority in Priority]

    def queryset(self, request, queryset):
        chosen = [one for one in Priority if one.name.lower() == self.value()]
        return queryset.unfinished().filter(priority=chosen[0]) if chosen else queryset


class TypedFilter(admin.ListFilter):
    """A filter with a box: what is typed into it is looked up."""

    template = "admin/includes/topic_filter.html"
    placeholder, any_words, autocomplete = "", "", ""

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        if self.parameter_name in params:
            self.used_parameters[self.parameter_name] = params.pop(self.parameter_name)[-1]

    @property
    def typed(self):
        """The words that were typed."""
        return self.used_parameters.get(self.parameter_name, "").strip()

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.parameter_name]

    def choices(self, changelist):
        keep = changelist.get_filters_params()
        yield {
            "name": self.parameter_name,
            "typed": self.typed,
            "placeholder": self.placeholder,
            "any": self.any_words,
            "autocomplete": self.autocomplete,
            "keep": [(key, value) for key, values in keep.items() if key != self.parameter_name for value in values],
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }


class TopicFilter(TypedFilter):
    """Articles filed under a topic that is typed, or chosen from what opens: its name, label, synonym or address."""

    title, parameter_name = "topic", "topic"
    placeholder, any_words = "Name of a topic", "Any topic"
    autocomplete = "app_label=curation&model_name=articletopic&field_name=tag"

    def queryset(self, request, queryset):
        if not self.typed:
            return queryset
        key = slugs.topic_key(self.typed)
        meant = Q(key=key) | Q(slug=self.typed) | Q(label__iexact=self.typed) | Q(synonyms__key=key)
        meant = Topic.objects.filter(meant)  # also by what went into another one since, as links and saved filters say
        topics = list(meant.values_list(Coalesce("merged_into", "pk"), flat=True))
        return among(queryset, ArticleTopic.objects.filter(tag__in=topics), "content_object")


class SourceFilter(TypedFilter):
    """Articles with a source on the site that is typed, by its name or any address on it."""

    title, parameter_name = "source", "source"
    placeholder, any_words = "example.org", "Any source"

    def queryset(self, request, queryset):
        if not self.typed:
            return queryset
        brand = links.brand(self.typed if "//" in self.typed else f"https://{self.typed}/")
        return among(queryset, ArticleSource.objects.filter(link__brand=brand))


class CountedFilter(admin.SimpleListFilter):
    """Articles behind a number of the measures, by its code; nobody chooses one here, so it shows itself only then."""

    title, parameter_name = "counted", "counted"

    def lookups(self, request, model_admin):
        value = self.used_parameters.get(self.parameter_name, "")
        self.meant = lists.meant_by(value, timezone.now()) if value else None
        return [(value, self.meant.words if self.meant else "no such number")] if value else []

    def queryset(self, request, queryset):
        return queryset.filter(self.meant.condition) if self.meant else queryset.none()


FILTERS = (
    StateFilter,
    ReachFilter,
    OwnerFilter,
    ReviewerFilter,
    AgeFilter,
    DueFilter,
    PlanFilter,
    PriorityFilter,
    CountedFilter,
    TopicFilter,
    TaxonomyFilter,
    SourceFilter,
    SectionFilter,
)
