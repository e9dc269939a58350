"""What somebody may do is asked in one query, and is what Django itself would say."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from tests.factories import make_person


def fresh(person):
    return get_user_model().objects.get(pk=person.pk)


@pytest.mark.parametrize("role", ["", "Curator", "Manager", "Administrator"])
def test_permissions_are_those_that_django_gives_in_one_query(db, role, django_assert_num_queries):
    person = make_person(role)
    person.user_permissions.add(Permission.objects.get(codename="delete_redirect"))
    wanted = ModelBackend().get_all_permissions(fresh(person))
    asked = fresh(person)
    with django_assert_num_queries(1):
        assert asked.get_all_permissions() == wanted
        assert asked.has_perm("offerings.delete_redirect")


@pytest.mark.parametrize(("given", "may"), [({"is_superuser": True}, True), ({"is_active": False}, False)])
def test_who_may_all_and_who_may_nothing(db, given, may):
    person = make_person("Administrator")
    get_user_model().objects.filter(pk=person.pk).update(**given)
    assert fresh(person).has_perm("auth.change_user") is may
    assert bool(fresh(person).get_all_permissions()) is may


def test_nobody_may_nothing_on_one_thing(db):
    assert fresh(make_person("Administrator")).get_all_permissions(obj=object()) == set()
