"""Character references of HTML as the characters they stand for: ``html.unescape`` for text that strangers wrote."""

import html
import re

_NUMBER = re.compile(r"&#([0-9]{8,});?")  # no character has such a number, and int() raises at some thousands of digits


def unescape(text: str) -> str:
    """Return text with its references replaced; one to a number that no character has becomes U+FFFD. Never raises."""
    return html.unescape(_NUMBER.sub(_shortened, text) if "&#" in text else text)


def _shortened(found: re.Match) -> str:
    digits = found[1].lstrip("0") or "0"
    return f"&#{digits};" if len(digits) < 8 else "\ufffd"
