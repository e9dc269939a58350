"""Addresses that are put together are those of the map of the site."""

import pytest
from django.urls import reverse

from curation.text import addresses
from offerings import slugs


@pytest.mark.parametrize(
    ("address", "name", "given"),
    [
        (addresses.article("/news/", "a-b"), "curation:article", ["news", "a-b"]),
        (addresses.author("a-b"), "curation:author", ["a-b"]),
        (addresses.source("news.example.org"), "curation:source", ["news.example.org"]),
        (addresses.media("abc-400.jpg"), "curation:picture", ["abc-400.jpg"]),
        (addresses.cover("abc.svg"), "curation:cover", ["abc.svg"]),
        (addresses.feed("/news/"), "curation:feed", ["news"]),
        (addresses.feed(slugs.topic_address("a-b")), "topic-feed", ["a-b"]),
        (slugs.topic_address("a-b"), "topic", ["a-b"]),
        (slugs.institution_address("a-b"), "institution", ["a-b"]),
        (slugs.offering_address("a---b"), "offering", ["a---b"]),
    ],
)
def test_an_address_is_that_of_the_map(address, name, given):
    assert address == reverse(name, args=given)


def test_no_file_has_no_address():
    assert addresses.media("") == ""
