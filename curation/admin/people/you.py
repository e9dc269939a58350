"""Everybody's own page: name, address, password, days away, and what other rooms ask of a person."""

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation.workflow.people import accounts

from . import further
from .access import person_of
from .forms import PersonForm


def urls(site):
    """Return the address of one's own page."""
    return [path("you/", site.admin_view(you), {"site": site}, name="you")]


@require_http_methods(["GET", "POST"])
def you(request, site):
    """Show the account of whoever asks, or change what is theirs to change: not the role, which others give."""
    person = person_of(request.user.pk)
    form = PersonForm(request.POST or None, person=person, by=request.user)
    if form.is_valid():
        try:
            form.save()
        except accounts.AccountRefused as refusal:  # somebody took the name or the address meanwhile
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("admin:you")
    fresh = person_of(person.pk)
    given = {
        "title": "You",
        "person": fresh,
        "role": accounts.role_of(fresh),
        "means": accounts.MEANS.get(accounts.role_of(fresh), ""),
        "form": form,
        "password": _password_form(fresh) if fresh.has_usable_password() else None,
        "sections": further.sections_of(request, fresh),
    }
    return render(request, "admin/people/you.html", site.each_context(request) | given)


def _password_form(person):
    """Return Django's form, which is sent to Django's own page; here it does not draw the cursor to itself."""
    form = PasswordChangeForm(person, label_suffix="")
    del form.fields["old_password"].widget.attrs["autofocus"]
    return form
