"""States and steps as one table: what may happen to an article next, who may do it, and doing it.

``take`` and its bulk twin ``take_many`` are the only code that changes ``state``. Buttons, permissions, the log and
the diagram in the docs are drawn from ``STEPS``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, auto

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import checks, links, press, versions, working_copy
from .models import OPEN, Article, Edition, Logged, Section, State, Version
from .snapshots import snapshot

WRITE, REVIEW, PUBLISH, ASSIGN = (f"curation.{verb}_article" for verb in ("write", "review", "publish", "assign"))


class Who(Flag):
    """Who may take a step. An unclaimed article is every curator's: ``OWNER`` includes them there."""

    OWNER = auto()
    MANAGER = auto()
    FINDER = auto()  # a curator before whom nobody claimed the article


OWNER, MANAGER, FINDER = Who.OWNER, Who.MANAGER, Who.FINDER
BOTH = OWNER | MANAGER
_WORDS = {OWNER: "its owner", MANAGER: "a manager", FINDER: "any curator while it is unclaimed"}


@dataclass(frozen=True)
class Cell:
    """One cell of the table: who may take the step from here, and the state it enters."""

    who: Who
    enters: State


@dataclass(frozen=True)
class Step:
    """A row of the table.

    ``permission`` is what makes somebody a manager for this step; ``needs`` names the Edition it acts on
    (``scheduled``, ``reaching``: live or scheduled, ``earlier``); ``then`` does what the step does beside the state.
    """

    label: str
    cells: dict[State, Cell]
    permission: str = REVIEW
    needs: str = ""
    reason: bool = False
    then: Callable | None = None


class StepRefused(Exception):
    """A step that may not be taken. ``str()`` says which rule and who can; ``code`` names the rule for programs."""

    def __init__(self, words, code="closed"):
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Machine:
    """An actor without an account, such as the import: may do everything, signs nothing, and stands in the log."""

    name: str
    pk: None = None

    def has_perm(self, permission):
        """Machines are told what to do by commands, which only operators run."""
        return True

    def __str__(self):
        return self.name


@dataclass
class Taking:
    """One step being taken for many articles: what the hooks read and write."""

    name: str
    step: Step
    by: object
    at: datetime
    gates: bool
    common: dict
    each: dict
    articles: list
    refused: dict[int, StepRefused] = field(default_factory=dict)
    versions: dict[int, Version] = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    findings: dict[int, list] = field(default_factory=dict)

    def detail(self, article, name, default=None):
        """A detail of the step: the article's own, else the one that all share."""
        return self.each.get(article.pk, {}).get(name, self.common.get(name, default))

    def refuse(self, article, words, code="closed"):
        """Leave ``article`` out of the step."""
        self.refused[article.pk] = StepRefused(words, code)
        self.articles = [other for other in self.articles if other.pk != article.pk]

    def put(self, article, **values):
        """Set fields that are saved together with the state."""
        for name, value in values.items():
            setattr(article, name, value)
            self.changed.add(name)


# What steps do beside the state ------------------------------------------------------------------------------------


def _edit(taking):
    """Write the changes; a slug that was only proposed follows the title until readers have seen it."""
    pairs = [(article, dict(taking.detail(article, "changes", {}))) for article in taking.articles]
    seen = _ever_live([article for article, _ in pairs], taking.at)
    for article, changes in pairs:
        if "slug" not in changes and article.pk not in seen and {"title", "sources"} & changes.keys():
            changes["slug"] = "" if _is_proposed(article) else article.slug
    working_copy.write_many(pairs, taking.at)
    _record(taking)
    for article in taking.articles:
        if article.state == State.APPROVED:
            taking.put(article, approved_version=None)


def _is_proposed(article):
    """Whether the slug is the one that source and title make (or a numbered variant), not one a person chose."""
    address = working_copy.main_addresses([article]).get(article.pk, "")
    proposed = re.escape(links.article_slug(address, article.title))
    return not article.slug or bool(re.fullmatch(rf"{proposed}(-\d+)?", article.slug))


def _ever_live(articles, at):
    return set(Edition.objects.started(at).filter(article__in=articles).values_list("article_id", flat=True))


