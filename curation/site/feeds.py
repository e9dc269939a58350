"""Feeds of what readers see, in RSS."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import timezone

from curation.text import addresses, dates

from . import lists, queries
from .lists import section_or_404

LENGTH = 30
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Stories(Feed):
    """Items made of stories; a feed says which, by its ids. Addresses are the site's own, whatever host was asked."""

    def ids(self, obj):
        """Return a query of Edition ids, newest first."""
        raise NotImplementedError(f"{type(self).__name__} must say which Editions it holds")

    def page(self, obj):
        """Return the address of the page that this is the feed of."""
        raise NotImplementedError(f"{type(self).__name__} must say which page it follows")

    def link(self, obj):
        return settings.SITE_URL + self.page(obj)

    def feed_url(self, obj):
        return addresses.feed(self.link(obj))

    def items(self, obj):
        """Return the newest stories. Two queries."""
        return queries.cards.newest(self.ids(obj), 0, LENGTH, topics=None)

    def item_title(self, story):
        return printable(story.title)

    def item_description(self, story):
        return printable(story.summary)

    def item_link(self, story):
        return settings.SITE_URL + story.url

    item_guid_is_permalink = True

    def item_pubdate(self, story):
        moment = datetime.fromisoformat(story.iso)
        return moment if moment.tzinfo else dates.noon(moment.date())

    def item_categories(self, story):
        return [topic.label for topic in story.topics]


def printable(words: str) -> str:
    """Return words without what XML cannot hold: one stray character would cost everybody the whole feed."""
    return _NO_XML.sub("", words)


class SectionFeed(Stories):
    """The articles of one section."""

    def get_object(self, request, section):
        """Return the section, or a 404."""
        return section_or_404(section)

    def title(self, section):
        return f"Medigy: {section.name}"

    def description(self, section):
        return f"{section.name}: healthcare innovation, read closely and told briefly."

    def page(self, section):
        return section.base_path

    def ids(self, section):
        return lists.ids_in(section.pk, timezone.now())
