"""The demo's people and how they sign in: passwords that differ on every machine, and that it can always say again."""

import base64

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.crypto import salted_hmac

from .environment import is_loopback

DEMO_ADDRESS = "@demo.medigy.example"


def password_for(username: str) -> str:
    """A demo person's password: twelve letters and digits drawn from this machine's key, so nothing is published."""
    drawn = salted_hmac("medigy.demo.sign-in", username, algorithm="sha256").digest()
    letters = base64.b32encode(drawn).decode().lower()[:12]
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def demo_people():
    """The demo's people whose account is active, by name; which of them can sign in, ``has_usable_password`` says."""
    people = get_user_model().objects.filter(email__endswith=DEMO_ADDRESS, is_active=True)
    return people.prefetch_related("groups").order_by("username")


def listed() -> list[tuple[str, str, str]]:
    """Role, name and password of each demo person who can sign in; nothing where others can reach the site."""
    if not is_loopback(settings.SITE_URL):
        return []
    return [(role(one), one.username, password_for(one.username)) for one in demo_people() if one.has_usable_password()]


def role(person) -> str:
    """What a person is in the newsroom, in one word."""
    groups = [group.name for group in person.groups.all()]
    return ", ".join(groups) or ("Administrator" if person.is_superuser else "Reader")
