"""A whole site in one terminal: gunicorn and the task worker, begun together, watched, and ended together."""

import ctypes
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from curation.publishing import counts
from medigy.environment import is_loopback
from medigy.serving.charset import in_utf8

from . import endurance, web

PATIENCE = 15  # seconds a child may take to end when asked
WELL = 120  # seconds of work after which a task worker's end is a first one again
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ServeError(Exception):
    """A reason why the site must not or cannot start here, in one sentence."""


@dataclass(frozen=True)
class Place:
    """An address to listen on, and the one people open."""

    host: str
    port: int
    url: str

    @property
    def bind(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def family(self):
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    @property
    def address(self) -> tuple[str, int]:
        """The pair that ``socket`` takes; a place that listens everywhere is reached on this machine too."""
        return self.host.strip("[]"), self.port


def place(site_url: str, bind: str | None = None) -> Place:
    """Return where to listen for a site with this address: at ``bind``, else at 127.0.0.1 and the port of the address.

    Raises ``ServeError`` where passwords would cross a network in the open: SITE_URL must be https, which a proxy
    ends, or an address of this machine that is also listened on there alone.
    """
    secure, at_home = site_url.startswith("https://"), is_loopback(site_url)
    if not (secure or at_home):
        raise ServeError(
            f"SITE_URL={site_url} is neither https nor an address of this machine: passwords would travel in the open. "
            "Set SITE_URL=https://… and put a proxy that ends TLS in front, or SITE_URL=http://127.0.0.1:8000."
        )
    host, _, port = (bind or f"127.0.0.1:{8000 if secure else urlsplit(site_url).port or 80}").rpartition(":")
    if not secure and not is_loopback(f"http://{host}"):
        raise ServeError(f"BIND={bind} is open to others, but SITE_URL={site_url} has no TLS. Set BIND=127.0.0.1:8000.")
    return Place(host, int(port), site_url)


def check_free(where: Place) -> None:
    """Raise ``ServeError`` if something else listens there."""
    with socket.socket(where.family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where.address)
        except OSError as refused:
            raise ServeError(
                f"Port {where.port} of {where.host} cannot be used ({refused.strerror.lower()}). "
                f"End what listens there, or take another: make run PORT={max(where.port + 1, 8000)}"
            ) from None


class Site:
    """The web server and the task worker of one place, forked from a process that has everything loaded.

    The web server's end is the end of all; the worker, which can lose nothing but time, is started again, ever more
    patiently. Children live in process groups of their own, so that Ctrl-C reaches them once, through here.
    ``closing`` is said right above the address, which is the last line of the start.
    """

    def __init__(self, where: Place, say, closing: str = ""):
        self.where, self.say, self.closing = where, say, closing
        self.application = in_utf8(get_wsgi_application())
        import_module(settings.ROOT_URLCONF)  # every view is read before the forks, and once
        self.stop = threading.Event()
        self.web = self.tasks = None
        self.pause, self.tasks_due, self.tasks_began = 1.0, 0.0, 0.0

    def run(self) -> int:
        """Serve until asked to end (0) or until the web server ends by itself (1)."""
        for number in ENDING:
            signal.signal(number, self.asked)
        try:
            self.web, self.tasks = self.begin(serve_web), self.begin(do_tasks)
            self.tasks_began = time.monotonic()
            self.announce()
            while not self.stop.wait(0.2):
                if not self.web.is_alive():
                    self.say(f"The web server ended by itself (status {self.web.exitcode}), so everything ends.")
                    return 1
                self.revive()
            return 0
        finally:
            self.end()

    def asked(self, number, frame):
        """End the site at the first signal with patience, at the second without."""
        if self.stop.is_set():
            self.kill()
        self.stop.set()

    def begin(self, work):
        forget_connections()
        child = multiprocessing.get_context("fork").Process(target=alone, args=(work, self.where, self.application))
        child.start()
        return child

    def announce(self):
        """Print the address as soon as it answers."""
        while self.web.is_alive() and not self.stop.wait(0.05):
            with socket.socket(self.where.family) as probe:
                if probe.connect_ex(self.where.address) == 0:
                    if self.closing:
                        self.say(self.closing)
                    self.say(f"Medigy is at {self.where.url}/ and its desk at {self.where.url}/admin/. Ctrl-C ends it.")
                    return

    def revive(self):
        """Start the task worker again if it has ended: after a second, then two, up to a minute.

        One that has worked well for a while begins anew with a second.
        """
        if self.tasks.is_alive():
            return
        if not self.tasks_due:
            if time.monotonic() - self.tasks_began >= WELL:
                self.pause = 1.0
            said = f"The task worker ended by itself (status {self.tasks.exitcode})"
            self.say(f"{said}; it starts again in {self.pause:.0f} s.")
            self.tasks_due = time.monotonic() + self.pause
        elif time.monotonic() >= self.tasks_due:
            self.pause, self.tasks_due = min(self.pause * 2, 60.0), 0.0
            self.tasks, self.tasks_began = self.begin(do_tasks), time.monotonic()

    def end(self):
        """Ask both to end, wait, and leave nobody behind."""
        running = [child for child in (self.web, self.tasks) if child]
        for child in running:
            child.terminate()
        until = time.monotonic() + PATIENCE
        for child in running:
            child.join(max(0.0, until - time.monotonic()))
        self.kill()
        for child in running:
            child.join()

    def kill(self):
        """End whatever is left of both groups at once."""
        for child in (self.web, self.tasks):
            if child and child.is_alive():
                os.killpg(child.pid, signal.SIGKILL)


class WebServer(BaseApplication):
    """gunicorn with the settings of ``web``, on an application that is loaded already."""

    def __init__(self, where: Place, application):
        self.where, self.application = where, application
        super().__init__()

    def load_config(self):
        for name, value in vars(web).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("bind", self.where.bind)

    def load(self):
        return self.application


def serve_web(where: Place, application) -> None:
    WebServer(where, application).run()


def do_tasks(where: Place, application) -> None:
    endurance.enduring(counts.settle)  # an import that was killed leaves Editions uncounted
    call_command("db_worker", queue_name="*", startup_delay=False, reload=False)


def alone(work, *given) -> None:
    """Set up a child: a group and a name of its own, signals as they come, and an end when the parent is gone.

    Only Linux tells a child that its parent was killed.
    """
    os.setpgid(0, 0)
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        set_parent_death_signal, set_name = 1, 15
        libc = ctypes.CDLL(None)
        libc.prctl(set_parent_death_signal, signal.SIGTERM)
        libc.prctl(set_name, f"medigy-{work.__name__.rpartition('_')[2]}".encode())
    work(*given)


def forget_connections() -> None:
    """Forget all connections before a fork: none, and no pool, may be shared by two processes."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
