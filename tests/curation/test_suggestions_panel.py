"""The panel of suggestions: what it shows to whom, what it costs, and that it works without a script."""

import pytest
from django.contrib.admin import site
from django.urls import include, path, reverse

from curation.admin import suggestions
from curation.models import Article
from curation.suggestions import memory
from medigy.urls import urlpatterns as whole_site
from tests import factories

#: The panel at an address of these tests' own, whatever the desk's list of addresses says.
urlpatterns = [path("suggested/", include(suggestions.urls(site.get_model_admin(Article)))), *whole_site]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

FETCH = {"X-Requested-With": "fetch"}
BODY = "<p>Remote monitoring lets nurses sleep, and patients as well, until the morning of the next day comes.</p>"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memory.forget()
    yield
    memory.forget()


@pytest.fixture
def article(curator):
    topic = factories.make_topic("Atlas: Night Shifts")
    factories.make_offering([topic], name="Harbour", institution=factories.make_institution(name="Meadow & Sons"))
    given = {"title": "Night shifts are quiet", "body": BODY, "topics": [topic]}
    return factories.make_article(owner=curator, standfirst="Sleep counts.", **given)


@pytest.fixture
def client(client, curator):
    client.force_login(curator)
    return client


def address(article):
    return reverse("curation_article_suggestions", args=[article.pk])


def fetched(client, article):
    answer = client.get(address(article), headers=FETCH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_topics_and_offerings_with_reasons_and_buttons(client, article):
    topic = factories.make_topic("Atlas: Sleep")
    words = fetched(client, article)
    assert "<html" not in words
    assert "matches “Sleep” in the standfirst and the text" in words
    assert f'data-pick="topic_list" data-id="{topic.pk}" data-text="Atlas: Sleep"' in words
    assert "shares Night Shifts" in words
    assert "Meadow &amp; Sons" in words
    assert 'aria-keyshortcuts="Alt+Shift+T"' in words
    assert words.count("data-pick-all") == words.count("data-none") == 2


def test_what_the_brief_has_is_not_offered_again(client, article):
    words = fetched(client, article)
    assert "Night Shifts</b>" not in words
    assert "Nothing in the words points to one" in words


def test_how_often_a_topic_is_used_is_told(client, article):
    topic = factories.make_topic("Atlas: Sleep")
    for _ in range(2):
        factories.make_published(topics=[topic])
    assert '2<span class="visually-hidden"> live briefs have it' in fetched(client, article)


def test_at_most_five_of_each(client, article):
    for number in range(8):
        factories.make_topic(f"Compass{number}: Sleep")
    assert fetched(client, article).count('data-pick="topic_list"') == 5


def test_without_a_script_it_is_a_page_of_the_desk(client, article):
    factories.make_topic("Atlas: Sleep")
    words = client.get(address(article)).content.decode()
    assert "<html" in words
    assert "matches “Sleep” in the standfirst and the text" in words
    assert "data-pick" not in words
    assert "Back to the brief" in words


def test_what_is_told_already_stands_side_by_side(client, article, curator):
    factories.make_article(owner=curator, title="Another night", standfirst="", body=BODY)
    factories.make_article(owner=curator, title="Night shift are quiet", body="<p>Other words.</p>")
    words = fetched(client, article)
    assert "Perhaps already told" in words
    assert "the same text under another title" in words
    assert "title 98 % alike" in words
    assert words.count("Side by side") == 2
    assert words.count("Remote monitoring lets nurses sleep") == 3


def test_of_what_one_may_not_open_one_sees_the_title_and_the_owner_only(client, article):
    other = factories.make_person("Curator", username="somebody-else")
    theirs = factories.make_article(owner=other, title="Night shifts are quieter", body=BODY, standfirst="Secret.")
    words = fetched(client, article)
    assert "Night shifts are quieter" in words
    assert "somebody-else" in words
    assert "Secret." not in words
    assert "Remote monitoring" not in words
    assert reverse("admin:curation_article_change", args=[theirs.pk]) not in words


def test_whoever_may_not_write_sees_no_buttons(client, article):
    factories.make_topic("Atlas: Sleep")
    factories.step("submit", article)
    words = fetched(client, article)
    assert "matches “Sleep”" in words
    assert "data-pick" not in words


def test_whoever_has_no_right_to_the_article_sees_nothing(client, article, reader):
    client.force_login(factories.make_person("Curator"))
    assert client.get(address(article), headers=FETCH).status_code == 404
    client.force_login(factories.make_person(""))
    assert client.get(address(article), headers=FETCH).status_code == 404
    client.force_login(reader)
    assert client.get(address(article), headers=FETCH).status_code == 302
    client.logout()
    assert client.get(address(article), headers=FETCH).status_code == 302


def test_it_is_only_ever_read(client, article):
    assert client.post(address(article)).status_code == 405
    assert client.get("/suggested/0/suggestions/").status_code == 404


def test_names_from_outside_are_words_not_markup(client, article):
    topic = factories.make_topic(f"Atlas: Sleep {HOSTILE}")
    topic.synonyms.create(spelling="nurses")
    factories.make_article(title=f"Night shifts are quiet {HOSTILE}")
    factories.make_offering(list(article.topics.all()), name=HOSTILE, summary=HOSTILE)
    words = fetched(client, article)
    assert "&lt;script&gt;" in words
    assert "<script" not in words
    assert "style=" not in words


def test_an_empty_brief_has_a_panel_too(client, curator):
    article = factories.make_article(owner=curator, title="", standfirst="", body="", topics=[])
    assert fetched(client, article).count("Nothing in the words points to one") == 2


@pytest.mark.parametrize("others", [2, 12])
def test_it_costs_the_same_however_much_there_is(client, article, curator, django_assert_num_queries, others):
    topic = article.topics.get()
    for number in range(others):
        factories.make_article(owner=curator, title=f"Night shifts are quiet {number}", body=BODY, topics=[topic])
        factories.make_topic(f"Compass{number}: Sleep")
        factories.make_offering([topic])
    fetched(client, article)
    with django_assert_num_queries(41):
        fetched(client, article)
