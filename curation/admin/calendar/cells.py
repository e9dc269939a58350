"""Cells of the calendar: a day and its entries as they look, and who may move which."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from curation import workflow
from curation.admin import badges
from curation.models import State, roles
from curation.text import dates
from curation.workflow.actors import PUBLISH
from curation.workflow.calendar import entries, spans
from offerings.text.kept import kept

#: Looks of each kind of entry: its classes, its icon, the words before its title for who cannot see them.
_LOOKS = {
    entries.GOES: ("ce-go is-scheduled", "scheduled", "Goes out at"),
    entries.OUT: ("ce-out", "published", "Went out"),
    entries.ENDS: ("ce-end", "ends", "Ends"),
    entries.ENDED: ("ce-end is-over", "ends", "Ended"),
}


class Mover:
    """Somebody who moves entries: what they may move, asked of the workflow, once of articles that stand alike."""

    def __init__(self, user):
        self.user, self.may_time, self._known = user, roles.may(user, PUBLISH), {}

    def moves(self, kind: str, article) -> bool:
        """Return whether they may take an entry to another day: a plan by its step, an hour by its panel. No query."""
        if kind != entries.PLAN:
            return kind == entries.GOES and self.may_time
        alike = article.state, article.owner_id, article.revised_by_id
        if alike not in self._known:
            self._known[alike] = workflow.refusal(workflow.STEPS["plan"], article, self.user, None) is None
        return self._known[alike]


@dataclass(frozen=True)
class Cell:
    """A day as it is shown.

    ``may_be_bare`` says that all there is is shown, so that an empty day is one; ``root`` leads to the articles.
    """

    found: entries.Day
    span: spans.Span
    today: date
    mover: Mover
    may_be_bare: bool
    root: str

    @property
    def day(self) -> date:
        """The day."""
        return self.found.day

    @property
    def iso(self) -> str:
        """The day in an address: “2026-11-28”."""
        return self.day.isoformat()

    @property
    def weekday(self) -> str:
        """The name of its weekday."""
        return dates.WEEKDAYS[self.day.weekday()]

    @property
    def name(self) -> str:
        """The day within its month; where another month begins, with its name."""
        is_new = self.day.day == 1 or self.day == self.span.first
        return f"{self.day.day} {self.day:%b}" if is_new else f"{self.day.day}"

    @property
    def classes(self) -> str:
        """The classes of its look: past, today, weekend, bare."""
        found = ["is-past"] if self.day < self.today else ["is-today"] if self.is_today else []
        found += ["is-end"] if self.day.weekday() > 4 else []
        return " ".join([*found, "is-bare"] if self.is_bare else found)

    @property
    def is_today(self) -> bool:
        """True of today, in the newsroom."""
        return self.day == self.today

    @property
    def is_bare(self) -> bool:
        """True of a working day to come on which nothing stands."""
        return self.may_be_bare and not self.found.count and self.day >= self.today and self.day.weekday() < 5

    @cached_property
    def clocks(self) -> str:
        """Changes of the newsroom's clocks on that day, in words; mostly nothing."""
        shift = spans.shift_of(self.day)
        return f"clocks go {'forward' if shift > timedelta(0) else 'back'}" if shift else ""

    @cached_property
    def entries(self) -> list:
        """Its entries in the order of the clock, plans behind."""
        return [self._entry(entry) for entry in self.found.shown]

    @property
    def drawn(self):
        """Its entries in HTML."""
        return self._drawn(self.entries)

    def of_month(self, day_at: str, query: str):
        """Return it as a cell of a month, in HTML; ``day_at`` and ``query`` lead to the page of the day."""
        more = intcomma(self.found.more) if self.found.more else ""
        day = self.iso, self.classes, "today" if self.is_today else "", self.weekday, self.name, self.clocks
        return _month_cell(*day, self.drawn, more, f"{day_at}{self.iso}/?{query}")

    @property
    def plans(self):
        """The entries without an hour, in HTML."""
        return self._drawn(one for one in self.entries if one.at is None)

    @property
    def hours(self) -> dict:
        """The entries with an hour, in HTML, by the hour on the clock."""
        timed = defaultdict(list)
        for one in self.entries:
            if one.at is not None:
                timed[dates.local(one.at).hour].append(one)
        return {hour: self._drawn(some) for hour, some in timed.items()}

    def _drawn(self, some):
        return format_html_join("", "{}", ((one.drawn(self.root, self.span.view == spans.MONTH),) for one in some))

    def _entry(self, entry):
        is_movable = self.mover.moves(entry.kind, entry.article)
        return Shown(entry, self.day < self.today, is_movable, bool(self.clocks))


