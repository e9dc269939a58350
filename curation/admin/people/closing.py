"""Closing an account, which asks who takes its open and scheduled work, and opening it again."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from curation.models.roles.keepers import LastKeeperRefused
from curation.workflow import actors
from curation.workflow.board import absences
from curation.workflow.people import accounts, leaving
from curation.workflow.people.accounts import AccountRefused

from .access import kept_by
from .forms import HeirField


def urls(site):
    """Return the addresses of closing."""
    return [
        path("people/<int:pk>/close/", site.admin_view(close), {"site": site}, name="person_close"),
        path("people/<int:pk>/open/", site.admin_view(reopen), name="person_open"),
    ]


class ClosingForm(forms.Form):
    """Heirs of what somebody leaves, asked of each kind of work that there is."""

    def __init__(self, data, person, work):
        super().__init__(data, label_suffix="")
        away = absences.away()
        if work.owned:
            people = leaving.heirs(actors.WRITE, person)
            self.fields["heir"] = HeirField("Who goes on with them", people, "Nobody: any curator may claim them", away)
        if work.reviewed:
            people = leaving.heirs(actors.REVIEW, person)
            self.fields["decider"] = HeirField("Who decides on them", people, "Nobody: any manager may decide", away)

    def is_given(self):
        """Return whether it was sent, and holds all that is asked; where nothing is asked, sending is enough."""
        return self.is_bound and self.is_valid()


@require_http_methods(["GET", "POST"])
def close(request, pk, site):
    """Ask who takes over, or close the account and hand everything over at once."""
    person = kept_by(request, pk)
    work = leaving.work_of(person)
    form = ClosingForm(request.POST if request.method == "POST" else None, person, work)
    if form.is_given() and _is_closed(request, person, form):
        return redirect("admin:person", pk)
    given = {"title": f"Close the account of {accounts.named(person)}", "person": person, "form": form, "work": work}
    return render(request, "admin/people/close.html", site.each_context(request) | given)


def _is_closed(request, person, form):
    """Return whether the account was closed; where a rule forbids it, the form says so."""
    try:
        handed = leaving.close(person, by=request.user, **form.cleaned_data)
    except (LastKeeperRefused, AccountRefused) as refusal:
        form.add_error(None, getattr(refusal, "messages", [str(refusal)])[0])
        return False
    briefs = f" {handed} {'brief' if handed == 1 else 'briefs'} changed hands." if handed else ""
    messages.success(request, f"{accounts.named(person)} cannot come in any more.{briefs}")
    return True


@require_POST
def reopen(request, pk):
    """Open an account again."""
    person = kept_by(request, pk)
    accounts.reopen(person, by=request.user)
    messages.success(request, f"{accounts.named(person)} may come in again.")
    return redirect("admin:person", pk)
