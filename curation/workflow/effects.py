"""Effects: the work of steps beside changing the state, each for many articles at once.

An effect reads and writes a ``Transition``: it refuses single articles, sets fields that are saved with the state, and
names the Versions and Editions that the log shall show.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from curation import risk
from curation.editing import authorship, checks, link_checks, tasks, versions, working_copy
from curation.models import OPEN, Article, Edition, State, Version, roles
from curation.models.fields import WRITTEN
from curation.models.snapshots import complete, snapshot
from curation.publishing import press
from curation.sql import bulk_writes
from offerings import slugs
from offerings.request_values import whole_number

from . import revising
from .actors import REVIEW, WRITE, Machine, Past, StepRefused


@dataclass
class Fresh:
    """A machine's knowledge of an article that it writes itself, true as long as the edit is the same.

    Every write raises the edit, so nobody can have come between. ``version`` is the newest one, and holds the words.
    """

    edit: int
    version: Version
    findings: list | None = None


@dataclass
class Transition:
    """One step being taken for many articles: what the effects read and write."""

    name: str
    step: object
    by: object
    at: datetime
    gates: bool
    common: dict
    each: dict
    articles: list
    windows: press.Windows | None = None
    refused: dict[int, StepRefused] = field(default_factory=dict)
    versions: dict[int, Version] = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    findings: dict[int, list] = field(default_factory=dict)
    notes: dict[int, dict] = field(default_factory=lambda: defaultdict(dict))
    moves: dict[int, list] = field(default_factory=lambda: defaultdict(list))
    found: dict[int, dict] = field(default_factory=dict)  # the rows as they were before the step
    entered: dict[int, datetime] = field(default_factory=dict)  # where that is not the moment of the step
    enters: dict[int, State] = field(default_factory=dict)  # where that is not the state that the table says
    revisers: dict[int, int] = field(default_factory=dict)  # whose edit it is that left “approved”

    def detail(self, article, name, default=None):
        """Return a detail of the step: the article's own, else the one that all share."""
        return self.each.get(article.pk, {}).get(name, self.common.get(name, default))

    def fresh(self):
        """Return ``(knowledge by article id, the other articles)``: a machine need not read again what it wrote."""
        known = {}
        for article in self.articles if isinstance(self.by, Machine) else ():
            fresh = getattr(article, "fresh", None)
            if fresh and fresh.edit == article.edit:
                known[article.pk] = fresh
        return known, [article for article in self.articles if article.pk not in known]

    def refuse(self, article, words, code="closed", findings=()):
        """Leave ``article`` out of the step."""
        self.refused[article.pk] = StepRefused(words, code, findings)
        self.articles = [other for other in self.articles if other.pk != article.pk]

    def put(self, article, **values):
        """Set fields that are saved together with the state."""
        for name, value in values.items():
            setattr(article, name, value)
            self.changed.add(name)

    def grouped(self, *names):
        """Return the articles by what they have for these details: (values, articles) for each difference."""
        groups = defaultdict(list)
        for article in self.articles:
            groups[tuple(self.detail(article, name) for name in names)].append(article)
        return groups.items()


# The words ---------------------------------------------------------------------------------------------------------


def edit(transition):
    """Write the changes; a slug that was only proposed follows the title until the first press."""
    pressed = _pressed(transition.articles)
    wishes = {article.pk: dict(transition.detail(article, "changes", {})) for article in transition.articles}
    _refuse_slugs(transition, wishes, pressed)
    following = _following(transition.articles, wishes, pressed)
    working_copy.write_many([(article, wishes[article.pk]) for article in transition.articles], transition.at)
    _propose(following)
    is_written = any(not WRITTEN.isdisjoint(changes) for changes in wishes.values())
    _record(transition, by=transition.by if is_written else None)
    revising.settle(transition)
    if not isinstance(transition.by, Machine):
        _judge(transition)


