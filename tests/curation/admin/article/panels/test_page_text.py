"""The page's text beside the writing: as it was stored, numbered, or why there is none; and to whom it is shown."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curation.models import Harvest
from tests.factories import make_article, make_link, make_person


@pytest.fixture
def curator(db):
    return make_person("Curator")


@pytest.fixture
def article(curator):
    return make_article(owner=curator, sources=[make_link("https://news.example.org/knee")])


@pytest.fixture
def client(curator):
    client = Client()  # the lines of the page's text end where they ended there
    client.force_login(curator)
    return client


def read(article, text="", state=Harvest.State.DONE, **more):
    link = article.article_sources.get().link
    return Harvest.objects.create(link=link, asked_at=timezone.now(), state=state, text=text, **more)


def address(article):
    return reverse("admin:curation_article_page_text", args=[article.pk])


def shown(client, article):
    """The piece that the article's page shows: its state and its words."""
    html = client.get(address(article)).content.decode()
    state, piece = re.search(r'<div data-fragment data-state="([\w-]+)"[^>]*>(.*?)\n</div>', html, re.DOTALL).groups()
    return state, piece


def test_the_text_is_shown_as_it_was_stored_each_paragraph_numbered(client, article):
    read(article, "One knee,\nmodelled.\n\n<b>Two</b> & three.\n \n\n\n  Four.  ")
    state, piece = shown(client, article)
    paragraphs = [unescape(words) for words in re.findall(r"<li>(.*?)</li>", piece, re.DOTALL)]
    assert (state, paragraphs) == ("read", ["One knee,\nmodelled.", "<b>Two</b> & three.", "Four."])
    assert "news.example.org" not in re.findall(r"<li>(.*?)</li>", piece)
    assert "3 paragraphs" in piece


def test_each_line_of_a_page_that_was_read_is_a_paragraph(client, article):
    read(article, "A knee\nIt is one person's.\n\nTwo more.", kind="page")
    _, piece = shown(client, article)
    paragraphs = [unescape(words) for words in re.findall(r"<li>(.*?)</li>", piece, re.DOTALL)]
    assert (paragraphs, "3 paragraphs" in piece) == (["A knee", "It is one person's.", "Two more."], True)


def test_each_source_s_text_is_one_click_away_and_no_other_link_s_is_shown(client, curator):
    first, second, foreign = (make_link(f"https://{name}.example.org/knee") for name in ("one", "two", "far"))
    article = make_article(owner=curator, sources=[first, second])
    for link in (first, foreign):
        Harvest.objects.create(link=link, asked_at=timezone.now(), state="done", text=f"Words of {link.pk}.")
    page = client.get(address(article)).content.decode()
    assert f"Words of {first.pk}." in page
    assert [f'href="{address(article)}?source={link.pk}"' in page for link in (first, second, foreign)] == [1, 1, 0]
    page = client.get(f"{address(article)}?source={second.pk}").content.decode()
    assert "was not read yet" in page
    assert f'name="source" value="{second.pk}"' in page
    Harvest.objects.create(link=second, asked_at=timezone.now(), state="done", text="The other's words.")
    page = client.get(f"{address(article)}?source={second.pk}").content.decode()
    assert "The other&#x27;s words." in page
    for other in (foreign.pk, "x", "²", 2**70):
        page = client.get(f"{address(article)}?source={other}").content.decode()
        assert (f"Words of {first.pk}." in page, f"Words of {foreign.pk}." in page) == (True, False)


@pytest.mark.parametrize(
    ("state", "text", "code", "words"),
    [
        (None, "", "unread", "was not read yet"),
        (Harvest.State.CANCELLED, "", "unread", "was not read yet"),
        (Harvest.State.WAITING, "", "busy", "is being read"),
        (Harvest.State.READING, "", "busy", "is being read"),
        (Harvest.State.FAILED, "", "failed", "could not be read. It is gone."),
        (Harvest.State.DONE, "", "empty", "has no text that could be kept"),
        (Harvest.State.DONE, " \n\n ", "empty", "has no text that could be kept"),
        (Harvest.State.FAILED, "What was read before.", "read", "What was read before."),
        (Harvest.State.WAITING, "What was read before.", "read", "What was read before."),
    ],
)
def test_where_there_is_none_it_says_why(client, article, state, text, code, words):
    if state:
        read(article, text, state, words="It is gone." if state == Harvest.State.FAILED else "")
    found, piece = shown(client, article)
    assert found == code
    assert words in piece


def test_without_a_source_it_says_where_one_is_pasted(client, curator):
    state, piece = shown(client, make_article(owner=curator, sources=[]))
    assert state == "no-source"
    assert "Paste its link under “Sources”" in piece


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("de", ' lang="de"'), ("pt-BR", ' lang="pt-BR"'), ('"><script>', ""), ("a language", ""), (7, ""), (None, "")],
)
def test_it_is_read_aloud_in_the_language_of_its_page(client, article, said, wanted):
    read(article, "Ein Knie.")
    link = article.article_sources.get().link
    link.metadata = {"page": {"language": said}}
    link.save(update_fields=["metadata"])
    assert f'<ol class="page-words"{wanted}>' in shown(client, article)[1]


def test_whoever_may_not_see_the_article_sees_none_of_it(client, article):
    read(article, "A secret.")
    client.force_login(make_person("Curator"))
    assert client.get(address(article)).status_code == 404
    client.logout()
    assert client.get(address(article)).status_code == 302
    assert client.post(address(article)).status_code in (302, 405)


def test_the_article_s_page_leads_there_and_asks_for_nothing_of_it(client, article, django_assert_max_num_queries):
    read(article, "Words of the page. " * 50)
    with django_assert_max_num_queries(15):
        html = client.get(reverse("admin:curation_article_change", args=[article.pk])).content.decode()
    assert f'href="{address(article)}"' in html
    assert "Words of the page." not in html


def test_in_the_rail_comes_first_what_is_required_and_topics_before_all(client, article):
    """What suggests itself for topics stands right behind them; what may stay empty, and the page, come last."""
    html = client.get(reverse("admin:curation_article_change", args=[article.pk])).content.decode()
    rail = html[html.index("rail rail-fields") :]
    marks = [
        'data-picker="topic_list"',
        'data-suggestions-of="topics"',
        'data-picker="source_list"',
        'id="checks"',
        'data-picker="offering_list"',
        'data-suggestions-of="offerings"',
        'data-picker="byline_list"',
        'id="harvest"',
        'id="comments"',
    ]
    places = [rail.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "data-picker" not in rail[: places[0]]
    assert 'id="harvest"' not in html[: html.index("rail rail-fields")]
