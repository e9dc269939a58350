"""Topics that go into one another: nothing lost, nothing twice, readers sent on once, and undone as if never done."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curation.models import (
    Article,
    ArticleTopic,
    Dismissal,
    Edition,
    EditionTopic,
    LogEntry,
    MovedRows,
    Tally,
    TopicMerge,
    Version,
)
from curation.models.snapshots import snapshot
from curation.publishing import counts
from curation.vocabulary import merging, moving, slices, tasks
from curation.vocabulary.merging import MergeRefused
from curation.vocabulary.places import PLACES
from offerings import addresses
from offerings.models import OfferingTopic, Redirect, Synonym, Topic
from tests.examples import costly
from tests.factories import make_article, make_in, make_offering, make_published, make_topic, step

TABLES = (ArticleTopic, EditionTopic, OfferingTopic, Synonym, Dismissal, Redirect, Topic)


def held():
    """All rows that a merge may touch, by table; and what is counted, where it is not nothing."""
    rows = {model.__name__: set(model.objects.order_by().values_list()) for model in TABLES}
    counted = set(Tally.objects.exclude(count=0).values_list("kind", "key", "month", "count"))
    sealed = list(Version.objects.order_by("pk").values_list("pk", "digest", "content"))
    return rows | {"Tally": counted, "Version": sealed}


def true_counts():
    """The live Editions of each topic, counted anew."""
    return Counter(EditionTopic.objects.filter(edition__tallied=True).values_list("topic", flat=True))


def kept_counts():
    kept = Tally.objects.filter(kind=Tally.Kind.TOPIC, month="").exclude(count=0).values_list("key", "count")
    return Counter({int(key): count for key, count in kept})


# Properties ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def newsroom(db, manager):
    """Three topics, four briefs of which two are out, two offerings, and somebody who may."""
    one, other, third = (make_topic(f"Care: {name}") for name in ("Twin", "Double", "Third"))
    briefs = [make_published(topics=[third]).article for _ in range(2)] + [make_article() for _ in range(2)]
    return manager, (one, other, third), briefs, [make_offering() for _ in range(2)]


FILED = st.fixed_dictionaries(
    {
        "briefs": st.lists(st.permutations([0, 1, 2]), min_size=4, max_size=4),
        "lengths": st.lists(st.integers(0, 3), min_size=8, max_size=8),
        "spelled": st.lists(st.sampled_from(["", "twin", "Care: Twin"]), min_size=4, max_size=4),
        "offerings": st.lists(st.permutations([0, 1, 2]), min_size=2, max_size=2),
        "dismissed": st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=5, unique=True),
        "synonyms": st.lists(
            st.tuples(st.integers(0, 2), st.sampled_from(["Zwilling", "Care: Twin", "Twin", "Jumeau"])),
            max_size=5,
            unique=True,
        ),
        "old": st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 2)), max_size=3, unique_by=lambda one: one[0]),
        "slice": st.integers(1, 3),
    }
)


def file_all(newsroom, plan):
    """File everything as an example plans it, behind the back of every rule."""
    _, topics, briefs, offerings = newsroom
    ArticleTopic.objects.all().delete()
    EditionTopic.objects.all().delete()
    lengths = iter(plan["lengths"])
    for brief, order, spelled in zip(briefs, plan["briefs"], plan["spelled"], strict=True):
        some = order[: next(lengths)]
        for place, number in enumerate(some):
            ArticleTopic.objects.create(content_object=brief, tag=topics[number], position=place, spelling=spelled)
        for edition in Edition.objects.filter(article=brief):
            for place, number in enumerate(order[: next(lengths)]):
                at = edition.first_published_at
                EditionTopic.objects.create(
                    edition=edition, topic=topics[number], position=place, first_published_at=at
                )
    _file_others(topics, briefs, offerings, lengths, plan)
    _settle_anew()


def _file_others(topics, briefs, offerings, lengths, plan):
    for offering, order in zip(offerings, plan["offerings"], strict=True):
        offering.topics.set([topics[number] for number in order[: next(lengths)]])
    for brief, number in plan["dismissed"]:
        Dismissal.objects.create(article=briefs[brief], topic=topics[number], at=timezone.now())
    for number, spelling in plan["synonyms"]:
        topics[number].synonyms.create(spelling=spelling)
    for path, number in plan["old"]:
        addresses.redirect(f"/topic/{path}/", topics[number].get_absolute_url())


def _settle_anew():
    Tally.objects.all().delete()
    Edition.objects.update(tallied=False)
    counts.settle()


@costly
@given(plan=FILED)
def test_a_merge_loses_nothing_and_undone_it_never_was(newsroom, monkeypatch, plan):
    monkeypatch.setattr(slices, "SLICE", plan["slice"])
    manager, (one, other, _), *_ = newsroom
    with transaction.atomic():
        file_all(newsroom, plan)
        before = held()
        had = {
            (kind, owner)
            for kind, place in PLACES.items()
            for topic in (one, other)
            for owner in place.rows(topic.pk).values_list(place.owner, flat=True)
        }
        made = merging.merge(one.pk, other.pk, by=manager)
        own = {(kind, owner) for kind, owner in had if kind != "synonym"}
        now = Counter(
            (kind, owner)
            for kind, place in PLACES.items()
            for owner in place.rows(other.pk).values_list(place.owner, flat=True)
        )
        assert {key for key in now if key[0] != "synonym"} == own
        assert set(now.values()) <= {1}
        assert had - own <= now.keys()
        assert not any(place.rows(one.pk).exists() for place in PLACES.values())
        assert kept_counts() == true_counts()
        assert addresses.lookup(one.get_absolute_url()) == other.get_absolute_url()
        assert not Redirect.objects.filter(target=one.get_absolute_url()).exists()
        assert held()["Version"] == before["Version"]
        merging.undo(made.pk, by=manager)
        after = held()
        assert kept_counts() == true_counts()
        assert {name: after[name] ^ before[name] for name in after if name != "Version"} == dict.fromkeys(
            after.keys() - {"Version"}, set()
        )
        assert after["Version"] == before["Version"]
        transaction.set_rollback(True)


def test_every_table_that_names_a_topic_is_known():
    named = {
        (model._meta.label, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Topic
    }
    known = {(place.model._meta.label, place.topic) for place in PLACES.values()}
    own = {("offerings.Topic", "merged_into_id"), *(("curation.TopicMerge", name) for name in ("topic_id", "into_id"))}
    apart = {("curation.KeptApart", f"{name}_id") for name in ("first", "second")}  # says something of a pair of names
    assert named == known | own | apart


# What was pressed, and what is written ------------------------------------------------------------------------------


@pytest.fixture
def pair(db):
    """Two topics: the first goes into the second."""
    return make_topic("Care: Twin"), make_topic("Care: Double")


def topics_of(article):
    return list(article.article_topics.values_list("tag", "spelling"))


def test_what_is_approved_stays_approved_and_is_pressed_under_the_other_topic(pair, manager, curator):
    one, other = pair
    article = make_in("approved", by=curator, topics=[one, other])
    version = article.approved_version
    merging.merge(one.pk, other.pk, by=manager)
    article.refresh_from_db()
    assert (article.state, article.approved_version) == ("approved", version)
    assert topics_of(article) == [(other.pk, "Care: Twin")]
    assert [row["topic"] for row in Version.objects.get(pk=version.pk).content["topics"]] == [one.pk, other.pk]
    edition = step("publish", article, by=manager).edition
    assert list(edition.edition_topics.values_list("topic", flat=True)) == [other.pk]
    assert edition.version == version


def test_nobody_becomes_an_author_by_a_merge_and_words_put_back_are_approved_as_before(pair, manager, curator):
    one, other = pair
    article = make_in("approved", by=curator, topics=[one])
    approved = article.approved_version
    merging.merge(one.pk, other.pk, by=manager)
    said = article.standfirst
    step("edit", article, by=curator, changes={"standfirst": f"{said} x"})
    assert article.state == "in_review"
    log = LogEntry.objects.filter(article=article, step="edit").latest("pk")
    assert log.details["changed"] == "standfirst"
    step("edit", article, by=curator, changes={"standfirst": said})
    assert (article.state, article.approved_version) == ("approved", approved)


def test_a_save_that_changes_nothing_makes_no_version_after_a_merge(pair, manager, curator):
    one, other = pair
    article = make_article(by=curator, topics=[one])
    step("submit", article, by=curator)
    merging.merge(one.pk, other.pk, by=manager)
    before = list(article.versions.values_list("pk", flat=True))
    step("edit", article, by=manager, changes={"title": article.title})
    assert list(article.versions.values_list("pk", flat=True)) == before


def test_restoring_an_old_version_files_it_under_the_topic_that_there_is_now(pair, manager):
    one, other = pair
    article = make_in("approved", topics=[one, other])
    version = article.approved_version
    step("return", article, reason="For the test.")
    step("edit", article, changes={"topics": []})
    merging.merge(one.pk, other.pk, by=manager)
    step("restore", article, version=version.pk)
    assert topics_of(article) == [(other.pk, "Care: Twin")]
    assert snapshot(Article.objects.get(pk=article.pk))["topics"] == [{"topic": other.pk, "spelling": "Care: Twin"}]


def test_undoing_leaves_what_changed_since_and_says_how_much(pair, manager):
    one, other = pair
    touched, untouched = make_article(topics=[one]), make_article(topics=[one, other])
    made = merging.merge(one.pk, other.pk, by=manager)
    more = make_topic()
    step("edit", touched, changes={"topics": [{"topic": other.pk}, {"topic": more.pk}]})
    later = make_article(topics=[one])  # as a form says it that was open before
    assert topics_of(later) == [(other.pk, "Care: Twin")]
    merging.undo(made.pk, by=manager)
    made.refresh_from_db()
    assert topics_of(touched) == [(other.pk, ""), (more.pk, "")]
    assert topics_of(untouched) == [(one.pk, ""), (other.pk, "")]
    assert (made.details["left"], made.details["left_articles"]) == ({"article": 1}, [touched.pk])


def test_an_edition_that_was_moved_to_another_hour_comes_back_at_that_hour(pair, manager):
    one, other = pair
    article = make_published(at=timezone.now() + timedelta(days=2), topics=[one, other]).article
    made = merging.merge(one.pk, other.pk, by=manager)
    hour = timezone.now() + timedelta(days=5)
    step("reschedule", article, at=hour)
    merging.undo(made.pk, by=manager)
    rows = EditionTopic.objects.order_by("position").values_list("topic", "first_published_at")
    assert list(rows) == [(one.pk, hour), (other.pk, hour)]


# Refusals ------------------------------------------------------------------------------------------------------------


def refused(act, *args, **given):
    with pytest.raises(MergeRefused) as refusal, transaction.atomic():
        act(*args, **given)
    return str(refusal.value)


def test_what_cannot_be_merged_is_refused_in_words(pair, manager, curator, reader):
    one, other = pair
    third = make_topic("Care: Third")
    for stranger in (curator, reader):
        assert refused(merging.merge, one.pk, other.pk, by=stranger).startswith("Managers and administrators")
    assert refused(merging.merge, one.pk, one.pk, by=manager).startswith("“Care: Twin” cannot go into itself.")
    assert refused(merging.merge, one.pk, 0, by=manager) == "One of these topics is not there any more."
    made = merging.merge(one.pk, other.pk, by=manager)
    assert refused(merging.merge, one.pk, other.pk, by=manager) == "“Care: Twin” went into “Care: Double” already."
    back = refused(merging.merge, other.pk, one.pk, by=manager)
    assert back.startswith("“Care: Twin” went into “Care: Double” already. Choose that one")
    later = merging.merge(other.pk, third.pk, by=manager)
    assert (
        refused(merging.undo, made.pk, by=manager) == "“Care: Double” went into “Care: Third” since. Undo that first."
    )
    assert refused(merging.undo, made.pk, by=curator).startswith("Managers and administrators")
    merging.undo(later.pk, by=manager)
    merging.undo(made.pk, by=manager)
    assert refused(merging.undo, made.pk, by=manager) == "This was undone already."
    Topic.objects.filter(pk=other.pk).update(retired=True)
    assert "is retired" in refused(merging.merge, one.pk, other.pk, by=manager)


def test_a_chain_of_merges_leads_to_its_end_and_comes_apart_in_order(pair, manager):
    one, other = pair
    third, article = make_topic("Care: Third"), make_article(topics=[one])
    before = held()
    first = merging.merge(one.pk, other.pk, by=manager)
    second = merging.merge(other.pk, third.pk, by=manager)
    assert set(Topic.objects.filter(merged_into=third).values_list("pk", flat=True)) == {one.pk, other.pk}
    assert addresses.lookup(one.get_absolute_url()) == third.get_absolute_url()
    assert topics_of(article) == [(third.pk, "Care: Twin")]
    merging.undo(second.pk, by=manager)
    assert addresses.lookup(one.get_absolute_url()) == other.get_absolute_url()
    merging.undo(first.pk, by=manager)
    assert held() == before


def test_of_what_went_into_one_topic_the_last_comes_out_first(pair, manager):
    one, other = pair
    third = make_topic("Care: Third")
    article = make_published(topics=[one, third]).article
    before = held()
    first = merging.merge(one.pk, other.pk, by=manager)
    second = merging.merge(third.pk, other.pk, by=manager)
    assert refused(merging.undo, first.pk, by=manager).startswith(f"“Care: Third” went into “{other}” later")
    assert topics_of(article)[0][0] == other.pk
    merging.undo(second.pk, by=manager)
    merging.undo(first.pk, by=manager)
    assert held() == before


def test_after_ninety_days_nothing_is_undone(pair, manager):
    made = merging.merge(*(topic.pk for topic in pair), by=manager)
    TopicMerge.objects.update(at=timezone.now() - timedelta(days=91))
    assert refused(merging.undo, made.pk, by=manager).startswith("It can be undone for 90 days, which have passed.")


# Much at once --------------------------------------------------------------------------------------------------------


def test_what_is_much_follows_in_slices_that_may_be_killed(pair, manager, monkeypatch):
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    monkeypatch.setattr(slices, "SLICE", 2)
    one, other = pair
    for number in range(5):
        make_published(topics=[one, other] if number % 2 else [one])
    before = held()
    made = merging.merge(one.pk, other.pk, by=manager)
    assert made.stage == "going"
    assert "is being moved just now" in refused(merging.merge, other.pk, make_topic().pk, by=manager)
    assert refused(merging.undo, made.pk, by=manager).startswith("This is still going on.")
    newcomer = make_article(topics=[one])  # written in the middle: it names the other topic already
    assert topics_of(newcomer) == [(other.pk, "Care: Twin")]
    moving.go_on(made.pk)
    assert kept_counts() == true_counts()
    assert tasks.go_on.call(made.pk) > 2
    made.refresh_from_db()
    assert (made.stage, kept_counts()[one.pk], kept_counts()[other.pk]) == ("done", 0, 5)
    made = merging.undo(made.pk, by=manager)
    assert made.stage == "returning"
    tasks.go_on.call(made.pk)
    newcomer.article_topics.all().delete()
    assert [held()[name] for name in _MOVED] == [before[name] for name in _MOVED]


_MOVED = ("EditionTopic", "ArticleTopic", "Tally")


def test_a_row_written_at_the_instant_of_the_merge_follows_when_looked_at_again(pair, manager):
    one, other = pair
    made = merging.merge(one.pk, other.pk, by=manager)
    late = make_article(topics=[])
    ArticleTopic.objects.create(content_object=late, tag=one, position=0)
    tasks.go_on.call(made.pk)
    assert topics_of(late) == [(other.pk, "Care: Twin")]
    merging.undo(made.pk, by=manager)
    assert topics_of(late) == [(one.pk, "")]
    assert not MovedRows.objects.filter(is_back=False).exists()


def test_what_stood_still_goes_on_and_what_was_filed_late_follows(pair, manager, monkeypatch):
    monkeypatch.setattr(merging, "AT_ONCE", 0)
    one, other = pair
    article = make_article(topics=[one])
    made = merging.merge(one.pk, other.pk, by=manager)
    moving.resume()
    assert topics_of(article)[0][0] == one.pk  # a task may be at it
    soon = timezone.now() + timedelta(minutes=6)
    moving.resume(soon)
    made.refresh_from_db()
    assert (made.stage, topics_of(article)) == ("done", [(other.pk, "Care: Twin")])
    late = make_article(topics=[])
    ArticleTopic.objects.create(content_object=late, tag=one, position=0)
    moving.resume(soon)
    assert topics_of(late) == [(other.pk, "Care: Twin")]
