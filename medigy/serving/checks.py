"""Checks that `check --deploy` and `migrate` make beside Django's own."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from medigy.environment import is_loopback
from medigy.http import health

DEMO_ADDRESS = "@demo.medigy.example"


@register(Tags.security, deploy=True)
def nobody_signs_in_with_a_published_password(app_configs, **kwargs):
    """Check that the demo's people stay on machines nobody else can reach."""
    if is_loopback(settings.SITE_URL):
        return []
    try:
        names = [person.get_username() for person in demo_people() if person.has_usable_password()]
    except DatabaseError:  # nothing migrated yet: nobody can sign in
        return []
    if not names:
        return []
    said = f"{len(names)} of the demo's people can sign in at {settings.SITE_URL}: {', '.join(sorted(names))}."
    return [Error(said, hint="Run `manage.py demo --remove`.", id="medigy.E001")]


@register(Tags.security, deploy=True)
def nothing_travels_in_the_open(app_configs, **kwargs):
    """Check that plain http is for this machine alone."""
    if settings.SITE_URL.startswith("https://") or is_loopback(settings.SITE_URL):
        return []
    said = f"SITE_URL={settings.SITE_URL} is neither https nor this machine: passwords would travel in the open."
    return [Error(said, hint="Set SITE_URL=https://…", id="medigy.E002")]


@register(Tags.database)
def no_database_stopped_halfway(app_configs, databases=None, **kwargs):
    """Check, before it is migrated, that no database has run only some of the migrations that one now stands for."""
    loaders = {name: MigrationLoader(connections[name]) for name in databases or ()}
    hint = "Migrate it with release 0.1 first (docs/decisions/0033), then with this one. Nothing was changed."
    return [
        Error(f"The database “{name}” has run only some of the steps before {one}.", hint=hint, id="medigy.E003")
        for name, loader in loaders.items()
        for one in health.cut_off(loader)
    ]


def demo_people():
    """Return the demo's people whose account is active."""
    return get_user_model().objects.filter(email__endswith=DEMO_ADDRESS, is_active=True)
