"""Settings: each with its type, each refusal with its name and an example, TLS as the site's address says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from medigy import environment
from medigy.http import policies
from tests import ROOT

KEY = "a-key-of-fifty-letters-and-more-that-only-this-test-knows"

MALFORMED = {
    "DEBUG": "perhaps",
    "SECRET_KEY": "short",
    "SITE_URL": "news.example.org",
    "SITE_NAME": "",
    "SECURITY_CONTACT": "security@example.org",
    "ALLOWED_HOSTS": ",",
    "FOUR_EYES": "sometimes",
    "EDITED_AFTER_APPROVAL": "published",
    "COVERAGE_GAP_DAYS": "a fortnight",
    "DECIDED_FROM_QUEUE": "all of it",
    "AUDITED_SHARE": "10 %",
    "TIME_ZONE": "Atlantis/Centre",
    "DATABASE_URL": "oracle://there",
    "CACHE_URL": "memory",
    "MAIL_URL": "pigeon://roof",
    "MAIL_FROM": "the desk",
    "TRUSTED_PROXIES": "the-proxy",
    "PORT": "99999",
    "BIND": "everywhere",
    "WEB_WORKERS": "0",
    "WEB_THREADS": "many",
    "HARVEST_PORTS": "ftp",
    "LOG_LEVEL": "LOUD",
    "LOG_JSON": "maybe",
    "LOG_REQUESTS": "2",
}


def start(code="import django; django.setup()", **given):
    """A fresh process with only these settings; gives its status, output and errors."""
    plain = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DJANGO_SETTINGS_MODULE": "medigy.settings"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=plain | given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip(), done.stderr


@pytest.mark.parametrize(("name", "wrong"), MALFORMED.items())
def test_a_malformed_value_stops_the_start_with_its_name_and_a_right_one(name, wrong):
    status, _, said = start(**{"SECRET_KEY": KEY} | {name: wrong})
    last = said.strip().splitlines()[-1]
    assert status != 0
    assert f"ImproperlyConfigured: {name} is not right: " in last
    assert f"A right one: {name}=" in last


def test_a_missing_value_without_a_default_stops_the_start_with_its_name_and_an_example():
    status, _, said = start()
    assert status != 0
    assert "ImproperlyConfigured: SECRET_KEY is not set." in said
    assert "SECRET_KEY=fifty-or-more" in said


def test_every_setting_is_read_through_one_door():
    source = (ROOT / "medigy/settings.py").read_text()
    assert source.count("os.environ") == 1  # which file to read
    assert "getenv" not in source


def test_every_example_is_itself_right():
    reading = environment.Environment(Path(os.devnull))
    seen = {}

    def read(name, cast, example, default=environment.REQUIRED):
        seen[name] = cast(example)
        return reading.read(name, cast, example, default)

    source = (ROOT / "medigy/settings.py").read_text().replace("from . import", "from medigy import")
    marker = 'read = environment.Environment(Path(os.environ.get("ENV_FILE", ROOT / ".env"))).read\n'
    assert marker in source
    code = compile(source.replace(marker, ""), "settings", "exec")
    exec(code, {"read": read, "__file__": str(ROOT / "medigy/settings.py"), "__name__": "settings"})
    assert set(seen) == set(MALFORMED) | {"MEDIA_ROOT", "STATIC_ROOT"}  # a path is never malformed


def test_a_refusal_never_repeats_the_value():
    _, _, said = start(SECRET_KEY=KEY, DATABASE_URL="postgres://medigy@db:s3cr3t/medigy")
    assert "DATABASE_URL is not right" in said
    assert "s3cr3t" not in said


def test_a_value_that_points_nowhere_is_refused():
    status, _, said = start(SECRET_KEY="$NOT_THERE")
    assert status != 0
    assert "SECRET_KEY is not right: it starts with $" in said


def test_the_file_is_read_and_the_environment_wins(tmp_path):
    file = tmp_path / "env"
    file.write_text(f"SECRET_KEY={KEY}\nSITE_NAME=From the file\nTIME_ZONE=Europe/Berlin\n")
    code = "from django.conf import settings; print(settings.SITE_NAME, settings.TIME_ZONE)"
    assert start(code, ENV_FILE=str(file), SITE_NAME="Given")[1] == "Given Europe/Berlin"


def test_a_laptop_needs_a_key_and_nothing_else(tmp_path):
    code = (
        "import django; django.setup(); from django.conf import settings as s; "
        "print(s.DEBUG, s.SITE_URL, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT, s.DATABASES['default']['ENGINE'])"
    )
    status, said, _ = start(code, SECRET_KEY=KEY)
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    assert (status, said) == (0, f"False https://localhost {hosts} True django.db.backends.sqlite3")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://News.Example.org/", "https://news.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_site_has_one_spelling_of_its_address(text, site):
    assert environment.site_address(text) == site


@pytest.mark.parametrize(
    "text",
    ["", "ftp://x", "https://", "https://x/path", "https://x/?q", "https://u@x", "https://x:port", "//x"],
)
def test_what_is_no_site_address_is_refused(text):
    with pytest.raises(ValueError, match="."):
        environment.site_address(text)


@pytest.mark.parametrize(
    ("site", "loopback"),
    [
        ("http://localhost", True),
        ("http://127.0.0.1:8000", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:8000", True),
        ("http://medigy.localhost", True),
        ("http://0.0.0.0:8000", False),
        ("https://example.org", False),
        ("http://localhost.example.org", False),
        ("http://192.168.1.2", False),
    ],
)
def test_only_this_machine_is_loopback(site, loopback):
    assert environment.is_loopback(site) is loopback


def test_hosts_follow_the_address_of_the_site():
    assert policies.hosts_of("https://news.example.org") == ["news.example.org"]
    assert policies.hosts_of("http://127.0.0.1:8000") == ["127.0.0.1", "localhost", "[::1]"]
    assert policies.hosts_of("http://[::1]:8000") == ["[::1]", "localhost", "127.0.0.1"]


def test_tls_settings_follow_the_scheme_of_the_address():
    on, off = policies.tls_settings("https://news.example.org"), policies.tls_settings("http://localhost")
    switches = {"SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"}
    switches |= {"SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"}
    assert {on[name] for name in switches} == {True}
    assert {off[name] for name in switches} == {False}
    assert (on["SECURE_HSTS_SECONDS"], off["SECURE_HSTS_SECONDS"]) == (63072000, 0)


def test_sqlite_queues_its_writers_and_never_wraps_a_request(tmp_path):
    found = environment.database(f"sqlite:///{tmp_path}/new/medigy.sqlite3")
    found |= environment.tuned(found)
    assert (tmp_path / "new").is_dir()
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert not found.get("ATOMIC_REQUESTS")


def test_postgresql_gets_a_pool_and_keeps_what_the_address_says():
    found = environment.database("postgres://medigy:pw@db:5433/news?sslmode=require")
    found |= environment.tuned(found)
    assert (found["NAME"], found["HOST"], found["PORT"]) == ("news", "db", 5433)
    assert found["OPTIONS"]["pool"]["max_size"] == 16
    assert found["OPTIONS"]["sslmode"] == "require"
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (0, True)


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("valkey://cache:6379/1", "redis://cache:6379/1"),
        ("valkeys://cache", "rediss://cache"),
    ],
)
def test_a_shared_cache_speaks_the_redis_protocol(text, location):
    assert environment.cache(text)["LOCATION"] == location


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("console://", None),
        ("smtp://localhost:2525", {"host": "localhost", "port": 2525, "use_ssl": False, "use_tls": False}),
        ("smtp://mail.example.org", {"host": "mail.example.org", "port": 587, "use_ssl": False, "use_tls": True}),
        (
            "smtps://ada:a%20b@mail.example.org",
            {"host": "mail.example.org", "port": 465, "use_ssl": True, "use_tls": False}
            | {"username": "ada", "password": "a b"},
        ),
    ],
)
def test_letters_are_printed_or_handed_over_encrypted(text, options):
    found = environment.mail(text).get("OPTIONS")
    assert found == (options and options | {"timeout": 10})


def test_a_setting_is_refused_in_the_process_too(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "-1")
    with pytest.raises(ImproperlyConfigured, match=r"WEB_WORKERS is not right.*WEB_WORKERS=4"):
        environment.Environment(Path(os.devnull)).read("WEB_WORKERS", environment.whole_number, "4")


@pytest.mark.parametrize("site", ["https://localhost", "https://news.example.org"])
def test_the_deploy_check_is_silent_over_tls(site, tmp_path):
    given = {"SECRET_KEY": KEY, "SITE_URL": site, "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}
    code = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    status, said, errors = start(code, **given)
    assert (status, said, errors) == (0, "System check identified no issues (0 silenced).", "")


def test_the_deploy_check_fails_without_tls_on_an_address_others_can_reach(tmp_path):
    given = {
        "SECRET_KEY": KEY,
        "SITE_URL": "http://news.example.org",
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3",
    }
    code = (
        "from django.core.management import execute_from_command_line as run; run(['manage.py', 'check', '--deploy'])"
    )
    status, _, said = start(code, **given)
    assert status == 1
    assert "medigy.E002" in said
