"""Queries, CPU and weight of the desk's pages in a large newsroom, beside a bare page of Django's own admin.

    python -m benchmarks.desk_cost [--size 100000] [--open 5000] [--rounds 40] [--keep FOLDER] [--only home]

The newsroom is made of raw rows, a tenth of it unfinished, or so much that ``--open`` are open. What is unfinished is
signed by who owns it, every fourth of it is live besides, and its source was read. The floor is a stock ``ModelAdmin``
with three columns over the same articles, drawn by Django's own templates and called without any middleware; pages of
the desk run through the whole of it, signed in. Each round visits every page and the floor once. Prints medians in
milliseconds of CPU, their ratio to the floor (median of the pairs), queries, kB of HTML, and the budgets where one is
missed. ``--keep`` leaves the database in a folder and takes it from there the next time.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

from . import corpus, import_rate

SLICE = 5_000
QUERIES, CPU, WEIGHT = 15, 40, 60  # the budgets: queries, ms, kB of HTML
BUDGETS = dict.fromkeys(  # of pages with budgets of their own
    ("home", "deciding", "log", "board", "calendar", "calendar, week", "calendar, day", "calendar, topic", "measures"),
    (20, 60, 80),
)
TOLD = 3_000  # words of a source that was read
SENTENCES = 30  # of a brief that is open, which its source is searched for
UNFINISHED = ("draft", "draft", "draft", "in_review", "in_review", "changes_requested", "declined", "approved")
OPEN_KINDS = 6  # of these: what is drafted, in review or to be mended
PATHS = {
    "draft": ("begin",),
    "in_review": ("begin", "submit"),
    "changes_requested": ("begin", "submit", "return"),
    "declined": ("begin", "decline"),
    "approved": ("begin", "submit", "approve"),
    "published": ("begin", "submit", "approve", "publish"),
}
ENTERED = {
    "begin": "draft",
    "submit": "in_review",
    "return": "changes_requested",
    "decline": "declined",
    "approve": "approved",
    "publish": "approved",
}


class Newsroom:
    """A newsroom of raw rows: the same for the same number."""

    def __init__(self, size, unfinished=None):
        self.size, self.share = size, 0.1 if unfinished is None else unfinished / size
        self.dice, self.now = random.Random(7), datetime.now(UTC)
        self.cast = corpus.cast()

    def make(self):
        """Make people, the catalogue, and then articles in slices."""
        from curation import measures  # noqa: PLC0415 -- settings are chosen by then
        from curation.models import Section  # noqa: PLC0415 -- settings are chosen by then

        self.section = Section.news().pk
        self.people, self.topics = self._people(), self._topics()
        for numbers in batched(range(1, self.size + 1), SLICE):
            self._slice(numbers)
        measures.count_pending()

    def _people(self):
        from django.contrib.auth.models import Group, User  # noqa: PLC0415 -- settings first

        people = []
        for number in range(8):
            person = User.objects.create(username=f"colleague{number}")
            person.groups.add(Group.objects.get(name="Manager" if number < 3 else "Curator"))
            people.append(person)
        return people

    def _topics(self):
        from offerings.models import Taxonomy, Topic  # noqa: PLC0415 -- settings first

        known = {name: Taxonomy.objects.create(name=name) for name in corpus.TAXONOMIES}
        return [
            Topic.objects.create(name=name, taxonomy=known[name.partition(": ")[0]]).pk for name in self.cast.topics
        ]

    def _slice(self, numbers):
        from django.db import transaction  # noqa: PLC0415 -- settings first

        self.facts = [self._facts(number) for number in numbers]
        with transaction.atomic():
            for table in (
                "articles",
                "links",
                "read",
                "filed",
                "versions",
                "signed",
                "editions",
                "topics_shown",
                "log",
            ):
                getattr(self, f"_{table}")()

    def _facts(self, number):
        """Return the facts of one article: number, title, life, brand, topics, owner, when it began and changed."""
        life = self.dice.choice(UNFINISHED) if self.dice.random() < self.share else "published"
        began = self.now - timedelta(minutes=self.dice.randrange(5_000_000 if life == "published" else 40_000))
        brand = self.cast.brands[min(int(self.dice.paretovariate(0.6)) - 1, corpus.BRANDS - 1)]
        topics = list(dict.fromkeys(self.dice.choices(self.topics, self.cast.weights, k=self.dice.randint(1, 3))))
        owner = self.dice.choice(self.people).pk if self.dice.random() < 0.4 else None
        title = f"{corpus.sentence(self.dice)[:-1]} ({number})"
        return {
            "pk": number,
            "title": title,
            "life": life,
            "brand": brand,
            "topics": topics,
            "owner": owner,
            "at": began,
        }

    def _articles(self):
        from curation.models import Article  # noqa: PLC0415 -- settings first

        names = ("id", "section_id", "state", "edit", "owner_id", "slug", "title", "standfirst", "created_at", "body")
        names += ("modified_at", "entered_at", "approved_version_id", "is_pressed", "planned_on")
        rows = []
        for fact in self.facts:
            steps, began = PATHS[fact["life"]], fact["at"]
            body = "".join(f"<p>{corpus.sentence(self.dice)} {corpus.sentence(self.dice)}</p>" for _ in range(12))
            state, entered = ENTERED[steps[-1]], began + timedelta(minutes=len(steps))
            rows.append((fact["pk"], self.section, state, len(steps) - 1, fact["owner"], f"story-{fact['pk']}"))
            rows[-1] += (fact["title"], corpus.sentence(self.dice), began, body, began, entered)
            rows[-1] += (fact["pk"] if state == "approved" else None, fact["life"] == "published", self._planned(fact))
        insert(Article, names, rows)

    def _planned(self, fact):
        """Return the day that every fifth of what is open is planned for, within four weeks; else None."""
        is_planned = fact["life"] not in ("published", "declined") and fact["pk"] % 5 == 0
        return (self.now + timedelta(days=fact["pk"] % 28)).date().isoformat() if is_planned else None

    def _links(self):
        from curation.models import ArticleSource, SourceLink  # noqa: PLC0415 -- settings first

        names = ("id", "pasted", "cleaned", "key", "brand", "metadata", "hops", "created_at")
        addresses = [f"www.{fact['brand']}/story-{fact['pk']}/" for fact in self.facts]
        pairs = list(zip(self.facts, addresses, strict=True))
        insert(
            SourceLink,
            names,
            [(f["pk"], f"https://{a}", f"https://{a}", a[4:-1], f["brand"], "{}", "[]", self.now) for f, a in pairs],
        )
        rows = [(f["pk"], f["pk"], "source", "", "", 0) for f in self.facts]
        insert(ArticleSource, ("article_id", "link_id", "role", "label", "reason", "position"), rows)

    def _read(self):
        from curation.models import Harvest  # noqa: PLC0415 -- settings first

        names = ("link_id", "state", "asked_by_id", "asked_at", "begun_at", "ended_at", "kind", "found", "text")
        told = "\n".join(" ".join(corpus.sentence(self.dice) for _ in range(6)) for _ in range(TOLD // 72))
        rows = [
            (f["pk"], "done", f["owner"], f["at"], f["at"], f["at"], "page", "{}", f"{f['title']}\n{told}")
            for f in self.facts
            if f["life"] != "published"
        ]
        insert(Harvest, names, rows)

    def _filed(self):
        from curation.models import ArticleTopic  # noqa: PLC0415 -- settings first

        rows = [(f["pk"], topic, place, "") for f in self.facts for place, topic in enumerate(f["topics"])]
        insert(ArticleTopic, ("content_object_id", "tag_id", "position", "spelling"), rows)

    def _versions(self):
        from curation.models import Article, Version  # noqa: PLC0415 -- settings first
        from curation.models.snapshots import LISTS, digest, words  # noqa: PLC0415 -- settings first

        names = ("id", "article_id", "number", "name", "sealed", "digest", "created_at", "updated_at", "content")
        bare, rows = words(Article(section_id=self.section)) | {name: [] for name in LISTS}, []
        for f in self.facts:
            content = bare | {"title": f["title"], "slug": f"story-{f['pk']}", "body": f"<p>{f['title']}</p>"}
            content["standfirst"] = f"{f['title']}, in short."
            if f["life"] == "in_review":
                told = [corpus.sentence(self.dice) for _ in range(SENTENCES)]
                content["body"] = "".join(f"<p>{' '.join(some)}</p>" for some in batched(told, 3))
            content["topics"] = [{"topic": topic, "spelling": ""} for topic in f["topics"]]
            content["sources"] = [{"link": f["pk"], "role": "source", "label": "", "reason": ""}]
            kept = (f["life"] != "draft", digest(content), f["at"], f["at"], json.dumps(content))
            rows.append((f["pk"], f["pk"], 1, "", *kept))
        insert(Version, names, rows)

    def _signed(self):
        from curation.models import Version  # noqa: PLC0415 -- settings first

        rows = [(f["pk"], f["owner"]) for f in self.facts if f["life"] != "published" and f["owner"]]
        insert(Version.writers.through, ("version_id", "user_id"), rows)

    def _editions(self):
        from curation.models import OPEN, Edition  # noqa: PLC0415 -- settings first

        names = ("id", "article_id", "version_id", "number", "section_id", "live_from", "live_until", "closes_at")
        names += ("tallied",)
        names += ("slug", "first_published_at", "title", "source_brand", "cover", "pressed_at", "bylines", "sources")
        rows = []
        for f in self.facts:
            if f["life"] == "published" or f["pk"] % 4 == 0:
                soon = self.dice.random() < 0.0005
                opens = self.now + timedelta(hours=self.dice.randint(1, 90)) if soon else f["at"]
                rows.append(
                    (f["pk"], f["pk"], f["pk"], 1, self.section, opens, OPEN, OPEN, not soon, f"story-{f['pk']}")
                )
                rows[-1] += (f["at"], f["title"], f["brand"], "v1-0-0-x.svg", f["at"], "[]", "[]")
        insert(Edition, names, rows)

    def _topics_shown(self):
        from curation.models import EditionTopic  # noqa: PLC0415 -- settings first

        shown = [f for f in self.facts if f["life"] == "published" or f["pk"] % 4 == 0]
        rows = [(topic, f["at"], f["pk"], place) for f in shown for place, topic in enumerate(f["topics"])]
        insert(EditionTopic, ("topic_id", "first_published_at", "edition_id", "position"), rows)

    def _log(self):
        from curation.models import LogEntry  # noqa: PLC0415 -- settings first

        names = ("article_id", "step", "by_id", "actor", "at", "from_state", "to_state", "edit", "edition_id", "reason")
        rows = []
        for fact in self.facts:
            before, number = "", fact["pk"]
            pace = 1 + number * 37 % 3_000 if fact["life"] == "published" else 1  # minutes that each step takes
            for place, step in enumerate(PATHS[fact["life"]]):
                at, after = min(self.now, fact["at"] + timedelta(minutes=(place + 1) * pace)), ENTERED[step]
                by = self.people[number % 3 if step in ("approve", "publish", "return") else 3 + number % 5]
                edition = number if step == "publish" else None
                rows.append((number, step, by.pk, str(by), at, before, after, place, edition, ""))
                before = after
        insert(LogEntry, (*names, "details"), [(*row, "{}") for row in rows])


def insert(model, names, values):
    """Insert raw rows; columns that are not named get their field's default."""
    from django.db import connection  # noqa: PLC0415 -- settings first

    rest = [f for f in model._meta.local_concrete_fields if f.attname not in names and not f.primary_key]
    blank = tuple(f.get_db_prep_save(f.get_default(), connection) for f in rest)
    columns = ", ".join(f'"{name}"' for name in (*names, *(f.attname for f in rest)))
    holes = ", ".join(["%s"] * (len(names) + len(rest)))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({holes})", [(*row, *blank) for row in values]
        )