def _judge(transition):
    """Have risk judged of what this edit sends back to review, and later of what is in review and is still written."""
    enters = {article: transition.enters.get(article.pk, article.state) for article in transition.articles}
    waiting = [article for article, state in enters.items() if state == State.IN_REVIEW]
    sent = [article.pk for article in waiting if article.state != State.IN_REVIEW]
    risk.judge_sent(sent)
    risk.judge_edited(article.pk for article in waiting if article.pk not in sent)


def _pressed(articles):
    """Return the ids of the articles of which something was published or scheduled: their addresses are known."""
    return set(Edition.objects.filter(article__in=articles).values_list("article_id", flat=True).distinct().order_by())


def _refuse_slugs(transition, wishes, pressed):
    """Leave out whoever asks for an address that is another's, or none at all; ``""`` asks for the proposed one."""
    for pk in pressed:
        if not wishes.get(pk, {}).get("slug", "-"):
            del wishes[pk]["slug"]
    asked = {
        article: wishes[article.pk]["slug"]
        for article in transition.articles
        if wishes[article.pk].get("slug", article.slug) != article.slug and wishes[article.pk]["slug"]
    }
    taken = working_copy.taken_slugs(asked.values(), but=[article.pk for article in asked]) if asked else set()
    for article, slug in asked.items():
        proper = slugs.slug(slug)
        if slug in taken:
            transition.refuse(article, f"Another article has the address “{slug}”. Choose one of its own.", "slug")
        elif slug != proper and not isinstance(transition.by, Machine):
            transition.refuse(article, f"An address is small letters, digits and single hyphens: “{proper}”.", "slug")
        taken.add(slug)


def _following(articles, wishes, pressed):
    """Return the articles whose slug shall be proposed again once their words are written."""
    addresses = working_copy.main_addresses([a for a in articles if {"title", "sources"} & wishes[a.pk].keys()])
    return [
        article
        for article in articles
        if article.pk not in pressed
        and wishes[article.pk].get("slug", article.slug) in ("", article.slug)
        and _is_proposed(article, addresses.get(article.pk, ""), wishes[article.pk])
    ]


def _is_proposed(article, address, changes):
    """Return whether the slug follows the words: it is what source and title make (or numbered), or was emptied."""
    if not article.slug:
        return False
    if not changes.get("slug", "-"):
        return True
    proposed = re.escape(working_copy.proposed_slug(address, article.title))
    return bool({"title", "sources"} & changes.keys() and re.fullmatch(rf"{proposed}(-\d+)?", article.slug))


def _propose(articles):
    """Propose slugs for these articles, and save them."""
    for article in articles:
        article.slug = ""
    bulk_writes.update_each(Article, working_copy.propose_slugs(articles), ["slug"])


def restore(transition):
    """Make a Version's content the working copy: a new edit, signed also by those who wrote that Version.

    What was deleted since is left out, and the log says so; an address that readers know stays.
    """
    chosen = _chosen_versions(transition)
    missing = working_copy.gone([version.content for version in chosen.values()])
    _restore_slugs(transition.articles, chosen)
    pairs = []
    for article in transition.articles:
        version = chosen[article.pk]
        content = working_copy.without(version.content, missing)
        transition.notes[article.pk] = {"restored": version.number, "whole": content == version.content}
        words = {name: value for name, value in complete(content).items() if name != "modified_at"}
        pairs.append((article, words | {"slug": article.slug}))
    working_copy.write_many(pairs, transition.at)
    signed = versions.writers_of(chosen.values())
    transition.versions = versions.record_many(
        _contents(transition), by=transition.by, at=transition.at, restored=signed
    )


def _chosen_versions(transition):
    """Return the Version each article asks for, by article id; who asks for none of its own is refused."""
    asked = {article.pk: whole_number(transition.detail(article, "version")) for article in transition.articles}
    known = Version.objects.filter(article__in=transition.articles, pk__in=[pk for pk in asked.values() if pk])
    known = {(version.article_id, version.pk): version for version in known}
    for article in list(transition.articles):
        if (article.pk, asked[article.pk]) not in known:
            transition.refuse(article, "This article has no such Version. Choose one from its history.", "version")
    return {article.pk: known[article.pk, asked[article.pk]] for article in transition.articles}


