"""Topics as readers meet them, and what stands beside them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from curation.publishing import visibility
from curation.site.shapes import Story, TopicChip
from curation.sql import compiled_queries
from offerings import slugs
from offerings.models import OfferingTopic


@dataclass(slots=True)
class TopicPage:
    """One topic, whole: ``offerings`` is how many are filed under it."""

    pk: int
    label: str
    url: str
    hue: str
    taxonomy: str
    taxonomy_url: str
    description: str
    offerings: int
    synonyms: list[str]


def find(slug: str) -> TopicPage | None:
    """Return the topic at ``/topic/<slug>/`` with its synonyms, or None where readers know of none. One query."""
    rows = compiled_queries.rows(("topic",), _topic, slug=slug, at=timezone.now())
    if not rows:
        return None
    pk, label, slug, hue, taxonomy, tax_slug, description, offerings, _ = rows[0]
    also = [row[-1] for row in rows if row[-1] and row[-1].casefold() != label.casefold()]
    address = f"{reverse('topics')}#{tax_slug}"
    return TopicPage(
        pk, label, slugs.topic_address(slug), f"hue-{hue}", taxonomy or "Topics", address, description, offerings, also
    )


def _topic(slug, at):
    filed = OfferingTopic.objects.filter(tag=OuterRef("pk"), content_object__retired=False).order_by()
    count = Coalesce(Subquery(filed.values("tag").annotate(n=Count("pk")).values("n")), 0)
    columns = ("pk", "label", "slug", "taxonomy__hue", "taxonomy__name", "taxonomy__slug", "description", "n")
    rows = visibility.topics(at).filter(slug=slug).annotate(n=count).order_by("synonyms__spelling")
    return rows.values_list(*columns, "synonyms__spelling")


def neighbours(stories: list[Story], *, but: str) -> list[tuple[TopicChip, int]]:
    """Return other topics of these stories and how many each is on, the most common first. Free."""
    chips = {topic.url: topic for story in stories for topic in story.topics}
    counts = Counter(topic.url for story in stories for topic in story.topics)
    return [(chips[url], count) for url, count in counts.most_common() if url != but]


def trim(stories: list[Story], *, but: str, most: int = 2) -> None:
    """Keep the first topics of each story, less the one whose page this is."""
    for story in stories:
        story.topics = [topic for topic in story.topics if topic.url != but][:most]
