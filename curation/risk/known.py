"""Levels that are known: a Version is judged as it is sent to review, beside what readers see then.

A list asks for them and judges nothing itself. What goes live meanwhile makes a level unknown; so does nothing else,
though a record may change and a source be read: the screen for deciding always judges anew.
"""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import transaction
from django.tasks import task

from curation.editing import versions, working_copy
from curation.models import Article, Edition, Judgement, State

from .facts import cases_of
from .rules import LEVELS, risk_of

_AT_ONCE = 2  # briefs that are judged before the answer; more are left to the worker


def levels_of(pairs: dict[int, tuple[int, int | None]]) -> dict[int, str]:
    """Return the levels that are known, by article id. ``pairs`` are the newest Version and the live one, ids.

    One query, none for nothing.
    """
    rows = Judgement.objects.filter(version__in=[newest for newest, _ in pairs.values()]) if pairs else ()
    known = {(row.version_id, row.live_id): row.level for row in rows}
    return {pk: known[pair] for pk, pair in pairs.items() if pair in known}


def judge_sent(articles: Iterable[int]) -> None:
    """Have what was sent to review (article ids) judged once the transaction holds: a brief or two at once."""
    asked = list(articles)
    judge = judge_now if len(asked) <= _AT_ONCE else judge_soon.enqueue
    transaction.on_commit(partial(judge, asked), robust=True)


def judge_now(articles: list[int]) -> int:
    """Judge what waits in review of these articles (ids) and keep the levels; return how many. Some twenty queries."""
    waiting = Article.objects.filter(pk__in=articles, state=State.IN_REVIEW).select_related("owner").in_bulk()
    # An open Version is rewritten as its editing goes on: only what is sealed stays as it was judged.
    newest = {pk: one for pk, one in versions.latest(waiting.values()).items() if one.sealed}
    live = {
        one.article_id: one.version
        for one in Edition.objects.live().filter(article__in=newest).select_related("version")
    }
    subjects = working_copy.subjects({pk: version.content for pk, version in newest.items()})
    owners = {pk: article.owner for pk, article in waiting.items()}
    cases = cases_of(subjects, {pk: version.content for pk, version in live.items()}, owners)
    rows = [Judgement(version=newest[pk], live=live.get(pk), level=risk_of(case).level) for pk, case in cases.items()]
    fields = {"unique_fields": ["version"], "update_fields": ["live", "level"]}
    Judgement.objects.bulk_create(rows, update_conflicts=True, **fields)
    return len(rows)


@task(priority=-10)
def judge_soon(articles: list[int]) -> int:
    """Judge what was sent to review; return how many waited."""
    return judge_now(articles)


def may_be_decided_at_a_glance(level: str) -> bool:
    """Return whether a brief of this risk (empty: not known) may be approved from a list, by ``DECIDED_FROM_QUEUE``."""
    most = settings.DECIDED_FROM_QUEUE
    return most == "any" or (level in LEVELS and most in LEVELS and LEVELS.index(level) <= LEVELS.index(most))
