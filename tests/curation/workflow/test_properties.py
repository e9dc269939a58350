"""Whatever people do, in whatever order and at whatever hour, some things stay true.

Seeded: each number is one history of random people who take random steps, now and at hours to come, while time passes
in jumps. What may never happen is looked for after each step.
"""

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from django.db import transaction
from django.db.models import F

from curation import bulk, workflow
from curation.editing import authorship
from curation.models import Article, Edition, LogEntry, Trace, Version
from curation.models.fields import WRITTEN
from curation.models.snapshots import complete
from curation.publishing import counts
from offerings.models import Redirect
from tests.clock import Clock
from tests.curation import everywhere
from tests.curation.publishing.test_counts import counted, kept
from tests.factories import MACHINE, make_link, make_person, make_topic

from . import matrix

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

_PEOPLE = {
    "curator": "Curator",
    "colleague": "Curator",
    "manager": "Manager",
    "deputy": "Manager",
    "administrator": "Administrator",
}
_STARTS = [None, None, -30, 0, 0.5, 2, 3, 24, 50, 50]
_ENDS = [None, None, None, None, 0.5, 3, 60, 100]
_PAUSES = [0, 0, 0, 0, 0, 1, 1, 1, 1, 20, 20, 31, 59, 60, 61, 49 * 60]  # minutes
_OFTEN = {"edit": 3, "submit": 6, "approve": 9, "publish": 9, "reschedule": 14, "cancel": 4, "roll_back": 3}
_SELDOM = ("decline", "return", "take_back", "claim", "release", "assign", "plan")
STEPS_A_HISTORY = 100


