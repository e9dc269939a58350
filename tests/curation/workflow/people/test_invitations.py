"""Inviting by two at once: one account, one invitation, and the same answer to both."""

import pytest
from django.contrib.auth.models import User

from curation.models import Invitation
from curation.workflow.people import invitations
from curation.workflow.people.accounts import AccountRefused
from tests.at_once import at_once
from tests.factories import make_person


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
def test_two_at_once_give_one_invitation_and_every_link_is_good():
    by, other = make_person("Administrator"), make_person("Administrator")
    asked = {"name": "Mae Ward", "email": "mae@example.org", "role": "Curator"}
    told = at_once(*[lambda: invitations.invite(by=by, **asked)] * 2, refusal=AccountRefused)
    (mae,) = User.objects.filter(email="mae@example.org")
    assert sorted(is_new for _, _, is_new in told) == [False, True]
    assert all(invitations.links.check_token(mae, path.rstrip("/").rpartition("/")[2]) for _, path, _ in told)
    told = at_once(
        lambda: invitations.invite(by=by, **asked | {"email": "MAE@example.org", "name": "Mae Warden"}),
        lambda: invitations.invite(by=other, **asked),
        refusal=AccountRefused,
    )
    assert told == ["A colleague has this address already."] * 2
    at_once(*[lambda: invitations.link_for(mae)] * 3, refusal=AccountRefused)
    assert Invitation.objects.filter(person=mae).count() == 1
