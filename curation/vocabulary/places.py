"""Places that name topics: every table with such a column, and what of a row goes with it into another topic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from curation.models import ArticleTopic, Dismissal, EditionTopic
from offerings.models import OfferingTopic, Synonym


@dataclass(frozen=True)
class Place:
    """A table whose rows name topics.

    ``topic`` is the column that does, ``owner`` the one that says of what: a topic stands there once for each owner.
    ``is_ordered`` says whether rows have a ``position``, ``is_spelled`` whether they keep a spelling of their own.
    """

    model: type[models.Model]
    topic: str
    owner: str
    is_ordered: bool = False
    is_spelled: bool = False

    def rows(self, topic: int):
        """Return the rows that name a topic."""
        return self.model._default_manager.filter(**{self.topic: topic}).order_by("pk")

    def named(self, topics: Iterable[int]) -> set[int]:
        """Return those of these topics that rows name. One query, by an index."""
        rows = self.model._default_manager.filter(**{f"{self.topic}__in": topics})
        return set(rows.order_by().values_list(self.topic, flat=True).distinct())

    def plain(self, row: dict) -> dict:
        """Return a row (as ``values()`` gives it) as plain data, for ``made`` to make again."""
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}

    def made(self, rows: list[dict]) -> list[models.Model]:
        """Return unsaved rows from plain data. What they name and may lack is left out where it is gone.

        One query for each column that may be empty.
        """
        rows = [dict(row) for row in rows]
        for field in self.model._meta.concrete_fields:
            if field.is_relation and field.null:
                named = {row[field.attname] for row in rows} - {None}
                there = set(field.related_model._base_manager.filter(pk__in=named).values_list("pk", flat=True))
                for row in rows:
                    row[field.attname] = row[field.attname] if row[field.attname] in there else None
        fields = {field.attname: field for field in self.model._meta.concrete_fields}
        return [self.model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in rows]


#: Every place, in the order in which rows move: what is few first.
PLACES = {
    "synonym": Place(Synonym, "topic_id", "spelling"),
    "offering": Place(OfferingTopic, "tag_id", "content_object_id", is_ordered=True),
    "dismissal": Place(Dismissal, "topic_id", "article_id"),
    "article": Place(ArticleTopic, "tag_id", "content_object_id", is_ordered=True, is_spelled=True),
    "edition": Place(EditionTopic, "topic_id", "edition_id", is_ordered=True),
}
