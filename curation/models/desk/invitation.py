"""Invitations: a one-time link that somebody was given, of which the link itself is kept nowhere."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

_PERSON = settings.AUTH_USER_MODEL


def _key():
    return get_random_string(22)


class Invitation(models.Model):
    """A one-time link by which somebody chooses a password: from whom they have it, and until when it is good.

    Django signs the link, with ``key`` in what is signed, so a row that is gone or made anew ends the links before it
    (decision 45). ``by`` is empty where a command gave it.
    """

    person = models.OneToOneField(_PERSON, on_delete=models.CASCADE, related_name="invitation")
    by = models.ForeignKey(_PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=22, default=_key, editable=False)
    at = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self):
        return f"{self.person}, until {self.until:%Y-%m-%d %H:%M}"
