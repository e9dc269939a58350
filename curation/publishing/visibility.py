"""Topics that readers may visit: none that only briefs know which nobody published yet (decision 33)."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from curation.models import ArticleTopic, EditionTopic
from offerings.models import OfferingTopic, Topic


def topics(at: datetime) -> QuerySet:
    """Return the topics that readers may visit at ``at``; no query, and for each topic three looks at indexes.

    A topic is public for good once an Edition under it opened, and as long as an offering in use is filed under it. One
    that stands in the catalogue alone is public too, as what its keeper wrote of it is; where only working copies name
    it, it would tell what is being written about. One that went into another one is no page any more.
    """
    opened = EditionTopic.objects.filter(edition__live_from__lte=at, edition__live_until__gt=F("edition__live_from"))
    filed = OfferingTopic.objects.filter(content_object__retired=False)
    named = ArticleTopic.objects.filter(tag=OuterRef("pk"))
    return Topic.objects.standing().filter(
        Exists(opened.filter(topic=OuterRef("pk"))) | Exists(filed.filter(tag=OuterRef("pk"))) | ~Exists(named)
    )
