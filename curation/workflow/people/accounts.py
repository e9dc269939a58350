"""Accounts: whose a colleague's is to change, what role it has in a word, and giving another one."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import prefetch_related_objects

from curation.models import Invitation, LogEntry, roles
from curation.models.people import named
from curation.models.roles import keepers
from curation.workflow import entry
from offerings import slugs
from offerings.text.words import single_line

SUPERUSER = "Superuser"
#: What each role is for; the last one is Django's, which the first account has.
MEANS = entry.MEANS | {
    SUPERUSER: "All that administrators do, and whatever else there is; also the accounts of superusers."
}
KEEP, INVITE = "auth.change_user", "auth.add_user"
_LONGEST = 150  # characters of each part of a name, and of the name to sign in with


class AccountRefused(Exception):
    """A change of an account that a rule forbids; ``str()`` says which."""


def may_keep(by, person) -> bool:
    """Return whether ``by`` may change an account: a superuser's is only a superuser's, or anybody became one."""
    return roles.may(by, KEEP) and (by.is_superuser or not person.is_superuser)


def may_give(by) -> list[str]:
    """Return the roles that somebody may give, the least first."""
    return [*roles.ROLES, *([SUPERUSER] if by.is_superuser else [])] if roles.may(by, KEEP) else []


def role_of(person) -> str:
    """Return the role of an account, the highest of several; empty where it has none. One query, unless loaded."""
    if person.is_superuser:
        return SUPERUSER
    held = {group.name for group in person.groups.all()}
    return next((name for name in reversed(roles.ROLES) if name in held), "")


def has_more(person) -> bool:
    """Return whether an account holds single permissions or several groups, as Django's own pages gave them."""
    prefetch_related_objects([person], "groups")
    expected = 1 if person.is_superuser or role_of(person) else 0
    return len(person.groups.all()) > expected or person.user_permissions.exists()


def change(person, *, by, role: str | None = None, **parts: str) -> None:
    """Change what an account says (``name``, ``username``, ``email``) and may; what is not given stays as it is by
    now, whatever a page showed. Logged; five queries and a few.

    Raises :class:`AccountRefused` where it is not ``by``'s to do, and ``LastKeeperRefused`` (``keepers``).
    """
    if not (may_keep(by, person) or by.pk == person.pk):
        raise AccountRefused("This account is not yours to change.")
    with keepers.one_stays():
        held = get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
        was = _told(held)
        columns = _columns(**parts)
        for name in columns.keys() & TAKEN.keys():
            refuse_taken(name, columns[name], but=held)
        for name, value in columns.items():
            setattr(held, name, value)
            setattr(person, name, value)
        held.save(update_fields=list(columns))
        if held.email != was["e-mail"]:  # a link is signed with the address, and is dead now
            Invitation.objects.filter(person=held).delete()
        if role is not None and role != was["role"]:
            give(held, role, by=by)
        _log(held, was, by)


def _columns(name=None, **given):
    """Return the columns of an account that these parts of it are kept in."""
    return ({} if name is None else dict(zip(("first_name", "last_name"), parts_of(name), strict=True))) | given


def give(person, role: str, *, by) -> None:
    """Give an account one role, and nothing beside it; end its sessions where it lets nobody in any more.

    Call it inside ``keepers.one_stays``, or for an account that is new.
    """
    if role not in may_give(by):
        raise AccountRefused("This role is not yours to give.")
    is_above = role == SUPERUSER
    group = Group.objects.get(name=roles.ADMINISTRATOR if is_above else role)
    person.groups.set([group])
    person.user_permissions.clear()
    person.is_superuser = is_above
    person.save(update_fields=["is_superuser"])
    if role not in (roles.ADMINISTRATOR, SUPERUSER):  # links that they made for others go with the right to make them
        Invitation.objects.filter(by=person).delete()


def parts_of(name: str) -> tuple[str, str]:
    """Return a name as Django keeps it: the last word is the last name, so that both together are the name again."""
    words = single_line(name).split()
    return " ".join(words[:-1] or words)[:_LONGEST], (words[-1] if len(words) > 1 else "")[:_LONGEST]


def username_for(name: str, email: str) -> str:
    """Return a name to sign in with that nobody has: from the name, else from the address. One query."""
    wished = slugs.slug(name) or slugs.slug(email.partition("@")[0]) or "colleague"
    wished = wished[: _LONGEST - 5]
    alike = get_user_model().objects.filter(username__istartswith=wished)
    taken = {one.casefold() for one in alike.values_list("username", flat=True)}
    free, number = wished, 1
    while free in taken:
        number += 1
        free = f"{wished}-{number}"
    return free


def is_taken(column: str, value: str, but=None) -> bool:
    """Return whether another account has this ``username`` or ``email``, in whatever letters. One query."""
    others = get_user_model().objects.exclude(pk=but.pk if but else None)
    return bool(value) and others.filter(**{f"{column}__iexact": value}).exists()


def refuse_taken(column: str, value: str, but=None) -> None:
    """Raise :class:`AccountRefused` where another account has this ``username`` or ``email``. One query.

    Asked where it is written, inside ``keepers.one_stays``: of two at once the second is refused.
    """
    if is_taken(column, value, but=but):
        raise AccountRefused(TAKEN[column])


TAKEN = {"username": "Somebody else signs in with this name.", "email": "A colleague has this address already."}


def reopen(person, *, by) -> None:
    """Open a closed account again, with the role that it had. What was handed over stays where it is."""
    if not may_keep(by, person):
        raise AccountRefused("This account is not yours to change.")
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        LogEntry.note("reopened", by, f"the account of {named(person)}")


def _told(person):
    """Return what the log compares of an account, in words."""
    return {
        "name": person.get_full_name(),
        "name to sign in with": person.get_username(),
        "e-mail": person.email,
        "role": role_of(person),
    }


def _log(person, was, by):
    fresh = get_user_model().objects.get(pk=person.pk)
    now = _told(fresh)
    changed = [
        f"role from {was[part] or 'none'} to {now[part]}" if part == "role" else part
        for part in now
        if now[part] != was[part]
    ]
    if changed:
        LogEntry.note("changed", by, f"the account of {named(fresh)}", changed=", ".join(changed))
