"""Cases out of the database: many briefs at once, each with what its risk is judged by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.core.cache import cache

from curation.editing import evidence_marks
from curation.editing.checks import Subject
from curation.models import LogEntry, Tally
from curation.models.people import named
from offerings.models import Offering

from .case import Case, Record

_LAST = 15  # decided briefs that a record is made of
_SUBMITTED = 40  # briefs that somebody sent to review, and of which these are the last
_RECORDS_KEPT = 600  # seconds


def cases_of(subjects: dict[int, Subject], lives: dict[int, dict], owners: dict[int, object]) -> dict[int, Case]:
    """Return the cases of what the checks read of articles, by article id.

    ``lives`` are the snapshots that readers see, where they see any; ``owners`` the curators, where there is one. Three
    queries at most, and those of ``records_of``.
    """
    texts = evidence_marks.texts_of_many({pk: one.content for pk, one in subjects.items()})
    told = _told({one.brand for one in subjects.values() if one.brand})
    records = records_of({person.pk: person for person in owners.values() if person})
    connected = {pk: _newly_connected(one.content, lives.get(pk)) for pk, one in subjects.items()}
    wanted = {pk for pks in connected.values() for pk in pks}
    names = dict(Offering.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return {
        pk: Case(
            replace(subject, texts=texts[pk] or None),
            lives.get(pk),
            told.get(subject.brand, 0) if subject.brand else None,
            records.get(owners[pk].pk) if owners.get(pk) else None,
            [names[one] for one in connected[pk] if one in names],
        )
        for pk, subject in subjects.items()
    }


def case_of(article, subject: Subject, live: dict | None) -> Case:
    """Return the case of one article, loaded with its owner and offerings, whose ``subject`` the checks read already.

    ``live`` is the snapshot that readers see, if they see any. One query, and those of ``records_of``.
    """
    told = _told({subject.brand}).get(subject.brand, 0) if subject.brand else None
    owner, seen = article.owner, {row["offering"] for row in (live or {}).get("offerings", ())}
    offerings = [row.offering.name for row in article.article_offerings.all() if row.offering_id not in seen]
    return Case(subject, live, told, records_of({owner.pk: owner})[owner.pk] if owner else None, offerings)


def _newly_connected(content, live):
    seen = {row["offering"] for row in (live or {}).get("offerings", ())}
    return [row["offering"] for row in content.get("offerings", ()) if row["offering"] not in seen]


def _told(brands):
    """Return how many briefs of each brand readers find, from the kept tallies. One query."""
    rows = Tally.objects.filter(kind=Tally.Kind.BRAND, key__in=brands, month="") if brands else Tally.objects.none()
    return dict(rows.values_list("key", "count"))


def records_of(people: dict[int, object]) -> dict[int, Record]:
    """Return the records of people, by id: of their last briefs, how many were approved at the first decision.

    Remembered for ten minutes. One query for all that are not, and one for each of them.
    """
    keys = {pk: f"record:{pk}" for pk in people}
    known = cache.get_many(keys.values()) if keys else {}
    unknown = [pk for pk, key in keys.items() if key not in known]
    if unknown:
        fresh = {keys[pk]: outcome for pk, outcome in _outcomes(unknown).items()}
        cache.set_many(fresh, _RECORDS_KEPT)
        known |= fresh
    return {pk: Record(named(person), *known[keys[pk]]) for pk, person in people.items()}


def _outcomes(people: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return of each person how many of their last briefs were decided, and how many of them went through at once."""
    sent = {pk: _submitted(pk) for pk in people}
    first = _first_decisions({article for articles in sent.values() for article in articles})
    decided = {pk: [first[one] for one in articles if one in first][:_LAST] for pk, articles in sent.items()}
    return {pk: (len(steps), steps.count("approve")) for pk, steps in decided.items()}


def _submitted(person):
    """Return the articles that somebody sent to review, the last first. One query, along an index."""
    rows = LogEntry.objects.filter(by=person).order_by("-pk").values_list("step", "article_id")[: _SUBMITTED * 10]
    return list(dict.fromkeys(article for step, article in rows if step == "submit" and article))[:_SUBMITTED]


def _first_decisions(articles):
    """Return the step that decided on each article first, where any did. One query."""
    rows = LogEntry.objects.filter(article__in=articles).order_by("-pk") if articles else LogEntry.objects.none()
    decisions = defaultdict(str)
    for article, step in rows.values_list("article_id", "step"):
        if step in ("approve", "return"):
            decisions[article] = step
    return decisions
