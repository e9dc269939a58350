"""Home of the desk: what needs whoever signed in, in words; what it is comes from ``workflow.waiting``."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber, intcomma
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from curation import risk
from curation.models import Article, Harvest, roles
from curation.risk import audits
from curation.text import dates
from curation.workflow import reasons, waiting

from . import addresses, badges
from .deciding import screen

#: Names of the piles behind what is not shown: one of it, several.
PILES = {
    "decide": "to decide",
    "mend": "to mend",
    "write": "of your drafts",
    "claim": "that nobody owns",
}


def home_of(request) -> dict:
    """Return all that the first page shows to whoever asks. At most twenty queries with those of the session; one more
    after a decision that was sent as a plain form.
    """
    user = request.user
    now = timezone.now()
    work, coming = waiting.work_of(user, now), waiting.coming(user, now)
    decides = roles.may(user, "curation.review_article")
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    log = waiting.today(user, midnight)
    return {
        "work": work,
        "jobs": [row_of(job, user) for job in work.jobs],
        "unpublished": [row_of(job, user) for job in work.unpublished],
        "more": _more(work),
        "headline": headline(work, coming[0].live_from if coming else None, now),
        "coming": [(edition, badges.ahead(edition.live_from - now), _approved_by(edition, user)) for edition in coming],
        "log": log,
        "reasons": reasons.known() if any("return" in job.steps for job in work.jobs) else [],
        "undoable": screen.undoable(request),
        "incoming": _incoming(user, now),
        "now": now,
        "zone": zone_in_words(),
        "decides": decides,
        "second_looks": audits.count_for(user),
        "is_empty": not (work.count or coming or log or Article.objects.visible_to(user).exists()),
    }


@dataclass(frozen=True)
class Row:
    """A job as its row shows it: where its title leads, where its decision is sent by a script and by a form.

    What ``is_at_a_glance`` may be decided in the row. ``whose`` says who it waits for, ``label`` what its one link is
    called where nothing is decided.
    """

    job: waiting.Job
    page: str
    decide: str
    take: str
    give_back: str
    is_at_a_glance: bool
    whose: str
    label: str


def row_of(job: waiting.Job, user) -> Row:
    """Return the row of a job for ``user``. Free."""
    pk, step = job.article.pk, job.pile.step
    decide = _address("decide", pk) if step in ("approve", "publish") else ""
    return Row(
        job,
        decide or _address("change", pk),
        decide,
        _address("step", pk, step),
        _address("step", pk, "return") if "return" in job.steps else "",
        step != "approve" or risk.may_be_decided_at_a_glance(job.risk),
        _whose(job, user),
        "Mend and send" if job.pile.name == "mend" else "Continue",
    )


def _address(name, pk, *rest):
    return addresses.address(f"curation_article_{name}", pk, *rest)


def _whose(job, user):
    """Return who a job waits for, in words."""
    reviewer = job.article.reviewer
    if job.pile.step == "approve":
        if job.article.reviewer_id == user.pk:
            return "for you to decide"
        away = ", who is away: anyone may decide" if job.article.reviewer_back else ""
        return f"with {badges.named(reviewer)}{away}" if reviewer else "anyone may decide"
    if job.pile.step == "publish":
        return f"reviewed by {badges.named(reviewer)}" if reviewer else "approved"
    return "anyone may take it" if job.pile.step == "claim" else "your own brief"


def urls(desk):
    """Return the address of the links that are being read, which a script asks again and again; ``desk`` is the admin
    of articles.
    """
    return [path("incoming/", desk.admin_site.admin_view(incoming), {"desk": desk}, name="curation_article_incoming")]


@require_GET
def incoming(request, desk):
    """Show the links that whoever asks gave to be read, alone, as they stand now."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    shown = {"incoming": _incoming(request.user, timezone.now())}
    return render(request, "admin/home/incoming.html", {"home": shown})


def _incoming(user, now):
    return [(harvest, *_outcome(harvest)) for harvest in waiting.incoming(user, now)]


def headline(work: waiting.Work, next_at: datetime | None, now: datetime) -> tuple[str, str, str]:
    """Return the sentences at the head of the desk: how much needs somebody, how much is late, what goes out next."""
    count = work.count
    needs = f"{_many(count).capitalize()} {'thing needs' if count == 1 else 'things need'} you."
    return needs if count else _nothing(work.unpublished_count), _late(count, work.late), _next(next_at, now)


def _nothing(unpublished):
    if not unpublished:
        return "Nothing needs you."
    return f"Nothing needs you but {_many(unpublished)} approved {'brief' if unpublished == 1 else 'briefs'}."


def _many(number):
    return str(apnumber(number) if number < 10 else intcomma(number))


def _late(count, late):
    """Return how many of them are late, as the sentence after the one that counts them."""
    if not late:
        return ""
    if late == count:
        return {1: "It is late.", 2: "Both are late."}.get(count, "All are late.")
    return f"{_many(late).capitalize()} {'is' if late == 1 else 'are'} late."


def _next(at, now):
    """Return when the next brief goes out: “at 11:30”, “tomorrow at 08:00”, “on Monday at 07:30”; nothing for None."""
    if at is None:
        return ""
    local, days = timezone.localtime(at), badges.days_ahead(at, now)
    day = "" if days == 0 else "tomorrow " if days == 1 else f"on {dates.WEEKDAYS[local.weekday()]} "
    if days > 6:
        day = f"on {local.day} {dates.MONTHS[local.month - 1]} "
    return f"The next brief goes out {day}at {local:%H:%M}."


def zone_in_words() -> str:
    """Return the zone of the desk's clock behind an hour: “in London”, “UTC”."""
    name = timezone.get_current_timezone_name()
    return f"in {name.rpartition('/')[2].replace('_', ' ')}" if "/" in name else name


def _more(work):
    """Return what the list does not show: pairs of words and of the question to the list of briefs that shows it."""
    if work.count <= len(work.jobs):
        return []
    return [(f"{intcomma(one.count)} {PILES[one.pile.name]}", one.pile.query) for one in work.piles]


def _approved_by(edition, user):
    """Return by whom what goes out was approved, in words; nothing where nobody did, as an import's."""
    if edition.approval is None:
        return ""
    return "you" if edition.approval.by == user.pk else edition.approval.who


#: What came of a link: the look and the icon of each state, and where its row leads.
_OUTCOMES = {
    Harvest.State.WAITING: ("review", "spin", "Write now"),
    Harvest.State.READING: ("review", "spin", "Write now"),
    Harvest.State.DONE: ("published", "tick", "Open"),
    Harvest.State.FAILED: ("withdrawn", "stop", "Paste text"),
    Harvest.State.CANCELLED: ("draft", "dash", "Open"),
}


def _outcome(harvest):
    """Return the look, the icon, the words and the label of the link of a harvest's row."""
    look, shape, label = _OUTCOMES[Harvest.State(harvest.state)]
    return look, shape, _read_in_words(harvest), label


def _read_in_words(harvest):
    if harvest.state == Harvest.State.READING:
        return "reading the page"
    if harvest.state == Harvest.State.DONE:
        took = harvest.ended_at - harvest.begun_at if harvest.ended_at and harvest.begun_at else timedelta(0)
        what = {"pdf": "PDF read", "text": "text taken"}.get(harvest.kind, "read")
        return f"{what} in {max(1, round(took.total_seconds()))} s" if took else what
    if harvest.state == Harvest.State.FAILED:
        return harvest.words or "could not be read"
    return harvest.get_state_display()
