"""What people decide about sentences: held against brief and sources, kept on the Version, no words of anybody."""

import pytest

from curation.editing import authorship, compare, evidence_marks, versions
from curation.editing.evidence_marks import DecisionRefused, Text, marks_of, with_own, with_span, without
from curation.models import Edition, Version
from curation.models.snapshots import digest, snapshot
from tests.factories import make_article, make_person, make_published, step

HEARD, FELL, OWN = "Eleven beds were heard.", "It fell from 39 to 12.", "That is the line to copy."
WARD = Text(7, "ward.example", ("Microphones above eleven\n beds.", "It fell to 14, down from 39."))
CONTENT = {"standfirst": HEARD, "body": f"<p>{FELL} {OWN}</p>", "evidence": [], "sources": [{"link": 7}]}


def row(sentence, source=None, paragraph=None, quote=""):
    return {"sentence": sentence, "source": source, "paragraph": paragraph, "quote": quote}


def test_a_sentence_is_somebody_s_own_or_rests_on_words_of_a_paragraph():
    assert with_own(CONTENT, f" {OWN.replace(' ', '  ')} ") == [row(OWN)]
    rows = with_span(CONTENT, [WARD], FELL, source=7, paragraph=2, words="fell to 14")
    assert rows == [row(FELL, 7, 2, "fell to 14")]
    assert with_own(CONTENT | {"evidence": rows}, OWN) == [*rows, row(OWN)]
    assert with_own(CONTENT | {"evidence": rows}, FELL) == [row(FELL)]
    assert without(CONTENT | {"evidence": rows}, FELL) == [] == without(CONTENT, "never there")


def test_how_a_quote_is_spaced_does_not_count_and_without_words_it_is_the_paragraph():
    (kept,) = with_span(CONTENT, [WARD], HEARD, source=7, paragraph=1, words="  eleven beds. ")
    assert kept["quote"] == "eleven\n beds."
    (kept,) = with_span(CONTENT, [WARD], HEARD, source=7, paragraph=1)
    assert kept["quote"] == WARD.paragraphs[0]
    long = Text(7, "ward.example", ("a b " * 400_000,))
    (kept,) = with_span(CONTENT, [long], HEARD, source=7, paragraph=1)
    assert kept["quote"] == ("a b " * 150).rstrip()
    with pytest.raises(DecisionRefused, match="does not have these words"):
        with_span(CONTENT, [long], HEARD, source=7, paragraph=1, words="a b " * 140 + "c")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"source": 8, "paragraph": 1}, "no source of the brief"),
        ({"source": None, "paragraph": 1}, "no source of the brief"),
        ({"source": 7, "paragraph": 0}, "paragraphs 1 to 2"),
        ({"source": 7, "paragraph": 3}, "paragraphs 1 to 2"),
        ({"source": 7, "paragraph": None}, "paragraphs 1 to 2"),
        ({"source": 7, "paragraph": 1, "words": "never said"}, "does not have these words"),
        ({"source": 7, "paragraph": 1, "words": "x" * 5_000}, "too much"),
    ],
)
def test_a_span_that_is_not_there_is_refused(given, why):
    with pytest.raises(DecisionRefused, match=why):
        with_span(CONTENT, [WARD], FELL, **given)


def test_a_sentence_that_is_gone_is_refused_and_older_decisions_on_such_go():
    with pytest.raises(DecisionRefused, match="not in the brief any more"):
        with_own(CONTENT, "Nobody wrote this.")
    assert with_own(CONTENT | {"evidence": [row("It was written once."), row(HEARD)]}, OWN) == [row(HEARD), row(OWN)]


def test_too_many_decisions_are_refused():
    sentences = [f"Sentence number {number} stands here." for number in range(101)]
    content = CONTENT | {"body": "".join(f"<p>{words}</p>" for words in sentences)}
    content["evidence"] = [row(words) for words in sentences[:100]]
    with pytest.raises(DecisionRefused, match="100 decisions"):
        with_own(content, sentences[100])


# Kept on the Version -------------------------------------------------------------------------------------------------

