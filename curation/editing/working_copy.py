"""Writing the working copy: one way for forms, restores, the harvest and the importer.

Changes have the shape of a snapshot (``snapshots.snapshot``), any part of it: fields, instants, ordered lists.
"""

from collections import Counter
from datetime import datetime

from django.utils.dateparse import parse_datetime

from curation.models import (
    Article,
    ArticleSource,
    Edition,
    Harvest,
    Picture,
    SourceLink,
    Trace,
    evidence,
)
from curation.models.fields import CLOCK, HTML, INSTANTS, LISTS, PLAIN, WRITTEN
from curation.models.snapshots import complete, main_link, snapshot
from curation.models.vocabulary.current import current_topics, successors_in
from curation.sql import bulk_writes, compiled_queries
from curation.text import links, prose
from offerings.models import Topic

from . import checks, comments, evidence_marks, link_checks


def _behind(rows):
    """Return the model behind a list of a snapshot, and its column that names the article."""
    relation = Article._meta.get_field(rows.relation)
    return relation.related_model, relation.field.name


def _named_by(rows):
    """Return the model of what a list names."""
    model, _ = _behind(rows)
    return model._meta.get_field(rows.columns[rows.thing].removesuffix("_id")).related_model


_ROWS = {name: _behind(rows) for name, rows in LISTS.items()}
_THINGS = {name: _named_by(rows) for name, rows in LISTS.items()}


def apply(article: Article, changes: dict) -> list[str]:
    """Put changed fields and instants on ``article`` (no query); return their names. What holds HTML is cleaned here.

    Raises ValueError for a name that an article does not have, for text that is longer than its column, and for
    decisions about evidence that are none.
    """
    unknown = changes.keys() - set(PLAIN) - set(INSTANTS) - LISTS.keys()
    if unknown:
        raise ValueError(f"An article has no {', '.join(sorted(unknown))}.")
    names = [name for name in changes if name not in LISTS]
    for name in names:
        value = changes[name]
        if name in HTML:
            value = prose.clean(value)
        elif name == "evidence":
            value = evidence.proper(value)
        elif name in INSTANTS and not isinstance(value, datetime):
            value = parse_datetime(value) if value else None
        elif name in _LONGEST and len(value) > _LONGEST[name]:
            raise ValueError(f"{name} is {len(value)} characters long; there is room for {_LONGEST[name]}.")
        setattr(article, name, value)
    return names


_LONGEST = {name: length for name in PLAIN if (length := getattr(Article._meta.get_field(name), "max_length", None))}


def write_many(pairs: list[tuple[Article, dict]], at: datetime) -> None:
    """Write changes to many articles. An update for all that share the same fields; a delete and an insert a list.

    The clock (``fields.CLOCK``) becomes ``at`` unless the changes name it, or touch nothing that people write. Loaded
    relations are forgotten.
    """
    written = [(article, apply(article, _clock(changes, at) | changes)) for article, changes in pairs]
    for fields, articles in bulk_writes.by_fields(written):
        bulk_writes.update_each(Article, articles, fields)
    for name, (model, owner) in _ROWS.items():
        changed = [article for article, changes in pairs if name in changes]
        model.objects.filter(**{f"{owner}__in": changed}).delete()
    create_lists(pairs)
    for article, _ in pairs:
        article._prefetched_objects_cache = {}


def _clock(changes, at):
    """Return the clock as changes move it: what says something of the words leaves it where it is."""
    return {} if changes and changes.keys().isdisjoint(WRITTEN) else {CLOCK: at}


def create_lists(pairs: list[tuple[Article, dict]]) -> list[dict[str, list[dict]]]:
    """Insert the rows of every list that the changes name; return all lists of each pair as a snapshot has them.

    A topic that went into another one is filed as that: old Versions, open forms and batches name it still. One query
    a list, and one where topics are among them.
    """
    successors = successors_in([changes for _, changes in pairs])
    if successors:
        pairs = [(article, _filed_anew(changes, successors)) for article, changes in pairs]
    made = [{name: _listed(name, changes.get(name, ())) for name in _ROWS} for _, changes in pairs]
    for name, (model, owner) in _ROWS.items():
        columns = LISTS[name].columns.values()
        filed = [
            (article.pk, place, *row.values())
            for (article, _), lists in zip(pairs, made, strict=True)
            for place, row in enumerate(lists[name])
        ]
        bulk_writes.insert_plain(model, (f"{owner}_id", "position", *columns), filed)
    return made


def _filed_anew(changes, successors):
    """Return changes that name topics as of now."""
    topics = {"topics": current_topics(changes["topics"], successors)} if "topics" in changes else {}
    return changes | topics


