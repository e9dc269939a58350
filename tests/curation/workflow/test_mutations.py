"""The tests of the table are themselves tested: no single cell of it can change unnoticed."""

import pytest

from tests import mutate_steps
from tests.curation.newsroom import Newsroom


@pytest.mark.soak
def test_no_cell_of_the_table_can_change_unnoticed(db):
    unnoticed, tried = mutate_steps.survivors(Newsroom())
    assert unnoticed == []
    assert tried > 500
