"""The list of articles: what it finds, in which order, what a row shows, what a page costs, and what it shrugs off."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from curation.admin.list import filters
from curation.admin.list import page as article_list
from curation.editing import searches
from curation.models import Article, LogEntry
from tests.bulk import draft_many, publish_many
from tests.factories import make_article, make_in, make_link, make_person, make_published, make_topic, step

LIST = "admin:curation_article_changelist"


def shown(client, question=None):
    """The articles of a page, in order."""
    response = client.get(reverse(LIST), {"all": "1"} | (question or {}))
    assert response.status_code == 200
    return [row.article.pk for row in response.context["cl"].result_list]


def entered(article, ago):
    Article.objects.filter(pk=article.pk).update(entered_at=timezone.now() - ago)


# What is found -------------------------------------------------------------------------------------------------------


#: What the list is asked, and which of the articles of `described` it finds.
FOUND = [
    ({"state": "draft"}, {"mine", "nobodys"}),
    ({"state": "flying"}, set()),
    ({"owner": "me"}, {"mine"}),
    ({"owner": "nobody"}, {"nobodys", "live", "gone", "over", "scheduled"}),
    ({"owner": "others"}, {"theirs"}),
    ({"owner": "theirs"}, {"theirs"}),
    ({"owner": "999999999999999999999"}, set()),
    ({"reach": "live"}, {"live"}),
    ({"reach": "scheduled"}, {"scheduled"}),
    ({"reach": "gone"}, {"gone", "over"}),
    ({"reach": "never"}, {"mine", "nobodys", "theirs"}),
    ({"age": "late"}, {"theirs"}),
    ({"age": "slow"}, {"theirs", "nobodys"}),
    ({"age": "week"}, {"mine", "live", "gone", "over", "scheduled", "theirs"}),
    ({"age": "day"}, {"mine", "live", "gone", "over", "scheduled"}),
    ({"topic": "digital twin"}, {"mine"}),
    ({"topic": "gartner-digital-twin"}, {"mine"}),
    ({"topic": "No Such Thing"}, set()),
    ({"taxonomy": "gartner"}, {"mine"}),
    ({"taxonomy": "none"}, {"nobodys"}),
    ({"source": "news.example.net"}, {"scheduled"}),
    ({"source": "https://www.news.example.net/another"}, {"scheduled"}),
    ({"source": "nowhere.example"}, set()),
    ({"q": "kestrel"}, {"live"}),
    ({"q": "ward kestrel"}, {"live"}),
    ({"q": "kestrel zebra"}, set()),
    ({"q": "https://news.example.net/story?utm_source=x"}, {"scheduled"}),
    ({"q": "example.net"}, {"scheduled"}),
    ({"q": "https://localhost/news/{live}/"}, {"live"}),
    ({"state": "draft", "owner": "me"}, {"mine"}),
    ({"q": "kestrel", "reach": "live"}, {"live"}),
    ({"q": "kestrel", "reach": "gone"}, set()),
    ({"q": "kestrel", "owner": "nobody"}, {"live"}),
    ({"q": "kestrel", "owner": "me"}, set()),
    ({"q": "kestrel", "age": "late"}, set()),
    ({"q": "kestrel", "o": "age"}, {"live"}),
    ({"q": "kestrel", "o": "-title"}, {"live"}),
]


def described(manager, colleague):
    """An article of each kind, by its name."""
    soon = timezone.now() + timedelta(days=2)
    articles = {
        "mine": make_article(owner=manager, topics=[make_topic("Gartner: Digital Twin")]),
        "nobodys": make_article(topics=[]),
        "theirs": make_in("in_review", owner=colleague),
        "live": make_published(title="A kestrel over the ward").article,
        "gone": make_published().article,
        "over": make_published(until=timezone.now() + timedelta(days=1)).article,
        "scheduled": make_published(at=soon, sources=[make_link("https://news.example.net/story")]).article,
    }
    step("withdraw", articles["gone"], reason="Wrong.")
    articles["over"].editions.update(live_from=timezone.now() - timedelta(9), live_until=timezone.now() - timedelta(3))
    entered(articles["nobodys"], timedelta(days=9))
    entered(articles["theirs"], timedelta(days=5))
    return articles


@pytest.mark.parametrize("few", [filters.FEW, 0])
def test_articles_are_found_by(subtests, at_desk, manager, monkeypatch, few):
    monkeypatch.setattr(filters, "FEW", few)  # 0: as if whatever stands beside articles were too many to look up
    colleague = make_person("Curator", username="colleague")
    articles = described(manager, colleague)
    names, client = {article.pk: name for name, article in articles.items()}, at_desk(manager)
    for question, found in FOUND:
        asked = question | ({"owner": str(colleague.pk)} if question.get("owner") == "theirs" else {})
        asked = {name: value.replace("{live}", articles["live"].slug) for name, value in asked.items()}
        with subtests.test(**question):
            cache.clear()
            assert {names[pk] for pk in shown(client, asked)} == found


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite goes about it")
@pytest.mark.parametrize("role", ["Manager", "Curator"])
@pytest.mark.parametrize("question", [{}, {"o": "-newest"}, {"o": "title"}, {"reach": "live"}])
def test_a_search_runs_along_titles_in_the_list_s_order(at_desk, role, question):
    make_article(title="A kestrel over the ward")
    with CaptureQueriesContext(connection) as captured:
        shown(at_desk(make_person(role)), question | {"q": "kestrel"})
    (asked,) = (query["sql"] for query in captured if "LIKE" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = [row[-1] for row in cursor]
    assert plan[0].startswith("SCAN curation_article USING COVERING INDEX article_")
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan


ORDERED = {
    "": "cab",
    "newest": "cab",
    "-newest": "bac",
    "title": "abc",
    "-title": "cba",
    "age": "acb",
    "-age": "bca",
    "state": "cba",
    "-state": "abc",
    "owner": "cba",
    "-owner": "abc",
    "rubbish": "cab",
    "0.1.-2": "cab",
}


def test_lists_are_sorted_by(subtests, at_desk, manager):
    first, second = make_person("Curator"), make_person("Curator")
    articles = {
        "b": make_article(title="b", owner=first),
        "a": make_in("in_review", title="a", owner=second),
        "c": make_in("approved", title="c"),
    }
    for name, days in (("a", 3), ("c", 2), ("b", 1)):
        entered(articles[name], timedelta(days=days))
    names, client = {article.pk: name for name, article in articles.items()}, at_desk(manager)
    for order, wanted in ORDERED.items():
        with subtests.test(order=order):
            cache.clear()
            assert "".join(names[pk] for pk in shown(client, {"o": order})) == wanted


def test_the_orders_of_the_headings_are_orders_that_there_are():
    named = {order for _, _, order in article_list.COLUMNS if order}
    assert named | {f"-{order}" for order in named} | {"newest", "-newest", "due", "-due"} == set(article_list.ORDERS)


@pytest.mark.parametrize(
    ("order", "column", "direction", "words"),
    [
        ("", None, None, "beginning, newest first"),
        ("rubbish", None, None, "beginning, newest first"),
        ("-newest", None, None, "beginning, oldest first"),
        ("age", "Age", "descending", "time in their state, longest first"),
        ("-age", "Age", "ascending", "time in their state, shortest first"),
        ("title", "Title and source", "ascending", "title, A to Z"),
        ("-owner", "Owner", "descending", "owner, unclaimed last"),
    ],
)
def test_the_list_says_how_it_is_sorted(at_desk, manager, order, column, direction, words):
    make_article(), make_article()
    page = at_desk(manager).get(reverse(LIST), {"o": order} if order else {"all": "1"}, follow=True)
    said = {one.label: one.sorted for one in page.context["list"]["columns"] if one.sorted}
    assert said == ({column: direction} if column else {})
    html = page.content.decode()
    assert f"sorted by {words}</caption>" in html
    chosen = re.search(
        r'<label for="list-order">sorted by</label>\s*<select.*?<option value="[^"]+" selected>(.*?)<', html
    )
    assert chosen[1] == words


def test_every_order_can_be_chosen_in_words_and_keeps_what_the_list_is_narrowed_by(at_desk, manager):
    make_article(owner=manager), make_article(owner=manager)
    html = at_desk(manager).get(reverse(LIST), {"owner": "me", "o": "title"}).content.decode()
    form = re.search(r'<form class="order".*?</form>', html, re.DOTALL)[0]
    assert re.findall(r'<option value="([^"]+)"', form) == list(article_list.ORDERS)
    assert re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', form) == [("owner", "me")]
    assert article_list.IN_WORDS.keys() == article_list.ORDERS.keys()
    assert len(set(article_list.IN_WORDS.values())) == len(article_list.ORDERS)


def test_a_live_brief_says_so_first_and_then_how_its_working_copy_stands(at_desk, manager):
    live = make_published(title="Seen").article
    step("edit", live, manager, changes={"title": "Seen and changed"})
    make_published(title="Not yet", at=timezone.now() + timedelta(days=2))
    make_article(title="Never")
    html = at_desk(manager).get(reverse(LIST), {"all": "1"}).content.decode()
    states = [strip_tags(cell).split() for cell in re.findall(r'<td class="field-state">(.*?)</td>', html)]
    assert states == [["Draft"], ["Approved"], ["Live", "In", "review"]]


@pytest.mark.parametrize("place", ["home", "page"])
def test_elsewhere_at_the_desk_live_comes_first_too(at_desk, manager, place):
    live = make_published(title="Seen", owner=manager).article
    step("edit", live, changes={"title": "Seen and changed"})  # one's own words are not one's own to decide
    page = reverse("admin:curation_article_change", args=[live.pk])
    html = at_desk(manager).get(reverse("admin:index") if place == "home" else page).content.decode()
    cell = re.search(r'<div class="(?:job-state|step-now)">(.*?)<time', html, re.DOTALL)[1]
    assert strip_tags(cell).split() == ["Live", "In", "review"]


@pytest.mark.parametrize(
    ("title", "address", "name"),
    [
        ("", "https://news.example.org/2026/a-ward-that-listens/", "Untitled: a-ward-that-listens"),
        ("", "https://news.example.org/", None),
        ("A ward", "https://news.example.org/a-ward-that-listens", "A ward"),
    ],
)
def test_a_brief_without_a_title_is_told_from_others_by_its_link(at_desk, manager, title, address, name):
    article = make_article(title=title, sources=[make_link(address)])
    (row,) = at_desk(manager).get(reverse(LIST), {"all": "1"}).context["cl"].result_list
    assert row.name == (name or str(article))


def test_what_searches_keep_is_what_the_list_can_be_asked(rf, manager):
    asked = {one.parameter_name for one in filters.FILTERS}
    assert asked | {"q", "o"} == set(searches.PARAMETERS)


def test_an_article_has_entered_its_state_when_the_step_was_taken(db, curator):
    article = make_article(owner=curator)
    begun = article.entered_at
    step("edit", article, curator, changes={"title": "Another"})
    assert article.entered_at == begun
    logged = step("submit", article, curator)
    assert article.entered_at == logged.at > begun


# What rows show ------------------------------------------------------------------------------------------------------


def test_a_row_says_all_that_decides(at_desk, manager):
    topics = [make_topic("Gartner: Digital Twin"), make_topic("Symplur: #eHealth")]
    sources = [make_link("https://www.example.org/a"), make_link("https://other.example/b")]
    article = make_in("in_review", owner=manager, topics=topics, sources=sources)
    entered(article, timedelta(days=2, hours=3))
    page = at_desk(manager).get(reverse(LIST), {"all": "1"}).content.decode()
    for words in ("In review", str(article), "example.org", "Digital Twin", "+1", "2 d", "age-warn", manager.username):
        assert words in page


def test_a_row_says_what_readers_see(at_desk, manager):
    live, gone, soon = make_published(), make_published(), make_published(at=timezone.now() + timedelta(days=1))
    step("withdraw", gone.article, reason="Wrong.")
    never = make_article()
    rows = at_desk(manager).get(reverse(LIST), {"all": "1"}).context["cl"].result_list
    assert {row.article.pk: (row.reach, row.edition) for row in rows} == {
        live.article_id: ("live", 1),
        gone.article_id: ("gone", 1),
        soon.article_id: ("scheduled", 1),
        never.pk: ("never", 0),
    }


def test_a_row_offers_its_one_step(at_desk, curator):
    mine, nobodys, waiting = make_article(owner=curator), make_article(), make_in("in_review", owner=curator)
    declined = make_in("declined", owner=curator)
    rows = at_desk(curator).get(reverse(LIST), {"all": "1"}).context["cl"].result_list
    assert {row.article.pk: row.step for row in rows} == {
        mine.pk: "submit",
        nobodys.pk: "claim",
        waiting.pk: "",
        declined.pk: "reopen",
    }


def test_a_step_from_the_list_leads_back_to_the_same_list(at_desk, curator):
    article, place = make_article(), f"{reverse(LIST)}?owner=nobody&p=1"
    claim = reverse("admin:curation_article_step", args=[article.pk, "claim"])
    assert at_desk(curator).post(claim, {"edit": article.edit, "next": place}).url == place


def test_a_title_leads_to_the_article_with_the_list_to_come_back_to(at_desk, manager):
    article = make_article(owner=manager)
    page = at_desk(manager).get(reverse(LIST), {"state": "draft", "o": "age"}).content.decode()
    change = reverse("admin:curation_article_change", args=[article.pk])
    assert f'href="{change}?_changelist_filters=state%3Ddraft%26o%3Dage"' in page


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_nothing_that_is_shown_is_markup(at_desk, manager):
    manager.first_name, manager.last_name = HOSTILE[:100], "x"
    manager.save()
    topic = make_topic(f"Field: {HOSTILE}", taxonomy=make_topic("Field: Plain").taxonomy)
    make_article(owner=manager, title=HOSTILE, topics=[topic, make_topic(f"Field: 2 {HOSTILE}")])
    searches.save(manager, name=HOSTILE, asked="state=draft", is_shared=True)
    client = at_desk(manager)
    for question in ({"all": "1"}, {"q": HOSTILE}, {"topic": HOSTILE}, {"state": "draft", "source": HOSTILE}):
        page = client.get(reverse(LIST), question).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# Hostile and stale addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "owner__password__startswith=pbkdf2",
        "section__id__exact=1",
        "e=1",
        "_popup=1&_to_field=id",
        "password=1&state=draft",
        f"q={'x' * 5000}",
        f"topic={'x' * 5000}",
        "state__in=draft",
        "o[]=1",
    ],
)
def test_an_address_that_the_list_does_not_know_becomes_one_that_it_does(at_desk, manager, query):
    make_article()
    response = at_desk(manager).get(f"{reverse(LIST)}?{query}", follow=True)
    assert response.status_code == 200
    assert len(response.redirect_chain) == 1
    if not query.startswith(("q=", "topic=")):
        assert "cannot be narrowed by" in str(list(response.context["messages"])[0])


@pytest.mark.parametrize(
    "query", ["p=abc", "p=-4", "p=0", "p=99999999999999999999", "o=--1", "o=99.x", "q=%25_%27%22\\", "q=" + "a+" * 140]
)
def test_any_value_is_answered(at_desk, manager, query):
    make_article()
    assert at_desk(manager).get(f"{reverse(LIST)}?all=1&{query}").status_code == 200


def test_a_page_that_is_no_longer_there_is_the_last_one(at_desk, manager):
    draft_many([{}] * 26)
    client = at_desk(manager)
    assert len(shown(client, {"p": "2"})) == 1
    Article.objects.order_by("pk").first().log.update(article=None)
    Article.objects.order_by("pk").first().delete()
    assert len(shown(client, {"p": "2"})) == 25
    assert client.get(reverse(LIST), {"all": "1", "p": "2"}).context["cl"].page_num == 1


def test_more_than_a_thousand_are_not_counted(at_desk, manager, monkeypatch):
    monkeypatch.setattr(article_list, "MOST", 30)
    draft_many([{}] * 55)
    client = at_desk(manager)
    listing = client.get(reverse(LIST), {"state": "draft"}).context["cl"]
    assert (listing.counted, listing.has_more, listing.last) == ("more than 30", True, 25)
    listing = client.get(reverse(LIST), {"state": "draft", "p": "3"}).context["cl"]
    assert (listing.first, listing.last, listing.has_more) == (51, 55, False)
    assert client.get(reverse(LIST), {"all": "1"}).context["cl"].counted == "55"


def test_an_empty_desk_says_how_to_begin(at_desk, curator):
    page = at_desk(curator).get(reverse(LIST)).content.decode()
    assert "Paste a link to start a brief" in page
    assert "link=https://example.org/a-ward-that-listens" in page
    assert page.count("<li>", page.index("begin-help")) >= 3


def test_a_list_narrowed_to_nothing_says_what_to_take_away(at_desk, curator):
    make_article(owner=curator)
    page = at_desk(curator).get(reverse(LIST), {"state": "approved", "owner": "me"})
    assert [words for words, _ in page.context["list"]["asked"]] == ["state: Approved", "owner: You"]
    assert "No brief is all of this at once." in page.content.decode()


def test_a_reader_is_sent_to_the_door(at_desk, reader):
    assert at_desk(reader).get(reverse(LIST)).url.startswith(reverse("admin:login"))


# What it costs -------------------------------------------------------------------------------------------------------


def queries(client, question):
    cache.clear()
    client.get(reverse(LIST), question)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(LIST), question).status_code == 200
    return len(asked)


#: What the list is asked, and the most queries that this may cost.
COSTS = [
    ({"all": "1"}, 13),
    ({"state": "draft"}, 12),
    ({"reach": "live"}, 12),
    ({"owner": "nobody", "age": "day", "o": "age"}, 12),
    ({"topic": "Twins", "q": "ward"}, 14),
    ({"source": "example.org"}, 13),
    ({"taxonomy": "field", "o": "title"}, 12),
]


def test_the_list_costs_the_same_however_long(subtests, at_desk, manager):
    client, topic, costs = at_desk(manager), make_topic("Field: Twins"), []
    for number in (2, 30):
        draft_many([{"topics": [topic, make_topic()]} for _ in range(number)])
        publish_many([{"topics": [topic]} for _ in range(number)])
        costs.append([queries(client, question) for question, _ in COSTS])
    for (question, most), few, many in zip(COSTS, *costs, strict=True):
        with subtests.test(**question):
            assert few == many <= most


def test_the_list_weighs_little(at_desk, manager):
    for _ in range(26):
        make_article(
            title="How the concept of a digital twin is changing what a ward can know of its patients", owner=manager
        )
    page = at_desk(manager).get(reverse(LIST), {"all": "1"}).content
    assert len(page) < 60_000


def test_a_saved_search_shows_no_more_than_its_reader_may_see(at_desk, curator, manager):
    theirs = make_article(owner=manager)
    searches.save(manager, name="All drafts", asked="state=draft", is_shared=True)
    assert theirs.pk not in shown(at_desk(curator), {"state": "draft"})
    assert LogEntry.objects.filter(article=theirs).exists()


@pytest.mark.parametrize(
    ("asked", "words"),
    [({}, "sorted by"), ({"o": "1"}, "sorted by taxonomy"), ({"o": "-1"}, "sorted by taxonomy, last first")],
)
def test_the_catalogue_s_lists_say_what_they_are_sorted_by(at_desk, administrator, asked, words):
    make_topic("Gartner: Digital Twin")
    html = at_desk(administrator).get(reverse("admin:offerings_topic_changelist"), asked).content.decode()
    said = re.search(r'<caption class="order-said">(.*?)</caption>', html)[1]
    assert said.startswith(words)
