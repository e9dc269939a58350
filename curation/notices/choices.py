"""Choices: how each person is told of each kind, by what they chose and what their role is told by default."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction

from curation.models import NoticeChoice, NoticeKind, roles
from curation.workflow.actors import REVIEW

NOW, DAILY, OFF = NoticeChoice.Mail
DIGEST_AT = time(7)  # on the newsroom's clock


@dataclass(frozen=True)
class Choice:
    """A choice for one kind: how it is mailed, and whether it stands in the desk."""

    kind: NoticeKind
    mail: str
    in_desk: bool = True


#: Mail of each kind for those who write; what comes back and who calls them cannot wait until tomorrow.
WRITING = {
    NoticeKind.DECIDE: OFF,
    NoticeKind.RETURNED: NOW,
    NoticeKind.APPROVED: DAILY,
    NoticeKind.PUBLISHED: DAILY,
    NoticeKind.MENTIONED: NOW,
    NoticeKind.OVERDUE: DAILY,
    NoticeKind.UNTOUCHED: DAILY,
}
#: And for those who decide.
DECIDING = WRITING | {NoticeKind.DECIDE: DAILY, NoticeKind.PUBLISHED: OFF}


def choices_of(person) -> dict[str, Choice]:
    """Return how somebody is told of every kind that they can be told of. One query."""
    return choices_of_all([person])[person.pk]


def choices_of_all(people) -> dict[int, dict[str, Choice]]:
    """Return how each of these people is told, by their key. One query, and that of their rights."""
    kept = NoticeChoice.objects.filter(person__in=[person.pk for person in people])
    chosen = {(row.person_id, row.kind): Choice(NoticeKind(row.kind), row.mail, row.in_desk) for row in kept}
    return {
        person.pk: {kind: chosen.get((person.pk, kind), Choice(kind, mail)) for kind, mail in _defaults(person).items()}
        for person in people
    }


def _defaults(person):
    """Return the mail of each kind by default; who cannot decide is never told to."""
    if roles.may(person, REVIEW):
        return DECIDING
    return {kind: mail for kind, mail in WRITING.items() if kind != NoticeKind.DECIDE}


@transaction.atomic
def keep_choices(person, chosen: list[Choice]) -> None:
    """Keep how somebody wants to be told; a choice that is their role's default as well is kept too."""
    for one in chosen:
        values = {"mail": one.mail, "in_desk": one.in_desk}
        NoticeChoice.objects.update_or_create(person=person, kind=one.kind, defaults=values)


def stop_mail(person, kinds) -> None:
    """Send somebody no more mail of these kinds; in the desk they are told as before."""
    now = choices_of(person)
    keep_choices(person, [Choice(now[kind].kind, OFF, now[kind].in_desk) for kind in kinds if kind in now])
