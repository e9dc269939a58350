"""Throttle of wrong passwords: for one name at one address, and for an address whatever the names."""

from datetime import timedelta
from ipaddress import ip_network

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address, get_client_username
from axes.models import AccessAttempt, AccessLog
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from .headers import client_address

FROM_ONE_ADDRESS = 10  # wrong passwords in a quarter of an hour, over all names
KNOWN = timedelta(days=60)  # for so long a sign-in makes a person known at an address


def door_address(request) -> str:
    """Return the address whose tries are counted together; of IPv6 the network that one connection is given whole."""
    address = client_address(request)
    return str(ip_network(f"{address}/64", strict=False).network_address) if ":" in address else address


def may_try(request, name: str) -> bool:
    """Return whether another secret of ``name`` may be tried from this address, as another password may."""
    return AxesProxyHandler.is_allowed(_bare(request), {"username": name})


def failed(request, name: str) -> None:
    """Count a wrong secret of ``name`` as a wrong password of somebody is counted; not what was sent with it."""
    AxesProxyHandler.user_login_failed(__name__, {"username": name}, _bare(request))


def _bare(request):
    """Return a request from the same place that says nothing else."""
    bare = HttpRequest()
    bare.method = request.method
    bare.META = {name: value for name, value in request.META.items() if name in _OF_PLACE}
    return bare


_OF_PLACE = {"REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_ACCEPT"}


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
        tries = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)
        if (tries.aggregate(n=Sum("failures_since_start"))["n"] or 0) < FROM_ONE_ADDRESS:
            return False
        name = get_client_username(request, credentials)
        came = AccessLog.objects.filter(ip_address=address, username=name)
        return not came.filter(attempt_time__gte=timezone.now() - KNOWN).exists()