class Newsroom:
    """Two articles, six people, one clock. What a step gave is held against what was there before it."""

    def __init__(self, seed, clock):
        self.chance, self.clock, self.taken = Random(seed), clock, Counter()
        self.people = {name: make_person(role) for name, role in _PEOPLE.items()} | {"import": MACHINE}
        self.topics = [make_topic(), make_topic()]
        self.link = make_link()
        self.articles = [
            workflow.begin(by=self.people["curator"]),
            workflow.begin_many([self.text("An import", "of an import")], by=MACHINE)[0],
        ]
        for name in ("submit", "approve"):
            workflow.take_many(name, self.articles[1:], by=MACHINE)
        self.contents, self.states, self.windows, self.logged, self.approval = {}, {}, {}, 0, 0
        self.remember()

    def text(self, title, whose):
        """The words of an article of this title; ``whose`` are words that no other has."""
        return {
            "title": title,
            "standfirst": f"{title}, in short, {whose}.",
            "body": f"<p>{title}, at length, {whose}.</p>",
            "sources": [{"link": self.link.pk, "role": "source"}],
            "topics": [{"topic": self.topics[len(title) % 2].pk}],
        }

    def remember(self):
        """What the next step is compared with."""
        for row in Edition.objects.values("id", *Edition.CONTENT):
            self.contents.setdefault(row["id"], row)
        self.states = dict(Article.objects.values_list("pk", "state"))
        self.windows = {row[0]: row for row in Edition.objects.values_list("pk", "live_from", "live_until", "ended")}
        self.logged = LogEntry.objects.count()

    def somebody_acts(self):
        """Time passes or not, and a step is taken, or refused and nothing changes. Mostly one that is open."""
        chance = self.chance
        self.clock.turn(minutes=chance.choice(_PAUSES))
        article = Article.objects.get(pk=chance.choice(self.articles).pk)
        by = chance.choice(list(self.people.values()))
        names = list(workflow.open_steps(article, by)) if chance.random() < 0.85 else []
        names = names or list(matrix.STEPS)
        name = chance.choices(names, [_OFTEN.get(name, 0.5 if name in _SELDOM else 2) for name in names])[0]
        before, seen, stood = LogEntry.objects.count(), article.edit, self.standing(article)
        try:
            with transaction.atomic():
                workflow.take(name, article, by=by, edit=seen, **self.details(name, chance, article))
        except workflow.StepRefused:
            assert LogEntry.objects.count() == before
        else:
            # Edits of one session share a row, which tells the newest of them.
            assert LogEntry.objects.count() - before in ((0, 1) if name == "edit" else (1,))
            assert article.log.first().edit == seen + 1
            self.taken[name] += 1
            if name in ("approve", "return", "publish") and by is not MACHINE and chance.random() < 0.3:
                self.somebody_thinks_again(article, by, stood)

    def standing(self, article):
        """Everything that undoing a decision puts back."""
        facts = Article.objects.values().get(pk=article.pk) | {"edit": None}
        windows = article.editions.filter(live_from__lt=F("live_until")).order_by("pk").values()
        filed = article.article_topics.order_by("position").values_list("tag", "spelling")
        return facts | {"editions": list(windows), "filed": list(filed)}

    def somebody_thinks_again(self, article, by, stood):
        """What was decided is taken back in time, exactly; or it is too late, and nothing changes."""
        self.clock.turn(seconds=self.chance.choice([0, 5, 29, 31]))
        article.refresh_from_db()
        before, decided = LogEntry.objects.count(), self.standing(article)
        try:
            with transaction.atomic():
                workflow.undo(article, by=by, edit=article.edit)
        except workflow.StepRefused:
            assert (LogEntry.objects.count(), self.standing(article)) == (before, decided)
        else:
            assert (LogEntry.objects.count(), self.standing(article)) == (before + 1, stood)
            self.taken["undo"] += 1

    def somebody_acts_on_all(self):
        """One step for all at once, perhaps with something done to one of them meanwhile, and perhaps undone."""
        chance = self.chance
        by = chance.choice([person for person in self.people.values() if person is not MACHINE])
        kind = chance.choice(list(bulk.offered(by)))
        given = {"reason": "For the test.", "topic": chance.choice(self.topics).pk}
        given |= {"owner": chance.choice([None, self.people["curator"].pk])} if kind == "assign" else {}
        given |= {"at": self.clock.after(hours=chance.choice([0.5, 3])).isoformat()} if kind == "schedule" else {}
        stood = {article.pk: self.standing(article) for article in self.articles}
        batch = bulk.choose(kind, Article.objects.values_list("pk", "edit"), by=by)
        bulk.keep_details(batch, {"told": {name: given[name] for name in bulk.KINDS[kind].asks if name in given}})
        self.goes_on(batch, by)
        assert {article.pk: self.standing(article) for article in self.articles} == stood  # a trial does nothing
        bulk.begin(batch, by=by)
        self.goes_on(batch, by)
        self.taken[f"bulk {kind}"] += batch.items.filter(state="done").count()
        if chance.random() < 0.7:
            self.clock.turn(seconds=chance.choice([0, 20, 100, 200, 500]))
            self.somebody_thinks_again_of_all(batch, by, stood)

    def somebody_thinks_again_of_all(self, batch, by, stood):
        """What is undone is exactly as before, unless it is told that readers had seen it."""
        if self.chance.random() < 0.2:
            workflow.take_many("claim", Article.objects.filter(pk=self.articles[0].pk), by=self.people["deputy"])
        now = {article.pk: self.standing(article) for article in self.articles}
        bulk.undo(batch, by=by)
        self.goes_on(batch, by)
        for item in batch.items.select_related("article"):
            if item.state == "undone" and not item.undo_words:
                assert self.standing(item.article) == stood[item.article_id]
                self.taken["bulk undo"] += 1
            elif item.state != "undone":
                assert self.standing(item.article) == now[item.article_id]

    @staticmethod
    def goes_on(batch, by):
        """All slices of a stage."""
        while bulk.advance(batch, by=by):
            pass

    def details(self, name, chance, article):
        """Details of a step, some of them senseless."""
        hours, until = chance.choice(_STARTS), chance.choice(_ENDS)
        given = {"reason": f"For the test {_whose(article)}."}
        given["at"] = self.clock.after(hours=hours) if hours is not None else None
        given["until"] = self.clock.after(hours=until) if until is not None else None
        if name == "edit":
            given["changes"] = self.text(chance.choice(["One", "Another", "A third"]), _whose(article))
            if chance.random() < 0.3:
                given["changes"]["slug"] = chance.choice(["", "one", "another"])
        if name == "restore":
            given["version"] = chance.choice(sorted(Version.objects.values_list("pk", flat=True)))
        if name == "roll_back" and chance.random() < 0.5:
            given["edition"] = chance.choice(sorted(Edition.objects.values_list("pk", flat=True)) or [0])
        if name == "withdraw" and chance.random() < 0.5:
            given["successor"] = chance.choice(self.articles)
        if name == "plan":
            given["planned_on"] = chance.choice([None, self.clock.after(days=chance.randrange(-3, 9)).date()])
        if name == "assign":
            given["owner"] = chance.choice([None, self.people["curator"], self.people["manager"]])
        return given

    def somebody_erases(self):
        """The end of one of the two: nobody but an administrator can, and of its words nothing is found anywhere."""
        gone, stays = self.chance.sample(self.articles, 2)
        gone = Article.objects.get(pk=gone.pk)
        own = ("of an import", _whose(gone)) if gone.pk == self.articles[1].pk else (_whose(gone),)
        others = list(Edition.objects.filter(article=stays).values("id", *Edition.CONTENT, "live_from", "live_until"))
        seen = set(Edition.objects.started(self.clock.at).filter(article=gone).values_list("slug", flat=True))
        asked = {"edit": gone.edit, "typed": str(gone.pk), "reason": "It was asked for."}
        for by in self.people.values():
            if by is not self.people["administrator"]:
                with pytest.raises(workflow.StepRefused):
                    workflow.erase(gone, by=by, **asked)
        assert everywhere.found_in(*own)
        rows = LogEntry.objects.count()
        tombstone = workflow.erase(gone, by=self.people["administrator"], **asked)
        assert everywhere.found_in(*own) == []
        assert LogEntry.objects.count() == rows + 1
        assert set(Trace.objects.filter(kind="slug").values_list("mark", flat=True)) == seen
        assert bool(tombstone.address) == bool(seen)
        now = list(Edition.objects.filter(article=stays).values("id", *Edition.CONTENT, "live_from", "live_until"))
        assert now == others
        self.contents = {row["id"]: row for row in Edition.objects.values("id", *Edition.CONTENT)}
        self.remember()

    def always_no_two_editions_of_an_article_are_live_at_once(self):
        """By their windows, and so at every hour past and to come."""
        windows = Edition.objects.filter(live_from__lt=F("live_until")).values_list(
            "article", "live_from", "live_until"
        )
        for (one, start, end), (other, other_start, other_end) in combinations(windows, 2):
            assert one != other or end <= other_start or other_end <= start

    def always_no_two_live_pages_have_one_address(self):
        """Now and whenever what is scheduled opens."""
        for at in {self.clock.at, *Edition.objects.values_list("live_from", flat=True)}:
            slugs = list(Edition.objects.live(at).values_list("slug", flat=True))
            assert len(slugs) == len(set(slugs))

    def always_every_edition_is_of_a_sealed_version_that_was_approved(self):
        """By the log, and before it was pressed."""
        for edition in Edition.objects.select_related("version"):
            assert edition.version.sealed
            assert edition.title == edition.version.content["title"]
            assert edition.version.article_id == edition.article_id
            assert LogEntry.objects.filter(step="approve", version=edition.version, at__lte=edition.pressed_at).exists()

    def always_nobody_approved_their_own_words(self):
        """However the words came to be in the Version; who signed one may have no word left in it."""
        approvals = LogEntry.objects.filter(step="approve", by__isnull=False, pk__gt=self.approval)
        for row in approvals.order_by("pk").select_related("version"):
            self.approval = row.pk
            if row.version.writers.filter(pk=row.by_id).exists():
                assert row.by_id not in authorship.authors({row.article_id: row.version})[row.article_id]

    def always_the_words_of_an_edition_never_change(self):
        """Once pressed, for ever."""
        now = {row["id"]: row for row in Edition.objects.values("id", *Edition.CONTENT)}
        assert {pk: now[pk] for pk in self.contents} == self.contents

    def always_nothing_changes_without_a_log_row(self):
        """No state, no window; and the row says so."""
        rows = list(LogEntry.objects.order_by("id")[self.logged :])
        for pk, state in Article.objects.values_list("pk", "state"):
            told = [(row.from_state, row.to_state) for row in rows if row.article_id == pk]
            assert (self.states[pk] == state) if not told else (told[0][0], told[-1][1]) == (self.states[pk], state)
        moved = {
            (edition.article_id, edition.number)
            for edition in Edition.objects.all()
            if self.windows.get(edition.pk) != (edition.pk, edition.live_from, edition.live_until, edition.ended)
        }
        said = {(row.article_id, move["edition"]) for row in rows for move in row.details.get("windows", ())}
        assert moved <= said
        self.remember()

    def always_an_approved_article_names_a_version_and_no_other_does(self):
        """The working copy's state and its approved Version tell the same story."""
        for state, version in Article.objects.values_list("state", "approved_version"):
            assert (state == "approved") == (version is not None)

    def always_what_is_approved_is_what_stands_there(self):
        """To the letter, however often it was changed and put back."""
        for article in Article.objects.filter(state="approved").select_related("approved_version"):
            newest = complete(article.versions.order_by("-number").first().content)
            approved = complete(article.approved_version.content)
            assert {name: newest[name] for name in WRITTEN} == {name: approved[name] for name in WRITTEN}

    def always_whoever_took_it_out_of_approved_by_an_edit_has_the_pen(self):
        """As long as that is the last that changed its state, and nobody else."""
        for article in Article.objects.all():
            stood = []
            for row in reversed(article.log.exclude(from_state=F("to_state"))):
                stood = stood[:-1] if row.step == "undo" else [*stood, row]
            last = stood[-1] if stood else None
            left = last is not None and (last.step, last.from_state) == ("edit", "approved")
            assert article.revised_by_id == (last.by_id if left else None)

    def always_the_newest_version_holds_the_working_copys_words(self):
        """So that nothing can be approved that is not on the screen."""
        for article in Article.objects.all():
            assert article.versions.order_by("-number").first().content["title"] == article.title

    def always_the_tallies_equal_a_count(self):
        """Once what the clock alone opened and closed is settled."""
        counts.settle()
        assert kept() == counted(self.clock.at)

    def always_old_addresses_lead_to_no_old_address(self):
        """Nor does one stand where a page is live."""
        paths = set(Redirect.objects.values_list("path", flat=True))
        targets = {target.rstrip("/") for target in Redirect.objects.values_list("target", flat=True)}
        assert not paths & targets
        assert not paths & {edition.get_absolute_url().rstrip("/") for edition in Edition.objects.live()}


