"""The roster and a person's page, for those who keep accounts."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from curation.admin import badges
from curation.models import roles
from curation.models.roles.keepers import LastKeeperRefused
from curation.workflow import entry
from curation.workflow.people import accounts, invitations, leaving, roster
from curation.workflow.people.accounts import AccountRefused
from offerings.request_values import whole_number

from . import closing, further, inviting, you
from .access import keeper, kept_by, person_of
from .forms import PersonForm

_FARTHEST = 10_000  # a page: databases count no further than so many rows


def urls(site):
    """Return the addresses of people; ``site`` is the desk. Those of Django's own pages lead here."""
    guarded, given = site.admin_view, {"site": site}
    pages = [
        path("people/", guarded(people), given, name="people"),
        path("people/<int:pk>/", guarded(person), given, name="person"),
        *inviting.urls(site),
        *closing.urls(site),
        *you.urls(site),
    ]
    old = [
        path("auth/user/<int:pk>/change/", guarded(former), name="auth_user_change"),
        *(path(f"auth/{kind}/", guarded(former), name=f"auth_{kind}_changelist") for kind in ("user", "group")),
    ]
    return [*pages, *old]


@require_GET
def people(request, site):
    """Show who works here, open accounts or closed ones. Ten queries with those of the session, however many."""
    keeper(request)
    is_closed, number = "closed" in request.GET, whole_number(request.GET.get("page", "1"), most=_FARTHEST) or 1
    colleagues, has_more = roster.page_of(not is_closed, number)
    now = timezone.now()
    given = {
        "title": "People",
        "rows": [(one, badges.lasted(now - one.seen) if one.seen else "") for one in colleagues],
        "is_closed": is_closed,
        "now": now,
        "number": number,
        "older": number + 1 if has_more else None,
        "may_invite": roles.may(request.user, accounts.INVITE),
    }
    return render(request, "admin/people/people.html", site.each_context(request) | given)


@require_http_methods(["GET", "POST"])
def person(request, pk, site):
    """Show a colleague's account with what stands open with them, or change it."""
    keeper(request)
    one = kept_by(request, pk) if request.method == "POST" else person_of(pk)
    may_keep = accounts.may_keep(request.user, one)
    form = PersonForm(request.POST or None, person=one, by=request.user, roles=accounts.may_give(request.user))
    if form.is_valid() and saved(form):
        messages.success(request, f"{accounts.named(one)} is saved.")
        return redirect("admin:person", one.pk)
    return shown(request, site, one, form if may_keep else None)


def saved(form) -> bool:
    """Return whether what a form asks for was done; where a rule forbids it, the form says so."""
    try:
        form.save()
    except (LastKeeperRefused, AccountRefused) as refusal:
        form.add_error(None, getattr(refusal, "messages", [str(refusal)])[0])
    return not form.errors


def shown(request, site, one, form) -> HttpResponse:
    """Return a person's page. A refused form has changed the account in memory, so it is read anew."""
    fresh = get_object_or_404(get_user_model().objects.prefetch_related("groups"), pk=one.pk)
    invitation = invitations.invitation_of(fresh)
    given = {
        "title": accounts.named(fresh),
        "person": fresh,
        "role": accounts.role_of(fresh),
        "means": accounts.MEANS.get(accounts.role_of(fresh), "No role yet: this account opens nothing."),
        "has_more": accounts.has_more(fresh),
        "form": form,
        "work": leaving.work_of(fresh),
        "invitation": invitation,
        "is_over": bool(invitation and invitation.until <= timezone.now()),
        "can_come_in": entry.may_enter(fresh),
        "is_self": fresh.pk == request.user.pk,
        "sections": further.sections_of(request, fresh),
    }
    return render(request, "admin/people/person.html", site.each_context(request) | given)


@require_GET
def former(request, pk=None):
    """Lead on from an address of Django's own pages to ours."""
    return HttpResponseRedirect(reverse("admin:person", args=[pk]) if pk else reverse("admin:people"))
