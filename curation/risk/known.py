"""Levels that are known: a Version is judged as it is sent to review, beside what readers see then.

A list asks for them and judges nothing itself. What goes live meanwhile makes a level unknown, and so does every word
that is written: what is edited in review is judged again by the worker once it stands still. A record may change and a
source be read without that: the screen for deciding always judges anew, and keeps what it finds.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from curation.editing import versions, working_copy
from curation.models import Article, Edition, Judgement, State, Version
from curation.sql import compiled_queries

from .facts import cases_of
from .rules import LEVELS, Risk, risk_of

_AT_ONCE = 2  # briefs that are judged before the answer; more are left to the worker
_STILL = timedelta(minutes=1)  # without a word written: so long after the last, the worker judges what was edited


def levels_of(pairs: dict[int, tuple[int, int | None]]) -> dict[int, str]:
    """Return the levels that are known, by article id. ``pairs`` are the newest Version and the live one, ids.

    One query, none for nothing.
    """
    rows = compiled_queries.rows(("risks",), _levels, versions=[newest for newest, _ in pairs.values()])
    known = {(newest, live): level for newest, live, level in rows}
    return {pk: known[pair] for pk, pair in pairs.items() if pair in known}


def _levels(versions):
    current = Judgement.objects.filter(version__in=versions, digest=F("version__digest"))
    return current.values_list("version_id", "live_id", "level")


def level_of(article: int) -> str:
    """Return the level that is known of an article (its id) as it stands; empty where none is. Three queries."""
    newest = Version.objects.filter(article=article).order_by("-number").values_list("pk", flat=True).first()
    live = Edition.objects.live().filter(article=article).values_list("version_id", flat=True).first()
    return levels_of({article: (newest, live)}).get(article, "") if newest else ""


def judge_sent(articles: Iterable[int]) -> None:
    """Have what was sent to review (article ids) judged once the transaction holds: a brief or two at once."""
    asked = list(articles)
    judge = judge_now if len(asked) <= _AT_ONCE else judge_soon.enqueue
    if asked:
        transaction.on_commit(partial(judge, asked), robust=True)


def judge_edited(articles: Iterable[int]) -> None:
    """Have what was edited in review (article ids) judged by the worker, once its words stood still for a minute.

    Asks at most once a minute for each brief, whatever is saved: what is asked for runs two minutes later, so that each
    save has a run that comes a minute after it or more. One row for the worker, none where it was asked already.
    """
    keys = {f"risk-of-edited:{pk}": pk for pk in articles}
    asked = cache.get_many(keys) if keys else {}
    fresh = {key: True for key in keys if key not in asked}
    if fresh:
        cache.set_many(fresh, _STILL.seconds)
        later = judge_still.using(run_after=timezone.now() + 2 * _STILL)
        transaction.on_commit(partial(later.enqueue, [keys[key] for key in fresh]), robust=True)


def judge_now(articles: list[int]) -> int:
    """Judge what waits in review of these articles (ids) and keep the levels; return how many. Some twenty queries."""
    waiting = Article.objects.filter(pk__in=articles, state=State.IN_REVIEW).select_related("owner").in_bulk()
    newest = versions.latest(waiting.values())
    live = {
        one.article_id: one.version
        for one in Edition.objects.live().filter(article__in=newest).select_related("version")
    }
    subjects = working_copy.subjects({pk: version.content for pk, version in newest.items()})
    owners = {pk: article.owner for pk, article in waiting.items()}
    cases = cases_of(subjects, {pk: version.content for pk, version in live.items()}, owners)
    levels = {pk: risk_of(case).level for pk, case in cases.items()}
    _keep(
        Judgement(version=newest[pk], live=live.get(pk), level=level, digest=newest[pk].digest)
        for pk, level in levels.items()
    )
    return len(levels)


def _keep(rows):
    fields = {"unique_fields": ["version"], "update_fields": ["live", "level", "digest"]}
    Judgement.objects.bulk_create(rows, update_conflicts=True, **fields)


def keep(version: Version, live_id: int | None, found: Risk) -> None:
    """Keep what a screen found of a Version, loaded with its judgement, beside the live one (its id), for lists.

    One query, none where that is known.
    """
    fresh = {"live_id": live_id, "level": found.level, "digest": version.digest}
    before = getattr(version, "judgement", None)
    if before is None or any(getattr(before, name) != value for name, value in fresh.items()):
        _keep([Judgement(version=version, **fresh)])


@task(priority=-10)
def judge_soon(articles: list[int]) -> int:
    """Judge what was sent to review; return how many waited."""
    return judge_now(articles)


@task(priority=-10)
def judge_still(articles: list[int]) -> int:
    """Judge what was edited in review and stands still by now; return how many did. What moved is asked for again."""
    newest, since = versions.latest(articles), timezone.now() - _STILL
    judged = Judgement.objects.filter(version__in=newest.values(), digest=F("version__digest"))
    known = set(judged.values_list("version_id", flat=True))
    return judge_now([pk for pk, one in newest.items() if one.updated_at <= since and one.pk not in known])


def may_be_decided_at_a_glance(level: str) -> bool:
    """Return whether a brief of this risk (empty: not known) may be approved from a list, by ``DECIDED_FROM_QUEUE``."""
    most = settings.DECIDED_FROM_QUEUE
    return most == "any" or (level in LEVELS and most in LEVELS and LEVELS.index(level) <= LEVELS.index(most))
