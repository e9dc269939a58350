"""Finding topics for a brief: by name and synonym, with how many live briefs each has; a pasted list at once."""

import pytest
from django.urls import reverse

from curation.models import Article
from curation.publishing import counts
from offerings.models import Synonym, Topic
from tests.factories import make_article, make_person, make_published, make_taxonomy, make_topic

FIND = "admin:curation_find_topics"


@pytest.fixture
def desk(client, curator):
    """The browser of a curator."""
    client.force_login(curator)
    return client


def found(client, term):
    return client.get(reverse(FIND), {"term": term}).json()["results"]


def test_a_topic_is_found_with_its_taxonomy_its_use_and_its_synonym(desk):
    hcg = make_taxonomy(name="HCG", hue=7)
    medicine = make_topic("HCG: Precision Medicine", taxonomy=hcg)
    medicine.synonyms.create(spelling="Genome")
    make_published(topics=[medicine])
    make_published(topics=[medicine])
    counts.settle()
    row = {"id": str(medicine.pk), "text": "HCG: Precision Medicine", "css": "hue-7", "used": 2}
    assert found(desk, "genom") == [row | {"note": "“Genome” is a synonym"}]
    assert found(desk, "precision") == [row | {"note": ""}]
    assert found(desk, "medicine genome") == [row | {"note": "“Genome” is a synonym"}]


#: What is typed, and the names that are offered.
OFFERED = {
    "twin": ["G: Twin used", "G: Twin", "G: A second twin", "G: Double"],
    "TWIN used": ["G: Twin used"],
    "g: twin": ["G: Twin used", "G: Twin", "G: A second twin", "G: Double"],
    "old": [],
    "": [],
    "%": [],
    "' OR 1=1 --": [],
    "x" * 5_000: [],
}


def test_what_begins_so_comes_first_then_what_is_used_most(subtests, desk):
    make_topic("G: A second twin")
    make_topic("G: Twin")
    make_topic("G: Old twin", retired=True)
    make_topic("G: Double").synonyms.create(spelling="twin")
    make_published(topics=[make_topic("G: Twin used")])
    counts.settle()
    for term, names in OFFERED.items():
        with subtests.test(term[:20]):
            assert [row["text"] for row in found(desk, term)] == names


def test_a_desk_without_topics_is_told_so(desk):
    asked = {"term": "qqqq"}
    assert desk.get(reverse(FIND), asked).json() == {
        "results": [],
        "said": "There are no topics yet. A manager can add them.",
    }
    make_topic("G: Twin")
    assert desk.get(reverse(FIND), asked).json() == {"results": [], "said": ""}


def test_who_may_not_see_topics_is_offered_none(client, db):
    client.force_login(make_person())
    assert client.get(reverse(FIND), {"term": "twin"}).status_code == 302
    assert client.post(reverse(FIND), {"names": "twin"}).status_code == 302
    client.logout()
    assert client.get(reverse(FIND), {"term": "twin"}).status_code == 302


def test_a_pasted_list_is_answered_with_what_was_found_and_what_was_not(desk):
    twin = make_topic("G: Twin")
    told = desk.post(reverse(FIND), {"names": "twin\nfoo\nbar"}).json()
    assert [row["id"] for row in told["found"]] == [str(twin.pk)]
    assert (told["rest"], told["fault"]) == ("foo; bar", "Not found: foo, bar.")


def test_among_five_thousand_it_costs_the_same(desk, django_assert_max_num_queries):
    area = make_taxonomy(name="Area")
    Topic.objects.bulk_create(
        Topic(name=f"Area: Subject {n}", slug=f"area-subject-{n}", taxonomy=area).derive() for n in range(5_000)
    )
    Synonym.objects.bulk_create(
        Synonym(topic=topic, spelling=f"Other {topic.pk}", key=f"other {topic.pk}") for topic in Topic.objects.all()
    )
    found(desk, "subject")
    with django_assert_max_num_queries(7):
        assert len(found(desk, "subject")) == 20
    with django_assert_max_num_queries(7):
        assert len(found(desk, "other 1")) == 20


def test_on_saving_without_a_script_the_matches_are_rows_and_the_misses_stay(client, curator):
    article = make_article(owner=curator, topics=[make_topic("G: One")])
    two = make_topic("G: Two")
    client.force_login(curator)
    page = reverse("admin:curation_article_change", args=[article.pk])
    form = client.get(page).context["adminform"].form
    data = {"edit": article.edit, "title": article.title, "topic_list": [article.topics.get().pk], "seen": form.seen}
    answer = client.post(page, data | {"topic_list-add": "two\r\nfoo\r\nbar"})
    bound = answer.context["adminform"].form
    assert bound.errors["topic_list"] == ["Not found: foo, bar."]
    assert bound["topic_list"].value().typed == "foo; bar"
    assert f'value="{two.pk}"' in str(bound["topic_list"])
    assert bound.partly == {"topic_list"}
    assert [row["id"] for row in bound.cleaned_data["topic_list"]] == [article.topics.get().pk, two.pk]
    assert Article.objects.get(pk=article.pk).edit == article.edit
