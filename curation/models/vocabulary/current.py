"""Snapshots as of now: an old one may name a topic that went into another one since.

Sealed Versions stay as they are; whoever compares, restores or presses one asks here.
"""

from curation.models.snapshots import complete, digest
from offerings.models import Topic

#: Topics by what they went into and how they were called, as ``Topic.objects.successors`` gives them.
Successors = dict[int, tuple[int, str]]


def successors_in(contents) -> Successors:
    """Return into what topics went that these snapshots name. One query, none where they name no topic."""
    return Topic.objects.successors({row["topic"] for content in contents for row in content.get("topics", ())})


def current_topics(rows: list[dict], successors: Successors) -> list[dict]:
    """Return a list of topics as of now: doubles keep their first place, a former name becomes a spelling. Pure."""
    if not any(row["topic"] in successors for row in rows):
        return rows
    single = {}
    for row in rows:
        pk, name = successors.get(row["topic"], (row["topic"], ""))
        single.setdefault(pk, row | {"topic": pk, "spelling": row.get("spelling") or name})
    return list(single.values())


def current(content: dict, successors: Successors) -> dict:
    """Return a snapshot that names topics as of now. Pure."""
    return content | {"topics": current_topics(content["topics"], successors)} if successors else content


def together(old: dict, new: dict) -> tuple[dict, dict]:
    """Return two snapshots of any age as of now, so that nothing differs but what people changed.

    One query, none where both are filed under the same topics.
    """
    return all_together({0: (old, new)})[0]


def all_together(pairs: dict[int, tuple[dict, dict]]) -> dict[int, tuple[dict, dict]]:
    """Return pairs of snapshots as ``together`` does, by the same keys. One query, or none."""
    pairs = {key: (complete(old), complete(new)) for key, (old, new) in pairs.items()}
    apart = [content for old, new in pairs.values() if old["topics"] != new["topics"] for content in (old, new)]
    successors = successors_in(apart)
    return {key: (current(old, successors), current(new, successors)) for key, (old, new) in pairs.items()}


def same_words(pairs: dict[int, tuple[dict, dict]]) -> set[int]:
    """Return the keys of those pairs of snapshots that differ by nothing but merged topics. One query, or none."""
    apart = {key: pair for key, pair in pairs.items() if pair[0].get("topics") != pair[1].get("topics")}
    successors = successors_in([content for pair in apart.values() for content in pair])
    if not successors:
        return set()
    return {key for key, (old, new) in apart.items() if digest(current(old, successors)) == digest(new)}
