"""Stale pages: what a colleague changed since a page was opened stays, unless whoever saves touched that very thing."""

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse

from curation.models import Article, CheckLevel, Picture, Preference
from offerings.forms.touched import FromPages, OnlyTouched
from offerings.models import Synonym, Taxonomy, Topic
from tests.factories import make_offering, make_taxonomy, make_topic
from tests.sent_forms import sent_forms


@pytest.fixture
def desk(admin_client):
    return admin_client


def page_of(thing):
    return reverse(f"admin:offerings_{thing._meta.model_name}_change", args=[thing.pk])


def sent_by(page):
    return dict(sent_forms(page))[""]


def now(thing, *names):
    return thing._meta.model.objects.values_list(*names, flat=len(names) == 1).get(pk=thing.pk)


def test_every_form_of_the_desk_that_changes_a_row_writes_only_what_was_touched(rf, admin_user):
    request = rf.get(reverse("admin:index"))  # the map of addresses brings every room
    request.user = admin_user
    ours = (
        one for model, one in admin.site._registry.items() if model.__module__.startswith(("curation", "offerings"))
    )
    others = {one.model for one in ours if one.has_change_permission(request) and not isinstance(one, FromPages)}
    # An article's form merges by words, a preference is everybody's own, and levels of checks say what was shown.
    assert others - {Picture} == {Article, Preference, CheckLevel}


def test_what_nobody_touched_stays_as_a_colleague_left_it(desk):
    topic, other = make_topic("Care: Wards"), make_taxonomy()
    sent = sent_by(desk.get(page_of(topic)))
    Topic.objects.filter(pk=topic.pk).update(taxonomy=other, retired=True, description="Theirs")
    assert desk.post(page_of(topic), sent | {"label": "Mine"}).status_code == 302
    assert now(topic, "label", "taxonomy", "retired", "description") == ("Mine", other.pk, True, "Theirs")


def test_what_two_touched_is_asked_once_more(desk):
    taxonomy = make_taxonomy()
    sent = sent_by(desk.get(page_of(taxonomy)))
    Taxonomy.objects.filter(pk=taxonomy.pk).update(description="Theirs", hue=7)
    page = desk.post(page_of(taxonomy), sent | {"description": "Mine"})
    assert "it is “Theirs” now" in page.context["adminform"].form.errors["description"][0]
    assert now(taxonomy, "description") == "Theirs"
    assert desk.post(page_of(taxonomy), sent_by(page)).status_code == 302
    assert now(taxonomy, "description", "hue") == ("Mine", 7)


def test_two_who_want_the_same_are_asked_nothing(desk):
    taxonomy = make_taxonomy()
    sent = sent_by(desk.get(page_of(taxonomy)))
    Taxonomy.objects.filter(pk=taxonomy.pk).update(description="Ours")
    assert desk.post(page_of(taxonomy), sent | {"description": "Ours"}).status_code == 302


def test_a_list_in_its_order_stays_as_well(desk):
    first, second = make_topic(), make_topic()
    offering = make_offering([first])
    sent = sent_by(desk.get(page_of(offering)))
    offering.topics.set([second, first])
    assert desk.post(page_of(offering), sent | {"summary": "Mine"}).status_code == 302
    assert list(offering.offering_topics.values_list("tag", flat=True)) == [second.pk, first.pk]
    assert now(offering, "summary") == "Mine"


def test_rows_of_a_table_beneath_stay_as_well(desk):
    topic = make_topic("Care: Wards")
    spelling = Synonym.objects.create(topic=topic, spelling="wads")
    sent = sent_by(desk.get(page_of(topic)))
    Synonym.objects.filter(pk=spelling.pk).update(spelling="wardes")
    assert desk.post(page_of(topic), sent | {"label": "Mine"}).status_code == 302
    assert now(spelling, "spelling") == "wardes"


class Small(OnlyTouched, forms.Form):
    words = forms.CharField(required=False, widget=forms.Textarea)
    is_on = forms.BooleanField(required=False)
    day = forms.DateField(required=False)


@pytest.mark.parametrize(
    ("sent", "stored", "cleaned"),
    [
        ({"words": "a\r\nb", "initial-words": "a\r\nb"}, {"words": "a\nb"}, {"words": "a\nb"}),
        ({"words": "c", "initial-words": "a\r\nb"}, {"words": " a\nb\n"}, {"words": "c"}),
        ({"initial-is_on": "False"}, {"is_on": True}, {"is_on": True}),
        ({"initial-is_on": "True"}, {"is_on": True}, {"is_on": False}),
        ({"initial-is_on": "True"}, {"is_on": False}, {"is_on": False}),
        ({"is_on": "on"}, {"is_on": False}, {"is_on": True}),
        ({"initial-day": "nonsense", "day": ""}, {"day": None}, {"day": None}),
    ],
)
def test_values_are_compared_as_browsers_send_them(sent, stored, cleaned):
    form = Small(sent, initial=stored)
    assert (form.is_valid(), {name: form.cleaned_data[name] for name in cleaned}) == (True, cleaned)
