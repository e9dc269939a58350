"""Throttle of wrong passwords and secrets: for one name at one address, and for an address whatever the names."""

from datetime import timedelta
from ipaddress import ip_network

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address, get_client_username
from axes.models import AccessAttempt, AccessLog
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from .headers import client_address

FROM_ONE_ADDRESS = 10  # wrong passwords in a quarter of an hour, over all names
#: Beginnings of names under which wrong secrets of addresses are counted: each kind apart, and none with passwords, or
#: a calendar program with an ended address would lock an office out. Nobody signs in with such a name: it has spaces.
APART = ("calendar ", "outside ", "one-time link ")
KNOWN = timedelta(days=60)  # for so long a sign-in makes a person known at an address


def door_address(request) -> str:
    """Return the address whose tries are counted together; of IPv6 the network that one connection is given whole."""
    address = client_address(request)
    return str(ip_network(f"{address}/64", strict=False).network_address) if ":" in address else address


def is_too_much(request, name: str) -> bool:
    """Count a wrong secret of ``name``, which begins as one of ``APART``; return whether there were too many before.

    Asked once a secret is known to be wrong, so that nobody's wrong ones keep out who has the right one. What is too
    much is not counted any more. Nothing of what was sent is kept.
    """
    bare, named = _bare(request), {"username": name}
    if not AxesProxyHandler.is_allowed(bare, named):
        return True
    AxesProxyHandler.user_login_failed(__name__, named, bare)
    return False


def _bare(request):
    """Return a request from the same place that says nothing else."""
    bare = HttpRequest()
    bare.method = request.method
    bare.META = {name: value for name, value in request.META.items() if name in _OF_PLACE}
    return bare


_OF_PLACE = {"REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_ACCEPT"}


def _counted_with(name):
    """Return the condition of the tries that are counted together with those of a name."""
    kind = next((beginning for beginning in APART if name.startswith(beginning)), None)
    if kind:
        return Q(username__startswith=kind)
    return ~Q(*(("username__startswith", beginning) for beginning in APART), _connector=Q.OR)


class Handler(AxesDatabaseHandler):
    """Axes' own counting in the database, and an address that tries many names (decision 29).

    Who has signed in from an address before may go on trying there, up to the limit of their own name: somebody in the
    same office who tries everybody's name locks out nobody who works there.
    """

    def is_locked(self, request, credentials=None) -> bool:
        """Return whether this try may not be made. Two queries more than axes asks."""
        return super().is_locked(request, credentials) or self.is_spent(request, credentials)

    def is_spent(self, request, credentials) -> bool:
        """Return whether the address has had its wrong passwords and does not know this person."""
        address = get_client_ip_address(request)
        since = get_cool_off_threshold(request)
        name = get_client_username(request, credentials) or ""
        tries = AccessAttempt.objects.filter(_counted_with(name), ip_address=address, attempt_time__gte=since)
        if (tries.aggregate(n=Sum("failures_since_start"))["n"] or 0) < FROM_ONE_ADDRESS:
            return False
        came = AccessLog.objects.filter(ip_address=address, username=name)
        return not came.filter(attempt_time__gte=timezone.now() - KNOWN).exists()
