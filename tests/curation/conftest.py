"""What tests of the newsroom share."""

import pytest


@pytest.fixture
def at_desk(client):
    """Sign somebody in: ``at_desk(curator).get(…)``."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
