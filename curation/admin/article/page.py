"""The desk's article: its page, where every change is a step of the workflow."""

import copy

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods

from curation import workflow
from curation.admin import audits, badges, home, post_buttons, steps
from curation.admin.board import page as board
from curation.admin.calendar import page as calendar
from curation.admin.deciding import page as deciding
from curation.admin.discussion import outside
from curation.admin.discussion import panel as discussion
from curation.admin.list.page import ArticleList
from curation.admin.log import page as log_page
from curation.admin.measures import page as measures
from curation.harvest import store
from curation.models import (
    OPEN,
    Article,
    ArticleAuthor,
    ArticleOffering,
    ArticleSource,
    ArticleTopic,
    Edition,
    State,
    Version,
    roles,
)
from curation.models.fields import BOXES, lines_in
from curation.publishing.press import Windows
from curation.text import prose
from curation.workflow.erasing import ERASE
from offerings.pickers.field import Listed
from offerings.request_values import whole_number

from . import autosave, erasing
from .form import ArticleForm
from .panels import (
    checks,
    evidence,
    harvest,
    history,
    page_text,
    paste,
    picture,
    presence,
    preview,
    suggestions,
)

_DESK = tuple(f"curation.{verb}_article" for verb in ("write", "review", "publish", "assign"))


