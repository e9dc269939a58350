"""Leaving: what an account leaves open when it is closed, who may take it, and closing it with all of that at once."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from curation.models import Article, CalendarFeed, Comment, Edition, Invitation, LogEntry, OutsideLink, State
from curation.models.roles import keepers
from curation.workflow import actors, engine, entry

from . import accounts
from .accounts import AccountRefused


@dataclass(frozen=True)
class Work:
    """Work that stands with somebody: ids of what they own and of what they review; how many in each state.

    ``scheduled`` are the articles among both that readers get at an hour to come; ``comments`` counts what they were
    given to settle.
    """

    owned: list[int]
    reviewed: list[int]
    states: dict[str, int]
    deciding: dict[str, int]
    scheduled: list[int]
    comments: int

    @property
    def is_none(self) -> bool:
        """True where nothing is open."""
        return not (self.owned or self.reviewed or self.comments)


def work_of(person) -> Work:
    """Return what is open or scheduled with somebody. Four queries, by index."""
    hours = Edition.objects.scheduled().order_by().values("article")
    owned, reviewed = _with("owner", person, hours), _with("reviewer", person, hours)
    scheduled = Article.objects.filter(pk__in=hours).filter(pk__in=[*owned, *reviewed]).values_list("pk", flat=True)
    return Work(
        list(owned), list(reviewed), _by_state(owned), _by_state(reviewed), list(scheduled), _given_to(person).count()
    )


def _given_to(person):
    """Return the comments that somebody was given to settle."""
    return Comment.objects.filter(assigned_to=person, resolved_at=None)


def _with(part, person, hours):
    """Return the state of each article that stands with somebody and is not finished, or has its hour to come."""
    theirs = Article.objects.filter(**{part: person}).exclude(state=State.DECLINED).order_by("pk")
    waits = theirs.unfinished() | theirs.filter(pk__in=hours)
    return dict(waits.values_list("pk", "state"))


def _by_state(states):
    found = Counter(states.values())
    return {State(name).label: found[name] for name in State.values if found[name]}


def heirs(permission: str, person):
    """Return those who may take somebody's work: colleagues with the right role, in order of their names. One query."""
    return entry.holders(permission).exclude(pk=person.pk).order_by("first_name", "username")


def close(person, *, by, heir=None, decider=None) -> int:
    """Close an account, and give its open and scheduled work to ``heir`` and what it reviews to ``decider`` (None:
    to nobody, so that anybody may take it); return how many articles changed hands. All of it or nothing.

    Sessions and one-time links end. Raises :class:`AccountRefused` and ``LastKeeperRefused``; queries do not grow
    with the articles.
    """
    if not accounts.may_keep(by, person):
        raise AccountRefused("This account is not yours to close.")
    if person.pk == by.pk:
        raise AccountRefused("Another administrator closes your own account, so that somebody is left who opens it.")
    with keepers.one_stays():
        if not get_user_model().objects.filter(pk=person.pk, is_active=True).exists():
            raise AccountRefused("This account is closed already.")
        handed = _hand_over(person, by, heir, decider)
        _given_to(person).update(assigned_to=None)  # whoever sees the brief settles them
        person.is_active = False
        person.save(update_fields=["is_active"])
        _end_links(person, by)
        entry.end_sessions(person)
        LogEntry.note("closed", by, f"the account of {accounts.named(person)}")
    return handed


def _end_links(person, by):
    """End every link that lets somebody in: their own, and those they made, whose secrets they may have seen.

    Links for people outside are among them: who takes over asks anew. Each that was open is logged beside its brief.
    """
    now = timezone.now()
    asked = OutsideLink.objects.filter(by=person, revoked_at=None, until__gt=now).select_related("version__article")
    ended = list(asked.defer("version__content"))
    OutsideLink.objects.filter(pk__in=[link.pk for link in ended]).update(revoked_at=now)
    LogEntry.objects.bulk_create(
        LogEntry.of_beside("revoked", link.version.article, by, version=link.version, link=link.pk) for link in ended
    )
    Invitation.objects.filter(Q(person=person) | Q(by=person)).delete()
    CalendarFeed.objects.filter(person=person).delete()


def _hand_over(person, by, heir, decider):
    _refuse_heirs(person, heir, decider)
    work = work_of(person)
    to = {pk: {"owner": heir} for pk in work.owned}
    for pk in work.reviewed:
        to.setdefault(pk, {})["reviewer"] = decider
    if to:
        refused = engine.take_many("assign", Article.objects.filter(pk__in=to), by=by, each=to).refused
        if refused:
            raise AccountRefused(f"Not all of it could change hands: {next(iter(refused.values()))}")
    return len(to)


def _refuse_heirs(person, heir, decider):
    for one, permission in ((heir, actors.WRITE), (decider, actors.REVIEW)):
        if one is not None and not heirs(permission, person).filter(pk=one.pk).exists():
            raise AccountRefused(f"{accounts.named(one)} has not the role for this work. Choose somebody else.")
