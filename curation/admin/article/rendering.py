"""A working copy as readers would see it, before anything of it is saved: the real page, from a snapshot."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from curation.editing import working_copy
from curation.models import Article, Edition
from curation.models.fields import HTML
from curation.models.snapshots import complete, snapshot
from curation.models.vocabulary.current import current, successors_in
from curation.publishing import press
from curation.site import queries
from curation.site.shapes import Page, Story
from curation.text import prose


@dataclass(frozen=True)
class Preview:
    """A preview for the readers' templates: the page, and its card in lists."""

    page: Page
    card: Story


def preview_of(article: Article, changes: dict | None = None) -> Preview:
    """Return the article with ``changes`` (a snapshot's shape) that nobody saved yet. About fourteen queries.

    What was deleted meanwhile is left out.
    """
    content = complete(snapshot(article)) | {name: _plain(name, value) for name, value in (changes or {}).items()}
    content = _titled(current(content, successors_in([changes] if changes else [])), article)
    seen = Edition.objects.started().filter(article=article).order_by("number")
    first = seen.values_list("first_published_at", flat=True).last()
    edition = press.proof(content, article=article.pk, at=timezone.now(), first=first)
    topics = [row["topic"] for row in content["topics"]]
    offerings = [(row["offering"], row.get("role", "related")) for row in content["offerings"]]
    return Preview(*queries.articles.proof(edition, topics, offerings))


def _plain(name, value):
    """Return a change as a snapshot holds it."""
    if name in HTML:
        return prose.clean(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _titled(content, article):
    """Add what is still missing, so that the page can be looked at: a title, and the address that it would get.

    One query where it has no address yet.
    """
    title, slug = content["title"].strip(), content["slug"]
    if not slug:
        address = working_copy.main_addresses([article]).get(article.pk, "")
        slug = working_copy.proposed_slug(address, title) or "untitled"
    return content | {"title": title or "Untitled", "slug": slug}
