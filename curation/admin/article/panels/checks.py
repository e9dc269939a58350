"""Checks beside an article: what is to be mended before it goes on, line by line to its field; and their levels."""

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from curation import workflow
from curation.admin.discussion import panel as discussion
from curation.editing import checks, tasks, working_copy
from curation.editing.checks import levels
from curation.editing.link_checks import trials
from curation.harvest import heartbeat
from curation.models import CheckLevel

from . import harvest

#: The step that waits in each state.
_HERE = 8.0  # seconds in which links are tried within a request, where no worker is


def urls(desk):
    """Return the addresses of an article's checks; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("<int:pk>/checks/", guarded(panel), given, name="curation_article_checks"),
        path("<int:pk>/checks/links/", guarded(try_links), given, name="curation_article_try_links"),
    ]


def context(request, article, may_write, harvest, blocking, texts=None) -> dict:
    """Return what the panel shows, of an article as ``ArticleAdmin.get_object`` loads it. Two queries at most.

    ``harvest`` is that of its main source, ``blocking`` names whose comments hold it back, ``texts`` are those of its
    sources (``evidence_marks.texts_of``) where they were read. ``findings`` are open and ``passed`` are not;
    ``held`` are those that the next step waits for; ``subject`` is what they read.
    """
    strict = checks.levels_of(request.user)
    subject = working_copy.subject(article, harvest, blocking, texts)
    findings = checks.findings(subject, strict)
    passed = checks.passed(findings, strict, has_texts=subject.texts is not None)
    return {
        "article": article,
        "subject": subject,
        "may_write": may_write,
        "findings": findings,
        "passed": passed,
        "asked": len(passed) + len({finding.code for finding in findings}),
        "held": checks.holding_back(findings, workflow.PRIMARY[article.state]),
        "has_links": bool(subject.addresses),
    }


@require_GET
def panel(request, pk, desk):
    """Show the panel alone, as it stands now; asked for again whenever something was saved."""
    article = desk.whole(request, pk)
    may_write = desk.has_change_permission(request, article)
    blocking = discussion.context(request, article)["blocking"]
    shown = context(request, article, may_write, harvest.harvest_of(article), blocking)
    return render(request, "admin/curation/article/panels/checks.html", shown)


@require_POST
def try_links(request, pk, desk):
    """Have the links of the text tried: by the worker, or by this page for some seconds where no worker is."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    waits = heartbeat.is_beating()
    if waits:
        tasks.try_links_soon([article.pk])
    else:
        trials.try_links([article.pk], seconds=_HERE)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"waits": waits})
    return redirect("admin:curation_article_change", pk)


@admin.register(CheckLevel)
class CheckLevelAdmin(admin.ModelAdmin):
    """Levels of checks for each role: one table, in which a level that is the check's own has no row."""

    def get_urls(self):
        table = self.admin_site.admin_view(self.changelist_view)
        return [path("", table, name="curation_checklevel_changelist")]

    def changelist_view(self, request, extra_context=None):
        """Show the table, or store what was chosen in it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._save(request)
        stored = levels.stored()
        rows = [
            (check, [(role, stored.get((role, check.code), "")) for role in levels.ROLES[::-1]])
            for check in checks.CHECKS
        ]
        context = self.admin_site.each_context(request) | {
            "title": "How strict checks are",
            "opts": self.opts,
            "rows": rows,
            "roles": levels.ROLES[::-1],
            "levels": CheckLevel.Level.choices,
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/curation/checklevel/table.html", context)

    def _save(self, request):
        if not (self.has_change_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        with transaction.atomic():
            changed = sum(self._set(request, *cell) for cell in self._chosen(request))
        messages.success(request, f"{changed} changed." if changed else "Nothing was changed.")
        return redirect("admin:curation_checklevel_changelist")

    def _chosen(self, request):
        """Yield cells chosen otherwise than shown, and than stored by now: role, code, level (empty: the check's)."""
        stored = levels.stored()
        for role in levels.ROLES:
            for check in checks.CHECKS:
                level, now = request.POST.get(f"{check.code}-{role}"), stored.get((role, check.code), "")
                shown = request.POST.get(f"was-{check.code}-{role}", now)
                if level not in (None, now, shown) and (level == "" or level in CheckLevel.Level.values):
                    yield role, check.code, level

    def _set(self, request, role, code, level):
        """Store one cell and log it."""
        row = CheckLevel.objects.filter(role__name=role, check_code=code).select_related("role").first()
        if not level:
            self.log_deletions(request, CheckLevel.objects.filter(pk=row.pk))
            row.delete()
        elif row:
            row.level = level
            row.save(update_fields=["level"])
            self.log_change(request, row, str(row))
        else:
            row = CheckLevel.objects.create(role=Group.objects.get(name=role), check_code=code, level=level)
            self.log_addition(request, row, str(row))
        return True
