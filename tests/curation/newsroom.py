"""A newsroom at rest: the people of the matrix, an article for each in each state, and steps taken and undone."""

from datetime import timedelta
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, Permission
from django.db import transaction
from django.utils import timezone

from curation import workflow
from curation.editing import versions
from curation.models import Article
from tests import factories

from .workflow import matrix

_UNCLAIMED = ("finder", "deputy", "roleless", "outsider", "closed", "reader", "anonymous")


class Newsroom:
    """Makes itself on the database of the test; about a second."""

    def __init__(self):
        self.people = _people()
        self.standing = self._articles(["earlier", "live", "scheduled"], ("owner", "reviser", "finder", "author"))

    @cached_property
    def reaching(self):
        """Articles of the owner by what readers see of them, then by (state, "owner"). About two seconds."""
        return {reach: self._articles(steps.split(), ("owner",)) for reach, steps in _REACHES.items()}

    def _articles(self, reach, writers):
        """Articles by (state, writer), each shown to readers as ``reach`` says."""
        keys = [(state, writer) for state in matrix.STATES for writer in writers]
        begun = workflow.begin_many([factories.words() for _ in keys], by=factories.MACHINE)
        articles = dict(zip(keys, begun, strict=True))
        _take(["submit", "approve"], begun)
        for what in reach:
            _show(what, articles.values())
        for (state, writer), article in articles.items():
            self._bring(article, state, writer)
        return articles

    def _bring(self, article, state, writer):
        """From approved to ``state``, with words by ``writer``, whose article it becomes unless they only found it."""
        if writer != "finder":
            factories.step("assign", article, owner=self.people[writer])
        edited = {"changes": {"standfirst": f"As {writer} puts it."}}
        factories.step("edit", article, self.people[writer], **edited)
        ways = {
            "in_review": "" if writer == "reviser" else "return submit",
            "changes_requested": "return",
            "approved": "approve",
            "declined": "decline",
            "draft": "decline reopen",
        }
        for name in ways[state].split():
            factories.step(name, article, reason="For the test.")
        if writer == "reviser" and state != "declined":  # so that another edit has a row of its own in the log
            factories.step("assign", article, owner=self.people[writer])

    def article_of(self, person, state):
        """The article that somebody of the matrix acts on."""
        writer = "finder" if person in _UNCLAIMED else person if person in ("author", "reviser") else "owner"
        return self.standing[state, writer]

    def details(self, step, article):
        """What a step is told, so that nothing but the table stands in its way."""
        hour = timezone.now() + timedelta(days=3)
        return {
            "edit": {"changes": {"standfirst": "Once more, with feeling."}},
            "reschedule": {"at": hour},
            "restore": {"version": versions.latest([article])[article.pk].pk},
            "assign": {"reviewer": self.people["administrator"]},
            "plan": {"planned_on": timezone.localdate() + timedelta(days=3)},
        }.get(step, {}) | ({"reason": "For the test."} if step in matrix.REASONED else {})

    def outcome(self, step, article, person, **details):
        """Take a step and undo it; gives the state it entered, or the code of the refusal, and the log row or None."""
        article = Article.objects.get(pk=article.pk)
        with transaction.atomic():
            try:
                logged = workflow.take(step, article, by=self.people[person], edit=article.edit, **details)
                return Article.objects.get(pk=article.pk).state, logged
            except workflow.StepRefused as refusal:
                return refusal.code, None
            finally:
                transaction.set_rollback(True)


def _people():
    curator = factories.make_person("Curator")
    people = {"owner": curator, "colleague": factories.make_person("Curator"), "finder": curator}
    people["reviser"] = factories.make_person("Curator")
    people |= {name: factories.make_person("Manager") for name in ("manager", "deputy", "author")}
    people["administrator"] = factories.make_person("Administrator")
    for name, permission in matrix.PERMITTED.items():
        people[name] = factories.make_person()
        people[name].user_permissions.add(Permission.objects.get(codename=permission))
    people["roleless"] = factories.make_person()
    people["outsider"] = factories.make_person("Visitor")
    people["closed"] = factories.make_person("Manager", is_active=False)
    people["reader"] = factories.make_person()
    return people | {"anonymous": AnonymousUser()}


def _take(names, articles, **details):
    for name in names:
        assert not workflow.take_many(name, articles, by=factories.MACHINE, **details).refused


_REACHES = {
    "never": "",
    "scheduled": "scheduled",
    "live": "live",
    "live again": "earlier live",
    "live, more scheduled": "live scheduled",
    "expired": "expired",
    "withdrawn": "live withdrawn",
    "cancelled": "scheduled cancelled",
}


def _show(what, articles):
    now = timezone.now()
    if what == "withdrawn":
        _take(["withdraw"], articles, reason="For the test.")
    elif what == "cancelled":
        _take(["cancel"], articles)
    elif what == "expired":
        _take(["publish"], articles, at=now - timedelta(days=2), until=now - timedelta(days=1))
    else:
        _take(["publish"], articles, at=now + timedelta(days=1) if what == "scheduled" else None)
