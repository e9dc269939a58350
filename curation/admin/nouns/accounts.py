"""Accounts and roles: Django's own pages, in which nobody can give more than they have."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from taggit.admin import Tag

from offerings.text.words import single_line

admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.unregister(Tag)  # topics are the site's tags


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Colleagues. Administrators give roles; only a superuser makes superusers or grants single permissions."""

    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Roles", {"fields": ("is_active", "is_staff", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
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
        return ", ".join([*names, *(group.name for group in user.groups.all())]) or "–"

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return (
            *fieldsets,
            ("Beyond roles", {"fields": ("is_superuser", "user_permissions"), "classes": ("collapse",)}),
        )

    def has_change_permission(self, request, obj=None):
        """A superuser's account is changed by superusers only, or anybody could become one."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """The log names people: accounts are closed, not deleted. A superuser may."""
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def user_change_password(self, request, id, form_url=""):
        """Who may not change an account may not set its password either."""
        if not self.has_change_permission(request, self.get_object(request, id)):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles are data of the project and laid down after every migrate; here they are read."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
