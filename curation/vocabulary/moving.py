"""Moving what a merge decided, or undoing it decided, slice by slice until nothing is left."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from curation.models import LogEntry, TopicMerge
from offerings import addresses
from offerings.models import Redirect, Synonym, Topic

from . import slices
from .places import PLACES

Stage = TopicMerge.Stage


def go_on(pk: int) -> bool:
    """Move the next slice of a merge, there or back; return whether something is left. Safe to call at once from two.

    Each slice is a transaction of its own: a kill loses none, and the next call goes on.
    """
    with transaction.atomic():
        made = TopicMerge.objects.select_for_update(of=("self",)).select_related("topic", "into").filter(pk=pk).first()
        is_more = bool(made) and _step(made)
        if is_more:
            addresses.touch()
        return is_more


def finish(made: TopicMerge) -> None:
    """Move all that is left, inside the caller's transaction, which bumps the counter of publications at its end."""
    while _step(made):
        pass


def resume(now: datetime | None = None) -> None:
    """Go on with merges that nobody goes on with, and move what was filed late under a topic that went.

    A task that failed is not tried again, and an import may file by what it read before a merge. A query where no topic
    ever went into another, else seven; and so few slices at once that nothing has to wait for it.
    """
    late = (now or timezone.now()) - _FORSAKEN
    going, returning = Q(stage=Stage.GOING, at__lt=late), Q(stage=Stage.RETURNING, undone_at__lt=late)
    gone = list(Topic.objects.filter(merged_into__isnull=False).values_list("pk", flat=True))
    if not gone:
        return
    filed = {pk for place in PLACES.values() for pk in place.named(gone)}
    left = Q(stage=Stage.DONE, at__lt=late, topic__in=filed)
    for pk in TopicMerge.objects.filter(going | returning | left).values_list("pk", flat=True):
        for _ in range(_AT_ONCE):
            if not go_on(pk):
                break


_FORSAKEN = timedelta(minutes=5)
_AT_ONCE = 10  # slices


def _step(made):
    """Move one slice, or end the stage where none is left; return whether something is left."""
    if made.stage == Stage.UNDONE:
        return False
    is_more = slices.bring_back(made) if made.stage == Stage.RETURNING else slices.move(made)
    if not is_more and made.stage == Stage.RETURNING:
        _end_undo(made)
    elif not is_more and made.stage == Stage.GOING:
        made.stage = Stage.DONE
        made.save(update_fields=["stage"])
    return is_more


def _end_undo(made):
    """Take the pointer away, and with it all that stood for the topic: its address leads to its page again."""
    here, there = made.topic.get_absolute_url(), made.into.get_absolute_url()
    Synonym.objects.filter(pk__in=made.details["synonyms"], topic=made.into).delete()
    Topic.objects.filter(pk=made.topic_id).update(merged_into=None)
    Topic.objects.filter(pk__in=made.details["merged_before"], merged_into=made.into).update(merged_into=made.topic)
    addresses.forget(here)
    led = Redirect.objects.filter(path__in=made.details["addresses"], target=there).values_list("path", flat=True)
    addresses.redirect_many([(path, here) for path in led])
    made.stage, made.undone_at = Stage.UNDONE, timezone.now()
    made.save(update_fields=["stage", "undone_at"])
    addresses.touch()
    LogEntry.note("unmerged", made.undone_by, f"the topic “{made.topic}” out of “{made.into}”")
