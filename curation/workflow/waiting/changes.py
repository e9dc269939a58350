"""Changes in a line: what somebody who decides reads first of a brief, before its words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from rapidfuzz.distance import LCSseq

from curation.editing.compare import plain
from curation.models.fields import LABELS, LISTS
from curation.models.snapshots import complete
from curation.text import prose
from curation.text.numbers import counted

_TEXTS = ("title", "standfirst", "body", "insights")
_MOST = 600  # words of a paragraph that are compared one by one
_SHOWN = 70  # characters of each side
_NEAR = 2  # words that stay between two changes which are told as one


@dataclass(frozen=True)
class Change:
    """A change in a line: the first words that differ, on both sides, and what else does, in words."""

    removed: str = ""
    added: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """The notes as they follow the words: “, new picture, one topic more”."""
        told = ", ".join(self.notes)
        return f", {told}" if told and (self.removed or self.added) else told


def change_since(old: dict, new: dict) -> Change:
    """Return what changed between two snapshots, in a line. Its time grows with the texts, not with their product.

    Both name topics as of now (``models/vocabulary/current``).
    """
    old, new = complete(old), complete(new)
    texts = {name: (_lines(name, old), _lines(name, new)) for name in _TEXTS if old.get(name) != new.get(name)}
    first = next(((name, *pair) for name, sides in texts.items() for pair in _pairs(*sides)), None)
    removed, added = _hunk(*first[1:]) if first else ("", "")
    notes = [note for name, sides in texts.items() for note in _of_text(name, *sides, first and first[0] == name)]
    notes += [_of_part(name, old.get(name), new.get(name)) for name in LABELS if _differs(name, old, new)]
    return Change(removed, added, notes if first or notes else ["nothing"])


def _differs(name, old, new):
    return name not in _TEXTS and old.get(name) != new.get(name)


def _lines(name, content):
    return [line for part in plain(name, content.get(name)).splitlines() if (line := " ".join(part.split()))]


def _pairs(before, after) -> Iterator[tuple[str, str]]:
    """Yield paragraphs that differ, side by side; one that only one side has stands beside nothing."""
    for a, b, c, d in _runs(before, after, near=0):
        yield from zip_longest(before[a:b], after[c:d], fillvalue="")


def _hunk(before: str, after: str) -> tuple[str, str]:
    """Return the first words of two paragraphs that differ, short enough for a line."""
    old, new = before.split()[:_MOST], after.split()[:_MOST]
    runs = _runs(old, new, near=_NEAR)
    a, b, c, d = next((run for run in runs if run[0] < run[1] and run[2] < run[3]), runs[0] if runs else (0, 0, 0, 0))
    return _short(old[a:b]), _short(new[c:d])


def _runs(old, new, near):
    """Return runs of what differs, as places on both sides; runs with no more than ``near`` between them are one."""
    runs = []
    for kind, a, b, c, d in LCSseq.opcodes(old, new):
        if kind == "equal":
            continue
        if runs and a - runs[-1][1] <= near and c - runs[-1][3] <= near:
            runs[-1] = (runs[-1][0], b, runs[-1][2], d)
        else:
            runs.append((a, b, c, d))
    return runs


def _short(words):
    text = " ".join(words).rstrip(".,;: ")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def _of_text(name, before, after, is_shown) -> Iterator[str]:
    """Yield what is to be said of a text that changed, beside the words that are shown of it."""
    if name in ("title", "standfirst"):
        if not is_shown:
            yield f"new {name}"
        return
    where = "" if name == "body" else " in the editor's box"
    more, others = len(after) - len(before), sum(1 for _ in _pairs(before, after)) - is_shown
    if more:
        yield f"{counted(abs(more), 'paragraph')} {'more' if more > 0 else 'fewer'}{where}"
    elif others > 0:
        yield f"{counted(others, 'paragraph')} {'more changed' if is_shown else 'changed'}{where}"


_GIVEN = {"picture_id": "picture", "section_id": "section"}


def _of_part(name, before, after):
    """Return how a part that is no text changed: “1 topic more”, “new picture”, “other sources”."""
    if name in LISTS:
        word = name.removesuffix("s")
        more = len(after or ()) - len(before or ())
        return f"{counted(abs(more), word)} {'more' if more > 0 else 'fewer'}" if more else f"other {name}"
    word = _GIVEN.get(name, LABELS[name].lower())
    return f"new {word}" if after not in (None, "", False) else f"no {word} any more"


def first_words(content: dict, is_alive: bool | None) -> str:
    """Return what a brief that readers never saw is made of: “312 words, 4 topics, source alive”.

    ``is_alive`` says whether readers reach its source (None: nobody tried).
    """
    words = len(prose.text(content["body"] or "").split())
    main = any(row["role"] == "source" for row in content["sources"])
    source = {True: "source alive", False: "the source does not answer", None: "source not read"}[is_alive]
    said = counted(words, "word") if words else "no words yet"
    topics = counted(len(content["topics"]), "topic") if content["topics"] else "no topics"
    return ", ".join((said, topics, source if main else "no source yet"))
