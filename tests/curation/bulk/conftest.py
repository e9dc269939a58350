"""The desk as a browser reads it."""

from tests.desk_client import client  # noqa: F401 -- a fixture, found by its name
