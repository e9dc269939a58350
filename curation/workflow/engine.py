"""Taking steps: hold the rows, leave out what may not, do what the step does, save the state, write the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db import IntegrityError, transaction
from django.utils import timezone

from curation.editing import versions, working_copy
from curation.models import Article, LogEntry, Section, State, roles
from curation.models.snapshots import words
from curation.publishing import press
from curation.sql import bulk_writes
from offerings.request_values import whole_number

from .actors import WRITE, Machine, StepRefused, in_words, moment, standing
from .effects import Fresh, Transition
from .table import NEEDS, STEPS, Step


def refusal(step: Step, article, by, windows: press.Windows | None) -> StepRefused | None:
    """Return why ``step`` is not open to ``by`` now, or None where it is. Only some steps read ``windows``."""
    who, rule = standing(article, by, step.permission), step.rules.get(article.state)
    if not who & (rule.who if rule else step.who):
        can = in_words(rule.who if rule else step.who)
        return StepRefused(f"“{step.label}” is not yours to take here; {can} can.", "who")
    if rule is None:
        words = f"“{step.label}” is not open while this is “{article.get_state_display()}”"
        return StepRefused(f"{words}; {in_words(step.who)} can from {_named(step.rules)}.", "state")
    if step.needs:
        holds, lack = NEEDS[step.needs]
        if not holds(windows, article):
            return StepRefused(f"“{step.label}” is not open to anybody: {lack}.", "needs")
    return None


def _named(states):
    return " or ".join(f"“{State(state).label}”" for state in states)


def open_steps(article, by, at: datetime | None = None, editions=None) -> dict[str, Step]:
    """Return the steps that ``by`` may take now, in the table's order. One query, none if its Editions are given."""
    windows = press.Windows([article], at or timezone.now(), known=editions)
    return {name: step for name, step in STEPS.items() if refusal(step, article, by, windows) is None}


@transaction.atomic
def begin_many(drafts: list[dict], *, by, now=None) -> list[Article]:
    """Make working copies from changes in a snapshot's shape, in order: drafts, owned by their maker, and logged.

    A machine owns nothing; it and the past may bring their own clock. Slugs that are given must be free. Each draft
    gets its first Version, signed by its maker. About ten queries, however many drafts. Raises :class:`StepRefused`
    for somebody who may not write, and ValueError for changes that an article cannot hold.
    """
    if not roles.may(by, WRITE):
        raise StepRefused("Beginning an article is not yours to do; curators and managers can.", "who")
    at, section = moment(by, now), Section.news()
    articles = [Article(section=section, owner_id=by.pk, entered_at=at) for _ in drafts]
    for article, changes in zip(articles, drafts, strict=True):
        working_copy.apply(article, {"modified_at": at} | changes)
    bulk_writes.insert_many(Article, articles)
    lists = working_copy.create_lists(list(zip(articles, drafts, strict=True)))
    contents = {article.pk: words(article) | own for article, own in zip(articles, lists, strict=True)}
    first = versions.record_many(contents, by=by, at=at, are_new=True)
    columns = ("article_id", "step", "by_id", "actor", "at", "to_state", "edit", "version_id")
    begun = [(a.pk, "begin", by.pk, str(by), at, a.state, 0, first[a.pk].pk) for a in articles]
    bulk_writes.insert_plain(LogEntry, columns, begun)
    for article in articles:
        article.fresh = Fresh(0, first[article.pk])
    return articles


def begin(*, by, **changes) -> Article:
    """Make one working copy; see :func:`begin_many`. A link alone, or nothing at all, is a valid draft."""
    return begin_many([changes], by=by)[0]


