"""Accounts: a role lets people in and losing it puts them out, invitations bring them, and the last key stays."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curation.models import roles
from curation.workflow import entry
from medigy.http.accounts import AccountBackend
from tests.factories import PASSWORD, make_person

INDEX, LOGIN = reverse("admin:index"), reverse("admin:login")


def sign_in(person, password=PASSWORD):
    """A browser in which somebody gave name and password, and the answer."""
    client = Client()
    return client, client.post(LOGIN, {"username": person.username, "password": password})


def signed_in(person):
    client, answer = sign_in(person)
    assert answer.status_code == 302
    return client


def page_of(person):
    return reverse("admin:auth_user_change", args=[person.pk])


def role(name):
    return Group.objects.get(name=name).pk


def given(person, *names, **more):
    """What the form of an account sends, with these roles."""
    return {"username": person.username, "is_active": "on", "groups": [role(name) for name in names]} | more


# Coming in -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", roles.ROLES)
@pytest.mark.parametrize("is_staff", [True, False])
def test_a_role_lets_somebody_in_whatever_the_staff_box_says(db, name, is_staff):
    client = signed_in(make_person(name, is_staff=is_staff))
    assert client.get(INDEX).status_code == 200


@pytest.mark.parametrize("name", ["", "Visitor"])
@pytest.mark.parametrize("is_staff", [True, False])
def test_without_a_role_nobody_comes_in_and_everybody_hears_why(db, name, is_staff):
    client, answer = sign_in(make_person(name, is_staff=is_staff))
    assert answer.status_code == 200
    assert "This account has no role in the newsroom" in answer.content.decode()
    assert client.get(INDEX).status_code == 302


def test_a_wrong_password_says_nothing_of_roles(db):
    _, answer = sign_in(make_person(""), password="not this one at all")
    assert "do not belong together" in answer.content.decode()
    assert "no role" not in answer.content.decode()


def test_a_closed_account_does_not_come_in_with_any_role(db):
    _, answer = sign_in(make_person("Administrator", is_active=False))
    assert "do not belong together" in answer.content.decode()


def test_who_is_made_by_djangos_own_command_comes_in(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="chief", email="", verbosity=0)
    assert signed_in(User.objects.get()).get(INDEX).status_code == 200


def test_entering_costs_no_question_more_than_the_account(db, django_assert_num_queries):
    person = make_person("Curator")
    with django_assert_num_queries(1):
        assert entry.may_enter(AccountBackend().get_user(person.pk))


# Inviting ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(administrator):
    return signed_in(administrator)


def test_an_invited_colleague_chooses_a_password_and_is_in(desk):
    data = {"username": "mae", "first_name": "Mae", "last_name": "Ward", "email": "", "groups": [role("Curator")]}
    page = desk.post(reverse("admin:auth_user_add"), data, follow=True)
    mae = User.objects.get(username="mae")
    assert ([group.name for group in mae.groups.all()], mae.has_usable_password()) == (["Curator"], False)
    link = re.search(r'value="https?://[^/"]+(/welcome/[^"]+)"', page.content.decode())[1]
    client = Client()
    form = client.get(link, follow=True)
    assert "You are the first administrator" not in form.content.decode()
    words = {"username": "mae", "new_password1": PASSWORD, "new_password2": PASSWORD}
    answer = client.post(form.redirect_chain[-1][0], words, follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, INDEX)
    assert "has done its work" in Client().get(link, follow=True).content.decode()


def test_the_form_explains_each_role_and_lists_no_raw_permission(desk):
    for page in (reverse("admin:auth_user_add"), page_of(make_person("Curator"))):
        words = desk.get(page).content.decode()
        assert all(means.split(";")[0] in words for means in entry.MEANS.values())
        assert "user_permissions" not in words
        assert "is_staff" not in words


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": None}])
def test_a_link_lets_nobody_in_who_lost_what_it_was_made_for(db, change):
    person = make_person("Curator")
    link = entry.link_for(person)
    if "role" in change:
        person.groups.clear()
    else:
        User.objects.filter(pk=person.pk).update(**change)
    assert "has done its work" in Client().get(link, follow=True).content.decode()


def test_who_has_no_role_gets_no_link_but_words(desk):
    page = desk.get(reverse("admin:auth_user_invite", args=[make_person("").pk])).content.decode()
    assert "has no role" in page
    assert "/welcome/" not in page


def test_only_who_may_change_an_account_gets_its_link(desk, manager):
    chief = make_person(is_superuser=True)
    assert desk.get(reverse("admin:auth_user_invite", args=[chief.pk])).status_code == 403
    curator = reverse("admin:auth_user_invite", args=[make_person("Curator").pk])
    assert signed_in(manager).get(curator).status_code == 403


def test_a_second_account_of_the_same_name_in_other_letters_is_refused(desk, administrator):
    page = desk.post(reverse("admin:auth_user_add"), {"username": administrator.username.upper(), "groups": []})
    assert page.context["adminform"].form.errors["username"] == ["Somebody else has this name."]


# Going out -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{"groups": []}, {"is_active": ""}])
def test_losing_the_role_or_the_account_ends_access_and_sessions_at_once(desk, data):
    person = make_person("Manager")
    two = [signed_in(person), signed_in(person)]
    before = Session.objects.count()
    assert desk.post(page_of(person), given(person, "Manager") | data).status_code == 302
    assert [client.get(INDEX).status_code for client in two] == [302, 302]
    assert Session.objects.count() == before - 2
    assert desk.get(INDEX).status_code == 200


def test_another_role_keeps_the_session_and_changes_what_it_may(desk):
    person = make_person("Manager")
    client = signed_in(person)
    desk.post(page_of(person), given(person, "Curator"))
    assert client.get(INDEX).status_code == 200
    assert client.get(reverse("admin:offerings_topic_add")).status_code == 403


def test_a_role_taken_where_no_form_was_asked_ends_access_with_the_next_page(db):
    person = make_person("Manager")
    client = signed_in(person)
    person.groups.clear()
    assert client.get(INDEX).status_code == 302


# The last one who can let others in ----------------------------------------------------------------------------------

TAKEN = {"the role": {"groups": []}, "a lesser role": {"groups": ["Manager"]}, "the account": {"is_active": ""}}


@pytest.mark.parametrize("taken", TAKEN.values(), ids=TAKEN)
def test_the_last_administrator_stays_one(desk, administrator, taken):
    data = given(administrator, "Administrator") | taken
    data["groups"] = [role(name) if isinstance(name, str) else name for name in data["groups"]]
    page = desk.post(page_of(administrator), data)
    assert page.status_code == 200
    assert "Nobody else can let people in" in page.content.decode()
    fresh = User.objects.get(pk=administrator.pk)
    assert (fresh.is_active, [group.name for group in fresh.groups.all()]) == (True, ["Administrator"])


@pytest.mark.parametrize(
    ("other", "may_go"),
    [
        ({"role": "Administrator"}, True),
        ({"is_superuser": True}, True),
        ({"role": "Administrator", "is_active": False}, False),
        ({"role": "Administrator", "password": None}, False),  # invited, and never came
        ({"role": "Manager"}, False),
    ],
)
def test_an_administrator_goes_once_somebody_else_can_let_people_in(desk, administrator, other, may_go):
    make_person(**other)
    desk.post(page_of(administrator), given(administrator))
    assert administrator.groups.exists() is not may_go


def test_the_last_superuser_stays_one_and_is_not_deleted(db):
    chief = make_person(is_superuser=True)
    client = signed_in(chief)
    page = client.post(page_of(chief), given(chief))  # without the box “superuser”
    assert "Nobody else can let people in" in page.content.decode()
    assert client.post(reverse("admin:auth_user_delete", args=[chief.pk]), {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [chief.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), bulk)
    assert User.objects.filter(pk=chief.pk, is_superuser=True).exists()


def test_a_password_is_never_taken_away_altogether(desk, administrator):
    page = reverse("admin:auth_user_password_change", args=[administrator.pk])
    assert 'name="usable_password"' not in desk.get(page).content.decode()
    desk.post(page, {"usable_password": "false", "unset-password": "", "password1": "", "password2": ""})
    assert User.objects.get(pk=administrator.pk).has_usable_password()
