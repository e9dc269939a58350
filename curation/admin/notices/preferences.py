"""Choices of how one is told: each kind by mail at once, in the daily digest or not, and in the desk or not."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from curation import notices
from curation.admin.people import further
from curation.models import NoticeChoice
from curation.notices.choices import DIGEST_AT
from offerings.forms.touched import touched


def urls(desk):
    """Return the address of one's own choices."""
    return [path("preferences/", desk.admin_view(page), {"desk": desk}, name="curation_notices_preferences")]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, desk):
    """Show how whoever asks is told, or keep what they chose."""
    if request.method == "POST":
        notices.keep_choices(request.user, _chosen(request))
        messages.success(request, "How you are told is saved.")
        return redirect("admin:you" if request.POST.get("back") == "you" else "admin:curation_notices_preferences")
    context = desk.each_context(request) | {"title": "How you are told"} | table(request.user)
    return render(request, "admin/curation/notices/preferences.html", context)


def table(person) -> dict:
    """Return what the table of a person's choices shows, for this page and for the person's own. One query."""
    return {
        "choices": list(notices.choices_of(person).values()),
        "mails": NoticeChoice.Mail.choices,
        "digest_at": f"{DIGEST_AT:%H:%M}",
        "address": person.email,
    }


def _on_own_page(request, person):
    """Return what the table shows on somebody's own page; on those of others there is none."""
    return table(person) | {"back": "you"} if person.pk == request.user.pk else None


further.add(further.Section("notices", "How you are told", "admin/curation/notices/choices.html", _on_own_page))


def _chosen(request):
    """Return the choices that were touched; a link in a letter may have stopped another meanwhile, and that stays."""
    now = notices.choices_of(request.user).values()
    return [_choice(one, given) for one in now if (given := touched(request.POST, *_names(one)))]


def _names(choice):
    return f"mail_{choice.kind}", f"desk_{choice.kind}"


def _choice(now, given):
    mail, desk = _names(now)
    mailed = given[mail] if given.get(mail) in NoticeChoice.Mail.values else now.mail
    return notices.Choice(now.kind, mailed, bool(given[desk]) if desk in given else now.in_desk)
