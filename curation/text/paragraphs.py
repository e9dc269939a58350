"""Paragraphs of a text that was read from a page, as everybody who names one counts them."""

import re


def paragraphs(text: str, kind: str) -> list[str]:
    """Return the paragraphs of a text: a line each where it is a page of HTML (``kind`` is ``page``), else what blank
    lines set apart.
    """
    parts = text.splitlines() if kind == "page" else re.split(r"\n\s*\n", text)
    return [block for part in parts if (block := part.strip())]