def _contents(taking):
    """A fresh snapshot of each article, by id: what the database holds, whatever the caller's objects do."""
    loaded = Article.objects.filter(pk__in=[article.pk for article in taking.articles]).with_relations()
    return {article.pk: snapshot(article) for article in loaded}


def _record(taking):
    """Let the newest Version of each article hold its words."""
    taking.versions = versions.record_many(_contents(taking), by=taking.by, at=taking.at)


def _submit(taking):
    """The submit checks hold; the address is proposed; a Version is sealed."""
    contents = _contents(taking)
    _check(taking, "submit", contents)
    proposed = working_copy.propose_slugs(taking.articles)
    if proposed:
        Article.objects.bulk_update(proposed, ["slug"])
    contents = {article.pk: contents[article.pk] | {"slug": article.slug} for article in taking.articles}
    taking.versions = versions.record_many(contents, by=taking.by, at=taking.at)
    versions.seal(taking.versions.values())


def _check(taking, step, contents):
    """Refuse what a gate holds back; machines may pass, with their findings listed."""
    subjects = working_copy.subjects(contents)
    for article in list(taking.articles):
        if article.pk not in subjects:
            continue
        taking.findings[article.pk] = checks.findings(subjects[article.pk])
        held = checks.holding_back(subjects[article.pk], step)
        if taking.gates and held:
            taking.refuse(article, " ".join(finding.words for finding in held), "checks")


def _approve(taking):
    """Name the Version that was on the screen; nobody approves what they wrote themselves, unless a setting says so."""
    newest = versions.latest(taking.articles)
    _check(taking, "approve", {pk: version.content for pk, version in newest.items()})
    for article in list(taking.articles):
        version, asked = newest.get(article.pk), taking.detail(article, "version")
        if version is None or (asked is not None and str(asked) != str(version.pk)):
            taking.refuse(article, "The text moved on since you read it. Look at the newest Version first.", "stale")
        elif settings.FOUR_EYES and taking.by.pk and version.writers.filter(pk=taking.by.pk).exists():
            taking.refuse(article, "You wrote part of this; another manager approves it.", "four-eyes")
        else:
            taking.versions[article.pk] = version
            taking.put(article, approved_version=version, reviewer_id=article.reviewer_id or taking.by.pk)
    versions.seal(taking.versions.values())


def _publish(taking):
    """Press the approved Version, now or at an hour to come, perhaps with an expiry."""
    known = Version.objects.in_bulk({article.approved_version_id for article in taking.articles})
    seen = set(Edition.objects.filter(article__in=taking.articles).values_list("article_id", flat=True))
    orders = []
    for article in list(taking.articles):
        order = press.Order(
            article,
            known[article.approved_version_id],
            live_from=_opening(taking, article, seen),
            closes_at=taking.detail(article, "until") or OPEN,
            note=taking.detail(article, "note", "") or "",
        )
        if order.closes_at <= order.live_from:
            taking.refuse(article, "It would expire before it is published. Choose a later end.", "window")
        else:
            orders.append(order)
            taking.versions[article.pk] = order.version
    taking.editions = press.press_many(orders, at=taking.at)


def _opening(taking, article, seen):
    """When the Edition opens: an hour to come if one was asked for; a machine's first Edition may lie in the past."""
    asked = taking.detail(article, "at")
    if asked is None:
        return taking.at
    past_allowed = isinstance(taking.by, Machine) and article.pk not in seen
    return asked if past_allowed else max(asked, taking.at)


def _withdraw(taking):
    successor = taking.common.get("successor")
    if successor is not None and successor.pk in {article.pk for article in taking.articles}:
        for article in list(taking.articles):
            taking.refuse(article, "An article cannot be its own successor.", "successor")
        return
    reason = taking.common.get("reason", "")
    taking.editions = press.withdraw(taking.articles, at=taking.at, reason=reason, successor=successor)


def _reschedule(taking):
    hour, until = taking.common.get("at"), taking.common.get("until") or OPEN
    if hour is None or hour <= taking.at or until <= hour:
        for article in list(taking.articles):
            taking.refuse(article, "Choose an hour that is still to come, and an end after it.", "window")
        return
    taking.editions = press.reschedule(taking.articles, at=taking.at, live_from=hour, closes_at=until)


