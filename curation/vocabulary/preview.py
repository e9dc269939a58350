"""Previews of a merge: all that names the topic, counted, before anybody decides."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs

from django.db.models import Q

from curation.models import SavedSearch, Tally
from offerings import slugs
from offerings.models import Redirect, Topic

from .places import PLACES

_SEARCHES = 500  # saved ones that are read


@dataclass(frozen=True)
class Preview:
    """All that names ``topic``; ``both`` counts by the same kinds what names ``into`` as well.

    ``live`` are live briefs, ``rows`` the kinds of ``places.PLACES``; ``searches`` the names of saved lists.
    """

    topic: Topic
    into: Topic
    live: int
    rows: dict[str, int]
    both: dict[str, int]
    synonyms: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)

    @property
    def is_across(self) -> bool:
        """True if the topics are of different taxonomies."""
        return self.topic.taxonomy_id != self.into.taxonomy_id


def preview(topic: Topic, into: Topic) -> Preview:
    """Return what a merge would move. Fourteen queries; each counts by an index."""
    named = list(topic.synonyms.values_list("spelling", flat=True))
    return Preview(
        topic,
        into,
        _live(topic),
        {kind: place.rows(topic.pk).count() for kind, place in PLACES.items()},
        {kind: _of_both(place, topic, into) for kind, place in PLACES.items()},
        named,
        list(Redirect.objects.filter(target=topic.get_absolute_url()).values_list("path", flat=True)),
        _searches(topic, named),
    )


def _live(topic):
    kept = Tally.objects.filter(kind=Tally.Kind.TOPIC, key=str(topic.pk), month="")
    return kept.values_list("count", flat=True).first() or 0


def _of_both(place, topic, into):
    owners = place.rows(into.pk).order_by().values(place.owner)
    return place.rows(topic.pk).filter(**{f"{place.owner}__in": owners}).count()


def _searches(topic, synonyms):
    """Return the names of saved lists that are narrowed by the topic, however it is spelled there."""
    spelled = {slugs.topic_key(one) for one in (topic.name, topic.label, topic.slug, *synonyms)}
    saved = SavedSearch.objects.filter(Q(query__startswith="topic=") | Q(query__contains="&topic="))
    saved = saved.order_by("name").values_list("name", "query")[:_SEARCHES]
    return [name for name, query in saved if slugs.topic_key(parse_qs(query).get("topic", [""])[-1]) in spelled]
