"""Second looks: drawn by lot of what was approved from the queue, given by somebody else, counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation.models import Audit, LogEntry
from curation.risk import audits
from curation.workflow import undoing
from tests.factories import make_article, make_person, step

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def approved(curator, manager):
    article = make_article(by=curator)
    step("submit", article, curator)
    return step("approve", article, manager)


@pytest.fixture
def other():
    return make_person("Manager")


def test_a_share_is_drawn_by_lot(settings, approved):
    settings.AUDITED_SHARE = 0
    assert audits.draw(approved) is None
    settings.AUDITED_SHARE = 1
    assert audits.draw(approved).version == approved.version
    assert audits.draw(approved) == audits.draw(approved)
    assert Audit.objects.count() == 1


def test_the_lot_falls_on_as_many_as_the_setting_says(settings, approved, monkeypatch):
    settings.AUDITED_SHARE = 0.1
    drawn = []
    for number in range(100):
        monkeypatch.setattr(audits._lot, "random", lambda number=number: number / 100)
        Audit.objects.all().delete()
        drawn.append(audits.draw(approved) is not None)
    assert drawn.count(True) == 10


def test_nobody_looks_again_at_their_own_nor_at_what_was_taken_back(settings, approved, manager, other, curator):
    settings.AUDITED_SHARE = 1
    audits.draw(approved)
    counts = {one: audits.waiting_for(one).count() for one in (manager, other, curator)}
    assert counts == {manager: 0, other: 1, curator: 0}
    undoing.undo(approved.article, by=manager, edit=approved.edit)
    assert audits.waiting_for(other).count() == 0


def test_a_verdict_is_given_once_by_another_and_logged(settings, approved, manager, other, curator):
    settings.AUDITED_SHARE = 1
    audit = audits.draw(approved)
    for by, verdict, words in (
        (manager, "right", ""),
        (curator, "right", ""),
        (other, "maybe", ""),
        (other, "wrong", " "),
    ):
        with pytest.raises(audits.AuditRefused):
            audits.judge(audit.pk, by=by, verdict=verdict, words=words)
    audits.judge(audit.pk, by=other, verdict="wrong", words="The share is 13 %.")
    with pytest.raises(audits.AuditRefused, match="already"):
        audits.judge(audit.pk, by=other, verdict="right")
    assert LogEntry.objects.filter(step="audited", article=approved.article, by=other).count() == 1
    assert approved.article.log.steps().first().step == "approve"
    found = audits.found_since(timezone.now() - timedelta(days=1))
    assert (found.looked_at, found.wrong, found.share) == (1, 1, 1.0)
