"""Two hundred documents at once are what they are one by one, whatever the slices, and whatever is imported first."""

from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from curation import workflow
from curation.importer import run as importing
from curation.importer.documents import parse
from curation.importer.documents.files import Failed, find
from curation.importer.references import References
from curation.importer.slices import dated_at
from curation.models import Article, Document, Section, Version, WorkPackage
from offerings import addresses
from tests.curation.tables import differences, dump

from . import traps
from .importing import run

pytestmark = pytest.mark.django_db

WAYS = {
    "live": "submit approve publish",
    "draft": "",
    "in_review": "submit",
    "changes_requested": "submit return",
    "approved": "submit approve",
    "declined": "decline",
}


IMPORT = workflow.Machine("import")  # counts after each step, as people do


class OneByOne:
    """Does what an import does by the plain doors alone: one article, one step, one row at a time."""

    def __init__(self):
        self.references, self.claims = References(), {}

    def take(self, document):
        """One document that this run has not seen yet."""
        if Document.objects.filter(key=document.key).exists():
            return
        self.references.ensure([document])
        changes = self._changes(document)
        article = workflow.begin_many([changes], by=IMPORT, now=timezone.now())[0]
        for step in WAYS[document.wants].split():
            details = {"at": changes["dated_at"]} if step == "publish" else {}
            workflow.take(
                step, article, by=IMPORT, edit=article.edit, gates=False, reason="As its document says.", **details
            )
        self._keep(document, article)
        for path in document.old_paths:
            earlier = (changes["dated_at"], document.key, article.slug)
            self.claims.setdefault(addresses.normal(path), []).append(earlier)

    def _changes(self, document):
        changes = document.fields | self.references.lists(document)
        changes |= {"picture_id": self.references.pictures.get(document.picture), "dated_at": dated_at(document)}
        changes |= {"dated_day": document.is_day, "modified_at": document.modified}
        slug, number = changes["slug"], 2
        while Article.objects.filter(slug=changes["slug"]).exists():
            changes["slug"], number = f"{slug}-{number}", number + 1
        return changes

    def _keep(self, document, article):
        Document.objects.create(
            key=document.key,
            article=article,
            version=Version.objects.get(article=article),
            format=document.format,
            path=document.path,
            digest=document.digest,
            edit=article.edit,
            published=document.wants == "live",
            leftovers=document.leftovers | self.references.other_metadata(document),
            packed=document.packed,
        )
        if document.package:
            WorkPackage.objects.create(article=article, **document.package)

    def redirect(self):
        """Every old address to the earliest article that claims it, unless a page lives there."""
        for path, claims in self.claims.items():
            if not Article.objects.filter(slug=path.removeprefix("/news/")).exists():
                addresses.redirect(path, f"/news/{min(claims)[2]}/")


def one_by_one(folder):
    """Import a folder by the plain doors."""
    options, each = parse.Options((), importing.section_words(Section.news())), OneByOne()
    for found in find([str(folder)]):
        document = parse.parse(found, options)
        if not isinstance(document, Failed):
            each.take(document)
    each.redirect()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The documents with every trap."""
    return traps.write(tmp_path_factory.mktemp("traps"))


def without_encoding(monkeypatch):
    """Let pictures wait in their queue."""
    monkeypatch.setattr(importing.queue, "encode_queued", lambda **how: Counter())


@pytest.fixture
def _without_encoding(monkeypatch):
    without_encoding(monkeypatch)


@pytest.fixture(scope="module")
def usual(folder, django_db_setup, django_db_blocker):
    """What the tables hold after all documents at once, in slices as large as ever; the import is taken back."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        without_encoding(patch)
        run(folder)
        tables = dump()
        transaction.set_rollback(True)
    return tables


@pytest.mark.usefixtures("_without_encoding")
def test_two_hundred_at_once_are_two_hundred_one_by_one(folder, usual):
    at_once = usual
    assert len(at_once["article"]) > 150
    assert all(at_once[table] for table in ("redirect", "synonym", "workpackage", "picture", "tally", "institution"))
    one_by_one(folder)
    assert differences(at_once, dump()) == []


@pytest.mark.usefixtures("_without_encoding")
@pytest.mark.parametrize("size", [1, 7, 200])
def test_the_size_of_slices_changes_nothing(folder, usual, monkeypatch, size):
    for name in ("FIRST", "LEAST", "MOST"):
        monkeypatch.setattr(importing, name, size)
    run(folder)
    assert differences(usual, dump()) == []


@pytest.mark.usefixtures("_without_encoding")
def test_half_first_and_then_all_is_all_at_once(folder, usual):
    seen = []
    importing.run([str(folder)], tell=seen.append, stopped=lambda: len(seen) > 1)
    run(folder)
    assert differences(usual, dump()) == []


@pytest.mark.usefixtures("_without_encoding")
def test_a_second_run_leaves_every_table_as_it_is(folder, usual):
    run(folder)
    again = run(folder)
    assert again.counts("created", "updated", "published", "warnings") == [0, 0, 0, 0]
    assert differences(usual, dump()) == []
