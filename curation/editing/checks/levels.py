"""Levels of checks: how strict each is for somebody, where their role says other than the check."""

from django.contrib.auth.models import Group
from django.db.models import Case, Subquery, When

from curation.models import CheckLevel
from curation.models.roles import ADMINISTRATOR, CURATOR, MANAGER
from curation.sql import compiled_queries

from .rules import BY_CODE, LEVELS

#: The roles from the highest; somebody with several is asked what the highest of theirs is.
ROLES = (ADMINISTRATOR, MANAGER, CURATOR)


def levels_of(person) -> dict[str, str]:
    """Return the levels, by the code of their check, that differ from the checks' own for ``person``: those of the
    highest role. One query; none for a machine, which has no role.
    """
    if person.pk is None:
        return {}
    levels = compiled_queries.rows(("levels",), _levels, user=person.pk)
    return {code: level for code, level in levels if code in BY_CODE and level in LEVELS}


def _levels(user):
    rank = Case(*(When(name=role, then=place) for place, role in enumerate(ROLES)))
    highest = Group.objects.filter(user=user, name__in=ROLES).order_by(rank).values("pk")[:1]
    return CheckLevel.objects.filter(role=Subquery(highest)).values_list("check_code", "level")


def stored() -> dict[tuple[str, str], str]:
    """Return every level that differs, by role and code. One query."""
    rows = CheckLevel.objects.filter(role__name__in=ROLES, check_code__in=BY_CODE)
    return {(role, code): level for role, code, level in rows.values_list("role__name", "check_code", "level")}
