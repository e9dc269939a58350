"""Risk in words: what speaks for reading a brief against its source before it goes out, and what against, as data."""

from .case import Case, Record
from .facts import case_of, cases_of
from .known import judge_edited, judge_now, judge_sent, keep, level_of, levels_of, may_be_decided_at_a_glance
from .rules import HIGH, LEVELS, LOW, MEDIUM, Reason, Risk, risk_of

__all__ = [
    "HIGH",
    "LEVELS",
    "LOW",
    "MEDIUM",
    "Case",
    "Reason",
    "Record",
    "Risk",
    "case_of",
    "cases_of",
    "judge_edited",
    "judge_now",
    "judge_sent",
    "keep",
    "level_of",
    "levels_of",
    "may_be_decided_at_a_glance",
    "risk_of",
]
