"""A hundred thousand documents: taken whole in little memory, left alone by a second run, read at the same few queries.

``SOAK_DOCUMENTS=10000`` tries it with fewer.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.curation.importer import importing

from .newsroom import Newsroom, database, end

pytestmark = pytest.mark.soak

DOCUMENTS = int(os.environ.get("SOAK_DOCUMENTS", "100000"))
MEMORY = 300 * 1024  # kB
WORK = 50_000  # steps of SQLite's machine for a page; going through 100,000 rows once is several hundred thousand
MANY_QUERIES = 5
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="/proc is not on this machine")


class Run:
    """One import: what it printed, and the most memory in kB that it and each of its readers held."""

    def __init__(self, room, folder, log):
        process = room.begin("import_articles", folder, "--workers", 2, log=log)
        self.own, self.readers = 0, {}
        try:
            while process.poll() is None:
                self._look(process.pid)
                time.sleep(0.1)
        finally:
            end(process)
        self.said = importing.Ran(log.read_text(), "", process.returncode)

    def _look(self, pid):
        self.own = max(self.own, peak(pid))
        for child in children(pid):
            self.readers[child] = max(self.readers.get(child, 0), peak(child))

    def figures(self):
        """Its rate and its memory, in words."""
        rate, total = re.search(r"per second +(\S+) +(.+?) *$", self.said.out, re.MULTILINE).groups()
        shares = ", ".join(f"{size // 1024} MB" for size in sorted(self.readers.values(), reverse=True))
        return f"{total}, {rate} a second; peak {self.own // 1024} MB, its children {shares}"


def peak(pid) -> int:
    """The most memory, in kB, that a process has held so far; 0 where it is gone or there is no /proc."""
    with suppress(OSError, TypeError):
        return int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[1])
    return 0


def children(pid):
    """The processes that a process has begun and that live."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return []


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The documents, and room beside them; gone afterwards, as they are large."""
    place = tmp_path_factory.mktemp("many")
    subprocess.run([sys.executable, "-m", "benchmarks.corpus", str(DOCUMENTS), str(place / "corpus")], check=True)
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def room(folder):
    with database(folder) as url:
        room = Newsroom(folder / "room", url)
        room.must("migrate", "-v0")
        room.must("collectstatic", "--noinput", "-v0")
        yield room


@pytest.fixture(scope="module")
def first(room, folder):
    """The first import."""
    return Run(room, folder / "corpus", folder / "first.log")


def test_every_document_is_taken(first, room, folder, say):
    assert first.said.status == 0, first.said.out[-2000:]
    say(f"first import: {first.figures()}")
    assert first.said.counts("created", "updated", "unchanged", "conflicts", "failed") == [DOCUMENTS, 0, 0, 0, 0]
    rows = room.ask("tests.soak.state:counts")
    for table in ("article", "version", "edition", "document"):
        assert rows[f"curation_{table}"] == DOCUMENTS, table
    assert rows["curation_logged"] == 4 * DOCUMENTS
    assert room.ask("tests.soak.state:halves") == []
    assert is_sound(folder, say)


def is_sound(folder, say):
    """The database is without a fault, which PostgreSQL sees to by itself."""
    file = folder / "newsroom.sqlite3"
    if not file.exists():
        return True
    say(f"the database: {file.stat().st_size / 2**20:,.0f} MB")
    with closing(sqlite3.connect(file)) as connection:
        asked = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
        return [connection.execute(question).fetchall() for question in asked] == [[("ok",)], []]


@needs_proc
def test_memory_does_not_grow_with_the_documents(first):
    assert 0 < first.own < MEMORY
    assert all(size < MEMORY for size in first.readers.values())
    assert len(first.readers) >= 2


def test_a_second_run_changes_nothing(first, room, folder, say):
    before, bytes_before = room.ask("tests.soak.state:counts"), digest(folder)
    second = Run(room, folder / "corpus", folder / "second.log")
    assert second.said.status == 0, second.said.out[-2000:]
    say(f"second import: {second.figures()}")
    assert second.said.counts("created", "updated", "unchanged", "conflicts", "failed") == [0, 0, DOCUMENTS, 0, 0]
    assert room.ask("tests.soak.state:counts") == before
    assert digest(folder) == bytes_before
    if Path("/proc/self/task").exists():
        assert 0 < second.own < MEMORY


def digest(folder):
    """What the database's file is, to the byte, once its log is written back; nothing on PostgreSQL."""
    file = folder / "newsroom.sqlite3"
    if not file.exists():
        return None
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def test_pages_cost_the_same_few_queries_by_indexes(first, room, say):
    prices = room.ask("tests.soak.prices:prices")
    for name, price in prices.items():
        say(f"{name:14}{price['status']}  {price['queries']} queries  {price['work']:>9,} steps  {price['path']}")
    assert {name: price["scans"] for name, price in prices.items() if price["scans"]} == {}
    assert {name: price["status"] for name, price in prices.items() if price["status"] != 200} == {"unknown": 404}
    for name in ("article", "list", "old month", "big topic"):
        assert prices[name]["queries"] <= MANY_QUERIES, name
    assert {name: price["work"] for name, price in prices.items() if price["work"] > WORK} == {}
