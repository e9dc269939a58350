"""Effects: the work of steps beside changing the state, each for many articles at once.

An effect reads and writes a ``Taking``: it refuses single articles, sets fields that are saved with the state, and
names the Versions and Editions that the log shall show.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from curation.editing import checks, link_checks, tasks, versions, working_copy
from curation.models import OPEN, Article, Edition, Version, roles
from curation.models.snapshots import complete, snapshot
from curation.publishing import press
from curation.sql import bulk_writes
from offerings import slugs
from offerings.request_values import whole_number

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
class Taking:
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


def edit(taking):
    """Write the changes; a slug that was only proposed follows the title until the first press."""
    pressed = _pressed(taking.articles)
    wishes = {article.pk: dict(taking.detail(article, "changes", {})) for article in taking.articles}
    _refuse_slugs(taking, wishes, pressed)
    following = _following(taking.articles, wishes, pressed)
    working_copy.write_many([(article, wishes[article.pk]) for article in taking.articles], taking.at)
    _propose(following)
    _record(taking)


def _pressed(articles):
    """Return the ids of the articles of which something was published or scheduled: their addresses are known."""
    return set(Edition.objects.filter(article__in=articles).values_list("article_id", flat=True).distinct().order_by())


def _refuse_slugs(taking, wishes, pressed):
    """Leave out whoever asks for an address that is another's, or none at all; ``""`` asks for the proposed one."""
    for pk in pressed:
        if not wishes.get(pk, {}).get("slug", "-"):
            del wishes[pk]["slug"]
    asked = {
        article: wishes[article.pk]["slug"]
        for article in taking.articles
        if wishes[article.pk].get("slug", article.slug) != article.slug and wishes[article.pk]["slug"]
    }
    taken = working_copy.taken_slugs(asked.values(), but=[article.pk for article in asked]) if asked else set()
    for article, slug in asked.items():
        proper = slugs.slug(slug)
        if slug in taken:
            taking.refuse(article, f"Another article has the address “{slug}”. Choose one of its own.", "slug")
        elif slug != proper and not isinstance(taking.by, Machine):
            taking.refuse(article, f"An address is small letters, digits and single hyphens: “{proper}”.", "slug")
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


def restore(taking):
    """Make a Version's content the working copy: a new edit, signed also by those who wrote that Version.

    What was deleted since is left out, and the log says so; an address that readers know stays.
    """
    chosen = _chosen_versions(taking)
    missing = working_copy.gone([version.content for version in chosen.values()])
    _restore_slugs(taking.articles, chosen)
    pairs = []
    for article in taking.articles:
        version = chosen[article.pk]
        content = working_copy.without(version.content, missing)
        taking.notes[article.pk] = {"restored": version.number, "whole": content == version.content}
        words = {name: value for name, value in complete(content).items() if name != "modified_at"}
        pairs.append((article, words | {"slug": article.slug}))
    working_copy.write_many(pairs, taking.at)
    signed = versions.writers_of(chosen.values())
    taking.versions = versions.record_many(_contents(taking), by=taking.by, at=taking.at, restored=signed)


def _chosen_versions(taking):
    """Return the Version each article asks for, by article id; who asks for none of its own is refused."""
    asked = {article.pk: whole_number(taking.detail(article, "version")) for article in taking.articles}
    known = Version.objects.filter(article__in=taking.articles, pk__in=[pk for pk in asked.values() if pk])
    known = {(version.article_id, version.pk): version for version in known}
    for article in list(taking.articles):
        if (article.pk, asked[article.pk]) not in known:
            taking.refuse(article, "This article has no such Version. Choose one from its history.", "version")
    return {article.pk: known[article.pk, asked[article.pk]] for article in taking.articles}


def _restore_slugs(articles, chosen):
    """Give articles the slug of their Version, unless readers know theirs; numbered where it is another's by now."""
    pressed = _pressed(articles)
    free = [article for article in articles if article.pk not in pressed]
    for article in free:
        article.slug = chosen[article.pk].content["slug"]
    working_copy.make_unique([article for article in free if article.slug])


def _contents(taking):
    """Return a fresh snapshot of each article, by id: what the database holds, whatever the caller's objects do."""
    fresh, others = taking.fresh()
    loaded = Article.objects.filter(pk__in=[article.pk for article in others]).with_relations() if others else ()
    return {pk: known.version.content for pk, known in fresh.items()} | {row.pk: snapshot(row) for row in loaded}


def _record(taking):
    """Record the words that the step has just written, in the newest Version of each article."""
    for article in taking.articles:
        article.fresh = None
    signers = {article.pk: who for article in taking.articles if (who := taking.detail(article, "signers"))}
    taking.versions = versions.record_many(_contents(taking), by=taking.by, at=taking.at, restored=signers)


