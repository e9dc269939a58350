"""The catalogue in bulk: finds what documents name and makes what is missing; what people wrote is left as it is.

Only an import may do this: everywhere else an unknown name is refused.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from . import slugs
from .models import Institution, Offering, OfferingTopic, Synonym, Taxonomy, Topic
from .text.kept import kept

REASON = "import"  # the reason of these rows in the catalogue's history


@dataclass(frozen=True, slots=True)
class Named:
    """An offering as a document names it. ``topics`` are spellings; an empty ``permalink`` follows from the name."""

    name: str
    permalink: str = ""
    external_id: int | None = None
    topics: tuple[str, ...] = ()
    institution: str = ""

    @property
    def slug(self) -> str:
        """The address this offering has, or would get."""
        return _slug(self.name, self.permalink)


@kept(kilobytes=1_024)
def _slug(name, permalink):
    return Offering(name=name, permalink=permalink).derive().slug


@dataclass(frozen=True, slots=True)
class Described(Named):
    """An entry of the catalogue that has a document of its own."""

    summary: str = ""
    website: str = ""


@dataclass(slots=True)
class _Known:
    """An offering as the import remembers it."""

    pk: int
    external_id: int | None
    topics: list[int] = field(default_factory=list)


class Catalogue:
    """Everything the catalogue holds, by the names documents use, kept in memory while an import runs.

    After a rolled-back transaction call ``reload``: rows that were made inside it are gone. ``take_new`` gives what
    was made since it was last asked.
    """

    def __init__(self):
        self.reload()

    def reload(self) -> None:
        """Read the catalogue. Six queries and about 300 bytes a row."""
        self._new: dict[str, set[str]] = {}
        self._taxonomies = {slugs.topic_key(name): pk for pk, name in Taxonomy.objects.values_list("pk", "name")}
        self._taxonomy_slugs = set(Taxonomy.objects.values_list("slug", flat=True))
        rows = list(Topic.objects.order_by("pk").values_list("pk", "key", "name", "merged_into", "slug"))
        self._names = {pk: name for pk, _, name, *_ in rows}
        self._topic_slugs = {slug for *_, slug in rows}
        synonyms = list(Synonym.objects.order_by("pk").values_list("topic_id", "key", "spelling"))
        self._synonyms = {(pk, spelling) for pk, _, spelling in synonyms}
        # A topic's own name wins over another topic's synonym; that of one that went into another one means the latter.
        named = {key: into or pk for pk, key, _, into, _ in rows}
        self._topics = {key: pk for pk, key, _ in reversed(synonyms)} | named
        self._reload_offerings()

    def _reload_offerings(self):
        rows = list(Institution.objects.values_list("pk", "name", "slug"))
        self._institutions = {_folded(name): pk for pk, name, _ in rows}
        self._institution_slugs = {slug for *_, slug in rows}
        self._by_slug, self._by_id, known = {}, {}, {}
        for pk, external_id, slug in Offering.objects.order_by("pk").values_list("pk", "external_id", "slug"):
            known[pk] = self._remember(_Known(pk, external_id), slug)
        for pk, topic in OfferingTopic.objects.order_by("position").values_list("content_object_id", "tag_id"):
            known[pk].topics.append(topic)

    def _remember(self, offering, slug):
        self._by_slug[slug] = offering
        if offering.external_id is not None:
            self._by_id[offering.external_id] = offering
        return offering

    def take_new(self) -> dict[str, set[str]]:
        """Return the names of what was made since the last call, by kind (``taxonomies``, ``institutions`` …)."""
        new, self._new = self._new, {}
        return new

    def topic(self, spelling: str) -> int:
        """Return the id of the topic spelled so. Raises ``KeyError`` where ``ensure`` has not seen it."""
        return self._topics[slugs.topic_key(spelling)]

    def own_spelling(self, spelling: str) -> str:
        """Return ``spelling`` where it is not the topic's display form, else an empty string."""
        return "" if self._names[self.topic(spelling)] == spelling else spelling

    def offering(self, named: Named) -> int:
        """Return the id of an offering that ``ensure`` has seen: the one of its number, else the one at its address."""
        return self._find(named).pk

    def _find(self, named):
        return self._by_id.get(named.external_id) or self._by_slug.get(named.slug)

    def ensure(self, topics: Iterable[str], offerings: Iterable[Named] = (), institutions: Iterable[str] = ()) -> None:
        """Make what is missing, in the order given; the first spelling of a topic is the one people read.

        No query where nothing is missing; else about three for each kind of thing, however many.
        """
        offerings = list(offerings)
        self._ensure_topics(list(topics))
        self._ensure_institutions([*institutions, *(named.institution for named in offerings)])
        self._ensure_offerings(offerings)
        self._file(offerings)

    def describe(self, offerings: list[Described], institutions: list[Described], topics: list[Described]) -> list[str]:
        """Make what is missing and fill in what nobody has written yet; return their pages' addresses, in order."""
        makers = [described.name for described in institutions]
        self.ensure([described.name for described in topics], offerings, makers)
        return [
            *self._fill(
                Offering, [(self.offering(one), one) for one in offerings], summary="summary", website="website"
            ),
            *self._fill(
                Institution,
                [(self._institutions[_folded(one.name)], one) for one in institutions],
                summary="summary",
                website="website",
            ),
            *self._fill(Topic, [(self.topic(one.name), one) for one in topics], description="summary"),
        ]

    def _fill(self, model, described, **columns):
        """Fill empty columns of rows from what their documents say. Two queries for any number, three with history."""
        rows = model.objects.in_bulk([pk for pk, _ in described])
        changed = {}
        for pk, said in described:
            for column, name in columns.items():
                if getattr(said, name) and not getattr(rows[pk], column):
                    setattr(rows[pk], column, getattr(said, name))
                    changed[pk] = rows[pk]
        maker = self._makers(rows, described) if model is Offering else []
        if changed or maker:
            some = list((changed | {row.pk: row for row in maker}).values())
            names = [*columns, "institution"] if model is Offering else [*columns]
            bulk_update_with_history(some, model, names, default_change_reason=REASON)
        return [rows[pk].get_absolute_url() for pk, _ in described]

    def _makers(self, rows, described):
        """Give offerings without an institution the one their document names; return the offerings that got one."""
        changed = []
        for pk, said in described:
            if said.institution and rows[pk].institution_id is None:
                rows[pk].institution_id = self._institutions[_folded(said.institution)]
                changed.append(rows[pk])
        return changed

    def _ensure_topics(self, spellings):
        missing = {}
        for spelling in spellings:
            key = slugs.topic_key(spelling)
            if key not in self._topics:
                missing.setdefault(key, " ".join(spelling.split()))
        if missing:
            self._make_taxonomies(missing.values())
            self._make_topics(missing)
        self._keep_spellings(spellings)

    def _make_taxonomies(self, names):
        prefixes = {}
        for name in names:
            prefix = slugs.topic_prefix(name)
            if slugs.topic_key(prefix) not in self._taxonomies:
                prefixes.setdefault(slugs.topic_key(prefix), prefix)
        place = len(self._taxonomies)
        rows = [self._taxonomy(prefix, place + number) for number, prefix in enumerate(prefixes.values())]
        self._insert("taxonomies", Taxonomy, rows)
        self._taxonomies |= {slugs.topic_key(row.name): row.pk for row in rows}

    def _taxonomy(self, name, place):
        slug = _free(slugs.slug(name) or "topics", self._taxonomy_slugs)
        hue = zlib.crc32(name.encode()) % 36 if name else Taxonomy._meta.get_field("hue").default
        return Taxonomy(name=name, slug=slug, hue=hue, position=place)

    def _make_topics(self, missing):
        rows = [self._new_topic(name) for name in missing.values()]
        self._insert("topics", Topic, rows)
        self._topics |= {row.key: row.pk for row in rows}
        self._names |= {row.pk: row.name for row in rows}

    def _new_topic(self, name):
        taxonomy = self._taxonomies[slugs.topic_key(slugs.topic_prefix(name))]
        topic = Topic(name=name, taxonomy_id=taxonomy, slug=_free(slugs.slug(name) or "topic", self._topic_slugs))
        return topic.derive()

    def _keep_spellings(self, spellings):
        """Keep every spelling that is not the display form as a synonym."""
        rows = []
        for spelling in spellings:
            pk = self.topic(spelling)
            if spelling != self._names[pk] and (pk, spelling) not in self._synonyms:
                self._synonyms.add((pk, spelling))
                rows.append(Synonym(topic_id=pk, spelling=spelling, key=slugs.topic_key(spelling)))
        if rows:
            Synonym.objects.bulk_create(rows)

    def _ensure_institutions(self, names):
        missing = {}
        for name in names:
            if name and _folded(name) not in self._institutions:
                missing.setdefault(_folded(name), name)
        rows = [
            Institution(name=name, slug=_free(slugs.slug(name) or "institution", self._institution_slugs))
            for name in missing.values()
        ]
        self._insert("institutions", Institution, rows)
        self._institutions |= {_folded(row.name): row.pk for row in rows}

    def _ensure_offerings(self, offerings):
        rows, adopted = [], {}
        for named in offerings:
            known = self._find(named)
            if known is None:
                rows.append(self._new_offering(named))
                self._remember(_Known(0, named.external_id), rows[-1].slug)
            elif known.external_id is None and named.external_id is not None:
                known.external_id = named.external_id
                self._by_id[named.external_id] = known
                adopted[named.external_id] = known
        self._insert("offerings", Offering, rows)
        for row in rows:
            self._by_slug[row.slug].pk = row.pk
        self._adopt(adopted)

    def _new_offering(self, named):
        maker = self._institutions[_folded(named.institution)] if named.institution else None
        row = Offering(name=named.name, permalink=named.permalink, institution_id=maker)
        row.external_id = named.external_id
        return row.derive()

    def _adopt(self, adopted):
        """Give offerings that had no number the one that a document knows."""
        numbers = {known.pk: number for number, known in adopted.items()}
        rows = list(Offering.objects.filter(pk__in=numbers)) if numbers else []
        for row in rows:
            row.external_id = numbers[row.pk]
        if rows:
            bulk_update_with_history(rows, Offering, ["external_id"], default_change_reason=REASON)

    def _file(self, offerings):
        """File offerings under the topics that documents give them, behind those they have."""
        rows = []
        for named in offerings:
            known = self._find(named)
            for topic in map(self.topic, named.topics):
                if topic not in known.topics:
                    rows.append(OfferingTopic(content_object_id=known.pk, tag_id=topic, position=len(known.topics)))
                    known.topics.append(topic)
        if rows:
            OfferingTopic.objects.bulk_create(rows)

    def _insert(self, kind, model, rows):
        if rows:
            bulk_create_with_history(rows, model, default_change_reason=REASON)
            self._new.setdefault(kind, set()).update(str(row) for row in rows)


def _folded(name):
    """Return the key that two spellings of one institution share."""
    return slugs.topic_key(name)


def _free(slug, taken):
    """Return ``slug`` or its first numbered variant that is not taken, and take it."""
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    taken.add(free)
    return free
