"""The list of articles: what it asks for, in which order, and all that a row shows.

The ids of a page come from an index, then the columns of its rows; of a narrowed list no more is counted than
``MOST``, so that no view costs what the whole newsroom does.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.db.models import F, Q
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode

from curation import bulk, workflow
from curation.admin import badges
from curation.editing import searches
from curation.models import Article, ArticleSource, ArticleTopic, Edition, SourceLink, State
from curation.sql import compiled_queries
from curation.text import links

from . import bulk as bulk_pages
from . import searches as search_pages
from .filters import FILTERS

MOST = 1_000  # articles of a narrowed list that are counted; beyond that it says “more than”
PER_PAGE = 25
WORDS = 8
#: Orders of the list: each runs along an index, to and fro.
ORDERS = {
    "newest": ("-pk",),
    "-newest": ("pk",),
    "age": ("entered_at", "pk"),
    "-age": ("-entered_at", "-pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "owner": (F("owner_id").asc(nulls_first=True), "pk"),
    "-owner": (F("owner_id").desc(nulls_last=True), "-pk"),
    "due": ("due_on", "priority", "pk"),
    "-due": ("-due_on", "-priority", "-pk"),
    "state": ("state", "-pk"),
    "-state": ("-state", "pk"),
}
#: Names of the orders, after “sorted by”.
IN_WORDS = {
    "newest": "beginning, newest first",
    "-newest": "beginning, oldest first",
    "age": "time in their state, longest first",
    "-age": "time in their state, shortest first",
    "title": "title, A to Z",
    "-title": "title, Z to A",
    "owner": "owner, unclaimed first",
    "-owner": "owner, unclaimed last",
    "due": "due day, soonest first",
    "-due": "due day, no day first",
    "state": "state, approved first",
    "-state": "state, in review first",
}
#: Orders that begin with the most of what their column shows: who entered a state first has waited longest.
FALLING = {"age"}
#: The columns: a class, a heading, and the order that it stands for.
COLUMNS = (
    ("state", "State", "state"),
    ("title", "Title and source", "title"),
    ("topics", "Topics", ""),
    ("owner", "Owner", "owner"),
    ("age", "Age", "age"),
    ("reach", "Readers see", ""),
)
#: Steps that a row offers by itself, where they are open and ask for nothing.
ROW_STEPS = {"claim": "Claim", "submit": "Send", "reopen": "Reopen"}


@dataclass(frozen=True)
class Row:
    """An article as the list shows it."""

    article: Article
    topics: list
    reach: str
    edition: int
    step: str

    @property
    def name(self):
        """The article's name; without a title the last piece of its link, which tells it from the next one."""
        piece = badges.last_piece(self.article.address or "")
        return f"Untitled: {piece[:80]}" if piece and not self.article.title else str(self.article)

    @property
    def since(self):
        """The state whose patience its age is measured by: nobody waits for what is live."""
        return "" if self.reach == "live" else self.article.state

    @property
    def step_label(self):
        return ROW_STEPS[self.step]


@dataclass(frozen=True)
class Column:
    """A heading: where it leads, and how the list is sorted by it now (``ascending``, ``descending`` or not)."""

    name: str
    label: str
    url: str
    sorted: str


