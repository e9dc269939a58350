"""Keepers: the last account that can let others in stays one, whichever way it changes and however many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import Group, User
from django.db import connections, transaction

from curation.models.roles import keepers
from curation.models.roles.keepers import LastKeeperRefused
from curation.workflow.people import accounts, leaving
from tests.factories import make_person


def close(person):
    person.is_active = False
    person.save()


def take_the_role(person):
    person.groups.clear()


def take_it_from_the_roles_side(person):
    Group.objects.get(name="Administrator").user_set.remove(person)


def set_other_roles(person):
    person.groups.set([Group.objects.get(name="Manager")])


def take_the_password(person):
    person.set_unusable_password()
    person.save(update_fields=["password"])


WAYS = {
    "closed": close,
    "its roles cleared": take_the_role,
    "taken out of the role": take_it_from_the_roles_side,
    "another role": set_other_roles,
    "no password": take_the_password,
    "deleted": User.delete,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_last_keeper_stays_on_every_way(administrator, curator, way):
    with pytest.raises(LastKeeperRefused), transaction.atomic():
        way(administrator)
    assert list(keepers.keepers()) == [administrator]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_who_is_not_the_last_goes_any_way(administrator, way):
    other = make_person(is_superuser=True)
    way(administrator)
    assert list(keepers.keepers()) == [other]


def test_a_superuser_is_a_keeper_without_any_role_and_stays_one(db, curator):
    chief = make_person(is_superuser=True)
    chief.groups.add(Group.objects.get(name="Administrator"))
    chief.groups.clear()
    chief.is_superuser = False
    with pytest.raises(LastKeeperRefused):
        chief.save()


def test_whoever_is_alone_may_go_because_nobody_is_locked_out(administrator):
    administrator.delete()
    assert not User.objects.exists()


def test_other_changes_of_the_last_keeper_ask_nothing(administrator, django_assert_num_queries):
    administrator.first_name = "Ada"
    with django_assert_num_queries(1):
        administrator.save(update_fields=["first_name"])
    administrator.set_password("the lamp is by the window")
    administrator.save()
    assert list(keepers.keepers()) == [administrator]


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
@pytest.mark.parametrize("way", ["closing", "taking the role"])
def test_of_two_who_take_each_others_account_at_once_one_stays(way):
    people = [make_person("Administrator"), make_person("Administrator")]
    barrier = Barrier(2)

    def go(by, person):
        by, person = User.objects.get(pk=by.pk), User.objects.get(pk=person.pk)
        barrier.wait()
        try:
            if way == "closing":
                leaving.close(person, by=by)
            else:
                given = {"name": "A", "username": person.username, "email": ""}
                accounts.change(person, by=by, role="Curator", **given)
        except LastKeeperRefused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(go, *pair) for pair in (people, people[::-1])]
        assert sorted(one.result() for one in done) == ["done", "refused"]
    assert keepers.keepers().count() == 1
