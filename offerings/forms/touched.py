"""Forms that write what was touched and nothing else: what a colleague changed since the page was opened stays."""

from django import forms
from django.contrib import admin
from django.db import transaction


class OnlyTouched:
    """A form, mixed in before Django's, that is sent with what its page showed, and writes fields that differ from it.

    A field that nobody touched has the value that is stored by now. One that was touched and was changed meanwhile is
    refused once, with what stands there now; saved again, it is as whoever saves it wants it. What is sent without
    that, as by a script, is compared with what is stored. Costs no query, but for fields whose values are rows.
    """

    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        for name, field in self.fields.items():
            is_told = not self.is_bound or self.add_initial_prefix(name) in self.data
            field.show_hidden_initial = is_told and not isinstance(field, forms.FileField)

    def full_clean(self):
        """Clean what was touched; for the rest take what is stored, whatever was sent."""
        kept = [field for name, field in self.fields.items() if self.is_bound and not self._is_touched(name)]
        for field in kept:
            field.disabled = True
        try:
            super().full_clean()
        finally:
            for field in kept:
                field.disabled = False
        if self.is_bound:
            self._refuse_overwriting()

    def _is_touched(self, name):
        field = self.fields[name]
        return field.disabled or not field.show_hidden_initial or name in self.changed_data

    def _refuse_overwriting(self):
        """Refuse fields that somebody else changed since the page was shown, unless both want the same."""
        for name in [one for one in self.changed_data if self.fields[one].show_hidden_initial]:
            bound = self[name]
            now, seen = _as_sent(bound, bound.initial), self.data[bound.html_initial_name]
            wanted = _as_sent(bound, self.cleaned_data.get(name, bound.data))
            if name not in self.errors and now not in (_plain(seen), wanted):
                self.add_error(name, _MEANWHILE.format(now=_in_words(bound, now)))
                self.data = self.data.copy()
                self.data[bound.html_initial_name] = now


_MEANWHILE = "Somebody changed this after you opened the page; it is {now} now. Save again to have it your way."
_SHOWN = 80  # characters of what stands there now


def _as_sent(bound, value):
    """Return a value as the page sends what it shows."""
    return _plain(bound.field.hidden_widget().format_value(bound.field.prepare_value(value)))


def _plain(value):
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _in_words(bound, now):
    if isinstance(bound.field, forms.BooleanField):
        return "ticked" if now == "True" else "not ticked"
    words = bound.field.in_words(bound.initial) if hasattr(bound.field, "in_words") else _label(bound, now)
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return f"“{words}”" if words else "empty"


def _label(bound, now):
    """Return a choice by the name that people know it by, where it has one in plain words."""
    if isinstance(bound.field, forms.ModelChoiceField):
        return str(bound.field.queryset.filter(pk=now or None).first() or "")
    return now


def touched(sent, *names: str) -> dict[str, str]:
    """Return those values of a form that differ from what its page showed, which comes along as ``was-<name>``.

    For forms that are drawn by hand. A box that is not ticked is an empty value. What comes without its ``was-`` counts
    as touched.
    """
    values = {name: sent.get(name, "") for name in names}
    return {name: value for name, value in values.items() if value != sent.get(f"was-{name}")}


class _OfItsRow:
    """A form in a row of a list, each field of which says whose it is: a column's head is no label."""

    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = f"{field.label} of “{self.instance}”"


class FromPages(admin.ModelAdmin):
    """Desk pages whose forms write only what was touched; two who save one thing at once wait for each other."""

    def get_form(self, request, obj=None, change=False, **given):
        form = super().get_form(request, obj, change, **given)
        return type(form.__name__, (OnlyTouched, form), {"__doc__": form.__doc__}) if change else form

    def get_changelist_form(self, request, **given):
        form = super().get_changelist_form(request, **given)
        return type(form.__name__, (OnlyTouched, _OfItsRow, form), {"__doc__": form.__doc__})

    def get_object(self, request, object_id, from_field=None):
        """Return the row; where it is about to be written, as it is once nobody else holds it."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return found
        self.model._base_manager.select_for_update().filter(pk=found.pk).values_list("pk").first()
        return super().get_object(request, object_id, from_field)
