"""Access to the pages about people, and whom they are about."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from curation.models import roles
from curation.workflow.people import accounts


def keeper(request, permission=accounts.KEEP) -> None:
    """Refuse whoever does not keep accounts."""
    if not roles.may(request.user, permission):
        raise PermissionDenied("Administrators invite colleagues, give roles and close accounts.")


def person_of(pk: int):
    """Return somebody by the number in an address. Raises Http404."""
    return get_object_or_404(get_user_model().objects.prefetch_related("groups"), pk=pk)


def kept_by(request, pk: int):
    """Return somebody whose account whoever asks may change; refuse it to all others."""
    keeper(request)
    person = person_of(pk)
    if not accounts.may_keep(request.user, person):
        raise PermissionDenied("This account is a superuser's; only a superuser changes it.")
    return person