def _restore_slugs(articles, chosen):
    """Give articles the slug of their Version, unless readers know theirs; numbered where it is another's by now."""
    pressed = _pressed(articles)
    free = [article for article in articles if article.pk not in pressed]
    for article in free:
        article.slug = chosen[article.pk].content["slug"]
    working_copy.make_unique([article for article in free if article.slug])


def _contents(transition):
    """Return a fresh snapshot of each article, by id: what the database holds, whatever the caller's objects do."""
    fresh, others = transition.fresh()
    loaded = Article.objects.filter(pk__in=[article.pk for article in others]).with_relations() if others else ()
    return {pk: known.version.content for pk, known in fresh.items()} | {row.pk: snapshot(row) for row in loaded}


def _record(transition, *, by):
    """Record what the step has just written, in the newest Version of each article; without ``by`` nobody signs it."""
    for article in transition.articles:
        article.fresh = None
    signers = {article.pk: who for article in transition.articles if (who := transition.detail(article, "signers"))}
    transition.versions = versions.record_many(_contents(transition), by=by, at=transition.at, restored=signers)


# Review ------------------------------------------------------------------------------------------------------------


def submit(transition):
    """Hold the submit checks, propose an address, seal a Version, have the links in the text tried."""
    contents = _contents(transition)
    _check(transition, "submit", contents)
    for article in working_copy.propose_slugs(transition.articles):
        transition.put(article, slug=article.slug)
    fresh, _ = transition.fresh()
    same = {pk: known.version for pk, known in fresh.items() if "slug" not in transition.changed}
    contents = {a.pk: contents[a.pk] | {"slug": a.slug} for a in transition.articles if a.pk not in same}
    transition.versions = same | (versions.record_many(contents, by=None, at=transition.at) if contents else {})
    versions.seal(transition.versions.values())
    _try_links(transition)
    if not isinstance(transition.by, Machine):
        risk.judge_sent(article.pk for article in transition.articles)


def _try_links(transition):
    """Have the worker try what the texts of people link to, so that whoever decides knows of dead links."""
    if not isinstance(transition.by, Machine | Past):
        bodies = {pk: version.content["body"] for pk, version in transition.versions.items()}
        tasks.try_links_soon([pk for pk, body in bodies.items() if link_checks.addresses(body)])


def _check(transition, step, contents):
    """Refuse what a gate holds back, as strictly as the actor's role asks; machines may pass, with findings listed."""
    found = _found(transition, step, contents)
    transition.findings |= found
    held = {pk: checks.holding_back(every, step) for pk, every in found.items()}
    _refuse_held(transition, held if transition.gates else {})


def _refuse_held(transition, held):
    """Refuse the articles that findings hold back, by article id."""
    for article in [one for one in transition.articles if held.get(one.pk)]:
        words = " ".join(finding.words for finding in held[article.pk])
        transition.refuse(article, words, "checks", held[article.pk])


def _found(transition, step, contents):
    """Return the findings of each article, by its id: those of evidence only where they may hold the step back."""
    if not transition.gates:
        return _findings_of_machine(transition, contents)
    levels = checks.levels_of(transition.by)
    subjects = working_copy.subjects(contents, has_texts=checks.needs_texts(levels, step))
    return {article.pk: checks.findings(subjects[article.pk], levels) for article in transition.articles}


def _findings_of_machine(transition, contents):
    """Return what a machine that passes is told: what the words alone say, and once for words that it wrote itself."""
    fresh, _ = transition.fresh()
    found = {pk: it.findings for pk, it in fresh.items() if it.findings is not None}
    subjects = working_copy.subjects({pk: content for pk, content in contents.items() if pk not in found}, plain=True)
    found |= {pk: checks.findings(subject, plain=True) for pk, subject in subjects.items()}
    for pk, known in fresh.items():
        known.findings = found[pk]
    return found


