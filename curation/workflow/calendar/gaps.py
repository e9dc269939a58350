"""Gaps in what is covered: topics that readers know, of which nothing new went out for long and nothing is planned.

When something went out is known to everybody. What is planned, scheduled or waits is told, and counted, only to those
who may see it: a curator's gap is one as far as they can know.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, Min, OuterRef, Subquery

from curation.models import Article, ArticleTopic, Edition, EditionTopic, Tally
from curation.models.querysets import NONE, OWN, sight_of
from curation.publishing import counts, visibility
from curation.sql import compiled_queries
from curation.text import dates
from offerings.models import Topic

from .shelf import waiting


@dataclass
class Gap:
    """A topic of which nothing new went out for ``days``; ``next`` is what is planned after the time that is watched.

    ``since`` is the day on which the newest of it went out first; an update is nothing new. ``ready`` briefs of the
    shelf would fill it.
    """

    topic: Topic
    since: date
    days: int
    next: date | None = None
    ready: int = 0


def gaps_of(user, now: datetime, named: int) -> tuple[list[Gap], int]:
    """Return the gaps that weigh most as ``user`` may know them, so many of them, and how many there are.

    A gap weighs what the newsroom would have told meanwhile: its days by how much there is of the topic. Five queries;
    of each topic that readers know four looks at indexes.
    """
    today, within = dates.local(now).date(), timedelta(days=settings.COVERAGE_GAP_DAYS)
    ahead, told = _ahead(user, now, today), counts.totals(Tally.Kind.TOPIC)
    gaps = []
    for topic in compiled_queries.objects(("covered topics",), _topics, now=now):
        since = dates.local(topic.newest).date()
        coming = ahead.get(topic.pk)
        if today - since >= within and (coming is None or coming - today > within):
            gaps.append(Gap(topic, since, (today - since).days, coming))
    gaps.sort(key=lambda gap: (-gap.days * told.get(str(gap.topic.pk), 1), gap.topic.name))
    return _with_ready(user, gaps[:named]), len(gaps)


def _topics(now):
    """Return the topics that readers know and ever read of, with when the newest of each went out first."""
    opened = EditionTopic.objects.filter(
        topic=OuterRef("pk"),
        first_published_at__lte=now,
        edition__live_from__lte=now,
        edition__live_until__gt=F("edition__live_from"),
    )
    newest = opened.order_by("-first_published_at", "-edition").values("first_published_at")[:1]
    rows = visibility.topics(now).annotate(newest=Subquery(newest)).filter(newest__isnull=False)
    return rows.only("name", "label", "slug")


_PLANS = 5_000  # that are looked at, the next first


def _ahead(user, now, today):
    """Return when the next of each topic is planned or goes out for the first time, by its id. Two queries.

    Only what is among the articles that ``user`` may see.
    """
    found = {}
    for topic, day in _asked("planned topics", _planned, user, today=today):
        found[topic] = min(found.get(topic, day), day)
    for topic, at in _asked("coming topics", _coming, user, now=now):
        day = dates.local(at).date()
        found[topic] = min(found.get(topic, day), day)
    return found


def _asked(name, build, user, **given):
    """Return the rows of a question about the articles that ``user`` may see, compiled once for each sight of them."""
    sight = sight_of(user)
    given |= {"person": user.pk} if sight == OWN else {}

    def asked(person=None, **rest):
        return build(Article.objects.in_sight(sight, person).order_by(), **rest)

    return compiled_queries.rows((name, sight), asked, **given) if sight != NONE else []


def _planned(seen, today):
    # The few that are planned are found first, by their own index; a database may prefer to read every topic's briefs.
    planned = seen.filter(planned_on__gte=today).order_by("planned_on").values("pk")[:_PLANS]
    filed = ArticleTopic.objects.filter(content_object__in=planned).exclude(content_object__state="declined")
    return filed.order_by().values_list("tag", "content_object__planned_on")


def _coming(seen, now):
    scheduled = Edition.objects.scheduled(now).filter(Exists(seen.filter(pk=OuterRef("article"))))
    coming = EditionTopic.objects.filter(edition__in=scheduled, first_published_at__gt=now)
    return coming.order_by().values_list("topic").annotate(Min("edition__live_from"))


def _with_ready(user, gaps):
    """Count of each gap the briefs of the shelf that would fill it. One query, none without gaps."""
    filed = _asked("ready for gaps", _ready, user, topics=[gap.topic.pk for gap in gaps])
    found = Counter(topic for (topic,) in filed)
    for gap in gaps:
        gap.ready = found[gap.topic.pk]
    return gaps


def _ready(seen, topics):
    ready = seen.filter(waiting()).values("pk")
    return ArticleTopic.objects.filter(tag__in=topics, content_object__in=ready).values_list("tag")
