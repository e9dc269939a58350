"""Slices of a merge: some rows of one table that name another topic now, written down so that they can come back."""

from collections import Counter

from curation.models import Edition, MovedRows, Tally, TopicMerge
from curation.publishing import counts

from .places import PLACES, Place

SLICE = 1_000
NAMED = 20  # articles that an undo names, of those it leaves as they are


def move(merge: TopicMerge) -> bool:
    """Move the next rows that name the merged topic; return whether there were any. About seven queries.

    A row whose owner has the other topic already makes one of the two superfluous: the earlier place stays.
    """
    for kind, place in PLACES.items():
        rows = list(place.rows(merge.topic_id)[:SLICE].values())
        if rows:
            _move(merge, kind, place, rows)
            return True
    return False


def _move(merge, kind, place, rows):
    owners = [row[place.owner] for row in rows]
    twins = place.rows(merge.into_id).filter(**{f"{place.owner}__in": owners}).values()
    twins = {row[place.owner]: row for row in twins}
    moved, removed = [], []
    for row in rows:
        twin = twins.get(row[place.owner])
        if twin and not (place.is_ordered and row["position"] < twin["position"]):
            removed.append((row, twin))
            continue
        moved.append(row)
        removed += [(twin, row)] if twin else []
    if kind == "edition":
        _recount(
            [(row, merge.topic_id, -1) for row in moved]
            + [(row, merge.into_id, 1) for row in moved]
            + [(row, row[place.topic], -1) for row, _ in removed]
        )
    _write(merge, place, moved, removed)
    MovedRows.objects.create(
        merge=merge,
        kind=kind,
        moved=[[row["id"], row[place.owner], _is_filled(place, row)] for row in moved],
        removed=[{"row": place.plain(row), "beside": beside["id"]} for row, beside in removed],
    )


def _is_filled(place, row):
    return place.is_spelled and not row["spelling"]


def _write(merge, place: Place, moved, removed):
    """Let the rows name the other topic. One without a spelling keeps the name it had: exports give it back."""
    place.model._default_manager.filter(pk__in=[row["id"] for row, _ in removed]).delete()
    bare = [row["id"] for row in moved if _is_filled(place, row)]
    others = [row["id"] for row in moved if not _is_filled(place, row)]
    if bare:
        named = {place.topic: merge.into_id, "spelling": merge.topic.name}
        place.model._default_manager.filter(pk__in=bare).update(**named)
    if others:
        place.model._default_manager.filter(pk__in=others).update(**{place.topic: merge.into_id})


def _recount(changes):
    """Bring the tallies in line with rows of Editions that come and go: (row, topic, by how many) each. Two queries.

    The Editions are held, so that nobody counts them meanwhile.
    """
    editions = {row["edition_id"] for row, *_ in changes}
    held = Edition.objects.select_for_update().filter(pk__in=editions).order_by("pk")
    counted = {pk for pk, tallied in held.values_list("pk", "tallied") if tallied}
    by = Counter()
    for row, topic, number in changes:
        if row["edition_id"] in counted:
            for month in ("", counts.month_of(row["first_published_at"])):
                by[Tally.Kind.TOPIC, str(topic), month] += number
    counts.add(by)


def bring_back(merge: TopicMerge) -> bool:
    """Bring the rows of the last slice back that is not back yet; return whether there was one. About eight queries.

    A row that changed since, or went, is left as it is; how many those are is added to the merge's details.
    """
    part = merge.parts.filter(is_back=False).order_by("-pk").first()
    if part is None:
        return False
    place = PLACES[part.kind]
    back = _return_moved(merge, place, part.moved)
    beside = back | _standing(merge, place, part.removed)
    again = [one for one in part.removed if one["beside"] in beside]
    place.model._default_manager.bulk_create(
        place.made([one["row"] | _as_of_now(beside[one["beside"]]) for one in again])
    )
    if part.kind == "edition":
        _recount(
            [(row, merge.into_id, -1) for row in back.values()]
            + [(row, merge.topic_id, 1) for row in back.values()]
            + [(beside[one["beside"]], one["row"][place.topic], 1) for one in again]
        )
    _note_left(merge, part, [row for row in part.moved if row[0] not in back], len(part.removed) - len(again))
    MovedRows.objects.filter(pk=part.pk).update(is_back=True)
    return True


def _return_moved(merge, place, moved):
    """Let moved rows name the merged topic again that are as they were left; return them as they are now, by key."""
    there = place.rows(merge.into_id).filter(pk__in=[pk for pk, *_ in moved])
    filled = [pk for pk, _, is_filled in moved if is_filled]
    keys = set(there.values_list("pk", flat=True))
    if bare := keys.intersection(filled):
        there.filter(pk__in=bare).update(**{place.topic: merge.topic_id, "spelling": ""})
    if others := keys.difference(filled):
        there.filter(pk__in=others).update(**{place.topic: merge.topic_id})
    return {row["id"]: row for row in place.rows(merge.topic_id).filter(pk__in=keys).values()}


def _standing(merge, place, removed):
    """Return the rows that stand still as they stood when one of the merged topic beside them was removed, by key."""
    keys = [one["beside"] for one in removed if one["row"][place.topic] == merge.topic_id]
    return {row["id"]: row for row in place.rows(merge.into_id).filter(pk__in=keys).values()} if keys else {}


def _as_of_now(beside):
    """Return what a row takes from the one beside it: the hour of an Edition may have been moved since."""
    return {name: value for name, value in beside.items() if name == "first_published_at"}


def _note_left(merge, part, left, more):
    """Add to the merge's details how many rows are left as they are, and of which articles (some of them)."""
    if left or more:
        told = merge.details.setdefault("left", {})
        told[part.kind] = told.get(part.kind, 0) + len(left) + more
        if part.kind == "article":
            known = merge.details.setdefault("left_articles", [])
            known += [owner for _, owner, _ in left][: NAMED - len(known)]
        merge.save(update_fields=["details"])
