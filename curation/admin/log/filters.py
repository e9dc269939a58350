"""Filters over the log: person, what was done, article, day."""

from datetime import datetime, time, timedelta

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone

from curation.admin import badges
from curation.models import Article, LogEntry, Tombstone
from offerings.request_values import whole_number

from . import telling


def _label(name):
    words = telling.STEPS.get(name) or telling.OTHERS[name]
    return words[0].upper() + words[1:]


class _People(django_filters.ModelChoiceFilter):
    """Everybody with an account, by the name that the desk shows."""

    @property
    def field(self):
        field = super().field
        field.label_from_instance = badges.named
        return field


class LogFilter(django_filters.FilterSet):
    """Rows of the log by person, step, article (its number, or the last part of its address) and day."""

    person = _People(
        field_name="by",
        label="Person",
        empty_label="Anybody",
        queryset=get_user_model().objects.order_by("first_name", "username"),
    )
    step = django_filters.ChoiceFilter(
        label="What", empty_label="Anything", choices=[(n, _label(n)) for n in (*telling.STEPS, *telling.OTHERS)]
    )
    article = django_filters.CharFilter(label="Brief", method="of_article", max_length=600)
    day = django_filters.DateFilter(
        label="Day", method="of_day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = LogEntry
        fields = []

    def of_article(self, found, name, value):
        """Keep the rows of one article; a number or an address that is nobody's finds nothing."""
        last = value.strip().strip("/").rpartition("/")[2]
        number = whole_number(last)
        if number is not None and Tombstone.objects.filter(number=number).exists():
            return found.filter(about=f"brief {number}")
        if number is not None:
            return found.filter(article=number)
        return found.filter(article__in=Article.objects.filter(slug=last).values("pk"))

    def of_day(self, found, name, value):
        """Keep what was done on a day on the clock of whoever reads."""
        start = timezone.make_aware(datetime.combine(value, time()))
        end = timezone.make_aware(datetime.combine(value + timedelta(days=1), time()))
        return found.filter(at__gte=start, at__lt=end)

    @property
    def found(self):
        """The rows asked for; none where a field holds what cannot be."""
        return self.qs if not self.is_bound or self.is_valid() else self.queryset.none()
