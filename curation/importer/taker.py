"""Taking slice after slice: one transaction each, and what has to be remembered from one to the next."""

from django.db import InterfaceError, OperationalError, transaction

from curation.importer.documents.files import Failed
from curation.importer.documents.parse import Parsed
from curation.publishing import counts

from .references import References
from .report import SliceOutcome
from .slices import Slice, Wishes


class _UndoneError(Exception):
    """An end of a dry run that rolls it back."""


COUNTED = 2_000  # documents after which what they published is counted


class Taker:
    """A process that takes slices of documents, and counts what they published.

    Between slices it remembers the catalogue, and of each document's key a number, so that two files of one run never
    fight over an article: about 60 bytes a document. A dry run, whose rows are gone again, remembers the file too.
    """

    def __init__(self, wishes: Wishes):
        self.wishes, self.references = wishes, References()
        self._taken: dict[int, Parsed | None] = {}
        self._uncounted = 0

    def take_slice(self, documents: list[Parsed]) -> SliceOutcome:
        """Take one slice in one transaction; after anything unforeseen each document in its own, less the culprits.

        Raises what the database raises where it is locked, full or gone; nothing of the slice is kept then.
        """
        try:
            return self._attempt(documents)
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # noqa: BLE001 -- whatever it is, the documents beside the culprit are taken
            if len(documents) == 1:
                words = f"it could not be written ({type(fault).__name__}: {str(fault)[:200]})"
                return SliceOutcome(failed=[Failed(documents[0].shown, 1, words)])
        total = SliceOutcome()
        for document in documents:
            total.absorb(self.take_slice([document]))
        return total

    def _attempt(self, documents):
        held = False
        try:
            with transaction.atomic():
                slice_ = Slice(documents, self.wishes, self.references, self._earlier)
                outcome = slice_.bring_in()
                if self.wishes.dry_run:
                    raise _UndoneError
            held = True
        except _UndoneError:
            pass
        finally:
            if not held:
                self.references.reload()
        self._remember(slice_)
        self._uncounted += len(documents)
        if self._uncounted >= COUNTED:
            self.count()
        return outcome

    def count(self) -> None:
        """Count what went live, in transactions of its own.

        After a process that died before, the next press, import or start of the worker counts. After every slice it
        would take a fifth of the import's time: each touches most topics and months.
        """
        self._uncounted = 0
        counts.settle()

    def _remember(self, slice_):
        for key, document in slice_.claimed.items():
            self._taken[hash(key)] = _Short(document) if self.wishes.dry_run else None

    def _earlier(self, key, row):
        """Return what this run took under this key before, or None: something with ``digest`` and ``path``."""
        number = hash(key)
        return (self._taken[number] or row) if number in self._taken else None


class _Short:
    """A document as a dry run remembers it."""

    __slots__ = ("digest", "path")

    def __init__(self, document):
        self.digest, self.path = document.digest, document.path
