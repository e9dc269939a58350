"""Keepers, who can sign in and let others in: the last of them stays, whichever way an account changes."""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import m2m_changed, pre_delete, pre_save

from . import ADMINISTRATOR, ROLES

LAST = (
    "Nobody else can let people in: this is the last open account of an administrator who has a password. "
    "Make somebody else an administrator first, and let them sign in once."
)


class LastKeeperRefused(ValidationError):
    """A change after which nobody could let others in."""

    def __init__(self):
        super().__init__(LAST, code="last")


def holds(*names: str) -> Q:
    """Return the condition of superusers, and of accounts that hold one of these roles."""
    return Q(is_superuser=True) | Q(Exists(Group.objects.filter(user=OuterRef("pk"), name__in=names)))


def keepers():
    """Return those who can sign in and let others in: open accounts with a password whose role keeps accounts."""
    able = get_user_model().objects.filter(holds(ADMINISTRATOR), is_active=True)
    return able.exclude(password="").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@contextmanager
def one_stays():
    """Hold a transaction in which accounts change, and take all of it back where it leaves no keeper at all.

    Two who change accounts at once wait for each other: the second sees what the first left. Raises
    :class:`LastKeeperRefused`. Two queries.
    """
    with transaction.atomic():
        held = list(keepers().select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
        yield
        if held and not keepers().exists():
            raise LastKeeperRefused


def listen() -> None:
    """Have the rule asked on every other way as well: a command, a shell, a page of a package.

    The accounts are Django's, so there is no ``save`` of ours to ask it in.
    """
    user = get_user_model()
    pre_save.connect(_refuse_save, sender=user, dispatch_uid="keepers.save")
    pre_delete.connect(_refuse_delete, sender=user, dispatch_uid="keepers.delete")
    m2m_changed.connect(_refuse_roles, sender=user.groups.through, dispatch_uid="keepers.roles")


_TELLING = {"is_active", "is_superuser", "password"}


def _is_last(pk) -> bool:
    """Return whether somebody is a keeper, and the only one. Two queries at most."""
    return keepers().filter(pk=pk).exists() and not keepers().exclude(pk=pk).exists()


def _refuse_save(instance, raw=False, update_fields=None, **told):
    is_other = update_fields is not None and not _TELLING & set(update_fields)
    if raw or is_other or instance._state.adding or _stays_keeper(instance):
        return
    if _is_last(instance.pk):
        raise LastKeeperRefused


def _stays_keeper(person):
    """Return whether an account, saved as it is, can let others in. One query at most."""
    if not (person.is_active and person.has_usable_password()):
        return False
    return person.is_superuser or person.groups.filter(name=ADMINISTRATOR).exists()


def _refuse_delete(instance, **told):
    """Refuse to delete the last keeper while others come in; where nobody is left, nobody is locked out."""
    if _is_last(instance.pk) and get_user_model().objects.filter(holds(*ROLES)).exclude(pk=instance.pk).exists():
        raise LastKeeperRefused


def _refuse_roles(instance, action, reverse, pk_set, **told):
    """Refuse to take the administrator's role from the last keeper, from their side or from the role's."""
    if action not in ("pre_remove", "pre_clear"):
        return
    if any(not person.is_superuser and _is_last(person.pk) for person in _losing(instance, reverse, pk_set)):
        raise LastKeeperRefused


def _losing(instance, is_role, pk_set):
    """Return those who are about to lose the administrator's role."""
    if is_role:
        people = instance.user_set.all() if pk_set is None else instance.user_set.filter(pk__in=pk_set)
        return people if instance.name == ADMINISTRATOR else ()
    lost = instance.groups.all() if pk_set is None else instance.groups.filter(pk__in=pk_set)
    return [instance] if lost.filter(name=ADMINISTRATOR).exists() else ()
