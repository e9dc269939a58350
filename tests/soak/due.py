"""Fifty articles that become due in one minute: made, seen and counted, each in a process of the newsroom."""

from datetime import timedelta

from django.utils import timezone

from curation import workflow
from curation.models import Edition, LogEntry, Tally
from curation.publishing import counts
from tests.factories import MACHINE, make_topic, words


def schedule(number: int, seconds: float) -> str:
    """Schedule so many articles for one moment in so many seconds; gives the moment as ISO text."""
    at, topic = timezone.now() + timedelta(seconds=seconds), make_topic("Field: Due")
    drafts = [words(title=f"Due {place:02}", topics=[topic]) for place in range(number)]
    articles = workflow.begin_many(drafts, by=MACHINE)
    for name in ("submit", "approve"):
        assert not workflow.take_many(name, articles, by=MACHINE).refused
    assert not workflow.take_many("publish", articles, by=MACHINE, at=at).refused
    return at.isoformat()


def settled(seconds_back: float = 0) -> int:
    """Count what opened, by a clock that is set back so far; gives the number of Editions counted anew."""
    kept = timezone.now
    timezone.now = lambda: kept() - timedelta(seconds=seconds_back)
    try:
        return counts.settle()
    finally:
        timezone.now = kept


def outcome() -> dict:
    """What there is: what readers see, since when, counted as, and the log of it."""
    live = Edition.objects.live()
    moments = live.values_list("live_from", "first_published_at")
    return {
        "live": [live.count(), live.values("article").distinct().count(), Edition.objects.count()],
        "dated": sorted({moment.isoformat() for pair in moments for moment in pair}),
        "published": LogEntry.objects.filter(step="publish").count(),
        "counted": list(Tally.objects.filter(kind="topic", month="").values_list("count", flat=True)),
    }