def approve(transition):
    """Name the Version that was on the screen; nobody approves what they wrote themselves, unless a setting says so."""
    newest = _newest_as_seen(transition)
    _check(transition, "approve", {article.pk: newest[article.pk].content for article in transition.articles})
    if settings.FOUR_EYES and transition.by.pk:
        waiting = {article.pk: newest[article.pk] for article in transition.articles}
        wrote = authorship.authors(waiting, among=[transition.by.pk])
        for article in list(transition.articles):
            if transition.by.pk in wrote[article.pk]:
                transition.refuse(article, "You wrote part of this; another manager approves it.", "four-eyes")
    for article in transition.articles:
        transition.versions[article.pk] = newest[article.pk]
        transition.put(
            article,
            approved_version_id=newest[article.pk].pk,
            reviewer_id=article.reviewer_id or transition.by.pk,
            is_pressed=False,
        )
    versions.seal(transition.versions.values())


def _newest_as_seen(transition):
    """Return the newest Version of each article; who saw another one on the screen is refused."""
    fresh, others = transition.fresh()
    newest = {pk: known.version for pk, known in fresh.items()} | (versions.latest(others) if others else {})
    for article in list(transition.articles):
        asked = transition.detail(article, "version")
        if article.pk not in newest or (asked is not None and str(asked) != str(newest[article.pk].pk)):
            transition.refuse(
                article, "The text moved on since you read it. Look at the newest Version first.", "stale"
            )
    return newest


# Editions, which readers see ---------------------------------------------------------------------------------------


def publish(transition):
    """Press the approved Version, now or at an hour to come, perhaps with an expiry."""
    _refuse_held(transition, checks.held_late(transition.articles, transition.by) if transition.gates else {})
    fresh, others = transition.fresh()
    known = {it.version.pk: it.version for it in fresh.values()}
    known |= Version.objects.in_bulk({article.approved_version_id for article in transition.articles} - {None, *known})
    pressed = (
        _pressed(transition.articles) if isinstance(transition.by, Machine) else {a.pk for a in transition.articles}
    )
    for article in list(transition.articles):
        opens, closes = _opening(transition, article, pressed), transition.detail(article, "until") or OPEN
        if article.approved_version_id not in known:
            transition.refuse(
                article, "No Version of it is approved any more; a manager approves one first.", "version"
            )
        elif closes <= opens:
            transition.refuse(article, "It would expire before it is published. Choose a later end.", "window")
        else:
            version = transition.versions[article.pk] = known[article.approved_version_id]
            _order(transition, article, version, opens, closes)
    _press(transition)
    for article in transition.articles:
        if article.planned_on:  # now it has its hour
            transition.put(article, planned_on=None)
        transition.put(article, is_pressed=True)


def _opening(transition, article, pressed):
    """Return when the Edition opens: an hour to come if asked for; a machine's first Edition may lie in the past."""
    asked = transition.detail(article, "at") or transition.at
    return asked if article.pk not in pressed else max(asked, transition.at)


def _order(transition, article, version, opens, closes=OPEN):
    """Put an order for the press beside the article."""
    note = transition.detail(article, "note") or ""
    transition.notes[article.pk]["order"] = press.Order(article, version, opens, closes, note)


def _press(transition):
    """Press what was ordered."""
    orders = [transition.notes[article.pk].pop("order") for article in transition.articles]
    transition.editions = press.press_many(
        orders, at=transition.at, moves=transition.moves, count=_counts(transition.by)
    )


def _counts(by):
    return not (isinstance(by, Machine) and by.counts_itself)


def withdraw(transition):
    """Take articles off the site; a successor is where readers go instead, so they must be able to."""
    _refuse_successors(transition)
    for (reason, successor), articles in transition.grouped("reason", "successor"):
        why = {"reason": reason, "successor": successor, "moves": transition.moves}
        transition.editions |= press.withdraw(articles, at=transition.at, **why)
        for article in articles if successor else ():
            transition.notes[article.pk]["successor"] = successor.pk


