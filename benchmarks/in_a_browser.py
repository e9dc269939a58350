"""Somebody at work in a real browser on a demo newsroom that is served for it, whose waits are measured."""

import argparse
import os
import re
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.soak.newsroom import Newsroom


class Worker:
    """Somebody of a ``role`` at work in ``page``; ``waits`` collects how long each kind of wait took, in ms."""

    role = ""

    def __init__(self, page, name, password):
        self.page, self.waits = page, {}
        page.goto("/admin/login/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        self.begin()

    def begin(self):
        """Wait until the first page is there."""
        raise NotImplementedError

    def round(self, number):
        """Do once all that is waited for."""
        raise NotImplementedError

    def keep(self, kind, milliseconds):
        """Keep how long one wait was."""
        self.waits.setdefault(kind, []).append(milliseconds)


def waits_of(worker: type[Worker], usual: int) -> dict[str, list[float]]:
    """Return the waits of a worker in as many rounds as the command line asks for (``--rounds``), by their kinds.

    Serves a demo newsroom as ``make run`` does, on this machine alone. Without Chromium (``CHROME_PATH`` may name one)
    it ends in words.
    """
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=usual)
    rounds = asked.parse_args().rounds
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("Chromium is not on this machine; CHROME_PATH may name one.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        room = Newsroom(Path(folder) / "room", f"sqlite:///{folder}/worked.sqlite3")
        return _work(worker, room, playwright, chromium, rounds)


def _work(worker, room, playwright, chromium, rounds):
    room.environment["SECRET_KEY"] = secrets.token_urlsafe(60)
    room.must("migrate", "-v0")
    sign_in = re.compile(rf"^\s*(\S+)\s+(\S+)\s+{worker.role}", re.MULTILINE)
    name, password = sign_in.search(room.must("demo")).groups()
    with room.served():
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(base_url=room.site, viewport={"width": 1440, "height": 900})
        somebody = worker(context.new_page(), name, password)
        for number in range(rounds):
            somebody.round(number)
        browser.close()
    return somebody.waits
