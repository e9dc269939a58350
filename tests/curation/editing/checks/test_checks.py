"""Checks: what each rule finds, how strict it is for whom, and which step waits for it on every way to it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation import discussion, workflow
from curation.editing import checks, working_copy
from curation.editing.checks import Subject
from curation.editing.evidence_marks import Lack, Text, remembered
from curation.models import Article, CheckLevel, Edition, Harvest, LinkState, LogEntry, Version
from curation.models.fields import BEFORE
from curation.models.snapshots import complete, digest, snapshot
from tests.factories import (
    MACHINE,
    make_article,
    make_in,
    make_link,
    make_person,
    make_picture,
    make_published,
    make_topic,
    step,
    words,
)

STORY = " ".join(f"word{number}" for number in range(60))
WHOLE = {
    "title": "A ward that listens",
    "standfirst": "Nurses speak and the record writes itself.",
    "body": "<p>On ward four nobody types any more.</p>",
    "sources": [{"link": 1, "role": "source"}],
    "topics": [{"topic": 1}],
    "picture_id": None,
    "picture_alt": "",
}
LINKED = '<p>See <a href="https://a.example/1">one</a> and <a href="https://b.example/" rel="noopener">b</a>.</p>'
WRAPPED = '<p>Two <a href="https://protect-us.mimecast.com/s/a?domain=example.org" rel="noopener">wards</a>.</p>'
HARD = "<p>" + "Interoperability considerations notwithstanding, institutional multidisciplinarity necessitates. " * 20


def found(**given):
    """The codes of what is found, and how strict each is."""
    subject = {name: given.pop(name) for name in list(given) if name in Subject.__dataclass_fields__}
    return [(finding.code, finding.level) for finding in checks.findings(Subject(WHOLE | given, **subject))]


def empty_headings(body):
    """What is said of the headings of a body, each with the place of the heading it is about."""
    found = checks.findings(Subject(WHOLE | {"body": body}))
    return [(one.heading, one.words) for one in found if one.code == "empty-headings"]


def copied(number):
    """A body that shares ``number`` words in a row with the story, and no more."""
    return f"<p>Before. {' '.join(STORY.split()[5 : 5 + number])} and after.</p>"


# What each rule finds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>No heading at all.</p>",
        "<h2>Beds</h2><p>Two.</p><h3>Wards</h3><ul><li><p>Four</p></li></ul>",
        '<h2>Beds</h2><figure><img src="/media/a.jpg" alt=""></figure>',
        '<h2><img src="/media/a.jpg" alt=""></h2><p>Two.</p>',
        "<h2>病床</h2><p>二</p>",
    ],
)
def test_headings_with_words_and_a_text_are_no_matter(body):
    assert empty_headings(body) == []


@pytest.mark.parametrize(
    "blank", ["", " ", "&nbsp;", "\u200b", "&#8203;", "\u00ad", "<strong>\u2060</strong>", "—", "…"]
)
def test_a_heading_without_words_is_found_where_it_stands(blank):
    body = f"<h2>Beds</h2><p>Two.</p><h3>{blank}</h3><p>Three.</p>"
    assert empty_headings(body) == [(1, "Heading 2 has no words; write it or take it out.")]


def test_two_headings_with_nothing_between_are_found_and_named():
    for between in ("", "<hr>", "<p>&nbsp;</p>", "<p>\u200b</p>", "<p><br></p>"):
        assert empty_headings(f"<h2>Beds &amp; wards</h2>{between}<h3>Nurses</h3><p>Four.</p>") == [
            (0, "Nothing stands under the heading “Beds & wards”: the next one follows at once, “Nurses”.")
        ]
    assert [place for place, _ in empty_headings("<h2>A</h2><h2>B</h2><h2>C</h2><p>d</p>")] == [0, 1]


def test_a_heading_with_which_the_text_ends_is_found():
    long = "W" * 80
    assert empty_headings(f"<p>Two.</p><h2>{long}</h2>") == [
        (0, f"Nothing stands under the heading “{'W' * 59}…”, with which the text ends.")
    ]


def test_an_article_that_is_whole_has_nothing_to_mend():
    assert found() == []
    assert found(picture_id=1, picture_alt="Two nurses at a bedside", picture_width=1280) == []


@pytest.mark.parametrize(
    ("given", "findings"),
    [
        ({"title": ""}, [("no-title", "submit")]),
        ({"title": " \n"}, [("no-title", "submit")]),
        ({"title": "A ward that list… "}, [("cut-title", "advice")]),
        ({"title": "A ward that list..."}, [("cut-title", "advice")]),
        ({"title": "x" * 100}, []),
        ({"title": "x" * 101}, [("long-title", "advice")]),
        ({"title": "A ward | Health News", "site_name": "Health News"}, [("branded-title", "advice")]),
        ({"title": "A ward - Example", "brand": "example.org"}, [("branded-title", "advice")]),
        ({"title": "A ward – example.org", "brand": "example.org"}, [("branded-title", "advice")]),
        ({"title": "A ward - and why", "brand": "example.org"}, []),
        ({"title": "A well-known ward", "brand": "example.org", "site_name": "Ward"}, []),
        ({"body": ""}, [("no-body", "submit")]),
        ({"sources": []}, [("no-source", "submit")]),
        ({"sources": [{"link": 1, "role": "via"}]}, [("no-source", "submit")]),
        ({"standfirst": " "}, [("no-standfirst", "approve")]),
        ({"topics": []}, [("no-topics", "submit")]),
        ({"retired_topics": ["Fax"]}, [("retired-topic", "advice")]),
        ({"blocking": ["Ada"]}, [("open-comments", "approve")]),
        ({"blocking": ["Ada", "Ada", "Bo"]}, [("open-comments", "approve")]),
        ({"picture_id": 1, "picture_alt": "A nurse", "picture_missing": True}, [("missing-picture", "advice")]),
        ({"picture_id": 1, "picture_alt": "A nurse", "picture_width": 1279}, [("small-picture", "advice")]),
        ({"picture_id": None, "picture_width": 300, "picture_missing": True}, []),
        ({"picture_id": 1, "picture_alt": " "}, [("no-alt", "approve")]),
        ({"picture_id": 1, "picture_alt": "", "picture_decorative": True}, []),
        ({"picture_id": 1, "picture_alt": "A Ward that listens "}, [("alt-is-title", "advice")]),
        ({"picture_id": 1, "picture_alt": "A ward that listens", "picture_decorative": True}, []),
        ({"body": copied(24), "source_text": STORY}, []),
        ({"body": copied(25), "source_text": STORY}, [("copied-run", "approve")]),
        ({"body": copied(25), "source_text": ""}, []),
        ({"body": copied(25), "source_text": STORY, "copied_reason": "The law, word by word."}, []),
        ({"body": copied(25), "source_text": STORY, "copied_reason": "  "}, [("copied-run", "approve")]),
        ({"source_answered": False, "source_words": "Gone."}, [("silent-source", "advice")]),
        ({"source_answered": None}, [("silent-source", "advice")]),
        ({"source_answered": None, "sources": []}, [("no-source", "submit")]),
        ({"body": LINKED, "links": {"a.example/1": "", "b.example": ""}}, []),
        ({"body": LINKED, "links": {"a.example/1": "gone", "b.example": ""}}, [("dead-links", "advice")]),
        ({"body": LINKED, "links": {"a.example/1": ""}}, [("untried-links", "advice")]),
        ({"body": "<h2>Beds</h2><h2>Wards</h2><p>Two.</p>"}, [("empty-headings", "advice")]),
        ({"body": WRAPPED}, [("untried-links", "advice"), ("telling-links", "advice")]),
        ({"insights": WRAPPED}, [("telling-links", "advice")]),
        ({"body": "<p>Two. https://example.org/?utm_source=x</p>"}, [("telling-links", "advice")]),
        ({"body": HARD}, [("hard-text", "advice")]),
        ({"body": HARD, "language": "en-GB"}, [("hard-text", "advice")]),
        ({"body": HARD, "language": "de"}, []),
    ],
)
def test_each_rule_finds_what_it_is_about(given, findings):
    assert found(**given) == findings


def test_a_standfirst_cut_by_a_machine_waits_before_approval():
    body = "<p>" + "On ward four nobody types any more, because the walls have learned to listen. " * 5 + "</p>"
    assert found(body=body, standfirst=body[3:203]) == [("cut-standfirst", "approve")]


def test_a_first_sentence_that_is_whole_was_not_cut():
    body = "<p>Nurses on ward four speak, and the record writes itself while they go on talking to him. Why?</p>"
    first = body[3:].partition(". ")[0] + "."
    assert found(body=body, standfirst=first) == []
    assert found(body=body.replace("ward four", "the U.S. ward"), standfirst="Nurses on the U.") == [
        ("cut-standfirst", "approve")
    ]


def test_a_finding_names_what_a_colleague_needs_to_mend_it():
    quoted = f"<blockquote>{copied(30)}</blockquote>"
    (run,) = checks.findings(Subject(WHOLE | {"body": quoted}, source_text=STORY))
    assert run.words == (
        "30 words in a row are the source's, from “word5 word6 word7 word8 word9 word10 …”. They are quoted, which "
        "counts too. Rewrite them or say why."
    )
    (small,) = checks.findings(Subject(WHOLE | {"picture_id": 1, "picture_alt": "A nurse"}, picture_width=640))
    assert small.words == "The picture is 640 pixels wide; it is sharp from 1280 on."
    (dead,) = checks.findings(Subject(WHOLE | {"body": LINKED}, links={"a.example/1": "gone", "b.example": "tls"}))
    assert dead.words == "A link in the text is dead (its page is gone): https://a.example/1; 1 more."
    (two,) = checks.findings(Subject(WHOLE, blocking=["Ada", "Bo"]))
    assert two.words == "2 comments hold it back until they are settled, by Ada, Bo."


def test_the_strictest_come_first():
    assert [level for _, level in found(title="Cut…", body="", standfirst="")] == ["submit", "approve", "advice"]


def test_approval_waits_for_everything_that_submission_waits_for():
    all_findings = checks.findings(Subject(WHOLE | {"topics": [], "standfirst": "", "title": "Cut…"}))
    assert [finding.code for finding in checks.holding_back(all_findings, "submit")] == ["no-topics"]
    assert [finding.code for finding in checks.holding_back(all_findings, "approve")] == ["no-topics", "no-standfirst"]


def test_every_finding_is_a_sentence_that_leads_to_a_field_of_the_form(client, manager):
    client.force_login(manager)
    page = reverse("admin:curation_article_change", args=[make_article().pk])
    fields = client.get(page).context["adminform"].form.fields.keys() | {"comments"}
    empty = {name: [] if isinstance(value, list) else "" for name, value in WHOLE.items()} | {"picture_id": 1}
    beside = {"picture_missing": True, "picture_width": 9, "retired_topics": ["Fax"], "blocking": ["Ada"]}
    seen = checks.findings(Subject(empty, **beside)) + checks.findings(Subject(WHOLE | {"body": LINKED}))
    assert len(seen) > 9
    for finding in seen:
        assert finding.words.endswith(".")
    assert {check.field for check in checks.CHECKS} <= fields
    assert all(check.level in ("submit", "approve", "advice") for check in checks.CHECKS)
    assert len(checks.BY_CODE) == len(checks.CHECKS)


def test_what_found_nothing_passed_and_what_is_off_is_not_asked():
    subject = Subject(WHOLE | {"topics": []})
    levels = {"no-topics": "off", "no-title": "off"}
    assert checks.findings(subject, levels) == []
    codes = [check.code for check in checks.passed([], levels)]
    assert len(codes) == len([check for check in checks.CHECKS if not check.evidence]) - 2
    assert "no-topics" not in codes
    assert "no-topics" not in [check.code for check in checks.passed(checks.findings(subject))]


# What is read of an article -------------------------------------------------------------------------------------------


def subject_of(article):
    article = Article.objects.with_relations().get(pk=article.pk)
    return working_copy.subjects({article.pk: snapshot(article)})[article.pk]


@pytest.mark.parametrize(
    ("state", "code", "answered"),
    [
        ("waiting", "", None),
        ("reading", "", None),
        ("cancelled", "", None),
        ("done", "", True),
        ("done", "paywalled", True),
        ("failed", "gone", False),
        ("failed", "timed-out", False),
        ("failed", "turned-away", True),
        ("failed", "challenged", True),
    ],
)
def test_the_source_answers_unless_its_reading_says_that_readers_do_not_reach_it(db, state, code, answered):
    link = make_link(metadata={"page": {"language": "de-AT"}})
    Harvest.objects.create(link=link, asked_at=timezone.now(), state=state, code=code, words="Why.", text="The text.")
    subject = subject_of(make_article(sources=[link]))
    assert subject.source_answered is answered
    if answered is not None:
        assert (subject.source_text, subject.language, subject.source_words) == ("The text.", "de-AT", "Why.")


def test_what_stands_beside_the_words_is_read(curator):
    article = make_article(picture_id=make_picture(width=640).pk, picture_alt="Two nurses", body=LINKED)
    discussion.add(article, "Wait.", by=curator, blocks=True)
    discussion.add(article, "By the way.", by=curator)
    discussion.settle(discussion.add(article, "Done with.", by=curator, blocks=True), by=curator)
    now = timezone.now()
    LinkState.objects.create(key="a.example/1", is_alive=False, code="gone", at=now)
    LinkState.objects.create(key="b.example", is_alive=True, at=now - timedelta(days=31))
    subject = subject_of(article)
    assert subject.source_answered is None
    assert (subject.picture_width, subject.picture_missing) == (640, False)
    assert (subject.blocking, subject.links) == ([str(curator)], {"a.example/1": "gone"})


@pytest.mark.engines
def test_what_checks_read_costs_the_same_for_many(db, django_assert_num_queries):
    for number in (1, 9):
        articles = [make_article(picture_id=make_picture().pk, body=LINKED) for _ in range(number)]
        contents = {
            row.pk: snapshot(row)
            for row in Article.objects.filter(pk__in=[one.pk for one in articles]).with_relations()
        }
        with django_assert_num_queries(5):
            assert len(working_copy.subjects(contents)) == number
        with django_assert_num_queries(3):
            working_copy.subjects(contents, plain=True)


# How strict for whom --------------------------------------------------------------------------------------------------


def set_level(code, role, level):
    CheckLevel.objects.create(check_code=code, role=Group.objects.get(name=role), level=level)


@pytest.mark.engines
def test_the_highest_role_decides_and_no_other(db, django_assert_num_queries):
    person = make_person("Curator")
    person.groups.add(Group.objects.create(name="Zealots"), Group.objects.get(name="Manager"))
    set_level("no-topics", "Curator", "off")
    set_level("no-topics", "Administrator", "off")
    set_level("no-topics", "Zealots", "off")
    assert checks.levels_of(person) == {}
    set_level("cut-title", "Manager", "submit")
    CheckLevel.objects.create(check_code="unheard-of", role=Group.objects.get(name="Manager"), level="submit")
    with django_assert_num_queries(1):
        assert checks.levels_of(person) == {"cut-title": "submit"}
    assert checks.levels_of(workflow.Past(person)) == {"cut-title": "submit"}
    assert checks.levels_of(make_person()) == {}
    with django_assert_num_queries(0):
        assert checks.levels_of(MACHINE) == {}


@pytest.mark.engines
def test_levels_are_read_once_however_many_articles(manager):
    set_level("cut-title", "Manager", "submit")
    manager.has_perm("curation.write_article")
    for number in (1, 12):
        articles = workflow.begin_many([words() for _ in range(number)], by=MACHINE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert not workflow.take_many("submit", articles, by=manager).refused
        assert sum("curation_checklevel" in query["sql"] for query in queries) == 1


def test_a_role_may_be_asked_more_and_another_less(curator, manager):
    set_level("cut-title", "Curator", "submit")
    set_level("no-topics", "Manager", "advice")
    article = make_article(owner=curator, title="Cut…", topics=[])
    assert {one.code for one in refusal("submit", article, curator).findings} == {"cut-title", "no-topics"}
    assert step("submit", article, manager).to_state == "in_review"
    assert {one.code for one in refusal("approve", article, MACHINE).findings} == {"no-topics"}
    assert step("approve", article, make_person("Manager")).to_state == "approved"


# The gates, on every way to them --------------------------------------------------------------------------------------


def refusal(name, article, by):
    """The refusal of a step that must be refused."""
    with pytest.raises(workflow.StepRefused) as caught:
        step(name, article, by)
    return caught.value


def harvested(text=STORY):
    """A link whose page was read."""
    link = make_link()
    Harvest.objects.create(link=link, asked_at=timezone.now(), state="done", text=text)
    return link


def blocked(article):
    discussion.add(article, "Not yet.", by=make_person("Curator"), blocks=True)


_LONG = "On ward four nobody types any more, because the walls have learned to listen. " * 5
#: Each gate: the step that waits, the code of its check, and what makes an article fail it.
GATES = {
    "no-title": ("submit", lambda: {"title": " "}),
    "no-body": ("submit", lambda: {"body": ""}),
    "no-source": ("submit", lambda: {"sources": []}),
    "no-topics": ("submit", lambda: {"topics": []}),
    "open-comments": ("approve", dict),
    "no-standfirst": ("approve", lambda: {"standfirst": ""}),
    "cut-standfirst": ("approve", lambda: {"body": f"<p>{_LONG}</p>", "standfirst": _LONG[:200]}),
    "no-alt": ("approve", lambda: {"picture_id": make_picture().pk, "picture_alt": ""}),
    "copied-run": ("approve", lambda: {"body": copied(25), "sources": [harvested()]}),
}


def failing(code):
    """An article that stands before the step of a gate and fails its check, and the step."""
    name, given = GATES[code]
    article = make_article(**given()) if name == "submit" else make_in("in_review", **given())
    if code == "open-comments":
        blocked(article)
    return article, name


def test_every_required_check_is_tried_below():
    assert {code: name for code, (name, _) in GATES.items()} == {
        check.code: check.level for check in checks.CHECKS if check.level != "advice"
    }


@pytest.mark.engines
@pytest.mark.parametrize("code", GATES)
def test_a_gate_holds_for_one_for_many_and_for_a_post(client, manager, code):
    article, name = failing(code)
    fine = make_article() if name == "submit" else make_in("in_review")
    refused = refusal(name, article, manager)
    assert [(one.code, one.level, one.field) for one in refused.findings] == [(code, name, checks.BY_CODE[code].field)]
    assert str(refused) == refused.findings[0].words
    taken = workflow.take_many(name, Article.objects.filter(pk__in=[article.pk, fine.pk]), by=manager)
    assert {pk: [one.code for one in why.findings] for pk, why in taken.refused.items()} == {article.pk: [code]}
    assert list(taken.log) == [fine.pk]
    client.force_login(manager)
    newest = article.versions.first()
    data = {"edit": article.edit, "version": newest.pk if newest else ""}
    client.post(reverse("admin:curation_article_step", args=[article.pk, name]), data)
    edits = {f"edit-{article.pk}": article.edit}
    chosen = {"action": f"{name}_many", "_selected_action": [article.pk], "index": 0}
    client.post(reverse("admin:curation_article_changelist"), edits | chosen)
    stored = Article.objects.get(pk=article.pk)
    assert (stored.state, stored.edit) == (article.state, article.edit)
    assert not LogEntry.objects.filter(article=article, step=name).exclude(edit__lt=article.edit + 1).exists()


@pytest.mark.parametrize("code", [code for code, (name, _) in GATES.items() if name == "approve"])
def test_what_only_approval_waits_for_may_be_sent_to_review(curator, code):
    article = make_article(by=curator, **GATES[code][1]())
    assert step("submit", article, curator).to_state == "in_review"


def test_a_refusal_lists_everything_that_is_in_the_way(curator):
    article = workflow.begin(by=curator)
    blocked(article)
    refused = refusal("submit", article, curator)
    assert [one.code for one in refused.findings] == ["no-title", "no-body", "no-source", "no-topics"]
    assert [one.field for one in refused.findings] == ["title", "body", "source_list", "topic_list"]
    assert refusal("explode", article, curator).findings == []


def test_mending_opens_the_gate(curator, manager):
    article = make_in("in_review", picture_id=make_picture().pk, picture_alt="", body=copied(25), sources=[harvested()])
    assert [one.code for one in refusal("approve", article, manager).findings] == ["no-alt", "copied-run"]
    step("edit", article, changes={"picture_decorative": True, "copied_reason": "Their oath, as they swore it."})
    assert step("approve", article, manager).to_state == "approved"


def test_a_comment_made_in_review_holds_back_approval_also_of_a_machine_that_asks(curator, manager):
    article = make_in("in_review")
    blocked(article)
    assert refusal("approve", article, manager).findings[0].code == "open-comments"
    fresh = workflow.begin_many([words()], by=MACHINE)
    workflow.take_many("submit", fresh, by=MACHINE)
    blocked(fresh[0])
    assert [why.code for why in workflow.take_many("approve", fresh, by=MACHINE).refused.values()] == ["checks"]
    assert not workflow.take_many("approve", fresh, by=MACHINE, gates=False).refused


def test_an_import_hears_only_what_words_alone_say(db):
    given = {"title": "x" * 120, "body": copied(25), "sources": [harvested()], "topics": []}
    articles = workflow.begin_many([words(**given)], by=MACHINE)
    blocked(articles[0])
    taken = workflow.take_many("submit", articles, by=MACHINE, gates=False)
    assert [one.code for one in taken.findings[articles[0].pk]] == ["no-topics"]


# What was added to snapshots ------------------------------------------------------------------------------------------


def test_a_snapshot_from_before_keeps_its_fingerprint(curator):
    article = make_article(by=curator)
    content = Version.objects.get().content
    assert BEFORE.items() <= content.items()
    before = {name: value for name, value in content.items() if name not in BEFORE}
    assert digest(before) == digest(content) == Version.objects.get().digest
    assert digest(content | {"picture_decorative": True}) != digest(content) != digest(content | {"copied_reason": "x"})
    assert complete(before) == content
    Version.objects.update(content=before)
    step("submit", article, curator)
    assert Version.objects.count() == 1


def test_an_old_version_is_restored_approved_and_pressed(curator, manager):
    article = make_article(by=curator, picture_id=make_picture().pk, picture_alt="Two nurses")
    old = Version.objects.get()
    Version.objects.update(content={name: value for name, value in old.content.items() if name not in BEFORE})
    step("edit", article, manager, changes={"picture_decorative": True, "copied_reason": "Because."})
    step("restore", article, curator, version=old.pk)
    assert (article.picture_decorative, article.copied_reason) == (False, "")
    step("submit", article, curator)
    newest = article.versions.first()
    Version.objects.filter(sealed=False).update(content=newest.content)
    step("approve", article, make_person("Manager"))
    assert step("publish", article).edition.picture_alt == "Two nurses"


def test_readers_hear_nothing_of_a_decorative_picture(client, db):
    picture = make_picture(widths={"jpeg": [640]})
    edition = make_published(picture_id=picture.pk, picture_alt="Two nurses", picture_decorative=True)
    assert Edition.objects.get().picture_alt == ""
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "Two nurses" not in page


def test_topics_are_asked_for_by_name(db):
    topic = make_topic(retired=True)
    assert subject_of(make_article(topics=[topic])).retired_topics == [topic.label]


# What the sources do not have ----------------------------------------------------------------------------------------

WARD = Text(
    1, "ward.example", ("In December corrections stood at 14 a shift, down from 39 in May.", "Ada Lund leads it.")
)
FELL = "Corrections fell from 39 a shift in May to 12 in December."
LED = "The trial is led by Ada Lunt of Northmere."
EVIDENCE = ("missing-figures", "missing-names")


def lacking(**given):
    """What is said of figures and names that the sources lack, with the field and the number of the sentence."""
    subject = Subject(WHOLE | {"standfirst": FELL, "body": f"<p>{LED}</p>"} | given.pop("content", {}), **given)
    return [(one.code, one.words, one.field, one.sentence) for one in checks.findings(subject) if one.code in EVIDENCE]


def test_figures_and_names_that_no_source_has_are_recommended_to_be_looked_at():
    found = lacking(texts=[WARD])
    assert ("missing-figures", "“12” is not in the source; nearest is “14”, ¶1.", "standfirst", 1) in found
    assert ("missing-names", "body", 2) in [(code, field, sentence) for code, _, field, sentence in found]
    assert {checks.BY_CODE[code].level for code in EVIDENCE} == {"advice"}


def test_what_a_person_decided_is_no_finding():
    own = [{"sentence": FELL, "source": None, "paragraph": None, "quote": ""}]
    assert "missing-figures" not in [code for code, *_ in lacking(texts=[WARD], content={"evidence": own})]


def test_many_of_them_are_told_in_few_lines():
    body = "".join(f"<p>Corrections stood at {number} a shift in December.</p>" for number in range(50, 70))
    found = [words for code, words, *_ in lacking(texts=[WARD], content={"standfirst": "", "body": body})]
    assert (len(found), found[-1]) == (6, "15 more like these.")


def test_without_a_text_of_a_source_they_are_neither_found_nor_passed():
    subject = Subject(WHOLE | {"standfirst": FELL})
    found = checks.findings(subject)
    assert not {one.code for one in found} & set(EVIDENCE)
    assert not {one.code for one in checks.passed(found)} & set(EVIDENCE)
    assert {one.code for one in checks.passed(found, has_texts=True)} >= set(EVIDENCE)


@pytest.mark.parametrize(
    ("words", "is_name"),
    [("Kenya", True), ("Ada Lunt", True), ("COVID-19", True), ("May 12", False), ("Twelve", False)]
    + [("12", False), ("31 %", False), ("£84,000", False), ("a third", False), ("iPad", False)],
)
def test_a_name_is_told_from_a_figure(words, is_name):
    assert Lack(1, "body", words, None).is_name is is_name


def doubtful(**given):
    """An article whose standfirst has a figure that its source lacks."""
    link = make_link()
    Harvest.objects.create(link=link, asked_at=timezone.now(), state="done", kind="page", text=WARD.paragraphs[0])
    return make_article(standfirst=FELL, sources=[link], **given)


@pytest.mark.django_db
def test_no_step_asks_them_where_they_hold_nothing_back(curator, manager, monkeypatch):
    monkeypatch.setattr(remembered.evidence, "of", lambda *given: pytest.fail("the matcher was asked"))
    article, other, third = doubtful(owner=curator), doubtful(owner=curator), doubtful()
    step("submit", article, curator)
    assert not workflow.take_many("submit", [other], by=manager).refused
    assert not workflow.take_many("submit", [third], by=MACHINE, gates=False).refused
    assert step("approve", article, make_person("Manager")).to_state == "approved"


@pytest.mark.django_db
def test_a_role_that_must_heed_them_is_held_back_and_leads_to_the_sentence(curator, manager):
    CheckLevel.objects.create(role=Group.objects.get(name="Curator"), check_code="missing-figures", level="submit")
    article = doubtful(owner=curator)
    (held,) = refusal("submit", article, curator).findings
    assert (held.code, held.field, held.sentence) == ("missing-figures", "standfirst", 1)
    step("edit", article, curator, changes={"evidence": [{"sentence": FELL}]})
    assert step("submit", article, curator).to_state == "in_review"
    assert step("submit", doubtful(), manager).to_state == "in_review"
