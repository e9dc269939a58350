"""Work for the task worker: what it does, and when it is asked to."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation.models import OPEN, Edition, Tally
from curation.publishing import counts, tasks
from tests.factories import make_in, make_published, step

pytestmark = pytest.mark.django_db


def asked_for():
    """The instants at which the worker is to count again."""
    rows = DBTaskResult.objects.filter(task_path="curation.publishing.tasks.settle")
    return sorted(rows.values_list("run_after", flat=True))


def test_a_window_that_opens_and_ends_later_is_counted_again_at_both_instants(django_capture_on_commit_callbacks):
    opens, ends = timezone.now() + timedelta(hours=2), timezone.now() + timedelta(days=3)
    article = make_in("approved")
    with django_capture_on_commit_callbacks(execute=True):
        step("publish", article, at=opens, until=ends)
    assert asked_for() == [opens, ends]


def test_what_is_live_without_an_end_asks_for_nothing(django_capture_on_commit_callbacks):
    article = make_in("approved")
    with django_capture_on_commit_callbacks(execute=True):
        step("publish", article)
    assert asked_for() == []


def test_the_task_counts_what_the_clock_has_changed():
    make_published()
    Edition.objects.update(live_until=timezone.now() + timedelta(microseconds=1))
    assert counts.counts_of(Tally.Kind.ALL)[""] == 1
    assert tasks.settle.call() == 1
    assert counts.counts_of(Tally.Kind.ALL).get("", 0) == 0


def test_the_open_end_is_no_instant_to_wait_for(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.settle_at([OPEN, timezone.now() - timedelta(days=1)])
    assert asked_for() == []
