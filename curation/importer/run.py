"""One import, from folders to a report: find, parse, take slice by slice, then encode the pictures that wait."""

import time
from collections.abc import Callable, Iterable, Iterator

from curation.images import queue
from curation.importer.documents.entries import Entry
from curation.importer.documents.files import Failed, Passed, find
from curation.importer.documents.parse import Options, Parsed
from curation.models import Article, Section
from curation.models.fields import BY_NAME, TABLE

from . import tuning
from .readers import parsed
from .report import Report, SliceOutcome
from .slices import Wishes
from .taker import Taker

FIRST, LEAST, MOST = 100, 80, 200  # documents in a slice: the first one, and any; each slice has its fixed costs
SECONDS = 0.22  # a slice's transaction is aimed at this, so that nobody's autosave waits


def section_words(section: Section) -> dict:
    """Return the section's words under the documents' own names: those keys need not be kept."""
    return {
        "identifier": section.name,
        "mastHead": section.masthead,
        "basePath": section.base_path,
        "searchCategory": section.search_category,
        "tags": [section.first_tag],
        "sub": section.kind,
    }


def plain_fields() -> tuple[tuple[str, str, int], ...]:
    """Return the fields that documents carry as plain text, as the table of fields says: name, key, longest."""
    columns = {field.name: Article._meta.get_field(field.name) for field in TABLE if field.key}
    return tuple((name, BY_NAME[name].key, column.max_length or 100_000) for name, column in columns.items())


@tuning.of_many()
def run(
    paths: Iterable[str],
    *,
    media: Iterable[str] = (),
    workers: int = 1,
    wishes: Wishes | None = None,
    tell: Callable[[SliceOutcome], None] = lambda outcome: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """Import every document below ``paths``; ``tell`` hears of each slice once it is kept, ``stopped`` may end it.

    Documents are read ahead while a slice is taken, but never more than a few hundred, so the memory does not grow
    with their number. Pictures are not encoded here: see :func:`encode`.
    """
    wishes, report, began = wishes or Wishes(), Report(), time.perf_counter()
    options = Options(tuple(media), section_words(Section.news()), plain_fields())
    taker, size = Taker(wishes), FIRST
    stream = parsed(find(paths), options, workers)
    try:
        while not stopped() and (batch := _next(stream, size)):
            outcome, size = _take_slice(taker, batch, size)
            report.add(outcome)
            tell(outcome)
        report.interrupted = stopped()
    finally:
        stream.close()
        taker.count()
    report.seconds = time.perf_counter() - began
    return report


def _next(stream: Iterator, size: int) -> list[Parsed | Entry | Passed | Failed]:
    """Return the next documents of the stream, at most ``size``."""
    batch = []
    for item in stream:
        batch.append(item)
        if len(batch) >= size:
            break
    return batch


def _take_slice(taker, batch, size):
    """Take a slice; return its outcome, and how many documents the next one should have."""
    documents = [item for item in batch if isinstance(item, Parsed | Entry)]
    began = time.perf_counter()
    outcome = taker.take_slice(documents) if documents else SliceOutcome()
    spent = time.perf_counter() - began
    outcome.failed = [item for item in batch if isinstance(item, Failed)] + outcome.failed
    outcome.passed = [item for item in batch if isinstance(item, Passed)]
    if spent and len(documents) == size:
        size = int(min(MOST, max(LEAST, size * min(2.0, SECONDS / spent))))
    return outcome, size


def encode(report: Report, on_done: Callable = lambda picture: None, stopped: Callable[[], bool] = lambda: False):
    """Encode the pictures that wait, those of earlier runs among them, and add them to the report."""
    began = time.perf_counter()
    report.pictures += queue.encode_queued(on_done=on_done, stopped=stopped)
    report.picture_seconds += time.perf_counter() - began