def _cancel(taking):
    taking.editions = press.cancel(taking.articles, at=taking.at)


def _roll_back(taking):
    """Press the Version of an earlier Edition again: the one asked for, else the newest."""
    windows = press.Windows(taking.articles, taking.at)
    orders = []
    for article in list(taking.articles):
        asked = taking.detail(article, "edition")
        edition = _asked_edition(windows, article, asked)
        if edition is None:
            taking.refuse(article, "Readers never saw that Edition; choose one they did.", "edition")
            continue
        orders.append(press.Order(article, edition.version, taking.at, note=taking.detail(article, "note", "") or ""))
        taking.versions[article.pk] = edition.version
    taking.editions = press.press_many(orders, at=taking.at)


def _asked_edition(windows, article, asked):
    if asked is None:
        return windows.earlier(article)
    past = [e for e in windows.of[article.pk] if e.live_from <= windows.at and e.live_from < e.live_until]
    return next((edition for edition in past if edition.pk == int(asked)), None)


def _restore(taking):
    """A Version's content becomes the working copy: a new edit, and a new Version."""
    for article in list(taking.articles):
        asked = taking.detail(article, "version")
        version = Version.objects.filter(article=article, pk=asked).first() if asked else None
        if version is None:
            taking.refuse(article, "This article has no such Version.", "version")
            continue
        keep = {"slug": article.slug} if article.pk in _ever_live([article], taking.at) else {}
        words = {name: value for name, value in version.content.items() if name != "modified_at"} | keep
        working_copy.write_many([(article, words)], taking.at)
    _record(taking)


def _claim(taking):
    for article in taking.articles:
        taking.put(article, owner=taking.by)


def _release(taking):
    for article in taking.articles:
        taking.put(article, owner=None)


def _assign(taking):
    """Give the article to somebody: a new owner, a new reviewer, or both (``None`` leaves nobody)."""
    for article in list(taking.articles):
        people = {role: taking.detail(article, role, "") for role in ("owner", "reviewer")}
        people = {role: person for role, person in people.items() if person != ""}
        if not people:
            taking.refuse(article, "Say who it goes to: an owner, a reviewer, or both.", "nobody")
        elif any(person is not None and not person.has_perm(WRITE) for person in people.values()):
            taking.refuse(article, "That person cannot write here; give them a role first.", "nobody")
        else:
            taking.put(article, **people)


# The table ---------------------------------------------------------------------------------------------------------

ALL = tuple(State)
OPEN_STATES = tuple(state for state in State if state != State.DECLINED)


def _stay(who, *states):
    """Cells that change no state."""
    return {state: Cell(who, state) for state in states}


STEPS: dict[str, Step] = {
    "edit": Step(
        "Edit",
        _stay(BOTH, State.DRAFT, State.CHANGES_REQUESTED)
        | _stay(MANAGER, State.IN_REVIEW)
        | {State.APPROVED: Cell(BOTH, State.DRAFT)},
        then=_edit,
    ),
    "submit": Step(
        "Send to review",
        {state: Cell(BOTH, State.IN_REVIEW) for state in (State.DRAFT, State.CHANGES_REQUESTED)},
        then=_submit,
    ),
    "take_back": Step("Take back", {State.IN_REVIEW: Cell(OWNER, State.DRAFT)}),
    "return": Step(
        "Ask for changes",
        {state: Cell(MANAGER, State.CHANGES_REQUESTED) for state in (State.IN_REVIEW, State.APPROVED)},
        reason=True,
    ),
    "approve": Step("Approve", {State.IN_REVIEW: Cell(MANAGER, State.APPROVED)}, then=_approve),
    "publish": Step("Publish", _stay(MANAGER, State.APPROVED), PUBLISH, then=_publish),
    "reschedule": Step("Reschedule", _stay(MANAGER, *ALL), PUBLISH, needs="scheduled", then=_reschedule),
    "cancel": Step("Cancel the schedule", _stay(MANAGER, *ALL), PUBLISH, needs="scheduled", then=_cancel),
    "withdraw": Step("Withdraw", _stay(MANAGER, *ALL), PUBLISH, needs="reaching", reason=True, then=_withdraw),
    "roll_back": Step("Roll back", _stay(MANAGER, *ALL), PUBLISH, needs="earlier", then=_roll_back),
    "restore": Step("Restore", _stay(BOTH, State.DRAFT, State.CHANGES_REQUESTED), then=_restore),
    "decline": Step(
        "Decline",
        {
            State.DRAFT: Cell(BOTH, State.DECLINED),
            State.IN_REVIEW: Cell(MANAGER, State.DECLINED),
            State.CHANGES_REQUESTED: Cell(MANAGER, State.DECLINED),
        },
        reason=True,
    ),
    "reopen": Step("Reopen", {State.DECLINED: Cell(BOTH, State.DRAFT)}),
    "claim": Step("Claim", _stay(FINDER | MANAGER, *OPEN_STATES), ASSIGN, then=_claim),
    "release": Step("Release", _stay(BOTH, *OPEN_STATES), ASSIGN, needs="owner", then=_release),
    "assign": Step("Assign", _stay(MANAGER, *OPEN_STATES), ASSIGN, then=_assign),
}

