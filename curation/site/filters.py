"""Filters over Editions: what readers narrow lists by, and later the board."""

from dataclasses import dataclass
from datetime import date, timedelta

import django_filters
from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef
from django.utils import timezone

from curation.models import Edition, EditionTopic
from curation.publishing import visibility
from curation.sql import compiled_queries
from curation.text import dates, links
from offerings import addresses
from offerings.filters import LONGEST_WORDS


@dataclass(frozen=True)
class Narrowing:
    """Filters of a list as a page says them: the choices, what is chosen, and what is wrong with it, by field."""

    topics: list[tuple[str, str]]
    taxonomies: list[tuple[str, str]]
    chosen: dict[str, str]
    errors: dict[str, list[str]]

    @property
    def labels(self) -> dict[str, str]:
        """The words for the topic and the taxonomy that are chosen."""
        known = {"topic": dict(self.topics), "taxonomy": dict(self.taxonomies)}
        return {name: known[name].get(slug, slug) for name, slug in self.chosen.items() if name in known}


def choices() -> tuple[list, list]:
    """Return topics and taxonomies as pairs of slug and label, kept until readers' pages change. No or two queries."""
    key = f"filter-choices-{addresses.edition_of_site()}"
    kept = cache.get(key)
    if kept is None:
        rows = compiled_queries.rows(("filter choices",), _choices, at=timezone.now())
        topics = [(slug, f"{label} ({name})" if name else label) for slug, label, _, name in rows]
        kept = (topics, list({slug: name or "Topics" for _, _, slug, name in rows}.items()))
        cache.set(key, kept, 3600)
    return kept


def _choices(at):
    return visibility.topics(at).for_choices().values_list("slug", "label", "taxonomy__slug", "taxonomy__name")


def narrowing(asked: dict[str, str], filters: "EditionFilter | None") -> Narrowing:
    """Return what a page of a list says about its filters; ``filters`` is None where nothing is asked for."""
    return Narrowing(*(filters.choices if filters else choices()), asked, dict(filters.errors) if filters else {})


# At the ends of the calendar no zone can be reckoned with.
_A_DAY = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))]


class EditionFilter(django_filters.FilterSet):
    """Live Editions by topic, taxonomy, source brand, date and words in the title.

    ``topic`` and ``taxonomy`` are slugs, ``source`` a brand or any address of it, ``since`` and ``until`` days of the
    newsroom. What is none of these is said at its field, and :meth:`found` is empty.
    """

    q = django_filters.CharFilter(method="with_words", max_length=LONGEST_WORDS, label="Words in the title")
    taxonomy = django_filters.ChoiceFilter(method="in_taxonomy", empty_label="Any taxonomy")
    topic = django_filters.ChoiceFilter(method="about", empty_label="Any topic")
    source = django_filters.CharFilter(method="from_brand")
    since = django_filters.DateFilter(method="published_since", validators=_A_DAY)
    until = django_filters.DateFilter(method="published_until", validators=_A_DAY)

    class Meta:
        model = Edition
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        topics, taxonomies = self.choices = choices()
        self.filters["topic"].extra["choices"] = topics
        self.filters["taxonomy"].extra["choices"] = taxonomies

    @property
    def found(self):
        """The Editions asked for; none where a field holds what cannot be."""
        return self.qs if not self.is_bound or self.is_valid() else self.queryset.none()

    def with_words(self, found, name, value):
        """Keep those with every word, anywhere in the title."""
        for word in value.split()[:8]:
            found = found.filter(title__icontains=word)
        return found

    def in_taxonomy(self, found, name, value):
        """Keep those filed under any topic of the taxonomy."""
        filed = EditionTopic.objects.filter(edition=OuterRef("pk"), topic__taxonomy__slug=value)
        return found.filter(Exists(filed))

    def about(self, found, name, value):
        """Keep those filed under the topic."""
        return found.filter(edition_topics__topic__slug=value)

    def from_brand(self, found, name, value):
        """Keep those whose main source is this brand, however its address was written."""
        return found.from_brand(links.brand(value if "//" in value else f"https://{value.strip()}/"))

    def published_since(self, found, name, value):
        """Keep those first published on this day of the newsroom or later."""
        return found.filter(first_published_at__gte=dates.midnight(value))

    def published_until(self, found, name, value):
        """Keep those first published on this day of the newsroom or earlier."""
        return found.filter(first_published_at__lt=dates.midnight(value + timedelta(days=1)))
