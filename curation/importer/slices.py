"""A slice of documents → the newsroom, in one transaction: articles by the workflow's bulk doors, and no other way."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.utils import timezone

from curation import workflow
from curation.editing import versions, working_copy
from curation.importer.documents.entries import Entry
from curation.importer.documents.files import Failed
from curation.importer.documents.meta_values import Remark
from curation.importer.documents.parse import LIVE, Parsed
from curation.models import Article, Document, State, Version, WorkPackage, snapshots
from curation.models.vocabulary.current import current, successors_in
from curation.sql import bulk_writes
from curation.text import dates, measures, prose

from . import erased, pictures, redirects, windows
from .references import References
from .report import SliceOutcome, Warned

IMPORT = workflow.Machine("import", counts_itself=True)
REASON = "As its document says."
#: The steps on the way, in order: who takes them (by goal), and from where.
_WAY = {
    "decline": ({State.DECLINED}, {State.DRAFT}),
    "submit": (
        {LIVE, State.IN_REVIEW, State.APPROVED, State.CHANGES_REQUESTED},
        {State.DRAFT, State.CHANGES_REQUESTED},
    ),
    "approve": ({LIVE, State.APPROVED}, {State.IN_REVIEW}),
    "publish": ({LIVE}, {State.APPROVED}),
    "return": ({State.CHANGES_REQUESTED}, {State.IN_REVIEW}),
}
_ON_THE_WAY = {State.DRAFT, State.IN_REVIEW, State.APPROVED}


@dataclass(frozen=True, slots=True)
class Wishes:
    """The operator's wishes: publish what an edit changed, make nothing live, or only try."""

    publish: bool = False
    draft: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class Piece:
    """One document on its way in: what was known of it, its article, what is to be written, and where it goes."""

    document: Parsed
    row: Document | None = None
    article: Article | None = None
    changes: dict = field(default_factory=dict)
    goal: str = LIVE
    version: Version | None = None
    is_new: bool = False
    is_published: bool = False
    findings: list = field(default_factory=list)

    @property
    def is_touched(self):
        """True if a person has had the article since the import was done with it."""
        return self.row.edit != self.article.edit

    @property
    def live_from(self):
        """Its date; nothing for the moment of the import."""
        return self.changes["dated_at"] if self.changes else self.article.dated_at


