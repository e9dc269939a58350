"""One pure picture of a working copy: what a Version holds, and what compare, restore, preview and press all share."""

import hashlib
import json

from django.utils.dateparse import parse_datetime

from .fields import BEFORE, CLOCK, INSTANTS, LISTS, PLAIN


def snapshot(article) -> dict:
    """Return the working copy as plain data: fields, instants (ISO text or None) and ordered lists of ids.

    Reads four relations; free where ``with_relations`` loaded them, else four queries.
    """
    return words(article) | {
        name: [
            {key: getattr(row, column) for key, column in rows.columns.items()}
            for row in getattr(article, rows.relation).all()
        ]
        for name, rows in LISTS.items()
    }


def words(article) -> dict:
    """Return the part of a snapshot that stands in the article's own row. No query."""
    content = {name: getattr(article, name) for name in PLAIN}
    for name in INSTANTS:
        moment = getattr(article, name)
        content[name] = moment.isoformat() if moment else None
    return content


def complete(content: dict) -> dict:
    """Return a snapshot of any age with every field that articles have by now. Pure."""
    return BEFORE | content


def main_link(content: dict) -> int | None:
    """Return the id of the link of a snapshot's main source: the first that is no “via”; None without one. Pure."""
    return next((row["link"] for row in content["sources"] if row["role"] == "source"), None)


def alt(content: dict) -> str:
    """Return the alternative text of a snapshot's picture as readers get it: none for a decorative one. Pure."""
    return "" if content.get("picture_decorative") else content["picture_alt"]


def instant(content, name):
    """Return an instant of a snapshot as an aware datetime, or None."""
    return parse_datetime(content[name]) if content.get(name) else None


def digest(content: dict) -> str:
    """Return a fingerprint of the words: two snapshots have the same if only the clock (``fields.CLOCK``) differs.

    A field that was added later counts only where it says something, so that old Versions keep their fingerprint.
    """
    words = {
        name: value
        for name, value in content.items()
        if name != CLOCK and not (name in BEFORE and value == BEFORE[name])
    }
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
