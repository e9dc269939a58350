"""Checks of what must or should be right with an article before it goes on: data, their levels, what they find."""

from dataclasses import dataclass

from curation.editing import comments

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
    "held_late",
    "holding_back",
    "levels_of",
    "needs_texts",
    "passed",
]


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the check that found it, in words, how strict it is (``LEVELS``), and the form's field.

    ``heading`` is the place of the heading of the text that it is about, from 0, ``sentence`` the number of its
    sentence, from 1; None where it is about none.
    """

    code: str
    words: str
    level: str = ADVICE
    field: str = ""
    heading: int | None = None
    sentence: int | None = None

    @property
    def gate(self) -> str:
        """The step that waits for it (``submit``, ``approve``); empty for advice."""
        return "" if self.level == ADVICE else self.level


def findings(subject: Subject, levels: dict[str, str] | None = None, *, plain: bool = False) -> list[Finding]:
    """Return everything that is to be mended, the strictest first.

    ``levels`` (``levels_of``) says by code where a check is more or less strict than by itself; ``plain`` asks only
    the checks that words alone answer. Free of queries; about 1 ms where there is a source's text, else 0.1 ms; those
    of evidence take 100 ms once, where the subject has texts.
    """
    found = [
        _finding(check, level, words)
        for check, level in _asked(levels, plain, has_texts=subject.texts is not None)
        for words in check.rule(subject)
    ]
    return sorted(found, key=lambda finding: LEVELS.index(finding.level))


def _finding(check, level, words):
    about = {name: getattr(words, name, None) for name in ("heading", "sentence")}
    return Finding(check.code, words, level, getattr(words, "field", check.field), **about)


def _asked(levels, plain=False, *, has_texts):
    """Return the checks that are asked, each with its level."""
    pairs = [(check, (levels or {}).get(check.code, check.level)) for check in CHECKS if check.plain or not plain]
    return [(check, level) for check, level in pairs if level != OFF and (has_texts or not check.evidence)]


def passed(found: list[Finding], levels: dict[str, str] | None = None, *, has_texts: bool = False) -> list[Check]:
    """Return the checks that were asked and found nothing; ``has_texts`` if those of evidence were."""
    open_ones = {finding.code for finding in found}
    return [check for check, _ in _asked(levels, has_texts=has_texts) if check.code not in open_ones]


_GATES = {"submit": {SUBMIT}, "approve": {SUBMIT, APPROVE}, "publish": {SUBMIT, APPROVE}}


def holding_back(found: list[Finding], step: str) -> list[Finding]:
    """Return those findings that stand in the way of ``step``: its own gate's, and for approval also submission's.

    Before what is approved goes out, only ``late`` checks do.
    """
    gates = _GATES.get(step, set())
    return [one for one in found if one.level in gates and (step != "publish" or BY_CODE[one.code].late)]


def held_late(articles, person) -> dict[int, list[Finding]]:
    """Return what ``late`` checks find of articles, by article id, as strict as for ``person``. Two queries."""
    asked = [(check, level) for check, level in _asked(levels_of(person), has_texts=False) if check.late]
    names = comments.blocking(article.pk for article in articles)
    subjects = {article.pk: Subject({}, blocking=names.get(article.pk, [])) for article in articles}
    found = {
        pk: [_finding(check, level, words) for check, level in asked for words in check.rule(subject)]
        for pk, subject in subjects.items()
    }
    return {pk: holding_back(every, "publish") for pk, every in found.items()}


def needs_texts(levels: dict[str, str], step: str) -> bool:
    """Return whether a check of evidence may stand in the way of ``step``: only then is it asked there."""
    return any(check.evidence and level in _GATES.get(step, set()) for check, level in _asked(levels, has_texts=True))
