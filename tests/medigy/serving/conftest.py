"""What newsrooms begin with that are served by processes of their own."""

import os
import subprocess
import sys

import pytest

from tests import ROOT


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    """A database with its tables, made once: every newsroom here begins with a copy."""
    path = tmp_path_factory.mktemp("tables") / "medigy.sqlite3"
    given = {"DJANGO_SETTINGS_MODULE": "medigy.settings", "DATABASE_URL": f"sqlite:///{path}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=os.environ | given, check=True)
    return path
