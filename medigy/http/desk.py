"""The desk's own doors: who comes in, what they are told at sign-in, and pages that Django's admin brings unasked."""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.functional import SimpleLazyObject

from curation.workflow import entry
from offerings.request_values import whole_number

from . import deletions, whence


class SignInForm(AdminAuthenticationForm):
    """A name and a password; an account without a role is told what it lacks, and who can give it."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "This name and this password do not belong together. Capitals count in both.",
        "no_role": "This account has no role in the newsroom, so it cannot come in. An administrator can give it one.",
    }

    def confirm_login_allowed(self, user):
        if not entry.may_enter(user):
            raise forms.ValidationError(self.error_messages["no_role"], code="no_role")


class Careful:
    """A page of Django's admin whose address may say anything: what it would stumble over is refused with 400."""

    #: How an address may compare a column. Others raise where they are asked (``regex`` of ``(``, ``in`` of 2⁶³,
    #: ``range`` of one, ``contains`` in JSON), or take for ever.
    compared = frozenset({"exact", "isnull", "gt", "gte", "lt", "lte"})

    def log_addition(self, request, obj, message):
        return whence.told(super().log_addition(request, obj, message))

    def log_change(self, request, obj, message):
        return whence.told(super().log_change(request, obj, message))

    def log_deletions(self, request, queryset):
        return whence.told(super().log_deletions(request, queryset))

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Return no action that deletes many: what would go is read of one thing at a time."""
        actions = super().get_actions(request, action_location)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs, request):
        """Return what goes with things and what stays without them, and what keeps them here: a bounded look."""
        keep, go, loose = deletions.kin_of(objs[0], self.admin_site)
        counts = {kin.kind: kin.count for kin in go}
        return [go, loose], counts, set(), keep

    def delete_view(self, request, object_id, extra_context=None):
        thing = self.get_object(request, object_id)
        address = self.get_view_on_site_url(thing) if thing else None
        said = {"address": address, "may_retire": hasattr(thing, "retired")}
        return super().delete_view(request, object_id, said | (extra_context or {}))

    def lookup_allowed(self, lookup, value, request):
        if lookup in {getattr(one, "parameter_name", None) for one in self.get_list_filter(request)}:
            return super().lookup_allowed(lookup, value, request)  # a filter of ours reads it, and finds nothing
        path, _, how = lookup.rpartition("__")
        column = _column(self.model, path if how in self.compared else lookup)
        if (path and column is None) or (column is not None and not _may_hold(column, value)):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_object(self, request, object_id, from_field=None):
        """Find by the key where the address names no column at all; Django would look for one of no name."""
        return super().get_object(request, object_id, from_field or None)


def _to_log(request):
    """Lead from where the log's list once stood to its page."""
    return HttpResponseRedirect(reverse("admin:curation_log"))


def _column(model, path):
    """Return the column at the end of a path, as it is stored; None where the path leads to none."""
    try:
        column = get_fields_from_path(model, path)[-1]
    except (FieldDoesNotExist, NotRelationField):
        return None
    return getattr(column, "target_field", column)


def _may_hold(column, value):
    """Return whether a column may be asked for this value: no bytes, and no number that no database holds."""
    is_number = isinstance(column, models.IntegerField | models.AutoField)
    return not isinstance(column, models.BinaryField) and not (is_number and len(value) > _LONGEST_NUMBER)


_LONGEST_NUMBER = 18  # digits


class Desk(admin.AdminSite):
    """Django's admin, entered by a role. Its pages are found when the map of the site or a check first needs them."""

    login_form = SignInForm

    def register(self, model_or_iterable, admin_class=None, **options):
        """Make every page careful, those that packages register too."""
        kept = admin_class or admin.ModelAdmin
        careful = type(kept.__name__, (Careful, kept), {"__module__": kept.__module__, "__doc__": kept.__doc__})
        super().register(model_or_iterable, careful, **options)

    def has_permission(self, request):
        return entry.may_enter(request.user)

    def get_app_list(self, request, app_label=None):
        """Return the apps with their models; of all apps as a list that is made once somebody looks at it, for every
        page is given it and one of them does.
        """
        if app_label is None:
            return SimpleLazyObject(partial(super().get_app_list, request))
        return super().get_app_list(request, app_label)

    def check(self, app_configs):
        admin.autodiscover()
        return super().check(app_configs)

    def get_urls(self):
        """Django's address for “view on site” would tell where anything leads that has an address, seen or not."""
        # Pages of the desk stand on this module, so they come later.
        from curation.admin.beginning import checklist, topics  # noqa: PLC0415 -- see above
        from curation.admin.notices import page as notices  # noqa: PLC0415 -- see above
        from curation.admin.people import page as people  # noqa: PLC0415 -- see above

        admin.autodiscover()
        urls = super().get_urls()
        on_site = next(url for url in urls if url.name == "view_on_site")
        on_site.callback = self.admin_view(self.on_site)
        own = [path("everything/", self.admin_view(self.everything), name="everything"), *people.urls(self)]
        own += [*checklist.urls(self), *topics.urls(self)]
        own.append(path("notices/", include(notices.urls(self))))
        return [*own, path("curation/logentry/", self.admin_view(_to_log)), *urls]

    def everything(self, request):
        """Show every kind of thing that is kept and somebody may see: a quiet page, for what no other leads to."""
        return TemplateResponse(request, "admin/everything.html", self.each_context(request) | {"title": "Everything"})

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
