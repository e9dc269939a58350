"""The demo's people: six with a byline, three of whom can sign in, one in each role."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from curation import workflow
from curation.models import Author, roles

from . import record, sign_ins, texts


@dataclass(frozen=True)
class Newsroom:
    """People who are there: authors by name, and accounts by name and by role as they acted in the past."""

    authors: dict[str, Author]
    by_name: dict[str, workflow.Past]
    by_role: dict[str, workflow.Past]

    def writer(self, name: str) -> workflow.Past:
        """Return who types what ``name`` has written: they themselves, else the curator."""
        return self.by_name.get(name, self.by_role[roles.CURATOR])

    def decider(self, writer: workflow.Past) -> workflow.Past:
        """Return who decides on what ``writer`` wrote: the manager; on the manager's own words the administrator."""
        manager = self.by_role[roles.MANAGER]
        return self.by_role[roles.ADMINISTRATOR] if writer == manager else manager


def passwords() -> dict[str, tuple[str, str]]:
    """Return a new password and its hash for all who can sign in, by their names in the texts. About 0.3 s each."""
    drawn = {row["username"]: sign_ins.draw_password() for row in texts.people() if "username" in row}
    return {username: (password, make_password(password)) for username, password in drawn.items()}


def fill(at: datetime, drawn: dict[str, tuple[str, str]]) -> Newsroom:
    """Make accounts and authors that joined ``at`` a moment, and keep their sign-ins; see ``passwords``."""
    authors, by_name, by_role, kept = {}, {}, {}, []
    for row in texts.people():
        account = _account(row, at, drawn) if "username" in row else None
        authors[row["name"]] = _author(row["name"], account)
        if account:
            role = row["role"].title()
            by_name[row["name"]] = by_role[role] = workflow.Past(account)
            said = sign_ins.SignIn(account.username, drawn[row["username"]][0], role)
            kept.append((said, account.password))
    sign_ins.keep(kept)
    return Newsroom(authors, by_name, by_role)


def _account(row, at, drawn):
    """Return an account in its role. The administrator is also Django's superuser, as in any newsroom."""
    role, (first, _, last) = row["role"].title(), row["name"].partition(" ")
    account = get_user_model().objects.create(
        username=_free(row["username"]),
        password=drawn[row["username"]][1],
        email=row["email"],
        first_name=first,
        last_name=last,
        is_superuser=role == roles.ADMINISTRATOR,
        date_joined=at,
    )
    account.groups.add(Group.objects.get(name=role))
    record.made([account])
    return account


def _free(username):
    """Return the username, or its first variant that nobody has."""
    people, wished, number = get_user_model().objects, username, 1
    while people.filter(username__iexact=username).exists():
        number += 1
        username = f"{wished}-{number}"
    return username


def _author(name, account):
    """Return the author of this name; a new one is linked to the account."""
    author = Author.objects.filter(name=name).first()
    if author is None:
        author = Author.objects.create(name=name, account=account)
        record.made([author])
    return author
