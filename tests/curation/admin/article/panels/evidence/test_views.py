"""Evidence beside an article: its marks for a script and as a page, what a person says of them, to whom it is open."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.models import Article, Harvest, LogEntry, Version
from tests.curation.admin.test_admin import form_of
from tests.factories import make_article, make_in, make_link, make_person, step

HEARD = "Microphones over eleven beds listened to the night shift."
FELL = "Corrections fell from 39 a shift in May to 12 in December."
OWN = "That is the line to copy."
TEXT = (
    "For eight months microphones above eleven beds have listened to the night shift.\n"
    "The trust counts corrections for every shift. In December it stood at 14 a shift, down from 39 in May."
)
SCRIPT = {"Accept": "application/json"}


def read(address="https://ward.example/night", text=TEXT):
    link = make_link(address)
    Harvest.objects.create(link=link, asked_at=timezone.now(), state="done", kind="page", text=text)
    return link


@pytest.fixture
def article(curator):
    return make_article(owner=curator, standfirst=HEARD, body=f"<p>{FELL} {OWN}</p>", sources=[read()])


@pytest.fixture
def desk(client, curator):
    client.force_login(curator)
    return client


def address(article):
    return reverse("admin:curation_article_evidence", args=[article.pk])


def told(desk, article):
    return desk.get(address(article), headers=SCRIPT).json()


def decide(desk, article, words, choice, **given):
    return desk.post(address(article), {"words": words, "choice": choice} | given, headers=SCRIPT)


def test_a_script_hears_of_each_sentence_where_it_rests(desk, article):
    answer = told(desk, article)
    link = article.article_sources.get().link_id
    assert (answer["status"], answer["edit"], answer["may_decide"]) == ("marks", article.edit, True)
    assert answer["tally"] == {"sentences": 3, "source": 1, "missing": 1, "own": 1}
    assert answer["marks"][0] == {
        "number": 1,
        "part": "standfirst",
        "words": HEARD,
        "kind": "source",
        "label": "¶1",
        "said": "In the source, ¶1 of ward.example",
        "quote": TEXT.splitlines()[0],
        "source": link,
        "paragraph": 1,
        "missing": [],
        "lacking": [],
        "decided": False,
    }
    assert [(mark["label"], mark["said"]) for mark in answer["marks"][1:]] == [
        ("12?", "Not found in the source: 12; the rest is in ¶2 of ward.example"),
        ("own", "Nothing like it in the source"),
    ]
    assert answer["marks"][1]["lacking"] == ["“12” is not there; nearest is “14”, ¶2 of ward.example"]


def test_reading_it_saves_nothing(desk, article):
    before = [list(model.objects.values()) for model in (Article, Version, LogEntry)]
    told(desk, article)
    desk.get(address(article))
    assert [list(model.objects.values()) for model in (Article, Version, LogEntry)] == before


@pytest.mark.parametrize("sentences", [2, 40])
def test_it_costs_the_same_however_many_sentences_and_sources(desk, curator, sentences, django_assert_num_queries):
    sources = [read(f"https://ward.example/{number}") for number in range(sentences // 10 + 1)]
    article = make_article(owner=curator, body=f"<p>{' '.join([FELL] * sentences)}</p>", sources=sources)
    told(desk, article)
    with django_assert_num_queries(6):
        told(desk, article)
    with django_assert_num_queries(7):
        desk.get(address(article))


def test_a_person_says_that_a_sentence_is_their_own_or_rests_elsewhere_and_takes_it_back(desk, article):
    link = article.article_sources.get().link_id
    answer = decide(desk, article, OWN, "own").json()
    assert (answer["marks"][2]["said"], answer["edit"]) == (
        "The editor’s own words, as somebody said",
        article.edit + 1,
    )
    answer = decide(desk, article, FELL, "span", source=link, paragraph=2, quote="it stood at  14").json()
    mark = answer["marks"][1]
    assert (mark["kind"], mark["label"], mark["quote"], mark["decided"]) == ("source", "¶2", "it stood at 14", True)
    assert mark["lacking"] == ["“12” is not there; nearest is “14”, ¶2 of ward.example"]
    answer = decide(desk, article, FELL, "machine").json()
    assert [mark["decided"] for mark in answer["marks"]] == [False, False, True]
    assert decide(desk, article, FELL, "machine").json()["edit"] == answer["edit"]  # nothing was written


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"words": "Nobody wrote this.", "choice": "own"}, "not in the brief"),
        ({"words": OWN, "choice": "explode"}, "Choose:"),
        ({"words": OWN}, "Choose:"),
        ({}, "Choose:"),
        ({"words": OWN, "choice": "span"}, "no source of the brief"),
        ({"words": OWN, "choice": "span", "source": "²", "paragraph": "1"}, "no source of the brief"),
        ({"words": OWN, "choice": "span", "source": "foreign", "paragraph": "1"}, "no source of the brief"),
        ({"words": OWN, "choice": "span", "source": "mine", "paragraph": "9"}, "paragraphs 1 to 2"),
        ({"words": OWN, "choice": "span", "source": "mine", "paragraph": str(2**70)}, "paragraphs 1 to 2"),
        (
            {"words": OWN, "choice": "span", "source": "mine", "paragraph": "1", "quote": "{}"},
            "does not have these words",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(desk, article, given, why):
    known = {"mine": article.article_sources.get().link_id, "foreign": read("https://far.example/").pk}
    given = {name: known.get(value, value) for name, value in given.items()}
    answer = desk.post(address(article), given, headers=SCRIPT)
    assert (answer.status_code, why in answer.json()["words"]) == (400, True)
    page = desk.post(address(article), given, follow=True)
    assert why in page.content.decode()
    assert Article.objects.get(pk=article.pk).edit == article.edit


def test_two_people_decide_at_once_and_both_hold(client, curator, desk, article):
    """The second one's page knows an older edit: the decision names its sentence, so it is no matter."""
    manager = make_person("Manager")
    decide(desk, article, OWN, "own")
    client.force_login(manager)
    decide(client, article, HEARD, "own")
    step("edit", article, curator, changes={"title": "Written meanwhile"})
    assert [row["sentence"] for row in article.evidence] == [OWN, HEARD]


