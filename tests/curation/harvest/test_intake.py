"""From a pasted link to a draft: at once, once, and again only on purpose."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from curation import workflow
from curation.harvest import intake
from curation.models import Article, ArticleSource, SourceLink
from curation.text import links
from tests import SHARED, factories

STORY = "https://www.example.org/story?utm_source=mail"


@pytest.fixture
def curator(db):
    return factories.make_person("Curator")


@pytest.fixture
def manager(db):
    return factories.make_person("Manager")


def test_a_link_alone_is_a_draft_of_whoever_pasted_it(curator):
    pasted = intake.paste(STORY, by=curator)
    assert (pasted.is_new, pasted.uses) == (True, [])
    article = Article.objects.get()
    assert (article.pk, article.owner, article.state, article.title) == (pasted.article.pk, curator, "draft", "")
    row = ArticleSource.objects.get()
    assert (row.link.pasted, row.link.cleaned, row.role) == (STORY, "https://www.example.org/story", "source")
    assert article.log.get().step == "begin"


@pytest.mark.parametrize("other", [STORY, "http://example.org/story/", "https://example.org/story/amp#top"])
def test_a_page_that_is_curated_is_named_and_not_begun_again(curator, manager, other):
    first = intake.paste("https://example.org/story", by=curator).article
    pasted = intake.paste(other, by=manager)
    assert (pasted.article, pasted.uses) == (None, [intake.Use(first, may_open=True, may_write=True)])
    assert intake.known(other, by=manager).uses == pasted.uses
    assert (Article.objects.count(), SourceLink.objects.count()) == (1, 1)


def test_what_is_anothers_is_named_but_not_opened(curator):
    first = intake.paste(STORY, by=factories.make_person("Curator")).article
    assert intake.known(STORY, by=curator).uses == [intake.Use(first, may_open=False)]


def test_a_second_click_opens_the_draft_of_the_first(curator):
    first = intake.paste(STORY, by=curator)
    second = intake.paste(STORY, by=curator)
    assert (second.article.pk, second.is_new) == (first.article.pk, False)
    Article.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert intake.paste(STORY, by=curator).article is None


def test_a_reason_begins_another(curator, manager):
    intake.paste(STORY, by=curator)
    assert intake.paste(STORY, by=manager, reason="   ").article is None
    again = intake.paste(STORY, by=manager, reason="A second look, a year on.")
    assert again.is_new
    assert again.article.article_sources.get().reason == "A second look, a year on."
    assert SourceLink.objects.count() == 1


def test_a_reason_nobody_asked_for_is_not_kept(curator):
    article = intake.paste(STORY, by=curator, reason="Just because").article
    assert article.article_sources.get().reason == ""


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "ftp://example.org/", "https://a b.example/", "https://me@example.org/"]
)
def test_what_is_no_page_begins_nothing(curator, address):
    with pytest.raises(links.LinkRefused):
        intake.paste(address, by=curator)
    assert (Article.objects.count(), SourceLink.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("https://example.org/story", ["https://example.org/story"]),
        ("HTTP://Example.org/Story", ["HTTP://Example.org/Story"]),
        ("www.example.com/story", ["https://www.example.com/story"]),
        ("www.example.com", ["https://www.example.com"]),
        ("news.example.com:8443/story?a=1#b", ["https://news.example.com:8443/story?a=1#b"]),
        ("zeitung.bücher.example/größe", ["https://zeitung.bücher.example/größe"]),
        ("Read this: https://example.org/a", ["https://example.org/a"]),
        ("Some title https://example.org/a, and more", ["https://example.org/a"]),
        ("- https://example.org/a", ["https://example.org/a"]),
        ("•www.example.com/a", ["https://www.example.com/a"]),
        ("3. example.com/a.", ["https://example.com/a"]),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ("<https://example.org/a>,<https://example.org/b>", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/<b>a</b>", ["https://example.org/<b>a</b>"]),
        ("[A ward](https://example.org/a)", ["https://example.org/a"]),
        ("(https://example.org/Mercury_(planet))", ["https://example.org/Mercury_(planet)"]),
        ("“https://example.org/a”!", ["https://example.org/a"]),
        ("https://example.org/a https://example.org/b", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/a,http://example.org/b;", ["https://example.org/a", "http://example.org/b"]),
        ("https://example.org/a and www.example.com/b", ["https://example.org/a", "https://www.example.com/b"]),
        ("https://example.org/?url=https://example.com/a", ["https://example.org/?url=https://example.com/a"]),
        ("https://me@example.org/", ["https://me@example.org/"]),
        ("https://[::1]/", ["https://[::1]/"]),
        ("no link", []),
        ("", []),
        ("me@example.org/a", []),
        ("and/or 1.5/2.0, U.S./Canada", []),
        ("javascript:location='https://example.org/'", []),
        ("javascript:alert(1)//www.example.org/", []),
        ("See data:text/html,https://example.org/", []),
        ("ftp://www.example.org/a", []),
        ("https://a b.example/", []),
    ],
)
def test_links_are_found_in_whatever_stands_around_them(line, found):
    assert intake.addresses(line) == found


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("a ward that listens", "There is no link in this line."),
        ("", "There is no link here."),
        ("javascript:alert(1)", "A link starts with https://"),
        ("https://example.org/a https://example.org/b", "There are 2 links here."),
    ],
)
def test_where_one_link_is_asked_for_the_refusal_says_what_is_there_instead(curator, words, refusal):
    with pytest.raises(links.LinkRefused, match=refusal):
        intake.paste(words, by=curator)


def test_many_are_found_among_titles_and_marks_of_a_list(curator):
    text = "- https://example.org/one\nSome title https://example.org/two, www.example.org/three\nnothing here"
    *begun, refused = intake.paste_many(text, by=curator)
    assert [line.pasted.link.cleaned for line in begun] == [
        "https://example.org/one",
        "https://example.org/two",
        "https://www.example.org/three",
    ]
    assert (refused.words, refused.refusal) == ("nothing here", "There is no link in this line.")


def test_who_may_not_write_begins_nothing(db):
    with pytest.raises(workflow.StepRefused):
        intake.paste(STORY, by=factories.make_person())
    assert (Article.objects.count(), SourceLink.objects.count()) == (0, 0)


def test_many_are_begun_and_each_line_says_what_came_of_it(curator, manager):
    intake.paste("https://example.org/known", by=manager)
    text = "https://example.org/one\n\n  no link \nhttps://example.org/known\r\nhttps://example.org/one?utm_medium=x"
    lines = intake.paste_many(text, by=curator)
    assert [line.words for line in lines] == [
        "https://example.org/one",
        "no link",
        "https://example.org/known",
        "https://example.org/one?utm_medium=x",
    ]
    one, refused, known, again = lines
    assert one.pasted.is_new
    assert refused.pasted is None
    assert refused.refusal
    assert (known.pasted.article, len(known.pasted.uses)) == (None, 1)
    assert (again.pasted.article.pk, again.pasted.is_new) == (one.pasted.article.pk, False)
    assert Article.objects.count() == 2


def test_too_many_are_refused_whole(curator):
    text = "\n".join(f"https://example.org/{number}" for number in range(intake.MOST + 1))
    with pytest.raises(ValueError, match="at most 200"):
        intake.paste_many(text, by=curator)
    assert Article.objects.count() == 0


@pytest.mark.parametrize("before", [0, 3])
def test_what_is_known_costs_the_same_however_often_a_page_was_curated(
    curator, manager, django_assert_num_queries, before
):
    for _ in range(before):
        intake.paste(STORY, by=manager, reason="Again.")
        Article.objects.update(created_at=timezone.now() - timedelta(hours=1))
    curator.has_perm("curation.write_article")
    with django_assert_num_queries(4 if before else 2):
        assert len(intake.known(STORY, by=curator).uses) == before


# What is told already by its title ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("https://example.org/news/a-ward-that-listens", "a ward that listens"),
        ("https://example.org/2023/01/13/a-ward-that-listens/amp/?utm_source=x#top", "a ward that listens"),
        ("https://example.org/2023-01-13-A_Ward_that_listens.html", "A Ward that listens"),
        ("https://example.org/a-ward-that-listens-1234567", "a ward that listens"),
        ("https://example.org/a-ward-that-listens-3f9c21b0.aspx", "a ward that listens"),
        ("https://example.org/a-ward%20that%2Dlistens/12345", "a ward that listens"),
        ("https://example.org/7-wards-that-listen-well", "7 wards that listen well"),
        ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa-ward-that-listens", "a ward that listens"),
        ("https://example.org/a-ward-listens", ""),
        ("https://example.org/2023-11-12-13-14", ""),
        ("https://a-ward-that-listens.example/", ""),
        ("https://example.org", ""),
        ("https://example.org/?title=a-ward-that-listens", ""),
        ("  A ward that listens ", "A ward that listens"),
        ("Wards: who listens?", "Wards: who listens?"),
        ("two words", ""),
        ("ftp://example.org/a file of words", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("word " * 100, ("word " * 60)),
    ],
)
def test_the_title_that_was_typed_or_that_a_link_spells(given, title):
    assert intake.title_of(given) == title


def test_what_has_nearly_that_title_is_named_with_its_score_and_whether_one_may_open_it(curator, manager):
    mine = factories.make_article(owner=curator, title="A ward that listens")
    theirs = factories.make_article(owner=manager, title="A ward that listens now")
    given = ["https://example.org/a-ward-that-listens", "soup", "A ward that listens"]
    found = intake.like(given, by=curator)
    expected = [intake.Like(mine, True, True, 100.0), intake.Like(theirs, False, False, 90.5)]
    assert found == [expected, [], expected]


@pytest.mark.parametrize("many", [1, 30])
def test_likeness_costs_the_same_however_many_are_given(curator, django_assert_num_queries, many):
    factories.make_article(title="A ward that listens")
    curator.has_perm("curation.write_article")
    intake.like(["A ward that listens"], by=curator)
    with django_assert_num_queries(7):
        intake.like(["https://example.org/a-ward-that-listens"] * many, by=curator)
    with django_assert_num_queries(0):
        assert intake.like(["https://example.org/", "soup"], by=curator) == [[], []]


def test_of_many_lines_each_says_what_is_like_it(curator, manager):
    told = factories.make_article(title="A ward that listens")
    intake.paste("https://example.org/known/a-ward-that-listens", by=manager)
    text = "\n".join(
        [
            "https://example.org/a-ward-that-listens",
            "https://example.org/soup",
            "https://example.org/known/a-ward-that-listens",
            "A ward that listens",
        ]
    )
    lines = intake.paste_many(text, by=curator)
    assert [[one.article for one in line.like] for line in lines] == [[told], [], [], [told]]
    assert lines[0].pasted.is_new


FURTHER = "https://other.example.org/on-the-same?utm_source=mail"


def sources_of(article):
    return [(row.link.cleaned, row.role, row.reason) for row in article.article_sources.select_related("link")]


def test_a_page_becomes_a_further_source(curator):
    article = intake.paste(STORY, by=curator).article
    logged = intake.attach(article, FURTHER, by=curator)
    assert (logged.step, logged.by, logged.edit) == ("edit", curator, 1)
    assert sources_of(article) == [
        ("https://www.example.org/story", "source", ""),
        ("https://other.example.org/on-the-same", "source", ""),
    ]
    assert SourceLink.objects.get(brand="other.example.org").harvest.state == "waiting"


def test_a_second_click_adds_nothing(curator):
    article = intake.paste(STORY, by=curator).article
    intake.attach(article, FURTHER, by=curator)
    assert intake.attach(article, "http://other.example.org/on-the-same/", by=curator) is None
    assert intake.attach(article, STORY, by=curator) is None
    assert (len(sources_of(article)), article.log.count()) == (2, 2)


def test_it_is_added_to_whatever_text_is_the_newest(curator, manager, monkeypatch):
    article = intake.paste(STORY, by=curator).article
    take, faster = workflow.take, []

    def overtaken(name, stored, *, by, **given):
        if not faster:
            faster.append(take("edit", Article.objects.get(), by=manager, edit=0, changes={"title": "Faster"}))
        return take(name, stored, by=by, **given)

    monkeypatch.setattr(workflow, "take", overtaken)
    assert intake.attach(article, FURTHER, by=curator).edit == 2
    assert (Article.objects.get().title, len(sources_of(article))) == ("Faster", 2)


def test_a_page_of_another_article_is_taken_for_a_reason(curator):
    article = intake.paste(STORY, by=curator).article
    intake.paste(FURTHER, by=factories.make_person("Curator"))
    with pytest.raises(intake.RepeatRefused):
        intake.attach(article, FURTHER, by=curator, reason=" ")
    intake.attach(article, FURTHER, by=curator, reason=" It answers ours. ")
    assert sources_of(article)[1] == ("https://other.example.org/on-the-same", "source", "It answers ours.")


@pytest.mark.parametrize("state", ["in_review", "declined"])
def test_what_may_not_be_edited_gets_no_source_and_leaves_no_link(curator, state):
    article = factories.make_in(state, sources=[factories.make_link(STORY)])
    Article.objects.update(owner=curator)
    with pytest.raises(workflow.StepRefused):
        intake.attach(article, FURTHER, by=curator)
    assert len(sources_of(article)) == 1
    assert not SourceLink.objects.filter(brand="other.example.org").exists()


def test_briefs_to_choose_from_are_ones_own_and_open_and_lack_the_page(curator, manager):
    link = factories.make_link(FURTHER)
    drafts = [workflow.begin(by=curator, title=f"A ward that listens, {number}") for number in range(12)]
    intake.attach(drafts[11], FURTHER, by=curator)
    workflow.begin(by=manager, title="Their ward that listens")
    workflow.begin(by=curator, title="A knee")
    workflow.take("decline", drafts[10], by=curator, edit=0, reason="Old.")
    found = intake.candidates(" WARD ", link, by=curator)
    assert found == drafts[:10][::-1]
    assert len(intake.candidates("", link, by=manager)) == 10
    assert intake.candidates("", link, by=manager)[0].title == "Their ward that listens"
    assert intake.candidates("knee", SourceLink(pasted="https://new.example/"), by=curator)[0].title == "A knee"
    assert intake.candidates("", link, by=factories.make_person()) == []


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_who_paste_one_page_at_the_same_instant_get_one_link_and_one_draft():
    people = [factories.make_person("Curator") for _ in range(4)]
    start, found, faults = threading.Barrier(len(people)), [], []

    def paste(person):
        try:
            start.wait(10)
            found.append(intake.paste(STORY, by=person))
        except Exception as fault:  # noqa: BLE001 -- whatever it is, the test tells it
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=paste, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert (SourceLink.objects.count(), Article.objects.count()) == (1, 1)
    assert sorted(pasted.is_new for pasted in found) == [False, False, False, True]
    assert connection.vendor in ("sqlite", "postgresql")


A = "https://example.org/a"
DOI = "https://doi.org/10.1056/NEJMoa2001017"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        # invisible characters
        ("\ufeffhttps://example.org/a\u200b", [A]),
        ("\u200e\u2066https://example.org/a\u2069\u200f", [A]),
        ("https://example.org/a\u200bhttps://example.org/b", [A, "https://example.org/b"]),
        # papers by their numbers
        ("doi:10.1056/NEJMoa2001017", [DOI]),
        ("DOI: 10.1056/NEJMoa2001017.", [DOI]),
        ("10.1056/NEJMoa2001017", [DOI]),
        ("N Engl J Med 2020. doi: 10.1056/NEJMoa2001017. PMID: 31978945; PMC7092803", [DOI]),
        ("(doi:10.1016/S0140-6736(20)30183-5)", ["https://doi.org/10.1016/S0140-6736(20)30183-5"]),
        (
            "https://ward.example/doi/full/10.1056/NEJMoa2001017",
            ["https://ward.example/doi/full/10.1056/NEJMoa2001017"],
        ),
        ("PMID: 31978945", ["https://pubmed.ncbi.nlm.nih.gov/31978945/"]),
        ("NCT01234567", ["https://clinicaltrials.gov/study/NCT01234567"]),
        ("https://example.org/a</a>", ["https://example.org/a"]),
        ("https://example.org/a\ufe0f\ufffc", ["https://example.org/a"]),
        ("PMC7092803", ["https://pmc.ncbi.nlm.nih.gov/articles/PMC7092803/"]),
        ("arXiv:2001.01234v2", ["https://arxiv.org/abs/2001.01234v2"]),
        ("10.5/2020/3", []),
        # points, quotes and brackets of any script
        ("Read more at https://example.org/a…", [A]),
        ("「https://example.org/a」。", [A]),
        ("请看https://example.org/a，然后", [A]),
        ("（https://example.org/a）です", [A]),
        ("《https://example.org/a》【https://example.org/b】", [A, "https://example.org/b"]),
        ("„https://example.org/a“ ‹https://example.org/b›", [A, "https://example.org/b"]),
        ("https://example.org/a؟", [A]),
        ("https://example.org/a।", [A]),
        ("https://example.org/a—", [A]),
        ("https://example.org/wiki/東京_（都）", ["https://example.org/wiki/東京_（都）"]),
        # half-decoded text
        ("&lt;https://example.org/a&gt;", [A]),
        ("&quot;https://example.org/a&quot;", [A]),
        ("&laquo;https://example.org/a&raquo;", [A]),
        ('"https:\\/\\/example.org\\/a"', [A]),
        ("https%3A%2F%2Fexample.org%2Fa", [A]),
        ("https://example.org/a?b=1&gt=2", ["https://example.org/a?b=1&gt=2"]),
        ("https://example.org/a?b=1&amp;c=2", ["https://example.org/a?b=1&amp;c=2"]),
    ],
)
def test_nothing_that_stands_around_a_link_sticks_to_it(line, found):
    assert intake.addresses(line) == found
    assert [links.check(one) for one in found] == found


def test_the_stories_of_one_scripts_page_are_stories_of_their_own(curator):
    stories = [f"https://app.example.org/#/story/{number}" for number in (7, 8, 9)]
    begun = intake.paste_many("\n".join(stories), by=curator)
    assert [line.pasted.is_new for line in begun] == [True, True, True]
    assert [line.pasted.link.cleaned for line in begun] == stories
    assert SourceLink.objects.count() == 3


CASES = SHARED / "cases" / "intake"
MANIFEST = json.loads((CASES / "manifest.json").read_text()) if CASES.is_dir() else {"cases": []}
OF_LINKS = [
    case for case in MANIFEST["cases"] if case["file"].startswith("links/") and "paste_many" not in case["entry"]
]


def _answer(case):
    given = (CASES / case["file"]).read_text().rstrip("\n")
    if case["entry"] == "curation.links.clean":
        return links.clean(given)
    if case["entry"] == "curation.links.duplicate_key":
        return "same" if len({links.duplicate_key(line) for line in given.splitlines()}) == 1 else "different"
    return [links.check(address) for address in intake.addresses(given)]


@pytest.mark.parametrize("case", OF_LINKS, ids=[case["id"] for case in OF_LINKS])
def test_what_was_measured_from_outside_gives_its_right_value(case):
    assert _answer(case) == case["expected"]
