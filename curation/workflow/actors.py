"""Actors, who take steps: people in their standing to an article, machines, the past; and the refusal they may get."""

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto
from typing import ClassVar

from django.utils import timezone

from curation.models.roles import may

WRITE, REVIEW, PUBLISH, ASSIGN = (f"curation.{verb}_article" for verb in ("write", "review", "publish", "assign"))


class Who(Flag):
    """Standings that may take a step. An unclaimed article is every curator's: ``OWNER`` includes them there."""

    OWNER = auto()
    MANAGER = auto()
    FINDER = auto()  # a curator before whom nobody claimed the article
    REVISER = auto()  # its owner, whose own edit sent it back to review once it was approved


_WORDS = {
    Who.OWNER: "its owner",
    Who.MANAGER: "a manager",
    Who.FINDER: "any curator while nobody owns it",
    Who.REVISER: "its owner whose edit sent it back to review",
}


def in_words(who: Who) -> str:
    """Name those who can, for a refusal: “its owner or a manager”."""
    return " or ".join(words for one, words in _WORDS.items() if one & who)


class StepRefused(Exception):
    """A step that may not be taken. ``str()`` says which rule and who can; ``code`` names the rule for programs.

    ``findings`` are the checks that hold it back (``checks.Finding``), all of them; empty where another rule does.
    """

    def __init__(self, words, code="closed", findings=()):
        super().__init__(words)
        self.code = code
        self.findings = list(findings)


@dataclass(frozen=True)
class Machine:
    """An actor without an account, such as the import: may do everything, signs nothing, and stands in the log.

    One that ``counts_itself`` publishes so much that counting after each step would take longer than the step: it
    calls ``counts.settle`` from time to time, and when it is done.
    """

    name: str
    counts_itself: bool = False
    pk: ClassVar[None] = None
    is_active: ClassVar[bool] = True

    def has_perm(self, permission):
        """Answer yes: machines are told what to do by commands, which only operators run."""
        return True

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class Past:
    """A person as they acted a while ago, told by a command that lays down a newsroom's history.

    Rights, gates, four eyes and the name in the log are the person's own; only the clock (``now``) comes from the
    command, as a machine's does, and it is never ahead.
    """

    person: object

    def __getattr__(self, name):
        return getattr(self.person, name)

    def __str__(self):
        return str(self.person)


def moment(by, told: datetime | None) -> datetime:
    """Return the moment at which ``by`` takes a step: now, unless a machine or the past was told another one."""
    if told is None or not isinstance(by, Machine | Past):
        return timezone.now()
    return told if isinstance(by, Machine) else min(told, timezone.now())


def standing(article, by, permission: str) -> Who:
    """Return how ``by`` stands to ``article`` where ``permission`` makes a manager. Free (permissions are cached)."""
    who = Who.MANAGER if may(by, permission) else Who(0)
    if may(by, WRITE):
        if article.owner_id is None:
            who |= Who.OWNER | Who.FINDER
        elif article.owner_id == by.pk:
            who |= Who.OWNER
    if Who.OWNER in who and by.pk is not None and article.revised_by_id == by.pk:
        who |= Who.REVISER
    return who