def pages(size, decides=True) -> dict[str, str]:
    """Return the pages that are measured: the list plain, narrowed, searched, sorted, far back; home; an article; for
    somebody who ``decides`` the screen for that.
    """
    from curation.models import Article  # noqa: PLC0415 -- settings are chosen by then

    draft, waiting = (
        Article.objects.filter(state=state).order_by("-pk").values_list("pk", flat=True)[0]
        for state in ("draft", "in_review")
    )
    briefs = "/admin/curation/article/"
    topic = "atlas-regional-triage-tools"
    return {
        "list": f"{briefs}?all=1",
        "list, in review": f"{briefs}?state=in_review",
        "list, live": f"{briefs}?reach=live",
        "list, scheduled": f"{briefs}?reach=scheduled",
        "list, mine": f"{briefs}?owner=me",
        "list, late": f"{briefs}?age=late",
        "list, topic": f"{briefs}?topic={topic}",
        "list, source": f"{briefs}?source=beaconcare.example",
        "list, by age": f"{briefs}?all=1&o=age",
        "list, by title": f"{briefs}?all=1&o=title",
        "list, found": f"{briefs}?q=lab+exchanges",
        "list, one found": f"{briefs}?q=({size // 3})",
        "list, not found": f"{briefs}?q=zebra",
        "list, live found": f"{briefs}?reach=live&q=lab+exchanges",
        "list, page 500": f"{briefs}?all=1&p={min(500, size // 25)}",
        "board": f"{briefs}board/?all=1",
        "board, mine": f"{briefs}board/?owner=me",
        "board, topic": f"{briefs}board/?topic={topic}",
        "board, late": f"{briefs}board/?age=late",
        "board, due": f"{briefs}board/?due=week",
        "board, found": f"{briefs}board/?q=lab+exchanges",
        "calendar": f"{briefs}calendar/?all=1",
        "calendar, week": f"{briefs}calendar/week/?all=1",
        "calendar, day": f"{briefs}calendar/day/?all=1",
        "calendar, topic": f"{briefs}calendar/?topic={topic}",
        "measures": f"{briefs}measures/",
        "measures, year": f"{briefs}measures/?weeks=52",
        "card": f"{briefs}{waiting}/card/",
        "home": "/admin/",
        "log": f"{briefs}log/",
        "article": f"{briefs}{draft}/change/",
    } | ({"deciding": f"{briefs}{waiting}/decide/"} if decides else {})


