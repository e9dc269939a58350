"""Cells of the calendar: a day and its entries as they look, and who may move which."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.html import format_html, format_html_join

from curation import workflow
from curation.admin import badges
from curation.models import State, roles
from curation.text import dates
from curation.workflow.actors import PUBLISH
from curation.workflow.calendar import entries, spans

#: Looks of each kind of entry: its classes, its icon, the words before its title for who cannot see them.
_LOOKS = {
    entries.GOES: ("ce-go is-scheduled", "scheduled", "Goes out at"),
    entries.OUT: ("ce-out", "published", "Went out"),
    entries.ENDS: ("ce-end", "ends", "Ends"),
    entries.ENDED: ("ce-end is-over", "ends", "Ended"),
}


class Mover:
    """Somebody who moves entries: what they may move, asked of the workflow. No query."""

    def __init__(self, user):
        self.user, self.may_time = user, roles.may(user, PUBLISH)

    def moves(self, kind: str, article) -> bool:
        """Return whether they may take an entry to another day: a plan by its step, an hour by its panel."""
        if kind == entries.GOES:
            return self.may_time
        return kind == entries.PLAN and workflow.refusal(workflow.STEPS["plan"], article, self.user, None) is None


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

    @property
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
        return format_html_join("", "{}", ((one.drawn(self.root),) for one in some))

    def _entry(self, entry):
        is_movable = self.mover.moves(entry.kind, entry.article)
        return Shown(entry, self.day < self.today, is_movable, bool(spans.shift_of(self.day)))


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
    def article(self):
        """The brief that it is of."""
        return self.entry.article

    @property
    def look(self) -> str:
        """Its classes."""
        if self.kind == entries.PLAN:
            return f"ce-plan is-{badges.LOOKS[self.article.state][0]}{' is-missed' if self.is_past else ''}"
        return _LOOKS[self.kind][0]

    @property
    def icon(self) -> str:
        """Its icon."""
        return badges.LOOKS[self.article.state][1] if self.kind == entries.PLAN else _LOOKS[self.kind][1]

    @property
    def words(self) -> str:
        """The words before its title for who cannot see its look."""
        if self.kind != entries.PLAN:
            return "Went out again" if self.kind == entries.OUT and self.entry.is_update else _LOOKS[self.kind][2]
        state = State(self.article.state).label.lower()
        return f"Was planned, still {state}:" if self.is_past else f"Planned, {state}:"

    @property
    def hour(self) -> str:
        """Its hour in the newsroom; with the zone on a day on which that changes."""
        local = dates.local(self.at)
        return f"{local:%H:%M %Z}" if self.is_odd else f"{local:%H:%M}"

    def drawn(self, root: str):
        """Return it in HTML; ``root`` leads to where articles have their addresses."""
        return format_html(
            '<li class="ce {}"{}><a href="{}{}/card/"><svg class="i" aria-hidden="true"><use href="#s-{}"/></svg>'
            '<i>{}</i> {}<span class="t">{}</span></a></li>',
            *(self.look, self._moved_by(), root, self.article.pk, self.icon, self.words, self._time()),
            self.entry.title,
        )

    def _moved_by(self):
        """Return what a script has to know to move it; nothing where whoever looks may not."""
        given = (self.article.pk, self.article.edit, self.kind)
        return format_html(' data-article="{}" data-edit="{}" data-kind="{}"', *given) if self.is_movable else ""

    def _time(self):
        """Return its hour as an element that tells the zone as well."""
        if self.at is None:
            return ""
        return format_html('<time title="{}">{}</time> ', f"{dates.local(self.at):%H:%M %Z}", self.hour)
