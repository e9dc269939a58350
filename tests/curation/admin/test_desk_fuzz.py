"""Every address of the desk, asked by every role with what nobody's browser sends: no 5xx, and scripts hear JSON.

The addresses come from the resolver, the names of parameters from the code that reads them and from the forms that the
pages show; a new address is attacked without anybody adding it here. Every request is taken back, so that each meets
the same newsroom. ``FUZZ_ROUNDS`` attacks each parameter of each address with more of the values.
"""

import ast
import os
import random
import re
import socket
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from curation import bulk, discussion
from curation.editing import searches
from curation.harvest import intake
from curation.models import Article, Author, Harvest, Preference
from offerings.models import Topic
from tests import hostile
from tests.factories import (
    make_article,
    make_author,
    make_offering,
    make_person,
    make_picture,
    make_published,
    make_topic,
)
from tests.sent_forms import sent_forms

pytestmark = pytest.mark.django_db  # on PostgreSQL with `make soak`: fifty seconds of work are too many to do twice

ROOT = Path(__file__).parents[3]
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "1"))
ROLES = ("Curator", "Manager", "Administrator", "superuser", "reader", "anonymous")
#: Parameters of Django's own pages, which are read where this project has no code.
DJANGOS = ("q", "p", "o", "e", "all", "_facets", "_to_field", "_popup", "_changelist_filters", "next", "term")
DJANGOS += ("app_label", "model_name", "field_name", "action", "index", "select_across", "_selected_action", "date")
LOOKUPS = ("id__exact", "pk__in", "owner__id__exact", "state__in", "article__title__contains", "retired__exact")


def addresses():
    """The pattern and the name of every address of the desk, as the resolver knows them."""

    def walk(patterns, prefix):
        for one in patterns:
            pattern = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, pattern)
            else:
                yield pattern, one.name or ""

    return [
        (pattern, name) for pattern, name in walk(get_resolver().url_patterns, "/") if pattern.startswith("/admin/")
    ]


