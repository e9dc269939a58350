"""Accounts and roles: Django's own pages, in which nobody can give more than they have, nor shut the last one out."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe
from taggit.admin import Tag

from curation.models import roles
from curation.workflow import entry
from offerings.text.words import single_line

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(Tag)  # topics are the site's tags


class RolesField(forms.ModelMultipleChoiceField):
    """The roles as boxes to tick, each with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **given):
        order = list(roles.ROLES)
        super().__init__(
            Group.objects.filter(name__in=order).order_by("pk"),
            required=False,
            label="Roles",
            help_text="A role is what lets somebody in. Without one an account opens nothing.",
            **given,
        )

    def label_from_instance(self, group):
        return f"{group.name}: {entry.MEANS[group.name]}"


class AccountForm(UserChangeForm):
    """A colleague's account. The last person who can let others in keeps what that takes."""

    groups = RolesField()

    def clean(self):
        cleaned = super().clean()
        if not self._keeps_accounts(cleaned) and entry.is_last_keeper(self.instance):
            self.add_error(None, LAST)
        return cleaned

    def _keeps_accounts(self, cleaned):
        """Return whether this account could still let others in after the change."""
        named = {group.name for group in cleaned.get("groups") or ()}
        is_above = cleaned.get("is_superuser", self.instance.is_superuser)
        return cleaned.get("is_active") and (is_above or roles.ADMINISTRATOR in named)


LAST = (
    "Nobody else can let people in: this is the last open account of an administrator who has a password. "
    "Make somebody else an administrator first, and let them sign in once."
)


class InvitationForm(forms.ModelForm):
    """A new colleague, who chooses a password by a one-time link."""

    groups = RolesField()

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("Somebody else has this name.")
        return name

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class PasswordForm(AdminPasswordChangeForm):
    """A new password. It cannot be taken away altogether: an account is closed instead."""

    def __init__(self, *args, **given):
        super().__init__(*args, **given)
        self.fields.pop("usable_password", None)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Colleagues. Administrators invite them and give roles; only a superuser makes superusers."""

    form = AccountForm
    add_form = InvitationForm
    add_form_template = None
    change_password_form = PasswordForm
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    actions = None
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("is_active", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "email", "groups")}),)
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request, obj, form, change):
        """Keep names as people can see them, as everywhere else."""
        obj.first_name, obj.last_name = single_line(obj.first_name), single_line(obj.last_name)
        super().save_model(request, obj, form, change)

    @admin.display(description="Roles")
    def roles(self, user):
        names = ["Superuser"] if user.is_superuser else []
        return ", ".join([*names, *(group.name for group in user.groups.all())]) or "none: cannot come in"

    def get_fieldsets(self, request, obj=None):
        """Show single permissions where somebody has some, so that they can be taken away."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        single = ("user_permissions",) if obj.user_permissions.exists() else ()
        return (*fieldsets, ("Beyond roles", {"fields": ("is_superuser", *single), "classes": ("collapse",)}))

    def has_change_permission(self, request, obj=None):
        """Leave a superuser's account to superusers only, or anybody could become one."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Keep accounts, because the log names people; only a superuser deletes one, except their own."""
        return request.user.is_superuser and obj != request.user and super().has_delete_permission(request, obj)

    def save_related(self, request, form, formsets, change):
        """Sign out everywhere, at once, whoever may come in no more."""
        super().save_related(request, form, formsets, change)
        if change and not entry.colleagues().filter(pk=form.instance.pk).exists():
            entry.end_sessions(form.instance)

    # Coming in -------------------------------------------------------------------------------------------------------

    def get_urls(self):
        invite = self.admin_site.admin_view(require_safe(self.invitation))
        return [path("<int:pk>/invite/", invite, name="auth_user_invite"), *super().get_urls()]

    def invitation(self, request, pk):
        """Show a one-time link for a colleague, to be handed over by whoever may change their account."""
        person = self.get_object(request, str(pk))
        if person is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        can_come_in = entry.may_enter(person)
        given = {
            "title": "A link to come in",
            "subtitle": str(person),
            "opts": self.opts,
            "person": person,
            "can_come_in": can_come_in,
            "link": request.build_absolute_uri(entry.link_for(person)) if can_come_in else "",
        }
        context = self.admin_site.each_context(request) | given
        return TemplateResponse(request, "admin/auth/user/invitation.html", context)

    def response_add(self, request, obj, post_url_continue=None):
        """Lead on to the link that lets the new colleague in."""
        if "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, f"{obj.get_username()} has an account now. Hand them the link below.")
        return redirect("admin:auth_user_invite", obj.pk)

    def user_change_password(self, request, id, form_url=""):
        """Refuse the password's page to somebody who may not change the account."""
        if not self.has_change_permission(request, self.get_object(request, id)):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)


@admin.register(Group)
class RoleAdmin(admin.ModelAdmin):
    """Roles, which are data of the project and laid down after every migrate; here they are read."""

    fields = ("name", "means")
    readonly_fields = ("means",)
    list_display = ("name", "means")
    ordering = ("pk",)

    @admin.display(description="What it is for")
    def means(self, group):
        return entry.MEANS.get(group.name, "No role of this newsroom.")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
