"""The successor of a withdrawn brief, to which readers are sent, as somebody names it."""

from django import forms
from django.db.models import Q

from curation.models import Edition
from offerings.request_values import whole_number

_OFFERED, _WORDS = 3, 8
_TELLING = 4  # letters from which on a word tells titles apart


class Successor(forms.ModelChoiceField):
    """Another article by its title, its number or the last part of its address, as typed.

    What names none, or several, is refused with those that may be meant.
    """

    widget = forms.TextInput

    def to_python(self, value):
        value = " ".join(str(value or "").split())[:500]
        if not value:
            return None
        found = self._meant(value)
        if len(found) != 1:
            raise forms.ValidationError(_several(value, found) if found else _none(value))
        return found[0]

    def _meant(self, value):
        """Return the articles with this address, else this number, else this title; of several the live ones."""
        last = value.strip("/").rpartition("/")[2]
        found = list(self.queryset.filter(slug=last)) if last else []
        if not found and (number := whole_number(last)) is not None:
            found = list(self.queryset.filter(pk=number))
        if found:
            return found
        found = list(self.queryset.filter(title__iexact=value).with_live().order_by("pk"))
        return [article for article in found if article.is_live] or found


def _several(value, found):
    return f"{len(found)} briefs are called “{value}”: {_numbered(found[:_OFFERED])}. Give the number of one."


def _none(value):
    words = f"No brief has the title, number or address “{value}”."
    near = _near(value)
    return f"{words} Readers can go to {_numbered(near)}." if near else words


def _near(value):
    """Return live articles with all words of ``value`` in their titles, else with one of the longer. Two queries."""
    live = Edition.objects.live().select_related("article").defer("body", "article__body").newest_first()
    every, some = Q(), Q(title__icontains=value)
    for word in value.split()[:_WORDS]:
        every &= Q(title__icontains=word)
        some |= Q(title__icontains=word) if len(word) >= _TELLING else Q()
    return [edition.article for edition in live.filter(every)[:_OFFERED] or live.filter(some)[:_OFFERED]]


def _numbered(articles):
    return ", ".join(f"“{article}” ({article.pk})" for article in articles)
