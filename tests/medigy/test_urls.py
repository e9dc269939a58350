"""The map of addresses: each has a name of its own, so asking for one never gives another."""

from collections import defaultdict

from django.http import HttpResponse
from django.urls import get_resolver, include, path


def named(addresses, space="", above=""):
    """Yield each named address, as the name it is asked for by and the pattern it makes."""
    for one in addresses:
        whole = above + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from named(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, whole)
        elif one.name:
            yield space + one.name, whole


def shared(addresses):
    """Return the names that stand for more than one pattern, with these."""
    found = defaultdict(set)
    for name, whole in named(addresses):
        found[name].add(whole)
    return {name: places for name, places in found.items() if len(places) > 1}


def test_no_two_addresses_share_a_name():
    assert shared(get_resolver().url_patterns) == {}


def test_a_shared_name_is_seen():
    inner = ([path("a/", HttpResponse, name="same"), path("<int:pk>/", HttpResponse, name="same")], "room")

    assert shared([path("x/", include(inner))]) == {"room:same": {"x/a/", "x/<int:pk>/"}}
