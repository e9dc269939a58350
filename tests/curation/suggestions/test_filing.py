"""Topics for an article: what speaks for them, in which order, and never the article itself."""

import pytest

from curation import suggestions
from curation.models import Article
from curation.suggestions import memory
from tests import factories

pytestmark = pytest.mark.django_db


def told(article):
    """What is suggested, as ``(whole name, reason)``."""
    return [(one.topic.name, one.reason) for one in suggestions.topics(article)]


def draft(title, body="", topics=(), standfirst="Said at length elsewhere."):
    return factories.make_article(title=title, standfirst=standfirst, body=f"<p>{body}</p>", topics=list(topics))


def test_a_name_needs_no_article_but_the_catalogue():
    factories.make_topic("Atlas: Night Shifts")
    factories.make_topic("Atlas: Gardens")
    other = factories.make_topic("Compass: Handover")
    other.synonyms.create(spelling="ward round")
    article = draft("Who works the night shift", "After the ward-rounds it is quiet.")
    assert told(article) == [
        ("Atlas: Night Shifts", "matches “Night Shifts” in the title"),
        ("Compass: Handover", "matches its synonym “ward round” in the text"),
    ]


def test_all_places_of_a_name_are_told():
    factories.make_topic("Atlas: Night Shift")
    article = draft("Night shifts", "Night shifts.", standfirst="A night shift.")
    assert told(article)[0][1] == "matches “Night Shift” in the title, the standfirst and the text"


def test_neighbours_speak_for_their_topics():
    sleep, food = factories.make_topic("Atlas: Sleep"), factories.make_topic("Atlas: Food")
    draft("Pillows in the observation room", "Snoring was measured with a microphone.", [sleep])
    draft("Microphones hear snoring", "Pillows were changed.", [sleep])
    draft("Soup at noon", "Carrots and barley.", [food])
    article = draft("A microphone under the pillow", "It hears snoring.")
    assert told(article)[0] == (
        "Atlas: Sleep",
        "like “Microphones hear snoring” and 1 other",
    )


def test_an_article_is_never_its_own_neighbour():
    topic = factories.make_topic("Atlas: Sleep")
    edition = factories.make_published(title="Snoring by microphone", body="<p>Pillows.</p>", topics=[topic])
    [suggestion] = suggestions.topics(edition.article)
    assert (suggestion.reason, suggestion.score, suggestion.is_taken) == ("is on the brief already", 0.0, True)


def test_nor_has_its_title_taught_anything_about_it():
    topic, food = factories.make_topic("Atlas: Sleep"), factories.make_topic("Atlas: Food")
    for number in range(4):
        draft(f"Soup {number}", "Barley.", [food])
    article = draft("Snoring", "Pillows.", [topic])
    draft("Snoring", "Carrots.", [topic])
    assert "stands in" not in dict(told(article))["Atlas: Sleep"]
    draft("Snoring", "Barley.", [topic])
    assert "“snoring” stands in 2 titles filed here" in dict(told(article))["Atlas: Sleep"]


def test_taken_topics_stay_in_the_list_and_say_so():
    topic = factories.make_topic("Atlas: Sleep")
    article = draft("Sleep", topics=[topic])
    assert [(one.topic, one.is_taken) for one in suggestions.topics(article)] == [(topic, True)]


def test_retired_topics_are_offered_to_nobody():
    factories.make_topic("Atlas: Sleep", retired=True)
    assert told(draft("Sleep")) == []


def test_what_was_filed_renamed_or_deleted_a_moment_ago_counts():
    sleep = factories.make_topic("Atlas: Sleep")
    article = draft("Snoring by microphone", "Pillows.")
    assert told(article) == []
    other = draft("Microphones for snoring", "Pillows.", [sleep])
    assert dict(told(article))["Atlas: Sleep"] == "like “Microphones for snoring”"
    factories.step("edit", other, changes={"topics": []})
    assert told(article) == []
    sleep.label = "Snoring"
    sleep.save()
    assert told(article) == [("Atlas: Sleep", "matches “Snoring” in the title")]
    other.delete()
    assert told(article) == [("Atlas: Sleep", "matches “Snoring” in the title")]


def test_one_change_among_many_articles_builds_nothing_anew():
    sleep = factories.make_topic("Atlas: Sleep")
    articles = [draft(f"Story {number} of barley", "Soup.") for number in range(12)]
    article = draft("Snoring by microphone", "Pillows.")
    assert told(article) == []
    before = memory.neighbours()
    factories.step(
        "edit", articles[3], changes={"title": "Microphones", "topics": [{"topic": sleep.pk, "spelling": ""}]}
    )
    assert dict(told(article))["Atlas: Sleep"] == "like “Microphones”"
    assert memory.neighbours() is before


def test_topics_taken_away_behind_the_workflows_back_are_noticed():
    sleep = factories.make_topic("Atlas: Sleep")
    draft("Barley", "Soup.")
    other = draft("Microphones for snoring", "Pillows.", [sleep])
    article = draft("Snoring by microphone", "Pillows.")
    assert told(article) != []
    other.topics.clear()
    assert told(article) == []


def test_declined_articles_teach_nothing():
    draft("Pillow talk", "Snoring.", [factories.make_topic("Atlas: Sleep")])
    factories.step("decline", Article.objects.get(), reason="No.")
    assert told(draft("Pillows", "Snoring.")) == []


def test_an_empty_article_gets_nothing_and_no_error():
    factories.make_topic("Atlas: Sleep")
    draft("Sleep", topics=[factories.make_topic("Atlas: Food")])
    assert told(draft("", "", standfirst="")) == []


def test_the_order_is_the_same_every_time():
    for number in range(8):
        factories.make_topic(f"Atlas: Sleep{'ing' * (number % 2)} room {number}")
    article = draft("Sleep room 1, sleep room 2, sleeping room 3")
    assert told(article) == told(article)


@pytest.mark.parametrize("articles", [2, 12])
def test_it_costs_the_same_however_many_articles(articles, django_assert_num_queries):
    for number in range(articles):
        draft(f"Sleep {number}", "Snoring.", [factories.make_topic(f"Atlas: Sleep {number}")])
    article = Article.objects.first()
    suggestions.topics(article)
    with django_assert_num_queries(10):
        suggestions.topics(article)
