"""Forms about people: what an account says, its role, days away, and who takes over."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UsernameField
from django.template.loader import render_to_string
from django.utils.html import format_html

from curation.workflow.board import absences
from curation.workflow.people import accounts
from offerings.forms.touched import OnlyTouched
from offerings.text.words import single_line


def _day(label):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class NameField(forms.CharField):
    """A name as people write it, on one line."""

    def __init__(self, **given):
        super().__init__(label="Name", max_length=200, **given)

    def clean(self, value):
        return super().clean(single_line(value or ""))


class AddressField(forms.EmailField):
    """An e-mail address; whether another account has it, the form that knows whose it is says."""

    def __init__(self, **given):
        super().__init__(label="E-mail", max_length=254, **given)


class RoleSelect(forms.RadioSelect):
    """Roles to choose from, each a line that says what it is for."""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string("admin/widgets/roles.html", self.get_context(name, value, attrs))


class RoleField(forms.ChoiceField):
    """One of the roles that somebody may give, each with what it lets people do."""

    def __init__(self, **given):
        super().__init__(label="Role", widget=RoleSelect, **given)

    def offer(self, names):
        """Offer these roles, each as its name and what it means."""
        self.choices = [(name, format_html("<b>{}</b> {}", name, accounts.MEANS[name])) for name in names]


class AbsenceForm(forms.Form):
    """The first and the last day of an absence, both or neither."""

    away_from, away_until = _day("First day"), _day("Last day")

    def clean(self):
        """Refuse half an absence, and one that ends before it begins."""
        given = super().clean()
        first, last = given.get("away_from"), given.get("away_until")
        if not self.errors.keys() & {"away_from", "away_until"}:
            if bool(first) != bool(last):
                self.add_error("away_until", "Give both days, or neither.")
            elif first and last < first:
                self.add_error("away_until", "The last day is before the first. Change one of them.")
        return given


class PersonForm(OnlyTouched, AbsenceForm):
    """A colleague's account in the newsroom's words; ``by`` is who changes it, ``roles`` the roles that they may give.

    Without roles it asks for none: nobody gives themselves one on their own page.
    """

    name = NameField()
    email = AddressField(required=False)
    username = get_user_model()._meta.get_field("username").formfield(form_class=UsernameField, label="Signs in as")
    role = RoleField()
    field_order = ("name", "email", "username", "role", "away_from", "away_until")

    def __init__(self, data, *, person, by, roles=()):
        absence = absences.absence_of(person)
        initial = {
            "name": accounts.named(person),
            "email": person.email,
            "username": person.get_username(),
            "role": accounts.role_of(person),
            "away_from": absence.first if absence else "",
            "away_until": absence.last if absence else "",
        }
        super().__init__(data, initial=initial, label_suffix="")
        self.person, self.by = person, by
        self.fields["username"].help_text = ""
        if roles:
            self.fields["role"].offer(roles)
        else:
            del self.fields["role"]

    def clean_username(self):
        return _free("username", self.cleaned_data["username"], self.person)

    def clean_email(self):
        return _free("email", self.cleaned_data["email"], self.person)

    def save(self):
        """Change what was touched of the account and of the absence. Raises what ``accounts.change`` raises."""
        given, touched = self.cleaned_data, set(self.changed_data)
        asked = {part: given[part] for part in {"name", "username", "email", "role"} & touched}
        if asked:
            accounts.change(self.person, by=self.by, **asked)
        if touched & {"away_from", "away_until"}:
            absences.keep(self.person, given["away_from"], given["away_until"])


class InviteForm(forms.Form):
    """A new colleague, who chooses a password by a one-time link."""

    name = NameField()
    email = AddressField(help_text="The link goes there; you can hand it over yourself as well.")
    role = RoleField()

    def __init__(self, data, *, roles):
        super().__init__(data, label_suffix="")
        self.fields["role"].offer(roles)


NOBODY = "nobody"


class HeirField(forms.ChoiceField):
    """Somebody who takes over, or expressly nobody."""

    def __init__(self, label, people, nobody, away):
        self.people = {str(one.pk): one for one in people}
        named = [(pk, _with_absence(one, away)) for pk, one in self.people.items()]
        choices = [("", "Choose somebody"), *named, (NOBODY, nobody)]
        super().__init__(
            label=label, choices=choices, error_messages={"required": "Say who takes it, or that nobody does."}
        )

    def clean(self, value):
        """Return the person, None for nobody."""
        return self.people.get(super().clean(value))


def _with_absence(person, away):
    last = away.get(person.pk)
    return f"{accounts.named(person)} (away until {last.day} {last:%B})" if last else accounts.named(person)


def _free(column, value, person):
    """Return what was typed, unless another account has it."""
    if accounts.is_taken(column, value, but=person):
        raise forms.ValidationError(accounts.TAKEN[column])
    return value
