"""Everything stands still over a scheduled minute, then four workers start at once: each article appears once."""

import time
from datetime import UTC, datetime

import pytest

from .newsroom import Newsroom, database, end

pytestmark = pytest.mark.soak

DUE, WORKERS, AHEAD = 50, 4, 60


@pytest.fixture
def room(tmp_path):
    """An empty newsroom in which nothing runs."""
    with database(tmp_path) as url:
        room = Newsroom(tmp_path / "room", url)
        room.must("migrate", "-v0")
        yield room


def test_what_came_due_while_nothing_ran_appears_once_and_dated_as_planned(room, tmp_path, say):
    planned = room.ask("tests.soak.due:schedule", DUE, AHEAD)
    wait = (datetime.fromisoformat(planned) - datetime.now(UTC)).total_seconds()
    assert wait > 0
    assert room.ask("tests.soak.due:outcome")["live"] == [0, 0, DUE]
    time.sleep(wait)
    logs = [tmp_path / f"worker-{number}.log" for number in range(WORKERS)]
    workers = [room.begin("db_worker", "--batch", "--no-startup-delay", log=log) for log in logs]
    for worker in workers:
        worker.wait(120)
        end(worker)
    assert [worker.returncode for worker in workers] == [0] * WORKERS, [log.read_text()[-2000:] for log in logs]
    expected = {"live": [DUE] * 3, "dated": [planned], "published": DUE, "counted": [DUE]}
    assert room.ask("tests.soak.due:outcome") == expected
    say(f"{DUE} due, {WORKERS} workers at once: each once, dated {planned}")
    turned = [room.ask("tests.soak.due:settled", back) for back in (7200, 0, 7200, 0)]
    say(f"clock two hours back and forth, twice: {turned} counted anew")
    assert room.ask("tests.soak.due:outcome") == expected
