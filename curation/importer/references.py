"""Things that documents refer to, found or made in bulk: the catalogue, authors, source links and pictures."""

from curation.importer.documents.entries import Entry
from curation.importer.documents.parse import Parsed
from curation.importer.old_sites import kinds
from curation.models import ArticleSource, Author, SourceLink
from curation.sql import bulk_writes
from offerings import addresses, slugs
from offerings.importer import Catalogue, Described, Named

from . import pictures

SHARED = "Another imported document names the same page."


class References:
    """Rows by the names that documents use. The catalogue and the authors stay in memory; links and pictures do not.

    After a rolled-back transaction call ``reload``.
    """

    def __init__(self):
        self.catalogue = Catalogue()
        self._read_authors()

    def reload(self) -> None:
        """Forget what was made in a transaction that did not hold."""
        self.catalogue.reload()
        self._read_authors()

    def _read_authors(self):
        known = list(Author.objects.values_list("pk", "name", "slug"))
        self._authors = {slugs.topic_key(name): pk for pk, name, _ in known}
        self._author_slugs = {slug for *_, slug in known}
        self._new_authors = set()

    def take_new(self) -> dict[str, set[str]]:
        """Return the names of what was made since the last call, by kind."""
        new, self._new_authors = self.catalogue.take_new() | {"authors": self._new_authors}, set()
        return new

    def describe(self, entries: list[Entry]) -> int:
        """Find or make the catalogue's entries that documents are; return how many there are of them.

        Their old addresses lead to their pages.
        """
        by_kind = {kind: [entry for entry in entries if entry.kind == kind] for kind in kinds.CATALOGUE}
        pages = self.catalogue.describe(
            **{f"{kind}s": [Described(**entry.names) for entry in some] for kind, some in by_kind.items()}
        )
        paths = [entry.old_paths for some in by_kind.values() for entry in some]
        pairs = [(path, page) for old, page in zip(paths, pages, strict=True) for path in old]
        addresses.redirect_many([pair for pair in pairs if addresses.normal(pair[0]) != addresses.normal(pair[1])])
        return len(entries)

    def ensure(self, documents: list[Parsed]) -> None:
        """Find or make everything these documents refer to. The queries do not grow with the documents."""
        self._offerings = {
            id(document): [(role, Named(**names)) for role, names in document.offerings] for document in documents
        }
        self.catalogue.ensure(
            [spelling for document in documents for spelling in self._spellings(document)],
            [named for document in documents for _, named in self._offerings[id(document)]],
            [name for document in documents for name in document.institutions],
        )
        self._ensure_authors([name for document in documents for name in document.bylines])
        self._ensure_links(documents)
        self.pictures = pictures.ensure(documents)

    def _spellings(self, document):
        yield from document.topics
        for _, named in self._offerings[id(document)]:
            yield from named.topics

    def _ensure_authors(self, names):
        missing = {}
        for name in names:
            if slugs.topic_key(name) not in self._authors:
                missing.setdefault(slugs.topic_key(name), name)
        new = [Author(name=name, slug=self._author_slug(name)) for name in missing.values()]
        if new:
            bulk_writes.insert_many(Author, new)
            self._authors |= {slugs.topic_key(row.name): row.pk for row in new}
            self._new_authors.update(missing.values())

    def _author_slug(self, name):
        slug = free = slugs.slug(name) or "author"
        number = 2
        while free in self._author_slugs:
            free, number = f"{slug}-{number}", number + 1
        self._author_slugs.add(free)
        return free

    def _ensure_links(self, documents):
        wanted = {}
        for document in documents:
            for source in document.sources:
                wanted.setdefault(source.key, source)
        found = SourceLink.objects.filter(key__in=wanted).values_list("key", "pk", "metadata")
        self._links, self._metadata = {}, {}
        for key, pk, metadata in found:
            self._links[key], self._metadata[key] = pk, metadata
        users = ArticleSource.objects.filter(link__in=self._links.values(), role="source").order_by("-article_id")
        self._users = dict(users.values_list("link_id", "article_id")) if self._links else {}
        new = [
            bulk_writes.unsaved(SourceLink, source.columns) for key, source in wanted.items() if key not in self._links
        ]
        bulk_writes.insert_many(SourceLink, new)
        self._links |= {row.key: row.pk for row in new}
        self._metadata |= {row.key: row.metadata for row in new}

    def lists(self, document: Parsed, article: int | None = None) -> dict[str, list[dict]]:
        """Return the ordered lists of a snapshot, for a new article or one that is there.

        Call in the documents' order: the second article that uses a link has to say why.
        """
        return {
            "topics": [
                {"topic": self.catalogue.topic(name), "spelling": self.catalogue.own_spelling(name)}
                for name in document.topics
            ],
            "bylines": [{"author": pk} for pk in self._bylines(document)],
            "sources": self._sources(document, article or document.key),
            "offerings": self._offered(document),
        }

    def _bylines(self, document):
        return dict.fromkeys(self._authors[slugs.topic_key(name)] for name in document.bylines)

    def _sources(self, document, user):
        single = {}
        for source in document.sources:
            link = self._links[source.key]
            shared = source.role == "source" and self._users.setdefault(link, user) != user
            row = {"link": link, "role": source.role, "label": source.label, "reason": SHARED if shared else ""}
            single.setdefault((link, source.role), row)
        return list(single.values())

    def _offered(self, document):
        once = {}
        for role, named in self._offerings[id(document)]:
            once.setdefault(self.catalogue.offering(named), role)
        return [{"offering": pk, "role": role} for pk, role in once.items()]

    def other_metadata(self, document: Parsed) -> dict:
        """Return what the document says of its source where the link, known before, says something else."""
        main = document.sources[0] if document.sources else None
        if main is None or not main.columns.get("metadata"):
            return {}
        known = self._metadata[main.key]
        return {name: value for name, value in main.columns["metadata"].items() if known.get(name) != value}
