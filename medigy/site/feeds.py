"""Feeds of what joins newsroom and catalogue."""

from django.http import Http404
from django.utils import timezone

from curation.site import lists, queries
from curation.site.feeds import Stories, printable


class TopicFeed(Stories):
    """The articles under one topic."""

    def get_object(self, request, slug):
        """Return the topic, or a 404."""
        found = queries.topics.find(slug)
        if found is None:
            raise Http404("no such topic")
        return found

    def title(self, topic):
        return f"Medigy: {topic.label}"

    def page(self, topic):
        return topic.url

    def description(self, topic):
        return printable(topic.description) or f"Briefs on {topic.label}, newest first."

    def ids(self, topic):
        return lists.ids_about(topic.pk, timezone.now())
