"""The rules of risk as a table: what each finds, how much it counts, and in what words it says so. Pure.

What raises it counts little, much or most; what lowers it makes up for little things alone, never for one that counts
much. So a good record and a clean text let a first brief from a new source through, and excuse no dose and no figure
that its source has not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curation.text import measures
from curation.text.numbers import counted

from .case import Case

LOW, MEDIUM, HIGH = "low", "medium", "high"
#: Levels, the least first.
LEVELS = (LOW, MEDIUM, HIGH)
LITTLE, MUCH, MOST = 1, 2, 4
_ENOUGH = 3  # decided briefs below which somebody has no record yet
_PROVEN, _GOOD, _POOR = 5, 0.9, 0.65  # decided briefs, and shares of them that went through the first time
_SMALL, _LARGE = 12, 250  # words that changed


@dataclass(frozen=True)
class Rule:
    """A rule: how much what it finds counts (below 0: it lowers), and what it finds, in words."""

    code: str
    weight: int
    find: Callable[[Case], Iterator[str]]


@dataclass(frozen=True)
class Reason:
    """A reason in words; one that ``raises`` speaks for reading the brief against its source."""

    code: str
    words: str
    weight: int

    @property
    def raises(self) -> bool:
        """True if it raises the risk."""
        return self.weight > 0


@dataclass(frozen=True)
class Risk:
    """A risk: its level (``LEVELS``), and its reasons, those that raise it first, the weightiest before others."""

    level: str
    reasons: list[Reason]

    @property
    def advice(self) -> str:
        """The sentence about what to do before it goes out."""
        return _ADVICE[self.level]


_ADVICE = {
    LOW: "Nothing speaks against deciding at a glance.",
    MEDIUM: "Read it against the source before it goes out.",
    HIGH: "Read every sentence of it against the source, and ask a colleague where you are not sure.",
}


def risk_of(case: Case) -> Risk:
    """Return the risk of a case. Some 100 ms where its evidence is not known yet, else below 2 ms."""
    found = [Reason(rule.code, words, rule.weight) for rule in RULES for words in rule.find(case)]
    return Risk(_level([one.weight for one in found]), sorted(found, key=lambda one: -one.weight))


def _level(weights):
    """Return the level: what lowers it takes away what counts little, and no more."""
    little = sum(weight for weight in weights if weight == LITTLE)
    lowered = -sum(weight for weight in weights if weight < 0)
    score = max(0, little - lowered) + sum(weight for weight in weights if weight > LITTLE)
    return LOW if score == 0 else MEDIUM if score < MOST else HIGH


def _patient(case):
    if name := case.harm["patient"]:
        yield f"Names a patient: {name}"


def _dose(case):
    if words := case.harm["dose"]:
        yield f"Names a dose: {words}"


def _medicine(case):
    if words := case.harm["medicine"]:
        yield f"Names a medicine: {words}"


def _device(case):
    if words := case.harm["device"]:
        yield f"Names a device in or on a body: {words}"


def _harmless(case):
    if not any(case.harm.values()):
        yield "No dose, medicine, device or named patient"


def _claim(case):
    if case.claims:
        more = f" and {counted(len(case.claims) - 1, 'more figure')}" if len(case.claims) > 1 else ""
        yield f"Changes a claim readers have seen: “{case.claims[0]}”{more}"


def _missing(case):
    found = [lack for lack in case.subject.lacking if not lack.is_name] if case.is_read else []
    if found:
        number, verb = len(found), "is" if len(found) == 1 else "are"
        yield f"{_capital(counted(number, 'figure'))} {verb} not in the source: {found[0].words}"


def _strangers(case):
    found = [lack for lack in case.subject.lacking if lack.is_name] if case.is_read else []
    if found:
        yield f"Names {found[0].words}, which the source does not"


def _grounded(case):
    if case.is_read and not case.subject.lacking:
        yield "Every figure and name is in the source"


def _unread(case):
    if not case.is_read:
        yield "Nobody read its source: there is nothing to hold it against"


def _copied(case):
    run = measures.copied_run(case.subject.content["body"] or "", case.subject.source_text)
    if run and not run.is_quoted:
        yield f"{run.length} words in a row are its source’s: “{run.opening} …”"


def _first(case):
    if case.told == 0:
        yield f"The first brief from {case.subject.brand}"


def _offering(case):
    if case.offerings:
        more = f" and {counted(len(case.offerings) - 1, 'more offering')}" if len(case.offerings) > 1 else ""
        yield f"Newly connects {case.offerings[0]}{more}"


def _new_hand(case):
    if case.record and case.record.decided < _ENOUGH:
        yield f"One of the first briefs of {case.record.who}"


def _poor_record(case):
    if case.record and case.record.decided >= _ENOUGH and case.record.through < _POOR * case.record.decided:
        returned = case.record.decided - case.record.through
        yield f"{returned} of the last {case.record.decided} of {case.record.who} came back"


def _good_record(case):
    if case.record and case.record.decided >= _PROVEN and case.record.through >= _GOOD * case.record.decided:
        yield f"{case.record.through} of the last {case.record.decided} of {case.record.who} went through first time"


def _large(case):
    if case.changed > _LARGE:
        yield f"A large change: {case.changed} words"


def _small(case):
    if case.live is not None and 0 < case.changed <= _SMALL and not case.claims:
        yield f"A small change: {counted(case.changed, 'word')}"


def _capital(words):
    return words[:1].upper() + words[1:]


RULES = (
    Rule("patient", MOST, _patient),
    Rule("dose", MUCH, _dose),
    Rule("claim", MUCH, _claim),
    Rule("missing", MUCH, _missing),
    Rule("copied", MUCH, _copied),
    Rule("unread", MUCH, _unread),
    Rule("names", LITTLE, _strangers),
    Rule("medicine", LITTLE, _medicine),
    Rule("device", LITTLE, _device),
    Rule("first", LITTLE, _first),
    Rule("offering", LITTLE, _offering),
    Rule("new-hand", LITTLE, _new_hand),
    Rule("poor-record", MUCH, _poor_record),
    Rule("large", LITTLE, _large),
    Rule("grounded", -LITTLE, _grounded),
    Rule("harmless", -LITTLE, _harmless),
    Rule("good-record", -LITTLE, _good_record),
    Rule("small", -LITTLE, _small),
)