def test_a_decision_and_what_another_types_meanwhile_both_hold(client, curator, desk, article, manager):
    autosave = reverse("admin:curation_article_autosave", args=[article.pk])
    typed = form_of(desk, article) | {"title": "Typed meanwhile"}
    client.force_login(manager)
    decide(client, article, OWN, "own")
    client.force_login(curator)
    answer = client.post(autosave, typed)
    assert (answer.status_code, answer.json()["fields"]) == (409, [])
    again = {"edit": str(answer.json()["edit"]), "seen": json.dumps(answer.json()["seen"])}
    assert client.post(autosave, typed | again).json()["status"] == "saved"
    article.refresh_from_db()
    assert (article.title, [row["sentence"] for row in article.evidence]) == ("Typed meanwhile", [OWN])


def test_another_s_draft_is_closed_and_what_is_not_to_be_written_only_read(client, curator, manager):
    theirs = make_article(owner=make_person("Curator"), body=f"<p>{OWN}</p>")
    waiting = make_in("in_review", owner=curator, body=f"<p>{OWN}</p>", sources=[read()])
    approved = make_in("approved", owner=curator, body=f"<p>{OWN}</p>")
    client.force_login(curator)
    for headers in (SCRIPT, {}):
        assert client.get(address(theirs), headers=headers).status_code == 404
        assert client.post(address(theirs), {"words": OWN, "choice": "own"}, headers=headers).status_code == 404
    assert (told(client, waiting)["may_decide"], told(client, waiting)["marks"][-1]["kind"]) == (False, "own")
    assert decide(client, waiting, OWN, "own").status_code == 400
    client.force_login(manager)
    assert decide(client, waiting, OWN, "own").status_code == 200
    refused = decide(client, approved, OWN, "own")
    assert (refused.status_code, "Edit it first" in refused.json()["words"]) == (400, True)
    assert [Article.objects.get(pk=one.pk).evidence for one in (theirs, approved)] == [[], []]
    assert Article.objects.get(pk=approved.pk).state == "approved"


def test_signed_out_a_script_is_told_and_a_person_led_to_the_door(client, article):
    assert client.get(address(article), headers=SCRIPT).status_code == 401
    assert reverse("admin:login") in client.get(address(article)).url


def test_without_a_script_it_is_a_page_with_a_form_for_the_sentence_that_is_asked(desk, article):
    page = desk.get(address(article)).content.decode()
    assert re.findall(r'<li id="sentence-(\d)" class="is-(\w+)"', page) == [
        ("1", "source"),
        ("2", "missing"),
        ("3", "own"),
    ]
    assert 'class="ev-form"' not in page
    page = desk.get(f"{address(article)}?sentence=3").content.decode()
    assert page.count('class="ev-form"') == 1
    answer = desk.post(address(article), {"words": OWN, "choice": "own", "number": "3"})
    assert answer.url == f"{address(article)}?sentence=3#sentence-3"
    assert "As the machine found it" in desk.get(answer.url).content.decode()


def test_without_a_text_it_says_so(desk, curator):
    article = make_article(owner=curator, body=f"<p>{OWN}</p>")
    assert "nothing to hold the brief against" in desk.get(address(article)).content.decode()
    assert told(desk, article)["tally"] == {"sentences": 2, "unknown": 2}
