"""A newsroom outside the tests' process: a database and folders of its own, commands on it, and the site it serves."""

import contextlib
import json
import os
import resource
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import ROOT
from tests.servers import free_port

MANAGE = [sys.executable, str(ROOT / "manage.py")]


@contextlib.contextmanager
def database(folder: Path):
    """The address of an empty database: a file in ``folder``, or one more on the PostgreSQL that the tests were given.

    The latter is dropped afterwards.
    """
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder}/newsroom.sqlite3"
        return
    name = f"soak_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Newsroom:
    """Production settings, but on this machine alone and without anybody's ``.env``.

    ``url`` is the address of the database; pictures lie in ``media``, all else in ``folder``.
    """

    def __init__(self, folder: Path, url: str, media: Path | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "medigy.settings",
            "ENV_FILE": os.devnull,
            "DEBUG": "false",
            "SITE_URL": self.site,
            "DATABASE_URL": url,
            "CACHE_URL": "locmem://",
            "MEDIA_ROOT": str(media or folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "LOG_REQUESTS": "false",
        }

    def manage(self, *words, largest_file: int | None = None) -> subprocess.CompletedProcess:
        """Run a command to its end. No file it writes may grow beyond ``largest_file`` bytes."""
        return subprocess.run(
            [*MANAGE, *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=largest_file and partial(_hold, largest_file),
        )

    def must(self, *words) -> str:
        """Run a command that has to succeed; gives what it printed."""
        ran = self.manage(*words)
        assert ran.returncode == 0, f"{words}: {ran.stdout[-1000:]}{ran.stderr[-3000:]}"
        return ran.stdout

    def begin(self, *words, log: Path) -> subprocess.Popen:
        """Begin a command in a process group of its own, which writes what it says to ``log``."""
        with log.open("w") as file:
            return subprocess.Popen(
                [*MANAGE, *map(str, words)],
                cwd=ROOT,
                env=self.environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ask(self, function: str, *given):
        """Call ``package.module:function`` with plain values in a process of this newsroom; gives its plain result."""
        module, _, name = function.partition(":")
        words = ", ".join(map(repr, given))
        code = f"import json; from {module} import {name}; print(json.dumps({name}({words})))"
        return json.loads(self.must("shell", "--no-imports", "-c", code).splitlines()[-1])

    @contextlib.contextmanager
    def served(self):
        """The site, as ``make run`` serves it, until the block ends; gives the file that holds what it says."""
        log = self.folder / "served.log"
        process = self.begin("serve", "--set-up", "--no-demo", log=log)
        try:
            until = time.monotonic() + 60
            while not self._answers():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.1)
            yield log
        finally:
            end(process)

    def _answers(self):
        with contextlib.suppress(urllib.error.URLError):
            return urllib.request.urlopen(f"{self.site}/healthz", timeout=5).status == 200
        return False


def end(process: subprocess.Popen) -> None:
    """End a process that ``begin`` began, and whatever is left of its group."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _hold(size):
    """In a child: no file may grow beyond ``size`` bytes. Who tries is told so, as on a full disk, and not killed."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
