"""Roles and their rights: three groups and their permissions, as data, laid down after every migrate."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS

CURATOR, MANAGER, ADMINISTRATOR = "Curator", "Manager", "Administrator"

_WRITING = {
    "curation": {
        "article": {"add", "change", "view", "write"},
        "sourcelink": {"add", "view"},
        "picture": {"add", "view"},
        "version": {"view"},
        "edition": {"view"},
        "logentry": {"view"},
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
        "returnreason": {"add", "change", "view", "delete"},
    },
    "offerings": {
        "topic": {"add", "change"},
        "taxonomy": {"add", "change"},
        "offering": {"add", "change"},
        "institution": {"add", "change"},
        "synonym": {"add", "change", "delete"},
        "redirect": {"add", "change", "view", "delete"},
    },
    "django_tasks_database": {"dbtaskresult": {"view"}},
}
_RUNNING = {
    "curation": {
        "article": {"delete"},
        "tombstone": {"view"},
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
    """Return the permissions of a role as pairs of app label and codename."""
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
    for label in ("auth", "django_tasks_database", "offerings", "curation"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    install(using)


def may(person, permission: str) -> bool:
    """Return whether somebody holds a permission. Free after the first question to the same ``person``.

    An account that is closed may do nothing, whatever its roles say.
    """
    return bool(person.is_active and person.has_perm(permission))