def take(name: str, article, *, by, edit: int, **details) -> LogEntry:
    """Take one step and give its log row. ``edit`` is the edit that the actor saw; details are the step's own.

    Details: ``changes`` (edit), ``version`` (approve, restore: the id on the screen), ``reason``, ``at``, ``until``,
    ``note`` (what readers are told changed), ``successor`` (an Article), ``edition`` (roll back: its id), ``owner``,
    ``reviewer``, ``due_on``, ``priority``, ``planned_on``, ``signers`` (edit: whose words they are).
    Raises :class:`StepRefused`.
    """
    article.edit = whole_number(edit)
    try:
        taken = take_many(name, [article], by=by, **details)
    except IntegrityError as error:
        if "one_article_per_slug" not in str(error):
            raise
        words = "Another article took this address at the same moment. Nothing was saved; try again."
        raise StepRefused(words, "slug") from error
    if article.pk in taken.refused:
        raise taken.refused[article.pk]
    return taken.log[article.pk]


@dataclass
class Outcome:
    """An outcome of a step for many, by article id: log rows (without their ids), refusals, findings of the checks."""

    log: dict[int, LogEntry]
    refused: dict[int, StepRefused]
    findings: dict[int, list]


@transaction.atomic
def take_many(
    name: str, articles: Iterable[Article], *, by, gates=True, now=None, each: dict | None = None, **details
) -> Outcome:
    """Take one step for many articles, each at the ``edit`` it carries; those it is not open to are refused, not all.

    ``each`` gives details of one article by its id. A machine may bring its own clock (``now``), as the past may, and
    pass the checks (``gates=False``), whose findings are given back; a person cannot. Queries do not grow with the
    articles.
    """
    step = STEPS.get(name)
    if step is None:
        raise StepRefused(f"There is no step “{name}”.", "unknown")
    held = gates or not isinstance(by, Machine)
    single = list({article.pk: article for article in articles}.values())
    transition = Transition(name, step, by, moment(by, now), held, details, each or {}, single)
    lock_rows(transition)
    _leave_out_refused(transition)
    if step.then and transition.articles:
        step.then(transition)
    return finish(transition)


def lock_rows(transition):
    """Hold the rows and leave out what moved on: two people may press at once, only the one who saw the newest goes on.

    PostgreSQL holds the rows; SQLite's transaction holds the database from its first line. What steps decide by is
    taken from the database, not from the caller's objects.
    """
    held = (
        Article.objects.select_for_update()
        .filter(pk__in=[article.pk for article in transition.articles])
        .order_by("pk")
    )
    now = {row["pk"]: row for row in held.values("pk", *_DECIDING)}
    for article in list(transition.articles):
        row, seen = now.get(article.pk), article.edit
        transition.found[article.pk] = row
        for name in _DECIDING if row else ():
            setattr(article, name, row[name])
        if row is None or row["edit"] != seen:
            transition.refuse(article, _STALE, "stale")


_STALE = "This article changed a moment ago. Look at the newest text first."
#: Columns that steps change beside the state: undoing puts them back.
_CHANGING = (
    *("entered_at", "owner_id", "reviewer_id", "approved_version_id", "revised_by_id", "is_pressed"),
    *("due_on", "priority", "planned_on", "slug"),
)
_DECIDING = ("edit", "state", "title", *_CHANGING)


def _leave_out_refused(transition):
    """Leave out the articles that the step is not open to, and all of them where a reason is owed."""
    transition.windows = press.Windows(transition.articles, transition.at) if transition.step.needs else None
    for article in list(transition.articles):
        if why := refusal(transition.step, article, transition.by, transition.windows):
            transition.refuse(article, str(why), why.code)
        elif transition.step.reason and not str(transition.detail(article, "reason") or "").strip():
            transition.refuse(
                article, f"“{transition.step.label}” needs a reason, so that others understand.", "reason"
            )


