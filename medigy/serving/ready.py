"""Readiness for the first request: the tables, something to read or somebody to begin, the static files."""

import hashlib
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from curation.models import Article
from medigy.http import health


def migrate(say) -> None:
    """Bring the tables to this release, if they are not. Finding out takes about 0.1 s."""
    waiting = health.unapplied()
    if waiting:
        say(f"Preparing the database: {len(waiting)} migrations …")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)


def is_empty() -> bool:
    """Return whether nobody has an account and nothing was ever written: a newsroom nobody has touched."""
    return not get_user_model().objects.exists() and not Article.objects.exists()


def collect(say) -> None:
    """Copy, name and compress the static files, if any changed since the last time. Finding out takes about 20 ms."""
    if settings.DEBUG:
        return  # served from where they lie
    stamp, now = Path(settings.STATIC_ROOT) / ".collected", static_digest()
    if stamp.is_file() and stamp.read_text() == now:
        return
    began = time.monotonic()
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)
    say(f"Static files are named and compressed ({time.monotonic() - began:.0f} s).")


def static_digest() -> str:
    """Return a digest of every static file's path, size and time of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
