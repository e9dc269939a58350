"""Marks of a page's elements: the classes, ids, relations and properties that say what they hold; in lower case."""

import re

from .wording import each

AUTHOR = re.compile(
    r"by[-_]?line|author|contributor|columnist|\bfn\b|submitted|created-?by|(?:posted|written)-?by|writer-?name|creator"
)
DATE = re.compile(r"date|publish|posted|time|byline|meta")
ANY = re.compile(f"{AUTHOR.pattern}|{DATE.pattern}")

#: The elements that are asked: what holds a name or a day.
BEARERS = frozenset(
    each("a abbr address b cite dd div em figcaption h2 h3 h4 h5 h6 i li p section small span strong td ul")
)
ASIDE = frozenset(each("aside nav footer svg"))
_COMMENTS = frozenset(
    each("comment comments comment-list commentlist comments-area comment-author disqus disqus_thread")
)
#: The attributes that bear marks.
ATTRIBUTES = ("class", "id", "rel", "property")


def is_aside(said: str) -> bool:
    """Return whether class and id, in lower case, are those of what lies beside a story: related stories, comments."""
    return "related" in said or "sidebar" in said or "recommend" in said or is_comments(said)


def is_comments(said: str) -> bool:
    """Return whether class and id, in lower case, are those of what readers wrote below a story."""
    return not _COMMENTS.isdisjoint(said.split())
