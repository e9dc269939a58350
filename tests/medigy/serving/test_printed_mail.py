"""Letters without a mail server: shown to who works on the site, and kept by no log."""

import io
import logging

import pytest
from django.core.mail import EmailMessage

from medigy.serving.printed_mail import Printed


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("site", "debug", "stream", "is_shown"),
    [
        ("http://127.0.0.1:8000", False, Terminal(), True),
        ("http://127.0.0.1:8000", False, io.StringIO(), False),
        ("https://news.example.org", True, Terminal(), True),
        ("https://news.example.org", False, Terminal(), False),
        ("https://news.example.org", True, io.StringIO(), False),
    ],
)
def test_a_letter_is_printed_on_ones_own_terminal_alone(settings, caplog, site, debug, stream, is_shown):
    settings.SITE_URL, settings.DEBUG = site, debug
    letter = EmailMessage("A link", "https://news.example.org/welcome/secret/", "a@example.org", ["mae@example.org"])
    with caplog.at_level(logging.WARNING):
        assert Printed(stream=stream).send_messages([letter]) == 1
    assert ("/welcome/secret/" in stream.getvalue()) is is_shown
    assert ("A letter was not sent" in caplog.text) is not is_shown
    assert not any(word in caplog.text for word in ("secret", "mae@"))
