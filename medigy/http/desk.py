"""The desk's own doors: who comes in, what they are told at sign-in, and pages that Django's admin brings unasked."""

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponseRedirect

from curation.workflow import entry
from offerings.request_values import whole_number


class SignInForm(AdminAuthenticationForm):
    """A name and a password; an account without a role is told what it lacks, and who can give it."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "This name and this password do not belong together. Capitals count in both.",
        "no_role": "This account has no role in the newsroom, so it cannot come in. An administrator can give it one.",
    }

    def confirm_login_allowed(self, user):
        if not entry.may_enter(user):
            raise forms.ValidationError(self.error_messages["no_role"], code="no_role")


class Desk(admin.AdminSite):
    """Django's admin, entered by a role."""

    login_form = SignInForm

    def has_permission(self, request):
        return entry.may_enter(request.user)

    def get_urls(self):
        """Django's address for “view on site” would tell where anything leads that has an address, seen or not."""
        urls = super().get_urls()
        on_site = next(url for url in urls if url.name == "view_on_site")
        on_site.callback = self.admin_view(self.on_site)
        return urls

    def on_site(self, request, content_type_id, object_id):
        """Lead on to the page that readers have of a thing, where somebody may see the thing and readers the page."""
        address = self._public_address(request, content_type_id, object_id)
        if address is None:
            raise Http404("Readers have no page of this.")
        return HttpResponseRedirect(address)

    def _public_address(self, request, content_type_id, object_id):
        kind = ContentType.objects.filter(pk=whole_number(content_type_id)).first()
        keeper = self._registry.get(kind.model_class()) if kind else None
        thing = keeper.get_object(request, object_id) if keeper else None
        if thing is None or not keeper.has_view_permission(request, thing):
            return None
        address = keeper.get_view_on_site_url(thing)
        return None if address == request.path else address
