"""People of a discussion: those who see the article, found by the names by which they are called or given a comment."""

from collections.abc import Iterable, Sequence

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, ExpressionWrapper, Q

from curation.models import Comment
from curation.workflow import entry
from curation.workflow.actors import REVIEW, WRITE

MANAGERS = "managers"  # the name that calls everybody who decides
MOST_NAMES = 30  # that one comment calls


def people_of(article):
    """Return the colleagues who see an article: those who decide, its owner, or all who write while it has none."""
    able = get_user_model().objects.with_perm
    sees = Q(pk__in=able(REVIEW, backend=entry.BACKEND).values("pk"))
    if article.owner_id is None:
        sees |= Q(pk__in=able(WRITE, backend=entry.BACKEND).values("pk"))
    return entry.colleagues().filter(sees | Q(pk=article.owner_id)).order_by("first_name", "last_name", "username")


def meant(names: Iterable[str], people: Sequence) -> dict[str, object]:
    """Return whom names mean among ``people``, by name in small letters: None for a role; who is not there is left out.

    Somebody is called by the name they sign in with, or by their first name where only one has it.
    """
    wanted, found = [name.lower() for name in names][:MOST_NAMES], {}
    for name in wanted:
        exact = [one for one in people if one.get_username().lower() == name]
        first = [one for one in people if one.first_name.lower() == name]
        if name == MANAGERS:
            found[name] = None
        elif exact or len(first) == 1:
            found[name] = (exact or first)[0]
    return found


def mentioned(comment: Comment) -> list:
    """Return those whom a comment calls and who see its article now; not who wrote it. One query."""
    return mentioned_in([comment])[comment.pk]


def mentioned_in(comments: Sequence[Comment]) -> dict[int, list]:
    """Return for each comment, by its key, those whom it calls. One query for all of them, none where nobody is called.

    A comment that was removed calls nobody. Their articles are loaded.
    """
    calling = [one for one in comments if one.mentions and not one.removed_at]
    people = list(_with_rights()) if calling else []
    called = {one.pk: _called(one, [person for person in people if _sees(person, one.article)]) for one in calling}
    return {one.pk: called.get(one.pk, []) for one in comments}


def _with_rights():
    """Return the colleagues by name, each with whether they decide (``decides``) and write (``writes``)."""
    able = get_user_model().objects.with_perm
    rights = {
        right: ExpressionWrapper(Q(pk__in=able(one, backend=entry.BACKEND).values("pk")), BooleanField())
        for right, one in (("decides", REVIEW), ("writes", WRITE))
    }
    return entry.colleagues().annotate(**rights).order_by("first_name", "last_name", "username")


def _sees(person, article):
    """Return whether one of ``_with_rights`` is of those that ``people_of`` finds."""
    return person.decides or article.owner_id == person.pk or (article.owner_id is None and person.writes)


def _called(comment, people):
    called = {one.pk for one in meant(comment.mentions, people).values() if one}
    if MANAGERS in comment.mentions:
        called |= {one.pk for one in people if one.decides}
    return [one for one in people if one.pk in called and one.pk != comment.by_id]
