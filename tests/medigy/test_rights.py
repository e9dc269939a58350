"""The rights matrix: every address that the site answers at × who asks × by which method, held against a table.

The table is ``rights.toml``, written by hand. An address without a line fails and names itself, and so does a line
whose address is gone: what a package brings is seen on the day it comes.
"""

import re
import tomllib
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern

from .rights import ARTICLES, ROLES, Newsroom, filled, patterns

TABLE = tomllib.loads(Path(__file__).with_name("rights.toml").read_text(encoding="utf-8"))["rights"]
#: What a table's line answers for: a pattern, and whose thing its parts name.
EXPECTED = {(pattern, kind): row for row in TABLE for pattern in row["at"] for kind in row.get("of", "").split(", ")}
ODD = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
OUTSIDE = ("anonymous", "roleless")
_SHOWN = re.compile(r".* live|Topic of withdrawn|Offering of \w+")  # what readers know: the catalogue has offerings
#: What one curator reads of another's brief that is not live: nothing of what stands in it.
OWN_WORDS = ("standfirst", "body", "insights", "insights_name", "picture_alt", "comment", "package", "search")


@pytest.fixture
def newsroom(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Newsroom()


class Visitor(Client):
    """A client that keeps nothing of an answer, so that nobody is ever signed out, nor templates' contexts copied."""

    def request(self, **given):
        return self.handler(self._base_environ(**given))


@pytest.fixture
def ask(newsroom):
    """Ask as somebody and take back what it did: ``ask("curator", "POST", "/admin/")``."""
    visitors = {name: Visitor() for name in ROLES}
    for name in ROLES[1:]:
        visitors[name].force_login(newsroom.people[name])

    def answer(role, method, address):
        with transaction.atomic():
            given = visitors[role].generic(method, address)
            transaction.set_rollback(True)
        return given

    return answer


def word(answer):
    """An answer as the table names it: its status, or ``login`` where it sends to the door."""
    at_the_door = answer.headers.get("Location", "").startswith("/admin/login/")
    return "login" if at_the_door else str(answer.status_code)


def without_expectation(found):
    """Addresses that the table does not know, and lines of it whose addresses are gone."""
    return sorted(found - EXPECTED.keys()), sorted(EXPECTED.keys() - found)


def test_everybody_is_answered_as_the_table_says(newsroom, ask):
    asked = {(pattern, kind): values for pattern in patterns() for kind, values in newsroom.things(pattern).items()}
    assert without_expectation(asked.keys()) == ([], [])
    wrong, told = [], []
    for (pattern, kind), values in asked.items():
        row, address = EXPECTED[pattern, kind], filled(pattern, values)
        for method in ("GET", "POST"):
            answers = {role: ask(role, method, address) for role in ROLES}
            said = " ".join(map(word, answers.values()))
            if said != row[method]:
                wrong.append(f"{method} {pattern} of {kind or 'its only one'}: {said}, not {row[method]}")
            told += [f"{role} reads {words} at {address}" for role, a in answers.items() for words in secrets(role, a)]
    assert wrong == []
    assert told == []


def secrets(role, answer):
    """Words of briefs that somebody may not see, in what they were answered."""
    if not answer.headers.get("Content-Type", "").startswith(("text/", "application/")):
        return set()
    text = b"".join(answer).decode(errors="replace")
    found = set(re.findall(rf"\w+ of (?:{'|'.join(ARTICLES)})\b", text))
    if role in OUTSIDE:
        return {words for words in found if not _SHOWN.fullmatch(words)}
    return {f"{part} of theirs" for part in OWN_WORDS} & found if role == "curator" else set()


def test_who_asks_for_the_head_alone_is_answered_as_if_for_all(newsroom, ask):
    wrong = []
    for pattern in dict.fromkeys(patterns()):
        if pattern == "admin/login/":  # Django's door leads on who asks by GET alone
            continue
        kind, values = next(iter(newsroom.things(pattern).items()))
        said = word(ask("manager", "HEAD", filled(pattern, values)))
        if said not in (EXPECTED[pattern, kind]["GET"].split()[3], "405"):
            wrong.append(f"{pattern}: {said}")
    assert wrong == []


def test_nobody_is_answered_by_another_method(newsroom, ask):
    for number, pattern in enumerate(patterns()):
        address = filled(pattern, next(iter(newsroom.things(pattern).values())))
        for role in ("anonymous", "administrator"):
            answer = ask(role, ODD[number % len(ODD)], address)
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST"), pattern


def test_an_address_that_nobody_thought_of_is_named():
    new = URLResolver(RegexPattern("^"), [path("backdoor/<int:pk>/", lambda request, pk: None), path("about/", print)])
    found = {(pattern, "") for pattern in patterns(new, above="admin/")}
    unknown, gone = without_expectation(found)
    assert ("admin/backdoor/<int:pk>/", "") in unknown
    assert ("about/", "") in gone
