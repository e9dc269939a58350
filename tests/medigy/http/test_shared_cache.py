"""A shared cache is a help and no need: away, slow or full, pages are shown; back, it helps again."""

import logging
import socket
import threading

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from medigy.http import shared_cache
from tests import servers
from tests.factories import make_published

AWAY = {"database": "ok", "migrations": "ok", "worker": "ok", "cache": "away"}


@pytest.fixture
def cache_at(settings, monkeypatch):
    """A function that points the cache at an address nobody or somebody listens on."""
    monkeypatch.setattr(shared_cache.DispensableCache, "outages", {})

    def at(url):
        settings.CACHES = {"default": {"BACKEND": "medigy.http.shared_cache.DispensableCache", "LOCATION": url}}

    return at


@pytest.fixture
def no_cache(cache_at):
    cache_at(f"redis://127.0.0.1:{servers.free_port()}/0")


def test_without_the_server_every_call_gives_what_an_empty_cache_gives(no_cache):
    assert cache.get("a") is None
    assert cache.get("a", 7) == 7
    assert cache.get_many(["a", "b"]) == {}
    assert cache.get_or_set("a", lambda: 8) == 8
    assert (cache.set("a", 1), cache.set_many({"a": 1}), cache.delete("a")) == (None, ["a"], False)
    assert (cache.has_key("a"), "a" in cache, cache.touch("a"), cache.add("a", 1)) == (False, False, False, False)
    assert (cache.incr("a"), cache.decr("b"), cache.clear(), cache.delete_many(["a"])) == (1, -1, False, None)


@pytest.mark.parametrize("path", ["/", "/news/", "/topic/", "/news/feed.xml", "/news/?q=word", "/search/?q=a"])
def test_readers_pages_are_shown_without_the_cache(client, db, no_cache, path):
    make_published()
    assert client.get(path).status_code in (200, 404)


@pytest.mark.parametrize("name", ["admin:curation_article_changelist", "admin:index", "admin:curation_article_add"])
def test_the_desk_works_without_the_cache(client, manager, no_cache, name):
    client.force_login(manager)
    assert client.get(reverse(name)).status_code == 200


def test_health_says_what_is_away_and_goes_on(client, db, no_cache):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, AWAY)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, AWAY | {"disk": "ok", "state": "degraded"})


def test_a_local_cache_is_never_away(client, db):
    assert client.get("/readyz").json() == {
        "database": "ok",
        "migrations": "ok",
        "worker": "ok",
        "disk": "ok",
        "state": "ok",
    }


def test_signing_in_is_throttled_without_the_cache(db, no_cache):
    User.objects.create_superuser("ada", password="correct-horse-9")
    given = {"username": "ada", "password": "wrong-horse-9"}
    tries = [Client().post(reverse("admin:login"), given).status_code for _ in range(5)]
    assert tries == [200, 200, 200, 200, 429]


def test_it_is_said_once_a_minute_and_asked_every_five_seconds(caplog):
    now = [100.0]
    outage = shared_cache.Outage(clock=lambda: now[0])
    with caplog.at_level(logging.WARNING):
        for _ in range(50):
            assert not outage.is_on()
            outage.begins(OSError())
            assert outage.is_on()
            now[0] += shared_cache.PAUSE
    said = [record.getMessage() for record in caplog.records]
    assert said == ["The cache does not answer (OSError): pages do without"] * 5
    outage.ends()
    assert caplog.records[-1].getMessage() == "The cache answers again"
    assert not outage.is_on()


def test_a_clock_that_jumps_back_leaves_no_cache_aside_for_long():
    assert shared_cache.Outage().clock is shared_cache.time.monotonic


@pytest.mark.redis
def test_a_killed_server_is_done_without_and_found_again(client, db, cache_at, monkeypatch):
    make_published()
    monkeypatch.setattr(shared_cache, "PAUSE", 0)
    try:
        server, port = servers.program("redis-server"), servers.free_port()
    except servers.MissingError as lack:
        pytest.skip(str(lack))
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    cache_at(f"redis://127.0.0.1:{port}/0")

    def seen():
        cache.set("kept", "here", 60)
        return client.get("/news/").status_code, client.get("/healthz").json()["cache"], cache.get("kept")

    with servers.running(command, lambda: servers.is_open(port)):
        assert seen() == (200, "ok", "here")
    assert seen() == (200, "away", None)
    with servers.running(command, lambda: servers.is_open(port)):
        assert seen() == (200, "ok", "here")


def test_a_server_that_hangs_is_given_up_and_left_alone(client, db, cache_at):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cache_at(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        assert client.get("/news/").status_code == 200
        assert cache.outage.is_on()


def test_a_server_that_refuses_to_write_is_done_without(cache_at):
    """As Redis does when its memory is full, or its disk."""
    with socket.create_server(("127.0.0.1", 0)) as full:

        def refuse():
            peer, _ = full.accept()
            with peer:
                while peer.recv(4096):
                    peer.sendall(b"-OOM command not allowed when used memory > 'maxmemory'.\r\n" * 3)

        threading.Thread(target=refuse, daemon=True).start()
        cache_at(f"redis://127.0.0.1:{full.getsockname()[1]}/0")
        assert cache.set("a", 1) is None