_NEEDS = {
    "scheduled": (lambda windows, article: windows.scheduled(article), "Nothing of it is scheduled."),
    "reaching": (
        lambda windows, article: windows.live(article) or windows.scheduled(article),
        "Readers see nothing of it, and nothing is scheduled.",
    ),
    "earlier": (lambda windows, article: windows.earlier(article), "There is no earlier Edition to go back to."),
    "owner": (lambda windows, article: article.owner_id, "It belongs to nobody."),
}


# Taking steps ------------------------------------------------------------------------------------------------------


def standing(article, by, step: Step) -> Who:
    """In which of the table's roles ``by`` stands to ``article`` for ``step``. Free (permissions are cached)."""
    who = Who(0)
    if by.has_perm(step.permission):
        who |= MANAGER
    if by.has_perm(WRITE):
        if article.owner_id is None:
            who |= OWNER | FINDER
        elif article.owner_id == by.pk:
            who |= OWNER
    return who


def refusal(step: Step, article, by, windows: press.Windows | None) -> StepRefused | None:
    """Why ``step`` is not open to ``by`` now, or None where it is. ``windows`` is read only by steps that need it."""
    cell = step.cells.get(article.state)
    if cell is None:
        return StepRefused(f"“{step.label}” is not open while this is “{article.get_state_display()}”.", "state")
    if not cell.who & standing(article, by, step):
        can = " or ".join(words for who, words in _WORDS.items() if who & cell.who)
        return StepRefused(f"“{step.label}” is not yours to take here; {can} can.", "who")
    if step.needs:
        holds, words = _NEEDS[step.needs]
        if not holds(windows, article):
            return StepRefused(f"“{step.label}” is not open: {words[0].lower()}{words[1:]}", "needs")
    return None


def open_steps(article, by, at: datetime | None = None) -> dict[str, Step]:
    """The steps that ``by`` may take now, in the table's order. One query (the article's windows)."""
    windows = press.Windows([article], at or timezone.now())
    return {name: step for name, step in STEPS.items() if refusal(step, article, by, windows) is None}


@transaction.atomic
def begin_many(drafts: list[dict], *, by, now=None) -> list[Article]:
    """Make working copies from changes in a snapshot's shape, in order: drafts, owned by their maker, and logged.

    A machine owns nothing and may bring its own clock. Slugs that are given must be free. One insert for articles,
    one for each list and one for the log.
    """
    machine = isinstance(by, Machine)
    moment = now if machine and now else timezone.now()
    section, owner = Section.news(), None if machine else by
    articles = [Article(section=section, owner=owner) for _ in drafts]
    for article, changes in zip(articles, drafts, strict=True):
        working_copy.apply(article, {"modified_at": moment} | changes)
    Article.objects.bulk_create(articles)
    working_copy.create_lists(list(zip(articles, drafts, strict=True)))
    Logged.objects.bulk_create(
        Logged(article=article, step="begin", by_id=by.pk, actor=str(by), at=moment, to_state=article.state, edit=0)
        for article in articles
    )
    return articles


