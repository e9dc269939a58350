"""Accounts that sign in with a name and a password, and their rights: Django's own, asked in one question."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q

from curation.sql import compiled_queries
from curation.workflow import entry


class AccountBackend(ModelBackend):
    """Django's accounts, with whether each has a role; a person's own permissions and those of their groups come in one
    query, where Django needs two. Every page of the desk asks for them.
    """

    def get_user(self, user_id):
        """Whoever signed in, with ``has_role`` beside; nobody where the account is closed or gone. One query."""
        person = entry.account(user_id)
        return person if person and self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj, obj=None):
        """Return the permissions of somebody as ``app.codename``; asked once for the same object."""
        is_asked = user_obj.is_active and not user_obj.is_anonymous and not user_obj.is_superuser and obj is None
        if is_asked and not hasattr(user_obj, "_perm_cache"):
            pairs = compiled_queries.rows(("permissions",), _held, person=user_obj.pk)
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in pairs}
        return super().get_all_permissions(user_obj, obj)


def _held(person):
    held = Permission.objects.filter(Q(user=person) | Q(group__user=person)).order_by()
    return held.values_list("content_type__app_label", "codename")
