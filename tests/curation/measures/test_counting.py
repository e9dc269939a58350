"""Counting: exact and repeatable, whatever is undone, imported, erased or merged, and the lists behind the numbers."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from curation import measures
from curation.measures import counting, facts, lists
from curation.models import Article, EditionTopic, MeasureCount, MeasureFact
from curation.vocabulary import merging
from curation.workflow import erasing, undoing
from tests.factories import make_article, make_in, make_person, make_published, make_topic, step


def counts():
    return {(row.kind, row.key, row.day): row.count for row in MeasureCount.objects.all()}


def told():
    """All facts, as they would be made anew."""
    return Counter(MeasureFact.objects.values_list("article", *counting._FACT))


def in_step():
    """The counts are those of the facts, and counting anew gives the same of both."""
    was, facts_ = counts(), told()
    made = Counter(one for _, *fact in facts_.elements() for one in facts.counts_of(facts.Fact(*fact)))
    assert was == made
    measures.count_anew()
    assert counts() == {}
    measures.count_pending()
    return (counts(), told()) == (was, facts_)


def sums(kind, key=""):
    return sum(MeasureCount.objects.filter(kind=kind, key=key).values_list("count", flat=True))


def found(kind, *parts):
    meant = lists.meant_by(lists.code(kind, *parts), timezone.now())
    return set(Article.objects.filter(meant.condition))


@pytest.fixture
def writer(db):
    return make_person("Curator")


@pytest.fixture
def decider(db):
    return make_person("Manager")


@pytest.fixture
def worked(clock, writer, decider):
    """Two briefs: one that went out, one that came back."""
    out, back = make_article(by=writer), make_article(by=writer)
    for name, by, article, given in (
        ("submit", writer, out, {}),
        ("submit", writer, back, {}),
        ("approve", decider, out, {}),
        ("return", decider, back, {"reason": "A figure is missing."}),
        ("publish", decider, out, {}),
    ):
        clock.turn(hours=5)
        version = {"version": out.versions.latest("number").pk} if name == "approve" else {}
        step(name, article, by, **given, **version)
    clock.turn(minutes=5)
    measures.count_pending()
    return out, back


def test_what_people_do_is_counted_by_the_week_and_opens_its_list(worked, clock, writer, decider):
    out, back = worked
    assert [sums(kind) for kind in ("submitted", "approved", "returned", "published")] == [2, 1, 1, 1]
    assert (sums("first", "approved"), sums("first", "returned")) == (1, 1)
    assert (sums("out", str(writer.pk)), sums("decided", str(decider.pk))) == (1, 2)
    week = ("2026-11-02", "2026-11-08")
    assert found("submitted", *week) == {out, back}
    assert found("published", *week) == {out}
    assert found("decided", *week, decider.pk) == {out, back}
    assert found("first", *week) == {out}
    assert found("round", *week) == {out, back}
    assert found("left", "in_review", *week) == {out, back}
    assert found("left", "in_review", *week, 9 * 60) == {out, back}
    assert found("left", "in_review", *week, 10 * 60) == set()
    assert found("told", out.topics.all()[0].slug, *week) == {out}
    assert found("published", "2026-11-09", "2026-11-15") == set()
    assert in_step()


NO_CODES = """published published.x.y published.2026-11-02 left.nowhere.2026-11-02.2026-11-08 open.x x.y late.x
    told.no-such.2026-11-02 open.draft.-1.5 hour.2026 first first.2026-11-02 round.a.b.c late.declined
    first.2026-11-02.2026-11-08.5 hour.2026-11-02.x published.2026-11-02.2026-11-08.9999999999999"""


@pytest.mark.parametrize("said", ["", *NO_CODES.split()])
def test_a_code_that_is_none_finds_nothing(said):
    assert lists.meant_by(said, timezone.now()) is None


def test_a_decision_that_is_undone_is_counted_no_more(worked, clock, decider):
    article = make_in("in_review")
    measures.count_pending()
    before = counts()
    step("approve", article, decider, version=article.versions.latest("number").pk)
    measures.count_pending()
    assert counts() != before
    clock.turn(seconds=5)
    undoing.undo(article, by=decider, edit=article.edit)
    measures.count_pending()
    assert counts() == before
    assert in_step()


def test_what_was_done_to_many_and_undone_is_counted_no_more(worked, clock, decider):
    many = [make_in("in_review") for _ in range(3)]
    measures.count_pending()
    before = counts()
    for article in many:
        step("return", article, decider, reason="Not yet.")
    measures.count_pending()
    assert sums("returned") == 1 + len(many)
    clock.turn(minutes=3)
    assert not undoing.undo_many(many, by=decider).refused
    measures.count_pending()
    assert counts() == before
    assert in_step()


def test_what_opens_by_the_clock_is_counted_when_it_does(clock, decider):
    article = make_in("approved")
    step("publish", article, decider, at=clock.after(days=3))
    measures.count_pending()
    assert sums("published") == 0
    assert found("hour", "2026-11-05") == {article}
    clock.turn(days=4)
    measures.count_pending()
    assert sums("published") == 1
    assert MeasureFact.objects.get(kind="stay", key="scheduled").minutes == 3 * 1440
    assert in_step()


def test_an_import_fills_no_week_of_the_newsroom_but_the_coverage(clock, db):
    make_published()
    clock.turn(minutes=1)
    measures.count_pending()
    assert {kind for kind, *_ in counts()} == {"told"}


def test_an_erased_brief_is_not_counted_any_more(worked, administrator):
    out, _ = worked
    erasing.erase(out, by=administrator, edit=out.edit, typed=str(out.pk), reason="Asked for.")
    measures.count_pending()
    assert (sums("published"), sums("submitted")) == (0, 1)
    assert in_step()


def test_a_topic_that_is_no_more_gives_its_briefs_to_the_one_they_are_filed_under(worked):
    out, _ = worked
    old, new = out.topics.all()[0], make_topic()
    EditionTopic.objects.filter(topic=old).update(topic=new)
    out.topics.set([new])
    old.delete()
    measures.keep_up()
    assert (sums("told", str(old.pk)), sums("told", str(new.pk))) == (0, 1)
    assert in_step()


def test_a_merged_topic_counts_with_the_other_and_alone_again_once_that_is_undone(worked, clock, decider):
    out, _ = worked
    one, into = out.topics.all()[0], make_topic()
    made = merging.merge(one.pk, into.pk, by=decider)
    measures.keep_up()
    assert (sums("told", str(one.pk)), sums("told", str(into.pk))) == (0, 1)
    merging.undo(made.pk, by=decider)
    clock.at += timedelta(hours=2)
    measures.keep_up()
    assert (sums("told", str(one.pk)), sums("told", str(into.pk))) == (1, 0)
    assert in_step()


def test_another_owner_has_what_went_out(worked, decider, writer):
    out, _ = worked
    other = make_person("Curator")
    step("assign", out, decider, owner=other)
    measures.count_pending()
    assert (sums("out", str(writer.pk)), sums("out", str(other.pk))) == (0, 1)


def test_rows_that_could_not_be_seen_yet_are_counted_when_they_are_read_again(worked, clock):
    measures.count_pending()  # marks what was read
    was = counts()
    MeasureFact.objects.all().delete()
    MeasureCount.objects.all().delete()
    measures.count_pending()
    assert counts() == {}
    clock.turn(minutes=6)
    measures.count_pending()
    assert counts() == was


def test_counting_stops_where_it_is_told_to_and_goes_on_later(worked, monkeypatch):
    was = counts()
    measures.count_anew()
    monkeypatch.setattr(counting, "SLICE", 3)
    assert measures.count_pending(most=1) == 3
    assert measures.is_pending()
    measures.count_pending()
    assert counts() == was


def test_the_command_counts_anew(worked, capsys):
    was = counts()
    MeasureCount.objects.update(count=7)
    call_command("count_measures", "--anew")
    assert "7 rows of the log read" in capsys.readouterr().out
    assert counts() == was


def test_what_is_counted_costs_the_same_for_one_brief_as_for_many(writer, clock, django_assert_max_num_queries):
    for many in (1, 12):
        for _ in range(many):
            step("submit", make_article(by=writer), writer)
        with django_assert_max_num_queries(24):
            measures.count_pending()


def test_a_week_holds_a_brief_once_however_often_it_is_sent(clock, writer, decider):
    article = make_article(by=writer)
    for _ in range(2):
        step("submit", article, writer)
        clock.turn(hours=1)
        step("return", article, decider, reason="Once more.")
    measures.count_pending()
    assert (sums("submitted"), sums("returned"), sums("came"), sums("left")) == (1, 1, 2, 2)
    clock.turn(days=7)
    step("submit", article, writer)
    measures.count_pending()
    assert sums("submitted") == 2
    assert in_step()
