"""The worked examples of ``docs/recipes.md`` are done as they are written, on a copy, and keep what they promise."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

#: An example: in which file, on which side of which line, and the lines to add.
EXAMPLE = re.compile(r"in `(\S+)` (after|before) `([^`]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
COPIED = ("curation", "offerings", "medigy", "templates", "static", "tests", "docs", "manage.py", "pyproject.toml")
#: What the examples promise, and those of the house's own tests that hold them to a table.
PROOFS = (
    "tests/recipes/promises.py",
    "tests/curation/models/test_fields.py",
    "tests/curation/editing/checks/test_checks.py::test_every_required_check_is_tried_below",
    "tests/curation/editing/checks/test_checks.py::test_a_gate_holds_for_one_for_many_and_for_a_post[shouted-title]",
)


def examples() -> list[tuple[str, str, str, str]]:
    """Give the worked examples in their order: path, side, line, text."""
    return EXAMPLE.findall((ROOT / "docs/recipes.md").read_text())


def add(text: str, side: str, line: str, new: str) -> str:
    """Return a text with new lines on one side of the only line that begins with ``line``, whatever its indent."""
    lines = text.splitlines(keepends=True)
    places = [number for number, one in enumerate(lines) if one.lstrip().startswith(line)]
    assert len(places) == 1, f"{line} begins {len(places)} lines"
    place = places[0] + (side == "after")
    return "".join([*lines[:place], new, *lines[place:]])


def run(folder, *words):
    """Run Python in a folder; the test fails with what was said if that does."""
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_URL") and "PYTEST" not in name}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=plain | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture
def house(tmp_path) -> Path:
    """A copy of the house, without what it made or cached."""
    for name in COPIED:
        whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        skipped = (
            {"ignore": shutil.ignore_patterns("__pycache__", "pages", "*.sqlite3")} if whole is shutil.copytree else {}
        )
        whole(ROOT / name, tmp_path / name, **skipped)
    return tmp_path


def test_the_worked_examples_keep_what_they_promise(house):
    done = examples()
    assert {path.split("/")[1] for path, *_ in done} >= {"workflow", "models", "editing", "importer", "site"}
    for path, side, line, new in done:
        place = house / path
        place.write_text(add(place.read_text(), side, line, new))
    run(house, "manage.py", "makemigrations", "curation", "-n", "region")
    assert "passed" in run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *PROOFS)
