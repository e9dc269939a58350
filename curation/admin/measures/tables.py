"""Tables of numbers: for the page, each number with the list behind it, and to take along."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from curation.admin.log import export
from curation.measures import lists


@dataclass(frozen=True)
class Cell:
    """A number or words as they are shown, where they lead, and how they look; ``plain`` is what is taken along."""

    shown: str
    url: str = ""
    look: str = ""
    plain: str | int | float | None = None

    @property
    def taken(self):
        """The value that a table which is taken along has here."""
        return self.shown if self.plain is None else self.plain


@dataclass
class Table:
    """A table: what its columns are called, and its rows, each with a name before its cells."""

    name: str
    heads: list[str]
    rows: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    look: str = ""

    @property
    def html(self):
        """The table for the page, made in one piece: a table of a year has hundreds of cells."""
        made = _Made()
        made.add(f'<table class="mt mt-{self.look or "plain"}"><thead><tr>')
        for head in self.heads:
            made.add('<th scope="col">{}</th>', head)
        made.add("</tr></thead><tbody>")
        for head, cells in self.rows:
            made.add('<tr class="is-main"><th scope="row">' if head.look == "is-main" else '<tr><th scope="row">')
            made.cell(head)
            for cell in cells:
                made.add("</th><td>" if cell is cells[0] else "</td><td>")
                made.cell(cell, cell.look)
            made.add("</td></tr>")
        made.add("</tbody></table>")
        return format_html("".join(made.pieces), *made.given)

    def lines(self) -> Iterator[list[str]]:
        """Yield the table as it is taken along: no cell runs in a spreadsheet."""
        yield [export.plain(head) for head in self.heads]
        for head, cells in self.rows:
            yield [export.plain(cell.taken) for cell in (head, *cells)]


class _Made:
    """Markup of this code as it grows, with places for words and addresses, which are escaped."""

    def __init__(self):
        self.pieces, self.given = [], []

    def add(self, markup, *given):
        self.pieces.append(markup)
        self.given += given

    def cell(self, cell, look=""):
        """Write a cell: a link where it leads anywhere. Most are numbers, in which there is nothing to escape."""
        look = f' class="{look}"' if look else ""
        shown, given = (cell.shown, ()) if isinstance(cell.plain, int) else ("{}", (cell.shown,))
        if cell.url:
            self.add(f'<a{look} href="{{}}">{shown}</a>', cell.url, *given)
        else:
            self.add(f"<span{look}>{shown}</span>" if look else shown, *given)


class Links:
    """Ways from numbers to the list: for who sees everybody's briefs. Others are shown the newsroom's sums alone."""

    def __init__(self, sees_all: bool, base: str = ""):
        self.sees_all, self.base = sees_all, base or reverse("admin:curation_article_changelist")

    def counted(self, kind: str, *parts, is_own: bool = False) -> str:
        """Return the address of what a number counted, by the parts of its code; nothing for who may not see it."""
        return self.asked(is_own=is_own, counted=lists.code(kind, *parts))

    def asked(self, *, is_own: bool = False, **question) -> str:
        """Return the address of the list that a question asks for; one's own is everybody's to see."""
        return f"{self.base}?{urlencode(question)}" if self.sees_all or is_own else ""


def number(count: int, url: str = "", look: str = "") -> Cell:
    """Return a number as a cell; nothing leads from nothing."""
    return Cell(f"{count:,}", url, look, count) if count else Cell("0", "", "faint", 0)


def percent(part: int, whole: int, url: str = "") -> Cell:
    """Return a share as a cell, a dash where it is of nothing."""
    if not whole:
        return Cell("–", "", "faint", "")
    return Cell(f"{part / whole:.0%}".replace("%", " %"), url, "", round(part / whole, 4))
