"""Questions that a soak asks of a newsroom from inside: plain functions with plain answers, for ``Newsroom.ask``."""

from django.apps import apps
from django.db.models import Count, Q

from curation.images import rendition_name
from curation.models import Article, Edition, Picture

WAY = ("begin", "submit", "approve", "publish")  # the steps of a document that was live


def counts() -> dict[str, int]:
    """The number of rows of every table."""
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def halves() -> list[str]:
    """The slugs of articles that an import left without their Version, Edition, log, topics or document.

    Counts beside lists are no half: they are made good by the next press, import, or start of the worker.
    """
    found = Article.objects.filter(
        Q(versions=None) | Q(editions=None) | Q(document=None) | Q(approved_version=None) | Q(article_topics=None)
    )
    logged = Article.objects.annotate(steps=Count("log")).exclude(steps=len(WAY))
    uneven = Edition.objects.annotate(filed=Count("edition_topics")).exclude(filed__gte=1)
    slugs = (rows.values_list("slug", flat=True) for rows in (found, logged, uneven))
    return sorted({slug for some in slugs for slug in some})


def files_of_ready_pictures() -> list[list[str]]:
    """The names of the files that each ready picture is said to have."""
    return [
        [rendition_name(picture.name, width, form) for form, widths in picture.widths.items() for width in widths]
        for picture in Picture.objects.filter(state=Picture.State.READY)
    ]
