"""What looks alike at the desk: on its page, in the list, on a topic's page; and what is to be kept apart."""

import pytest
from django.urls import reverse

from curation.models import KeptApart
from tests.factories import make_topic


def test_the_desk_shows_what_looks_alike_and_keeps_apart_what_is_not(at_desk, manager, curator):
    one, other = make_topic("Care: Telehealth"), make_topic("Tools: Tele-health")
    address, desk = reverse("admin:topics_alike"), at_desk(manager)
    asked = f"{reverse('admin:topic_merge', args=[one.pk])}?into={other.pk}"
    for page in (
        address,
        reverse("admin:offerings_topic_changelist"),
        reverse("admin:offerings_topic_change", args=[one.pk]),
    ):
        assert asked in desk.get(page).content.decode(), page
    for sent in ({"one": one.pk, "other": 0}, {"one": one.pk, "other": one.pk}, {"one": "x"}):
        desk.post(address, sent)
    assert not KeptApart.objects.exists()
    for _ in range(2):
        desk.post(address, {"one": other.pk, "other": one.pk})
    assert KeptApart.objects.get().first == one
    assert asked not in desk.get(address).content.decode()
    assert at_desk(curator).get(address).status_code == 403


@pytest.mark.parametrize("many", [2, 12])
def test_what_looks_alike_costs_the_same_however_much(at_desk, manager, many, django_assert_max_num_queries):
    for number in range(many):
        make_topic(f"Field {number}: Telehealth")
    desk = at_desk(manager)
    desk.get(reverse("admin:topics_alike"))
    for page in (reverse("admin:topics_alike"), reverse("admin:offerings_topic_changelist")):
        with django_assert_max_num_queries(18):
            desk.get(page)