@admin.register(Article)
class ArticleAdmin(ArticleList):
    """The article's page: the step “edit” saves words, other steps change states; nothing here calls ``save``."""

    form = ArticleForm
    view_on_site = False  # the page has a link of its own, where something is live
    change_form_template = "admin/curation/article/page.html"
    fieldsets = tuple((box.heading, {"fields": lines_in(box), "classes": box.classes}) for box in BOXES)

    # Rights: the workflow's rules, and no others -------------------------------------------------------------------

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def has_module_permission(self, request):
        return any(roles.may(request.user, permission) for permission in _DESK)

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return roles.may(request.user, "curation.write_article")

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self.has_module_permission(request)
        return workflow.refusal(workflow.STEPS["edit"], obj, request.user, None) is None

    def has_delete_permission(self, request, obj=None):
        return roles.may(request.user, ERASE)

    # Saving --------------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        """Show the words as readers read them to somebody who may not write now."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        return (("Words", {"fields": ("title", "standfirst", "words")}), *_READ_ONLY, *self.fieldsets[4:])

    @admin.display(description="Brief")
    def words(self, article):
        return prose.safe(article.body)

    def get_form(self, request, obj=None, change=False, **given):
        """Return the form; after a refusal it says so beside what was typed."""
        form = super().get_form(request, obj, change=change, **given)
        form.refusal = getattr(request, "refused_step", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save the form. A refused save gives everything back as it was typed, with the reason."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except workflow.StepRefused as refusal:
            request.refused_step = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request, form, change):
        """Return the changed article in memory; nothing is written."""
        return form.save(commit=False) if not change else form.instance

    def save_model(self, request, obj, form, change):
        """Begin an article, or take the step “edit”; raises StepRefused where somebody was faster."""
        changes = form.changes()
        if not change:
            begun = workflow.begin(by=request.user, **changes)
            obj.pk, obj.edit, obj._state.adding = begun.pk, begun.edit, False
        elif changes:
            stored = Article.objects.get(pk=obj.pk)
            seen = store.edit_to_build_on(stored, form.cleaned_data.get("edit"))
            logged = workflow.take("edit", stored, by=request.user, edit=seen, changes=changes)
            obj.edit, obj.state = logged.edit, logged.to_state
        request.was_changed = bool(changes) or not change

    def save_related(self, request, form, formsets, change):
        """Do nothing: lists are changes like all others."""

    def log_addition(self, request, obj, message):
        """Do nothing: the workflow has written the log."""

    log_change = log_addition

    def get_changeform_initial_data(self, request):
        """Put a link that was pasted elsewhere into its box."""
        return {"source_list": Listed([], request.GET.get("link", "")[:2048])}

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, "The draft is begun.")
        return self._onward(request, obj)

    def response_change(self, request, obj):
        if request.was_changed:
            messages.success(request, "Saved.")
        elif "_step" not in request.POST:
            messages.info(request, "Nothing was changed, so nothing was saved.")
        return self._onward(request, obj)

    def _onward(self, request, obj):
        """Take the step whose button was pressed, if one was, and go back to the page."""
        name = request.POST.get("_step")
        if name in steps.ASKED:
            stored = Article.objects.get(pk=obj.pk)
            steps.take_one(request, stored, name, {"edit": str(obj.edit)})
        if "_close" in request.POST:
            return redirect(self._filtered(request, reverse("admin:curation_article_changelist")))
        return redirect(self._filtered(request, reverse("admin:curation_article_change", args=[obj.pk])))

    def _filtered(self, request, address):
        """Return an address with the filters of the list that somebody came from."""
        kept = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return add_preserved_filters(kept, address)

    # Unchangeable fields are shown in words ------------------------------------------------------------------------

    @admin.display(description="Topics")
    def topic_list(self, article):
        return badges.chips([row.tag for row in article.article_topics.all()], most=20)

    @admin.display(description="Sources")
    def source_list(self, article):
        rows = [(row.link.cleaned, row.link.brand, row.role) for row in article.article_sources.all()]
        return format_html_join("", '<p><a class="link" href="{}" rel="noopener">{}</a> {}</p>', rows)

    @admin.display(description="Offerings")
    def offering_list(self, article):
        rows = [(row.offering.name, row.role) for row in article.article_offerings.all()]
        return format_html_join("", '<p>{} <span class="faint">{}</span></p>', rows)

    @admin.display(description="Bylines")
    def byline_list(self, article):
        return ", ".join(row.author.name for row in article.article_authors.all()) or "–"

    # The page ------------------------------------------------------------------------------------------------------

    def get_object(self, request, object_id, from_field=None):
        """Return the article with what its page reads: seven queries more."""
        queryset = self.get_queryset(request).with_live().select_related("owner", "reviewer", "section", "picture")
        queryset = queryset.prefetch_related(
            Prefetch("article_topics", ArticleTopic.objects.select_related("tag__taxonomy")),
            Prefetch("article_sources", ArticleSource.objects.select_related("link").defer("link__metadata")),
            Prefetch("article_offerings", ArticleOffering.objects.select_related("offering__institution")),
            Prefetch("article_authors", ArticleAuthor.objects.select_related("author")),
        )
        newest = Version.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")
        queryset = queryset.annotate(newest_version=Subquery(newest[:1]))
        return queryset.filter(pk=whole_number(object_id)).first()

    def whole(self, request, pk):
        """Return the article with what its page reads, for its panels; raises Http404 where somebody may not see it."""
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        return article

    def sent_form(self, request, article):
        """Return the article's form as it was sent. Reading it leaves ``article`` as it is stored."""
        return self.get_form(request, article, change=True)(request.POST, instance=copy.copy(article))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"title": str(obj) if obj else "New brief", "subtitle": None}
        if obj is not None:
            form = context["adminform"].form
            if "title" in form.fields and _is_just_begun(obj):
                form.fields["title"].widget.attrs["autofocus"] = True
            context |= self._page(request, self.get_object(request, obj.pk) if request.method == "POST" else obj, form)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _page(self, request, article, form):
        """Return everything beside the form: state, steps, checks, history, what readers see."""
        may_write = self.has_change_permission(request, article)
        editions = list(article.editions.defer("body").order_by("-number"))
        windows = Windows([article], timezone.now(), known=editions)
        live = windows.live(article)
        primary, others, why = steps.drawn(article, request.user, editions, live, steps.kept(request, article))
        is_out = steps.is_out(article, live)
        about = {
            "suggested": ("Topics", "Offerings"),
            "primary": primary,
            "steps": others,
            "reopened": any(step["form"] and step["form"].is_bound for step in others),
            "why_not": why,
            "live": live,
            "is_out": is_out,
            "coming": windows.scheduled(article),
            "open_end": OPEN,
            "withdrawn": _withdrawn(windows, article),
            "next_words": _next_words(article, request.user, is_out),
            "entered": steps.entered(article),
            "conflict": self._conflict(request, article, form),
        }
        said = discussion.context(request, article)
        about |= harvest.context(request, article, may_write)
        about |= picture.context(request, article, may_write, about["harvest"])
        return about | said | checks.context(request, article, may_write, about["harvest"], said["blocking"])

    def _conflict(self, request, article, form):
        """Return what is shown after a stale save: who was faster, and the edit that a second save would build on."""
        refusal = getattr(request, "refused_step", None)
        if refusal is None or refusal.code != "stale":
            return None
        return {"edit": article.edit, "last": article.log.steps().first(), "theirs": form.theirs(article)}

    def history_view(self, request, object_id, extra_context=None):
        """Show the whole log of the article."""
        article = self.get_object(request, object_id)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = self.admin_site.each_context(request) | {
            "title": "Log",
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "log": article.log.select_related("version", "edition"),
        }
        return TemplateResponse(request, "admin/curation/article/panels/history.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def delete_view(self, request, object_id, extra_context=None):
        """Erase it, once an administrator has read what goes and typed its title; nothing is deleted another way."""
        return erasing.page(request, get_object_or_404(self.get_queryset(request), pk=whole_number(object_id)), self)

    # Steps ---------------------------------------------------------------------------------------------------------

    def get_urls(self):
        name = "curation_article_step"
        step = path("<int:pk>/step/<slug:step>/", self.step_door, name=name)
        rooms = (
            home,
            paste,
            harvest,
            autosave,
            presence,
            history,
            preview,
            suggestions,
            checks,
            discussion,
            outside,
            picture,
            page_text,
            evidence,
            deciding,
            board,
            calendar,
            log_page,
            audits,
            measures,
        )
        return [step, *(url for room in rooms for url in room.urls(self)), *super().get_urls()]

    def step_door(self, request, pk, step):
        """Answer a script in JSON whatever happens, and a form with a page: signed out that is the sign-in."""
        if request.method == "POST" and request.headers.get("Accept") == "application/json" and step in steps.ASKED:
            return steps.take_in_place(request, pk=pk, step=step, desk=self)
        return self.admin_site.admin_view(self.step_view)(request, pk=pk, step=step)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def step_view(self, request, pk, step):
        """Take one step of one article; by GET ask what it needs, where that is not on the article's own page.

        A GET of any other step is a button that was pressed signed out, after signing in.
        """
        if step not in steps.ASKED:
            raise Http404
        if request.method == "POST":
            return steps.take_step(request, self.get_queryset(request), pk, step)
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if step != "assign":
            return post_buttons.not_done(request, article)
        if step not in workflow.open_steps(article, request.user):
            raise PermissionDenied
        asked = {"name": step, "label": workflow.STEPS[step].label, "form": steps.drawn_form(step, article)}
        given = {
            "title": asked["label"],
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "step": asked,
        }
        context = self.admin_site.each_context(request) | given
        return TemplateResponse(request, "admin/curation/article/step_page.html", context)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Briefs"} | (extra_context or {}))


def _withdrawn(windows, article):
    """Return the Edition that was withdrawn, with its successor, while readers see nothing and nothing is to come.

    A query, where there is a successor.
    """
    last = next(reversed(windows.seen(article)), None)
    if last is None or last.ended != Edition.Ended.WITHDRAWN or windows.live(article) or windows.scheduled(article):
        return None
    return last


def _is_just_begun(article):
    """Return whether nobody wrote anything of it yet: its page opens on the title."""
    return article.edit == 0 and not article.title


_READ_ONLY = (
    ("Picture", {"fields": ("picture", "picture_alt", "picture_credit")}),
    ("Address", {"fields": ("slug", "pdf"), "classes": ("collapse",)}),
)


def _next_words(article, user, is_out):
    """Return what happens next, in words."""
    if article.revised_by_id == user.pk and article.state == State.IN_REVIEW:
        return _REVISED
    words = "Readers see this." if is_out else _NEXT.get(article.state, "")
    return f"{words} {_EDITED[settings.EDITED_AFTER_APPROVAL]}" if article.state == State.APPROVED else words


_REVISED = (
    "You changed what was approved, so a manager decides again. Go on writing; put back as it was, it is approved as "
    "before."
)
_EDITED = {
    "review": "A change sends it back to review.",
    "draft": "A change makes it a draft again.",
}
_NEXT = {
    "draft": "Its owner writes, then sends it to review.",
    "in_review": "A manager decides: approve it, or ask for changes.",
    "changes_requested": "Its owner mends it and sends it to review again.",
    "approved": "A manager publishes it.",
    "declined": "It rests. Reopened, it is a draft again.",
}
