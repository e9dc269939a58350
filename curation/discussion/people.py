"""People of a discussion: those who see the article, found by the names by which they are called or given a comment."""

from collections.abc import Iterable, Sequence

from django.contrib.auth import get_user_model
from django.db.models import Q

from curation.models import Comment, roles
from curation.workflow import entry
from curation.workflow.actors import REVIEW, WRITE

#: Names that call everybody of a role who sees the article, and the right that tells them from others.
ROLES = {"managers": REVIEW}
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
        if name in ROLES:
            found[name] = None
        elif exact or len(first) == 1:
            found[name] = (exact or first)[0]
    return found


def mentioned(comment: Comment) -> list:
    """Return those whom a comment calls and who see its article now; not who wrote it. One query, two for a role.

    A comment that was removed calls nobody.
    """
    if comment.removed_at or not comment.mentions:
        return []
    people = list(people_of(comment.article))
    called = {one.pk for one in meant(comment.mentions, people).values() if one}
    for name in ROLES.keys() & set(comment.mentions):
        called |= {one.pk for one in people if roles.may(one, ROLES[name])}
    return [one for one in people if one.pk in called and one.pk != comment.by_id]