def _listed(name, given):
    """Return one list as a snapshot has it: doubles keep their first place, missing words are defaults. No query."""
    once, single = LISTS[name].once, {}
    for row in given:
        single.setdefault(tuple(row.get(key) for key in once), _BLANK[name] | row)
    return list(single.values())


def _blank(name):
    columns, (model, _) = LISTS[name].columns, _ROWS[name]
    return {key: model._meta.get_field(column).get_default() for key, column in columns.items()}


_BLANK = {name: _blank(name) for name in _ROWS}


def gone(contents: list[dict]) -> set[tuple[str, int]]:
    """Return pairs of list (or ``picture_id``) and id that these snapshots name and the database has no longer.

    Five queries. What is in use cannot be deleted, but what only an old Version names can.
    """
    missing = set()
    for name, model in _THINGS.items():
        key = LISTS[name].thing
        named = {row[key] for content in contents for row in content[name]}
        missing |= {(name, pk) for pk in named - set(model.objects.filter(pk__in=named).values_list("pk", flat=True))}
    pictures = {content["picture_id"] for content in contents} - {None}
    have = set(Picture.objects.filter(pk__in=pictures).values_list("pk", flat=True))
    return missing | {("picture_id", pk) for pk in pictures - have}


def without(content: dict, missing: set[tuple[str, int]]) -> dict:
    """Return a snapshot that no longer names these things (see ``gone``), nor a refused address. Pure."""
    lists = {
        name: [row for row in content[name] if (name, row[rows.thing]) not in missing] for name, rows in LISTS.items()
    }
    picture = {} if ("picture_id", content["picture_id"]) not in missing else {"picture_id": None}
    return content | lists | picture | {"pdf": links.followed(content["pdf"])}


def propose_slugs(articles: list[Article]) -> list[Article]:
    """Give each article without a slug the one its main source and title make; return the articles that got one.

    A slug that is taken gets ``-2``, ``-3`` … Three queries, two more where any was taken; nothing is saved.
    """
    bare = [article for article in articles if not article.slug]
    if bare:
        addresses = main_addresses(bare)
        for article in bare:
            article.slug = proposed_slug(addresses.get(article.pk, ""), article.title)
        make_unique(bare)
    return bare


def proposed_slug(address: str, title: str) -> str:
    """Return the slug that a source and a title make, short enough for its column with a number behind it. Pure."""
    return links.article_slug(address, title)[:_SLUG_LENGTH].rstrip("-")


_SLUG_LENGTH = _LONGEST["slug"] - 10


def main_addresses(articles) -> dict[int, str]:
    """Return the clean address of each article's main source, by article id. One query."""
    rows = ArticleSource.objects.filter(article__in=articles).main()
    return dict(rows.values_list("article_id", "link__cleaned"))


def make_unique(articles: list[Article]) -> None:
    """Add the first free ``-2``, ``-3`` to slugs that another article has or had, or an earlier one of these.

    An empty slug becomes ``untitled``. Two queries, two more where any was taken, and two more for each ten numbers
    that were all taken; nothing is saved.
    """
    own = [article.pk for article in articles if article.pk]
    waiting, given, first, spare = [(article, article.slug or "untitled") for article in articles], set(), 1, 0
    while waiting:
        # As many numbers as articles want one, and some to spare; in the first round only the bare slugs.
        last = {slug: first + spare + (many if spare else 1) for slug, many in Counter(s for _, s in waiting).items()}
        taken = taken_slugs({_numbered(slug, n) for slug in last for n in range(first, last[slug])}, but=own) | given
        unlucky = []
        for article, slug in waiting:
            free = next((name for n in range(first, last[slug]) if (name := _numbered(slug, n)) not in taken), None)
            if free is None:
                unlucky.append((article, slug))
                continue
            article.slug = free
            given.add(free)
            taken.add(free)
        waiting, first, spare = unlucky, first + spare + 1, 9


def _numbered(slug, number):
    return slug if number == 1 else f"{slug}-{number}"


def taken_slugs(slugs, but=()) -> set[str]:
    """Return those slugs that articles have, or had when they were published (their readers still come). Two queries.

    One that was erased keeps its addresses, which say that it is gone. ``but`` are ids of articles that do not count.
    """
    # The index of slugs leaves empty ones out, and is used only where the question does too.
    have = Article.objects.filter(slug__in=slugs).exclude(slug="").exclude(pk__in=but).values_list("slug", flat=True)
    had = Edition.objects.filter(slug__in=slugs).exclude(article__in=but).order_by().values_list("slug")
    had = [slug for (slug,) in had.union(Trace.objects.of_slugs(slugs).values_list("mark")).order_by()]
    return {*have, *had} - {""}


