"""Stopping mail with one click: a signed token in every letter, that needs no sign-in and can do nothing else."""

from django.contrib.auth import get_user_model
from django.core import signing

from curation.models import NoticeKind
from curation.notices import choices

_SALT = "curation.notices.stop"
#: The word for all kinds that somebody is told of in their digest.
DAILY = "daily"


def token_of(person, kind: str) -> str:
    """Return the token that stops mail of one kind, or the digest (``DAILY``), for somebody."""
    return signing.dumps([person.pk, kind], salt=_SALT)


def unsign(token: str) -> tuple | None:
    """Return the person and the kind of a token, or None where it is not ours or its person is gone. One query."""
    try:
        pk, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = get_user_model().objects.filter(pk=pk).first()
    return (person, kind) if person and kind in {DAILY, *NoticeKind.values} else None


def words_of(kind: str) -> str:
    """Return what a token stops, in words."""
    return "the daily digest" if kind == DAILY else f"“{NoticeKind(kind).label}”"


def stop(person, kind: str) -> None:
    """Send somebody no more mail of a kind, or no digest; safe to do twice. In the desk they are told as before."""
    now = choices.choices_of(person)
    daily = [one for one, choice in now.items() if choice.mail == choices.DAILY]
    choices.stop_mail(person, daily if kind == DAILY else [kind])
