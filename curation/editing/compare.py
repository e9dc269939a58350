"""Differences between two snapshots, or two texts: one diff for histories, stale saves, restores and previews."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.text import get_text_list

from curation.models import Author, Picture, Section, SourceLink, evidence
from curation.models.fields import HTML, LABELS, LISTS
from curation.models.snapshots import complete
from curation.models.vocabulary.current import together
from curation.text import prose
from offerings.models import Offering, Topic

SAME, ADDED, REMOVED = "same", "added", "removed"
_MOST = 1_500  # words or lines that are compared one by one; difflib's time grows with their square
_WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")
_END = re.compile(r"[.!?…][”’\"')\]]*")  # of a sentence

#: Things that the lists of a snapshot name, as people read them.
_THINGS = {
    "topics": Topic.objects.only("name"),
    "sources": SourceLink.objects.only("cleaned"),
    "offerings": Offering.objects.only("name"),
    "bylines": Author.objects.only("name"),
}
_ONE = {"picture_id": Picture.objects.all(), "section_id": Section.objects.all()}


@dataclass(frozen=True)
class Span:
    """A piece of text that both have, or that only the later (``added``) or the earlier one (``removed``) has."""

    kind: str
    words: str


@dataclass(frozen=True)
class Difference:
    """One part that differs: its label, and both texts as one. ``note`` says what words cannot show."""

    name: str
    label: str
    spans: list[Span]
    note: str = ""


def spans(old: str, new: str) -> list[Span]:
    """Return the spans that turn ``old`` into ``new``: by lines, and word by word inside lines that differ. Pure.

    Passages of more than 1,500 words that differ are shown whole, so that no text takes longer than a moment.
    """
    found = _joined(_compared(old.splitlines(keepends=True), new.splitlines(keepends=True), _by_words))
    return _joined(_at_sentences(found))


def _by_words(old, new):
    return _compared(_WORD.findall(old), _WORD.findall(new), _replaced)


def _replaced(old, new):
    return [Span(REMOVED, old), Span(ADDED, new)]


def _compared(before, after, closer):
    """Yield pieces that both have, and between them what ``closer`` makes of both sides."""
    if max(len(before), len(after)) > _MOST:
        return _replaced("".join(before), "".join(after))
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        found += [Span(SAME, gone)] if kind == "equal" else closer(gone, come)
    return found


def _joined(found):
    """Return neighbours of one kind as one, and nothing that is empty."""
    joined = []
    for span in found:
        if not span.words:
            continue
        if joined and joined[-1].kind == span.kind:
            span = Span(span.kind, joined.pop().words + span.words)
        joined.append(span)
    return joined


def _at_sentences(found):
    """Return spans in which a sentence that came or went begins behind the end of the one before, not with that."""
    moved = []
    for span in found:
        beside = moved[-1] if moved and moved[-1].kind != SAME and span.kind == SAME else None
        end = _END.match(beside.words) if beside else None
        if end and span.words.startswith(end[0]) and end.end() < len(beside.words):
            moved[-1:] = [Span(SAME, end[0]), Span(beside.kind, beside.words[end.end() :] + end[0])]
            span = Span(SAME, span.words[end.end() :])
        moved.append(span)
    return moved


def in_short(old: dict, new: dict) -> str:
    """Return in a few words what differs between two snapshots: “standfirst and 2 paragraphs”.

    No query, one where they are filed under different topics.
    """
    old, new = together(old, new)
    parts = [_in_short(name, old.get(name), new.get(name)) for name in LABELS if old.get(name) != new.get(name)]
    return get_text_list(parts, "and")


def _in_short(name, old, new):
    label = LABELS[name].partition(",")[0]
    label = label if label.isupper() else label[0].lower() + label[1:]
    if name not in HTML:
        return label
    before, after = (plain(name, value).splitlines() for value in (old, new))
    if max(len(before), len(after)) > _MOST:
        return label
    changed = sum(
        max(b - a, d - c)
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if kind != "equal"
    )
    if not changed:
        return f"the form of the {label}"
    return f"{changed} paragraph{'s' * (changed > 1)}" if name == "body" else label


def differences(old: dict, new: dict) -> list[Difference]:
    """Return what differs between two snapshots, in reading order. A query for each kind of list that differs.

    Snapshots may be of different ages: what articles did not have then counts as empty, and a topic that went into
    another one since is that (a query more where topics differ).
    """
    old, new = together(old, new)
    found = [(name, *_texts(name, old, new)) for name in LABELS if old.get(name) != new.get(name)]
    return [
        Difference(name, LABELS[name], spans(before, after), "" if before != after else "Only its form differs.")
        for name, before, after in found
    ]


def told(content: dict) -> list[tuple[str, str]]:
    """Return every part of a snapshot that says something, with its label, as people read it. Six queries at most."""
    content = complete(content)
    texts = [(LABELS[name], _texts(name, content, content)[1].strip()) for name in LABELS]
    return [(label, text) for label, text in texts if text]


def _texts(name, old, new):
    """Return both values of one part as plain text."""
    if name in LISTS:
        key = LISTS[name].thing
        known = _THINGS[name].in_bulk({row[key] for content in (old, new) for row in content.get(name, ())})
        return [_lines(content.get(name, ()), key, known) for content in (old, new)]
    if name in _ONE:
        known = _ONE[name].in_bulk({content.get(name) for content in (old, new)} - {None})
        return [str(known.get(content.get(name), "")) for content in (old, new)]
    return [plain(name, content.get(name)) for content in (old, new)]


def _lines(rows, key, known):
    """Return one thing a line, with the role that is not every one's."""
    roles = [f" ({row['role']})" if row.get("role") in ("via", "about") else "" for row in rows]
    named = [str(known.get(row[key], f"{key} {row[key]}, which is gone")) for row in rows]
    return "".join(f"{name}{role}\n" for name, role in zip(named, roles, strict=True))


def plain(name: str, value) -> str:
    """Return the value of a field as people read it: a body without its tags, a block a line. Pure."""
    if name in HTML:
        return prose.text(value or "")
    if name == "evidence":
        return evidence.in_words(value or [])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