def begin(*, by, **changes) -> Article:
    """Make one working copy; see :func:`begin_many`. A link alone, or nothing at all, is a valid draft."""
    return begin_many([changes], by=by)[0]


def take(name: str, article, *, by, edit: int, **details) -> Logged:
    """Take one step and give its log row. ``edit`` is the edit that the actor saw; details are the step's own.

    Details: ``changes`` (edit), ``version`` (approve, restore: the id on the screen), ``reason``, ``at`` and
    ``until`` (publish, reschedule), ``note`` (what readers are told changed), ``successor`` (an Article),
    ``edition`` (roll back), ``owner`` and ``reviewer`` (assign). Raises :class:`StepRefused`.
    """
    article.edit = int(edit)
    taken = take_many(name, [article], by=by, **details)
    if article.pk in taken.refused:
        raise taken.refused[article.pk]
    return taken.log[article.pk]


@dataclass
class Taken:
    """What came of a step for many: log rows by article id, refusals by article id, findings of the checks."""

    log: dict[int, Logged]
    refused: dict[int, StepRefused]
    findings: dict[int, list]


@transaction.atomic
def take_many(
    name: str, articles: Iterable[Article], *, by, gates=True, now=None, each: dict | None = None, **details
) -> Taken:
    """Take one step for many articles, each at the ``edit`` it carries; those it is not open to are refused, not all.

    ``each`` gives details of one article by its id. A machine may bring its own clock (``now``) and pass the checks
    (``gates=False``), whose findings are given back; a person cannot. Queries do not grow with the articles.
    """
    step = STEPS.get(name)
    if step is None:
        raise StepRefused(f"There is no step “{name}”.", "unknown")
    machine = isinstance(by, Machine)
    moment = now if machine and now else timezone.now()
    taking = Taking(name, step, by, moment, gates or not machine, details, each or {}, list(articles))
    _lock(taking)
    _sift(taking)
    if step.then and taking.articles:
        step.then(taking)
    return _finish(taking)


def _lock(taking):
    """Hold the rows and leave out what moved on: two people may press at once, only the one who saw the newest goes on.

    PostgreSQL holds the rows; SQLite's transaction holds the database from its first line.
    """
    rows = Article.objects.select_for_update().filter(pk__in=[article.pk for article in taking.articles])
    now = {pk: rest for pk, *rest in rows.values_list("pk", "edit", "state", "owner_id", "approved_version_id")}
    for article in list(taking.articles):
        edit, article.state, article.owner_id, article.approved_version_id = now.get(article.pk, [None] * 4)
        if edit != article.edit:
            taking.refuse(article, "This article changed a moment ago. Look at the newest text first.", "stale")


def _sift(taking):
    """Leave out the articles that the step is not open to, and all of them where a reason is owed."""
    windows = press.Windows(taking.articles, taking.at) if taking.step.needs else None
    for article in list(taking.articles):
        if why := refusal(taking.step, article, taking.by, windows):
            taking.refuse(article, str(why), why.code)
        elif taking.step.reason and not str(taking.detail(article, "reason") or "").strip():
            taking.refuse(article, f"“{taking.step.label}” needs a reason, so that others understand.", "reason")


def _finish(taking):
    """Save the new state of every article that took the step, raise its edit, and log it."""
    log = {}
    for article in taking.articles:
        before, article.state = article.state, taking.step.cells[article.state].enters
        article.edit += 1
        log[article.pk] = _entry(taking, article, before)
    fields = ["state", "edit", *sorted(taking.changed)]
    Article.objects.bulk_update(taking.articles, fields, batch_size=100)
    Logged.objects.bulk_create(log.values())
    return Taken(log, taking.refused, taking.findings)


def _entry(taking, article, before):
    """The unsaved log row of one article."""
    return Logged(
        article=article,
        step=taking.name,
        by_id=taking.by.pk,
        actor=str(taking.by),
        at=taking.at,
        from_state=before,
        to_state=article.state,
        edit=article.edit,
        version=taking.versions.get(article.pk),
        edition=taking.editions.get(article.pk),
        reason=str(taking.detail(article, "reason") or ""),
    )
