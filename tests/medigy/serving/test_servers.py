"""The throw-away servers stand, and the project's settings work on them."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection


@pytest.mark.postgres
def test_postgresql_is_reached_through_a_pool_that_checks_its_connections(db):
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
    assert connection.pool.max_size == 16
    get_user_model().objects.create_user("ada")
    assert get_user_model().objects.filter(username="ada").count() == 1


@pytest.mark.redis
def test_redis_keeps_what_it_is_given(redis_cache):
    redis_cache.set("page", "words", 60)
    assert redis_cache.get("page") == "words"


@pytest.mark.engines
def test_a_test_runs_on_the_engine_it_is_told_to(db, on_postgres):
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if on_postgres else "SELECT sqlite_version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL") == on_postgres
