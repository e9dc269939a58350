"""Coming in: a role lets people in whatever any box says, and losing it puts them out."""

import pytest
from django.contrib.auth.models import User
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


def test_a_role_taken_where_no_form_was_asked_ends_access_with_the_next_page(db):
    person = make_person("Manager")
    client = signed_in(person)
    person.groups.clear()
    assert client.get(INDEX).status_code == 302
