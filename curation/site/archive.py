"""The months that a list goes back to, from the tallies."""

from dataclasses import dataclass

from curation.publishing.counts import counts_of
from curation.text import dates

from .shapes import Link

RECENT = 12


@dataclass
class Archive:
    """Months with live Editions, newest first, of everything or of one thing. ``base`` is the list's own address."""

    base: str
    counts: dict[str, int]

    @classmethod
    def of_thing(cls, base: str, kind: str, key) -> "Archive":
        """Read the months of a thing. One query."""
        return cls(base, counts_of(kind, key))

    @property
    def total(self) -> int:
        """The number of stories in all."""
        return self.counts.get("", 0)

    @property
    def months(self) -> list[str]:
        """Months as ``2026-11``, newest first."""
        return sorted((month for month in self.counts if month), reverse=True)

    def address(self, month: str, page: int = 1) -> str:
        """Return the address of a page of a month."""
        return f"{self.base}{month.replace('-', '/')}/" + (f"?page={page}" if page > 1 else "")

    def link(self, month: str) -> Link:
        """Return a month as people read it."""
        return Link(self.label(month), self.address(month), self.counts[month])

    @staticmethod
    def label(month: str) -> str:
        """Return the name of a month."""
        year, number = month.split("-")
        return dates.month(int(year), int(number))

    def links(self) -> list[Link]:
        """Return the newest twelve months, then every older year by its last month, so that the list stays short."""
        shown, years = [], {}
        for month in self.months:
            if len(shown) < RECENT:
                shown.append(self.link(month))
            elif (year := month[:4]) in years:
                years[year].count += self.counts[month]
            else:
                years[year] = Link(year, self.address(month), self.counts[month])
        return shown + list(years.values())

    def after(self, month: str) -> str | None:
        """Return the next newer month that has anything, or None."""
        return min((other for other in self.counts if other > month), default=None)

    def before(self, month: str) -> str | None:
        """Return the next older month that has anything, or None."""
        return max((other for other in self.counts if other and other < month), default=None)
