"""Logs of the site: one line an event, for people or as JSON, with its request's id and without secrets."""

import json
import logging
import re
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")

# A log line holds paths, never query strings, and of an address that holds a secret only that it was opened.
QUERY = re.compile(r"(?<=[\w/.-])\?[^\s\"'<>]*")
ONE_TIME_LINK = re.compile(r"/(welcome|review|planned)/[^\s\"'<>]+")
# Characters of an address that a terminal or a reader of lines would obey: breaks, colours, turned directions.
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text without query strings and without one-time links."""
    return ONE_TIME_LINK.sub(r"/\1/…", QUERY.sub("", text))


def one_line(text: str) -> str:
    """Return the text with what ends a line or moves a terminal written out, as in ``\\n``."""
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class Line(logging.Formatter):
    """One readable line: time, level, logger, message, and the request's id where there is one."""

    def __init__(self):
        super().__init__("{asctime} {levelname:<7} {name}: {message}", datefmt="%Y-%m-%d %H:%M:%S", style="{")

    def formatMessage(self, record):
        return one_line(super().formatMessage(record))

    def formatException(self, exc_info):
        """Return the traceback indented: no line of it passes for one of the log, whatever the error quotes."""
        said = super().formatException(exc_info)
        return "\n".join(f"    {one_line(line)}" for line in said.split("\n"))

    def format(self, record):
        said = clean(super().format(record))
        extra = "".join(f" {name}={one_line(str(value))}" for name, value in facts(record).items())
        return f"{said}{extra}"


class Json(logging.Formatter):
    """One JSON object a line, the traceback inside it."""

    def format(self, record):
        said = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": clean(record.getMessage()),
        } | facts(record)
        if record.exc_info:
            said["traceback"] = clean(self.formatException(record.exc_info))
        return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(said, ensure_ascii=False, default=str))


def facts(record) -> dict:
    """Return what a call gave besides its message (``extra={"facts": {…}}``), and the request it happened in."""
    found = getattr(record, "facts", {})
    return found | {"request": request_id.get()} if request_id.get() else found


def configuration(level: str, *, as_json: bool) -> dict:
    """Return Django's ``LOGGING``: everything to standard error in one shape; libraries speak from WARNING up.

    So do the web server and the task worker, one line for each task otherwise: only DEBUG asks for that.
    """
    servers = level if level == "DEBUG" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "medigy.http.logs.Json" if as_json else "medigy.http.logs.Line"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "medigy": {"level": level},
            "curation": {"level": level},
            "offerings": {"level": level},
            "django.tasks": {"level": servers},
            "django_tasks_db": {"level": servers},
            "gunicorn": {"level": servers},
            "gunicorn.access": {"level": "CRITICAL"},  # medigy.requests says it, without query strings
            # Django's own names bring handlers along; one line each is enough.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # medigy.requests tells the status of the others
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.db.backends": {"level": "WARNING"},
            "django.template": {"level": "INFO"},
            "django.utils.autoreload": {"level": "WARNING"},
        },
    }