class Floor:
    """A stock changelist of articles, as Django draws it."""

    def __init__(self, person):
        from django.contrib.admin import AdminSite, ModelAdmin  # noqa: PLC0415 -- settings first
        from django.template.backends.django import DjangoTemplates  # noqa: PLC0415 -- settings first

        from curation.models import Article  # noqa: PLC0415 -- settings first

        class Bare(ModelAdmin):
            list_display, list_filter, list_per_page = ("title", "state", "owner"), ("state",), 25
            show_full_result_count = False

        processors = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"]
        processors += ["django.contrib.messages.context_processors.messages"]
        options = {"context_processors": processors}
        engine = DjangoTemplates({"NAME": "bare", "DIRS": [], "APP_DIRS": True, "OPTIONS": options})
        self.admin, self.person = Bare(Article, AdminSite(name="admin")), person.pk
        self.template = engine.get_template("admin/change_list.html")

    def get(self):
        """Return the whole page, as text."""
        from django.contrib.auth.models import User  # noqa: PLC0415 -- settings first
        from django.contrib.messages.storage.cookie import CookieStorage  # noqa: PLC0415 -- settings first
        from django.test import RequestFactory  # noqa: PLC0415 -- settings first

        request = RequestFactory().get("/admin/curation/article/")
        request.user = User.objects.get(pk=self.person)
        request.user.is_superuser = True  # so that no permission is looked up
        request._messages, request._dont_enforce_csrf_checks = CookieStorage(request), True
        return self.template.render(self.admin.changelist_view(request).context_data, request)


