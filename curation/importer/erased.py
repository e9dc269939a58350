"""Documents of articles that were erased here: no import brings them back, and its report says so."""

from curation.importer.documents.files import Failed
from curation.importer.documents.parse import Parsed
from curation.models import Tombstone, Trace


def sort_out(documents: list[Parsed]) -> tuple[list[Parsed], list[Failed]]:
    """Return the new documents that may be taken, and what is told of the others. One query.

    One is known again by its key, by its address, or by the page that it is about.
    """
    found = _tombstones(documents)
    taken, told = [], []
    for document in documents:
        tombstone = next((found[sign] for sign in _signs(document) if sign in found), None)
        if tombstone is None:
            taken.append(document)
        else:
            told.append(Failed(document.shown, 0, _words(tombstone)))
    return taken, told


def _words(tombstone: Tombstone) -> str:
    return f"erased: article {tombstone.number} was erased on {tombstone.at:%Y-%m-%d}; nothing was brought back"


def _signs(document):
    """Return the marks by which a document is known again."""
    yield Trace.mark_of(document.key)
    if document.title_key:
        yield Trace.mark_of(document.title_key)
    yield document.fields["slug"]
    yield from (Trace.mark_of(source.key) for source in document.sources if source.role == "source")


def _tombstones(documents):
    """Return mark → tombstone. One query, none where no document is new."""
    marks = {sign for document in documents for sign in _signs(document)}
    rows = Trace.objects.filter(mark__in=marks).select_related("tombstone") if marks else ()
    return {row.mark: row.tombstone for row in rows}
