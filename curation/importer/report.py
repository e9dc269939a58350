"""Report of an import: counts, warnings by kind with a few examples, and what the catalogue got new."""

from collections import Counter
from dataclasses import dataclass, field

from curation.importer.documents.files import Failed, Passed

KINDS = 300  # of warnings that are told apart
KEY = "lost: key"  # the kind of warning that names a key of front matter without a place here
EXAMPLES = 3  # of each kind of warning; all of them are shown where somebody asks


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a curator should know of a document that was taken. ``code`` names the kind, ``times`` counts it."""

    shown: str
    line: int
    code: str
    words: str
    times: int = 1

    def __str__(self):
        return f"{self.shown}:{self.line}: {self.words}" if self.line else f"{self.shown}: {self.words}"


@dataclass
class SliceOutcome:
    """An outcome of one slice of documents; merged into the report when its transaction has held.

    ``new`` holds the names of what was made, by kind; ``passed`` the files that were left out on purpose.
    """

    counts: Counter = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)
    conflicts: list[Failed] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    new: dict[str, set[str]] = field(default_factory=dict)
    passed: list[Passed] = field(default_factory=list)

    def absorb(self, other: "SliceOutcome") -> None:
        """Add what became of other documents."""
        self.counts += other.counts
        self.failed += other.failed
        self.conflicts += other.conflicts
        self.warnings += other.warnings
        self.passed += other.passed
        for kind, names in other.new.items():
            self.new.setdefault(kind, set()).update(names)


@dataclass
class Report:
    """The sum of all slices. Its memory does not grow with the documents, only with the catalogue.

    ``passed`` counts files that were left out on purpose, by kind, ``keys`` keys of front matter without a place here;
    ``examples`` are a few of each kind of warning, and of what was left out.
    """

    counts: Counter = field(default_factory=Counter)
    warned: Counter = field(default_factory=Counter)
    examples: dict[str, list[Warned | Passed]] = field(default_factory=dict)
    passed: Counter = field(default_factory=Counter)
    keys: Counter = field(default_factory=Counter)
    documents_with: Counter = field(default_factory=Counter)
    new: dict[str, set[str]] = field(default_factory=dict)
    pictures: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    picture_seconds: float = 0.0
    interrupted: bool = False

    def add(self, outcome: SliceOutcome) -> None:
        """Take in what became of a slice."""
        self.counts += outcome.counts
        self.counts["failed"] += len(outcome.failed)
        self.counts["conflicts"] += len(outcome.conflicts)
        self.counts["warnings"] += len(outcome.warnings)
        self.counts["passed over"] += len(outcome.passed)
        for warned in outcome.warnings:
            self._count(self.warned, warned.code, warned, warned.times)
            if warned.code == KEY and (warned.words in self.keys or len(self.keys) < KINDS):
                self.keys[warned.words] += 1
        for passed in outcome.passed:
            self._count(self.passed, passed.kind, passed)
        for kind, names in outcome.new.items():
            self.new.setdefault(kind, set()).update(names)

    def _count(self, counter, kind, example, times=1):
        """Count one of a kind; kinds beyond the first few hundred, which only an attack has, are one."""
        kind = kind if kind in counter or len(counter) < KINDS else "and many other kinds"
        counter[kind] += times
        self.documents_with[kind] += 1
        some = self.examples.setdefault(kind, [])
        if len(some) < EXAMPLES:
            some.append(example)

    @property
    def documents(self) -> int:
        """The number of documents that were looked at."""
        return sum(self.counts[name] for name in ("created", "updated", "unchanged", "conflicts", "failed"))

    @property
    def per_second(self) -> float:
        """Documents per second of the whole run, pictures apart."""
        return self.documents / self.seconds if self.seconds else 0.0
