"""Log lines: one shape, the request's id, no query strings, no one-time links."""

import json
import logging
import logging.config
import sys

import pytest
from django.test import Client

from medigy.http import logs
from medigy.management.commands import db_worker


def record(message, *args, **extra):
    made = logging.LogRecord("medigy.requests", logging.INFO, __file__, 1, message, args, None)
    made.__dict__.update(extra)
    return made


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /admin/login/?next=/admin/&token=s3cr3t", "GET /admin/login/"),
        ('"GET /news/?q=heart HTTP/1.1" 200', '"GET /news/ HTTP/1.1" 200'),
        ("GET /welcome/MQ/abc123-deadbeef/", "GET /welcome/…"),
        ("Is it well? It is.", "Is it well It is."),
        ("Nothing to hide", "Nothing to hide"),
    ],
)
def test_what_might_be_secret_is_left_out(said, kept):
    assert logs.clean(said) == kept


def test_a_json_line_holds_facts_and_the_request():
    told = logs.request_id.set("0123456789abcdef")
    try:
        line = json.loads(logs.Json().format(record("GET %s", "/x?token=1", facts={"status": 200, "ms": 1.5})))
    finally:
        logs.request_id.reset(told)
    del line["time"]
    assert line == {
        "level": "INFO",
        "logger": "medigy.requests",
        "message": "GET /x",
        "status": 200,
        "ms": 1.5,
        "request": "0123456789abcdef",
    }


def test_a_json_line_is_one_line_with_the_traceback_inside():
    try:
        raise ValueError("two\nlines")
    except ValueError:
        made = record("It broke")
        made.exc_info = sys.exc_info()
    line = logs.Json().format(made)
    assert "\n" not in line
    assert "ValueError: two\nlines" in json.loads(line)["traceback"]


def test_a_readable_line_ends_with_its_facts():
    assert logs.Line().format(record("GET /", facts={"status": 200})).endswith("medigy.requests: GET / status=200")


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\x0b", "\x1b[2J", "\x85", "\x9b", "\u2028", "\u202e", "\u200f", "\ufeff", "\udc80"]
)
@pytest.mark.parametrize("shape", [logs.Line, logs.Json])
def test_what_a_stranger_asks_for_is_one_line_and_moves_no_terminal(shape, sign):
    said = shape().format(record("GET %s", f"/a{sign}2026-01-01 00:00:00 INFO all is well", facts={"at": f"x{sign}y"}))
    assert sign[0] not in said
    assert len(said.splitlines()) == 1
    assert "/a" in said
    assert "all is well" in said


def test_no_line_of_a_traceback_passes_for_one_of_the_log():
    try:
        raise ValueError("two\n2026-01-01 00:00:00 INFO all is well")
    except ValueError:
        made = record("It broke")
        made.exc_info = sys.exc_info()
    first, *others = logs.Line().format(made).splitlines()
    assert first.endswith("It broke")
    assert others
    assert all(line.startswith("    ") for line in others)


@pytest.mark.parametrize("as_json", [True, False])
def test_the_configuration_is_one_that_logging_takes(as_json):
    formatter = logs.configuration("INFO", as_json=as_json)["formatters"]["line"]["()"]
    assert formatter == ("medigy.http.logs.Json" if as_json else "medigy.http.logs.Line")


def test_each_request_is_one_line_without_its_query(db, settings, caplog):
    settings.LOG_REQUESTS = True
    caplog.set_level("INFO", "medigy.requests")
    answer = Client().get("/.well-known/security.txt?secret=1", headers={"x-request-id": "0123456789abcdef"})
    lines = [line for line in caplog.records if line.name == "medigy.requests"]
    assert [line.getMessage() for line in lines] == ["GET /.well-known/security.txt"]
    assert lines[0].facts["status"] == answer.status_code == 200
    assert lines[0].facts["ms"] >= 0


def test_health_is_asked_too_often_to_be_logged(db, settings, caplog):
    settings.LOG_REQUESTS = True
    caplog.set_level("INFO", "medigy.requests")
    Client().get("/healthz")
    assert [line for line in caplog.records if line.name == "medigy.requests"] == []


@pytest.mark.parametrize(("path", "lines"), [("/static/css/site.css", 0), ("/static/css/none.css", 1)])
def test_a_file_that_was_there_is_no_line_and_one_that_was_not_is(db, settings, caplog, path, lines):
    settings.LOG_REQUESTS = settings.DEBUG = True
    caplog.set_level("INFO", "medigy.requests")
    Client().get(path)
    assert len([line for line in caplog.records if line.name == "medigy.requests"]) == lines


@pytest.mark.parametrize("name", ["django.tasks", "django_tasks_db", "gunicorn"])
@pytest.mark.parametrize(("asked", "level"), [("INFO", "WARNING"), ("DEBUG", "DEBUG")])
def test_the_servers_say_what_is_amiss_and_not_each_task(name, asked, level):
    assert logs.configuration(asked, as_json=False)["loggers"][name] == {"level": level}


def test_the_task_worker_leaves_the_levels_as_they_are_set():
    loggers = [logging.getLogger(name) for name in ("django.tasks", "django_tasks_db")]
    before = [one.level for one in loggers]
    db_worker.Command().configure_logging(1)
    assert [one.level for one in loggers] == before