KEPT = pytest.mark.django_db


def decide(article, by, *rows):
    return step("edit", article, by, changes={"evidence": list(rows)})


@pytest.fixture
def article(curator):
    return make_article(by=curator, owner=curator, standfirst=HEARD, body=f"<p>{FELL} {OWN}</p>")


def kinds(article):
    return [(mark.kind, mark.is_decided) for mark in marks_of(versions.latest([article])[article.pk].content, [WARD])]


@KEPT
def test_a_decision_survives_edits_of_other_sentences_and_not_of_its_own(curator, article):
    decide(article, curator, row(HEARD), row(OWN))
    step("edit", article, curator, changes={"body": f"<p>It fell by a half. {OWN} More.</p>"})
    assert kinds(article)[0] == ("own", True) == kinds(article)[2]
    step("edit", article, curator, changes={"standfirst": "Eleven beds were never heard."})
    assert [is_decided for _, is_decided in kinds(article)] == [False, False, True, False]


@KEPT
def test_it_is_restored_with_its_version_and_an_older_version_has_none(curator, article):
    old = article.versions.get()
    Version.objects.update(content={name: value for name, value in old.content.items() if name != "evidence"})
    versions.seal(article.versions.all())
    decide(article, curator, row(OWN))
    newest = versions.latest([article])[article.pk]
    assert (newest.number, newest.content["evidence"]) == (2, [row(OWN)])
    assert kinds(article)[2] == ("own", True)
    step("restore", article, curator, version=old.pk)
    assert article.evidence == []
    step("restore", article, curator, version=newest.pk)
    assert article.evidence == [row(OWN)]


@KEPT
def test_it_makes_nobody_an_author_and_moves_no_clock(curator, manager, article):
    was = article.modified_at
    decide(article, manager, row(OWN))
    assert article.modified_at == was
    (found,) = authorship.authors(versions.latest([article])).values()
    assert found == {curator.pk}
    step("submit", article, curator)
    step("approve", article, manager)


@KEPT
def test_it_is_compared_in_words_and_an_empty_one_changes_no_fingerprint(curator, article):
    before = snapshot(article)
    decide(article, curator, row(FELL, 7, 2, "It fell to 14"))
    (found,) = compare.differences(before, snapshot(article))
    assert (found.label, [span.words for span in found.spans]) == (
        "Where sentences rest, as people said",
        [f"“{FELL}”: ¶2, “It fell to 14”\n"],
    )
    without_field = {name: value for name, value in before.items() if name != "evidence"}
    assert digest(without_field) == digest(before) != digest(snapshot(article))


@KEPT
def test_readers_see_nothing_of_it(curator, client):
    article = make_published(body=f"<p>{FELL} {OWN}</p>").article
    first = content_of(article)
    decide(article, curator, row(OWN, 7, 1, "what only the desk knows"))
    step("publish", article)
    assert content_of(article) == first
    newest = article.editions.order_by("-number")[0]
    assert "only the desk knows" not in client.get(newest.get_absolute_url()).content.decode()


def content_of(article):
    """The content of an article's newest Edition, but for what says which it is and when it was pressed."""
    edition = article.editions.order_by("-number")[0]
    moments = {"version_id", "number", "updated_at", "pressed_at"}
    return {name: getattr(edition, name) for name in Edition.CONTENT if name not in moments}


@KEPT
def test_what_is_no_decision_is_refused_by_whoever_writes(curator, article):
    with pytest.raises(ValueError, match="nothing else"):
        decide(article, curator, row(OWN) | {"html": "<script>"})
    with pytest.raises(ValueError, match="list of objects"):
        step("edit", article, curator, changes={"evidence": "[]"})
    assert article.edit == step("edit", article, make_person("Manager"), changes={"title": "Another"}).edit - 1


@KEPT
def test_a_source_that_is_gone_leaves_the_machine_s_finding(curator, article):
    decide(article, curator, row(FELL, 999, 1, "It fell"))
    assert kinds(article)[1] == (evidence_marks.marks([FELL], [WARD])[0].kind, False)
