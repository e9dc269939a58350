"""A whole site in one terminal: gunicorn and the task worker, begun together, watched, and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from .environment import is_loopback

PATIENCE = 15  # seconds a child may take to end when asked
WEB = ("-m", "gunicorn", "-c", "python:medigy.web", "medigy.wsgi:application")
TASKS = ("manage.py", "db_worker", "--queue-name", "*", "--no-startup-delay", "--no-reload")


class CannotServe(Exception):
    """Why the site must not or cannot start here, in one sentence."""


@dataclass(frozen=True)
class Place:
    """Where the server listens, and the address people open."""

    host: str
    port: int
    url: str

    @property
    def bind(self) -> str:
        return f"{self.host}:{self.port}"


def place(site_url: str, bind: str | None = None, port: int | None = None) -> Place:
    """Where to listen for a site with this address.

    A port given by itself wins over the one in ``bind``; on a loopback address it becomes the port of the site's
    address too. Raises ``CannotServe`` where passwords would cross a network in the open: SITE_URL must be https, which
    a proxy ends, or an address of this machine that is also listened on there alone.
    """
    secure, at_home = site_url.startswith("https://"), is_loopback(site_url)
    if not (secure or at_home):
        raise CannotServe(
            f"SITE_URL={site_url} is neither https nor an address of this machine: passwords would travel in the open. "
            "Set SITE_URL=https://… and put a proxy that ends TLS in front, or SITE_URL=http://127.0.0.1:8000."
        )
    parts = urlsplit(site_url)
    host, _, bound = (bind or f"127.0.0.1:{(not secure and parts.port) or 8000}").rpartition(":")
    if not secure and not is_loopback(f"http://{host}"):
        raise CannotServe(
            f"BIND={bind} is open to others, but SITE_URL={site_url} is without TLS. Set BIND=127.0.0.1:8000."
        )
    listens = port or int(bound)
    url = site_url if secure else f"http://{parts.netloc.removesuffix(f':{parts.port}')}:{listens}"
    return Place(host, listens, url)


def check_free(where: Place) -> None:
    """Raise ``CannotServe`` if something else listens there."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where.host.strip("[]"), where.port))
        except OSError as refused:
            raise CannotServe(
                f"Port {where.port} of {where.host} cannot be used ({refused.strerror.lower()}). "
                f"End what listens there, or take another: make run PORT={where.port + 1}"
            ) from None


class Site:
    """The web server and the task worker of one place.

    The web server's end is the end of all; the worker, which can lose nothing but time, is started again, ever more
    patiently. Children live in process groups of their own, so that Ctrl-C reaches them once, through here.
    """

    def __init__(self, where: Place, say):
        self.where, self.say = where, say
        self.env = os.environ | {"SITE_URL": where.url, "BIND": where.bind, "PYTHONUNBUFFERED": "1"}
        self.env.pop("PORT", None)
        self.stop = threading.Event()
        self.web = self.tasks = None
        self.pause, self.tasks_due = 1.0, 0.0

    def run(self) -> int:
        """Serve until asked to end (0) or until the web server ends by itself (1)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.asked)
        try:
            self.web, self.tasks = self.begin(WEB), self.begin(TASKS)
            self.announce()
            while not self.stop.wait(0.2):
                if self.web.poll() is not None:
                    self.say(f"The web server ended by itself (status {self.web.returncode}), so everything ends.")
                    return 1
                self.revive()
            return 0
        finally:
            self.end()

    def asked(self, number, frame):
        """The first signal ends the site with patience, the second without."""
        if self.stop.is_set():
            self.kill()
        self.stop.set()

    def begin(self, arguments):
        return subprocess.Popen([sys.executable, *arguments], env=self.env, process_group=0, preexec_fn=end_with_parent)

    def announce(self):
        """Say the address as soon as it answers."""
        while self.web.poll() is None and not self.stop.wait(0.05):
            with socket.socket(socket.AF_INET6 if ":" in self.where.host else socket.AF_INET) as probe:
                if probe.connect_ex((self.where.host.strip("[]"), self.where.port)) == 0:
                    self.say(f"Medigy is at {self.where.url}/ and its desk at {self.where.url}/admin/. Ctrl-C ends it.")
                    return

    def revive(self):
        """Start the task worker again if it has ended: after a second, then two, up to a minute."""
        if self.tasks.poll() is None:
            return
        if not self.tasks_due:
            said = f"The task worker ended by itself (status {self.tasks.returncode})"
            self.say(f"{said}; it starts again in {self.pause:.0f} s.")
            self.tasks_due = time.monotonic() + self.pause
        elif time.monotonic() >= self.tasks_due:
            self.pause, self.tasks_due = min(self.pause * 2, 60.0), 0.0
            self.tasks = self.begin(TASKS)

    def end(self):
        """Ask both to end, wait, and leave nobody behind."""
        running = [child for child in (self.web, self.tasks) if child]
        for child in running:
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + PATIENCE
        while any(child.poll() is None for child in running) and time.monotonic() < until:
            time.sleep(0.05)
        self.kill()
        for child in running:
            child.wait()

    def kill(self):
        """End whatever is left of both groups at once."""
        for child in (self.web, self.tasks):
            if child and child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


def end_with_parent():
    """In a child: be asked to end when the parent is gone, even by SIGKILL. Only Linux knows how."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
