"""Who sends too slowly loses the connection, and nobody else waits for it."""

import socket

import pytest

from medigy.serving import web, workers


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    clock = Clock()
    with ours, theirs:
        yield workers.Hurried(ours, clock), theirs, clock


def test_gunicorn_runs_this_worker():
    assert web.worker_class == f"{workers.PatientWorker.__module__}.{workers.PatientWorker.__qualname__}"


def test_what_comes_in_time_is_received(ends):
    ours, theirs, _ = ends
    theirs.sendall(b"GET")
    assert ours.recv(10) == b"GET"
    ours.sendall(b"200")
    assert theirs.recv(10) == b"200"
    assert ours.gettimeout() is None


def test_byte_by_byte_does_not_buy_time(ends):
    ours, theirs, clock = ends
    for _ in range(workers.HEAD):
        theirs.sendall(b"x")
        assert ours.recv(1) == b"x"
        clock.now += 1
    theirs.sendall(b"x")
    with pytest.raises(ConnectionResetError):
        ours.recv(1)


def test_a_body_has_the_time_that_its_length_is_worth(ends):
    ours, theirs, clock = ends
    ours.expect(1_000_000)
    clock.now += workers.BODY + 1_000_000 / workers.SPEED - 1
    theirs.sendall(b"x")
    assert ours.recv(1) == b"x"
    clock.now += 1
    with pytest.raises(ConnectionResetError):
        ours.recv(1)


def test_silence_ends_as_well(ends):
    ours, _, clock = ends
    ours.until = clock.now + 0.01
    with pytest.raises(ConnectionResetError):
        ours.recv(1)


def test_a_shorter_patience_of_gunicorns_own_is_kept(ends):
    ours, _, _ = ends
    ours.settimeout(0.01)
    with pytest.raises(TimeoutError):
        ours.recv(1)
    assert ours.gettimeout() == 0.01


def test_who_takes_nothing_is_left(ends, monkeypatch):
    monkeypatch.setattr(workers, "TAKING", 0.01)
    with pytest.raises(ConnectionResetError):
        ends[0].sendall(b"x" * 50_000_000)
