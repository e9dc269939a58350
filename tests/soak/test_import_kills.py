"""An import that is killed at any instant, fifty times: the next run completes it, as if nothing had happened."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests import ROOT
from tests.curation.importer import traps
from tests.curation.tables import differences

pytestmark = pytest.mark.soak

KILLS = 50

# A process that has loaded everything waits for a line, then imports; so a kill hits the import, not Python's start.
IMPORTER = """
import sys
import django
django.setup()
from django.core.management import call_command
from curation.importer import run
print("ready", flush=True)
sys.stdin.readline()
try:
    call_command("import_articles", sys.argv[1], workers=int(sys.argv[2]), stdout=sys.stderr)
except SystemExit:
    pass
print("done", flush=True)
sys.stdin.readline()
"""
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
DUMPER = """
import json
import sys
import django
django.setup()
from curation.models import Picture
from tests.curation.tables import dump
from django.conf import settings
from pathlib import Path
tables = dump()
tables["waiting"] = list(Picture.objects.filter(state="queued").values_list("address"))
root = Path(settings.MEDIA_ROOT)
# What was being written when the process died lies apart, and may be deleted.
files = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
tables["media"] = sorted(str(path) for path in files if path.parts[0] != ".partial")
json.dump(tables, sys.stdout)
"""


class Place:
    """A database and a media folder of their own, and Python processes on them."""

    def __init__(self, folder):
        self.folder = folder
        self.settings = {
            "DJANGO_SETTINGS_MODULE": "medigy.settings",
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "only-tests-sign-with-this-key-and-nothing-of-worth-0123456789",
            "SITE_URL": "http://localhost",
            "DATABASE_URL": f"sqlite:///{folder}/medigy.sqlite3",
            "MEDIA_ROOT": str(folder / "media"),
            "PYTHONPATH": str(ROOT),
        }

    def start(self, code, *given):
        """A process that runs ``code``, with pipes to it, in a group of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", code, *map(str, given)],
            env=os.environ | self.settings,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def ask(self, code, *given):
        """What a process prints that runs to its end."""
        process = self.start(code, *given)
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return out

    def importer(self, folder, workers=1):
        """A process that is about to import."""
        process = self.start(IMPORTER, folder, workers)
        assert process.stdout.readline() == "ready\n"
        return process


def go(process):
    """Let a waiting importer import to its end; give the seconds it took."""
    began = time.perf_counter()
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == "done\n"
    took = time.perf_counter() - began
    process.communicate("\n", timeout=60)
    return took


def kill(process, after):
    """Let a waiting importer import for some seconds, then kill it and the processes it began."""
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=60)
    process.stdout.close()
    process.stdin.close()


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The documents with every trap."""
    return traps.write(tmp_path_factory.mktemp("traps"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A migrated database without a row of ours."""
    place = Place(tmp_path_factory.mktemp("empty"))
    (place.folder / "media").mkdir()
    place.ask(MIGRATE)
    return place


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, empty, documents):
    """What the tables and the media hold after a run that nobody disturbed, and the seconds it took."""
    place = fresh(tmp_path_factory.mktemp("undisturbed"), empty)
    took = go(place.importer(documents))
    return json.loads(place.ask(DUMPER)), took


def fresh(folder, empty):
    """A copy of the empty place."""
    shutil.copytree(empty.folder, folder, dirs_exist_ok=True)
    return Place(folder)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_import_is_completed_by_the_next_run(tmp_path, empty, documents, undisturbed, seed):
    expected, took = undisturbed
    place, dice = fresh(tmp_path / "place", empty), random.Random(seed)
    kill(place.importer(documents, workers=1 + seed % 2), after=dice.uniform(0, took * 1.1))
    go(place.importer(documents))
    assert differences(expected, json.loads(place.ask(DUMPER))) == []
