"""Throw-away servers for tests: `python -m tests.servers COMMAND…` runs a command beside its own PostgreSQL and Redis.

Each lives in a folder of its own under /tmp, listens to nobody else, writes nothing that must last, and ends with us.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NO_TESTS = 5  # pytest's status when a selection is empty


class MissingError(Exception):
    """A program that this machine lacks; the words say which."""


def program(name, *folders):
    """The path of a program on PATH or in one of the folders (globs, newest last); raises ``MissingError``."""
    found = [str(path) for pattern in folders for path in sorted(Path("/").glob(pattern.lstrip("/")))]
    path = shutil.which(name) or (found[-1] if found else None)
    if path is None:
        raise MissingError(f"{name} is not on this machine")
    return path


def postgres_program(name):
    return program(name, f"/usr/lib/postgresql/*/bin/{name}", f"/opt/homebrew/opt/postgresql*/bin/{name}")


@contextlib.contextmanager
def folder(owner=None):
    """A new folder, given to a user, gone afterwards."""
    path = tempfile.mkdtemp(prefix="medigy-", dir="/tmp" if os.path.isdir("/tmp") else None)
    try:
        if owner:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def running(command, is_up, ends_with=signal.SIGTERM, **given):
    """A server that answers before the block begins and has ended after it."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **given) as server:
        try:
            until = time.monotonic() + 30
            while not is_up():
                if server.poll() is not None or time.monotonic() > until:
                    server.kill()
                    raise RuntimeError(f"{command[0]} did not start: {server.stderr.read()[-2000:]}")
                time.sleep(0.05)
            yield
        finally:
            server.send_signal(ends_with)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


@contextlib.contextmanager
def postgres():
    """The address of an empty PostgreSQL on a socket of its own. Raises ``MissingError``. Takes about 2 s."""
    initdb, server = postgres_program("initdb"), postgres_program("postgres")
    ready = postgres_program("pg_isready")
    owner = plain_user() if os.geteuid() == 0 else None
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    with folder(owner) as home:
        data = f"{home}/data"
        build = [initdb, "-D", data, "-U", "medigy", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL, cwd="/", **identity)
        lasting = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options = [f"unix_socket_directories={home}", "listen_addresses=", "max_connections=200", *lasting]
        command = [server, "-D", data, *(part for option in options for part in ("-c", option))]

        def is_up():
            return subprocess.run([ready, "-q", "-h", home], check=False).returncode == 0

        with running(command, is_up, ends_with=signal.SIGINT, cwd="/", **identity):
            yield f"postgres://medigy@/postgres?host={home}"


def plain_user():
    """Who runs PostgreSQL where the tests run as root, which it refuses to be."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise MissingError("a user for PostgreSQL, which will not run as root, is not on this machine")


@contextlib.contextmanager
def redis():
    """The address of an empty Redis on a free port of 127.0.0.1. Raises ``MissingError``."""
    server, port = program("redis-server"), free_port()
    with folder() as home:
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", home]
        with running(command, lambda: is_open(port)):
            yield f"redis://127.0.0.1:{port}/0"


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port) -> bool:
    """Whether somebody listens on a port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(command, wanted):
    """Run a command with DATABASE_URL and CACHE_URL set as far as this machine has the servers; gives its status."""
    with contextlib.ExitStack() as stack:
        environment = dict(os.environ)
        for name, server in wanted.items():
            try:
                environment[name] = stack.enter_context(server())
            except MissingError as lack:
                environment[f"WITHOUT_{name}"] = str(lack)
        status = subprocess.run(command, env=environment, check=False).returncode
        return 0 if status == NO_TESTS else status


if __name__ == "__main__":
    given = sys.argv[1:]
    wanted = {"DATABASE_URL": postgres, "CACHE_URL": redis}
    if given[0] == "--only-postgres":
        given, wanted = given[1:], {"DATABASE_URL": postgres}
    raise SystemExit(run(given, wanted))