def measure(size, rounds, only=None, say=print):
    """Visit every page in turn (``only``: whose name begins so) and print its cost, for a manager and for a curator."""
    from django.contrib.auth.models import User  # noqa: PLC0415 -- settings first
    from django.test import Client  # noqa: PLC0415 -- settings first

    floor = Floor(User.objects.get(username="colleague0"))
    for who, username in (("a manager", "colleague0"), ("a curator", "colleague5")):
        asked = pages(size, decides=username == "colleague0")
        asked = {name: path for name, path in asked.items() if not only or name.startswith(only)}
        if not asked:
            continue
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(username=username))
        say(f"\n{size:,} articles, as {who}")
        visit(client, asked, floor, rounds, say)
    alone = statistics.median(timed(floor.get) for _ in range(rounds))
    say(f"\nThe floor: {alone:.1f} ms, {len(floor.get()) / 1000:.1f} kB")


def visit(client, asked, floor, rounds, say):
    """Visit pages and the floor in pairs; print a line for each page."""
    facts = {name: weighed(client, path) for name, path in asked.items()}
    floor.get()
    pairs = {name: [] for name in asked}
    for _ in range(rounds):
        for name, path in asked.items():
            pairs[name].append((timed(client.get, path), timed(floor.get)))
    for name, (status, queries, weight) in facts.items():
        spent = statistics.median(own for own, _ in pairs[name])
        ratio = statistics.median(own / bare for own, bare in pairs[name])
        budget = BUDGETS.get(name.partition(",")[0], (QUERIES, CPU, WEIGHT))
        limits = zip(("queries", "CPU", "kB"), (queries, spent, weight), budget, strict=True)
        over = ", ".join(what for what, used, most in limits if used > most)
        line = f"  {name:17}{status}{queries:4} queries{spent:8.1f} ms  × {ratio:4.2f}{weight:8.1f} kB"
        say(f"{line}  over: {over}" if over else line)


def weighed(client, path):
    """Return the status of a page, its queries once what is kept is warm, and its kB."""
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return response.status_code, len(captured), len(response.content) / 1000


def timed(run, *given) -> float:
    """Milliseconds of this process's CPU."""
    began = time.process_time()
    run(*given)
    return (time.process_time() - began) * 1000


def prepare(folder: Path) -> bool:
    """Choose the settings and make the tables; gives whether the newsroom is still empty."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= import_rate.environment(folder) | {
        "STATIC_ROOT": str(folder / "static"),
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "LOG_REQUESTS": "false",
    }
    import django  # noqa: PLC0415 -- settings are chosen now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first

    from curation.models import Article  # noqa: PLC0415 -- settings first

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    return not Article.objects.exists()


def main():
    """Make the newsroom where it is not there yet, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--open", type=int, help="how many are drafted, in review or to be mended")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", help="pages alone whose names begin so")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if prepare((options.keep or Path(scratch)).resolve()):
            Newsroom(options.size, options.open and options.open * len(UNFINISHED) / OPEN_KINDS).make()
        measure(options.size, options.rounds, options.only)


if __name__ == "__main__":
    sys.exit(main())