class Listing(ChangeList):
    """A page of articles with all that its rows show."""

    def __init__(self, request, *given, **named):
        self.user = request.user
        super().__init__(request, *given, **named)

    def get_ordering(self, request, queryset):
        return list(ORDERS[self.order])

    def get_ordering_field_columns(self):
        """Return nothing: columns are sorted by name here, not by number."""
        return {}

    def get_results(self, request):
        """Find the ids of the page. One query where the list is narrowed, else two; deep in a narrowed one, two."""
        self.show_admin_actions, self.show_full_result_count, self.full_result_count = False, False, None
        self.can_show_all = False
        ids = self.queryset.values_list("pk", flat=True)
        self.is_narrowed = bool(self.has_active_filters or self.query)
        self.page_num = min(max(1, self.page_num), _FARTHEST)
        start = (self.page_num - 1) * PER_PAGE
        if self.is_narrowed:
            found = list(ids[: MOST + 1])
            self.is_capped, self.result_count = len(found) > MOST, min(len(found), MOST)
            beyond = self.is_capped and start + PER_PAGE >= MOST
            page = list(ids[start : start + PER_PAGE + 1]) if beyond else found[start : start + PER_PAGE + 1]
        else:
            self.is_capped, self.result_count = False, self.queryset.order_by().count()
            page = list(ids[start : start + PER_PAGE + 1])
        if not page and self.page_num > 1:
            self.page_num = max(1, -(-self.result_count // PER_PAGE))
            return self.get_results(request)
        self.first, self.has_more = start + 1, len(page) > PER_PAGE
        self.result_list = self.rows(page[:PER_PAGE])
        self.multi_page, self.paginator = self.page_num > 1 or self.has_more, None
        return None

    @property
    def counted(self):
        """The number of articles, in words: “412”, “more than 1,000”."""
        return f"more than {MOST:,}" if self.is_capped else f"{self.result_count:,}"

    @property
    def order(self):
        """The name of the order that the list is in."""
        asked = self.params.get("o")
        return asked if asked in ORDERS else "newest"

    @property
    def order_in_words(self):
        """The order of the list, in words."""
        return IN_WORDS[self.order]

    def orders(self):
        """Return the orders that the list can have: (name, words)."""
        return IN_WORDS.items()

    @property
    def last(self):
        """The number of the last row on the page."""
        return self.first + len(self.result_list) - 1

    def rows(self, pks):
        """Return the rows of these articles, in order. Three queries."""
        known = compiled_queries.objects(("rows",), _shown, pks=pks)
        articles, topics = {one.pk: one for one in known}, self._topics(pks)
        reaches = self._reaches(pks, timezone.now())
        return [
            Row(articles[pk], topics.get(pk, []), *reaches.get(pk, ("never", 0)), self._step(articles[pk]))
            for pk in pks
            if pk in articles
        ]

    @staticmethod
    def _topics(pks):
        filed = {}
        for row in compiled_queries.objects(("topics of rows",), _filed, pks=pks):
            filed.setdefault(row.content_object_id, []).append(row.tag)
        return filed

    @staticmethod
    def _reaches(pks, now):
        """Return what readers see of each article, as ``badges.REACHES`` names it, and the number of that Edition."""
        found = {}
        for pk, number, begins, ends, ended in compiled_queries.rows(("editions of rows",), _editions, pks=pks):
            if begins < ends:
                best = found.get(pk, ("never", 0))
                found[pk] = max(best, (_reach(now, begins, ends, ended), number), key=lambda one: _RANK[one[0]])
        return found

    def _step(self, article):
        """Return the one step that the row itself offers. No query."""
        for name in ROW_STEPS:
            wanted = article.owner_id is None if name == "claim" else article.owner_id == self.user.pk
            if wanted and article.state not in _NOT_CLAIMED and _is_open(name, article, self.user):
                return name
        return ""

    def columns(self):
        """Yield the headings, each leading to its order and, pressed again, to the reverse."""
        now = self.order
        for name, label, order in COLUMNS:
            if not order:
                yield Column(name, label, "", "")
                continue
            turned = f"-{order}" if now == order else order
            yield Column(name, label, self.get_query_string({"o": turned}), _direction(order, now))

    def pages(self):
        """Yield the numbers of pages around this one that there are, with ``None`` where some are left out."""
        last = self.page_num + self.has_more if self.is_capped else -(-self.result_count // PER_PAGE)
        near = {1, last, *range(self.page_num - 2, self.page_num + 3)}
        shown = sorted(number for number in near if 1 <= number <= max(last, self.page_num))
        for before, number in zip([0, *shown], shown, strict=False):
            if number > before + 1:
                yield None, ""
            yield number, self.get_query_string({PAGE_VAR: number})

    def token(self):
        """Return a name of the list as it is on the screen (``bulk.sign``). One query."""
        return bulk.sign(self.own_query(), self.result_count, capped=self.is_capped, by=self.user)

    def own_query(self):
        """Return what is asked of the list, as a query string without its page."""
        return urlencode(sorted((name, value) for name, value in self.params.items() if name in searches.PARAMETERS))

    def without(self, *names):
        """Return the address of this list without some of what it is asked for."""
        kept = self.get_query_string(remove=names)
        return kept if kept != "?" else "?all=1"

    def asked(self):
        """Yield what the list is narrowed by, in words: (label, address without it)."""
        for spec in self.filter_specs:
            (name,) = spec.expected_parameters()
            value = self.params.get(name)
            if value:
                said = dict(getattr(spec, "lookup_choices", ())).get(value, value)
                yield f"{spec.title}: {said}", self.without(name)
        if self.query:
            yield f"“{self.query}”", self.without(SEARCH_VAR)


_TITLED = {"newest", "-newest", "title", "-title"}
_SHOWN = (
    *("title", "state", "edit", "entered_at", "revised_by", "due_on", "priority", "is_pressed"),
    *("owner__username", "owner__first_name", "owner__last_name"),
)
_OF_TOPIC = ("content_object", "tag__name", "tag__label", "tag__taxonomy__hue")
_OF_EDITION = ("article_id", "number", "live_from", "live_until", "ended")


def _shown(pks):
    return Article.objects.filter(pk__in=pks).with_source().select_related("owner").only(*_SHOWN)


def _filed(pks):
    rows = ArticleTopic.objects.filter(content_object__in=pks).select_related("tag__taxonomy")
    return rows.only(*_OF_TOPIC).order_by("content_object", "position")


def _editions(pks):
    return Edition.objects.filter(article__in=pks).order_by("number").values_list(*_OF_EDITION)


_FARTHEST = 10**9  # a page; databases count no further than so many rows
_RANK = {"never": 0, "expired": 1, "gone": 2, "scheduled": 3, "live": 4}
_NOT_CLAIMED = {State.IN_REVIEW, State.APPROVED}


def _direction(order, now):
    """Return how a column is sorted while the list is in the order ``now``, as tables read aloud say it."""
    first, second = ("descending", "ascending") if order in FALLING else ("ascending", "descending")
    return {order: first, f"-{order}": second}.get(now, "")


def _reach(now: datetime, begins, ends, ended):
    if begins <= now < ends:
        return "live"
    if begins > now:
        return "scheduled"
    return "gone" if ended == Edition.Ended.WITHDRAWN else "expired"


def _is_open(name, article, user):
    return workflow.refusal(workflow.STEPS[name], article, user, None) is None


class ArticleList(admin.ModelAdmin):
    """The list's half of the article admin. At most fifteen queries with those of the session, whatever its length."""

    list_display = ("__str__",)
    list_filter = FILTERS
    search_fields = ("title",)
    search_help_text = "Title, address, source; or a whole link."
    list_per_page = PER_PAGE
    show_full_result_count = False
    change_list_template = "admin/curation/article/list/page.html"

    def get_changelist(self, request, **given):
        return getattr(request, "listing", Listing)  # the board is another way to see the same list

    def get_urls(self):
        return [*bulk_pages.urls(self), *search_pages.urls(self), *super().get_urls()]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Return no action: work for many has its own pages (``bulk``), and nobody deletes many."""
        return {}

    def changelist_view(self, request, extra_context=None):
        """Show the list. By itself it opens with one's default search; what it does not know it leaves out."""
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        saved = searches.searches_of(request.user)
        address = elsewhere(request, saved)
        if address:
            return HttpResponseRedirect(address)
        response = super().changelist_view(request, (extra_context or {}) | {"searches": saved})
        if "cl" in (getattr(response, "context_data", None) or {}):
            response.context_data["list"] = _beside(response.context_data["cl"], saved, request.user)
        return response

    def get_search_results(self, request, queryset, search_term):
        """Find articles by a whole link's key; anything else is looked for in titles and addresses."""
        term = search_term.strip()[: searches.LONGEST]
        if not term:
            return queryset, False
        if links.is_web(term):
            sources = ArticleSource.objects.filter(link__key=links.duplicate_key(term))
            return queryset.filter(_named(term) | Q(pk__in=sources.values("article"))), False
        found = Q()
        for word in sorted(term.split()[:WORDS], key=len, reverse=True):  # a long word rules out most by itself
            found &= Q(title__icontains=word)
        if not _runs_along_titles(request.GET):
            # By ids of their own: so SQLite goes through the index of titles and not through the texts.
            found = Q(pk__in=Article.objects.filter(found).order_by().values("pk"))
        if " " not in term:
            found |= _named(term)
        if "." in term and " " not in term:
            brands = SourceLink.objects.filter(brand__icontains=term).order_by()
            found |= Q(pk__in=ArticleSource.objects.filter(link__in=brands.values("pk")).order_by().values("article"))
        return queryset.filter(found), False


def _runs_along_titles(asked):
    """Return whether an index that holds the titles gives the list in its order: a search ends there early.

    What is asked of states, owners or ages runs along an index without titles.
    """
    return not asked.keys() & {"state", "owner", "age"} and asked.get("o", "newest") in _TITLED


def _named(term):
    """Return the article at an address: what stands last in it."""
    slug = term.rstrip("/").rpartition("/")[2]
    return Q(pk__in=Article.objects.filter(slug=slug).exclude(slug="").order_by().values("pk"))


def _beside(cl, saved, user):
    """Return what stands beside the rows: headings, what can be done to many, which saved search this is. One query."""
    return search_beside(cl, saved, user) | {
        "columns": list(cl.columns()),
        "kinds": list(bulk.offered(user).items()),
        "asked": list(cl.asked()),
        "token": cl.token(),
    }


def search_beside(cl, saved, user):
    """Return which saved search the list on the screen is, if one, and what somebody may do with it. No query."""
    search = next((one for one in saved if one.query == cl.own_query()), None)
    return {
        "search": search,
        "may_change": search is not None and searches.may_change(search, user),
        "owns": search is not None and search.owner_id == user.pk,
    }


_PLACES = {PAGE_VAR, "all"}


def elsewhere(request, saved):
    """Return where the list shall rather be opened: the default search, or the address less unknown words."""
    if request.method != "GET":
        return ""
    if not request.GET:
        default = next((one for one in saved if one.is_default and one.owner_id == request.user.pk), None)
        return f"{request.path}?{default.query}" if default else ""
    unknown = sorted(request.GET.keys() - _PLACES - set(searches.PARAMETERS))
    known = searches.known_parameters(request.GET)
    places = {name: request.GET[name] for name in _PLACES if name in request.GET}
    given = {name: value for name, value in request.GET.items() if value and name in searches.PARAMETERS}
    if unknown:
        said = ", ".join(f"“{name[:40]}”" for name in unknown[:3])
        messages.warning(request, f"This list cannot be narrowed by {said}, so that was left out.")
    if unknown or known != given:
        return f"{request.path}?{urlencode(known | places) or 'all=1'}"
    return ""


def without_empty(request):
    """Return the address without boxes of the filters that were left empty; nothing where none was."""
    given = {name: value for name, value in request.GET.items() if value}
    return "" if len(given) == len(request.GET) else f"{request.path}?{urlencode(given) or 'all=1'}"
