"""Windows that documents ask for now, against those that readers have: an import moves none that stands."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from curation.models import Edition
from curation.models.edition import OPEN
from curation.text import dates

from .documents.meta_values import Remark


def remarks(wanted: dict[int, dict]) -> dict[int, Remark]:
    """Return what to tell of articles (by id) that stay open to readers until another hour than ``wanted`` says.

    ``wanted`` has what would be published now: ``at`` and perhaps ``until``. One query, none for nothing.
    """
    if not wanted:
        return {}
    newest = Edition.objects.filter(article=OuterRef("article"), ended=Edition.Ended.NOT).order_by("-number")
    stand = Edition.objects.filter(article__in=wanted, pk=Subquery(newest.values("pk")[:1]))
    ends = dict(stand.values_list("article", "closes_at"))
    told = {pk: (end, wanted[pk].get("until") or OPEN) for pk, end in ends.items()}
    return {pk: _remark(end, asked) for pk, (end, asked) in told.items() if end != asked}


def _remark(end: datetime, asked: datetime) -> Remark:
    words = f"readers see it {_until(end)}, its document now says {_until(asked)}; mend its hours at the desk"
    return Remark("other-hours", words)


def _until(end: datetime) -> str:
    return "for good" if end == OPEN else f"until {dates.day(dates.local(end))}, {dates.local(end):%H:%M}"