def _whose(article):
    return f"of number {article.pk}"


def _invariants():
    return [check for name, check in vars(Newsroom).items() if name.startswith("always_")]


def steps_taken(seeds, monkeypatch):
    """A history for each seed, everything looked at after each step; gives how often each step was taken."""
    taken = Counter()
    for seed in seeds:
        with transaction.atomic():
            clock = Clock()
            monkeypatch.setattr("django.utils.timezone.now", clock.now)
            newsroom = Newsroom(seed, clock)
            for _ in range(STEPS_A_HISTORY):
                newsroom.somebody_acts_on_all() if newsroom.chance.random() < 0.06 else newsroom.somebody_acts()
                for check in _invariants():
                    check(newsroom)
            newsroom.somebody_erases()
            for check in _invariants():
                check(newsroom)
            taken.update(newsroom.taken)
            transaction.set_rollback(True)
    return taken


def test_whatever_people_do_some_things_stay_true(monkeypatch):
    taken = steps_taken(range(5), monkeypatch)
    assert taken.keys() >= {"publish", "reschedule", "cancel", "withdraw", "roll_back", "undo", "bulk undo"}
    assert taken["publish"] >= 20


@pytest.mark.soak
def test_whatever_people_do_for_a_long_time_some_things_stay_true(monkeypatch):
    assert steps_taken(range(1000, 1150), monkeypatch).keys() >= {*matrix.STEPS, "undo", "bulk undo"}
