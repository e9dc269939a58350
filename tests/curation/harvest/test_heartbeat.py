"""A worker that is there says so; one that died is missed after half a minute."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from curation.harvest import heartbeat
from curation.models import Heartbeat


@pytest.mark.django_db
def test_silence_of_half_a_minute_is_absence():
    assert not heartbeat.is_beating()
    heartbeat.beat()
    heartbeat.beat()
    assert heartbeat.is_beating()
    assert not heartbeat.is_beating("another")
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=31))
    assert not heartbeat.is_beating()


@pytest.mark.django_db(transaction=True)
def test_it_beats_while_the_work_lasts_and_survives_a_database_that_is_away(monkeypatch):
    monkeypatch.setattr(heartbeat, "EVERY", 0.05)
    beat, times = heartbeat.beat, []

    def counted(name):
        times.append(name)
        if len(times) == 1:
            raise OperationalError("away")
        beat(name)

    monkeypatch.setattr(heartbeat, "beat", counted)
    with heartbeat.beating():
        for _ in range(200):
            if heartbeat.is_beating():
                break
            heartbeat.threading.Event().wait(0.02)
    assert heartbeat.is_beating()
    after = len(times)
    assert after >= 2
    heartbeat.threading.Event().wait(0.15)
    assert len(times) == after
