"""Seconds of bulk work and of its undoing, and whether everything is as before: each kind, in a newsroom of its own.

    python -m benchmarks.bulk_undo [--size 10000] [--items 1000] [--kinds submit,publish]

A machine makes the newsroom through the workflow's own doors, a seventh of it in each state and the rest out. Of each
kind of work that many items are tried, done and undone by a manager. Prints seconds of CPU of all three and, beside
undoing, its ratio to doing; then whether every column of every article, its topics and its Editions is as before. The
edit may differ, and Editions that were pressed and never seen may stand there, cancelled. What else does is named.
"""

import argparse
import os
import tempfile
import time
from collections import Counter
from datetime import timedelta
from itertools import batched
from pathlib import Path

from . import import_rate

LIMIT = 60  # seconds for undoing a thousand
#: Kinds, and which articles each is for.
KINDS = {
    "submit": "draft",
    "approve": "in_review",
    "publish": "approved",
    "schedule": "approved",
    "claim": "draft",
    "assign": "in_review",
    "add_topic": "approved",
    "remove_topic": "draft",
    "return": "in_review",
    "take_back": "in_review",
    "release": "draft",
    "withdraw": "out",
    "decline": "draft",
    "reopen": "declined",
}
#: Steps that bring an article where each state is; a machine takes them.
PATHS = {
    "draft": (),
    "in_review": ("submit",),
    "changes_requested": ("submit", "return"),
    "declined": ("decline",),
    "approved": ("submit", "approve"),
    "out": ("submit", "approve", "publish"),
}
AT_ONCE = 500
say = print


class Newsroom:
    """A newsroom made by a machine, with a manager and articles by state."""

    def __init__(self, size):
        from django.contrib.auth.models import Group, User  # noqa: PLC0415 -- settings are chosen by then

        from curation.publishing import counts  # noqa: PLC0415 -- settings first
        from offerings.models import Taxonomy, Topic  # noqa: PLC0415 -- settings first

        self.manager = User.objects.create(username="manager")
        self.manager.groups.add(Group.objects.get(name="Manager"))
        plain = Taxonomy.objects.create(name="Field")
        self.topics = [Topic.objects.create(name=f"Field: Matter {n}", taxonomy=plain).pk for n in range(2)]
        self.articles = {state: [] for state in PATHS}
        share = size // 7
        for state in PATHS:
            for numbers in batched(range(share if state != "out" else size - 5 * share), AT_ONCE):
                self._make(state, len(numbers))
        counts.settle()  # else the trial counts all that is out anew in each slice

    def _make(self, state, number):
        from curation import workflow  # noqa: PLC0415 -- settings first
        from curation.models import SourceLink  # noqa: PLC0415 -- settings first

        first, drafts = sum(map(len, self.articles.values())), []
        for place in range(first, first + number):
            link = SourceLink.objects.create(pasted=f"https://source.example/{place}/")
            words = {"title": f"Brief {place}", "standfirst": f"Brief {place}, in short.", "slug": f"brief-{place}"}
            words["body"] = f"<p>Brief {place}, at some length.</p>"
            words["sources"] = [{"link": link.pk, "role": "source"}]
            drafts.append(words | {"topics": [{"topic": self.topics[0]}]})
        machine = workflow.Machine("benchmark", counts_itself=True)
        articles = workflow.begin_many(drafts, by=machine)
        for step in PATHS[state]:
            workflow.take_many(step, articles, by=machine, gates=False, reason="So that there are some.")
        self.articles[state] += [article.pk for article in articles]

    def own(self, kind, pks):
        """Give the articles of a kind that is an owner's to the manager."""
        from curation.models import Article  # noqa: PLC0415 -- settings first

        if kind in ("release", "take_back"):
            Article.objects.filter(pk__in=pks).update(owner=self.manager)

    def told(self, kind):
        """Return what a kind of work is told."""

        from django.utils import timezone  # noqa: PLC0415 -- settings first

        return {
            "schedule": {"at": (timezone.now() + timedelta(days=1)).isoformat()},
            "assign": {"reviewer": self.manager.pk},
            "add_topic": {"topic": self.topics[1]},
            "remove_topic": {"topic": self.topics[0]},
            **dict.fromkeys(("return", "withdraw", "decline"), {"reason": "For the benchmark."}),
        }.get(kind, {})


def facts(pks):
    """Return all columns of these articles, of their topics and of Editions that have a window."""
    from django.db.models import F  # noqa: PLC0415 -- settings first

    from curation.models import Article, ArticleTopic, Edition  # noqa: PLC0415 -- settings first

    editions = Edition.objects.filter(article__in=pks, live_from__lt=F("live_until"))
    filed = ArticleTopic.objects.filter(content_object__in=pks).values("content_object", "tag", "position", "spelling")
    rows = [("article", row.pop("id"), row) for row in Article.objects.filter(pk__in=pks).values()]
    rows += [("edition", row.pop("id"), row) for row in editions.values()]
    rows += [("topic", (row.pop("content_object"), row.pop("position")), row) for row in filed]
    return {
        (what, pk, name): value
        for what, pk, row in rows
        for name, value in row.items()
        if name not in ("edit", "tallied")
    }


def through(batch, by):
    """Return the seconds of CPU that a stage of a batch takes."""
    from curation import bulk  # noqa: PLC0415 -- settings first

    began = time.process_time()
    while bulk.advance(batch, by=by):
        pass
    return time.process_time() - began


def measure(newsroom, kind, items):
    """Try, do and undo one kind of work; print its line and return whether undoing was exact and in time."""
    from curation import bulk  # noqa: PLC0415 -- settings first
    from curation.models import Article  # noqa: PLC0415 -- settings first

    by, pks = newsroom.manager, newsroom.articles[KINDS[kind]][:items]
    newsroom.own(kind, pks)
    before = facts(pks)
    batch = bulk.choose(kind, Article.objects.filter(pk__in=pks).values_list("pk", "edit"), by=by)
    bulk.keep_details(batch, {"told": newsroom.told(kind)})
    tried = through(batch, by)
    bulk.begin(batch, by=by)
    did = through(batch, by)
    changed = before != facts(pks)
    bulk.undo(batch, by=by)
    undid = through(batch, by)
    after = facts(pks)
    names = Counter(f"{key[0]}.{key[2]}" for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    undone = batch.items.filter(state="undone").count()
    verdict = ", ".join(f"{name} {number}" for name, number in names.most_common(4)) or "exact"
    verdict = verdict if changed else "nothing was done"
    say(f"{kind:<14}{undone:>7,}{tried:>9.1f}{did:>9.1f}{undid:>9.1f}{undid / did:>9.2f}  {verdict}", flush=True)
    return verdict == "exact" and undone == len(pks) and undid < LIMIT * max(1, items / 1000)


def main() -> int:
    """Make the newsroom, then measure each kind; the exit status says whether all were exact and in time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--kinds", default=",".join(KINDS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="medigy-bulk-") as name:
        folder = Path(name)
        os.environ |= import_rate.environment(folder)
        import_rate.manage(folder, "migrate", "--verbosity", "0")
        import django  # noqa: PLC0415 -- settings are chosen by then

        django.setup()
        newsroom = Newsroom(given.size)
        say(f"{given.items:,} of {given.size:,} briefs, seconds of CPU")
        say("kind           undone    trial       do     undo  undo/do")
        fine = [measure(newsroom, kind, given.items) for kind in given.kinds.split(",")]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())
