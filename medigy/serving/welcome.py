"""Coming in by a one-time link: the page it opens, and the first administrator, whom nobody could invite."""

from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.urls import reverse_lazy

from curation.workflow import entry
from curation.workflow.entry import link_for

__all__ = ["Welcome", "first_administrator", "link_for", "needs_first_administrator"]

FIRST_NAME = "administrator"


class WelcomeForm(SetPasswordForm):
    """The name to sign in with, and a password twice."""

    username = get_user_model()._meta.get_field("username").formfield(label="Name to sign in with")
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
    token_generator = default_token_generator  # which ``link_for`` signs with
    template_name = "medigy/welcome.html"
    title = "Welcome"
    extra_context = {"noindex": True}
    post_reset_login = True
    post_reset_login_backend = "medigy.http.accounts.AccountBackend"
    success_url = reverse_lazy("admin:index")

    def get_user(self, uidb64):
        """Return whoever the link is for, as long as they may come in: who lost the role meanwhile chooses nothing."""
        person = super().get_user(uidb64)
        return person if person and entry.may_enter(person) else None

    def get_context_data(self, **given):
        return super().get_context_data(**given) | {"is_first": not entry.keepers().exists()}

    def form_valid(self, form):
        with transaction.atomic():
            now = get_user_model().objects.select_for_update().get(pk=self.user.pk)
            if now.password != self.user.password:  # somebody was faster with the same link
                return self.render_to_response(self.get_context_data(form=None, validlink=False))
            return super().form_valid(form)


def needs_first_administrator() -> bool:
    """Return whether nobody could sign in and let others in."""
    return not entry.keepers().exists()


def first_administrator():
    """Return the account the first link is for: made without a password, or as it was left by an unused link."""
    people = get_user_model().objects
    waiting = next((one for one in people.filter(is_superuser=True) if not one.has_usable_password()), None)
    return waiting or people.create_superuser(FIRST_NAME)
