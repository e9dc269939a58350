"""Entry: whom a role lets in to the desk, what each role is for, and how somebody is signed out."""

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from curation.models import roles
from curation.models.roles import keepers
from curation.sql import compiled_queries

#: What each role is for, in the words of those who give it.
MEANS = {
    roles.CURATOR: "Pastes links, writes briefs and sends them to review; sees their own briefs and those nobody owns.",
    roles.MANAGER: "All that curators do; also sees every brief, reviews, publishes, withdraws, keeps the catalogue.",
    roles.ADMINISTRATOR: "All that managers do; also invites colleagues, gives roles, and sets sections and checks.",
}


def has_role() -> Q:
    """Return the condition of accounts that a role, or being a superuser, lets in; Django's “staff” box does not."""
    return keepers.holds(*roles.ROLES)


def account(pk: int):
    """Return an account with ``has_role`` beside, or None. One query, compiled once: every page of the desk asks."""
    found = compiled_queries.rows(("account",), _account, pk=pk)
    if not found:
        return None
    *columns, holds = found[0]
    person = get_user_model().from_db(connection.alias, _columns(), columns)
    person.has_role = bool(holds)
    return person


def _account(pk):
    found = get_user_model().objects.annotate(has_role=ExpressionWrapper(has_role(), BooleanField()))
    return found.filter(pk=pk).values_list(*_columns(), "has_role")


def _columns():
    return [field.attname for field in get_user_model()._meta.concrete_fields]


def colleagues():
    """Return the accounts that may enter the desk: open ones with a role."""
    return get_user_model().objects.filter(has_role(), is_active=True)


def may_enter(person) -> bool:
    """Return whether somebody may enter the desk. Free for who signed in (``accounts`` asked), else one query, once."""
    if not person.is_active:
        return False
    if not hasattr(person, "has_role"):
        person.has_role = person.is_superuser or person.groups.filter(name__in=roles.ROLES).exists()
    return person.has_role


def holders(permission: str):
    """Return the colleagues who hold a permission."""
    return colleagues().filter(pk__in=get_user_model().objects.with_perm(permission, backend=BACKEND).values("pk"))


BACKEND = "django.contrib.auth.backends.ModelBackend"


def end_sessions(person) -> int:
    """Sign somebody out everywhere; return how many sessions ended.

    Reads every session that lasts: there are no more of them than browsers at the desk.
    """
    lasting = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [row.pk for row in lasting.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]
