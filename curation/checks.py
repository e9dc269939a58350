"""What must or should be right with an article before it goes on, as a list of rules.

A rule reads a snapshot and the few things it refers to; it never asks the network and never changes anything.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import measures


@dataclass(frozen=True)
class Finding:
    """One thing to mend. ``gate`` names the step that waits for it (``submit``, ``approve``); empty is advice."""

    code: str
    words: str
    gate: str = ""


@dataclass
class Subject:
    """What a rule may read: the snapshot's ``content``, the brand of its main source, whether its picture is there."""

    content: dict
    brand: str = ""
    site_name: str = ""
    picture_missing: bool = False
    retired_topics: list[str] = field(default_factory=list)

    def has(self, name):
        """Whether a field holds more than blanks."""
        return bool(str(self.content.get(name) or "").strip())


def findings(subject: Subject) -> list[Finding]:
    """Everything that is to be mended, gates first. Free: rules read only the subject."""
    found = [finding for rule in RULES for finding in rule(subject)]
    return sorted(found, key=lambda finding: not finding.gate)


def holding_back(found: list[Finding], step: str) -> list[Finding]:
    """Which of these findings stand in the way of ``step``: its own gate's, and for approval also submission's."""
    gates = {"submit": {"submit"}, "approve": {"submit", "approve"}}[step]
    return [finding for finding in found if finding.gate in gates]


def _title(subject) -> Iterator[Finding]:
    if not subject.has("title"):
        yield Finding("no-title", "There is no title yet.", "submit")
    elif subject.content["title"].rstrip().endswith("…"):
        yield Finding("cut-title", "The title was cut by its source and ends in “…”; write it out.")


def _branded_title(subject) -> Iterator[Finding]:
    tail = re.search(r"\s[|–-]\s([^|–-]+)$", subject.content["title"] or "")
    if tail and _alike(tail[1], subject.brand, subject.site_name):
        yield Finding("branded-title", f"The title ends with the name of its source (“{tail[1].strip()}”).")


def _alike(words, brand, site_name):
    """Whether a title's tail is the brand's first label or the site's own name, spaces and case aside."""
    bare = re.sub(r"[^a-z0-9]", "", words.lower())
    names = (brand.rpartition(".")[0], brand, site_name)
    return bool(bare) and bare in {re.sub(r"[^a-z0-9]", "", name.lower()) for name in names}


def _body(subject) -> Iterator[Finding]:
    if not subject.has("body"):
        yield Finding("no-body", "There is no text under the title yet.", "submit")


def _source(subject) -> Iterator[Finding]:
    if not any(row["role"] == "source" for row in subject.content["sources"]):
        yield Finding("no-source", "There is no source: readers must be able to go to the original.", "submit")


def _standfirst(subject) -> Iterator[Finding]:
    if not subject.has("standfirst"):
        yield Finding("no-standfirst", "There is no standfirst: cards and feeds show it.", "approve")
    elif measures.of(subject.content["standfirst"], subject.content["body"]).is_cut:
        yield Finding("cut-standfirst", "The standfirst is a machine's cut of the text; readers see it repaired.")


def _topics(subject) -> Iterator[Finding]:
    if not subject.content["topics"]:
        yield Finding("no-topics", "It is filed under no topic, so nobody will find it there.", "submit")
    for label in subject.retired_topics:
        yield Finding("retired-topic", f"The topic “{label}” is retired; choose another.")


def _picture(subject) -> Iterator[Finding]:
    if subject.content["picture_id"] is None:
        return
    if subject.picture_missing:
        yield Finding("missing-picture", "The picture is named but not there; readers see a drawn cover.")
    alt = (subject.content["picture_alt"] or "").strip()
    if not alt or alt == subject.content["title"].strip():
        yield Finding("no-alt", "The picture has no description of its own for people who cannot see it.")


RULES: list[Callable[[Subject], Iterator[Finding]]] = [
    _title,
    _branded_title,
    _body,
    _source,
    _standfirst,
    _topics,
    _picture,
]
