"""The small marks of the desk: icons, states as pills, people, ages. Each is a shape, a colour and a word together."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from curation.models import Priority, State
from curation.text import dates
from curation.workflow import deadlines
from curation.workflow.people.accounts import named

#: Looks of a state: the class that colours it, and its icon.
LOOKS = {
    State.DRAFT: ("draft", "draft"),
    State.IN_REVIEW: ("review", "review"),
    State.CHANGES_REQUESTED: ("changes", "changes"),
    State.APPROVED: ("approved", "approved"),
    State.DECLINED: ("declined", "x"),
}
#: Looks of what readers see, by its name in ``reach``: class, icon, words.
REACHES = {
    "live": ("published", "published", "Live"),
    "scheduled": ("scheduled", "scheduled", "Scheduled"),
    "gone": ("withdrawn", "withdrawn", "Withdrawn"),
    "expired": ("withdrawn", "withdrawn", "Expired"),
    "never": ("draft", "", "–"),
}


def icon(name):
    """Return an icon of the sprite, for eyes only."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#s-{}"/></svg>', name)


def pill(state):
    """Return a state as a coloured pill with its word."""
    look, shape = LOOKS[state]
    return format_html('<span class="pill is-{}">{}{}</span>', look, icon(shape), State(state).label)


#: Looks of a risk by its level: the icon; its class is the level's name.
RISKS = {"low": "tick", "medium": "half", "high": "stop"}


def risk_mark(level):
    """Return a risk as icon and word."""
    return format_html('<span class="risk-word is-{}">{}{} risk</span>', level, icon(RISKS[level]), level.capitalize())


def reach_mark(name):
    """Return what readers see, as icon and word; nothing is a dash."""
    look, shape, words = REACHES[name]
    if name == "never":
        return format_html('<span class="faint">{}</span>', words)
    return format_html('<span class="mark is-{}">{}{}</span>', look, icon(shape), words)


def standing(article):
    """Return how an article (``with_live``) stands: that readers see it, where they do, and its working copy."""
    first = reach_mark("live") if article.is_live else ""
    return format_html("{} {}", first, pill(article.state)) if first else pill(article.state)


def who(row):
    """Return who did something that was logged or said, by their name now; without an account, by the former name."""
    return named(row.by) if row.by else row.actor


def with_people(rows):
    """Return rows of the log as a list, each with who did it. One query at most, whatever their number."""
    rows = list(rows)
    prefetch_related_objects(rows, "by")
    return rows


def initials(person):
    """Return two letters for a colleague."""
    words = named(person).replace(".", " ").replace("_", " ").split()
    letters = [word[0] for word in words if word[0].isalnum()]
    return ("".join(letters[:2]) if len(letters) > 1 else named(person)[:2]).upper()


def avatar(person):
    """Return a colleague as a disc with initials; the name is said to those who cannot see it."""
    return format_html(
        '<span class="ava ava-{}" role="img" aria-label="{}" title="{}">{}</span>',
        person.pk % 5 + 1,
        named(person),
        named(person),
        initials(person),
    )


def disc(person, part):
    """Return a colleague as a disc with initials that says in as few bytes as it can who they are, and as what."""
    who_ = f"{named(person)}, {part}"
    return format_html('<abbr class="ava ava-{}" title="{}">{}</abbr>', person.pk % 5 + 1, who_, initials(person))


def chips(topics, most=1):
    """Return the first topics as chips in the hue of their taxonomy, and how many more there are."""
    some = format_html_join(
        " ",
        '<span class="chip hue-{}" title="{}">{}</span>',
        ((topic.taxonomy.hue, topic.name, topic.label) for topic in topics[:most]),
    )
    more = len(topics) - most
    if more <= 0:
        return some
    rest = ", ".join(topic.label for topic in topics[most:])
    return format_html('{} <span class="faint num" title="{}">+{}</span>', some, rest, more)


def last_piece(address: str) -> str:
    """Return the last piece of the path of an address, however it is written; empty where there is no path."""
    bare = address.partition("?")[0].partition("#")[0]
    _, is_web, rest = bare.partition("://")
    path = rest.partition("/")[2] if is_web else bare
    return path.rstrip("/").rpartition("/")[2]


