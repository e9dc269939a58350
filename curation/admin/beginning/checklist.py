"""First steps: what an empty newsroom still lacks, each ticked by what is there and not by a mark that is kept."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from curation.admin import preferences
from curation.models import Article, roles
from curation.sql import compiled_queries
from curation.workflow import entry
from curation.workflow.people import accounts
from offerings.models import Topic

ADD_TOPICS, WRITE = "offerings.add_topic", "curation.add_article"


def urls(site):
    """Return the address that puts the list away."""
    return [path("begin/hide/", site.admin_view(hide), name="begin_hide")]


@dataclass(frozen=True)
class Step:
    """A first step: whether it is done, what it is, what it is good for, and the page of the desk where it is taken."""

    is_done: bool
    title: str
    why: str
    action: str
    page: str

    @property
    def address(self) -> str:
        """The address of its page."""
        return reverse(f"admin:{self.page}")


def first_steps(request) -> list[Step]:
    """Return the first steps of a newsroom that whoever asks may take; none where all are done or the list was put
    away. One query, and none for somebody who has only a link to paste: their page begins with it.
    """
    may = {right: roles.may(request.user, right) for right in (accounts.INVITE, ADD_TOPICS, WRITE)}
    if not may[ADD_TOPICS] or preferences.preferences_of(request)["hides_first_steps"]:
        return []
    others, topics, links = _facts(request.user)
    steps = [
        (accounts.INVITE, Step(others, "Invite your people", _PEOPLE, "Invite a colleague", "people_invite")),
        (ADD_TOPICS, Step(topics, "Say what you write about", _TOPICS, "Type a list", "begin_topics")),
        (WRITE, Step(links, "Paste a first link", _LINK, "Paste it", "curation_article_paste")),
    ]
    shown = [step for right, step in steps if may[right]]
    return [] if all(step.is_done for step in shown) else shown


_PEOPLE = "Each gets a one-time link and a role: curators write, managers decide, administrators also let people in."
_TOPICS = "Taxonomies and their topics: what briefs are filed under, and what readers follow."
_LINK = "A link alone is a draft. Its page is read for you, and you write the brief beside it."


def _facts(user):
    """Return whether there are colleagues, topics and briefs. One query."""
    return compiled_queries.rows(("first steps",), _there, user=user.pk)[0]


def _there(user):
    kinds = (entry.colleagues().exclude(pk=user), Topic.objects.all(), Article.objects.all())
    return get_user_model().objects.filter(pk=user).values_list(*(Exists(rows) for rows in kinds))


@require_POST
def hide(request):
    """Put the list away, for whoever asks."""
    preferences.keep(request, hides_first_steps=True)
    return redirect("admin:index")
