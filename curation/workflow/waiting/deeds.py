"""Deeds: a row of the log as a list tells it, who did it and why, found with the rows it is about and not by itself."""

from dataclasses import dataclass

from django.db.models import Subquery
from django.db.models.functions import JSONObject

_COLUMNS = {"by": "by", "actor": "actor", "first": "by__first_name", "last": "by__last_name", "reason": "reason"}


@dataclass(frozen=True)
class Deed:
    """A deed: the id of who did it (None: no account), their name now or else as it was then, and the reason."""

    by: int | None
    who: str
    reason: str


def newest(entries) -> Subquery:
    """Return the newest of these log rows as a column beside what they are about; ``deed`` makes one of it."""
    return Subquery(entries.order_by("-pk").values(deed=JSONObject(**_COLUMNS))[:1])


def deed(found: dict | None) -> Deed | None:
    """Return what ``newest`` found as a deed, or None. Free."""
    if not found:
        return None
    name = f"{found['first'] or ''} {found['last'] or ''}".strip()
    return Deed(found["by"], name or found["actor"], found["reason"])
