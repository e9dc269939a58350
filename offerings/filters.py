"""Filters over the catalogue."""

import django_filters

from .models import Institution, Offering, Topic

LONGEST_WORDS = 500  # to look for in names; databases refuse to look for tens of thousands


class OfferingFilter(django_filters.FilterSet):
    """Offerings by topic, institution and words in the name; what is unknown finds nothing.

    ``topics`` are those that may be chosen; all, where none are given.
    """

    q = django_filters.CharFilter(method="with_words", max_length=LONGEST_WORDS, label="Words in the name")
    topic = django_filters.ModelChoiceFilter(
        queryset=Topic.objects.for_choices(), to_field_name="slug", method="about", empty_label="Any topic"
    )
    institution = django_filters.ModelChoiceFilter(
        queryset=Institution.objects.in_use().order_by("name"), to_field_name="slug", empty_label="Any institution"
    )

    class Meta:
        model = Offering
        fields = []

    def __init__(self, *args, topics=None, **given):
        super().__init__(*args, **given)
        if topics is not None:
            self.filters["topic"].queryset = topics.for_choices()

    @property
    def found(self):
        """The offerings asked for; none where a field holds what cannot be."""
        return self.qs if not self.is_bound or self.is_valid() else self.queryset.none()

    @property
    def labels(self):
        """The words for the topic and the institution that are chosen."""
        chosen = self.form.cleaned_data if self.is_bound and self.is_valid() else {}
        return {name: str(chosen[name]) for name in ("topic", "institution") if chosen.get(name)}

    def with_words(self, found, name, value):
        """Return every word, anywhere in the name."""
        for word in value.split()[:8]:
            found = found.filter(name__icontains=word)
        return found

    def about(self, found, name, value):
        """Return filed under the topic."""
        return found.about(value)
