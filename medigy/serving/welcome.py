"""Coming in by a one-time link: the page it opens, and the first administrator, whom nobody could invite."""

from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm, UsernameField
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse_lazy

from curation.models.roles import keepers
from curation.workflow import entry
from curation.workflow.people import accounts, invitations
from curation.workflow.people.invitations import link_for
from medigy.http import throttle

__all__ = ["Welcome", "first_administrator", "link_for", "needs_first_administrator"]

FIRST_NAME = "administrator"


_HEADERS = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}


class WelcomeForm(SetPasswordForm):
    """The name to sign in with, and a password twice."""

    username = (
        get_user_model()._meta.get_field("username").formfield(form_class=UsernameField, label="Name to sign in with")
    )
    field_order = ["username", "new_password1", "new_password2"]

    def __init__(self, user, *args, **given):
        super().__init__(user, *args, **given)
        self.fields["username"].initial = user.get_username() if user else ""

    def clean_username(self):
        name = self.cleaned_data["username"]
        taken = get_user_model().objects.exclude(pk=self.user.pk).filter(username__iexact=name)
        if taken.exists():
            self.add_error("username", "Somebody else has this name.")
        self.user.username = name
        return name


class Welcome(PasswordResetConfirmView):
    """Django's own page for a signed link that expires and works once; it keeps the link out of every Referer."""

    form_class = WelcomeForm
    token_generator = invitations.links
    template_name = "medigy/welcome.html"
    title = "Welcome"
    extra_context = {"noindex": True}
    post_reset_login = True
    post_reset_login_backend = "medigy.http.accounts.AccountBackend"
    success_url = reverse_lazy("admin:index")

    def dispatch(self, request, *args, **given):
        """Refuse who tried too many links that open nothing, each a try of its own kind; a good link always opens.

        No page beside this one learns the address, and no search engine keeps it.
        """
        response = super().dispatch(request, *args, **given)
        is_wrong = not self.validlink and response.status_code == 200
        if is_wrong and throttle.is_too_much(request, f"one-time link {given['uidb64'][:40]}"):
            response = render(request, "429.html", status=429)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    def get_user(self, uidb64):
        """Return whoever the link is for, as long as they may come in: who lost the role meanwhile chooses nothing."""
        person = super().get_user(uidb64)
        return person if person and entry.may_enter(person) else None

    def get_context_data(self, **given):
        """Say who invites to what, beside Django's form."""
        invitation = invitations.invitation_of(self.user) if self.validlink else None
        by = invitation and invitation.by
        return super().get_context_data(**given) | {
            "is_first": not keepers.keepers().exists(),
            "inviter": accounts.named(by) if by and by.pk != self.user.pk else "",
            "role": accounts.role_of(self.user).lower() if self.validlink else "",
            "person": accounts.named(self.user) if self.validlink else "",
        }

    def form_valid(self, form):
        """Set the password, unless somebody was faster with the same link; the link has done its work."""
        with transaction.atomic():
            now = get_user_model().objects.select_for_update().get(pk=self.user.pk)
            is_good = self.token_generator.check_token(now, self.request.session.get(INTERNAL_RESET_SESSION_TOKEN))
            if not is_good:
                self.validlink = False
                return self.render_to_response(self.get_context_data())
            invitations.used(now)
            return super().form_valid(form)


def needs_first_administrator() -> bool:
    """Return whether nobody could sign in and let others in."""
    return not keepers.keepers().exists()


def first_administrator():
    """Return the account the first link is for: made without a password, or as it was left by an unused link."""
    people = get_user_model().objects
    waiting = next((one for one in people.filter(is_superuser=True) if not one.has_usable_password()), None)
    return waiting or people.create_superuser(FIRST_NAME)
