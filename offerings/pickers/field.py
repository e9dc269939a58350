"""Ordered lists of things in the desk's forms: what is there, in its order, and one box to find more.

A list works before its script does: a tick takes a row out, and what is typed in the box is looked up on saving. The
script (desk/picker.js) lets one find, reorder and remove at once. Where a whole list of names may be pasted, what
matches becomes rows and what does not stays in the box, named.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from offerings.request_values import json_value, whole_number


@dataclass
class Listed:
    """A list as a form sends it: rows of ``{"id": …}`` with their extras, in order, and what was typed beside.

    Where whole lists may be typed, what matched is among the rows already, and ``fault`` says what of the rest.
    """

    rows: list[dict] = field(default_factory=list)
    typed: str = ""
    fault: str = ""


class UnmatchedError(ValidationError):
    """Names typed that are nothing's; ``rows`` are those that may be kept nevertheless."""

    def __init__(self, words: str, rows: list[dict]) -> None:
        super().__init__(words, code="unmatched")
        self.rows = rows


@dataclass(frozen=True)
class Extra:
    """One more input of every row: a choice where there are ``choices``, else words."""

    name: str
    label: str
    choices: tuple = ()


class Picker(forms.Widget):
    """Rows with their inputs, and the box. ``through`` is the foreign key whose autocomplete answers the box; a page of
    the desk's own (``finder``, its name) may do so instead. With ``find_all`` the box takes whole lists of names.
    """

    def __init__(
        self, queryset, through=None, *, noun, extras=(), describe=None, hint="", attrs=None, finder="", find_all=None
    ):
        super().__init__(attrs)
        self.queryset, self.through, self.noun, self.hint = queryset, through, noun, hint
        self.extras, self.describe = tuple(extras), describe or (lambda thing: {"label": str(thing)})
        self.finder, self.find_all = finder, find_all
        self.known, self._named = {}, {}

    def __deepcopy__(self, memo):
        return type(self)(
            self.queryset,
            self.through,
            noun=self.noun,
            extras=self.extras,
            describe=self.describe,
            hint=self.hint,
            attrs=self.attrs.copy(),
            finder=self.finder,
            find_all=self.find_all,
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
        typed = data.get(f"{name}-add", "").strip()
        return self._settled(rows, typed) if typed and self.find_all else Listed(rows, typed)

    def _settled(self, rows, typed):
        """Return what was typed as rows, as far as it matches; looked up once, however often the form asks."""
        if typed not in self._named:
            self._named[typed] = self.find_all(typed)
        named, there = self._named[typed], {str(row["id"]) for row in rows}
        new = [{"id": str(thing.pk)} | _blank(self.extras) for thing in named.found if str(thing.pk) not in there]
        return Listed(rows + new, named.rest, named.fault)

    def value_omitted_from_data(self, data, files, name):
        return False

    def render(self, name, value, attrs=None, renderer=None):
        """Render the things named, in one query, or none if all are in ``known`` (by id, as the form loaded them)."""
        value = value if isinstance(value, Listed) else Listed(_rows_of(value))
        named = _ids(value.rows)
        known = self.known if named <= self.known.keys() else self.queryset.in_bulk(named)
        return render_to_string(
            "admin/widgets/picker.html",
            {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "described": (attrs or {}).get("aria-describedby", ""),
                "noun": self.noun,
                "hint": self.hint,
                "typed": value.typed,
                "rows": [self._row(thing, row) for thing, row in _there(value.rows, known)],
                "blank": self._row(None, {}),
                "url": self._url(),
                "takes_lists": self.find_all is not None,
            },
        )

    def _row(self, thing, row):
        extras = [{"extra": extra, "value": row.get(extra.name, "")} for extra in self.extras]
        return {"id": row.get("id", ""), "extras": extras} | (self.describe(thing) if thing else {"label": ""})

    def _url(self):
        if self.finder:
            return f"{reverse(self.finder)}?"
        if self.through is None:
            return ""
        model = self.through.model._meta
        question = f"app_label={model.app_label}&model_name={model.model_name}&field_name={self.through.name}"
        return f"{reverse('admin:autocomplete')}?{question}"

    def id_for_label(self, id_):
        return f"{id_}-add"


class HiddenRows(forms.HiddenInput):
    """Rows that a page showed, sent back so that it can be told which of them somebody touched."""

    def format_value(self, value):
        return json.dumps([{name: str(said) for name, said in row.items()} for row in _rows_of(value)])

    def value_from_datadict(self, data, files, name):
        rows = json_value(super().value_from_datadict(data, files, name) or "", list)
        return [row for row in rows if isinstance(row, dict) and "id" in row]


def _rows_of(value) -> list[dict]:
    return value.rows if isinstance(value, Listed) else list(value or [])


class PickerField(forms.Field):
    """Field of clean rows in order: ``{"id": 7}`` and the extras of each; what was typed becomes a last row.

    ``find`` turns typed words into a thing or raises ValidationError; a thing that is not saved yet comes back as
    ``{"new": thing}``. ``find_all`` turns a whole list of names into ``Named`` instead; where some are nothing's,
    cleaning raises Unmatched with the rows of the others. ``keep`` are the ids that may stay although they are offered
    to nobody any more.
    """

    hidden_widget = HiddenRows

    def __init__(self, *, queryset, find: Callable | None = None, noun, extras=(), most=None, **given):
        shown = {name: given.pop(name, "") for name in ("hint", "finder")}
        shown |= {name: given.pop(name, None) for name in ("through", "describe", "find_all")}
        given.setdefault("required", False)
        super().__init__(widget=Picker(queryset, noun=noun, extras=extras, **shown), **given)
        self.queryset, self.find, self.extras, self.most = queryset, find, tuple(extras), most
        self.keep = frozenset()

    def has_changed(self, initial, data):
        return bool(data and data.typed) or self.plain(data.rows if data else []) != self.plain(initial or [])

    def plain(self, rows):
        """Return rows as lists of words: two are the same list when these are."""
        return [[str(row["id"]), *(row.get(extra.name, "") for extra in self.extras)] for row in rows]

    def clean(self, value):
        value = value if isinstance(value, Listed) else Listed(_rows_of(value))
        rows = self._rows(value.rows) + self._typed(value)
        if self.most is not None and len(rows) > self.most:
            raise ValidationError(f"There is room for {self.most} only. Take one out first.")
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        if value.fault:
            raise UnmatchedError(value.fault, rows)
        return rows

    def _rows(self, rows):
        known = self._known(rows)
        cleaned, seen = [], set()
        for row in rows:
            thing = known.get(whole_number(row["id"]))
            if thing is None:
                raise ValidationError("Something in this list is not there any more. Take it out.")
            if getattr(thing, "retired", False) and thing.pk not in self.keep:
                raise ValidationError(f"“{thing}” is retired. Choose another.")
            row = self._checked(row) | {"id": thing.pk}
            if tuple(row.values()) not in seen:
                seen.add(tuple(row.values()))
                cleaned.append(row)
        return cleaned

    def _known(self, rows):
        """Return things by id; what went into another one meanwhile is that: a query for each."""
        known = self.queryset.in_bulk(_ids(rows))
        return {pk: getattr(thing, "merged_into", None) or thing for pk, thing in known.items()}

    def in_words(self, value):
        """Return the rows of a form in words, one thing a line, each with what stands beside it. One query."""
        rows = _rows_of(value)
        named = _there(rows, self._known(rows))
        lines = [" · ".join([str(thing), *self._beside(row)]) for thing, row in named]
        return "\n".join([*lines, *([value.typed] if isinstance(value, Listed) and value.typed else [])])

    def _beside(self, row):
        """Yield what a row says beside its thing, where that is not what every row says."""
        for extra in self.extras:
            said = row.get(extra.name, "")
            if said and not (extra.choices and said == extra.choices[0][0]):
                yield str(dict(extra.choices).get(said, said))

    def _checked(self, row):
        for extra in self.extras:
            if extra.choices and row.get(extra.name) not in dict(extra.choices):
                row = row | {extra.name: extra.choices[0][0]}
            if len(row.get(extra.name, "")) > 300:
                raise ValidationError(f"{extra.label} is too long; there is room for 300 characters.")
        return {"id": row["id"]} | {extra.name: row.get(extra.name, "") for extra in self.extras}

    def _typed(self, value):
        if not value.typed or self.widget.find_all:
            return []
        thing = self.find(value.typed)
        if thing.pk and any(str(thing.pk) == str(row["id"]) for row in value.rows):
            return []
        row = {"id": thing.pk} if thing.pk else {"id": None, "new": thing}
        return [row | _blank(self.extras)]


def _ids(rows) -> set[int]:
    """Return the ids that rows name, less what is no id."""
    return {whole_number(row["id"]) for row in rows} - {None}


def _there(rows, known) -> list[tuple]:
    """Return each row whose thing is among ``known`` (by id), behind that thing, in order."""
    return [(known[pk], row) for row in rows if (pk := whole_number(row["id"])) in known]


def _blank(extras) -> dict[str, str]:
    """Return what the extras of a new row say: the first choice, or no words."""
    return {extra.name: extra.choices[0][0] if extra.choices else "" for extra in extras}
