"""What all tests may ask for: servers to throw away, a browser, cold caches."""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache, caches
from django.db import connection, transaction

from curation.models import people as sections_and_authors
from curation.models.people import forget_sections
from medigy.http import health

from . import emptied, examples, servers  # noqa: F401 -- the profiles of examples
from .clock import clock  # noqa: F401 -- a fixture
from .people import administrator, curator, manager, reader  # noqa: F401 -- fixtures

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As root in a container there is no sandbox to be had; and a test's browser phones nobody.
CHROMIUM_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --disable-extensions "
    "--host-resolver-rules=MAP,*,~NOTFOUND,EXCLUDE,localhost,EXCLUDE,127.0.0.1 --disable-features="
)
# The first three load pages of the browser's own beside each of ours, which cost more than ours do. Chromium heeds the
# last of two such switches, so the rest is what Playwright's turns off.
CHROMIUM_WITHOUT = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)

#: What a page may write down in a browser, other than the answers of the server that it keeps.
REMEMBERED = "local_storage,indexeddb,service_workers,cache_storage,file_systems"


def pytest_collection_modifyitems(items):
    """Skip what needs PostgreSQL where there is none, and say whether the machine lacks it or nobody asked."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    reason = os.environ.get("WITHOUT_DATABASE_URL", "needs PostgreSQL: `make test` brings one")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables, which hold after every test what they hold now."""
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            emptied.remember(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own():
    """Processes of tests that run side by side share no Redis database, so none empties another's."""
    kept, worker = settings.CACHES["default"], os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and "LOCATION" in kept:
        server, _, _ = kept["LOCATION"].rpartition("/")
        kept["LOCATION"] = f"{server}/{int(worker.removeprefix('gw')) % 15 + 1}"
        caches.close_all()
        del caches["default"]  # the connection that is open already


@pytest.fixture(autouse=True)
def _cold_caches(monkeypatch):
    """Every test begins as a new process does, and knows the sections until its end, however slow the machine."""
    cache.clear()
    monkeypatch.setattr(sections_and_authors, "_SECONDS", float("inf"))
    forget_sections()
    health._migrated = False


@pytest.fixture(scope="session")
def redis_url():
    """The address of a Redis of this session's own."""
    try:
        with servers.redis() as url:
            yield url
    except servers.MissingError as lack:
        pytest.skip(str(lack))


@pytest.fixture
def redis_cache(redis_url, settings):
    """The default cache in Redis, empty."""
    settings.CACHES = {"default": {"BACKEND": "medigy.http.shared_cache.DispensableCache", "LOCATION": redis_url}}
    cache.clear()
    return cache


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium, started once."""
    path = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not path or not Path(path).exists():
        pytest.skip("chromium is not on this machine (CHROME_PATH may name one)")
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=path, args=(CHROMIUM_FLAGS + CHROMIUM_WITHOUT).split())
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture(scope="session")
def _static_files_are_kept():
    """A browser asks once for each style and script, as readers' do, and not again in every test."""
    serve = StaticFilesHandler.serve

    def kept(handler, request):
        answer = serve(handler, request)
        answer.headers.setdefault("Cache-Control", "max-age=3600")
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", kept)
        yield


@pytest.fixture(scope="session")
def _profile(chromium, live_server, _static_files_are_kept):
    """The browser's profile that journeys share, one after the other, for the static files that it keeps."""
    profile = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    profile.set_default_timeout(15_000)
    yield profile
    profile.close()


@pytest.fixture
def page(_profile, live_server):
    """A page of a browser that remembers nobody, on the running site: ``page.goto("/news/")``.

    The test fails at its end if the page logged an error, a refused inline style or script among them; what a test
    expects of that kind it takes out of ``page.complaints``.
    """
    page = _profile.new_page()
    page.complaints, page.site = [], live_server.url
    page.on("console", lambda said: complain(page, said) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    complaints = list(page.complaints)
    forget_all(_profile, live_server.url)
    assert complaints == []


def forget_all(profile, site):
    """Leave nothing of a journey in the browser but the static files it keeps."""
    for open_page in profile.pages:
        open_page.close()
    profile.set_offline(False)
    profile.clear_cookies()
    blank = profile.new_page()
    profile.new_cdp_session(blank).send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": REMEMBERED})
    blank.close()


def complain(page, said):
    page.complaints.append(f"{said.text} ({said.location['url']})")


@pytest.fixture(scope="module")
def for_all(django_db_setup, django_db_blocker):
    """``with for_all():`` makes what every test of a module finds; after the last one it is taken back.

    Each test takes back what it does itself, as ever. Not for modules with tests of whole transactions
    (``transactional_db``), which would not see it.
    """
    with ExitStack() as whole:
        with django_db_blocker.unblock():
            whole.enter_context(transaction.atomic())
        yield django_db_blocker.unblock
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            whole.close()


@pytest.fixture
def on_postgres(db):
    """Whether this run is on PostgreSQL."""
    return connection.vendor == "postgresql"
