"""The desk's catalogue: what is found, what a change leaves behind, and what is in use."""

import re

import pytest
from django.urls import reverse

from offerings import addresses
from offerings.models import Institution, Offering, Redirect, Taxonomy, Topic
from tests.factories import make_article, make_institution, make_offering, make_person, make_taxonomy, make_topic


def change(thing):
    return reverse(f"admin:offerings_{thing._meta.model_name}_change", args=[thing.pk])


@pytest.fixture
def desk(client, manager):
    """The browser of a manager."""
    client.force_login(manager)
    return client


@pytest.fixture
def chief(client, db):
    """The browser of a superuser."""
    client.force_login(make_person(is_superuser=True))
    return client


def topic_data(topic, **given):
    inline = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    names = {"name": topic.name, "taxonomy": topic.taxonomy_id, "label": topic.label, "slug": topic.slug}
    return names | {f"synonyms-{key}": value for key, value in inline.items()} | given


def offered(client, term):
    """What the autocomplete of an article's topics answers."""
    question = {"app_label": "curation", "model_name": "articletopic", "field_name": "tag", "term": term}
    return [row["text"] for row in client.get(reverse("admin:autocomplete"), question).json()["results"]]


def test_topics_are_offered_by_name_and_synonym_while_in_use(desk):
    twin = make_topic("Gartner: Digital Twin")
    make_topic("Gartner: Digital Twin of Old", retired=True)
    twin.synonyms.create(spelling="virtual double")
    assert offered(desk, "twin") == ["Gartner: Digital Twin"]
    assert offered(desk, "double") == ["Gartner: Digital Twin"]
    rows = desk.get(reverse("admin:offerings_topic_changelist"), {"q": "twin"}).context["cl"].result_list
    assert len(rows) == 2


def test_who_may_not_see_topics_is_offered_none(client, db):
    make_topic("Gartner: Digital Twin")
    client.force_login(make_person())
    question = {"app_label": "curation", "model_name": "articletopic", "field_name": "tag", "term": "twin"}
    assert client.get(reverse("admin:autocomplete"), question).status_code == 302


def test_a_new_topic_follows_from_its_name(desk):
    gartner = make_taxonomy(name="Gartner")
    data = topic_data(Topic(name="Gartner: Smart Pill", taxonomy=gartner))
    data["synonyms-TOTAL_FORMS"], data["synonyms-0-spelling"] = 1, "ingestible sensor"
    desk.post(reverse("admin:offerings_topic_add"), data)
    topic = Topic.objects.get()
    assert (topic.label, topic.slug, topic.synonyms.get().key) == (
        "Smart Pill",
        "gartner-smart-pill",
        "ingestible sensor",
    )


def test_a_topic_that_differs_in_spaces_and_case_is_refused(desk):
    topic = make_topic("Gartner: Smart Pill")
    twin = topic_data(Topic(name="gartner:  smart  pill", taxonomy=topic.taxonomy))
    page = desk.post(reverse("admin:offerings_topic_add"), twin)
    assert "spelled a little differently" in page.context["adminform"].form.errors["name"][0]


@pytest.mark.parametrize("make", [make_topic, make_institution, make_offering])
def test_another_address_leaves_a_redirect_and_tells_the_caches(desk, make):
    thing = make()
    old, before = thing.get_absolute_url(), addresses.edition_of_site()
    data = {
        make_topic: lambda: topic_data(thing, slug="elsewhere"),
        make_institution: lambda: {"name": thing.name, "slug": "elsewhere"},
        make_offering: lambda: {"name": thing.name, "permalink": "/offering/elsewhere"},
    }[make]()
    desk.post(change(thing), data)
    thing.refresh_from_db()
    assert thing.get_absolute_url().endswith("/elsewhere/")
    assert addresses.lookup(old) == thing.get_absolute_url()
    assert addresses.edition_of_site() > before


@pytest.mark.parametrize("make", [make_topic, make_institution, make_offering, make_taxonomy])
def test_who_changed_what_is_kept(desk, manager, make):
    thing = make()
    data = topic_data(thing, description="New.") if make is make_topic else {"name": thing.name, "slug": "s", "hue": 3}
    desk.post(change(thing), data | {"position": 0})
    assert thing.history.first().history_user == manager
    page = desk.get(reverse(f"admin:offerings_{thing._meta.model_name}_history", args=[thing.pk]))
    assert manager.username in page.content.decode()