# Review ------------------------------------------------------------------------------------------------------------


def submit(taking):
    """Hold the submit checks, propose an address, seal a Version, have the links in the text tried."""
    contents = _contents(taking)
    _check(taking, "submit", contents)
    for article in working_copy.propose_slugs(taking.articles):
        taking.put(article, slug=article.slug)
    fresh, _ = taking.fresh()
    same = {pk: known.version for pk, known in fresh.items() if "slug" not in taking.changed}
    contents = {a.pk: contents[a.pk] | {"slug": a.slug} for a in taking.articles if a.pk not in same}
    taking.versions = same | (versions.record_many(contents, by=None, at=taking.at) if contents else {})
    versions.seal(taking.versions.values())
    _try_links(taking)


def _try_links(taking):
    """Have the worker try what the texts of people link to, so that whoever decides knows of dead links."""
    if not isinstance(taking.by, Machine | Past):
        bodies = {pk: version.content["body"] for pk, version in taking.versions.items()}
        tasks.try_links_soon([pk for pk, body in bodies.items() if link_checks.addresses(body)])


def _check(taking, step, contents):
    """Refuse what a gate holds back, as strictly as the actor's role asks; machines may pass, with findings listed."""
    found = _found(taking, contents)
    taking.findings |= found
    for article in list(taking.articles):
        held = checks.holding_back(found[article.pk], step)
        if taking.gates and held:
            taking.refuse(article, " ".join(finding.words for finding in held), "checks", held)


def _found(taking, contents):
    """Return the findings of each article, by its id."""
    if not taking.gates:
        return _told(taking, contents)
    levels, subjects = checks.levels_of(taking.by), working_copy.subjects(contents)
    return {article.pk: checks.findings(subjects[article.pk], levels) for article in taking.articles}


def _told(taking, contents):
    """Return what a machine that passes is told: what the words alone say, and once for words that it wrote itself."""
    fresh, _ = taking.fresh()
    found = {pk: it.findings for pk, it in fresh.items() if it.findings is not None}
    subjects = working_copy.subjects({pk: content for pk, content in contents.items() if pk not in found}, plain=True)
    found |= {pk: checks.findings(subject, plain=True) for pk, subject in subjects.items()}
    for pk, known in fresh.items():
        known.findings = found[pk]
    return found


def approve(taking):
    """Name the Version that was on the screen; nobody approves what they wrote themselves, unless a setting says so."""
    newest = _newest_as_seen(taking)
    _check(taking, "approve", {article.pk: newest[article.pk].content for article in taking.articles})
    if settings.FOUR_EYES and taking.by.pk:
        authors = versions.authors(newest)
        for article in list(taking.articles):
            if taking.by.pk in authors[article.pk]:
                taking.refuse(article, "You wrote part of this; another manager approves it.", "four-eyes")
    for article in taking.articles:
        taking.versions[article.pk] = newest[article.pk]
        taking.put(article, approved_version=newest[article.pk], reviewer_id=article.reviewer_id or taking.by.pk)
    versions.seal(taking.versions.values())


def _newest_as_seen(taking):
    """Return the newest Version of each article; who saw another one on the screen is refused."""
    fresh, others = taking.fresh()
    newest = {pk: known.version for pk, known in fresh.items()} | (versions.latest(others) if others else {})
    for article in list(taking.articles):
        asked = taking.detail(article, "version")
        if article.pk not in newest or (asked is not None and str(asked) != str(newest[article.pk].pk)):
            taking.refuse(article, "The text moved on since you read it. Look at the newest Version first.", "stale")
    return newest


# What readers see --------------------------------------------------------------------------------------------------


def publish(taking):
    """Press the approved Version, now or at an hour to come, perhaps with an expiry."""
    fresh, others = taking.fresh()
    known = {it.version.pk: it.version for it in fresh.values()}
    known |= Version.objects.in_bulk({article.approved_version_id for article in taking.articles} - {None, *known})
    pressed = _pressed(taking.articles) if isinstance(taking.by, Machine) else {a.pk for a in taking.articles}
    for article in list(taking.articles):
        opens, closes = _opening(taking, article, pressed), taking.detail(article, "until") or OPEN
        if article.approved_version_id not in known:
            taking.refuse(article, "No Version of it is approved any more; a manager approves one first.", "version")
        elif closes <= opens:
            taking.refuse(article, "It would expire before it is published. Choose a later end.", "window")
        else:
            version = taking.versions[article.pk] = known[article.approved_version_id]
            _order(taking, article, version, opens, closes)
    _press(taking)


def _opening(taking, article, pressed):
    """Return when the Edition opens: an hour to come if asked for; a machine's first Edition may lie in the past."""
    asked = taking.detail(article, "at") or taking.at
    return asked if article.pk not in pressed else max(asked, taking.at)