class Slice:
    """Documents that are taken together, inside the caller's transaction.

    ``earlier`` tells of a key whether this run has taken a document of it already.
    """

    def __init__(self, items: list[Parsed | Entry], wishes: Wishes, references: References, earlier: Callable):
        self.documents = [item for item in items if isinstance(item, Parsed)]
        self.entries = [item for item in items if isinstance(item, Entry)]
        self.wishes, self.references, self.earlier = wishes, references, earlier
        self.now = timezone.now()
        self.outcome = SliceOutcome()
        self.claimed: dict[str, Parsed] = {}  # the documents taken, by key

    def bring_in(self) -> SliceOutcome:
        """Take them all. About fifty queries, however many documents."""
        self._describe()
        pieces, idle, later = self._sorted()
        self._write(pieces)
        self._advance(pieces + later)
        self._keep(pieces + later)
        self._redirect(pieces)
        self._warn(pieces)
        self.outcome.counts["pictures filled"] += pictures.fill([piece.document for piece in idle])
        self.outcome.new = self.references.take_new()
        return self.outcome

    def _describe(self):
        """Take the entries of the catalogue, before articles that name them."""
        if self.entries:
            self.outcome.counts["catalogue"] += self.references.describe(self.entries)
        for entry in self.entries:
            self.outcome.warnings += [_warned(entry.shown, remark) for remark in entry.remarks]

    # Kinds of documents --------------------------------------------------------------------------------------------

    def _sorted(self):
        """Return ``(to write, to leave alone, to publish)``, in the documents' order."""
        pieces = self._pieces()
        to_write = [piece for piece in pieces if piece.is_new or piece.row.digest != piece.document.digest]
        same = [piece for piece in pieces if not piece.is_new and piece.row.digest == piece.document.digest]
        late = self._late(same)
        to_write += late
        same = [piece for piece in same if piece not in late]
        later = [piece for piece in same if self.wishes.publish and not piece.row.published]
        later = [piece for piece in later if piece.document.wants == LIVE]
        self._load([piece for piece in to_write if not piece.is_new] + later)
        later = [piece for piece in later if not piece.is_touched and piece.article.state in _ON_THE_WAY]
        to_write = [piece for piece in to_write if piece.is_new or self._is_ours(piece)]
        for piece in pieces:
            piece.goal = self._goal(piece)
        self.outcome.counts["created"] += sum(piece.is_new for piece in to_write)
        self.outcome.counts["updated"] += sum(not piece.is_new for piece in to_write)
        self.outcome.counts["published"] += len(later)
        self.outcome.counts["unchanged"] += len(same) - len(later)
        self._move(same)
        return to_write, same, later

    @staticmethod
    def _late(same):
        """Return those of unchanged documents for which a picture of the text has come since, while nobody touched it.

        One query, none where no text has a picture.
        """
        shown = {piece.row.article_id: piece for piece in same if piece.document.pictures}
        bodies = Article.objects.filter(pk__in=shown).values_list("pk", "edit", "body") if shown else ()
        return [
            shown[pk]
            for pk, edit, body in bodies
            if edit == shown[pk].row.edit
            and any(picture.name.partition("-")[0] not in body for picture in shown[pk].document.pictures)
        ]

    def _pieces(self):
        """Return a piece for each document, but for doubles: of two files of one article the first is taken."""
        found = Document.objects.filter(key__in=[document.key for document in self.documents])
        known = {row.key: row for row in found.defer("packed", "leftovers")}
        known |= self._moved([document for document in self.documents if document.key not in known])
        self._leave_out_erased(known)
        pieces = []
        for document in self.documents:
            row = known.get(document.key)
            if not self._is_double(document, row):
                self.claimed[document.key] = document
                if document.title_key:
                    self.claimed.setdefault(document.digest, document)
                pieces.append(Piece(document, row, is_new=row is None))
        return pieces

    def _leave_out_erased(self, known):
        """Leave out new documents whose article was erased here; the report names them."""
        taken, told = erased.sort_out([document for document in self.documents if document.key not in known])
        self.outcome.conflicts += told
        if told:
            keys = {document.key for document in taken} | known.keys()
            self.documents = [document for document in self.documents if document.key in keys]

    def _moved(self, documents):
        """Return rows of documents without number and slug that lie elsewhere now, or were known by their title.

        They are told by their bytes, or by their place under the title's key. One query where there are such.
        """
        wanted = {document.title_key.removeprefix("slug:"): document for document in documents if document.title_key}
        if not wanted:
            return {}
        found = Document.objects.filter(article__slug__in=wanted).defer("packed", "leftovers").select_related("article")
        taken = {document.key for document in self.documents}
        free = [row for row in found if row.key not in taken and self.earlier(row.key, row) is None]
        by_sign = {row.digest: row for row in free} | {(row.key, row.path): row for row in free}
        moved = {}
        for document in documents if free else ():
            row = by_sign.get(document.digest) or by_sign.get((document.title_key, document.path))
            if document.title_key and row and row.key not in moved:
                row.key, row.path, moved[document.key] = document.key, "", row
        return moved

    def _is_double(self, document, row):
        before = self.claimed.get(document.key) or self.earlier(document.key, row)
        if before is None and document.title_key and row is None:
            before = self.claimed.get(document.digest) or self.earlier(document.digest, document)
        if before is None:
            return False
        if before.digest == document.digest:
            self.outcome.counts["unchanged"] += 1
        else:
            words = f"it is the same article as {before.path} (both are “{document.key}”) with other words"
            self.outcome.failed.append(Failed(document.shown, 1, words))
        return True

    def _load(self, pieces):
        articles = Article.objects.in_bulk([piece.row.article_id for piece in pieces])
        for piece in pieces:
            piece.article = articles[piece.row.article_id]

    def _is_ours(self, piece):
        """Return whether an edited document may be written: nobody has touched its article, and it is not declined."""
        if piece.is_touched:
            words = f"somebody has worked on article {piece.article.pk} since its document was last imported"
        elif piece.article.state == State.DECLINED and piece.document.wants != State.DECLINED:
            words = f"article {piece.article.pk} was declined"
        else:
            return True
        self.outcome.conflicts.append(Failed(piece.document.shown, 0, f"conflict: {words}; nothing was overwritten"))
        return False

    def _goal(self, piece):
        """Return where the piece shall arrive: an edit is reviewed by people, unless the operator says it goes live."""
        if piece.document.wants != LIVE:
            return piece.document.wants
        if self.wishes.draft:
            return State.DRAFT
        return LIVE if piece.is_new or self.wishes.publish else State.IN_REVIEW

    def _move(self, pieces):
        """Remember where documents lie that were moved or renamed."""
        moved = [piece for piece in pieces if piece.row.path != piece.document.path]
        for piece in moved:
            piece.row.path = piece.document.path
        if moved:
            bulk_writes.update_each(Document, [piece.row for piece in moved], ["key", "path"])

    # Writing -------------------------------------------------------------------------------------------------------

    def _write(self, pieces):
        if not pieces:
            return
        self.references.ensure([piece.document for piece in pieces])
        for piece in pieces:
            piece.changes = self._changes(piece)
        self._find_slugs(pieces)
        self._begin([piece for piece in pieces if piece.is_new])
        self._edit([piece for piece in pieces if not piece.is_new])

    def _changes(self, piece):
        """Return the document's words in a snapshot's shape."""
        document = piece.document
        pk = None if piece.is_new else piece.article.pk
        return (
            document.fields
            | self.references.lists(document, pk)
            | {
                "picture_id": self.references.pictures.get(document.picture),
                "dated_at": dated_at(document),
                "dated_day": document.is_day,
                "modified_at": document.modified,
            }
        )

    def _find_slugs(self, pieces):
        """Give new articles a free slug; one that readers may know changes only where its document's did."""
        known = [piece for piece in pieces if not piece.is_new]
        for piece in known:
            if re.fullmatch(rf"{re.escape(piece.changes['slug'])}(-\d+)?", piece.article.slug):
                piece.changes["slug"] = piece.article.slug
        wanting = [piece for piece in pieces if piece.is_new or piece.changes["slug"] != piece.article.slug]
        taken, given = working_copy.taken_slugs([piece.changes["slug"] for piece in wanting]), set()
        for piece in wanting:
            slug = piece.changes["slug"]
            piece.changes["slug"] = _free(slug, given) if slug in taken or slug in given else slug
            given.add(piece.changes["slug"])

    def _begin(self, pieces):
        for piece in pieces:
            fields = piece.document.fields
            measures.remember(fields["standfirst"], fields["body"], piece.document.measures)
            prose.note_clean(fields["body"])
        articles = workflow.begin_many([piece.changes for piece in pieces], by=IMPORT, now=self.now)
        for piece, article in zip(pieces, articles, strict=True):
            piece.article = article

    def _edit(self, pieces):
        """Write what edited documents say; where only spellings changed that no column holds, no Version is made."""
        known = Version.objects.in_bulk([piece.row.version_id for piece in pieces if piece.row.version_id])
        successors, edits = successors_in([version.content for version in known.values()]), {}
        for piece in pieces:
            piece.version = known.get(piece.row.version_id)
            if piece.version and not _differs(piece, successors):
                piece.is_published = piece.row.published
                piece.goal = piece.goal if piece.goal == LIVE and not piece.row.published else piece.article.state
                continue
            if piece.changes["modified_at"] is None:
                del piece.changes["modified_at"]
            edits[piece.article.pk] = {"changes": piece.changes}
        self._step("edit", [piece for piece in pieces if piece.article.pk in edits], each=edits)

    # Steps ---------------------------------------------------------------------------------------------------------

    def _advance(self, pieces):
        """Take each piece where it shall arrive."""
        for name, (goals, states) in _WAY.items():
            some = [piece for piece in pieces if piece.goal in goals and piece.article.state in states]
            each = {piece.article.pk: self._window(piece) for piece in some} if name == "publish" else {}
            self._step(name, some, each=each)

    def _window(self, piece):
        """Return from when to when readers see it."""
        opens, closes = self._opening(piece), piece.document.closes
        return {"at": opens, "until": closes} if closes else {"at": opens}

    def _opening(self, piece):
        """Return when it goes live: at its date; a day's noon that is still to come today does not hold it back.

        An hour to come that the document names beside its date does.
        """
        at, hour = piece.live_from, piece.document.opens
        if hour and hour > self.now:
            return hour
        if at is None or (piece.document.is_day and _is_today(at, self.now)):
            return min(at or self.now, self.now)
        return at

    def _step(self, name, pieces, *, each):
        if not pieces:
            return
        by_pk = {piece.article.pk: piece for piece in pieces}
        articles = [piece.article for piece in pieces]
        taken = workflow.take_many(name, articles, by=IMPORT, gates=False, now=self.now, each=each, reason=REASON)
        for pk, logged in taken.log.items():
            by_pk[pk].version = logged.version or by_pk[pk].version
            by_pk[pk].is_published |= name == "publish"
        for pk, refusal in taken.refused.items():
            self.outcome.conflicts.append(Failed(by_pk[pk].document.shown, 0, f"conflict: {refusal}"))
        for pk, found in taken.findings.items():
            by_pk[pk].findings = found

    # Keeping -------------------------------------------------------------------------------------------------------

    def _keep(self, pieces):
        """Write what each document was, and the article's edit as the import leaves it."""
        self._find_versions([piece for piece in pieces if piece.version is None])
        known = [piece for piece in pieces if piece.row]
        for piece in known:
            for name, value in zip(_ROW, self._row(piece), strict=True):
                setattr(piece.row, name, value)
        bulk_writes.update_each(Document, [piece.row for piece in known], ("key", *_ROW))
        new = [(piece.document.key, piece.article.pk, *self._row(piece)) for piece in pieces if not piece.row]
        bulk_writes.insert_plain(Document, ("key", "article_id", *_ROW), new)
        self._keep_packages([piece for piece in pieces if piece.changes])

    def _keep_packages(self, pieces):
        """Write which work package each article came from, as its document says now."""
        old = [piece.article.pk for piece in pieces if not piece.is_new]
        if old:
            WorkPackage.objects.filter(article__in=old).delete()
        packages = [(piece.article.pk, piece.document.package) for piece in pieces if piece.document.package]
        new = [(pk, *(package[name] for name in _PACKAGE)) for pk, package in packages]
        bulk_writes.insert_plain(WorkPackage, ("article_id", *_PACKAGE), new)

    def _find_versions(self, pieces):
        """Find the first Version of each draft, which no step has named."""
        newest = versions.latest([piece.article for piece in pieces]) if pieces else {}
        for piece in pieces:
            piece.version = newest.get(piece.article.pk)

    def _row(self, piece):
        """Return the columns of a document's row, in the order of ``_ROW``."""
        document, row = piece.document, piece.row
        leftovers = document.leftovers | self.references.other_metadata(document) if piece.changes else row.leftovers
        version = piece.version.pk if piece.version else row and row.version_id
        source = (document.format, document.path, document.digest, document.packed)
        return (*source, leftovers, version, piece.article.edit, piece.is_published)

    def _redirect(self, pieces):
        claims = [
            redirects.Claim(
                path, piece.changes["slug"], redirects.order(piece.changes["dated_at"], piece.document.key), piece
            )
            for piece in pieces
            for path in piece.document.old_paths
        ]
        for piece, code, words in redirects.settle(claims, [piece.changes["slug"] for piece in pieces]):
            piece.document.remarks.append(Remark(code, words))

    def _warn(self, pieces):
        """Note what a curator should know of each document: the parser's remarks, then the checks' findings."""
        stood = [piece for piece in pieces if not piece.is_new and piece.document.wants == LIVE]
        hours = windows.remarks({piece.article.pk: self._window(piece) for piece in stood if piece.row.published})
        for piece in pieces:
            remarks = list(piece.document.remarks)
            if piece.article.pk in hours:
                remarks.append(hours[piece.article.pk])
            if missing := pictures.remark(piece.document):
                remarks.append(Remark(*missing))
            if any(row["reason"] for row in piece.changes["sources"]):
                remarks.append(Remark("shared-link", "another article names the same page"))
            if not piece.is_new and piece.row.published and piece.document.wants != LIVE:
                remarks.append(Remark("still-live", "readers see what it said before; withdraw it at the desk"))
            remarks += [Remark(found.code, found.words) for found in piece.findings if found.code != "missing-picture"]
            self.outcome.warnings += [_warned(piece.document.shown, remark) for remark in remarks]


_ROW = ("format", "path", "digest", "packed", "leftovers", "version_id", "edit", "published")


def _warned(shown, remark):
    return Warned(shown, remark.line, remark.code, remark.words, remark.times)


_PACKAGE = ("number", "source", "type", "custom_fields", "attachments")


def dated_at(document: Parsed) -> datetime | None:
    """Return the instant a document's date stands for: a day is its noon in the newsroom."""
    if document.date is None or not document.is_day:
        return document.date
    return dates.noon(document.date.date())


def _free(slug, given):
    """Return the first numbered variant of a slug that no article has. A query for each ten that are tried."""
    for start in count(2, 10):
        names = [f"{slug}-{number}" for number in range(start, start + 10)]
        taken = working_copy.taken_slugs(names) | given
        if free := next((name for name in names if name not in taken), None):
            return free
    raise AssertionError("numbers do not end")


def _is_today(moment, now):
    return dates.local(moment).date() == dates.local(now).date()


def _differs(piece, successors):
    """Return whether an edited document says anything that readers or curators would see."""
    content = current(piece.version.content, successors)
    known = content | {"dated_at": snapshots.instant(content, "dated_at")}
    return any(known.get(name) != value for name, value in piece.changes.items() if name != "modified_at")
