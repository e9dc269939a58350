"""What the rules of risk are told: records of curators, how much is told from a source, what is newly connected."""

import pytest
from django.core.cache import cache

from curation.editing import versions, working_copy
from curation.models import Article, Judgement
from curation.risk import Record, cases_of, judge_now, known, level_of, levels_of
from curation.risk.facts import records_of
from curation.risk.known import judge_still
from tests.factories import make_article, make_in, make_link, make_offering, make_person, make_published, step

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def sent(curator, **given):
    article = make_article(by=curator, **given)
    step("submit", article, curator)
    return article


def record_of(person):
    cache.clear()
    return records_of({person.pk: person})[person.pk]


def test_a_record_is_made_of_first_decisions(curator, manager):
    assert record_of(curator) == Record("curator", 0, 0)
    through, back, waiting = (sent(curator) for _ in range(3))
    step("approve", through, manager)
    step("return", back, manager, reason="A figure is wrong.")
    step("submit", back, curator)
    step("approve", back, manager)
    assert record_of(curator) == Record("curator", 2, 1)
    step("approve", waiting, manager)
    assert record_of(curator) == Record("curator", 3, 2)


def test_records_are_remembered_and_cost_one_question_each(curator, django_assert_num_queries):
    another = make_person("Curator")
    sent(curator)
    cache.clear()
    with django_assert_num_queries(3):
        records_of({one.pk: one for one in (curator, another)})
    with django_assert_num_queries(0):
        records_of({one.pk: one for one in (curator, another)})


def cases(*articles):
    contents = {pk: one.content for pk, one in versions.latest(articles).items()}
    lives = {one.pk: one.editions.get().version.content for one in articles if one.editions.exists()}
    owners = {one.pk: one.owner for one in articles}
    return cases_of(working_copy.subjects(contents), lives, owners)


def test_a_case_knows_its_source_and_what_it_connects(curator, manager):
    offering = make_offering(name="Acme Scribe")
    fresh = sent(curator, offerings=[offering], sources=[make_link("https://www.ward.example/one")])
    case = cases(fresh)[fresh.pk]
    assert (case.told, case.offerings, case.live, case.record.who) == (0, ["Acme Scribe"], None, "curator")
    live = Article.objects.get(pk=make_published(offerings=[offering]).article.pk)
    case = cases(live)[live.pk]
    assert (case.told, case.offerings) == (1, [])
    assert case.live is not None


def test_cases_cost_the_same_for_one_and_for_many(curator, django_assert_max_num_queries):
    articles = [sent(curator) for _ in range(4)]
    for some in (articles[:1], articles):
        contents = {pk: one.content for pk, one in versions.latest(some).items()}
        subjects = working_copy.subjects(contents)
        cache.clear()
        with django_assert_max_num_queries(5):
            assert len(cases_of(subjects, {}, {one.pk: curator for one in some})) == len(some)


def test_what_was_sent_to_review_is_judged_beside_what_readers_see(curator, manager, django_assert_max_num_queries):
    first, second = sent(curator), sent(curator)
    dosed = sent(curator, body="<p>The patient Ada Stern was given 5 mg of it.</p>")
    with django_assert_max_num_queries(26):
        assert judge_now([first.pk, second.pk, dosed.pk]) == 3
    newest = {pk: one.pk for pk, one in versions.latest([first, second, dosed]).items()}
    assert levels_of({pk: (version, None) for pk, version in newest.items()}) == {
        first.pk: "medium",
        second.pk: "medium",
        dosed.pk: "high",
    }
    assert levels_of({first.pk: (newest[first.pk], newest[second.pk])}) == {}
    step("approve", first, manager)
    assert judge_now([first.pk]) == 0


def test_sending_it_has_it_judged(curator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = sent(curator)
    assert Judgement.objects.get().version.article == article


@pytest.fixture
def revised(curator, clock):
    """A brief that an edit sent back to review: its Version is open."""
    article = make_in("approved", owner=curator)
    step("edit", article, curator, changes={"title": "Another"})
    return article


def level_known(article):
    return levels_of({pk: (one.pk, None) for pk, one in versions.latest([article]).items()}).get(article.pk)


def test_what_an_edit_sends_back_is_judged_once_and_not_at_each_save(
    curator, clock, django_capture_on_commit_callbacks, monkeypatch
):
    article = make_in("approved", owner=curator)
    judged, asked = [], []
    monkeypatch.setattr(known, "judge_now", judged.append)
    monkeypatch.setattr(known.judge_still.__class__, "enqueue", lambda task, pks: asked.append((task.run_after, pks)))
    with django_capture_on_commit_callbacks(execute=True):
        for title in ("A", "As", "Ask"):
            step("edit", article, curator, changes={"title": title})
    assert judged == [[article.pk]]
    assert asked == [(clock.after(minutes=2), [article.pk])]


def test_a_level_is_of_words_and_not_of_an_open_version(revised, curator):
    assert judge_now([revised.pk]) == 1
    assert level_known(revised) == "medium"
    step("edit", revised, curator, changes={"body": "<p>The patient Ada Stern was given 5 mg of it.</p>"})
    assert level_known(revised) is None
    assert level_of(revised.pk) == ""


def test_the_worker_judges_what_stands_still_and_only_once(revised, curator, clock):
    assert judge_still.call([revised.pk]) == 0
    clock.turn(minutes=1)
    assert judge_still.call([revised.pk]) == 1
    assert judge_still.call([revised.pk]) == 0
    assert level_of(revised.pk) == "medium"


def test_what_is_edited_without_an_approval_before_is_judged_as_well(curator, manager, clock):
    article = sent(curator)
    step("edit", article, manager, changes={"title": "A manager's own"})
    clock.turn(minutes=1)
    assert judge_still.call([article.pk]) == 1
