"""The settings tests run under: the project's own, given a plain environment instead of this machine's."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="medigy-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

# DATABASE_URL and CACHE_URL are left as given: `python -m tests.servers` points them at throw-away servers.
os.environ |= {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "only-tests-sign-with-this-key-and-nothing-of-worth-0123456789",
    "SITE_URL": "http://localhost",
    "TIME_ZONE": "UTC",
    "MEDIA_ROOT": str(SCRATCH / "media"),
    "STATIC_ROOT": str(SCRATCH / "static"),
    "LOG_REQUESTS": "false",
}
_OWN = "DEBUG ALLOWED_HOSTS SITE_NAME FOUR_EYES SECURITY_CONTACT TRUSTED_PROXIES BIND PORT HARVEST_PORTS"
for name in [*_OWN.split(), "EDITED_AFTER_APPROVAL", "COVERAGE_GAP_DAYS"]:
    os.environ.pop(name, None)
# Playwright keeps an event loop in the thread that runs the tests; the tests themselves are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from medigy.settings import *  # noqa: E402, F403 -- only after the environment is set
from medigy.settings import DATABASES, STORAGES  # noqa: E402 -- the same

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads, browsers and second processes meet the same locks as in production.
    DATABASES["default"]["NAME"] = str(SCRATCH / "medigy.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # no collectstatic before a test
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # people are made in nearly every test
