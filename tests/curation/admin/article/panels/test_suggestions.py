"""The panel of suggestions: what it shows to whom, what is put aside, its price, and that it needs no script."""

import pytest
from django.urls import reverse

from curation.editing import dismissals
from curation.models import Dismissal
from curation.suggestions import memory
from offerings.models import Offering
from tests import factories

pytestmark = pytest.mark.django_db

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
    return reverse("admin:curation_article_suggestions", args=[article.pk])


def settle(client, article, wish, **things):
    """Put ids aside, or show them again; gives the answer."""
    return client.post(reverse("admin:curation_article_suggestions_do", args=[article.pk, wish]), things)


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
    assert words.count("data-pin ") == 1
    assert words.count('data-settle="hide"') == 2


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
    assert "The same text stands in “Another night” under another title." in words
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
    client.force_login(reader)
    assert client.get(address(article), headers=FETCH).status_code == 401
    client.logout()
    assert client.get(address(article), headers=FETCH).status_code == 401


def test_it_is_only_ever_read(client, article):
    assert client.post(address(article)).status_code == 405
    assert client.get("/admin/curation/article/0/suggestions/").status_code == 404


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
    with django_assert_num_queries(43):
        fetched(client, article)


# What is put aside --------------------------------------------------------------------------------------------------


def test_a_topic_that_is_hidden_is_struck_through_and_shown_again(client, article, curator):
    topic = factories.make_topic("Atlas: Sleep")
    assert settle(client, article, "hide", topic=topic.pk).json() == {"status": "hidden", "count": 1}
    words = fetched(client, article)
    assert 'data-pick="topic_list"' not in words
    assert '<li class="is-hidden"><div><b>Atlas: Sleep</b><small>hidden by <abbr title="curator, ' in words
    assert f'data-settle="show" data-kind="topic" data-id="{topic.pk}"' in words
    assert "Nothing else in the words points to one" in words
    assert settle(client, article, "show", topic=topic.pk).json() == {"status": "shown", "count": 1}
    words = fetched(client, article)
    assert f'data-pick="topic_list" data-id="{topic.pk}"' in words
    assert "is-hidden" not in words


def test_where_one_is_hidden_the_next_one_is_offered(client, article):
    topics = [factories.make_topic(f"Compass{number}: Sleep") for number in range(7)]
    settle(client, article, "hide", topic=[topic.pk for topic in topics[:4]])
    words = fetched(client, article)
    assert words.count('data-pick="topic_list"') == 3
    assert "<summary>4 hidden</summary>" in words
    assert 'data-fold="topic">' in words  # four are folded away


def test_an_offering_that_is_hidden_is_not_offered_again(client, article):
    offering = Offering.objects.get()
    settle(client, article, "hide", offering=offering.pk)
    words = fetched(client, article)
    assert "data-pin" not in words
    assert f'data-settle="show" data-kind="offering" data-id="{offering.pk}"' in words


def test_hiding_twice_is_hiding_once(client, article, curator):
    topic = factories.make_topic()
    counts = [settle(client, article, "hide", topic=[topic.pk, topic.pk]).json()["count"] for _ in range(2)]
    assert counts == [1, 0]
    assert Dismissal.objects.get().by == curator


def test_what_does_not_tell_the_same_is_settled_for_both(client, article, curator):
    other = factories.make_article(owner=curator, title="Night shift are quiet", body="<p>Other words.</p>")
    assert "Not the same" in fetched(client, article)
    settle(client, article, "hide", other=other.pk)
    for one, its_other in ((article, other), (other, article)):
        words = fetched(client, one)
        assert "<summary>1 not the same</summary>" in words
        assert f'data-settle="show" data-kind="other" data-id="{its_other.pk}"' in words
        assert "% alike" not in words


def test_the_same_text_put_aside_warns_no_more(client, article, curator):
    other = factories.make_article(owner=curator, title="Another night", standfirst="", body=BODY)
    assert "The same text stands in" in fetched(client, article)
    settle(client, article, "hide", other=other.pk)
    assert "The same text stands in" not in fetched(client, article)


def test_whose_account_is_gone_still_hides(client, article, manager):
    topic = factories.make_topic("Atlas: Sleep")
    dismissals.hide(article, [("topic", topic.pk)], by=manager)
    manager.delete()
    assert "<small>hidden, " in fetched(client, article)


@pytest.mark.parametrize("things", [{}, {"topic": "x"}, {"topic": "9" * 40}, {"topic": "-1"}, {"kind": "topic"}])
def test_what_is_no_id_hides_nothing(client, article, things):
    assert settle(client, article, "hide", **things).json()["count"] == 0


def test_a_wish_is_one_of_two_and_posted(client, article):
    assert settle(client, article, "delete", topic=1).status_code == 404
    assert client.get(reverse("admin:curation_article_suggestions_do", args=[article.pk, "hide"])).status_code == 405


def test_who_may_not_edit_puts_nothing_aside(client, article, reader):
    topic = factories.make_topic()
    factories.step("submit", article)
    assert settle(client, article, "hide", topic=topic.pk).status_code == 403
    people = {factories.make_person("Curator"): 404, factories.make_person(""): 403, reader: 403}
    for person, status in people.items():
        client.force_login(person)
        answer = settle(client, article, "hide", topic=topic.pk)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json")
    client.logout()
    assert settle(client, article, "hide", topic=topic.pk).status_code == 401
    assert not Dismissal.objects.exists()


def test_who_may_not_edit_shows_nothing_again(client, article, curator):
    topic = factories.make_topic("Atlas: Sleep")
    dismissals.hide(article, [("topic", topic.pk)], by=curator)
    factories.step("submit", article)
    assert settle(client, article, "show", topic=topic.pk).status_code == 403
    assert "data-settle" not in fetched(client, article)
    assert Dismissal.objects.count() == 1


# What is pinned, and what goes to another brief ---------------------------------------------------------------------


def test_the_related_offering_that_stands_first_is_named(client, article):
    assert '<p class="sugg-first" hidden>' in fetched(client, article)
    about, first, second = (factories.make_offering(name=name) for name in ("About it", "Pinned & first", "Second"))
    rows = [{"offering": about.pk, "role": "about"}] + [
        {"offering": one.pk, "role": "related"} for one in (first, second)
    ]
    factories.step("edit", article, changes={"offerings": rows})
    assert "<b data-first>Pinned &amp; first</b> stands first of the related ones." in fetched(client, article)


def test_the_link_at_hand_may_be_added_to_what_is_told_already(client, article, curator):
    theirs = factories.make_person("Curator")
    mine = factories.make_article(owner=curator, title="Night shift are quiet", body="<p>Other words.</p>")
    other = factories.make_article(owner=theirs, title="Night shifts are quite", body="<p>Soup.</p>")
    attach = {one: reverse("admin:curation_article_attach", args=[one.pk]) for one in (mine, other)}
    words = fetched(client, article)
    assert f'form="attach-there" formaction="{attach[mine]}"' in words
    assert attach[other] not in words
    link = article.article_sources.get().link
    given = {"link": link.cleaned, "draft": article.pk, "reason": "It tells the story that this brief tells."}
    for name, value in given.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in words
    answer = client.post(attach[mine], given, follow=True).content.decode()
    assert "This page is a source of this brief now." in answer
    assert link in [row.link for row in mine.article_sources.all()]


def test_without_a_source_there_is_nothing_to_add(client, curator):
    article = factories.make_article(owner=curator, title="Night shifts are quiet", sources=[])
    factories.make_article(owner=curator, title="Night shift are quiet")
    words = fetched(client, article)
    assert "Not the same" in words
    assert "attach-there" not in words