def finish(transition):
    """Save the new state of every article that took the step, raise its edit, and log it. One way out of every step."""
    log = {}
    for article in transition.articles:
        enters = transition.enters.get(article.pk) or transition.step.rules[article.state].enters
        before, article.state = article.state, enters
        article.edit += 1
        if before != article.state:
            transition.put(article, entered_at=transition.entered.get(article.pk, transition.at))
            transition.put(article, revised_by_id=transition.revisers.get(article.pk))
        if before == State.APPROVED != article.state:
            transition.put(article, approved_version_id=None)
        log[article.pk] = _entry(transition, article, before)
        _refresh(transition, article)
    _write(transition)
    _log(transition, log)
    return Outcome(log, transition.refused, transition.findings)


def _write(transition):
    """Save state and edit where the edit is still the one that was seen; else nothing of this is kept at all."""
    seen = {"edit": [article.edit - 1 for article in transition.articles]}
    columns = ["state", "edit", *sorted(transition.changed)]
    if bulk_writes.update_each(Article, transition.articles, columns, unless_moved=seen) != len(transition.articles):
        raise StepRefused(_STALE, "stale")


def _log(transition, log):
    """Write the log. Edits of one session share a row, as they share a Version: saving is not an event, writing is."""
    entries = list(log.values())
    going_on = _going_on(entries[0]) if transition.name == "edit" and len(entries) == 1 and transition.by.pk else None
    if going_on is None:
        bulk_writes.insert_each(LogEntry, entries)
        return
    going_on.edit, going_on.at, going_on.details = entries[0].edit, entries[0].at, entries[0].details
    going_on.save(update_fields=["edit", "at", "details"])
    log[going_on.article_id] = going_on


_OF_A_SESSION = attrgetter("step", "by_id", "to_state", "reason", "version_id")


def _going_on(entry):
    """Return the article's last log row, if it tells the same: by whom, why, into which Version. One query."""
    if entry.from_state != entry.to_state:
        return None
    last = LogEntry.objects.filter(article=entry.article_id).first()
    return last if last and _OF_A_SESSION(last) == _OF_A_SESSION(entry) and last.at <= entry.at else None


def _refresh(transition, article):
    """Keep a machine's knowledge of the article true: its new edit, and the newest Version where the step named it."""
    fresh, version = getattr(article, "fresh", None), transition.versions.get(article.pk)
    if not isinstance(transition.by, Machine):
        article.fresh = None
    elif version and transition.name in _ON_THE_NEWEST and (fresh is None or fresh.version is not version):
        article.fresh = Fresh(article.edit, version)
    elif fresh and fresh.edit == article.edit - 1:
        fresh.edit = article.edit


_ON_THE_NEWEST = {"edit", "submit", "approve"}  # the steps whose Version is the newest there is


def _entry(transition, article, before):
    """Return the unsaved log row of one article."""
    pk = article.pk
    version, edition = transition.versions.get(pk), transition.editions.get(pk)
    moved = [dict(one) for one in transition.moves.get(pk, ())]
    found = _found(transition, article, before, [(one["edition"], one.pop("was")) for one in moved])
    moves = {"windows": moved} if moved else {}
    columns = {
        "article_id": pk,
        "step": transition.name,
        "by_id": transition.by.pk,
        "actor": str(transition.by),
        "at": transition.at,
        "from_state": before,
        "to_state": article.state,
        "edit": article.edit,
        "version_id": version and version.pk,
        "edition_id": edition and edition.pk,
        "reason": str(transition.detail(article, "reason") or ""),
        "details": transition.notes.get(pk, {}) | moves | found,
    }
    entry = bulk_writes.unsaved(LogEntry, columns)
    if version:
        entry.version = version
    if edition:
        entry.edition = edition
    return entry


def _found(transition, article, before, windows):
    """Return what a person's step found of what it changed, as plain data, so that it can be put back.

    A step that left the state ``before`` always tells of it, also where nothing else moved, as the clock that stood.
    """
    if not transition.by.pk or transition.name == "undo":
        return {}
    row = transition.found[article.pk]
    found = {name: _plain(row[name]) for name in _CHANGING if row[name] != getattr(article, name)}
    found |= {"windows": windows} if windows else {}
    return {"found": found} if found or before != article.state else {}


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value
