"""The form of an article: its words, its ordered lists, and the changes that come of what was typed."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC

from django import forms
from django.conf import settings
from django.forms import Script
from django.urls import reverse
from django.utils.functional import cached_property
from django_prose_editor.fields import ProseEditorFormField

from curation.admin import badges
from curation.editing import compare, list_merge, sources
from curation.editing.checks.rules import TITLE_LENGTH
from curation.harvest import intake
from curation.models import (
    Article,
    ArticleAuthor,
    ArticleOffering,
    ArticleSource,
    ArticleTopic,
    Author,
    Picture,
    Section,
    SourceLink,
)
from curation.models.fields import BY_INPUT, BY_NAME, HTML
from curation.text import dates, links, prose
from offerings.models import Offering, Topic
from offerings.pickers.field import Extra, Listed, PickerField, UnmatchedError
from offerings.pickers.names import find_named, find_topics
from offerings.request_values import json_value, whole_number

#: Elements that the writing field can hold. A body with others is shown as HTML, so that opening it loses nothing.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "CodeBlock": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "History": True,
    "OwnStyles": True,
    "SlashPalette": True,
    "Pasting": True,
}
#: The longest standfirst that is advised, in characters; what is proposed is about as long (domain.md, “Text”).
STANDFIRST_LENGTH = 250
_BEYOND = re.compile(r"<(?:img|table|figure|figcaption)\b")


class Body(ProseEditorFormField):
    """The writing field. ``prose.clean`` has the last word on what is kept, in ``working_copy``."""

    def __init__(self, **given):
        super().__init__(config={"extensions": EXTENSIONS}, preset="configurable", required=False, **given)

    def has_changed(self, initial, data):
        return prose.clean(data or "") != (initial or "")


class PlainBody(forms.CharField):
    """The body as HTML, for what the writing field cannot hold."""

    widget = forms.Textarea(attrs={"rows": 24, "class": "html", "spellcheck": "true"})

    has_changed = Body.has_changed


def _counted(most, **attrs):
    """Return a box beside whose label stands how many characters of ``most`` are used; more are not refused."""
    return forms.Textarea(attrs=attrs | {"data-count": most})


def _topic(topic):
    return {"label": topic.name, "css": f"hue-{topic.taxonomy.hue}", "note": "retired" if topic.retired else ""}


def _offering(offering):
    maker = offering.institution.name if offering.institution_id else ""
    return {"label": offering.name, "note": "retired" if offering.retired else maker}


def _source(link):
    url = reverse("admin:curation_sourcelink_change", args=[link.pk])
    return {"label": link.brand, "note": link.title or link.cleaned, "url": url, "page": sources.page_of(link)}


def _picture(picture):
    return {
        "label": badges.last_piece(picture.address) or picture.name or picture.address,
        "note": picture.get_state_display(),
        "thumbnail": thumbnail(picture),
    }


def thumbnail(picture):
    """Return the address of the smallest rendition of a picture, or nothing."""
    widths = picture.widths.get("jpeg") or picture.widths.get("png") or []
    return f"{settings.MEDIA_URL}{picture.name}-{min(widths)}.jpg" if picture.is_ready and widths else ""


def _find_source(words):
    try:
        return sources.read(intake.address_in(words))
    except links.LinkRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


def _find_picture(words):
    found = Picture.objects.filter(name=words).first() or Picture.objects.filter(address=words).first()
    if found is None:
        raise forms.ValidationError(f"There is no picture “{words}”. Choose one from the list, or upload it first.")
    return found


def _rows(article, rows):
    """Return the rows of one of an article's lists as the form has them. A query where they are not loaded."""
    columns = {"id" if key == rows.thing else key: column for key, column in rows.columns.items()}
    return [
        {key: getattr(row, column) for key, column in columns.items()} for row in getattr(article, rows.relation).all()
    ]


#: The form's lists, by their name on the form.
_LISTS = {name: field for name, field in BY_INPUT.items() if field.rows}
_ROLES = tuple(ArticleSource.Role.choices), tuple(ArticleOffering.Role.choices)[::-1]


