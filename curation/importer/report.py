"""What an import did: counts, warnings by kind with a few examples, and what the catalogue got new."""

from collections import Counter
from dataclasses import dataclass, field

from curation.importer.documents.files import Failed

EXAMPLES = 3  # of each kind of warning; all of them are shown where somebody asks


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a curator should know of a document that was taken. ``code`` names the kind."""

    shown: str
    line: int
    code: str
    words: str

    def __str__(self):
        return f"{self.shown}:{self.line}: {self.words}" if self.line else f"{self.shown}: {self.words}"


@dataclass
class Outcome:
    """What became of one slice of documents; merged into the report when its transaction has held.

    ``new`` holds the names of what was made, by kind.
    """

    counts: Counter = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)
    conflicts: list[Failed] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    new: dict[str, set[str]] = field(default_factory=dict)

    def absorb(self, other: "Outcome") -> None:
        """Add what became of other documents."""
        self.counts += other.counts
        self.failed += other.failed
        self.conflicts += other.conflicts
        self.warnings += other.warnings
        for kind, names in other.new.items():
            self.new.setdefault(kind, set()).update(names)


@dataclass
class Report:
    """The sum of all slices. Its memory does not grow with the documents, only with the catalogue."""

    counts: Counter = field(default_factory=Counter)
    warned: Counter = field(default_factory=Counter)
    examples: dict[str, list[Warned]] = field(default_factory=dict)
    new: dict[str, set[str]] = field(default_factory=dict)
    pictures: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    picture_seconds: float = 0.0
    interrupted: bool = False

    def add(self, outcome: Outcome) -> None:
        """Take in what became of a slice."""
        self.counts += outcome.counts
        self.counts["failed"] += len(outcome.failed)
        self.counts["conflicts"] += len(outcome.conflicts)
        self.counts["warnings"] += len(outcome.warnings)
        for warned in outcome.warnings:
            self.warned[warned.code] += 1
            some = self.examples.setdefault(warned.code, [])
            if len(some) < EXAMPLES:
                some.append(warned)
        for kind, names in outcome.new.items():
            self.new.setdefault(kind, set()).update(names)

    @property
    def documents(self) -> int:
        """How many documents were looked at."""
        return sum(self.counts[name] for name in ("created", "updated", "unchanged", "conflicts", "failed"))

    @property
    def per_second(self) -> float:
        """Documents per second of the whole run, pictures apart."""
        return self.documents / self.seconds if self.seconds else 0.0
