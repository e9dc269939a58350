"""Passwords of the demo's people: drawn at random when it is filled, kept where only this account can read them."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_GROUPS = 4


@dataclass(frozen=True)
class SignIn:
    """A name, its password, and the role it signs in to."""

    username: str
    password: str
    role: str


def draw_password() -> str:
    """Return a password that can be typed and said, such as ``kavo-runi-desa-milu``: 48 bits; sign-in is throttled."""
    pick = secrets.choice
    groups = ("".join(pick(_CONSONANTS) + pick(_VOWELS) for _ in range(2)) for _ in range(_GROUPS))
    return "-".join(groups)


def keep(people: list[tuple[SignIn, str]]) -> None:
    """Write sign-ins, each with the hash that its account holds, to a file of mode 600 beside the media folder."""
    rows = {one.username: {"password": one.password, "role": one.role, "hash": hashed} for one, hashed in people}
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(rows, out, indent=1)
    partial.replace(file)


def sign_ins() -> list[SignIn]:
    """Return the sign-ins that still open a door: no other password, not closed, not removed. One query."""
    rows = _rows()
    accounts = get_user_model().objects.filter(username__in=rows, is_active=True) if rows else ()
    hashes = {account.get_username(): account.password for account in accounts}
    return [
        SignIn(username, row["password"], row["role"])
        for username, row in rows.items()
        if hashes.get(username) == row["hash"]
    ]


def forget() -> None:
    """Delete the file."""
    _file().unlink(missing_ok=True)


def _file():
    return Path(settings.MEDIA_ROOT).absolute().parent / "demo-sign-ins"


def _rows():
    try:
        return json.loads(_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
