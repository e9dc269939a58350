"""Inviting by two at once: one account, one invitation, and the same answer to both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connections

from curation.models import Invitation
from curation.workflow.people import invitations
from curation.workflow.people.accounts import AccountRefused
from tests.factories import make_person


def at_once(*actions):
    """What each of these says, begun at the same instant; a refusal is said as well."""
    barrier = Barrier(len(actions))

    def go(action):
        barrier.wait()
        try:
            return action()
        except AccountRefused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [one.result() for one in [pool.submit(go, action) for action in actions]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
def test_two_at_once_give_one_invitation_and_every_link_is_good():
    by, other = make_person("Administrator"), make_person("Administrator")
    asked = {"name": "Mae Ward", "email": "mae@example.org", "role": "Curator"}
    told = at_once(*[lambda: invitations.invite(by=by, **asked)] * 2)
    (mae,) = User.objects.filter(email="mae@example.org")
    assert sorted(is_new for _, _, is_new in told) == [False, True]
    assert all(invitations.links.check_token(mae, path.rstrip("/").rpartition("/")[2]) for _, path, _ in told)
    told = at_once(
        lambda: invitations.invite(by=by, **asked | {"email": "MAE@example.org", "name": "Mae Warden"}),
        lambda: invitations.invite(by=other, **asked),
    )
    assert told == ["A colleague has this address already."] * 2
    at_once(*[lambda: invitations.link_for(mae)] * 3)
    assert Invitation.objects.filter(person=mae).count() == 1