def _refuse_successors(transition):
    named = {successor for (successor,), _ in transition.grouped("successor") if successor}
    windows = press.Windows(named, transition.at) if named else None
    for article in list(transition.articles):
        successor = transition.detail(article, "successor")
        if successor and successor.pk == article.pk:
            transition.refuse(article, "An article cannot be its own successor. Choose another.", "successor")
        elif successor and not (windows.live(successor) or windows.scheduled(successor)):
            transition.refuse(article, "Readers could not go there: the successor is not published.", "successor")


def reschedule(transition):
    """Move scheduled Editions to another hour; without another end they keep their own."""
    for article in list(transition.articles):
        hour, edition = transition.detail(article, "at"), transition.windows.scheduled(article)
        if hour is None or hour <= transition.at or (transition.detail(article, "until") or edition.closes_at) <= hour:
            transition.refuse(article, "Choose an hour that is still to come, and an end after it.", "window")
    for (hour, until), articles in transition.grouped("at", "until"):
        window = {"live_from": hour, "closes_at": until, "moves": transition.moves}
        transition.editions |= press.reschedule(articles, at=transition.at, **window)


def cancel(transition):
    """Cancel scheduled Editions; what was approved for them waits to be published again."""
    transition.editions = press.cancel(transition.articles, at=transition.at, moves=transition.moves)
    for article in transition.articles:
        if transition.editions[article.pk].version_id == article.approved_version_id:
            transition.put(article, is_pressed=False)


def roll_back(transition):
    """Press the Version of an earlier Edition again: the one asked for, else the newest."""
    chosen = {article.pk: _earlier(transition, article) for article in transition.articles}
    known = Version.objects.in_bulk({edition.version_id for edition in chosen.values() if edition})
    missing = working_copy.gone([version.content for version in known.values()])
    for article in list(transition.articles):
        version = known.get(chosen[article.pk] and chosen[article.pk].version_id)
        if version is None:
            transition.refuse(article, "Readers never saw that Edition; choose one they did.", "edition")
        elif working_copy.without(version.content, missing) != version.content:
            transition.refuse(
                article, "Something it names was deleted since; restore that Version and mend it.", "gone"
            )
        else:
            transition.versions[article.pk] = version
            _order(transition, article, version, transition.at)
    _press(transition)


def _earlier(transition, article):
    """Return the Edition to go back to: one that readers saw and do not see now."""
    asked = transition.detail(article, "edition")
    if asked is None:
        return transition.windows.earlier(article)
    live = transition.windows.live(article)
    return next((e for e in transition.windows.seen(article) if e.pk == whole_number(asked) and e != live), None)


# Ownership ---------------------------------------------------------------------------------------------------------


def claim(transition):
    """Make the article one's own."""
    for article in list(transition.articles):
        if isinstance(transition.by, Machine):
            transition.refuse(article, "A machine owns nothing; a curator claims it.", "nobody")
        else:
            transition.put(article, owner_id=transition.by.pk)
            transition.notes[article.pk]["owner"] = str(transition.by)


def release(transition):
    """Give the article back to everybody."""
    for article in transition.articles:
        transition.put(article, owner=None)
        transition.notes[article.pk]["owner"] = ""


def assign(transition):
    """Give the article to somebody: a new owner, a new reviewer, or both (``None`` leaves nobody)."""
    for article in list(transition.articles):
        people = {role: transition.detail(article, role, "") for role in _NEEDED}
        people = {role: person for role, person in people.items() if person != ""}
        if not people:
            transition.refuse(article, "Say who it goes to: an owner, a reviewer, or both.", "nobody")
        elif any(person is not None and not roles.may(person, _NEEDED[role]) for role, person in people.items()):
            transition.refuse(article, "That person has not the role for it; an administrator can give it.", "nobody")
        else:
            transition.put(article, **people)
            transition.notes[article.pk] |= {role: str(person or "") for role, person in people.items()}


_NEEDED = {"owner": WRITE, "reviewer": REVIEW}
