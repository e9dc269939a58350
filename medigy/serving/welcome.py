"""The first administrator of an empty newsroom: a one-time link, the page it opens, and the sign-in that follows."""

from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

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
    template_name = "medigy/welcome.html"
    title = "Welcome"
    extra_context = {"noindex": True}
    post_reset_login = True
    post_reset_login_backend = "medigy.http.accounts.AccountBackend"
    success_url = reverse_lazy("admin:index")

    def form_valid(self, form):
        with transaction.atomic():
            now = get_user_model().objects.select_for_update().get(pk=self.user.pk)
            if now.password != self.user.password:  # somebody was faster with the same link
                return self.render_to_response(self.get_context_data(form=None, validlink=False))
            return super().form_valid(form)


def needs_first_administrator() -> bool:
    """Return whether nobody could sign in and let others in."""
    people = get_user_model().objects.filter(is_superuser=True, is_active=True)
    return not any(person.has_usable_password() for person in people)


def link_for(person) -> str:
    """Return the path of a one-time link that lets a person choose a name and a password."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("welcome", args=[uid, default_token_generator.make_token(person)])


def first_administrator():
    """Return the account the first link is for: made without a password, or as it was left by an unused link."""
    people = get_user_model().objects
    waiting = next((one for one in people.filter(is_superuser=True) if not one.has_usable_password()), None)
    return waiting or people.create_superuser(FIRST_NAME)
