"""Jobs of somebody at the desk: what is theirs to do now, by the steps open to them, and what is late with others."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef
from django.utils import timezone

from curation import risk, workflow
from curation.editing import checks, working_copy
from curation.models import Article, LogEntry, State, Version
from curation.models.snapshots import complete
from curation.models.vocabulary.current import all_together
from curation.sql import compiled_queries
from curation.workflow import deadlines, queue

from . import changes, deeds
from .deeds import Deed
from .piles import OVERDUE, PILES, UNPUBLISHED, Found, Pile, found_for

SHOWN, LATE_SHOWN = 20, 6  # rows of the list, and of what is late with others


@dataclass
class Job:
    """An article with what somebody may do with it now, and what they must know before they do.

    ``steps`` are the names of the open steps; ``wait`` is ``late`` or ``slow`` where it is long; ``due`` when it
    is too long. ``passed`` of ``asked`` checks found nothing, and ``held`` is what the next step waits for.
    It ``is_near`` to somebody who may have written part of it. ``risk`` is its level where somebody decides, empty
    where nobody judged it yet.
    ``change`` is what differs from what readers see (None: they see nothing), ``first`` says what a first edition is
    made of. ``asked_back`` says by whom and why changes were asked for.
    """

    article: Article
    pile: Pile
    steps: tuple[str, ...] = ()
    wait: str = ""
    due: datetime | None = None
    passed: int = 0
    asked: int = 0
    held: list = field(default_factory=list)
    change: changes.Change | None = None
    first: str = ""
    asked_back: Deed | None = None
    is_near: bool = False
    risk: str = ""

    @property
    def is_for_deciding(self) -> bool:
        """True if it waits for a decision of whoever sees it."""
        return self.pile.step == "approve"


@dataclass
class Work:
    """Everything that waits for somebody: the jobs of the list, what is late with others, what is approved and not out.

    ``piles`` say how many jobs of which kind there are.
    """

    jobs: list[Job]
    piles: list[Found]
    overdue: list[Job]
    overdue_count: int
    unpublished: list[Job]
    unpublished_count: int

    @property
    def count(self) -> int:
        """The number of things to do, shown or not."""
        return sum(found.count for found in self.piles)

    @property
    def late(self) -> int:
        """The number of them that wait too long."""
        return sum(found.late for found in self.piles)


def work_of(user, now: datetime) -> Work:
    """Return what waits for ``user``. Ten queries at most, and four more where they wrote part of what waits."""
    found = found_for(user, now, (*PILES, UNPUBLISHED, *OVERDUE))
    waiting = sorted((entry for one in found for entry in one.entries), key=lambda entry: _urgency(entry, now))
    mine = _enough([entry for entry in waiting if entry.pile in PILES])
    late = [entry for entry in waiting if entry.pile in OVERDUE][:LATE_SHOWN]
    jobs = _jobs(user, [*mine, *(entry for entry in waiting if entry.pile is UNPUBLISHED), *late], now)
    shown, shut = _theirs_to_do(user, [job for job in jobs if job.pile in PILES], found)
    theirs = [job for job in shut if job.wait == "late"]
    overdue = sum(one.count for one in found if one.pile in OVERDUE) + len(theirs)
    elsewhere = [job for job in jobs if job.pile in OVERDUE or job in theirs][:LATE_SHOWN]
    piles = [one for one in found if one.pile in PILES and one.count > 0]
    return Work(shown, piles, elsewhere, overdue, *_unpublished(jobs, found))


def _unpublished(jobs, found):
    """Return the jobs that are approved and not out, and how many there are; what is out already is none of them."""
    approved = [job for job in jobs if job.pile is UNPUBLISHED]
    left = [job for job in approved if job.article.live_version != job.article.approved_version_id]
    return left, sum(one.count for one in found if one.pile is UNPUBLISHED) - (len(approved) - len(left))


def _urgency(entry, now):
    """Return what entries are sorted by: nobody's last; late before slow before others; decisions before one's own."""
    order = (*PILES, UNPUBLISHED, *OVERDUE).index(entry.pile)
    # In a pile of several states the shortest patience counts; nobody's come last whatever it is.
    wait = deadlines.wait_of(entry.pile.states[0], now - entry.since)
    return entry.pile.step == "claim", _WAITS.index(wait), order, entry.since, entry.pk


_WAITS = ("late", "slow", "")


def _enough(entries):
    """Return the first entries, so many that ``SHOWN`` are left whatever is found of who wrote them."""
    sure = 0
    for place, entry in enumerate(entries, 1):
        sure += not entry.is_near
        if sure == SHOWN:
            return entries[:place]
    return entries


def _jobs(user, entries, now):
    """Return the articles of entries as jobs, in their order. One query."""
    given = {"pks": {entry.pk for entry in entries}, "now": now, "today": timezone.localdate()}
    known = {article.pk: article for article in compiled_queries.objects(("jobs",), _articles, **given)}
    return [_job(known[entry.pk], entry, user, now) for entry in entries if entry.pk in known]


def _articles(pks, now, today):
    rows = Article.objects.filter(pk__in=pks).with_source().with_reviewer_back(today).with_words(now)
    asked_back = deeds.newest(_ASKED_BACK)
    return rows.annotate(asked_back=asked_back).select_related("owner", "reviewer").only(*_COLUMNS)


_ASKED_BACK = LogEntry.objects.filter(article=OuterRef("pk"), to_state=State.CHANGES_REQUESTED).exclude(
    from_state=State.CHANGES_REQUESTED
)
_NAMES = ("username", "first_name", "last_name")
_COLUMNS = (
    *("title", "state", "edit", "entered_at", "due_on", "priority", "is_pressed", "revised_by", "approved_version_id"),
    *(f"{role}__{name}" for role in ("owner", "reviewer") for name in _NAMES),
)


def _job(article, entry, user, now):
    article.is_live = article.live_version is not None
    wait = deadlines.wait_of(article.state, now - article.entered_at)
    steps = tuple(name for name in (entry.pile.step, entry.pile.other) if name and _is_open(name, article, user))
    due = deadlines.due(article.state, article.entered_at)
    back = deeds.deed(article.asked_back) if article.state == State.CHANGES_REQUESTED else None
    return Job(article, entry.pile, steps, wait, due, asked_back=back, is_near=entry.is_near)


def _is_open(name, article, user):
    return workflow.refusal(workflow.STEPS[name], article, user, None) is None


def _theirs_to_do(user, jobs, found):
    """Return the jobs whose step is open to ``user``, with all that their rows show, and those that are another's.

    What is another's is counted out of the piles.
    """
    contents = _contents(jobs)
    own = queue.written_by(user, {job.article.pk: job.article.edit for job in jobs if job.is_near})
    shut = [job for job in jobs if job.pile.step not in job.steps or job.article.pk in own]
    for one in found:
        one.count -= sum(job.pile is one.pile for job in shut)
        one.late -= sum(job.pile is one.pile and job.wait == "late" for job in shut)
    shown = [job for job in jobs if job not in shut][:SHOWN]
    _tell(user, shown, contents)
    return shown, shut


def _contents(jobs):
    """Return what the Versions of these jobs hold, by id: the newest of each, and the live one. One query."""
    named = {pk for job in jobs for pk in (job.article.newest, job.article.live_version) if pk}
    return dict(compiled_queries.rows(("contents",), _held, pks=named))


def _held(pks):
    return Version.objects.filter(pk__in=pks).values_list("pk", "content")


def _tell(user, jobs, known):
    """Put on each job what its row shows: its checks and what changed. Seven queries at most."""
    contents = {job.article.pk: complete(known[job.article.newest]) for job in jobs if job.article.newest}
    levels, subjects = checks.levels_of(user) if jobs else {}, working_copy.subjects(contents)
    lives = {job.article.pk: live for job in jobs if (live := known.get(job.article.live_version))}
    pairs = all_together({pk: (live, subjects[pk].content) for pk, live in lives.items() if pk in subjects})
    for job in jobs:
        if subject := subjects.get(job.article.pk):
            _check(job, subject, levels)
            pair = pairs.get(job.article.pk)
            job.change = pair and changes.change_since(*pair)
            job.first = "" if pair else changes.first_words(subject.content, subject.source_answered)
    waiting = [job for job in jobs if job.is_for_deciding and job.article.newest]
    levels = risk.levels_of({job.article.pk: (job.article.newest, job.article.live_version) for job in waiting})
    for job in waiting:
        job.risk = levels.get(job.article.pk, "")


def _check(job, subject, levels):
    findings = checks.findings(subject, levels)
    passed = len(checks.passed(findings, levels))
    job.passed, job.asked = passed, passed + len({finding.code for finding in findings})
    job.held = checks.holding_back(findings, workflow.PRIMARY[job.article.state])