def subjects(contents: dict[int, dict], *, plain: bool = False, has_texts: bool = False) -> dict[int, checks.Subject]:
    """Return what the checks read of each snapshot, by article id. At most five queries.

    ``plain`` leaves out what only checks that go beyond the words read: three queries. ``has_texts`` loads those of all
    sources, for the checks of evidence: one query more.
    """
    mains = {pk: main_link(content) for pk, content in contents.items()}
    sources = _sources({link for link in mains.values() if link}, plain)
    filed = {row["topic"] for content in contents.values() for row in content["topics"]}
    retired = dict(compiled_queries.rows(("retired topics",), _retired, filed=filed))
    shown = {content["picture_id"] for content in contents.values()} - {None}
    pictures = {pk: rest for pk, *rest in compiled_queries.rows(("pictures shown",), _shown, pks=shown)}
    blocking = {} if plain else comments.blocking(contents)
    alive = (
        {}
        if plain
        else link_checks.known_answers({key for c in contents.values() for key in link_checks.addresses(c["body"])})
    )
    texts = evidence_marks.texts_of_many(contents) if has_texts else {}
    return {
        pk: checks.Subject(
            complete(content),
            **sources.get(mains[pk], {}),
            **_pictured(*pictures.get(content["picture_id"], ("", 0))),
            retired_topics=[retired[row["topic"]] for row in content["topics"] if row["topic"] in retired],
            blocking=blocking.get(pk, []),
            links=alive,
            texts=texts.get(pk) or None,
        )
        for pk, content in contents.items()
    }


def _retired(filed):
    return Topic.objects.filter(retired=True, pk__in=filed).values_list("pk", "label")


def _shown(pks):
    return Picture.objects.filter(pk__in=pks).values_list("pk", "state", "width")


def subject(
    article: Article, harvest: Harvest | None, blocking: list[str], texts: list[evidence_marks.Text] | None = None
) -> checks.Subject:
    """Return what the checks read of one article, loaded with its lists, their topics and links, and its picture.

    ``harvest`` is that of its main source, with its link, or None; ``blocking`` names whose open comments hold back
    review; ``texts`` are those of its sources, where they were read. One query where the text has links, and one for
    texts of further sources.
    """
    content, main = snapshot(article), article.main_link
    if texts is None:
        texts = evidence_marks.texts_of(content, {main.pk: harvest} if main else {})
    named = (main.brand, main.site_name) if main else ("", "")
    language = harvest.link.metadata.get("page", {}).get("language", "") if harvest else ""
    read = (harvest.state, harvest.code, harvest.words, harvest.text) if harvest else ("", "", "", "")
    picture = article.picture
    return checks.Subject(
        content,
        **(_read(*named, language, *read) if main else {}),
        **_pictured(*((picture.state, picture.width) if picture else ("", 0))),
        retired_topics=[row.tag.label for row in article.article_topics.all() if row.tag.retired],
        blocking=blocking,
        links=link_checks.known_answers(link_checks.addresses(article.body)),
        texts=texts or None,
    )


def _pictured(state, width):
    return {"picture_missing": state in ("missing", "failed"), "picture_width": width}


def _sources(pks, plain):
    """Return what the checks read of links: names for subjects by link id. One query."""
    if plain:
        links_of = SourceLink.objects.filter(pk__in=pks).values_list("pk", *_NAMED)
        return {pk: {"brand": brand, "site_name": name} for pk, brand, name in links_of}
    return {pk: _read(*row) for pk, *row in compiled_queries.rows(("sources read",), _read_links, pks=pks)}


def _read_links(pks):
    return SourceLink.objects.filter(pk__in=pks).values_list("pk", *_NAMED, *_HARVESTED)


_NAMED = ("brand", "site_name")
_HARVESTED = ("metadata__page__language", *(f"harvest__{name}" for name in ("state", "code", "words", "text")))


def _read(brand, site_name, language, state, code, words, text):
    known = {"brand": brand, "site_name": site_name, "language": language or "", "source_text": text or ""}
    if state not in (Harvest.State.DONE, Harvest.State.FAILED):
        return known | {"source_answered": None}
    return known | {"source_answered": state == Harvest.State.DONE or _is_alive(code), "source_words": words}


def _is_alive(code):
    from .link_checks import trials  # noqa: PLC0415 -- it reads pages: nothing that an import of documents should load

    return trials.is_alive(code)
