"""Inviting: a form for a new colleague, and the one-time link that is shown once and sent by e-mail."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from curation.workflow.people import accounts, invitations
from curation.workflow.people.accounts import AccountRefused

from .access import keeper, kept_by
from .forms import InviteForm

_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}
log = logging.getLogger(__name__)


def urls(site):
    """Return the addresses of inviting."""
    guarded, given = site.admin_view, {"site": site}
    return [
        path("people/invite/", guarded(invite), given, name="people_invite"),
        path("people/<int:pk>/link/", guarded(link), given, name="person_link"),
        path("people/<int:pk>/revoke/", guarded(revoke), name="person_revoke"),
    ]


@require_http_methods(["GET", "POST"])
def invite(request, site):
    """Ask who is invited, or make the account and show its link, this once."""
    keeper(request, accounts.INVITE)
    form = InviteForm(request.POST or None, roles=accounts.may_give(request.user))
    if form.is_valid() and (made := _invited(form, request.user)):
        return _link_page(request, site, *made)
    given = {"title": "Invite a colleague", "form": form}
    return render(request, "admin/people/invite.html", site.each_context(request) | given)


def _invited(form, by):
    """Return what ``invitations.invite`` does; where a rule forbids it, the form says so."""
    try:
        return invitations.invite(by=by, **form.cleaned_data)
    except AccountRefused as refusal:
        form.add_error("email", str(refusal))
        return None


@require_POST
def link(request, pk, site):
    """Show another link for somebody, this once: the one before it ends."""
    person = kept_by(request, pk)
    try:
        made = invitations.renew(person, by=request.user)
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:person", pk)
    return _link_page(request, site, person, *made)


@require_POST
def revoke(request, pk):
    """Take a link back."""
    was_there = invitations.revoke(kept_by(request, pk), by=request.user)
    words = "The link opens nothing any more." if was_there else "There was no link that is still good."
    messages.success(request, words)
    return redirect("admin:person", pk)


def _link_page(request, site, person, address, is_new):
    """Return the page that shows a link, which nothing keeps: not the session, nor a browser.

    A second click has the same page; its letter went with the first.
    """
    whole = settings.SITE_URL + address
    given = {
        "title": "A link to come in",
        "person": person,
        "link": whole,
        "days": invitations.LASTS.days,
        "is_sent": _is_sent(person, request.user, whole) if is_new else bool(person.email),
        "is_printed": settings.MAILERS["default"]["BACKEND"].endswith(".Printed"),
    }
    response = render(request, "admin/people/link.html", site.each_context(request) | given)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response


def _is_sent(person, by, address):
    """Send the link to somebody; return whether it went off. A mail server that fails is no reason to fail here."""
    if not person.email:
        return False
    subject = f"{accounts.named(by)} lets you in at {settings.SITE_NAME}"
    try:
        return bool(send_mail(subject, _letter(person, accounts.named(by), address), None, [person.email]))
    except OSError:  # smtplib's errors are of this kind
        log.exception("A letter with a one-time link could not be sent.")
        return False


def _letter(person, by, address):
    """Return the words of the letter, in plain text."""
    if person.has_usable_password():
        why = f"{by} gives you a link to choose a new password for the newsroom of {settings.SITE_NAME}."
    else:
        role = accounts.role_of(person).lower()
        why = f"{by} invites you to the newsroom of {settings.SITE_NAME} as {role}. Choose a name and a password here."
    return LETTER.format(person=accounts.named(person), why=why, address=address, days=invitations.LASTS.days)


LETTER = """Hello {person},

{why}

{address}

The link works once, for {days} days. Give it to nobody: whoever opens it first has your account.
If you did not expect this letter, you need not do anything.
"""
