"""Who may come in and do what: three roles (groups) and their permissions, as data, laid down after every migrate."""

from django.apps import apps
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

CURATOR, MANAGER, ADMINISTRATOR = "Curator", "Manager", "Administrator"

_WRITING = {
    "curation": {
        "article": {"add", "change", "view", "write"},
        "sourcelink": {"add", "view"},
        "picture": {"add", "view"},
        "version": {"view"},
        "edition": {"view"},
        "logged": {"view"},
        "author": {"view"},
        "section": {"view"},
        "document": {"view"},
        "workpackage": {"view"},
        "checklevel": {"view"},
    },
    "offerings": {
        "topic": {"view"},
        "taxonomy": {"view"},
        "offering": {"view"},
        "institution": {"view"},
        "synonym": {"view"},
    },
}
_DECIDING = {
    "curation": {
        "article": {"review", "publish", "assign"},
        "author": {"add", "change"},
        "sourcelink": {"change"},
        "picture": {"change"},
    },
    "offerings": {
        "topic": {"add", "change"},
        "taxonomy": {"add", "change"},
        "offering": {"add", "change"},
        "institution": {"add", "change"},
        "synonym": {"add", "change", "delete"},
        "redirect": {"add", "change", "view", "delete"},
    },
}
_RUNNING = {
    "curation": {
        "section": {"add", "change"},
        "author": {"delete"},
        "sourcelink": {"delete"},
        "picture": {"delete"},
        "checklevel": {"add", "change", "delete"},
    },
    "offerings": {
        "topic": {"delete"},
        "taxonomy": {"delete"},
        "offering": {"delete"},
        "institution": {"delete"},
    },
    "auth": {"user": {"add", "change", "view"}, "group": {"view"}},
}
#: Each role's permissions: app → model → the first words of the codenames.
ROLES = {
    CURATOR: (_WRITING,),
    MANAGER: (_WRITING, _DECIDING),
    ADMINISTRATOR: (_WRITING, _DECIDING, _RUNNING),
}


def codenames(role: str) -> set[tuple[str, str]]:
    """The permissions of a role as pairs of app label and codename."""
    return {
        (app, f"{verb}_{model}")
        for grants in ROLES[role]
        for app, models in grants.items()
        for model, verbs in models.items()
        for verb in verbs
    }


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the three groups hold exactly their permissions. Safe to run twice; two queries a role and one more."""
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role in ROLES:
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.set([known[name] for name in codenames(role) if name in known])


def after_migrate(using=DEFAULT_DB_ALIAS, **kwargs):
    """Lay the roles down whenever the database was migrated (permissions themselves are made by then or next time)."""
    from django.contrib.auth.management import create_permissions  # noqa: PLC0415 -- needs the loaded registry

    # Django makes permissions app by app, and ours may have its turn before those that roles name.
    for label in ("auth", "offerings", "curation"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    install(using)


#: What each role is for, in the words of those who give it.
MEANS = {
    CURATOR: "Pastes links, writes briefs and sends them to review; sees their own briefs and those nobody owns.",
    MANAGER: "All that curators do; also sees every brief, reviews, publishes and withdraws, and keeps the catalogue.",
    ADMINISTRATOR: "All that managers do; also invites colleagues, gives roles, and sets sections and checks.",
}


def has_role() -> Q:
    """Which accounts have a role, or stand above all. A role alone lets somebody in; Django's “staff” box does not."""
    return Q(is_superuser=True) | Q(Exists(Group.objects.filter(user=OuterRef("pk"), name__in=ROLES)))


def with_entry():
    """All accounts, each with ``has_role``. No further query."""
    return get_user_model().objects.annotate(has_role=ExpressionWrapper(has_role(), BooleanField()))


def colleagues():
    """The accounts that may enter the desk: open ones with a role."""
    return get_user_model().objects.filter(has_role(), is_active=True)


def may_enter(person) -> bool:
    """Whether somebody may enter the desk. Free for who signed in (``accounts`` has asked), else one query, once."""
    if not person.is_active:
        return False
    if not hasattr(person, "has_role"):
        person.has_role = person.is_superuser or person.groups.filter(name__in=ROLES).exists()
    return person.has_role


def holders(permission: str):
    """The colleagues who hold a permission."""
    return colleagues().filter(pk__in=get_user_model().objects.with_perm(permission, backend=_BACKEND).values("pk"))


_BACKEND = "django.contrib.auth.backends.ModelBackend"


def keepers():
    """Who can let others in: colleagues with a role that keeps accounts, and superusers, who can sign in themselves."""
    groups = Group.objects.filter(user=OuterRef("pk"), name=ADMINISTRATOR)
    able = colleagues().filter(Q(is_superuser=True) | Q(Exists(groups)))
    return able.exclude(password="").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def is_last_keeper(person) -> bool:
    """Whether nobody else could let others in. Two people who ask at once wait for each other; one query or two.

    Call it inside the transaction that would change the account.
    """
    kept = keepers().select_for_update().order_by("pk").values_list("pk", flat=True)
    return list(kept) == [person.pk]


def link_for(person) -> str:
    """The path of a one-time link that lets a person choose a name and a password; it is good for a day."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("welcome", args=[uid, default_token_generator.make_token(person)])


def end_sessions(person) -> int:
    """Sign somebody out everywhere; gives how many sessions ended.

    Reads every session that lasts: there are no more of them than browsers at the desk.
    """
    lasting = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [row.pk for row in lasting.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


def may(person, permission: str) -> bool:
    """Whether somebody holds a permission. Free after the first question to the same ``person``.

    An account that is closed may do nothing, whatever its roles say.
    """
    return bool(person.is_active and person.has_perm(permission))
