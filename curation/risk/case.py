"""Cases: a brief with all that its risk is judged by. Pure; what must be asked of the database is asked beforehand."""

from dataclasses import dataclass, field
from functools import cached_property

from curation.editing import compare, evidence_marks, marked_text
from curation.editing.checks import Subject
from curation.evidence.figures.scan import figures
from curation.models.evidence import sentence_key
from curation.models.snapshots import complete

from . import wording

_READ = ("title", "standfirst", "body", "insights")


@dataclass(frozen=True)
class Record:
    """A curator's record: of their last ``decided`` briefs so many went ``through`` the first time."""

    who: str
    decided: int
    through: int


@dataclass
class Case:
    """A brief that somebody decides on.

    ``subject`` is what its checks read, with the texts of its sources. ``live`` is the snapshot that readers see, None
    where they see nothing. ``told`` is how many briefs readers know from its main source, None where it has none.
    ``offerings`` names those that it connects and readers do not see on it.
    """

    subject: Subject
    live: dict | None = None
    told: int | None = None
    record: Record | None = None
    offerings: list[str] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        """The words that readers are to read: title, standfirst and text."""
        return "\n".join(compare.plain(name, self.subject.content.get(name)) for name in _READ)

    @cached_property
    def harm(self) -> dict[str, str]:
        """The first words of each kind that a mistake in may do harm with, by the kind; empty where there are none."""
        finders = (wording.patient, wording.dose, wording.medicine, wording.device)
        return {find.__name__: find(self.words) for find in finders}

    @property
    def is_read(self) -> bool:
        """True if there is a source's text to hold it against."""
        return bool(self.subject.texts)

    @cached_property
    def retold(self) -> list[str]:
        """The sentences that readers see and that it no longer says so, as they see them."""
        if self.live is None:
            return []
        said = {sentence_key(one) for one in evidence_marks.sentences_of(self.subject.content)}
        return [one for one in evidence_marks.sentences_of(complete(self.live)) if sentence_key(one) not in said]

    @cached_property
    def claims(self) -> list[str]:
        """The figures that readers have seen in sentences which it says otherwise, as far as it lacks them now."""
        found = [one.words(text) for text in self.retold for one in figures(text) if not one.weak]
        return [words for words in dict.fromkeys(found) if words not in self.words]

    @cached_property
    def changed(self) -> int:
        """The number of words that differ from what readers see; 0 where they see nothing."""
        if self.live is None:
            return 0
        before, after = complete(self.live), self.subject.content
        pairs = [(compare.plain(name, before.get(name)), compare.plain(name, after.get(name))) for name in _READ]
        sides = [marked_text.changed_words(marked_text.marked(*pair)) for pair in pairs]
        return max(sum(side) for side in zip(*sides, strict=True))
