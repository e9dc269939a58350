"""Every form of the desk is saved, by every role that may, with every field changed by its kind, and read again.

The forms come from the desk's own registry: one that is added is saved here without anybody adding it.
"""

from datetime import timedelta
from itertools import count

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from curation.models import (
    Article,
    Author,
    CheckLevel,
    Document,
    Edition,
    Picture,
    Preference,
    ReturnReason,
    Section,
    SourceLink,
    Version,
    WorkPackage,
)
from offerings.models import Institution, Offering, Redirect, Taxonomy, Topic
from offerings.pickers.field import PickerField
from tests.curation.admin.test_admin import picture_file
from tests.factories import (
    make_article,
    make_author,
    make_institution,
    make_link,
    make_offering,
    make_person,
    make_picture,
    make_taxonomy,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

ROLES = ("Curator", "Manager", "Administrator", "superuser")
#: What nobody writes by hand; its pages only show.
READ_ONLY = {Version, Edition, Document, WorkPackage}
#: What has a page of its own instead of Django's forms; saved below.
OWN_PAGES = {Preference, CheckLevel}
#: What is added and never changed: another one is another row.
ADDED_ONLY = {Picture}

_numbers = count(1)

MADE = {
    Article: lambda: make_article(owner=None, offerings=[make_offering()], bylines=[make_author()]),
    Author: make_author,
    Institution: make_institution,
    Offering: lambda: make_offering([make_topic(), make_topic()]),
    ReturnReason: lambda: ReturnReason.objects.create(words=f"Reason {next(_numbers)}"),
    Redirect: lambda: Redirect.objects.create(path=f"/old-{next(_numbers)}", target="/about/"),
    Section: lambda: make_section(next(_numbers)),
    SourceLink: make_link,
    Taxonomy: make_taxonomy,
    Topic: make_topic,
}
#: Fields that take only some words: what a valid other value of each is.
WORDS = {
    "pasted": lambda: f"https://www.example.org/pasted-{next(_numbers)}",
    "pdf": lambda: f"https://www.example.org/report-{next(_numbers)}.pdf",
    "path": lambda: f"/before-{next(_numbers)}",
    "target": lambda: f"/about/?{next(_numbers)}",
    "slug": lambda: f"another-{next(_numbers)}",
    "permalink": lambda: f"another-{next(_numbers)}",
    "username": lambda: f"colleague{next(_numbers)}",
    "name": lambda: f"Field: Another {next(_numbers)}",
}


def make_section(number):
    return Section.objects.create(name=f"Guides {number}", slug=f"guides-{number}")


def person_of(role):
    return make_person(is_superuser=True) if role == "superuser" else make_person(role)


def of(model):
    return admin.site.get_model_admin(model)


def request_of(person):
    request = RequestFactory().get("/admin/")
    request.user = person
    return request


def address(model, what, *given):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=given)


# Another value for every kind of field -------------------------------------------------------------------------------


def another(name, field, value):
    """A value that a field takes and that is not the one it has, as a browser sends it: names and values."""
    if isinstance(field, PickerField):
        return _other_rows(name, field, value)
    if isinstance(field, forms.SplitDateTimeField) or isinstance(field.widget, AdminSplitDateTime):
        moment = timezone.localtime() + timedelta(days=3)
        return {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}
    return {name: _other_value(name, field, value)}


def _other_value(name, field, value):
    for kinds, made in _KINDS.items():
        if isinstance(field, kinds):
            return made(name, field, value)
    raise AssertionError(f"Nothing is known of {type(field).__name__} “{name}”: say how its kind is changed.")


def _other_choice(name, field, value):
    keys = [str(key) for key, _ in field.choices if str(key) not in ("", str(value))]
    assert keys, f"There is no second choice for “{name}”."
    return keys[-1]


def _other_choices(name, field, value):
    chosen = {getattr(one, "pk", one) for one in value or ()}
    return sorted(str(thing.pk) for thing in field.queryset if thing.pk not in chosen)[:2]


def _other_words(name, field, value):
    word = WORDS.get(name, lambda: f"Other words {next(_numbers)}")()
    return word if field.max_length is None else word[: field.max_length]


