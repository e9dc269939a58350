"""Checks of what must or should be right with an article before it goes on: data, their levels, what they find."""

from dataclasses import dataclass

from .levels import levels_of
from .rules import ADVICE, APPROVE, BY_CODE, CHECKS, LEVELS, OFF, SUBMIT, Check
from .subject import Subject

__all__ = [
    "ADVICE",
    "APPROVE",
    "BY_CODE",
    "CHECKS",
    "LEVELS",
    "OFF",
    "SUBMIT",
    "Check",
    "Finding",
    "Subject",
    "findings",
    "holding_back",
    "levels_of",
    "passed",
]


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the check that found it, in words, how strict it is (``LEVELS``), and the form's field.

    ``heading`` is the place of the heading of the text that it is about, from 0; None where it is about none.
    """

    code: str
    words: str
    level: str = ADVICE
    field: str = ""
    heading: int | None = None

    @property
    def gate(self) -> str:
        """The step that waits for it (``submit``, ``approve``); empty for advice."""
        return "" if self.level == ADVICE else self.level


def findings(subject: Subject, levels: dict[str, str] | None = None, *, plain: bool = False) -> list[Finding]:
    """Return everything that is to be mended, the strictest first.

    ``levels`` (``levels_of``) says by code where a check is more or less strict than by itself; ``plain`` asks only
    the checks that words alone answer. Free of queries; about 1 ms where there is a source's text, else 0.1 ms.
    """
    found = [
        Finding(check.code, words, level, check.field, getattr(words, "heading", None))
        for check, level in _asked(levels, plain)
        for words in check.rule(subject)
    ]
    return sorted(found, key=lambda finding: LEVELS.index(finding.level))


def _asked(levels, plain=False):
    """Return the checks that are asked, each with its level."""
    pairs = [(check, (levels or {}).get(check.code, check.level)) for check in CHECKS if check.plain or not plain]
    return [(check, level) for check, level in pairs if level != OFF]


def passed(found: list[Finding], levels: dict[str, str] | None = None) -> list[Check]:
    """Return the checks that were asked and found nothing."""
    open_ones = {finding.code for finding in found}
    return [check for check, _ in _asked(levels) if check.code not in open_ones]


def holding_back(found: list[Finding], step: str) -> list[Finding]:
    """Return those findings that stand in the way of ``step``: its own gate's, and for approval also submission's."""
    gates = {"submit": {SUBMIT}, "approve": {SUBMIT, APPROVE}}.get(step, set())
    return [finding for finding in found if finding.level in gates]
