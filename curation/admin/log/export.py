"""Taking the log along: the same rows as a table, in CSV or XLSX, a bounded number of them, as they are read."""

import csv
import tempfile
from collections.abc import Iterable, Iterator

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from curation.admin import badges

from . import telling

MOST = 50_000  # rows of one export, the newest; filters narrow it
HEADS = ("When", "Who", "What", "Brief", "Number", "Version", "Edition", "Reason", "From where")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula, or for the end of a cell
_ASIDE = 1_000  # rows read at once
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(value) -> str:
    """Return a cell that no spreadsheet runs: a quote stands before what would be a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) else text


def rows(entries, shows_address: bool) -> Iterator[list[str]]:
    """Yield the heads, then a line of the table for each entry."""
    yield [head for head in HEADS if shows_address or head != HEADS[-1]]
    for entry in entries[:MOST].iterator(chunk_size=_ASIDE):
        line = [
            f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S%z}",
            badges.who(entry),
            telling.words_of(entry),
            entry.article and str(entry.article),
            entry.article_id,
            entry.version and entry.version.number,
            entry.edition and entry.edition.number,
            entry.reason,
        ]
        yield [plain(value) for value in (*line, *([entry.address] if shows_address else []))]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def as_csv(lines: Iterable[list[str]], name: str = "log.csv"):
    """Return an answer that is written while the lines are read. Spreadsheets know it for UTF-8 by its mark."""
    writer = csv.writer(_Echo())
    told = (writer.writerow(line) for line in lines)
    answer = StreamingHttpResponse(_marked(told), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _marked(lines):
    yield "\ufeff"
    yield from lines


def as_xlsx(lines: Iterable[list[str]]):
    """Return a workbook; a row is written to disk before the next is read. A second for 10,000 rows."""
    import xlsxwriter  # noqa: PLC0415 -- only who takes the log along needs it

    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it, once it was sent
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    sheet = book.add_worksheet("Log")
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            sheet.write_string(number, column, value[:32_767])
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="log.xlsx", content_type=_XLSX)