def names_read():
    """The name of every parameter that the desk's code reads of a request."""
    found = set()
    for path in [
        *(ROOT / "curation").rglob("*.py"),
        *(ROOT / "offerings").rglob("*.py"),
        *(ROOT / "medigy").rglob("*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("get", "getlist")
            ):
                held = node.func.value
                if isinstance(held, ast.Attribute) and held.attr in ("GET", "POST"):
                    found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return sorted(found)


def test_the_parameters_are_found():
    assert {"chosen", "hold", "client", "as", "term", "names", "words", "link", "reason", "place"} <= set(names_read())


@dataclass
class Newsroom:
    """One of everything that an address can name, and the people."""

    people: dict
    ids: dict
    _forms: dict = field(default_factory=dict)

    def form(self, pattern, name):
        """The longest form that the page of an address shows who may do everything; nothing where it has none."""
        if name not in self._forms:
            page = signed_in(self.people["superuser"]).get(valid(pattern, name, self))
            is_page = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
            forms = [values for _, values in sent_forms(page) if len(values) > 1] if is_page else []
            self._forms[name] = max(forms, key=len, default={})
            self._forms[name].pop("csrfmiddlewaretoken", None)
        return self._forms[name]


def signed_in(person):
    """A browser of somebody's; of nobody's where ``person`` is None."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


@pytest.fixture
def newsroom(db, monkeypatch, settings, tmp_path):
    def nowhere(*args, **given):
        raise socket.gaierror("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    settings.MEDIA_ROOT = tmp_path
    people = {role: make_person(role) for role in ROLES[:3]}
    people["superuser"] = make_person(is_superuser=True)
    people["reader"] = make_person(is_staff=False)
    curator, manager = people["Curator"], people["Manager"]
    pasted = intake.paste("https://www.example.org/a-story", by=curator).article
    Harvest.objects.update(state=Harvest.State.DONE)
    article = make_article(
        owner=curator, picture_id=make_picture().pk, bylines=[make_author()], offerings=[make_offering()]
    )
    edition = make_published(topics=[make_topic()])
    discussion.add(article, "A word.", by=manager, blocks=False)
    search = searches.save(curator, asked="state=draft", name="Mine", is_shared=True, is_default=False)
    batch = bulk.choose("claim", [(article.pk, article.edit)], by=manager, seen=None, details={"back": ""})
    Preference.objects.create(user=curator)
    ids = {"article": article.pk, "pasted": pasted.pk, "edition": edition.pk, "batch": batch.pk, "search": search.pk}
    return Newsroom(people, ids)


def valid(pattern, name, newsroom):
    """An address of this pattern that names things that exist."""
    ids, model = newsroom.ids, re.match(r"/admin/(\w+)/(\w+)/", pattern)
    number = ids["batch"] if "batch" in name else ids["search"] if name.endswith("_search") else ids["article"]
    if "harvest" in name:
        number = ids["pasted"]
    if model and "object_id" in pattern or "history/([" in pattern or "<id>" in pattern:
        number = _first(*model.groups())
    address = re.sub(r"\^\(\?P<app_label>[^)]*\)/\$", "curation/", pattern)
    address = re.sub(r"\(\?P<url>\.\*\)\$", "nowhere/", address)
    article = Article.objects.get(pk=ids["article"])
    if name.startswith("person"):
        number = newsroom.people["Curator"].pk
    meant = {
        "view": "week",
        "on": "2026-11-28",
        "version": 1,
        "link": 1,
        "comment": article.comments.first().pk,
        "wish": "hide",
        "step": "submit",
        "token": "no-token",
        "table": "throughput",
    }
    meant |= {
        "content_type_id": ContentType.objects.get_for_model(Article).pk,
        "object_id": number,
        "pk": number,
        "id": number,
    }
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(meant[found[1]]), address)
    return re.sub(r"\(\[\^/\]\+\)", str(number), address).replace("^", "").rstrip("$")


def _first(app, model):
    return apps.get_model(app, model).objects.order_by("pk").values_list("pk", flat=True).first() or 1


@dataclass(frozen=True)
class Attack:
    """One request: who asks, how, where, with what."""

    role: str
    method: str
    address: str
    data: object = None
    kind: str = ""
    accept: str = "text/html"

    def __str__(self):
        data = repr(self.data)[:120]
        return f"{self.role} {self.method} {self.address[:160]} {data} {self.kind} {self.accept}"


def attacks(newsroom, rounds):
    """Every request, in an order that is always the same."""
    dice, roles, others = random.Random(20261127), cycle(ROLES[:4]), cycle(ROLES[4:])
    texts, names = list(hostile.TEXTS.values()), names_read()
    for pattern, name in addresses():
        good, form = valid(pattern, name, newsroom), newsroom.form(pattern, name)
        yield Attack(next(others), dice.choice(["GET", "POST"]), good, {dice.choice(names): dice.choice(texts)})
        ways = list(_paths(pattern, good))
        for way in dice.sample(ways, k=min(2 * rounds, len(ways))):
            yield Attack(next(roles), dice.choice(["GET", "POST"]), way, dict(form))
        for _ in range(rounds):
            query = {one: dice.choice(texts) for one in dice.sample([*DJANGOS, *LOOKUPS, *names], k=3)}
            yield Attack(next(roles), "GET", f"{good}?{urlencode(query)[:6_000]}")
        for one in dice.sample(sorted(form), k=min(2 * rounds, len(form))):
            yield Attack(next(roles), "POST", good, form | {one: [dice.choice(texts)] * dice.choice([1, 1, 3])})
        sent = {one: dice.choice(texts) for one in dice.sample(names, k=3)}
        yield Attack(next(roles), "POST", good, sent, accept="application/json")
        missing = dict(dice.sample(sorted(form.items()), k=len(form) // 2))
        yield Attack(next(roles), "POST", good, missing, accept="application/json")
        for body, kind in dice.sample(hostile.BODIES, k=min(rounds, len(hostile.BODIES))):
            yield Attack(next(roles), "POST", good, body, kind or "application/octet-stream", "application/json")
        yield Attack(next(roles), dice.choice(["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"]), good)


def deep_attacks(newsroom, rounds):
    """The addresses that read most of what is sent, with some values in every one of their parameters; with twelve
    rounds, every one.
    """
    busy = {"curation_article_autosave", "curation_article_differences", "curation_article_preview"}
    texts, every = list(hostile.TEXTS.values()), max(1, 24 // rounds)
    starts, written = count(), next(one for one in addresses() if one[1] == "curation_article_change")
    for pattern, name in addresses():
        if name in busy:
            good, form = valid(pattern, name, newsroom), newsroom.form(*written)
            for one in sorted({*form, "hold", "as", "seen", "edit"}):
                for text in texts[next(starts) % every :: every]:
                    yield Attack("Curator", "POST", good, form | {one: [text]}, accept="application/json")
    good = next(valid(*one, newsroom) for one in addresses() if one[1] == "curation_article_autosave")
    for body, kind in hostile.BODIES:
        yield Attack("Curator", "POST", good, body, kind, "application/json")


def _paths(pattern, good):
    """The address with something hostile in each of its places, and behind it."""
    places = re.findall(r"<(?:\w+:)?\w+>|\(\[\^/\]\+\)|\(\?P<\w+>[^)]*\)", pattern)
    for bad in hostile.PATHS:
        for place in range(len(places)):
            parts = re.split(r"<(?:\w+:)?\w+>|\(\[\^/\]\+\)|\(\?P<\w+>[^)]*\)", pattern)
            filled = [part + (bad if at == place else "1") for at, part in enumerate(parts[:-1])] + [parts[-1]]
            yield re.sub(r"[\^$]", "", "".join(filled))
    yield f"{good}{quote(hostile.TEXTS['wide'][:50])}/"


def asked(clients, attack):
    """The answer to one request, whatever it raised; everything it did is taken back, a sign-out too."""
    client, address, body = clients[attack.role], attack.address, attack.data
    door = client.cookies.copy()
    if isinstance(body, dict):
        body = urlencode(body, doseq=True)
        if attack.method != "POST":
            address, body = f"{address}?{body[:6_000]}", b""
    kind, headers = attack.kind or hostile.FORM, {"accept": attack.accept}
    with transaction.atomic():
        response = client.generic(attack.method, address, body or b"", kind, headers=headers)
        transaction.set_rollback(True)
    client.cookies = door
    return response


def fault_of(attack, response):
    """What is wrong with an answer, or nothing."""
    if response.status_code >= 500:
        raised = getattr(response, "exc_info", None)
        return f"{response.status_code} {raised and (raised[0].__name__, str(raised[1])[:120])}"
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    if attack.accept == "application/json" and response.status_code >= 400 and not is_json:
        return f"{response.status_code} without JSON"
    return ""


def run(newsroom, chosen):
    """The faults that these attacks find."""
    clients = {role: signed_in(newsroom.people.get(role)) for role in ROLES}
    found, number = [], 0
    for attack in chosen:
        number += 1
        if fault := fault_of(attack, asked(clients, attack)):
            found.append(f"{fault}: {attack}")
    return number, found


def test_no_address_of_the_desk_fails_whatever_it_is_asked(newsroom):
    number, found = run(newsroom, attacks(newsroom, ROUNDS))
    assert found == [], "\n".join(found)
    assert number > 1_000


#: What the address of a list or of one thing may ask, besides comparing a column in some way.
ODD = (
    "pk__regex=(", "pk__iregex=(a%2B)%2B$", "pk__in=9223372036854775808", "pk__in=%C2%B2", "pk__range=1",
    "pk__exact=9223372036854775808", "pk__isnull=x", "pk__gt=nan", "pk__year=a", "pk__contains=x", "pk=1e400",
    "_to_field=", "_to_field=pk", "_to_field=x&_popup=1", "o=9223372036854775808", "o=-.-1.x", "p=%C2%B2",
    "p=9223372036854775808", "all=", "e=1", "_facets=x", "_popup=", "_changelist_filters=%25",
)  # fmt: skip
COMPARED = ("regex=(", "contains=x", f"gt={'9' * 30}", "exact=a")


def test_no_page_of_a_noun_fails_whatever_its_address_asks(newsroom):
    """Each list and each thing is asked some of ``ODD`` in turn, and for some of its columns in each way; with twelve
    rounds, everything.
    """
    few, many = max(1, 6 // ROUNDS), max(1, 24 // ROUNDS)
    client, number, found = signed_in(newsroom.people["superuser"]), 0, []
    rows = [one for one in addresses() if one[1].endswith(("_changelist", "_change"))]
    rows = [(one, kind.groups()) for one in rows if (kind := re.match(r"/admin/(\w+)/(\w+)/", one[0]))]
    for at, (one, kind) in enumerate(rows):
        columns = [column.attname for column in apps.get_model(*kind)._meta.concrete_fields]
        compared = [f"{column}__{way}" for column in columns for way in COMPARED]
        for query in [*compared[at % many :: many], *ODD[at % few :: few]]:
            number += 1
            answer = client.get(f"{valid(*one, newsroom)}?{query}")
            if answer.status_code >= 500:
                found.append(f"{answer.status_code} {one[1]}?{query}")
    assert found == [], "\n".join(found)
    assert number > 200


def test_what_saves_a_brief_takes_every_value_in_every_field(newsroom):
    number, found = run(newsroom, deep_attacks(newsroom, ROUNDS))
    assert found == [], "\n".join(found)
    assert number > 100


def test_nothing_of_an_attack_is_half_written(newsroom):
    """A refused form leaves its row as it was: what is refused is refused whole."""
    before = list(Topic.objects.values()), list(Author.objects.values())
    client = signed_in(newsroom.people["Administrator"])
    for one in addresses():
        if one[1] not in ("offerings_topic_change", "curation_author_change"):
            continue
        form, address = newsroom.form(*one), valid(*one, newsroom)
        for text in ("\x00", "x" * 5_000, ""):
            client.post(address, form | {"name": [text]})
    assert (list(Topic.objects.values()), list(Author.objects.values())) == before
