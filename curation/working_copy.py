"""Writing the working copy: one way for forms, restores, the harvest and the importer.

Changes have the shape of a snapshot (``snapshots.snapshot``), any part of it: fields, instants, ordered lists.
"""

from datetime import datetime

from django.utils.dateparse import parse_datetime

from offerings.models import Topic

from . import checks, links, prose
from .models import Article, ArticleAuthor, ArticleOffering, ArticleSource, ArticleTopic, Picture, SourceLink
from .snapshots import FIELDS, INSTANTS, LISTS

#: The rows behind each list of a snapshot, and the column that names the article.
_ROWS = {
    "topics": (ArticleTopic, "content_object"),
    "bylines": (ArticleAuthor, "article"),
    "sources": (ArticleSource, "article"),
    "offerings": (ArticleOffering, "article"),
}


def apply(article: Article, changes: dict) -> list[str]:
    """Put changed fields and instants on ``article`` (no query); give their names. The body is cleaned here."""
    unknown = changes.keys() - set(FIELDS) - set(INSTANTS) - LISTS.keys()
    if unknown:
        raise ValueError(f"An article has no {', '.join(sorted(unknown))}.")
    names = [name for name in changes if name not in LISTS]
    for name in names:
        value = changes[name]
        if name == "body":
            value = prose.clean(value)
        elif name in INSTANTS and not isinstance(value, datetime):
            value = parse_datetime(value) if value else None
        setattr(article, name, value)
    return names


def write_many(pairs: list[tuple[Article, dict]], at: datetime) -> None:
    """Write changes to many articles. An update for all that share the same fields; a delete and an insert a list.

    ``modified_at`` becomes ``at`` unless the changes name it. Loaded relations are forgotten.
    """
    fields = {"modified_at"}
    for article, changes in pairs:
        fields.update(apply(article, {"modified_at": at} | changes))
    Article.objects.bulk_update([article for article, _ in pairs], sorted(fields), batch_size=50)
    for name, (model, owner) in _ROWS.items():
        changed = [article for article, changes in pairs if name in changes]
        model.objects.filter(**{f"{owner}__in": changed}).delete()
    create_lists(pairs)
    for article, _ in pairs:
        article._prefetched_objects_cache = {}


def create_lists(pairs: list[tuple[Article, dict]]) -> None:
    """Insert the rows of every list that the changes name. One query a list."""
    for name, (model, _) in _ROWS.items():
        model.objects.bulk_create([row for article, changes in pairs for row in list_rows(article, name, changes)])


def list_rows(article: Article, name: str, changes: dict) -> list:
    """The unsaved rows of one list of ``changes``, in order. No query."""
    (model, owner), (_, columns) = _ROWS[name], LISTS[name]
    return [
        model(**{owner: article}, position=place, **{columns[key]: value for key, value in row.items()})
        for place, row in enumerate(changes.get(name, ()))
    ]


def propose_slugs(articles: list[Article]) -> list[Article]:
    """Give each article without a slug the one its main source and title make; give the articles that got one.

    A slug that is taken gets ``-2``, ``-3`` … Two queries, however many articles; nothing is saved.
    """
    bare = [article for article in articles if not article.slug]
    addresses = main_addresses(bare)
    for article in bare:
        article.slug = links.article_slug(addresses.get(article.pk, ""), article.title)
    make_unique(bare)
    return bare


def main_addresses(articles) -> dict[int, str]:
    """The clean address of each article's main source, by article id. One query."""
    rows = ArticleSource.objects.filter(article__in=articles, role="source").order_by("-position")
    return dict(rows.values_list("article_id", "link__clean"))


def make_unique(articles: list[Article]) -> None:
    """Where another article has the slug, or an earlier one of these, add the first free ``-2``, ``-3``. One query.

    Articles are unsaved or new to their slug; nothing is saved here.
    """
    taken = taken_slugs([article.slug for article in articles], but=[a.pk for a in articles if a.pk])
    for article in articles:
        article.slug = free_slug(article.slug, taken)
        taken.add(article.slug)


def taken_slugs(slugs: list[str], but=()) -> set[str]:
    """Which of these slugs, or of their numbered variants, articles have already."""
    have = set(Article.objects.filter(slug__in=slugs).exclude(pk__in=but).values_list("slug", flat=True))
    for slug in have.copy():
        variants = Article.objects.filter(slug__startswith=f"{slug}-").exclude(pk__in=but)
        have.update(variants.values_list("slug", flat=True))
    return have


def free_slug(slug: str, taken: set[str]) -> str:
    """``slug``, or its first numbered variant that is not taken. An empty slug becomes ``untitled``."""
    slug, number = slug or "untitled", 2
    free = slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def subjects(contents: dict[int, dict]) -> dict[int, checks.Subject]:
    """What the checks read of each snapshot, by article id. Three queries."""
    mains = {pk: next((r["link"] for r in c["sources"] if r["role"] == "source"), None) for pk, c in contents.items()}
    known = SourceLink.objects.defer("metadata", "hops").in_bulk({link for link in mains.values() if link})
    filed = {row["topic"] for content in contents.values() for row in content["topics"]}
    retired = dict(Topic.objects.filter(retired=True, pk__in=filed).values_list("pk", "label"))
    pictures = {content["picture_id"] for content in contents.values()} - {None}
    gone = set(Picture.objects.filter(pk__in=pictures, state__in=["missing", "failed"]).values_list("pk", flat=True))
    return {pk: _subject(content, known.get(mains[pk]), gone, retired) for pk, content in contents.items()}


def _subject(content, link, gone, retired):
    return checks.Subject(
        content,
        brand=link.brand if link else "",
        site_name=link.site_name if link else "",
        picture_missing=content["picture_id"] in gone,
        retired_topics=[retired[row["topic"]] for row in content["topics"] if row["topic"] in retired],
    )
