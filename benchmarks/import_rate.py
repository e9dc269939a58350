"""Documents imported per second, whole: Versions, Editions, log, cleaning and keys, on SQLite, without local pictures.

    python -m benchmarks.import_rate [--count 10000] [--workers 1,2] [--again]

Each run is the production command in a process of its own on a database of its own. Beside it, before and after, the
same machine parses the front matter of the same documents with PyYAML's C loader and does nothing else: the ratio is
what to compare between machines. ``--again`` also times a second run, which finds nothing changed. Memory is the most
that all processes of a run together held.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from . import corpus

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = 500  # documents that PyYAML parses, twice a run
say = print


@dataclass
class Run:
    """One run of the command: seconds on the clock, seconds of CPU of all its processes, megabytes at most."""

    seconds: float
    cpu: float
    memory: float
    out: str

    def per_second(self) -> float:
        """Return the rate that the command itself prints, less Python's start."""
        return float(re.search(r"per second\s+([\d,]+)", self.out)[1].replace(",", ""))


def environment(folder: Path) -> dict[str, str]:
    """Production settings on a database in ``folder``."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "medigy.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-a-benchmark-whose-database-is-thrown-away-0123456789",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": f"sqlite:///{folder}/medigy.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
    }


def manage(folder: Path, *arguments: str) -> Run:
    """Run ``manage.py`` and watch it."""
    began = time.perf_counter()
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    process = subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, text=True, cwd=ROOT)
    most = []
    watcher = threading.Thread(target=lambda: most.extend(_watch(process.pid)), daemon=True)
    watcher.start()
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    if process.returncode:
        raise SystemExit(f"manage.py {' '.join(arguments)} ended with {process.returncode}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, max(most, default=0), out)


def _watch(pid):
    """Megabytes that a process and its children hold, twice a second for as long as it lives (Linux only).

    Not more often: the kernel stops the process while it adds them up.
    """
    while (megabytes := _held(pid)) is not None:
        yield megabytes
        time.sleep(0.5)


def _held(pid):
    """Return the proportional share of memory, so that pages which processes share count once."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    own = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    return int(own[1]) / 1024 + sum(_held(child) or 0 for child in children) if own else None


def yaml_rate(folder: Path) -> float:
    """Return documents a second whose front matter PyYAML's C loader parses."""
    names = sorted((folder / "news").iterdir())[:SAMPLE]
    fronts = [name.read_text(encoding="utf-8").split("\n---\n")[0] for name in names]
    began = time.perf_counter()
    for front in fronts:
        yaml.load(front, yaml.CSafeLoader)
    return len(fronts) / (time.perf_counter() - began)


def measure(count: int, documents: Path, workers: int, *, again: bool) -> None:
    """Import once (or twice) and print a line for each run."""
    with tempfile.TemporaryDirectory(prefix="medigy-import-") as name:
        folder = Path(name)
        manage(folder, "migrate", "--verbosity", "0")
        for title in ("first", "again")[: 1 + again]:
            before = yaml_rate(documents)
            run = manage(folder, "import_articles", str(documents), "--workers", str(workers))
            beside = (before + yaml_rate(documents)) / 2
            rate = run.per_second()
            say(
                f"{workers:>7} {title:>6} {rate:>8,.0f} {run.cpu / count * 1000:>9.2f} {run.memory:>7,.0f}"
                f" {beside:>10,.0f} {rate / beside:>7.2f}",
                flush=True,
            )


def main():
    """Make the documents, then measure each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medigy-corpus-") as name:
        documents = corpus.write(Path(name), given.count)
        say(f"{given.count:,} documents of the production format")
        say("workers    run    docs/s    ms CPU      MB   PyYAML/s   ratio")
        for workers in map(int, given.workers.split(",")):
            measure(given.count, documents, workers, again=given.again)


if __name__ == "__main__":
    main()