_KINDS = {
    forms.BooleanField: lambda name, field, value: "" if value else "on",
    forms.ModelMultipleChoiceField: _other_choices,
    forms.ChoiceField: _other_choice,
    forms.DateTimeField: lambda *_: f"{timezone.now() - timedelta(days=40):%Y-%m-%dT%H:%M:%S}",
    forms.IntegerField: lambda name, field, value: str((value or 0) + 1),
    forms.URLField: lambda *_: f"https://www.example.org/{next(_numbers)}/",
    forms.EmailField: lambda *_: f"colleague{next(_numbers)}@example.org",
    forms.FileField: lambda *_: picture_file("a.png"),
    forms.CharField: _other_words,
}


def _other_rows(name, field, value):
    """Another order and another thing, each row with what it may say beside."""
    made = MADE.get(field.queryset.model, make_picture)()
    stored = [row["id"] for row in getattr(value, "rows", value) or ()]
    ids = [str(made.pk), *(str(pk) for pk in reversed(stored))][: field.most]
    extras = {
        f"{name}-{extra.name}": [extra.choices[-1][0] if extra.choices else f"Why {pk}" for pk in ids]
        for extra in field.extras
    }
    return {name: ids} | extras


def filled(page, *, but=()):
    """What a browser sends of a form with every field changed, its inlines too, and what was changed, by name."""
    form, changed = page.context["adminform"].form, {}
    data = {"_continue": "1"}
    for name, field in form.fields.items():
        if name in but or field.disabled or name == "password":
            continue
        if field.widget.is_hidden:
            data[name] = str(form[name].value())
            continue
        changed[name] = another(name, field, form[name].value())
        data |= changed[name]
    if seen := getattr(form, "seen", ""):
        data["seen"] = seen
    for inline in page.context.get("inline_admin_formsets", ()):
        data |= _filled_inline(inline.formset, changed)
    return {name: value for name, value in data.items() if value not in (None, "") or name == "seen"}, changed


def _filled_inline(formset, changed):
    data = {one.html_name: one.value() for one in formset.management_form}
    for form in formset.forms:
        for name, field in form.fields.items():
            html = form.add_prefix(name)
            if name == "DELETE":
                continue
            if field.widget.is_hidden:
                data[html] = getattr(form[name].value(), "pk", form[name].value())
                continue
            changed[html] = another(html, field, form[name].value())
            data |= changed[html]
    return data


def shown(page, name):
    """What the page shows of a field, as a browser would send it back."""
    form, _, last = _form_of(page, name)
    value, field = form[last].value(), form.fields[last]
    if isinstance(field, PickerField):
        ids = {name: [str(row["id"]) for row in value]}
        return ids | {f"{name}-{one.name}": [row[one.name] for row in value] for one in field.extras}
    if isinstance(field.widget, AdminSplitDateTime):
        return dict(zip((f"{name}_0", f"{name}_1"), field.widget.decompress(value), strict=True))
    if isinstance(field, forms.BooleanField):
        return {name: "on" if value else ""}
    if isinstance(field.widget, forms.RadioSelect):
        return {name: str(value)}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {name: sorted(str(getattr(one, "pk", one)) for one in value)}
    return {name: str(field.widget.format_value(value) if field.widget.format_value(value) is not None else "")}


def _form_of(page, name):
    forms_ = {"": page.context["adminform"].form}
    for inline in page.context.get("inline_admin_formsets", ()):
        forms_ |= {form.prefix: form for form in inline.formset.forms}
    prefix, _, last = name.rpartition("-")
    return forms_[prefix], prefix, last


def said(page):
    """The faults of a page that was not saved."""
    context = page.context or {}
    errors = dict(context["adminform"].form.errors) if "adminform" in context else page.content[:500]
    return (
        page.status_code,
        errors,
        [dict(error) for one in context.get("inline_admin_formsets", ()) for error in one.formset.errors],
    )


# The forms -------------------------------------------------------------------------------------------


def test_every_registered_form_is_known_here():
    """A new one is saved by the tests below, or is said to be read only."""
    ours = {model for model in admin.site._registry if model.__module__.partition(".")[0] in ("curation", "offerings")}
    assert ours == MADE.keys() | READ_ONLY | OWN_PAGES | ADDED_ONLY


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", sorted(READ_ONLY, key=lambda model: model.__name__))
def test_what_is_read_only_is_so_for_every_role(model, role):
    desk, request = of(model), request_of(person_of(role))
    assert not desk.has_add_permission(request)
    assert not desk.has_change_permission(request)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", sorted(MADE, key=lambda model: model.__name__))
