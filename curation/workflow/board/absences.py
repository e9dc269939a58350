"""Absences: who is away, so that what waits for them is offered to others."""

from datetime import date

from django.utils import timezone

from curation.models import Absence


def away(today: date | None = None) -> dict[int, date]:
    """Return who is away today, by their id, and the last day of it. One query."""
    today = today or timezone.localdate()
    return dict(Absence.objects.filter(first__lte=today, last__gte=today).values_list("person", "last"))


def absence_of(person) -> Absence | None:
    """Return somebody's absence that is not over yet. One query."""
    return Absence.objects.filter(person=person, last__gte=timezone.localdate()).first()


def keep(person, first: date | None, last: date | None) -> None:
    """Keep somebody's absence, instead of an earlier one; without days there is none."""
    if first and last:
        Absence.objects.update_or_create(person=person, defaults={"first": first, "last": last})
    else:
        Absence.objects.filter(person=person).delete()
