"""Settings as they are read: each with its type, and each refusal naming the setting and showing a right value."""

import logging
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ImproperlyConfigured
from environ import Env

YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0", ""}
REQUIRED = object()


class Environment:
    """The settings a process was started with: its environment, over the lines of one ``.env`` file.

    ``read(name, cast, example, default)`` gives ``cast(text)``, or ``default`` as it is where the setting is not there.
    It raises ``ImproperlyConfigured`` with the name and the example where a setting without a default is missing and
    where ``cast`` raises ``ValueError``; the value itself is never repeated, it may be a secret.
    """

    def __init__(self, file: Path):
        self.env = Env()
        if file.is_file():
            self.env.read_env(file)

    def read(self, name: str, cast, example: str, default=REQUIRED):
        if name not in self.env:
            if default is REQUIRED:
                raise ImproperlyConfigured(f"{name} is not set. Set it in the environment or in .env: {name}={example}")
            return default
        try:
            return self.env(name, cast=lambda value: cast(value.strip()))
        except ValueError as wrong:
            raise ImproperlyConfigured(f"{name} is not right: {wrong}. A right one: {name}={example}") from None
        except ImproperlyConfigured:  # a leading $ points to another setting
            reason = "it starts with $ and names no other setting"
            raise ImproperlyConfigured(f"{name} is not right: {reason}. A right one: {name}={example}") from None


def text(value: str) -> str:
    """Return any text but nothing."""
    if not value:
        raise ValueError("it is empty")
    return value


def secret(value: str) -> str:
    """Return a key of at least 50 characters, which is what Django's own check asks for."""
    if len(value) < 50 or len(set(value)) < 5:
        raise ValueError("it is shorter than 50 characters or too plain to be random")
    return value


def yes_or_no(value: str) -> bool:
    """Read ``true`` or ``false`` in their usual spellings; a typing slip is refused rather than read as false."""
    if value.lower() in YES | NO:
        return value.lower() in YES
    raise ValueError("it is neither true nor false")


def one_of(*words: str):
    """Return how one of these words is read, in either case."""

    def chosen(value: str) -> str:
        if value.lower() not in words:
            raise ValueError(f"it is none of {', '.join(words)}")
        return value.lower()

    return chosen


def share(value: str) -> float:
    """Return a share, 0 to 1."""
    found = float(value)
    if not 0 <= found <= 1:
        raise ValueError("it is not between 0 and 1")
    return found


def whole_number(value: str) -> int:
    """Return a whole number from 1."""
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise ValueError("it is not a whole number from 1")
    return int(value)


def names(value: str) -> list[str]:
    """Return names with commas between them; at least one."""
    found = [part.strip() for part in value.split(",") if part.strip()]
    if not found:
        raise ValueError("it names nothing")
    return found


def addresses(value: str) -> list[str]:
    """Return IP addresses with commas between them, each in its shortest spelling; none is allowed."""
    return [str(ip_address(part.strip())) for part in value.split(",") if part.strip()]


def site_address(value: str) -> str:
    """Return ``scheme://host[:port]`` with nothing after it, in lower case."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("it is not an http or https address")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ValueError("it holds more than scheme, host and port")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    colon_port = f":{parts.port}" if parts.port else ""  # .port raises ValueError where it is no port
    return f"{parts.scheme}://{host}{colon_port}"


def port(value: str) -> int:
    """Return a port from 1 to 65535."""
    found = whole_number(value)
    if found > 65535:
        raise ValueError("it is over 65535")
    return found


def bind_address(value: str) -> str:
    """Return ``host:port`` to listen on."""
    host, _, number = value.rpartition(":")
    if not host:
        raise ValueError("it is not host:port")
    return f"{host}:{port(number)}"


def contact(value: str) -> str:
    """Return the place to report a hole: an address that starts ``mailto:``, ``https://`` or ``tel:`` (RFC 9116)."""
    if not value.startswith(("mailto:", "https://", "tel:")) or any(letter.isspace() for letter in value):
        raise ValueError("it starts with neither mailto: nor https:// nor tel:")
    return value


def time_zone(value: str) -> str:
    """Return a zone's name in the tz database."""
    if value not in available_timezones():
        raise ValueError("no such time zone is known here")
    return ZoneInfo(value).key


def log_level(value: str) -> str:
    """Return one of logging's level names, in upper case."""
    if value.upper() not in logging.getLevelNamesMapping():
        raise ValueError("it is not a level of logging")
    return value.upper()


def database(value: str) -> dict:
    """Return Django's ``DATABASES`` entry for a ``sqlite:///`` or ``postgres://`` address."""
    if not value.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ValueError("it starts with neither sqlite:// nor postgres://")
    try:
        found = Env.db_url_config(value)
    except ValueError:  # its message may hold a piece of the password
        raise ValueError("its host, port or password cannot be told apart") from None
    if not found["NAME"]:
        raise ValueError("it names no database")
    return found


# One writer at a time, readers beside it; a power cut may lose the last moment, never the file. Sizes per connection.
SQLITE_PRAGMAS = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL;
PRAGMA cache_size=-16384;
PRAGMA mmap_size=134217728;
PRAGMA temp_store=MEMORY;
PRAGMA journal_size_limit=67108864;
"""


def tuned(found: dict) -> dict:
    """Return the additions to a database's entry by which it serves many readers, by its engine.

    SQLite keeps one connection per thread and takes the write lock when a transaction begins, so that two writers queue
    (for 20 s) instead of failing half-way; therefore ATOMIC_REQUESTS must stay off. PostgreSQL gets a pool.
    """
    given = found.get("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        Path(found["NAME"]).parent.mkdir(parents=True, exist_ok=True)  # SQLite makes the file, never its folder
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS}
        return {"CONN_MAX_AGE": None, "OPTIONS": options | given}
    options = {"pool": {"min_size": 1, "max_size": 16, "timeout": 5}, "connect_timeout": 5}
    return {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options | given}


def cache(value: str) -> dict:
    """Return Django's ``CACHES`` entry: ``locmem://`` for one process, ``redis://`` or ``valkey://`` for many."""
    if value == "locmem://":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    scheme, _, rest = value.partition("://")
    speaks = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
    if scheme not in speaks or not rest:
        raise ValueError("it is neither locmem:// nor starts with redis:// or valkey://")
    return {"BACKEND": "medigy.http.shared_cache.DispensableCache", "LOCATION": f"{speaks[scheme]}://{rest}"}


def mail(value: str) -> dict:
    """Return Django's ``MAILERS`` entry: ``console://`` prints letters on a terminal, ``smtp(s)://`` hand them over.

    ``smtp://`` asks for encryption as soon as it is connected, unless it talks to this machine alone.
    """
    if value == "console://":
        return {"BACKEND": "medigy.serving.printed_mail.Printed"}
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("it is neither console:// nor smtp://host or smtps://host")
    is_tls, starts = parts.scheme == "smtps", parts.scheme == "smtp" and not is_loopback(value)
    options = {"host": parts.hostname, "use_ssl": is_tls, "use_tls": starts, "timeout": 10}
    options["port"] = parts.port or (465 if is_tls else 587 if starts else 25)
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def mail_address(value: str) -> str:
    """Return an address that letters come from, with or without a name before it."""
    name, at, host = value.rpartition("@")
    if not (name and at and host) or any(letter in value for letter in "\r\n"):
        raise ValueError("it is no e-mail address")
    return value


def is_loopback(site_url: str) -> bool:
    """Return whether only this machine can open the address: localhost, 127.0.0.0/8, ::1."""
    host = urlsplit(site_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
