"""Preferences of each person for the desk: density, scheme, clock, shortcuts. Kept in the session: no page asks."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from curation.models import Preference

KEPT = "desk"  # the session's key
FIELDS = ("density", "scheme", "zone", "shortcuts")
_REMEMBERED = (*FIELDS, "hides_first_steps")


class OwnDesk:
    """Middleware that shows whoever is signed in the desk as they like it, and every clock in their zone.

    ``request.preference`` is a dict of ``_REMEMBERED``. Readers' pages and what is stored keep the newsroom's zone. No
    query: signing in has asked.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        finally:
            if hasattr(request, "preference"):
                timezone.deactivate()

    def process_view(self, request, view, args, kwargs):
        """Set the preference here, where it is known whose page this is."""
        if request.resolver_match.app_name == "admin" and request.user.is_authenticated:
            request.preference = preferences_of(request)
            zone = zones().get(request.preference["zone"].casefold())
            timezone.activate(ZoneInfo(zone or settings.TIME_ZONE))


def preferences_of(request) -> dict:
    """Return the choices of whoever is signed in; the defaults, with no scheme, of somebody who never chose."""
    kept = request.session.get(KEPT)
    if not isinstance(kept, dict) or kept.keys() != set(_REMEMBERED):  # a session older than this
        kept = remember(request=request, user=request.user)
    return kept


@receiver(user_logged_in)
def remember(*, request, user, **told):
    """Put what somebody chose into their session. One query, as they sign in."""
    row = Preference.objects.filter(user=user).first()
    kept = request.session[KEPT] = _plain(row or Preference(scheme=""))
    return kept


def keep(request, **chosen):
    """Write what somebody chose for themselves, and let their pages know at once."""
    row, _ = Preference.objects.update_or_create(user=request.user, defaults=chosen)
    request.session[KEPT] = _plain(row)


def _plain(row):
    return {name: getattr(row, name) for name in _REMEMBERED}


@cache
def zones() -> dict[str, str]:
    """Return every time zone that this machine knows, by its name in lower case."""
    return {name.casefold(): name for name in sorted(available_timezones()) if name not in ("Factory", "localtime")}


class PreferenceForm(forms.ModelForm):
    """Settings of whoever is signed in, and of nobody else."""

    class Meta:
        model = Preference
        fields = FIELDS
        widgets = {
            "density": forms.RadioSelect,
            "scheme": forms.RadioSelect,
            "zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        }
        labels = {"zone": "Time zone", "shortcuts": "Shortcuts"}
        help_texts = {"shortcuts": "Off, every key is a letter again. The list of them stays in your menu."}

    def __init__(self, *args, **given):
        super().__init__(*args, label_suffix="", **given)
        self.fields["zone"].widget.attrs["placeholder"] = settings.TIME_ZONE
        self.fields["zone"].help_text = f"Empty means the newsroom's own, {settings.TIME_ZONE}."

    def clean_zone(self):
        """Return the zone as it is spelled everywhere."""
        typed = self.cleaned_data["zone"].strip().replace(" ", "_")
        if not typed:
            return ""
        if typed.casefold() not in zones():
            raise forms.ValidationError(f"No time zone is called “{typed}”. Choose one from the list, e.g. Asia/Tokyo.")
        return zones()[typed.casefold()]


@admin.register(Preference)
class PreferenceAdmin(admin.ModelAdmin):
    """Preferences, whose rows nobody sees: each person has a page for their own."""

    def has_module_permission(self, request):
        return False

    def get_urls(self):
        guarded, given = self.admin_site.admin_view, {"desk": self}
        return [
            path("", guarded(page), given, name="curation_preferences"),
            path("scheme/", guarded(scheme), given, name="curation_preferences_scheme"),
        ]


@require_http_methods(["GET", "POST"])
def page(request, desk):
    """Show the settings of whoever is signed in, or save them."""
    chosen = request.preference | {"scheme": request.preference["scheme"] or Preference.Scheme.AUTO}
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        keep(request, **{name: form.cleaned_data[name] for name in FIELDS})
        messages.success(request, "Your settings are saved.")
        return redirect("admin:curation_preferences")
    given = {"title": "Your settings", "form": form, "zones": zones().values(), "now": timezone.now()}
    return TemplateResponse(request, "admin/curation/preferences.html", desk.admin_site.each_context(request) | given)


@require_POST
def scheme(request, desk):
    """Keep the scheme that the button in the bar changed to."""
    chosen = request.POST.get("scheme")
    if chosen not in Preference.Scheme.values:
        return HttpResponseBadRequest("There is no such scheme.")
    keep(request, scheme=chosen)
    return HttpResponse(status=204)
