"""The queue of whoever decides: what waits in review and is theirs to decide, the longest waiting first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from curation.editing import authorship, versions
from curation.models import Article, LogEntry

MOST = 200  # that are looked at: who has decided so many finds the rest behind them
_PAUSE = timedelta(minutes=30)  # between two decisions: longer, and it was another sitting
_LEAST, _REMEMBERED = 5, 40  # decisions that a pace is made of
_RECENT = timedelta(days=60)
_REMEMBERED_FOR = 600  # seconds: a text that is pasted for a source meanwhile is no edit
_DECISIONS = ("approve", "return")


@dataclass(frozen=True)
class Place:
    """A place in the queue: ``number`` of ``count`` (0 where this one is not in it), and the ids beside it."""

    number: int
    count: int
    before: int | None
    after: int | None


def to_decide(user) -> list[int]:
    """Return the ids of what waits in review and ``user`` may decide; what they wrote part of is another's to decide.

    One query; four more where they signed something that waits and was not asked about since its last edit.
    """
    waiting = Article.objects.visible_to(user).awaiting_review().order_by("entered_at", "pk")
    near = ExpressionWrapper(authorship.near(user.pk), BooleanField())
    rows = list(waiting.annotate(is_near=near).values_list("pk", "edit", "is_near")[:MOST])
    own = written_by(user, {pk: edit for pk, edit, is_near in rows if is_near}) if settings.FOUR_EYES else set()
    return [pk for pk, _, _ in rows if pk not in own]


def written_by(user, edits: dict[int, int]) -> set[int]:
    """Return which of these articles (id → edit) hold words of ``user`` that wait for approval.

    The answer is remembered as long as nobody edits the article. Approving asks again, so a wrong one is refused there.
    """
    keys = {pk: f"wrote:{user.pk}:{pk}:{edit}" for pk, edit in edits.items()}
    known = cache.get_many(keys.values()) if keys else {}
    unknown = [pk for pk, key in keys.items() if key not in known]
    wrote = authorship.authors(versions.latest(unknown), among=[user.pk]) if unknown else {}
    found = {keys[pk]: user.pk in wrote.get(pk, ()) for pk in unknown}
    if found:
        cache.set_many(found, _REMEMBERED_FOR)
    return {pk for pk, key in keys.items() if (known | found)[key]}


def place_of(article: int, ids: list[int]) -> Place:
    """Return where an article (its id) stands among ids; one that is not in it stands before all of them. Pure."""
    if article not in ids:
        return Place(0, len(ids), None, ids[0] if ids else None)
    at = ids.index(article)
    before, after = ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None
    return Place(at + 1, len(ids), before, after)


@dataclass(frozen=True)
class Sitting:
    """A person's decisions since they sat down: the steps, first to last; and the minutes that one takes them.

    ``minutes`` is the median of their last decisions, None where these are few.
    """

    steps: list[str]
    minutes: float | None


def sitting(user, now: datetime | None = None) -> Sitting:
    """Return how far ``user`` has come at this sitting, which ends with half an hour in which they decide nothing.

    A decision that was taken back is none. One query.
    """
    now = now or timezone.now()
    decided = LogEntry.objects.filter(by=user, step__in=(*_DECISIONS, "undo"), at__gte=now - _RECENT)
    rows = list(decided.order_by("-at", "-pk").values_list("step", "article_id", "at")[:_REMEMBERED])
    steps, taken_back, later = [], set(), now
    for step, article, at in rows:
        if later - at > _PAUSE:
            break
        later = at
        if step == "undo":
            taken_back.add(article)
        elif article in taken_back:
            taken_back.discard(article)
        else:
            steps.append(step)
    return Sitting(steps[::-1], _pace([at for _, _, at in rows]))


def _pace(moments):
    """Return the median of minutes between neighbouring moments, the newest first, pauses left out."""
    pauses = sorted(later - earlier for later, earlier in zip(moments, moments[1:], strict=False))
    pauses = [pause for pause in pauses if timedelta(0) < pause <= _PAUSE]
    return pauses[len(pauses) // 2].total_seconds() / 60 if len(pauses) >= _LEAST else None
