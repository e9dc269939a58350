"""Every test begins with nothing remembered."""

import pytest

from curation.suggestions import memory


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memory.forget()
    yield
    memory.forget()