def test_an_offering_keeps_its_topics_in_the_order_they_are_sent(desk):
    first, second, third = (make_topic() for _ in range(3))
    offering = make_offering(topics=[first, second])
    data = {"name": offering.name, "permalink": offering.permalink}
    desk.post(change(offering), data | {"topic_list": [third.pk, first.pk]})
    assert list(offering.topics.all()) == [third, first]
    desk.post(change(offering), data | {"topic_list": [third.pk, first.pk], "topic_list-add": second.name})
    assert list(offering.topics.all()) == [third, first, second]
    page = desk.post(change(offering), data | {"topic_list-add": "Perpetual Motion"})
    assert page.context["adminform"].form.errors["topic_list"]
    assert not Topic.objects.filter(name="Perpetual Motion").exists()


def test_two_offerings_never_share_an_address(desk):
    make_offering(name="One", permalink="/offering/one")
    page = desk.post(reverse("admin:offerings_offering_add"), {"name": "Other", "permalink": "/product/ONE/"})
    assert "has the address /offering/one/" in page.context["adminform"].form.errors["permalink"][0]
    assert Offering.objects.count() == 1


@pytest.mark.parametrize("model", ["topic", "institution", "offering"])
def test_a_list_says_in_words_what_is_retired(chief, model):
    makers = {"topic": make_topic, "institution": make_institution, "offering": make_offering}
    for retired in (False, True):
        makers[model](retired=retired)
    page = chief.get(reverse(f"admin:offerings_{model}_changelist")).content.decode()
    cells = re.findall(r'<td class="field-use[^"]*">([^<]*)</td>', page)
    assert (set(cells), cells.count("retired")) == ({"yes", "retired"}, 1)


def test_what_is_in_use_is_retired_and_not_deleted(chief):
    topic = make_topic()
    make_article(topics=[topic])
    page = chief.get(reverse("admin:offerings_topic_delete", args=[topic.pk])).content.decode()
    assert "is in use, so it cannot be deleted" in page
    assert "Retire it instead" in page
    chief.post(reverse("admin:offerings_topic_delete", args=[topic.pk]), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [topic.pk], "post": "yes"}
    chief.post(reverse("admin:offerings_topic_changelist"), chosen)
    assert Topic.objects.filter(pk=topic.pk).exists()


@pytest.mark.parametrize(
    ("path", "target", "kept"),
    [
        ("/news/old-title/", "/news/new/", ("/news/old-title", "/news/new/")),
        ("News/Old", "/topic/b/", ("/news/old", "/topic/b/")),
        ("/x", "https://evil.example/", None),
        ("/x", "//evil.example/", None),
        ("/x", "/X/", None),
    ],
)
def test_an_old_address_leads_to_a_page_of_this_site(desk, path, target, kept):
    desk.post(reverse("admin:offerings_redirect_add"), {"path": path, "target": target})
    assert Redirect.objects.values_list("path", "target").first() == kept


def test_chains_of_old_addresses_stay_flat(desk):
    addresses.redirect("/a", "/b/")
    desk.post(reverse("admin:offerings_redirect_add"), {"path": "/b", "target": "/c/"})
    assert dict(Redirect.objects.values_list("path", "target")) == {"/a": "/c/", "/b": "/c/"}


def test_a_curator_reads_the_catalogue_and_changes_nothing(client, curator):
    client.force_login(curator)
    topic = make_topic()
    assert client.get(change(topic)).status_code == 200
    assert client.post(change(topic), topic_data(topic, label="Mine")).status_code == 403
    assert client.get(reverse("admin:offerings_offering_add")).status_code == 403


@pytest.mark.parametrize("model", [Taxonomy, Topic, Institution, Offering, Redirect])
def test_a_list_costs_the_same_however_long(desk, django_assert_max_num_queries, model):
    page, costs = reverse(f"admin:offerings_{model._meta.model_name}_changelist"), []
    most = 14 if model is Topic else 11  # each use of a topic is counted, and what looks like it is looked for
    desk.get(page)  # the first page of a session keeps what it found of the person
    for number in (2, 18):
        for place in range(number):
            make_offering(topics=[make_topic()], institution=make_institution())
            make_taxonomy()
            Redirect.objects.create(path=f"/{model.__name__}/{number}/{place}", target="/x/")
        with django_assert_max_num_queries(most) as counted:
            assert desk.get(page).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