class ArticleForm(forms.ModelForm):
    """Form of everything a person may write. Saving goes through the workflow: ``changes`` is what it is told."""

    edit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    topic_list = PickerField(
        label="Topics",
        queryset=Topic.objects.select_related("taxonomy"),
        through=ArticleTopic._meta.get_field("tag"),
        finder="admin:curation_find_topics",
        find_all=find_topics(Topic.objects.select_related("taxonomy")),
        describe=_topic,
        noun="topic",
        hint="Find a topic, or paste a list",
        help_text="The first one is the primary topic.",
    )
    source_list = PickerField(
        label="Sources",
        queryset=SourceLink.objects.defer("metadata", "hops"),
        through=ArticleSource._meta.get_field("link"),
        find=_find_source,
        describe=_source,
        noun="source",
        hint="Paste a link",
        extras=[Extra("role", "Role", _ROLES[0]), Extra("reason", "Why it is curated again")],
        help_text="The first one is the main source.",
    )
    offering_list = PickerField(
        label="Offerings",
        queryset=Offering.objects.select_related("institution"),
        through=ArticleOffering._meta.get_field("offering"),
        find=find_named(Offering.objects.select_related("institution"), "offering"),
        describe=_offering,
        noun="offering",
        hint="Find an offering",
        extras=[Extra("role", "Role", _ROLES[1])],
    )
    byline_list = PickerField(
        label="Bylines",
        queryset=Author.objects.all(),
        through=ArticleAuthor._meta.get_field("author"),
        find=find_named(Author.objects, "author"),
        noun="author",
        hint="Find an author",
    )
    picture_list = PickerField(
        label="Picture",
        queryset=Picture.objects.all(),
        through=Article._meta.get_field("picture"),
        find=_find_picture,
        describe=_picture,
        most=1,
        noun="picture",
        hint="Find a picture by its name or where it came from",
    )
    dated_at = forms.DateTimeField(
        label="Date",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
        help_text="The date it carries, if not that of its first publication.",
    )

    class Media:
        js = (Script("desk/counts.js", defer=True),)

    class Meta:
        model = Article
        fields = [name for name, field in BY_INPUT.items() if not field.rows and name != "picture_list"]
        widgets = {
            "title": _counted(TITLE_LENGTH, rows=2, **{"class": "ghost w-title", "placeholder": "What is the news?"}),
            "standfirst": _counted(
                STANDFIRST_LENGTH, rows=3, **{"class": "ghost w-stand", "placeholder": "And why does it matter?"}
            ),
            "copied_reason": forms.TextInput(attrs={"placeholder": " "}),
            "picture_alt": forms.Textarea(attrs={"rows": 2}),
            "insights": forms.Textarea(attrs={"rows": 4}),
            "slug": forms.TextInput(attrs={"spellcheck": "false"}),
        }
        labels = {name: field.label for name, field in BY_INPUT.items()}

    #: A refusal of the workflow to say beside what was typed; set by the page that asks again.
    refusal = None

    def __init__(self, *args, instance=None, **given):
        super().__init__(*args, instance=instance, **({"label_suffix": ""} | given))
        #: Names of lists of which a part may be saved, although something in them is at fault.
        self.partly = set()
        self.stored = self._stored(instance)
        for name, rows in self.stored.items():
            if name in self.fields:
                self.initial.setdefault(name, rows)
                self.fields[name].keep = frozenset(row["id"] for row in rows)
                self.fields[name].widget.known = self._known(name, instance)
        self.initial.setdefault("edit", instance.edit if instance and instance.pk else 0)
        self._settle_fields(instance)

    def _settle_fields(self, instance):
        if "body" in self.fields:
            beyond = instance is not None and bool(_BEYOND.search(instance.body))
            self.fields["body"] = (
                PlainBody(required=False, help_text="It holds pictures or tables, so it is shown as HTML.")
                if beyond
                else Body()
            )
            self.fields["body"].label = "Brief"
            self.fields["body"].widget.attrs["data-count"] = ""
        if "section" in self.fields:
            self.fields["section"].required = False
            self.fields["section"].empty_label = None
            self.fields["section"].queryset = Section.objects.all()
        if "dated_at" in self.fields:
            self.fields["dated_at"].help_text += f" {badges.clock()}"
            if instance is not None and instance.dated_at and instance.dated_day:
                self.initial["dated_at"] = dates.local(instance.dated_at).replace(tzinfo=None)
        for name in ("focus_x", "focus_y"):
            if name in self.fields:
                self.fields[name].required = False

    @staticmethod
    def _known(name, article):
        """Return what is in a list already, by id, where whoever loaded the article loaded it too."""
        loaded = getattr(article, "_prefetched_objects_cache", {})
        if name == "picture_list":
            has_one = article is not None and article.picture_id and "picture" in article._state.fields_cache
            return {article.picture_id: article.picture} if has_one else {}
        rows = _LISTS[name].rows
        thing = rows.columns[rows.thing].removesuffix("_id")
        return {
            getattr(row, f"{thing}_id"): getattr(row, thing)
            for row in loaded.get(rows.relation, ())
            if thing in row._state.fields_cache
        }

    @staticmethod
    def _stored(article):
        """Return the lists as the database holds them, as rows of the form. Four queries where nothing is loaded."""
        if article is None or not article.pk:
            return {name: [] for name in (*_LISTS, "picture_list")}
        stored = {name: _rows(article, field.rows) for name, field in _LISTS.items()}
        return stored | {"picture_list": [{"id": article.picture_id}] if article.picture_id else []}

    def add_error(self, field, error):
        """Add a fault, and keep what matched of a typed list although the rest of it is at fault."""
        super().add_error(field, error)
        if isinstance(error, UnmatchedError):
            self.cleaned_data[field] = error.rows
            self.partly.add(field)

    def validate_constraints(self):
        """Ask nothing: the workflow asks whether an address is free, in the same breath as it takes it."""

    def clean_focus_x(self):
        return 50 if self.cleaned_data["focus_x"] is None else self.cleaned_data["focus_x"]

    def clean_focus_y(self):
        return 50 if self.cleaned_data["focus_y"] is None else self.cleaned_data["focus_y"]

    def clean_section(self):
        return self.cleaned_data["section"] or (self.instance.section if self.instance.section_id else Section.news())

    def clean_source_list(self):
        """Refuse a link that another article uses already, unless a reason is given."""
        rows = self.cleaned_data["source_list"]
        fresh = {row["id"] for row in rows if row["id"] and not row["reason"].strip()} - self.fields["source_list"].keep
        used = ArticleSource.objects.filter(link__in=fresh, role="source").exclude(article=self.instance.pk or 0)
        for one in used.select_related("article", "link")[:1]:
            self.data = self.data.copy()
            self._list_typed("source_list", one.link_id)
            raise forms.ValidationError(
                f"{one.link.brand}: this page is the source of “{one.article}” already "
                f"({one.article.get_state_display().lower()}). Say beside it why it is curated again, or take it out."
            )
        return rows

    def _list_typed(self, name, pk):
        """Make a row of what was pasted, so that the reason can be written beside it."""
        html = self.add_prefix(name)
        if self.data.get(f"{html}-add", "").strip():
            self.data.setlist(html, [*self.data.getlist(html), str(pk)])
            for extra in self.fields[name].extras:
                first = extra.choices[0][0] if extra.choices else ""
                self.data.setlist(f"{html}-{extra.name}", [*self.data.getlist(f"{html}-{extra.name}"), first])
            self.data[f"{html}-add"] = ""

    def clean_dated_day(self):
        """Read an instant on one's own clock; where only its day counts, that is a day of the newsroom."""
        is_day, at = self.cleaned_data["dated_day"], self.cleaned_data.get("dated_at")
        if at is not None:
            here = at.replace(tzinfo=dates.zone(settings.TIME_ZONE)) if is_day else at
            self.cleaned_data["dated_at"] = here.astimezone(UTC)
        return is_day

    def clean(self):
        """Add the refusal that the workflow gave a moment ago."""
        if self.refusal is not None:
            self.add_error("slug" if self.refusal.code == "slug" and "slug" in self.fields else None, str(self.refusal))
        return super().clean()

    # Changes since the form was shown ------------------------------------------------------------------------------

    @cached_property
    def marks(self):
        """The marks that tell whether a value of the form is still the same, by name: as it is shown, or was sent.

        A fingerprint; for a list its rows themselves, so that two people's changes of it can be told apart and merged.
        """
        return {name: self._mark(name) for name in self.fields if name != "edit"}

    def _mark(self, name):
        value, field = self[name].value(), self.fields[name]
        if isinstance(field, PickerField):
            rows = value if isinstance(value, Listed) else Listed(list(value or []))
            return json.dumps([field.plain(rows.rows), *([rows.typed] if rows.typed else [])])
        if isinstance(value, bool):
            words = str(value)
        elif name in HTML:  # it counts as it is kept, not as it was typed
            words = prose.clean(value or "")
        else:
            words = str(field.widget.format_value(value) or "").replace("\r\n", "\n").strip()
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    @property
    def seen(self):
        """The fingerprints of what was shown at first; they come back with what was typed. A new one showed nothing."""
        if not self.instance.pk:
            return ""
        return self.data.get("seen", "") if self.is_bound else json.dumps(self.marks)

    @cached_property
    def _seen(self):
        return json_value(self.seen or "{}")

    @cached_property
    def changed_data(self):
        """The names that this person changed, measured by what was shown to them and not by what others wrote since."""
        if not self.is_bound or not self._seen:
            return [name for name in super().changed_data if name != "edit"]
        return [name for name, mark in self.marks.items() if self._seen.get(name) != mark]

    def showing(self, article, **initial):
        """Return the same form as it shows an article now; values given in ``initial`` stand in it instead."""
        return type(self)(instance=article, initial=initial)

    def theirs(self, article):
        """Return what somebody else changed since: dicts of label, their words, and whether both changed it."""
        now = self.showing(article)
        return [
            {
                "label": now[name].label,
                "words": now.in_words(name),
                "mine": is_both,
                "both": is_both and self.merged_list(name, now) is not None,
            }
            for name, is_both in self.apart(now).items()
        ]

    @cached_property
    def base(self):
        """The fingerprints that this person's changes are measured by: what was shown, or an empty form."""
        return {name: mark for name, mark in self._seen.items() if name in self.fields} or type(self)().marks

    def apart(self, shown, *, written=frozenset()) -> dict[str, bool]:
        """Return the fields that ``shown``, the article as it is stored, has otherwise than they were sent: whether
        both this person and somebody else changed them. What only this person changed and waits to be saved is not
        among them; what was ``written`` a moment ago was only put into its proper form.
        """
        found = {}
        for name, now in shown.marks.items():
            sent, base = self.marks[name], self.base.get(name)
            if now == sent:
                continue
            if name in written or sent == base:
                found[name] = False
            elif now != base:
                found[name] = True
        return found

    def merged_list(self, name, shown) -> Listed | None:
        """Return a list that this person and somebody else changed, with the changes of both; None where they changed
        the same thing of it, or it is no list. What was typed in its box stays there. No query.
        """
        field, base = self.fields[name], _items(self.base.get(name))
        if name not in _LISTS or base is None:
            return None
        value = self[name].value()
        mine, theirs = (field.plain(rows) for rows in (value.rows, shown[name].value()))
        items = list_merge.merged(base, mine, theirs)
        return None if items is None else Listed([_row_of(field, item) for item in items], value.typed, value.fault)

    def in_words(self, name):
        """Return a value of the form as people read it: a list one thing a line. A query for a list or a choice."""
        value, field = self[name].value(), self.fields[name]
        if isinstance(field, PickerField):
            return field.in_words(value)
        if isinstance(field, forms.ModelChoiceField):
            return str(next((label for key, label in field.choices if str(key) == str(value)), ""))
        if isinstance(field, forms.BooleanField):
            return compare.plain(name, field.to_python(value))
        return compare.plain(name, value if name in HTML else field.widget.format_value(value))

    @staticmethod
    def names_of(changes) -> set[str]:
        """Return the form's names of changes in the shape of a snapshot."""
        return {BY_NAME[part].box_name if part in BY_NAME else part for part in changes}

    @staticmethod
    def part_of(name) -> str:
        """Return the part of a snapshot that a field of the form is."""
        return BY_INPUT[name].name if name in BY_INPUT else name

    def changes(self, but=frozenset()):
        """Return what was changed, in a snapshot's shape, less the fields ``but``; new links are saved on the way."""
        changed = [name for name in self.changed_data if name not in but]
        plain = {name: self.cleaned_data[name] for name in changed if name not in self.stored}
        if "dated_day" in plain and "dated_at" in self.cleaned_data:  # the same digits mean another instant
            plain["dated_at"] = self.cleaned_data["dated_at"]
        if "section" in plain:
            plain["section_id"] = plain.pop("section").pk
        for name in set(changed) & _LISTS.keys():
            plain[_LISTS[name].name] = [self._row(name, row) for row in self._rows_to_save(name)]
        if "picture_list" in changed:
            plain["picture_id"] = next((row["id"] for row in self.cleaned_data["picture_list"]), None)
        return plain

    def _rows_to_save(self, name):
        """Return the rows of a list with what somebody else changed of it since it was shown. Where both changed the
        same thing, the rows as they were sent: who saves had the choice.
        """
        field, rows = self.fields[name], self.cleaned_data[name]
        base, theirs = _items(self._seen.get(name)), field.plain(self.stored[name])
        items = None if base in (None, theirs) else list_merge.merged(base, field.plain(rows), theirs)
        if items is None:
            return rows
        known = {tuple(item): row for item, row in zip(field.plain(rows), rows, strict=True)}
        return [known.get(tuple(item)) or _row_of(field, item) | {"id": whole_number(item[0])} for item in items]

    def _row(self, name, row):
        """Return a row of the form as a snapshot has it, with what the form does not show of it (its spelling, say)."""
        pk, rows = sources.keep(row["new"]).pk if "new" in row else row["id"], _LISTS[name].rows
        known = next((old for old in self.stored[name] if old["id"] == pk), {}) | row
        return {rows.thing: pk} | {part: known[part] for part in rows.columns if part in known}


def _items(mark: object) -> list[list_merge.Item] | None:
    """Return the rows that the mark of a list holds; None where it holds none, as on a page opened long ago."""
    rows = json_value(mark, list)[:1] if isinstance(mark, str) else []
    return rows[0] if rows and _are_items(rows[0]) else None


def _are_items(rows: Iterable) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and row and all(isinstance(word, str) for word in row) for row in rows
    )


def _row_of(field, item):
    """Return an item as a row of the form."""
    return {"id": item[0]} | {extra.name: word for extra, word in zip(field.extras, item[1:], strict=False)}
