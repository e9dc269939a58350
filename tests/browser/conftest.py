"""What every journey stands on: names lead to a site of the tests' own, and nothing else leaves this machine."""

import socket
import threading
import time

import pytest
from django.core.signals import request_finished, request_started

from tests.curation.harvest import sites

HERE = {"localhost", "127.0.0.1", "::1", None}


QUIET = 0.05  # seconds in which a browser that was closed sends its last words


class Open:
    """How many requests the server is answering, and since when it is answering none."""

    def __init__(self):
        self.lock, self.count, self.since = threading.Lock(), 0, time.monotonic()

    def begin(self, **given):
        with self.lock:
            self.count += 1

    def end(self, **given):
        with self.lock:
            self.count, self.since = self.count - 1, time.monotonic()

    @property
    def is_quiet(self):
        return self.count <= 0 and time.monotonic() - self.since > QUIET


@pytest.fixture(autouse=True)
def _answered(transactional_db):
    """The tables are emptied when every request has its answer: PostgreSQL calls the two a deadlock otherwise."""
    requests = Open()
    request_started.connect(requests.begin)
    request_finished.connect(requests.end)
    yield
    until = time.monotonic() + 10
    while not requests.is_quiet and time.monotonic() < until:
        time.sleep(0.01)
    request_started.disconnect(requests.begin)
    request_finished.disconnect(requests.end)


@pytest.fixture
def calm(page):
    """The browser of somebody who asked for less motion: nothing has to be waited for."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def refusing(page):
    """A browser logs every answer that is not one; where a journey is about those, they are no complaints."""
    yield
    page.complaints[:] = [words for words in page.complaints if not words.startswith("Failed to load resource")]


@pytest.fixture(autouse=True)
def source(monkeypatch):
    """The site behind the names that ``fetch`` may resolve; any other name is unknown."""
    site = sites.Site()
    table = sites.Internet(site)
    resolve, connect = socket.getaddrinfo, socket.socket.connect
    public = {address for addresses in table.names.values() for address in addresses}

    def resolved(host, *args, **given):
        if host not in table.names and host not in HERE:
            raise socket.gaierror(socket.EAI_NONAME, "unknown in a test")
        return table.resolve(resolve, host, *args, **given) if host in table.names else resolve(host, *args, **given)

    def connected(line, sockaddr):
        ours = isinstance(sockaddr, tuple) and sockaddr[0] in public
        return table.connect(connect, line, sockaddr) if ours else connect(line, sockaddr)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", connected)
    yield site
    site.close()
