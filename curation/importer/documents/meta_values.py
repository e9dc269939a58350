"""The values of a document's front matter as the importer asks for them, and what it could make nothing of."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from typing import NamedTuple

from curation.importer.frontmatter import Document
from curation.text import entities

from . import moments
from .files import DocumentRefused

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # characters that no database keeps in a text
_MAYBE_UNSTORABLE = re.compile(r"\\[0xuU]")
_HOLDERS = ("params", "extra", "taxonomies")  # mappings inside which generators read further keys of a page
_YEARS = range(1000, 9000)


def is_empty(value: object) -> bool:
    """Return whether a value is a spelling of nothing: null, an empty or blank text, an empty list or mapping."""
    if value is None:
        return True
    return value.isspace() or not value if isinstance(value, str) else value in ([], {})


def plain(value: object) -> object:
    """Return a YAML value as JSON can keep it: dates, bytes, sets and numbers that are none become their words."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dict):
        return {name if type(name) is str else str(plain(name)): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


_PLAIN = {str, int, bool, type(None)}


def as_list(value: object) -> list:
    """Return a list as it is, nothing as no list, anything else as a list of one."""
    if is_empty(value):
        return []
    return value if isinstance(value, list) else [value]


class Remark(NamedTuple):
    """Something a curator should know of a document: its kind, words, the line to look at (or 0), and how often."""

    code: str
    words: str
    line: int = 0
    times: int = 1


LOSS = "lost: "  # codes that begin so name what readers will not get


class Meta:
    """Front matter being read: each value is asked for once, and what nobody could use is kept in ``leftovers``.

    Names are asked for in one spelling and found in any case, at the top or among the parameters. ``remarks`` holds
    what a curator should know; they stop nothing. ``used`` are the names that a column holds beside the format's own.
    """

    def __init__(self, document: Document):
        self.document, self.values = document, document.values
        self.leftovers: dict = {}
        self.remarks: list[Remark] = []
        self.used: set = set()
        # A quick look at the text: only an escape in quotes can name a character that no database keeps.
        if _MAYBE_UNSTORABLE.search(document.front):
            _refuse_unstorable(self.values, self)

    @cached_property
    def _folded(self):
        """Every name and value by the name in lower case, those of parameters behind those at the top."""
        holders = [self.values.get(name) for name in _HOLDERS]
        inner = [holder for holder in holders if isinstance(holder, dict)]
        folded = {}
        for some in (*reversed(inner), self.values):
            folded.update(zip(map(str.lower, map(str, some)), some.items(), strict=True))
        return folded

    def has(self, name: str) -> bool:
        """Return whether the document has the key, in any case."""
        return name in self.values or name.lower() in self._folded

    def find(self, name: str) -> object:
        """Return the value as it came, or None."""
        if name in self.values:
            return self.values[name]
        found = self._folded.get(name.lower())
        return found[1] if found else None

    def get(self, name: str) -> object:
        """Return the value, with every spelling of nothing as None; what has another spelling counts as used."""
        value = self.values.get(name)
        if value is None and name not in self.values and (found := self._folded.get(name.lower())):
            self.used.add(found[0])
            value = found[1]
        return None if is_empty(value) else value

    def use(self, name: str) -> None:
        """Mark a key as used: a column holds what it says."""
        found = self._folded.get(name.lower())
        if found:
            self.used.add(found[0])

    def first(self, *names: str) -> str:
        """Return the first of these names under which something stands; the first of all where nothing does."""
        return next((name for name in names if not is_empty(self.find(name))), names[0])

    def line(self, name: str) -> int:
        """Return the line on which a top-level key stands, 0 where it is not to be found."""
        indent = "[ \t]*" if self.document.syntax == "json" else ""
        pattern = rf"^{indent}[\"']?{re.escape(name)}[\"']?[ \t]*[:=]"
        found = re.search(pattern, self.document.front, re.MULTILINE | re.IGNORECASE)
        before = self.document.front.count("\n", 0, found.end()) if found else 0
        return before + self.document.front_line if found else 0

    def remark(self, code: str, words: str, name: str = "", times: int = 1) -> None:
        """Note something for the curator, at the line of the key ``name``."""
        self.remarks.append(Remark(code, words, self.line(name) if name else 0, times))

    def lose(self, what: str, words: str, times: int = 1) -> None:
        """Note what readers will not get: its kind, what became of it, and how often it was there."""
        if times > 0:
            self.remarks.append(Remark(f"{LOSS}{what}", words, 0, times))

    def keep(self, name: str, value: object) -> None:
        """Keep what has no column."""
        self.leftovers[name] = plain(value)

    def text(self, name: str, limit: int) -> str:
        """Return the value as text: as it came, a number or a date in its own spelling, a list or mapping left over."""
        value = self.get(name)
        if value is None:
            return ""
        if isinstance(value, dict | list | set):
            self.odd(name, value)
            return ""
        return self.cut(name, value if isinstance(value, str) else self.spelling(name, value), limit)

    def spelling(self, name: str, value: object) -> str:
        """Return the file's spelling of a plain value, such as ``11.`` for what YAML reads as 11.0."""
        return self.document.spelling(name) or str(value)

    def keep_if_there(self, name: str) -> None:
        """Keep a value as it came, if the document has the key at all."""
        if name in self.values:
            self.keep(name, self.values[name])

    def odd(self, name: str, value: object) -> None:
        """Keep a value of a kind that this key never has, and say so."""
        self.keep(name, value)
        self.remark("odd-value", f"“{name}” holds something unexpected; it is kept, but shown nowhere", name)

    def cut(self, name: str, words: str, limit: int) -> str:
        """Return ``words`` if they fit their column; else what fits, with the whole kept and a remark."""
        if len(words) <= limit:
            return words
        self.keep(name, words)
        self.remark("too-long", f"“{name}” is {len(words):,} characters long and was cut at {limit:,}", name)
        return words[:limit].rstrip()

    def texts(self, name: str, limit: int) -> list[str]:
        """Return the texts of a list (or of one value), without doubles; mappings give their name."""
        result = []
        for item in as_list(self.get(name)):
            words = entities.unescape(self._words(item)).strip()
            if len(words) > limit or (not words and not is_empty(item)):
                self.odd(name, self.find(name))
            elif words and words not in result:
                result.append(words)
        return result

    @staticmethod
    def _words(item):
        if isinstance(item, dict):
            item = next((item[name] for name in ("name", "label", "title") if not is_empty(item.get(name))), "")
        return "" if isinstance(item, dict | list | set) or item is None else str(item).strip()

    def moment(self, name: str) -> tuple[datetime | None, bool]:
        """Return ``(instant, is_day)`` of a date: a day is given as its midnight in UTC. Refuse a date that is none."""
        value = self.get(name)
        if value is None:
            return None, False
        try:
            found = moments.read(value)
            is_day = isinstance(found, date) and not isinstance(found, datetime)
            moment = datetime(found.year, found.month, found.day, tzinfo=UTC) if is_day else _aware(found)
        except moments.AmbiguousDateError as fault:
            raise DocumentRefused(f"“{name}” is no date: {fault}", self.line(name)) from fault
        except (AttributeError, OverflowError) as fault:
            raise self._no_date(name) from fault
        if moment.year == 1:  # generators write “none” so
            return None, False
        if moment.year not in _YEARS:
            raise self._no_date(name)
        return moment, is_day

    def _no_date(self, name):
        words = self.spelling(name, self.find(name))[:60]
        return DocumentRefused(f"“{name}” is no date: {words}", self.line(name))


def _aware(moment):
    """Return an instant in UTC; without a zone it is taken to be in UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refuse_unstorable(values, meta):
    for name, value in values.items():
        if any(map(_UNSTORABLE.search, _strings(value))) or _UNSTORABLE.search(str(name)):
            raise DocumentRefused(
                f"“{name}” holds a character that cannot be kept (a NUL or half a character)", meta.line(name)
            )


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _strings(inner)
    elif isinstance(value, list | tuple | set):
        for inner in value:
            yield from _strings(inner)
