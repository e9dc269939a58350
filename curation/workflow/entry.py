"""Entry: whom a role lets in to the desk, who can let others in, and how somebody is invited or signed out."""

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from curation.models import roles
from curation.sql import compiled_queries

#: What each role is for, in the words of those who give it.
MEANS = {
    roles.CURATOR: "Pastes links, writes briefs and sends them to review; sees their own briefs and those nobody owns.",
    roles.MANAGER: "All that curators do; also sees every brief, reviews, publishes, withdraws, keeps the catalogue.",
    roles.ADMINISTRATOR: "All that managers do; also invites colleagues, gives roles, and sets sections and checks.",
}


def has_role() -> Q:
    """Return the condition of accounts that a role, or being a superuser, lets in; Django's “staff” box does not."""
    return _holds(*roles.ROLES)


def _holds(*names) -> Q:
    """Return the condition of superusers, and of accounts that hold one of these roles."""
    return Q(is_superuser=True) | Q(Exists(Group.objects.filter(user=OuterRef("pk"), name__in=names)))


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


def keepers():
    """Return those who can sign in and let others in: colleagues with a role that keeps accounts, and superusers."""
    able = get_user_model().objects.filter(_holds(roles.ADMINISTRATOR), is_active=True)
    return able.exclude(password="").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def is_last_keeper(person) -> bool:
    """Return whether nobody else could let others in. Two who ask at once wait for each other; one query or two.

    Call it inside the transaction that would change the account.
    """
    kept = keepers().select_for_update().order_by("pk").values_list("pk", flat=True)
    return list(kept) == [person.pk]


def link_for(person) -> str:
    """Return the path of a one-time link by which a person chooses a name and a password; it is good for a day."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("welcome", args=[uid, default_token_generator.make_token(person)])


def end_sessions(person) -> int:
    """Sign somebody out everywhere; return how many sessions ended.

    Reads every session that lasts: there are no more of them than browsers at the desk.
    """
    lasting = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [row.pk for row in lasting.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]
