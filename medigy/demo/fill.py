"""Filling the demo newsroom: pictures first, then everything else in one transaction, so that it is there or not."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from curation import measures, notices
from curation.models import Edition

from . import catalogue, newsroom, people, texts
from .pictures import illustrations

OPENED = timedelta(days=420)  # how long ago this newsroom began


@dataclass(frozen=True)
class Filled:
    """Numbers of what the newsroom holds now."""

    briefs: int
    live: int
    topics: int
    offerings: int
    pictures: int
    seconds: float


def fill(tell: Callable[[str, int, int], None] = lambda *_: None) -> Filled:
    """Fill the demo newsroom; the caller has asked ``record.present``. ``tell(what, done, of)`` hears how far it is.

    Twenty seconds on a small machine, nearly all of it for pictures, which are drawn and encoded before the
    transaction; that one holds the database for about five. A run that is killed leaves nothing but picture files,
    which the next run writes again.
    """
    began, now = time.monotonic(), timezone.now()
    words = texts.articles()
    drawn = illustrations.draw(words, lambda *far: tell("Pictures", *far))
    passwords = people.passwords()
    with transaction.atomic():
        opened = now - OPENED
        staff = people.fill(opened, passwords)
        known = catalogue.fill(opened)
        desk = newsroom.Desk(staff, known, illustrations.keep(drawn))
        articles = newsroom.fill(words, desk, now, lambda *far: tell("Briefs", *far))
        notices.tell_in_desk_alone(articles)
        measures.count_pending()
    live = Edition.objects.live().filter(article__in=articles).count()
    seconds = time.monotonic() - began
    return Filled(len(articles), live, len(known.topics), len(known.offerings), len(drawn), seconds)
