"""Invitations by a one-time link: made, sent, looked at, taken back. Django signs and checks the link (decision 45)."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from curation.models import Invitation, LogEntry, roles
from curation.models.roles import keepers
from curation.workflow import entry
from offerings.text.words import single_line

from . import accounts
from .accounts import AccountRefused

#: How long a link is good: that of a colleague, and one that a command printed.
LASTS, PRINTED = timedelta(days=7), timedelta(days=1)
#: How soon the same that is asked for again is a second click.
AGAIN = timedelta(seconds=10)


class Links(PasswordResetTokenGenerator):
    """Django's own signed tokens, good as long as the invitation that they name stands.

    What is signed ends with the password that they set, the next sign-in and a new address, as Django's does; a new or
    a revoked invitation ends it as well. Nothing of a link is stored, and Django compares in constant time.
    """

    def check_token(self, user, token):
        found = invitation_of(user) if user else None
        return bool(found and found.until > timezone.now()) and super().check_token(user, token)

    def _make_hash_value(self, user, timestamp):
        found = invitation_of(user)
        return f"{super()._make_hash_value(user, timestamp)}{found.key if found else ''}"


links = Links()


def invitation_of(person) -> Invitation | None:
    """Return the invitation that somebody has, used by nobody yet. One query."""
    return Invitation.objects.select_related("by").filter(person=person.pk).first()


def link_for(person, by=None, lasts: timedelta = PRINTED) -> str:
    """Return the path of a new one-time link, by which a person chooses a name and a password. Ends the one before.

    Two at once wait for each other, and the later link is the one that is good.
    """
    now = timezone.now()
    with transaction.atomic():
        _hold(person)
        Invitation.objects.filter(person=person).delete()
        Invitation.objects.create(person=person, by=by, at=now, until=now + lasts)
    return _path(person)


def _hold(person):
    """Have others wait who give this account a link, until the transaction is over. One query."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk").first()


def _path(person):
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("welcome", args=[uid, links.make_token(person)])


@transaction.atomic
def invite(*, by, name: str, email: str, role: str) -> tuple:
    """Make an account without a password; return it, the path of its link, and whether that is new.

    Sent twice, as by a double click, it is done once, and both have a link of the same invitation. Raises
    :class:`AccountRefused`, for an address that a colleague has as well.
    """
    if not roles.may(by, accounts.INVITE):
        raise AccountRefused("Administrators invite colleagues.")
    with keepers.one_stays():  # who changes accounts waits here
        if found := _invited_just_now(by, name, email, role):
            return found, _path(found), False
        accounts.refuse_taken("email", email)
        first, last = accounts.parts_of(name)
        given = {"first_name": first, "last_name": last, "email": email}
        person = get_user_model().objects.create_user(accounts.username_for(name, email), **given)
        accounts.give(person, role, by=by)
        link = link_for(person, by, LASTS)
        LogEntry.note("invited", by, accounts.named(person), changed=f"as {role.lower()}")
    return person, link, True


def _just_now(by):
    """Return the invitations that somebody gave a moment ago."""
    return Invitation.objects.filter(by=by, at__gt=timezone.now() - AGAIN, until__gt=timezone.now())


def _invited_just_now(by, name, email, role):
    given = _just_now(by).filter(person__email__iexact=email).select_related("person").first()
    is_same = given and accounts.named(given.person) == single_line(name) and accounts.role_of(given.person) == role
    return given.person if is_same else None


def renew(person, *, by) -> tuple[str, bool]:
    """Return the path of another link for a colleague, and whether it is a new one.

    An unused one is lost, or a password is. A second click has a link of the same invitation.
    """
    if not accounts.may_keep(by, person):
        raise AccountRefused("This account is not yours to change.")
    if not entry.may_enter(person):
        raise AccountRefused("This account is closed or has no role, so no link would let anybody in.")
    with transaction.atomic():
        _hold(person)
        if _just_now(by).filter(person=person).exists():
            return _path(person), False
        LogEntry.note("link", by, accounts.named(person))
        return link_for(person, by, LASTS), True


def revoke(person, *, by) -> bool:
    """Take back the link that somebody has; return whether there was one."""
    if not accounts.may_keep(by, person):
        raise AccountRefused("This account is not yours to change.")
    with transaction.atomic():
        gone, _ = Invitation.objects.filter(person=person).delete()
        if gone:
            LogEntry.note("uninvited", by, accounts.named(person))
    return bool(gone)


def used(person) -> None:
    """Forget the invitation of somebody who came in by it."""
    Invitation.objects.filter(person=person).delete()
