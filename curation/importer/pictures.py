"""The pictures that documents name: rows that wait for the encoder, or say what is missing. Nothing is decoded here."""

from curation.importer.documents.parse import Parsed, is_remote
from curation.models import Picture
from curation.sql import bulk_writes


def ensure(documents: list[Parsed]) -> dict[str, int]:
    """Return the id of each picture by its address, new ones made, missing ones queued where their file has come.

    One query where no document names a picture's file for the first time, at most three otherwise.
    """
    files, names = {}, {}
    for document in documents:
        if document.picture and not files.get(document.picture):
            files[document.picture] = document.picture_file
        for picture in document.pictures:
            files[picture.address] = picture.file
            names[picture.address] = picture.name.partition("-")[0]
    if not files:
        return {}
    known = {row.address: row for row in Picture.objects.filter(address__in=files).only("address", "state")}
    queue([row for row in known.values() if row.state == Picture.State.MISSING and files[row.address]], files)
    new = [_row(address, file, names.get(address, "")) for address, file in files.items() if address not in known]
    bulk_writes.insert_many(Picture, new)
    return {row.address: row.pk for row in [*known.values(), *new]}


def _row(address, file, name):
    """Return a picture that waits or is missing. One of a body has its name at once, which the body names it by."""
    state = Picture.State.QUEUED if file else Picture.State.MISSING
    return Picture(address=address, incoming=file, state=state, name=name)


def queue(waiting: list[Picture], files: dict[str, str]) -> None:
    """Queue missing pictures for the encoder, now that their files are there. One query."""
    for row in waiting:
        row.incoming, row.state = files[row.address], Picture.State.QUEUED
    bulk_writes.update_each(Picture, waiting, ["incoming", "state"])


def fill(documents: list[Parsed]) -> int:
    """Queue pictures of documents taken before, whose files have come since; return their number. One query or two."""
    files = {document.picture: document.picture_file for document in documents if document.picture_file}
    missing = list(Picture.objects.filter(address__in=files, state=Picture.State.MISSING)) if files else []
    queue(missing, files)
    return len(missing)


def remark(document: Parsed) -> tuple[str, str] | None:
    """Return a code and words about a picture that is not there, or None."""
    if not document.picture or document.picture_file:
        return None
    if is_remote(document.picture):
        return "remote-picture", f"its picture lies on another site and was not fetched: {document.picture[:120]}"
    return "missing-picture", f"its picture is not there: {document.picture}"
