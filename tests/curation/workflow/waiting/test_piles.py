"""Piles: each is found by an index, whatever the newsroom holds."""

import pytest
from django.db import connection
from django.utils import timezone

from curation.workflow.waiting import piles


@pytest.mark.parametrize("pile", [*piles.PILES, piles.UNPUBLISHED, *piles.OVERDUE], ids=lambda pile: pile.name)
def test_no_pile_is_found_by_looking_at_every_brief(manager, pile):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks at every row of a small table, whatever its indexes")
    given = piles._given([pile], manager, timezone.now()) | {"user": manager.pk}
    for part in piles._parts(pile, given):
        plan = part.explain()
        assert "SCAN" not in plan
        few = "article_to_publish" in plan or "article_by_urgency (state=? AND is_pressed=?" in plan
        assert few == (pile is piles.UNPUBLISHED)