def _order(taking, article, version, opens, closes=OPEN):
    """Put an order for the press beside the article."""
    note = taking.detail(article, "note") or ""
    taking.notes[article.pk]["order"] = press.Order(article, version, opens, closes, note)


def _press(taking):
    """Press what was ordered."""
    orders = [taking.notes[article.pk].pop("order") for article in taking.articles]
    taking.editions = press.press_many(orders, at=taking.at, moves=taking.moves, count=_counts(taking.by))


def _counts(by):
    return not (isinstance(by, Machine) and by.counts_itself)


def withdraw(taking):
    """Take articles off the site; a successor is where readers go instead, so they must be able to."""
    _refuse_successors(taking)
    for (reason, successor), articles in taking.grouped("reason", "successor"):
        why = {"reason": reason, "successor": successor, "moves": taking.moves}
        taking.editions |= press.withdraw(articles, at=taking.at, **why)
        for article in articles if successor else ():
            taking.notes[article.pk]["successor"] = successor.pk


def _refuse_successors(taking):
    named = {successor for (successor,), _ in taking.grouped("successor") if successor}
    windows = press.Windows(named, taking.at) if named else None
    for article in list(taking.articles):
        successor = taking.detail(article, "successor")
        if successor and successor.pk == article.pk:
            taking.refuse(article, "An article cannot be its own successor. Choose another.", "successor")
        elif successor and not (windows.live(successor) or windows.scheduled(successor)):
            taking.refuse(article, "Readers could not go there: the successor is not published.", "successor")


def reschedule(taking):
    """Move scheduled Editions to another hour; without another end they keep their own."""
    for article in list(taking.articles):
        hour, edition = taking.detail(article, "at"), taking.windows.scheduled(article)
        if hour is None or hour <= taking.at or (taking.detail(article, "until") or edition.closes_at) <= hour:
            taking.refuse(article, "Choose an hour that is still to come, and an end after it.", "window")
    for (hour, until), articles in taking.grouped("at", "until"):
        window = {"live_from": hour, "closes_at": until, "moves": taking.moves}
        taking.editions |= press.reschedule(articles, at=taking.at, **window)


def cancel(taking):
    """Cancel scheduled Editions."""
    taking.editions = press.cancel(taking.articles, at=taking.at, moves=taking.moves)


def roll_back(taking):
    """Press the Version of an earlier Edition again: the one asked for, else the newest."""
    chosen = {article.pk: _earlier(taking, article) for article in taking.articles}
    known = Version.objects.in_bulk({edition.version_id for edition in chosen.values() if edition})
    missing = working_copy.gone([version.content for version in known.values()])
    for article in list(taking.articles):
        version = known.get(chosen[article.pk] and chosen[article.pk].version_id)
        if version is None:
            taking.refuse(article, "Readers never saw that Edition; choose one they did.", "edition")
        elif working_copy.without(version.content, missing) != version.content:
            taking.refuse(article, "Something it names was deleted since; restore that Version and mend it.", "gone")
        else:
            taking.versions[article.pk] = version
            _order(taking, article, version, taking.at)
    _press(taking)


def _earlier(taking, article):
    """Return the Edition to go back to: one that readers saw and do not see now."""
    asked = taking.detail(article, "edition")
    if asked is None:
        return taking.windows.earlier(article)
    live = taking.windows.live(article)
    return next((e for e in taking.windows.seen(article) if e.pk == whole_number(asked) and e != live), None)


# Whose it is -------------------------------------------------------------------------------------------------------


def claim(taking):
    """Make the article one's own."""
    for article in list(taking.articles):
        if isinstance(taking.by, Machine):
            taking.refuse(article, "A machine owns nothing; a curator claims it.", "nobody")
        else:
            taking.put(article, owner_id=taking.by.pk)
            taking.notes[article.pk]["owner"] = str(taking.by)


def release(taking):
    """Give the article back to everybody."""
    for article in taking.articles:
        taking.put(article, owner=None)
        taking.notes[article.pk]["owner"] = ""


def assign(taking):
    """Give the article to somebody: a new owner, a new reviewer, or both (``None`` leaves nobody)."""
    for article in list(taking.articles):
        people = {role: taking.detail(article, role, "") for role in _NEEDED}
        people = {role: person for role, person in people.items() if person != ""}
        if not people:
            taking.refuse(article, "Say who it goes to: an owner, a reviewer, or both.", "nobody")
        elif any(person is not None and not roles.may(person, _NEEDED[role]) for role, person in people.items()):
            taking.refuse(article, "That person has not the role for it; an administrator can give it.", "nobody")
        else:
            taking.put(article, **people)
            taking.notes[article.pk] |= {role: str(person or "") for role, person in people.items()}


_NEEDED = {"owner": WRITE, "reviewer": REVIEW}