@dataclass(frozen=True)
class Shown:
    """An entry as it looks."""

    entry: entries.Entry
    is_past: bool
    is_movable: bool
    is_odd: bool  # on a day that is no 24 hours long

    @property
    def at(self):
        """Its instant; None of a plan."""
        return self.entry.at

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.entry.kind

    @property
    def look(self) -> str:
        """Its classes."""
        if self.kind == entries.PLAN:
            return f"ce-plan is-{badges.LOOKS[self.entry.article.state][0]}{' is-missed' if self.is_past else ''}"
        return _LOOKS[self.kind][0]

    @property
    def icon(self) -> str:
        """Its icon."""
        return badges.LOOKS[self.entry.article.state][1] if self.kind == entries.PLAN else _LOOKS[self.kind][1]

    @property
    def words(self) -> str:
        """The words before its title for who cannot see its look."""
        if self.kind != entries.PLAN:
            return "Went out again" if self.kind == entries.OUT and self.entry.is_update else _LOOKS[self.kind][2]
        state = State(self.entry.article.state).label.lower()
        return f"Was planned, still {state}:" if self.is_past else f"Planned, {state}:"

    @property
    def hour(self) -> str:
        """Its hour in the newsroom; with the zone on a day on which that changes."""
        local = dates.local(self.at)
        return f"{local:%H:%M %Z}" if self.is_odd else f"{local:%H:%M}"

    def drawn(self, root: str, is_month: bool):
        """Return it in HTML; ``root`` leads to the articles. A month has no room for hours that are over."""
        where, icon = f"{root}{self.entry.pk}/card/", "" if self.kind == entries.OUT else self.icon
        if is_month and self.kind == entries.OUT:
            return _drawn(self.look, "", where, icon, f"{self.words} {self.hour}", "", "", self.entry.title)
        return _drawn(self.look, self._moved_by(), where, icon, self.words, *self._time(), self.entry.title)

    def _moved_by(self):
        """Return what a script has to know to move it: article, edit, kind; nothing where whoever looks may not."""
        if not self.is_movable:
            return ""
        return f"{self.entry.pk} {self.entry.article.edit if self.entry.article else ''} {self.kind}"

    def _time(self):
        """Return its hour, and the same with its zone; twice nothing for a plan."""
        return (self.hour, f"{dates.local(self.at):%H:%M %Z}") if self.at else ("", "")


@kept(kilobytes=1_024)
def _drawn(look: str, moved_by: str, where: str, icon: str, words: str, hour: str, zoned: str, title: str) -> str:
    """Draw an entry of nothing but these words."""
    names = ' data-article="{}" data-edit="{}" data-kind="{}"'
    return format_html(
        '<li class="ce {}"{}><a href="{}">{}<i>{}</i> {}<span>{}</span></a></li>',
        *(look, format_html(names, *moved_by.split(" ")) if moved_by else "", where),
        *(badges.icon(icon) if icon else "", words),
        format_html('<time title="{}">{}</time> ', zoned, hour) if hour else "",
        title,
    )


_FACTS = ("iso", "classes", "today", "weekday", "name", "clocks", "entries", "more", "address")


@kept(kilobytes=1_024)
def _month_cell(*facts: str) -> str:
    """Draw a cell of a month of nothing but these words."""
    return render_to_string("admin/curation/calendar/cell.html", dict(zip(_FACTS, facts, strict=True)))
