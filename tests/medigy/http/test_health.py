"""Health and the small files: cheap, silent about details, and honest when the database is away."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from medigy.http import health
from tests import ROOT

WELL = {"database": "ok", "migrations": "ok", "worker": "ok"}


def asked(client, **given):
    answer = client.get("/healthz", **given)
    return answer.status_code, json.loads(answer.content)


def make_task(minutes_old, **given):
    task = DBTaskResult.objects.create(
        task_path="none.at.all", args_kwargs={}, backend_name="default", run_after=timezone.now(), **given
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(minutes=minutes_old))


def test_all_is_well(client, db):
    assert asked(client) == (200, WELL)


def test_it_is_cheap_once_the_tables_are_known_to_be_right(client, db, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(2):
        assert asked(client) == (200, WELL)


def test_it_answers_whatever_the_host_and_never_redirects(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert asked(Client(), headers={"host": "10.0.0.7:8000"}) == (200, WELL)


def test_a_database_that_is_away_is_a_503_without_a_word_of_why(client, db, monkeypatch):
    def away(*args):
        raise DatabaseError("password authentication failed for user medigy at db.internal")

    monkeypatch.setattr(health, "is_migrated", away)
    answer = client.get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (503, {"database": "away"})


def test_a_database_that_really_is_away_is_a_503(tmp_path):
    home = tmp_path / "gone"
    code = (
        "import django; django.setup(); import shutil; from django.test import Client; "
        f"shutil.rmtree({str(home)!r}); answer = Client().get('/healthz'); print(answer.status_code, answer.text)"
    )
    given = os.environ | {
        "DATABASE_URL": f"sqlite:///{home}/medigy.sqlite3",
        "DJANGO_SETTINGS_MODULE": "medigy.settings",
    }
    done = subprocess.run([sys.executable, "-c", code], env=given, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=1) == ["503", '{"database": "away"}\n\n']
    assert "The database does not answer" in done.stderr


def test_a_release_whose_tables_are_not_there_yet_is_a_503(client, db, monkeypatch):
    monkeypatch.setattr(health, "unapplied", lambda: ["0002_next"])
    assert asked(client) == (503, WELL | {"migrations": "behind"})


@pytest.mark.parametrize(("minutes", "worker"), [(1, "ok"), (11, "late")])
def test_a_task_that_waits_too_long_says_that_the_worker_is_late(client, db, minutes, worker):
    make_task(minutes)
    assert asked(client) == (200, WELL | {"worker": worker})


def test_a_task_that_is_done_or_due_tomorrow_is_not_late(client, db):
    make_task(60, status="SUCCESSFUL")
    make_task(60)
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() + timedelta(days=1))
    assert asked(client) == (200, WELL)


def test_nothing_is_kept_by_caches_and_nothing_is_told_of_the_machine(client, db):
    answer = client.get("/healthz")
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(json.loads(answer.content)) == {"database", "migrations", "worker"}


def test_the_pending_migrations_are_those_of_the_files(db):
    assert health.unapplied() == []


def test_security_txt_is_never_out_of_date(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:holes@example.org"
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:holes@example.org"
    assert lines["Canonical"] == "http://localhost/.well-known/security.txt"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < left < timedelta(days=365)  # RFC 9116 asks for less than a year


def test_security_txt_is_read_and_nothing_else(client, db):
    assert client.post("/.well-known/security.txt").status_code == 405
