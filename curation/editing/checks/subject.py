"""Subjects of checks: a snapshot and the few things that stand beside it."""

from dataclasses import dataclass, field
from functools import cached_property

from curation.editing import evidence_marks, link_checks
from curation.editing.evidence_marks import Lack, Text


@dataclass
class Subject:
    """A snapshot's ``content``, and what a rule may read beside it.

    ``brand`` and ``site_name`` are of its main source; ``source_text`` is that page's main text and ``language`` its
    language, where they are known. ``source_answered`` says whether readers reach it (None: nobody knows) and
    ``source_words`` why not. ``picture_width`` is in pixels, 0 where it is not known. ``blocking`` names those whose
    open comments hold it back. ``links`` says of the addresses in the body, by their key, why they are dead (a
    code), empty where they answered; those that nobody tried lately are not in it. ``texts`` are those of its sources;
    None where nobody loaded them, and then checks that hold sentences against them are not asked.
    """

    content: dict
    brand: str = ""
    site_name: str = ""
    source_text: str = ""
    language: str = ""
    source_answered: bool | None = True
    source_words: str = ""
    picture_missing: bool = False
    picture_width: int = 0
    retired_topics: list[str] = field(default_factory=list)
    blocking: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    texts: list[Text] | None = None

    def has(self, name):
        """Return whether a field holds more than blanks."""
        return bool(str(self.content.get(name) or "").strip())

    @property
    def addresses(self):
        """The web addresses that the body links to, by key."""
        return link_checks.addresses(self.content["body"] or "")

    @cached_property
    def lacking(self) -> list[Lack]:
        """The figures and names that no source has. Some 100 ms where they are not known yet."""
        return list(evidence_marks.lacking(self.content, evidence_marks.marks_of(self.content, self.texts or [])))