def test_every_add_form_is_saved_with_every_field(client, model, role):
    person = person_of(role)
    if not of(model).has_add_permission(request_of(person)):
        client.force_login(person)
        assert client.get(address(model, "add")).status_code == 403
        return
    client.force_login(person)
    _second_of_everything()
    before = set(model.objects.values_list("pk", flat=True))
    data, changed = filled(client.get(address(model, "add")))
    answer = client.post(address(model, "add"), data)
    assert answer.status_code == 302, said(answer)
    (pk,) = set(model.objects.values_list("pk", flat=True)) - before
    _is_kept(client.get(address(model, "change", pk)), changed)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", sorted(MADE, key=lambda model: model.__name__))
def test_every_change_form_is_saved_with_every_field(client, model, role):
    person, row = person_of(role), MADE[model]()
    client.force_login(person)
    if not of(model).has_change_permission(request_of(person), row):
        assert client.post(address(model, "change", row.pk), {}).status_code in (302, 403)
        return
    _second_of_everything()
    place = address(model, "change", row.pk)
    data, changed = filled(client.get(place))
    answer = client.post(place, data)
    assert answer.status_code == 302, said(answer)
    _is_kept(client.get(answer.headers["Location"]), changed)


def _second_of_everything():
    """So that every choice has another one."""
    for made in (make_taxonomy, make_taxonomy, make_institution, make_institution, make_person, MADE[Section]):
        made()


def _is_kept(page, changed):
    form = page.context["adminform"].form
    held = {name: sent for name, sent in changed.items() if name in form.fields or "-" in name}
    assert {name: shown(page, name) for name in held} == held


@pytest.mark.parametrize("role", ROLES)
def test_a_picture_is_added(client, role, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(person_of(role))
    place = address(Picture, "add")
    if client.get(place).status_code == 403:
        return
    answer = client.post(place, {"file": picture_file("a.png")})
    assert answer.status_code == 302, said(answer)
    assert Picture.objects.filter(address__startswith="desk/", address__endswith="/a.png").exists()


@pytest.mark.parametrize("role", ROLES)
def test_everybodys_own_settings_are_saved(client, role):
    person = person_of(role)
    client.force_login(person)
    chosen = {"density": "compact", "scheme": "dark", "zone": "Asia/Tokyo", "shortcuts": ""}
    assert client.post(reverse("admin:curation_preferences"), chosen).status_code == 302
    row = Preference.objects.get(user=person)
    assert (row.density, row.scheme, row.zone, row.shortcuts) == ("compact", "dark", "Asia/Tokyo", False)


@pytest.mark.parametrize("role", ROLES)
def test_how_strict_checks_are_is_saved(client, role):
    client.force_login(person_of(role))
    place = reverse("admin:curation_checklevel_changelist")
    page = client.get(place)
    if page.status_code != 200 or not page.context["may_change"]:
        assert client.post(place, {}).status_code == 403
        return
    names = [f"{check.code}-{one}" for check, cells in page.context["rows"] for one, _ in cells]
    assert client.post(place, dict.fromkeys(names, "advice")).status_code == 302
    assert CheckLevel.objects.filter(level="advice").count() == len(names)


# Source links ----------------------------------------------------------------------------------------


@pytest.fixture
def at_sources(client):
    client.force_login(make_person("Manager"))
    return client


def test_a_source_link_is_added_by_the_rule_for_links_and_mended(at_sources):
    typed = {"pasted": "https://www.example.org/story?utm_source=mail&id=7", "title": "A title", "site_name": "A site"}
    assert at_sources.post(address(SourceLink, "add"), typed).status_code == 302
    link = SourceLink.objects.get()
    assert (link.cleaned, link.brand, link.key) == ("https://www.example.org/story?id=7", "example.org", link.key)
    mended = {"title": "Another title", "site_name": ""}
    assert at_sources.post(address(SourceLink, "change", link.pk), mended).status_code == 302
    link.refresh_from_db()
    assert (link.title, link.site_name, link.pasted) == ("Another title", "", typed["pasted"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("https://example.org/a/?utm_campaign=x", "This page is here already: https://www.example.org/a"),
        ("javascript:alert(1)", ""),
        ("//example.org/a", ""),
        ("http://[::1", ""),
        ("", "required"),
    ],
)
def test_a_source_link_that_is_none_or_is_here_is_refused_in_words(at_sources, typed, words):
    make_link("https://www.example.org/a")
    page = at_sources.post(address(SourceLink, "add"), {"pasted": typed, "title": "A title"})
    (fault,) = page.context["adminform"].form.errors["pasted"]
    assert (page.status_code, words in fault, SourceLink.objects.count()) == (200, True, 1)
