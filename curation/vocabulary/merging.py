"""Putting one topic into another, and undoing that: all rules of it, and the order in which things move.

The topic's row stays and points at the other one from the first instant on, so that whatever is written meanwhile
already names the other; rows follow in slices. Undoing goes the same way back, and takes the pointer away last.
"""

from django.db import transaction
from django.utils import timezone

from curation.models import LogEntry, TopicMerge, roles
from offerings import addresses, slugs
from offerings.models import Redirect, Synonym, Topic

from . import moving, slices, tasks
from .places import PLACES

MERGE = "offerings.change_topic"
#: So many rows move at once, in the transaction that decides; more are moved by the worker.
AT_ONCE = 2_000
Stage = TopicMerge.Stage


class MergeRefused(Exception):
    """A merge, or undoing one, that may not be; ``str()`` says why, and what can be done."""


def may_merge(person) -> bool:
    """Return whether somebody may put topics into one another."""
    return roles.may(person, MERGE)


def merge(topic: int, into: int, *, by) -> TopicMerge:
    """Put a topic into another one (both by id); raises MergeRefused. What is much is moved by the worker afterwards.

    Some twenty queries, and seven for each thousand rows that move at once.
    """
    _refuse_stranger(by)
    with transaction.atomic():
        one, other = _held(topic, into)
        refuse_merge(one, other)
        made = _decide(one, other, by)
        if _is_little(made):
            moving.finish(made)
        else:
            tasks.go_on.enqueue(made.pk)
        tasks.look_again(made.pk)
        addresses.touch()  # last, as a press does: two who write both take the rows in one order
    return made


def undo(pk: int, *, by) -> TopicMerge:
    """Take a topic out of the one it went into, as if it had never been; raises MergeRefused.

    What changed since is left, and the merge's details tell how much. What is much is moved by the worker afterwards.
    """
    _refuse_stranger(by)
    with transaction.atomic():
        made = TopicMerge.objects.select_for_update().filter(pk=pk).first()
        if made is None:
            raise MergeRefused("There is no such merge.")
        _held(made.topic_id, made.into_id)
        _refuse_undo(made)
        while slices.move(made):
            pass  # what somebody wrote at the instant of the merge
        made.stage, made.undone_by, made.undone_at = Stage.RETURNING, by, timezone.now()
        made.save(update_fields=["stage", "undone_by", "undone_at"])
        if _is_little(made):
            moving.finish(made)
        else:
            tasks.go_on.enqueue(made.pk)
            tasks.look_again(made.pk)
    return made


def _is_little(made):
    return sum(made.details["rows"].values()) <= AT_ONCE


def _refuse_stranger(by):
    if not may_merge(by):
        raise MergeRefused("Managers and administrators put topics into one another.")


# Rules ---------------------------------------------------------------------------------------------------------------


def _held(topic, into):
    """Return both topics, held in one order until the transaction ends: two who merge at once take turns.

    Who files or publishes under one of them meanwhile is not kept waiting, nor waits for this: their keys stay.
    """
    rows = Topic.objects.select_for_update(no_key=True).filter(pk__in=[topic, into])
    held = {one.pk: one for one in rows.order_by("pk")}
    return held.get(topic), held.get(into)


def refuse_merge(topic, into):
    """Refuse what cannot be merged, in words."""
    if topic is None or into is None:
        raise MergeRefused("One of these topics is not there any more.")
    if topic == into:
        raise MergeRefused(f"“{topic}” cannot go into itself. Choose another topic.")
    if topic.merged_into_id == into.pk:
        raise MergeRefused(f"“{topic}” went into “{into}” already.")
    for one in (topic, into):
        if one.merged_into_id:
            raise MergeRefused(f"“{one}” went into “{one.merged_into}” already. Choose that one, or undo it first.")
    if into.retired:
        raise MergeRefused(f"“{into}” is retired: nothing new could be filed there. Offer it again first.")
    _refuse_busy(topic, into)


def _refuse_busy(*topics):
    """Refuse while one of these topics is on its way into another, or back."""
    moving = TopicMerge.objects.filter(stage__in=(Stage.GOING, Stage.RETURNING)).select_related("topic", "into")
    for busy in moving:
        if {busy.topic, busy.into} & set(topics):
            raise MergeRefused(f"“{busy.topic}” is being moved just now, with “{busy.into}”. Wait until that is done.")


def _refuse_undo(made):
    """Refuse to undo what is undone, on its way, too old, or what something else was built on."""
    if made.stage in (Stage.RETURNING, Stage.UNDONE):
        raise MergeRefused("This was undone already.")
    if made.stage == Stage.GOING:
        raise MergeRefused("This is still going on. Wait until all is moved, then undo it.")
    if not made.is_undoable:
        raise MergeRefused(
            f"It can be undone for {made.UNDO_WITHIN.days} days, which have passed. "
            f"What “{made.topic}” was filed at has to be filed anew."
        )
    if made.into.merged_into_id:
        raise MergeRefused(f"“{made.into}” went into “{made.into.merged_into}” since. Undo that first.")
    later = TopicMerge.objects.filter(into=made.into_id, pk__gt=made.pk).exclude(stage=Stage.UNDONE).order_by("-pk")
    if last := later.select_related("topic").first():
        raise MergeRefused(f"“{last.topic}” went into “{made.into}” later, and stands on this. Undo that first.")
    _refuse_busy(made.topic, made.into)


# Deciding ------------------------------------------------------------------------------------------------------------


def _decide(topic, into, by):
    """Point the topic at the other one, redirect its address, make its names synonyms, and write it all down."""
    here, there = topic.get_absolute_url(), into.get_absolute_url()
    before = list(Topic.objects.filter(merged_into=topic).values_list("pk", flat=True))
    Topic.objects.filter(pk__in=[topic.pk, *before]).update(merged_into=into)
    details = {
        "rows": {kind: place.rows(topic.pk).count() for kind, place in PLACES.items()},
        "merged_before": before,
        "addresses": list(Redirect.objects.filter(target=here).values_list("path", flat=True)),
        "synonyms": _make_synonyms(topic, into),
    }
    addresses.redirect(here, there)
    LogEntry.note("merged", by, f"the topic “{topic}” into “{into}”")
    who = {"by": by, "actor": str(by)[:200], "at": timezone.now()}
    return TopicMerge.objects.create(topic=topic, into=into, details=details, **who)


def _make_synonyms(topic, into):
    """Make the topic's name a synonym of the other, and its label where it is nobody else's; return the new ids."""
    known = {into.key, slugs.topic_key(into.label), *into.synonyms.values_list("key", flat=True)}
    own = {topic.pk, into.pk}
    made = []
    for spelling in dict.fromkeys((topic.name, topic.label)):
        key = slugs.topic_key(spelling)
        is_label = spelling != topic.name
        if key not in known and not (is_label and _is_anothers(spelling, key, own)):
            made.append(Synonym.objects.create(topic=into, spelling=spelling).pk)
            known.add(key)
    return made


def _is_anothers(spelling, key, own):
    named = Topic.objects.filter(label__iexact=spelling) | Topic.objects.filter(key=key)
    return named.exclude(pk__in=own).exists() or Synonym.objects.filter(key=key).exclude(topic__in=own).exists()
