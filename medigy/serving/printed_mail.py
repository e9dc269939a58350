"""Letters of a newsroom without a mail server: printed where one works on it, and nowhere that keeps what is printed.

A letter may hold a one-time link, and whoever reads a log is not whom it is for.
"""

import logging
import sys

from django.conf import settings
from django.core.mail.backends.console import EmailBackend

from medigy.environment import is_loopback

log = logging.getLogger(__name__)


def is_seen_by_one(stream) -> bool:
    """Return whether what is printed is read by who works here: a terminal, of a site that this machine alone opens."""
    is_own = settings.DEBUG or is_loopback(settings.SITE_URL)
    return is_own and getattr(stream, "isatty", lambda: False)()


class Printed(EmailBackend):
    """Django's printing of letters, on a terminal of one's own; elsewhere the log says that a letter did not go."""

    def __init__(self, **given):
        given.setdefault("stream", sys.stdout)
        super().__init__(**given)

    def write_message(self, message):
        if is_seen_by_one(self.stream):
            super().write_message(message)
        else:
            log.warning("A letter was not sent: there is no mail server yet (MAIL_URL).")