def lasted(span: timedelta) -> str:
    """Return a length of time as people say it: “23 min”, “5 h”, “2 d”, “7 mo”, “6 y”."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    days = minutes // 1440
    if days < 60:
        return f"{days} d"
    return f"{days // 30} mo" if days < 730 else f"{days // 365} y"


def age(state, since: datetime | None, now: datetime | None = None):
    """Return how long an article has been in its state; amber when that is long, coral when it is too long."""
    if since is None:
        return ""
    span = (now or timezone.now()) - since
    look = {"late": " age-late", "slow": " age-warn"}.get(deadlines.wait_of(state, span), "")
    return format_html(
        '<time class="age{}" datetime="{}" title="{}">{}</time>',
        look,
        since.isoformat(timespec="seconds"),
        moment(since),
        lasted(span),
    )


def due_mark(article, now: datetime | None = None):
    """Return the day by which the newsroom wants an article (“due Monday”), coral past it and amber on it; or nothing.

    Nothing as well of what is finished.
    """
    if article.due is None or article.is_finished:
        return ""
    days = (article.due - timezone.localtime(now).date()).days
    look = " age-late" if days < 0 else " age-warn" if days == 0 else ""
    return format_html('<span class="due{}">due {}</span>', look, _day(article.due, days))


def _day(day, days):
    if 0 <= days <= 6:
        return ("today", "tomorrow")[days] if days < 2 else dates.WEEKDAYS[day.weekday()]
    return f"{day.day} {day:%b}"


def priority_mark(article):
    """Return a priority that is not the usual one, as a flag and a word; or nothing."""
    if article.priority == Priority.NORMAL or article.is_finished:
        return ""
    look = " age-warn" if article.priority == Priority.HIGH else ""
    return format_html('<span class="flag{}">{}{}</span>', look, icon("flag"), article.get_priority_display())


def card_age(article, now: datetime) -> tuple[str, str]:
    """Return how long an article has been in its state, and by how much that is too long: “6 d, 3 d late”.

    Before it the class of its colour, behind a blank; nothing for the usual one.
    """
    span = now - article.entered_at
    kind, words = deadlines.wait_of(article.state, span), lasted(span)
    if kind == "late":
        words = f"{words}, {lasted(now - deadlines.due(article.state, article.entered_at))} late"
    return {"late": " age-late", "slow": " age-warn"}.get(kind, ""), words


def wait(job):
    """Return how long a job waits against its target: “2 d · due 15:00”, “6 d · 2 d late”; amber, coral beyond it."""
    now = timezone.now()
    words, look = lasted(now - job.article.entered_at), {"late": " age-late", "slow": " age-warn"}.get(job.wait, "")
    if job.wait == "late":
        words = f"{words} · {lasted(now - job.due)} late"
    elif job.due and days_ahead(job.due, now) <= 6:
        words = f"{words} · due {hour(job.due, now)}"
    since = job.article.entered_at
    title = f"since {moment(since)}"
    return format_html(
        '<time class="age{}" datetime="{}" title="{}">{}</time>',
        look,
        since.isoformat(timespec="seconds"),
        title,
        words,
    )


def days_ahead(at: datetime, now: datetime) -> int:
    """Return how many days an instant lies ahead, by the calendar on the wall: tomorrow is 1."""
    return (timezone.localtime(at).date() - timezone.localtime(now).date()).days


def day_and_hour(at: datetime) -> str:
    """Return an instant for an appointment: “Saturday 28 November, 08:00”; with the year where it is another one."""
    local = timezone.localtime(at)
    year = "" if local.year == timezone.localtime().year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}, {local:%H:%M}"


def whole_day(day: date) -> str:
    """Return a day of the newsroom's: “Tuesday 3 March”; with the year where it is another one."""
    year = "" if day.year == dates.local(timezone.now()).year else f" {day.year}"
    return f"{dates.WEEKDAYS[day.weekday()]} {day.day} {dates.MONTHS[day.month - 1]}{year}"


def hour(at: datetime, now: datetime) -> str:
    """Return an instant that is near, as short as it can be: “11:30”, “Sat 08:00”, “12 Dec, 08:00”."""
    local, days = timezone.localtime(at), days_ahead(at, now)
    if days == 0:
        return f"{local:%H:%M}"
    return f"{local:%a %H:%M}" if 0 < days <= 6 else f"{local.day} {local:%b, %H:%M}"


def ahead(span: timedelta) -> str:
    """Return how long until something: “in 37 min”, “in 3 h 7 min”, “in 2 d 21 h”."""
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"in {days} d {hours} h" if hours else f"in {days} d"
    if hours:
        return f"in {hours} h {left} min" if left else f"in {hours} h"
    return f"in {left} min" if left else "in a moment"


def moment(at: datetime) -> str:
    """Return an instant on the clock of whoever reads, else the newsroom's: “13 January 2023, 10:41”."""
    local = timezone.localtime(at)
    return f"{dates.day(local)}, {local:%H:%M}"


def short_moment(at: datetime) -> str:
    """Return a past instant as short as it can be told: “10:41” today, “13 January” this year, else with the year."""
    local, now = timezone.localtime(at), timezone.localtime()
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%B}" + ("" if local.year == now.year else f" {local.year}")


def clock() -> str:
    """Return whose clock the desk shows and reads now, for beside an input: “Newsroom time (UTC).”"""
    zone = timezone.get_current_timezone_name()
    return f"Newsroom time ({zone})." if zone == settings.TIME_ZONE else f"Your time ({zone})."
