"""Facts of a PDF: title, authors, number of pages, its first words, and how its first page looks.

The file is a stranger's, so it is read by a process of its own (``worker``) that has little memory, little time and no
secrets; here only what that process wrote is weighed.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from curation import sandbox
from curation.fetch import faults

from . import titles

__all__ = ["Paper", "first_page", "read_pdf"]

SECONDS = 10.0  # on the clock, for one reading; the process itself may calculate for six
_WORKER = Path(__file__).with_name("worker.py")
_BROKEN_WORD = re.compile("(?:\ufffe|\x02)\\s*")  # how PDFium marks a hyphen at the end of a line
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what no database and no page takes


@dataclass(frozen=True)
class Paper:
    """Facts of a PDF.

    ``titles`` and ``introductions`` are alternatives ``(words, origin)``, the likeliest first; an origin is “PDF
    metadata”, “page one” or “file name”. ``pages`` is their number, ``text`` the words of the first thirty, at most
    200,000 characters, empty for a PDF that was scanned.
    """

    titles: list[tuple[str, str]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    pages: int = 0
    text: str = ""
    introductions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The likeliest title, empty where nothing tells one."""
        return self.titles[0][0] if self.titles else ""


def read_pdf(data: bytes, url: str = "") -> Paper:
    """Read a PDF; ``url`` is where it was found, for the name of its file.

    Takes a few tenths of a second, at most ten seconds. Raises ``PdfLockedError``,
    ``PdfBrokenError`` or ``PdfTooHeavyError``. What was
    learnt before a later page proved too much is kept.
    """
    told = _told(_apart(data, "words"))
    if "pages" not in told:
        raise _FAULTS.get(told.get("fault"), faults.PdfTooHeavyError)
    lines = [(_fit(line), size) for line, size in told.get("lines", ())]
    return Paper(
        titles=titles.titles(_fit(told.get("title", "")), lines, url),
        authors=titles.authors(_fit(told.get("author", ""))),
        pages=told.get("pages", 0),
        text=_fit(told.get("text", "")).strip(),
        introductions=titles.introductions(_fit(told.get("subject", "")), lines, _fit(told.get("text", ""))),
    )


def first_page(data: bytes) -> bytes:
    """Draw the first page of a PDF: a JPEG whose longer side is 1,600 pixels.

    Takes from a tenth of a second to ten seconds. Raises ``PdfLockedError``,
    ``PdfBrokenError`` or ``PdfTooHeavyError``. What comes back
    was made beside a stranger's file: ``images.decode_picture`` decodes and writes it anew like any other.
    """
    written = _apart(data, "picture")
    if not written.startswith(b"\xff\xd8\xff"):
        raise _FAULTS.get(_told(written).get("fault"), faults.PdfBrokenError)
    return written


_FAULTS = {"locked": faults.PdfLockedError, "broken": faults.PdfBrokenError}


def _apart(data, wish):
    """Return what the process wrote; whatever ended it, only a silent end is a fault."""
    said, is_whole = sandbox.run(
        _WORKER,
        wish,
        data=data,
        memory=768 * sandbox.MEGABYTE,
        calculating=6,
        seconds=SECONDS,
        written=16 * sandbox.MEGABYTE,
    )
    if not said or not (is_whole or wish == "words"):
        raise faults.PdfTooHeavyError
    return said


def _told(written: bytes) -> dict:
    """Return the facts that were written whole, by name; the last line may have broken off."""
    facts: dict = {}
    for line in written.splitlines(keepends=True):
        if line.endswith(b"\n"):
            facts |= json.loads(line)
    return facts


def _fit(words: str) -> str:
    return _UNFIT.sub("", _BROKEN_WORD.sub("", words).replace("\r\n", "\n").replace("\r", "\n"))
