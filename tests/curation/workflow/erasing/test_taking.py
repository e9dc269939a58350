"""Who may erase an article, what they have to say, and that erasing and any other step never meet half-way."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction
from django.utils import timezone

from curation import workflow
from curation.models import Article, Batch, BatchItem, Edition, LogEntry, Tally, Tombstone
from tests.curation.newsroom import Newsroom
from tests.curation.workflow import matrix
from tests.factories import MACHINE, make_article, make_in, make_person, make_published, step

ASKED = {"reason": "A patient asked for it."}


def outcome(article, by, **given):
    """``erased``, or the code of the refusal, in a transaction that is rolled back."""
    asked = {"edit": article.edit, "typed": str(article.pk)} | ASKED | given
    with transaction.atomic():
        try:
            workflow.erase(article, by=by, **asked)
            return "erased"
        except workflow.StepRefused as refusal:
            return refusal.code
        finally:
            transaction.set_rollback(True)


def test_whoever_the_matrix_says_erases_in_every_state_and_nobody_else(db):
    newsroom = Newsroom()
    for state in matrix.STATES:
        found = {}
        for person in matrix.PEOPLE:
            article = Article.objects.get(pk=newsroom.article_of(person, state).pk)
            found[person] = outcome(article, newsroom.people[person])
        assert found == {who: "erased" if who in matrix.ERASERS else "who" for who in matrix.PEOPLE}
    assert outcome(article, MACHINE) == outcome(article, workflow.Past(newsroom.people["administrator"])) == "who"


@pytest.mark.parametrize("reach", ["never", "scheduled", "live", "live, more scheduled", "expired", "withdrawn"])
def test_whatever_readers_see_of_it_they_see_nothing_more(db, reach):
    now = timezone.now()
    article = make_in("approved")
    if reach.startswith("live") or reach == "withdrawn":
        step("publish", article)
    if "scheduled" in reach:
        step("publish", article, at=now + timedelta(days=1))
    if reach == "expired":
        step("publish", article, at=now - timedelta(days=2), until=now - timedelta(days=1))
    if reach == "withdrawn":
        step("withdraw", article, reason="For the test.")
    other = make_published()
    workflow.erase(article, by=make_person("Administrator"), edit=article.edit, typed=article.title, **ASKED)
    assert list(Edition.objects.all()) == [other]
    assert Tally.objects.get(kind="all", month="").count == 1
    assert bool(Tombstone.objects.get().address) == (reach not in ("never", "scheduled"))


def test_the_title_or_the_number_is_typed_a_reason_given_and_the_newest_edit_seen(db):
    administrator = make_person("Administrator")
    article = make_article(title="A ward  that listens")
    said = {
        "erased": {"typed": " A ward that  listens "},
        "typed": {"typed": "A ward that listened"},
        "reason": {"reason": " \n"},
        "stale": {"edit": article.edit + 1},
    }
    assert {code: outcome(article, administrator, **given) for code, given in said.items()} == {
        code: code for code in said
    }
    assert outcome(article, administrator, reason="x" * 501) == "reason"
    assert outcome(article, administrator, edit="no number") == "stale"
    untitled = make_article(title="")
    assert outcome(untitled, administrator, typed="") == "typed"
    assert outcome(untitled, administrator) == "erased"


@pytest.mark.parametrize(("stage", "code"), [("doing", "batch"), ("undoing", "batch"), ("done", "erased")])
def test_nothing_is_erased_under_work_for_many_that_has_it_in_hand(db, stage, code):
    article, administrator = make_article(), make_person("Administrator")
    batch = Batch.objects.create(by=administrator, step="claim", stage=stage, at=timezone.now())
    BatchItem.objects.create(batch=batch, article=article, edit=article.edit)
    assert outcome(article, administrator) == code


def test_a_refusal_says_why_and_leaves_everything(db):
    article = make_published().article
    with pytest.raises(workflow.StepRefused, match="an administrator can"):
        workflow.erase(article, by=make_person("Manager"), edit=article.edit, typed=article.title, **ASKED)
    assert Article.objects.filter(pk=article.pk).exists()
    assert Edition.objects.live().exists()
    assert not LogEntry.objects.filter(step="erase").exists()


def at_once(*works):
    """Start these at the same moment, each on a connection of its own; give what each gave or raised, in order."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            barrier.wait()
            results[place] = work()
        except workflow.StepRefused as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_erasing_and_publishing_at_the_same_moment_one_goes_first_and_nothing_stays_of_it():
    administrator, manager = make_person("Administrator"), make_person("Manager")
    for _ in range(4):
        article = make_in("approved")
        other = Article.objects.get(pk=article.pk)
        asked = {"edit": article.edit, "typed": str(article.pk)} | ASKED
        erased, published = at_once(
            partial(workflow.erase, article, by=administrator, **asked),
            partial(workflow.take, "publish", other, by=manager, edit=article.edit),
        )
        if isinstance(erased, Tombstone):
            assert published.code == "stale"
            assert not Article.objects.filter(pk=article.pk).exists()
        else:
            assert erased.code == "stale"
            assert Edition.objects.live().filter(article=article).exists()
        assert Tally.objects.filter(kind="all", month="").values_list("count", flat=True).first() in (
            None,
            Edition.objects.live().count(),
        )
