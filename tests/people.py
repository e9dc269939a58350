"""The people of the newsroom, as fixtures: three colleagues, and a reader who must always fail to get in."""

import pytest

from .factories import make_person


@pytest.fixture
def curator(db):
    """A colleague who writes."""
    return make_person("Curator", username="curator")


@pytest.fixture
def manager(db):
    """A colleague who decides."""
    return make_person("Manager", username="manager")


@pytest.fixture
def administrator(db):
    """A colleague who also keeps accounts and sections."""
    return make_person("Administrator", username="administrator")


@pytest.fixture
def reader(db):
    """Somebody with an account and no role."""
    return make_person(username="reader")
