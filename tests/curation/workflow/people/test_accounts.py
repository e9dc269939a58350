"""The rules about accounts, asked without any page: whoever calls, nobody gives more than is theirs to give."""

import pytest

from curation.models import Invitation
from curation.workflow.people import accounts, invitations, leaving
from curation.workflow.people.accounts import AccountRefused
from tests.factories import make_person

ASKED = {"name": "A B", "username": "a-b", "email": "a@example.org"}


@pytest.mark.parametrize("role", ["", "Curator", "Manager"])
def test_who_keeps_no_accounts_changes_nobody_elses(db, role):
    by, other = make_person(role), make_person("Curator")
    refused = [
        lambda: accounts.change(other, by=by, **ASKED),
        lambda: accounts.change(other, by=by, role="Administrator", **ASKED),
        lambda: accounts.change(by, by=by, role="Administrator", **ASKED),
        lambda: accounts.reopen(other, by=by),
        lambda: invitations.invite(by=by, name="A", email="a@example.org", role="Curator"),
        lambda: invitations.renew(other, by=by),
        lambda: invitations.revoke(other, by=by),
        lambda: leaving.close(other, by=by),
    ]
    for action in refused:
        with pytest.raises(AccountRefused):
            action()
    assert (accounts.role_of(by), Invitation.objects.count()) == (role, 0)


def test_an_administrator_makes_no_superuser_and_touches_none(administrator):
    chief = make_person("Administrator", is_superuser=True)
    for action in (
        lambda: invitations.invite(by=administrator, name="A", email="a@example.org", role="Superuser"),
        lambda: accounts.change(administrator, by=administrator, role="Superuser", **ASKED),
        lambda: accounts.change(chief, by=administrator, **ASKED),
        lambda: leaving.close(chief, by=administrator),
    ):
        with pytest.raises(AccountRefused):
            action()


@pytest.mark.parametrize("role", ["Curator", "Manager"])
def test_work_goes_only_to_who_has_the_role_for_it(administrator, role):
    person, reader = make_person(role), make_person("")
    closed = make_person("Manager", is_active=False)
    for heirs in ({"heir": reader}, {"heir": closed}, {"heir": person}, {"decider": make_person("Curator")}):
        with pytest.raises(AccountRefused):
            leaving.close(person, by=administrator, **heirs)
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.parametrize(
    ("name", "parts"),
    [("Mae", ("Mae", "")), ("Mae  van der\tWard", ("Mae van der", "Ward")), ("Ma\u202ee Ward", ("Mae", "Ward"))],
)
def test_a_name_is_one_line_whose_last_word_is_the_last_name(name, parts):
    assert accounts.parts_of(name) == parts


@pytest.mark.parametrize(
    ("name", "email", "username"),
    [
        ("Zoë Łuk", "z@example.org", "zoe-luk"),
        ("山田", "yamada@example.org", "yamada"),
        ("山田", "山田@example.org", "colleague"),
    ],
)
def test_a_name_to_sign_in_with_is_proposed_from_what_is_there(db, name, email, username):
    assert accounts.username_for(name, email) == username
