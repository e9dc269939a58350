"""Ordered lists of things in the desk's forms: what is there, in its order, and one box to find more.

A list works before its script does: a tick takes a row out, and what is typed in the box is looked up on saving. The
script (desk/picker.js) lets one find, reorder and remove at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from . import slugs


@dataclass
class Listed:
    """What a form sends of a list: rows of ``{"id": …}`` with their extras, in order, and what was typed beside."""

    rows: list[dict] = field(default_factory=list)
    typed: str = ""


@dataclass(frozen=True)
class Extra:
    """One more input of every row: a choice where there are ``choices``, else words."""

    name: str
    label: str
    choices: tuple = ()


class Picker(forms.Widget):
    """Rows with their inputs, and the box. ``through`` is the foreign key whose autocomplete answers the box."""

    def __init__(self, queryset, through=None, *, noun, extras=(), describe=None, hint="", attrs=None):
        super().__init__(attrs)
        self.queryset, self.through, self.noun, self.hint = queryset, through, noun, hint
        self.extras, self.describe = tuple(extras), describe or (lambda thing: {"label": str(thing)})
        self.known = {}

    def __deepcopy__(self, memo):
        return type(self)(
            self.queryset,
            self.through,
            noun=self.noun,
            extras=self.extras,
            describe=self.describe,
            hint=self.hint,
            attrs=self.attrs.copy(),
        )

    def value_from_datadict(self, data, files, name):
        ids = data.getlist(name)
        extras = {extra.name: data.getlist(f"{name}-{extra.name}") for extra in self.extras}
        gone = set(data.getlist(f"{name}-gone"))
        rows = [
            {"id": pk} | {key: values[place] for key, values in extras.items() if place < len(values)}
            for place, pk in enumerate(ids)
            if str(place) not in gone
        ]
        return Listed(rows, data.get(f"{name}-add", "").strip())

    def value_omitted_from_data(self, data, files, name):
        return False

    def render(self, name, value, attrs=None, renderer=None):
        """One query for the things named, none where all are in ``known`` (things by id, as whoever made the form
        loaded them).
        """
        value = value if isinstance(value, Listed) else Listed(list(value or []))
        named = {int(row["id"]) for row in value.rows if str(row["id"]).isdigit()}
        known = self.known if named <= self.known.keys() else self.queryset.in_bulk(named)
        rows = [(known[int(row["id"])], row) for row in value.rows if int(row["id"]) in known]
        return render_to_string(
            "admin/widgets/picker.html",
            {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "described": (attrs or {}).get("aria-describedby", ""),
                "noun": self.noun,
                "hint": self.hint,
                "typed": value.typed,
                "rows": [self._row(thing, row) for thing, row in rows],
                "blank": self._row(None, {}),
                "url": self._url(),
            },
        )

    def _row(self, thing, row):
        extras = [{"extra": extra, "value": row.get(extra.name, "")} for extra in self.extras]
        return {"id": row.get("id", ""), "extras": extras} | (self.describe(thing) if thing else {"label": ""})

    def _url(self):
        if self.through is None:
            return ""
        model = self.through.model._meta
        question = f"app_label={model.app_label}&model_name={model.model_name}&field_name={self.through.name}"
        return f"{reverse('admin:autocomplete')}?{question}"

    def id_for_label(self, id_):
        return f"{id_}-add"


class PickerField(forms.Field):
    """Clean rows in order: ``{"id": 7}`` and the extras of each; what was typed becomes a last row.

    ``find`` turns typed words into a thing or raises ValidationError; a thing that is not saved yet comes back as
    ``{"new": thing}``. ``keep`` are the ids that may stay although they are offered to nobody any more.
    """

    def __init__(self, *, queryset, find: Callable, through=None, noun, extras=(), describe=None, most=None, **given):
        hint = given.pop("hint", "")
        given.setdefault("required", False)
        widget = Picker(queryset, through, noun=noun, extras=extras, describe=describe, hint=hint)
        super().__init__(widget=widget, **given)
        self.queryset, self.find, self.extras, self.most = queryset, find, tuple(extras), most
        self.keep = frozenset()

    def has_changed(self, initial, data):
        return bool(data and data.typed) or self.plain(data.rows if data else []) != self.plain(initial or [])

    def plain(self, rows):
        """Rows as lists of words: two are the same list when these are."""
        return [[str(row["id"]), *(row.get(extra.name, "") for extra in self.extras)] for row in rows]

    def clean(self, value):
        value = value or Listed()
        rows = self._rows(value.rows) + self._typed(value)
        if self.most is not None and len(rows) > self.most:
            raise ValidationError(f"There is room for {self.most} only. Take one out first.")
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return rows

    def _rows(self, rows):
        known = self.queryset.in_bulk([row["id"] for row in rows if str(row["id"]).isdigit()])
        cleaned, seen = [], set()
        for row in rows:
            thing = known.get(int(row["id"])) if str(row["id"]).isdigit() else None
            if thing is None:
                raise ValidationError("Something in this list is not there any more. Take it out.")
            if getattr(thing, "retired", False) and thing.pk not in self.keep:
                raise ValidationError(f"“{thing}” is retired. Choose another.")
            row = self._checked(row) | {"id": thing.pk}
            if tuple(row.values()) not in seen:
                seen.add(tuple(row.values()))
                cleaned.append(row)
        return cleaned

    def _checked(self, row):
        for extra in self.extras:
            if extra.choices and row.get(extra.name) not in dict(extra.choices):
                row = row | {extra.name: extra.choices[0][0]}
            if len(row.get(extra.name, "")) > 300:
                raise ValidationError(f"{extra.label} is too long; there is room for 300 characters.")
        return {"id": row["id"]} | {extra.name: row.get(extra.name, "") for extra in self.extras}

    def _typed(self, value):
        if not value.typed:
            return []
        thing = self.find(value.typed)
        if thing.pk and any(str(thing.pk) == str(row["id"]) for row in value.rows):
            return []
        row = {"id": thing.pk} if thing.pk else {"id": None, "new": thing}
        return [row | {extra.name: extra.choices[0][0] if extra.choices else "" for extra in self.extras}]


def find_topic(queryset):
    """A finder for topics in use: by whole name, label or synonym, spaces and case aside. Two queries."""

    def find(words):
        key = slugs.topic_key(words)
        found = list(queryset.in_use().filter(key=key)) or list(
            queryset.in_use().filter(synonyms__key=key).distinct()[:2]
        )
        found = found or list(queryset.in_use().filter(label__iexact=" ".join(words.split()))[:2])
        return only(found, words, "topic")

    return find


def find_named(queryset, noun):
    """A finder by name, case aside, among what is in use."""

    def find(words):
        return only(list(queryset.filter(name__iexact=" ".join(words.split()), retired=False)[:2]), words, noun)

    return find


def only(found, words, noun):
    """The one thing that was found; otherwise words for whoever typed."""
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(f"More than one {noun} is called “{words}”. Choose it from the list that opens.")
    raise ValidationError(f"No {noun} in use is called “{words}”. Choose one from the list that opens.")
