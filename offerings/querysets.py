"""Words to pick topics and offerings, and the manager that keeps topics in order and refuses strings."""

from django.db import models, transaction
from taggit.managers import _TaggableManager


class TopicQuerySet(models.QuerySet):
    """Words for topics."""

    def in_use(self):
        """Return topics that may be given to something new; what is retired stays where it is already."""
        return self.standing().filter(retired=False)

    def standing(self):
        """Return topics that went into no other one."""
        return self.filter(merged_into=None)

    def successors(self, ids):
        """Return into what those of these topics (ids) went that were merged: id → (id, former name). One query."""
        rows = self.filter(pk__in=ids, merged_into__isnull=False) if ids else self.none()
        return {pk: (into, name) for pk, into, name in rows.values_list("pk", "merged_into", "name")}

    def get_by_natural_key(self, name):
        return self.get(name=name)

    def for_choices(self):
        """Return topics with their taxonomy, in the order in which people pick them. One query."""
        return self.select_related("taxonomy").order_by("taxonomy__position", "taxonomy__name", "label")


class OfferingQuerySet(models.QuerySet):
    """Words for offerings."""

    def in_use(self):
        """Return offerings that may be connected to something new."""
        return self.filter(retired=False)

    def about(self, topic):
        """Return offerings filed under ``topic``."""
        return self.filter(offering_topics__tag=topic)

    def for_cards(self):
        """Return offerings with their maker, by name. Topics are fetched beside them (``topics_of``)."""
        return self.select_related("institution").order_by("name")


class InstitutionQuerySet(models.QuerySet):
    """Words for institutions."""

    def in_use(self):
        """Return institutions that may be connected to something new."""
        return self.filter(retired=False)

    def with_counts(self):
        """Add how many offerings each has in use, as ``offering_count``. No further query."""
        return self.annotate(offering_count=models.Count("offerings", filter=models.Q(offerings__retired=False)))


class OrderedTopics(_TaggableManager):
    """Topics of one thing, in order. Unlike taggit's own manager it makes no topic out of a string."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        strings = [tag for tag in tags if isinstance(tag, str)]
        if strings:
            raise ValueError(
                f"{strings[0]!r} is a word, not a topic. Look the topic up first; only an import makes new ones."
            )
        return super()._to_tag_model_instances(tags, tag_kwargs)

    @transaction.atomic
    def set(self, tags, **kwargs):
        """Give the thing exactly these topics, in this order; doubles keep their first place. Three queries.

        A topic that went into another one is that: a query more for each.
        """
        given = self._to_tag_model_instances(list(tags), {})
        topics = list(dict.fromkeys(topic.merged_into or topic for topic in given))
        self._remove_prefetched_objects()
        self.through._default_manager.filter(**self._lookup_kwargs()).delete()
        self.through._default_manager.bulk_create(
            [self.through(tag=topic, position=place, **self._lookup_kwargs()) for place, topic in enumerate(topics)]
        )

    @transaction.atomic
    def add(self, *tags, **kwargs):
        """Add topics behind those the thing has; one it has already stays where it is."""
        have = list(self.get_queryset().all())
        self.set([*have, *(tag for tag in self._to_tag_model_instances(tags, {}) if tag not in have)])
