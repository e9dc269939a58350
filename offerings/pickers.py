"""Ordered lists of things in the desk's forms: what is there, in its order, and one box to find more.

A list works before its script does: a tick takes a row out, and what is typed in the box is looked up on saving. The
script (desk/picker.js) lets one find, reorder and remove at once. Where a whole list of names may be pasted, what
matches becomes rows and what does not stays in the box, named.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from . import slugs
from .request_values import whole_number


@dataclass
class Listed:
    """A list as a form sends it: rows of ``{"id": …}`` with their extras, in order, and what was typed beside.

    Where whole lists may be typed, what matched is among the rows already, and ``fault`` says what of the rest.
    """

    rows: list[dict] = field(default_factory=list)
    typed: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Named:
    """Things that a list of names stands for, in its order, names that nothing has, and names that several have."""

    found: list = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unclear: dict[str, list[str]] = field(default_factory=dict)
    noun: str = "topic"

    @property
    def rest(self) -> str:
        """The names to be mended, as they may be typed again."""
        return "; ".join([*self.missing, *self.unclear])

    @property
    def fault(self) -> str:
        """The faults of the rest, for whoever typed it."""
        one = len(self.missing) == 1
        lone = f"No {self.noun} in use is called “{''.join(self.missing)}”." if one else ""
        said = [lone or f"Not found: {', '.join(self.missing)}."] if self.missing else []
        said += [f"“{name}” may be {' or '.join(whole)}." for name, whole in self.unclear.items()]
        return " ".join(said)


class Unmatched(ValidationError):
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
        blank = {extra.name: extra.choices[0][0] if extra.choices else "" for extra in self.extras}
        new = [{"id": str(thing.pk)} | blank for thing in named.found if str(thing.pk) not in there]
        return Listed(rows + new, named.rest, named.fault)

    def value_omitted_from_data(self, data, files, name):
        return False

    def render(self, name, value, attrs=None, renderer=None):
        """Render the things named, in one query, or none if all are in ``known`` (by id, as the form loaded them)."""
        value = value if isinstance(value, Listed) else Listed(list(value or []))
        named = {whole_number(row["id"]) for row in value.rows} - {None}
        known = self.known if named <= self.known.keys() else self.queryset.in_bulk(named)
        rows = [(known[pk], row) for row in value.rows if (pk := whole_number(row["id"])) in known]
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


class PickerField(forms.Field):
    """Field of clean rows in order: ``{"id": 7}`` and the extras of each; what was typed becomes a last row.

    ``find`` turns typed words into a thing or raises ValidationError; a thing that is not saved yet comes back as
    ``{"new": thing}``. ``find_all`` turns a whole list of names into ``Named`` instead; where some are nothing's,
    cleaning raises Unmatched with the rows of the others. ``keep`` are the ids that may stay although they are offered
    to nobody any more.
    """

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
        value = value or Listed()
        rows = self._rows(value.rows) + self._typed(value)
        if self.most is not None and len(rows) > self.most:
            raise ValidationError(f"There is room for {self.most} only. Take one out first.")
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        if value.fault:
            raise Unmatched(value.fault, rows)
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
        return self.queryset.in_bulk({whole_number(row["id"]) for row in rows} - {None})

    def in_words(self, value):
        """What a form shows or was sent, one thing a line, each with what stands beside it. One query."""
        rows = value.rows if isinstance(value, Listed) else value or []
        known = self._known(rows)
        named = [(known[pk], row) for row in rows if (pk := whole_number(row["id"])) in known]
        lines = [" · ".join([str(thing), *self._beside(row)]) for thing, row in named]
        return "\n".join([*lines, *([value.typed] if isinstance(value, Listed) and value.typed else [])])

    def _beside(self, row):
        """What a row says beside its thing, where that is not what every row says."""
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
        return [row | {extra.name: extra.choices[0][0] if extra.choices else "" for extra in self.extras}]


def find_topic(queryset):
    """Return a finder for topics in use: by whole name, label or synonym, spaces and case aside. Two queries."""

    def find(words):
        key = slugs.topic_key(words)
        found = list(queryset.in_use().filter(key=key)) or list(
            queryset.in_use().filter(synonyms__key=key).distinct()[:2]
        )
        found = found or list(queryset.in_use().filter(label__iexact=" ".join(words.split()))[:2])
        return only(found, words, "topic")

    return find


#: Where one name of a list ends and the next begins; a comma may also be part of a name.
_BETWEEN = re.compile(r"[\n\r\t;]+")
_LIST_MARK = re.compile(r"^\s*(?:[-–*•·]|\d{1,3}[.)])\s+")
_MOST_COMMAS = 4  # in one name


def find_topics(queryset):
    """Return a finder for lists of topics in use, one a line or with ``;`` or ``,`` between: each by its whole name,
    its label or a synonym, spaces and case aside. Two queries, however long the list.
    """

    def find(words):
        whole, tables = _spellings(queryset)
        names = {name: _meant(name, tables) for name in _names(words, lambda name: _meant(name, tables))}
        meant = list(dict.fromkeys(pk for ids in names.values() if len(ids) == 1 for pk in ids))
        known = queryset.in_bulk(meant)
        return Named(
            [known[pk] for pk in meant if pk in known],
            [name for name, ids in names.items() if not ids],
            {name: sorted(whole[pk] for pk in ids) for name, ids in names.items() if len(ids) > 1},
        )

    return find


def _spellings(queryset):
    """Return whole names by id, and three tables of key → ids: by whole name, by label, by synonym. One query."""
    whole, tables = {}, (defaultdict(set), defaultdict(set), defaultdict(set))
    columns = queryset.in_use().values_list("pk", "name", "key", "label", "synonyms__key")
    for pk, name, key, label, synonym in columns:
        whole[pk] = name
        for table, spelled in zip(tables, (key, slugs.topic_key(label), synonym), strict=True):
            if spelled:
                table[spelled].add(pk)
    return whole, tables


def _meant(name, tables):
    """Return the ids of what a name may mean: those of the first table that knows it."""
    key = slugs.topic_key(name)
    return next((table[key] for table in tables if key in table), set())


def _names(words: str, is_known: Callable) -> Iterator[str]:
    """Yield the names of a list. A comma parts two names unless both together are one that is known."""
    for piece in _BETWEEN.split(words):
        piece = " ".join(_LIST_MARK.sub("", piece).split())
        parts, at = ([piece] if is_known(piece) else piece.split(",")), 0
        while at < len(parts):
            ends = range(min(len(parts), at + _MOST_COMMAS + 1), at + 1, -1)
            end = next((end for end in ends if is_known(",".join(parts[at:end]))), at + 1)
            if name := ",".join(parts[at:end]).strip():
                yield name
            at = end


def find_named(queryset, noun):
    """Return a finder by name, case aside, among what is in use."""

    def find(words):
        return only(list(queryset.filter(name__iexact=" ".join(words.split()), retired=False)[:2]), words, noun)

    return find


def only(found, words, noun):
    """Return the one thing that was found; otherwise words for whoever typed."""
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(f"More than one {noun} is called “{words}”. Choose it from the list that opens.")
    raise ValidationError(f"No {noun} in use is called “{words}”. Choose one from the list that opens.")
