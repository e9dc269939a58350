"""Every key that documents carry, in both formats, and what becomes of it: the table that a test holds against them."""

from enum import StrEnum
from typing import NamedTuple


class Fate(StrEnum):
    """Fates of a key: a column, another key's consequence, or a leftover."""

    COLUMN = "column"  # it has a column of its own
    DERIVED = "derived"  # it follows from others; kept as a leftover where it says something else
    LEFTOVER = "leftover"  # it is kept as it came


class Key(NamedTuple):
    """One row of the table; ``where`` is the column, or the rule in ``leftovers``."""

    fate: Fate
    where: str = ""


def _columns(**where):
    return {name: Key(Fate.COLUMN, place) for name, place in where.items()}


def _derived(**where):
    return {name: Key(Fate.DERIVED, rule) for name, rule in where.items()}


_BOTH = (
    _columns(
        slug="Article.slug",
        title="Article.title",
        description="Article.standfirst",
        date="Article.dated_at",
        draft="Article.state",
        categories="ArticleTopic",
        featuredImage="Picture.address",
        link="SourceLink.pasted",
        source="Document.key",
    )
    | _derived(linkBrand="brand")
    | {"archetype": Key(Fate.LEFTOVER)}
)

_NEWS = (
    _columns(
        aliases="Redirect.path",
        author="Author.name",
        favIconImage="SourceLink.metadata",
        featuredPdf="Article.pdf",
        href="SourceLink.resolved",
        htmlMetaData="SourceLink.metadata",
        id="Document.key",
        insights_description="Article.insights",
        insights_name="Article.insights_name",
        institution="Institution.name",
        lastMod="Article.modified_at",
        offering="ArticleOffering",
        openGraphMetaData="SourceLink.metadata",
        openProjectCustomFields="WorkPackage.custom_fields",
        openProjectWorkPackageType="WorkPackage.type",
        original="SourceLink.pasted",
        relatedOfferings="ArticleOffering",
        status="Article.state",
        twitterMetaData="SourceLink.metadata",
        via="ArticleSource.label",
        viaLink="SourceLink.pasted",
    )
    | _derived(
        basePath="section",
        breadcrumbLinks="breadcrumb_links",
        breadcrumbs="breadcrumbs",
        categoryLabel="category_labels",
        categorySlug="category_slugs",
        categoryUrl="category_urls",
        identifier="section",
        mastHead="section",
        searchCategory="section",
        sub="section",
        tags="section",
    )
    | dict.fromkeys(("contentCategories", "layOut", "mdName"), Key(Fate.LEFTOVER))
)

_POST = dict.fromkeys(("dropmark.editURL", "socialScore", "socialScoreSimulated"), Key(Fate.LEFTOVER))

KEYS: dict[str, Key] = _BOTH | _NEWS | _POST
