"""Serving: where it may listen, and that one terminal begins, watches and ends everything."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from medigy import demo
from medigy.http import policies
from medigy.management.commands import serve as serve_command
from medigy.serving import checks, ready, serve
from tests import ROOT
from tests.servers import free_port


@pytest.mark.parametrize(
    ("given", "bind", "url"),
    [
        (("http://127.0.0.1:8000",), "127.0.0.1:8000", "http://127.0.0.1:8000"),
        (("http://127.0.0.1:8123",), "127.0.0.1:8123", "http://127.0.0.1:8123"),
        (("http://localhost",), "127.0.0.1:80", "http://localhost"),
        (("http://localhost:8000", "127.0.0.1:9000"), "127.0.0.1:9000", "http://localhost:8000"),
        (("http://[::1]:8000", "[::1]:8000"), "[::1]:8000", "http://[::1]:8000"),
        (("https://news.example.org",), "127.0.0.1:8000", "https://news.example.org"),
        (("https://news.example.org", "0.0.0.0:80"), "0.0.0.0:80", "https://news.example.org"),
    ],
)
def test_where_it_listens_follows_the_address_of_the_site(given, bind, url):
    where = serve.place(*given)
    assert (where.bind, where.url) == (bind, url)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (
            ("http://news.example.org",),
            "SITE_URL=http://news.example.org is neither https nor an address of this machine",
        ),
        (("http://0.0.0.0:8000",), "SITE_URL=http://0.0.0.0:8000 is neither https"),
        (("http://127.0.0.1:8000", "0.0.0.0:8000"), "BIND=0.0.0.0:8000 is open to others"),
        (("http://127.0.0.1:8000", "[::]:8000"), r"BIND=\[::\]:8000 is open to others"),
    ],
)
def test_it_refuses_to_send_passwords_in_the_open(given, named):
    with pytest.raises(serve.ServeError, match=named):
        serve.place(*given)


def test_the_command_refuses_in_one_sentence(settings):
    settings.SITE_URL = "http://news.example.org"
    with pytest.raises(CommandError, match="neither https nor an address of this machine"):
        call_command("serve")


def test_a_port_in_use_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            serve.ServeError, match=rf"Port {port} of 127.0.0.1 cannot be used .*make run PORT={port + 1}"
        ):
            serve.check_free(serve.place(f"http://127.0.0.1:{port}"))


def test_a_free_port_is_free():
    serve.check_free(serve.place(f"http://127.0.0.1:{free_port()}"))


class Running:
    """`manage.py serve` in a process group of its own, as a terminal would run it."""

    def __init__(self, folder, *options, **given):
        self.port, self.log = free_port(), folder / "log"
        self.url = f"http://127.0.0.1:{self.port}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "medigy.settings",
            "SITE_URL": "http://127.0.0.1:8000",
            "DATABASE_URL": f"sqlite:///{folder}/medigy.sqlite3",
            "STATIC_ROOT": str(folder / "static"),
            "DEBUG": "true",  # no collectstatic: its own test does that
            "WEB_WORKERS": "1",
            "PORT": str(self.port),
        }
        command = [sys.executable, "manage.py", "serve", *options]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment | given, stdout=log, stderr=log, start_new_session=True
            )

    def said(self):
        return self.log.read_text()

    def wait_for(self, pattern, seconds=60):
        until = time.monotonic() + seconds
        while not (found := re.search(pattern, self.said())):
            assert time.monotonic() < until, f"never said {pattern!r}:\n{self.said()}"
            assert self.process.poll() is None or re.search(pattern, self.said()), self.said()
            time.sleep(0.05)
        return found

    def status(self, path="/healthz"):
        with contextlib.suppress(urllib.error.URLError):
            return urllib.request.urlopen(self.url + path, timeout=10).status
        return None

    def children(self, parent=None):
        """Every process below the command: its children and theirs."""
        task = Path(f"/proc/{parent or self.process.pid}/task")
        below = [int(pid) for list_ in task.glob("*/children") for pid in list_.read_text().split()]
        return below + [pid for child in below for pid in self.children(child)]

    def family(self, seconds=20):
        """Every process below the command, once gunicorn has made its worker: it listens, and is announced, before."""
        until = time.monotonic() + seconds
        while len(found := self.children()) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        return found

    def child(self, name):
        """The process of that name right below the command, if it lives."""
        own = [pid for pid in self.children() if is_alive(pid)]
        return next((pid for pid in own if name == Path(f"/proc/{pid}/comm").read_text().strip()), None)

    def ends(self, number, seconds=30):
        """Send a signal to the foreground group, as the terminal does; gives the status and who is left."""
        family = self.family()
        assert len(family) >= 3  # gunicorn, its worker, the task worker
        os.killpg(self.process.pid, number)
        status = self.process.wait(seconds)
        until = time.monotonic() + 10
        while any(is_alive(pid) for pid in family) and time.monotonic() < until:
            time.sleep(0.05)
        return status, [pid for pid in family if is_alive(pid)]


def is_alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="/proc is not on this machine")


@pytest.fixture
def site(tmp_path, tables):
    """A served, empty newsroom."""
    shutil.copy(tables, tmp_path / "medigy.sqlite3")
    running = Running(tmp_path, "--set-up", "--no-demo")
    running.wait_for(r"Medigy is at")
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGTERM)
        running.process.wait(30)


@needs_proc
def test_one_terminal_begins_everything_and_ctrl_c_ends_it(site):
    assert site.status() == 200
    link = site.wait_for(r"http://127\.0\.0\.1:(\d+)/welcome/\S+")
    assert int(link[1]) == site.port
    assert site.status(link[0].removeprefix(site.url)) == 200
    assert site.ends(signal.SIGINT) == (0, [])
    assert site.status() is None
    serve.check_free(serve.place(site.url))


@needs_proc
def test_the_way_in_and_the_address_are_the_last_that_is_said(site):
    assert site.status() == 200
    said = [line.strip() for line in site.said().splitlines() if line.strip() and "medigy.requests" not in line]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/welcome/\S+", said[-2])
    assert said[-1].startswith(f"Medigy is at {site.url}/ and its desk at {site.url}/admin/.")


def closing(*, demo):
    where = serve.place("http://127.0.0.1:8123")
    return "\n".join(serve_command.Command().closing_words(where, demo=demo))


def test_sign_ins_of_a_demo_close_the_start_and_without_one_it_says_what_stays(db, monkeypatch):
    User.objects.create_superuser("oriel", f"oriel{checks.DEMO_ADDRESS}", "kavo-runi-desa-milu")
    monkeypatch.setattr(demo, "sign_ins", lambda: [demo.SignIn("oriel", "kavo-runi-desa-milu", "Administrator")])
    assert re.search(r"(?m)^    oriel +kavo-runi-desa-milu +Administrator$", closing(demo=True))
    assert "DEMO=0" not in closing(demo=True)
    kept = closing(demo=False)
    assert kept.startswith("DEMO=0 fills no demo newsroom and removes none: the one from an earlier start is")
    assert "manage.py demo --remove" in kept
    assert "kavo-runi-desa-milu" in kept


def test_without_any_demo_nothing_is_said_of_one(db):
    User.objects.create_superuser("anna", "anna@example.org", "kavo-runi-desa-milu")
    assert closing(demo=False) == closing(demo=True) == ""


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_or_a_service_manager_ends_everything_too(site, number):
    assert site.ends(number) == (0, [])


@needs_proc
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_nobody_is_left_even_when_it_is_killed(site):
    assert site.ends(signal.SIGKILL) == (-signal.SIGKILL, [])


@needs_proc
def test_a_task_worker_that_dies_is_started_again(site):
    os.kill(site.child("medigy-tasks"), signal.SIGKILL)
    site.wait_for(r"The task worker ended by itself \(status -9\); it starts again in 1 s\.")
    until = time.monotonic() + 20
    while site.child("medigy-tasks") is None:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert site.status() == 200


@needs_proc
def test_the_end_of_the_web_server_is_the_end_of_all(site):
    os.kill(site.child("medigy-web"), signal.SIGKILL)
    assert site.process.wait(30) == 1
    assert "The web server ended by itself (status -9), so everything ends." in site.said()


@pytest.mark.parametrize(
    ("site_url", "bind", "port", "then"),
    [
        ("http://127.0.0.1:8000", None, 8123, ("http://127.0.0.1:8123", "127.0.0.1:8123")),
        ("http://localhost", "127.0.0.1:8000", 8123, ("http://localhost:8123", "127.0.0.1:8123")),
        ("http://[::1]", "[::1]:8000", 8123, ("http://[::1]:8123", "[::1]:8123")),
        ("http://[::1]:8000", None, None, ("http://[::1]:8000", None)),
        ("https://news.example.org", "0.0.0.0:80", 8123, ("https://news.example.org", "0.0.0.0:8123")),
    ],
)
def test_a_port_by_itself_moves_the_site(site_url, bind, port, then):
    assert (policies.site_at(site_url, port), policies.bind_at(bind, port)) == then


def test_tables_are_made_when_they_are_not_there_and_only_then(db, monkeypatch):
    said, run = [], []
    monkeypatch.setattr(ready, "call_command", lambda *args, **given: run.append(args))
    ready.migrate(said.append)
    assert (said, run) == ([], [])
    monkeypatch.setattr(ready.health, "unapplied", lambda: ["0001_initial"])
    ready.migrate(said.append)
    assert (said, run) == (["Preparing the database: 1 migrations …"], [("migrate",)])


def test_a_newsroom_with_a_person_in_it_is_not_empty(db):
    assert ready.is_empty()
    User.objects.create_user("ada")
    assert not ready.is_empty()


def test_static_files_are_collected_when_they_changed_and_only_then(tmp_path, settings):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.css").write_text("p { color: red }")
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "root", [own]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    said = []
    for _ in range(2):
        ready.collect(said.append)
    assert len(said) == 1
    assert (tmp_path / "root/staticfiles.json").exists()
    (own / "a.css").write_text("p { color: blue; }")
    ready.collect(said.append)
    assert len(said) == 2


def test_a_second_start_finds_out_with_a_few_questions_that_nothing_is_to_do(
    db, tmp_path, settings, monkeypatch, django_assert_max_num_queries
):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / ".collected").write_text(ready.static_digest())
    said, run = [], []
    monkeypatch.setattr(ready, "call_command", lambda *args, **given: run.append(args))
    with django_assert_max_num_queries(6):
        ready.migrate(said.append)
        ready.is_empty()
        ready.collect(said.append)
    assert (said, run) == ([], [])
