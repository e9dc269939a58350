"""Columns of the board: articles by their state, each column found and put in order by an index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from curation.models import Edition, State

SHOWN = 30  # cards of a column: its most urgent


@dataclass(frozen=True)
class Column:
    """A column: its name, its heading, the state of what stands in it, and how that is picked out of articles.

    ``query`` asks the list of articles for all of it.
    """

    name: str
    label: str
    state: State
    pick: Callable
    query: str

    @property
    def is_state(self) -> bool:
        """True if everything in its state stands in it; of what is approved nearly all is out."""
        return self.name == self.state != State.APPROVED


#: The state, and not by its index: of the scheduled there are few, of the approved there are all that readers see.
_STANDS = Coalesce("state", "state")


def _in(state):
    return lambda articles, now: articles.filter(state=state)


def _to_publish(articles, now):
    return articles.filter(state=State.APPROVED, is_pressed=False)


def _scheduled(articles, now):
    stands = articles.alias(stands=_STANDS).filter(stands=State.APPROVED)
    return stands.filter(pk__in=Edition.objects.scheduled(now).order_by().values("article"))


#: The columns, in the order in which work goes through them. What is declined rests, and stands here when asked for.
COLUMNS = (
    Column("draft", "Draft", State.DRAFT, _in(State.DRAFT), "state=draft"),
    Column("in_review", "In review", State.IN_REVIEW, _in(State.IN_REVIEW), "state=in_review"),
    Column(
        "changes_requested",
        "Changes requested",
        State.CHANGES_REQUESTED,
        _in(State.CHANGES_REQUESTED),
        "state=changes_requested",
    ),
    Column("approved", "Approved", State.APPROVED, _to_publish, "state=approved"),
    Column("scheduled", "Scheduled", State.APPROVED, _scheduled, "reach=scheduled"),
    Column("declined", "Declined", State.DECLINED, _in(State.DECLINED), "state=declined"),
)


def open_work(articles, now: datetime):
    """Return those of ``articles`` that stand in any column but what was declined. No query; each part has an index."""
    written = Q(state__in=_WRITTEN) | Q(state=State.APPROVED, is_pressed=False)
    scheduled = Edition.objects.scheduled(now).order_by().values("article")
    return articles.alias(stands=_STANDS).filter(written | Q(stands=State.APPROVED, pk__in=scheduled))


_WRITTEN = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)


@dataclass
class Found:
    """A column as it was found: ids of its most urgent, how many there are; since when the oldest is in it, where more
    are there than are shown.
    """

    column: Column
    ids: list[int] = field(default_factory=list)
    count: int = 0
    oldest: datetime | None = None

    @property
    def more(self) -> int:
        """The number of those that are not shown."""
        return self.count - len(self.ids)


def found_in(articles, now: datetime, columns: Iterable[Column]) -> list[Found]:
    """Return columns as they stand among ``articles``, a queryset. A query for each, and one for all that are full.

    A full column of which only some in its state stand is counted by itself: the approved and the scheduled.
    """
    found = [Found(one, _most_urgent(one, articles, now)) for one in columns]
    full = [one for one in found if len(one.ids) == SHOWN]
    counts = _by_state(articles, [one.column.state for one in full if one.column.is_state])
    for one in found:
        if one not in full:
            one.count = len(one.ids)
        elif one.column.is_state:
            one.count, one.oldest = counts[one.column.state]
        else:
            one.count, one.oldest = one.column.pick(articles, now).order_by().aggregate(**_COUNTED).values()
    return found


_COUNTED = {"count": Count("pk"), "oldest": Min("entered_at")}


def _most_urgent(column, articles, now):
    return list(column.pick(articles, now).by_urgency().values_list("pk", flat=True)[:SHOWN])


def _by_state(articles, states):
    """Return of each state how many articles are in it, and since when the oldest is. One query, none for no state."""
    if not states:
        return {}
    rows = articles.order_by().filter(state__in=states).values("state").annotate(**_COUNTED)
    return {row["state"]: (row["count"], row["oldest"]) for row in rows}
