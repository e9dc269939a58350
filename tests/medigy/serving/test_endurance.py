"""The task worker outlives locks, what it left is begun again, and nothing piles up."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation.harvest import heartbeat
from curation.models import Heartbeat
from curation.publishing.tasks import settle
from medigy.serving import endurance, serve
from tests import ROOT

LONG_AGO = timedelta(minutes=5)


def make_running(*workers, ago=LONG_AGO):
    settle.enqueue()
    DBTaskResult.objects.filter(status="READY").update(
        status="RUNNING", worker_ids=list(workers), started_at=timezone.now() - ago
    )
    return DBTaskResult.objects.latest("enqueued_at")


def state_of(row):
    row.refresh_from_db()
    return row.status


def test_what_a_dead_worker_left_is_begun_again_a_little_later(db):
    row = make_running("dead")
    assert endurance.reap() == 1
    assert state_of(row) == "READY"
    assert timezone.now() < row.run_after < timezone.now() + timedelta(minutes=1)
    assert endurance.reap() == 0


def test_what_a_living_worker_does_is_left_to_it(db):
    row = make_running("alive")
    heartbeat.beat("alive")
    assert endurance.reap() == 0
    assert state_of(row) == "RUNNING"


def test_a_worker_that_has_just_begun_is_given_time_to_be_heard_of(db):
    row = make_running("new", ago=timedelta(seconds=20))
    assert endurance.reap() == 0
    assert state_of(row) == "RUNNING"


def test_a_beat_from_a_future_that_no_clock_explains_is_none(db):
    Heartbeat.objects.create(name="dead", at=timezone.now() + timedelta(days=2))
    row = make_running("dead")
    assert endurance.reap() == 1
    assert state_of(row) == "READY"
    Heartbeat.objects.create(name=heartbeat.WORKER, at=timezone.now() + timedelta(days=2))
    assert not heartbeat.is_beating()


def test_a_task_that_kills_its_workers_is_given_up_in_words(db):
    row = make_running("one", "two", "three")
    assert endurance.reap() == 1
    assert state_of(row) == "FAILED"
    assert "Begun 3 times" in row.traceback


def test_a_worker_that_begins_anew_takes_up_its_own_at_once(db):
    row, other = make_running("me", ago=timedelta()), make_running("another", ago=timedelta())
    assert endurance.release("me") == 1
    assert (state_of(row), state_of(other)) == ("READY", "RUNNING")


def test_a_lock_is_waited_out_ever_more_patiently_and_health_forgets(db):
    waits, left, now = [], ["locked"] * 7 + ["healthy"] + ["locked"], [0.0]

    def work():
        what = left.pop(0) if left else None
        if what == "healthy":
            now[0] += endurance.HEALTHY
        if what:
            raise OperationalError("database is locked")
        return "done"

    assert endurance.enduring(work, wait=waits.append, clock=lambda: now[0]) == "done"
    assert waits == [1, 2, 4, 8, 16, 30, 30, 1, 2]


def test_other_faults_are_not_hidden():
    with pytest.raises(ZeroDivisionError):
        endurance.enduring(lambda: 1 // 0)


def test_the_pause_before_a_restart_falls_after_a_healthy_while(monkeypatch):
    class Dead:
        exitcode = 1

        def is_alive(self):
            return False

    site, said, now = serve.Site.__new__(serve.Site), [], [1000.0]
    monkeypatch.setattr(serve.time, "monotonic", lambda: now[0])
    site.pause, site.tasks_due, site.tasks_began, site.tasks, site.say = 1.0, 0.0, 1000.0, Dead(), said.append
    site.begin = lambda work: Dead()
    for lived in (0, 1, 1, serve.WELL, 1):
        now[0] += lived
        site.revive()
        now[0] = max(now[0], site.tasks_due)
        site.revive()
    assert [line.rpartition(" in ")[2] for line in said] == ["1 s.", "2 s.", "4 s.", "1 s.", "2 s."]


def test_nothing_piles_up(db):
    long_ago = timezone.now() - timedelta(days=100)
    for number in range(2):
        Session.objects.create(session_key=f"s{number}", expire_date=[long_ago, timezone.now() + LONG_AGO][number])
        about = {"user_agent": f"a{number}", "ip_address": "203.0.113.9", "username": "a"}
        AccessLog.objects.create(**about)
        AccessAttempt.objects.create(**about, get_data="", post_data="", failures_since_start=1)
        heartbeat.beat(f"w{number}")
        settle.enqueue()
    heartbeat.beat()
    for model in (AccessLog, AccessAttempt):
        model.objects.filter(user_agent="a0").update(attempt_time=long_ago)
    Heartbeat.objects.filter(name__in=["w0", "worker"]).update(at=long_ago)
    first = DBTaskResult.objects.first().pk
    DBTaskResult.objects.filter(pk=first).update(status="FAILED", finished_at=long_ago)
    assert endurance.sweep() == 5
    left = [m.objects.count() for m in (Session, AccessLog, AccessAttempt, DBTaskResult, Heartbeat)]
    assert left == [1, 1, 1, 1, 2]


@pytest.fixture
def own_signals():
    """What a worker does at a signal is taken back: this process is none."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_signals")
def test_a_worker_works_off_what_is_there(settings):
    settle.enqueue()
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, reload=False, interval=0)
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["SUCCESSFUL"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only a database in a file is locked whole")
def test_a_real_worker_outlives_a_real_lock(tmp_path, tables):
    """A process of its own, and a lock that another one holds for longer than it waits."""
    path = shutil.copy(tables, tmp_path / "tasks.sqlite3")
    given = os.environ | {
        "DJANGO_SETTINGS_MODULE": "medigy.settings",
        "DATABASE_URL": f"sqlite:///{path}?timeout=1",
    }
    run = {"cwd": ROOT, "env": given, "stderr": subprocess.STDOUT, "stdout": (tmp_path / "log").open("w")}
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        worker = subprocess.Popen([sys.executable, "manage.py", "db_worker", "--queue-name=*", "--no-reload"], **run)
        try:
            until = time.monotonic() + 60
            while "trying again" not in (tmp_path / "log").read_text():
                assert worker.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < until
                time.sleep(0.2)
            other.execute("COMMIT")
            while not other.execute("SELECT count(*) FROM curation_heartbeat").fetchone()[0]:
                assert worker.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < until
                time.sleep(0.2)
            assert worker.poll() is None
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait(20)
