"""Roles: three groups that hold exactly what they are given, and nobody else who may do anything."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import call_command

from curation.models import roles
from tests import ROOT
from tests.factories import make_person

WRITE, REVIEW, PUBLISH, ASSIGN = (f"curation.{verb}_article" for verb in ("write", "review", "publish", "assign"))


def held(role):
    """The permissions of a group, as Django names them."""
    pairs = Permission.objects.filter(group__name=role).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def test_curators_write_and_managers_decide_and_administrators_keep_accounts(db):
    assert {role: held(role) & {WRITE, REVIEW, PUBLISH, ASSIGN, "auth.change_user"} for role in roles.ROLES} == {
        "Curator": {WRITE},
        "Manager": {WRITE, REVIEW, PUBLISH, ASSIGN},
        "Administrator": {WRITE, REVIEW, PUBLISH, ASSIGN, "auth.change_user"},
    }


def test_each_role_holds_what_the_one_before_it_holds(db):
    assert held("Curator") < held("Manager") < held("Administrator")


def test_every_permission_that_a_role_names_exists(db):
    for role in roles.ROLES:
        assert held(role) == {f"{app}.{codename}" for app, codename in roles.codenames(role)}


def test_nobody_may_change_what_was_reviewed_published_or_logged(db):
    for model in ("version", "edition", "logentry"):
        for verb in ("add", "change", "delete"):
            assert f"curation.{verb}_{model}" not in held("Administrator")


def test_a_migrate_gives_back_what_was_taken_and_takes_what_was_given(db):
    curators, delete = Group.objects.get(name="Curator"), Permission.objects.get(codename="delete_article")
    before = held("Curator")
    curators.permissions.set([delete])
    Group.objects.get(name="Manager").delete()
    call_command("migrate", verbosity=0)
    assert held("Curator") == before
    assert REVIEW in held("Manager")


@pytest.mark.parametrize(
    ("role", "given", "may"),
    [
        ("Curator", {}, True),
        ("Manager", {}, True),
        ("Curator", {"is_staff": False}, True),  # Django's box says nothing here
        ("", {"is_staff": True}, False),
        ("Visitor", {"is_staff": True}, False),
        ("Curator", {"is_active": False}, False),
        ("", {}, False),
        ("", {"is_superuser": True}, True),
    ],
)
def test_only_whose_account_is_open_and_has_a_role_may(db, role, given, may):
    assert roles.may(make_person(role, **given), WRITE) is may


def test_who_is_not_signed_in_may_nothing(db):
    assert roles.may(AnonymousUser(), WRITE) is False


def test_nothing_of_ours_asks_for_djangos_box():
    ours = [path for room in ("offerings", "curation", "medigy", "templates") for path in (ROOT / room).rglob("*.*")]
    asking = [str(path) for path in ours if path.suffix in (".py", ".html") and b"is_staff" in path.read_bytes()]
    assert asking == []
