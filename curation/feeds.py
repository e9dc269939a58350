"""Feeds of what readers see, in RSS."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.utils import timezone

from . import dates, lists, reading

LENGTH = 30


class Stories(Feed):
    """Items made of stories; a feed says which, by its ids."""

    def ids(self, obj):
        """A query of Edition ids, newest first."""
        raise NotImplementedError(f"{type(self).__name__} must say which Editions it holds")

    def items(self, obj):
        """The newest stories. Two queries."""
        return reading.cards(self.ids(obj), 0, LENGTH)

    def item_title(self, story):
        return story.title

    def item_description(self, story):
        return story.summary

    def item_link(self, story):
        return story.url

    def item_guid(self, story):
        return story.url

    item_guid_is_permalink = False

    def item_pubdate(self, story):
        moment = datetime.fromisoformat(story.iso)
        return moment if moment.tzinfo else dates.noon(moment.date())

    def item_categories(self, story):
        return [topic.label for topic in story.topics]


class News(Stories):
    """All articles."""

    title = "Medigy: all briefs"
    link = "/news/"
    description = "Healthcare innovation, read closely and told briefly."

    def ids(self, obj):
        return lists.ids_of_all(timezone.now())
