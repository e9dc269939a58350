"""The board: open work in columns by state, the most urgent first; the same filters and searches as the list."""

import json
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from curation.admin import badges
from curation.admin.list.page import Listing, elsewhere, search_beside, without_empty
from curation.editing import authorship, searches
from curation.models import Article, Edition, State, roles
from curation.sql import compiled_queries
from curation.workflow import deadlines, queue
from curation.workflow.actors import REVIEW
from curation.workflow.board import columns, moves

from . import card
from .faces import Faces


def urls(desk):
    """Return the addresses of the board; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [path("board/", guarded(page), given, name="curation_article_board"), *card.urls(desk)]


class Board(Listing):
    """Open work by column, narrowed as the list is. At most twenty queries with those of the session."""

    def get_results(self, request):
        """Find the columns with their cards; of one state that is asked for, only its own."""
        self.show_admin_actions, self.show_full_result_count, self.full_result_count = False, False, None
        self.can_show_all, self.result_list, self.multi_page, self.paginator = False, [], False, None
        self.is_narrowed = bool(self.has_active_filters or self.query)
        self.now = timezone.now()
        found = columns.found_in(self.queryset, self.now, [one for one in columns.COLUMNS if self._is_asked(one)])
        self.result_count = sum(one.count for one in found)
        cards = self._cards(found)
        self.columns = [
            {"found": one, "cards": cards[one.column.name], "look": badges.LOOKS[one.column.state]} for one in found
        ]

    def _is_asked(self, column):
        asked = self.params.get("state")
        return column.state == asked if asked else column.state != State.DECLINED

    def _cards(self, found):
        """Return the cards of each column by its name. Four queries at most, five more where one signed what waits."""
        pks = [pk for one in found for pk in one.ids]
        given = {"pks": pks, "person": self.user.pk, "today": timezone.localdate()}
        articles = {one.pk: one for one in compiled_queries.objects(("cards of the board",), _shown, **given)}
        reaches = self._reaches(pks, self.now)
        near = {one.pk: one.edit for one in articles.values() if one.is_near and one.state == State.IN_REVIEW}
        own = queue.written_by(self.user, near) if settings.FOUR_EYES and roles.may(self.user, REVIEW) else set()
        self.ways, self.faces = moves.Ways(self.user), Faces(self.own_query(), self.now)
        self.hours = _hours([pk for one in found if one.column.name == "scheduled" for pk in one.ids], self.now)
        return {
            one.column.name: [
                self._card(articles[pk], one, reaches.get(pk, ("never", 0)), pk in own)
                for pk in one.ids
                if pk in articles
            ]
            for one in found
        }

    def _card(self, article, found, reach, is_own):
        found.oldest = min(found.oldest or article.entered_at, article.entered_at)
        ways = self.ways.reachable(article, found.column.name, is_own)
        out = self.hours.get(article.pk) if found.column.name == "scheduled" else None
        return self.faces.face(article, reach, ways, out)


_NAMES = ("username", "first_name", "last_name")
_SHOWN = (
    *("title", "state", "edit", "entered_at", "revised_by", "due_on", "priority", "is_pressed"),
    *(f"{role}__{name}" for role in ("owner", "reviewer") for name in _NAMES),
)


def _shown(pks, person, today):
    shown = Article.objects.filter(pk__in=pks).with_source().with_reviewer_back(today)
    is_near = ExpressionWrapper(authorship.near(person), BooleanField())
    return shown.select_related("owner", "reviewer").annotate(is_near=is_near).only(*_SHOWN)


@require_GET
def page(request, desk):
    """Show the board; by itself it opens with one's default search, as the list does."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    saved = searches.searches_of(request.user)
    if address := elsewhere(request, saved) or without_empty(request):
        return HttpResponseRedirect(address)
    request.listing = Board
    shown = desk.get_changelist_instance(request)
    given = {"title": "Board", "opts": desk.opts, "cl": shown, "columns": [_told(one, shown) for one in shown.columns]}
    given |= {
        "searches": saved,
        "list": search_beside(shown, saved, request.user),
        "moves": json.dumps(_moves(shown), ensure_ascii=False, separators=(",", ":")),
    }
    given |= {"declined": shown.get_query_string({"state": State.DECLINED}), "all_states": shown.without("state")}
    context = desk.admin_site.each_context(request) | given
    return render(request, "admin/curation/board/page.html", context)


def _hours(pks, now):
    """Return when the next Edition of each article goes out. One query, none for no articles."""
    return dict(compiled_queries.rows(("hours of the board",), _coming, pks=pks, now=now))


def _coming(pks, now):
    coming = Edition.objects.scheduled(now).filter(article__in=pks).order_by("-live_from")
    return coming.values_list("article", "live_from")


def _told(column, cl):
    """Return a column with what its head says of it: the target, and how long its oldest has been there."""
    found = column["found"]
    deadline = deadlines.DEADLINES.get(found.column.state)
    oldest = found.oldest and cl.now - found.oldest
    wait = deadlines.wait_of(found.column.state, oldest) if oldest else ""
    return column | {
        "query": _all_of(found.column, cl),
        "target": badges.lasted(deadline.too_long) if deadline else "",
        "oldest": badges.lasted(oldest) if oldest and found.column.name != "scheduled" else "",
        "next": badges.ahead(min(cl.hours.values()) - cl.now) if found.column.name == "scheduled" and cl.hours else "",
        "wait": {"late": "age-late", "slow": "age-warn"}.get(wait, ""),
    }


def _all_of(column, cl):
    """Return the question to the list that shows all of a column, most urgent first where the list can."""
    kept = {name: value for name, value in cl.params.items() if name in searches.PARAMETERS}
    return urlencode(kept | dict(parse_qsl(column.query)) | {"o": "age"})


def _moves(shown):
    """Return for a script which step leads from column to column, and in words why none does."""
    names = [one["found"].column.name for one in shown.columns]
    pairs = [(here, there) for here in names for there in names if here != there]
    return {f"{a} {b}": [moves.MOVES.get((a, b), ""), moves.why_not(a, b)] for a, b in pairs}
