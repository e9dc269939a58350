"""Work that goes on behind the desk, in words: which job, for what, when, how it ended; what failed is tried again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.tasks import TaskResultStatus
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django_tasks_db.admin import DBTaskResult  # registers its own page, before ours takes its place

from curation.admin import badges
from curation.models import Article, Harvest, Picture, TopicMerge

from .beside import Beside
from .read_only import ReadOnly

#: Jobs by the end of their path: what each does, and what its first argument names.
JOBS = {
    "harvest.tasks.harvest": ("Read a page", Harvest),
    "harvest.tasks.gather": ("Fetch the pictures of a page", Harvest),
    "images.tasks.encode_later": ("Make the smaller files of a picture", Picture),
    "editing.tasks.try_links": ("Try the links in a brief's text", Article),
    "publishing.tasks.settle": ("Count what readers see", None),
    "publishing.tasks.remove_files": ("Remove the files of erased pictures", None),
    "vocabulary.tasks.go_on": ("Move what was filed under a merged topic", TopicMerge),
}
_ENDED = {
    TaskResultStatus.SUCCESSFUL: "Done",
    TaskResultStatus.RUNNING: "Being done",
    TaskResultStatus.READY: "Waits for the worker",
    TaskResultStatus.FAILED: "Did not work",
}
#: Kinds of what went wrong, by the end of the exception's name, in words for people.
_WHY = {
    "OperationalError": "the database did not answer in time",
    "InterfaceError": "the database was away",
    "MemoryError": "there was not enough memory",
    "OSError": "a file could not be read or written",
    "PermissionError": "a file may not be written there",
    "FileNotFoundError": "a file was not there",
    "TimeoutError": "it took too long",
    "DoesNotExist": "what it was for is not there any more",
    "": "the worker died of it, each time",
}

admin.site.unregister(DBTaskResult)  # the package's own page, with tracebacks


def job_of(task_path: str) -> tuple[str, type | None]:
    """Return what a task does, in words, and the model that its first argument names."""
    known = next((job for end, job in JOBS.items() if task_path.endswith(end)), None)
    return known or (task_path.rpartition(".")[2].replace("_", " ").capitalize(), None)


@admin.register(DBTaskResult)
class TaskAdmin(Beside, ReadOnly):
    """Tasks of a fortnight, newest first. No page of their own: a line says it all."""

    list_display = ("job", "about", "asked", "ended", "again")
    list_display_links = None
    list_filter = ("status",)
    ordering = ("-enqueued_at",)

    def get_urls(self):
        retry = self.admin_site.admin_view(self.retry)
        return [path("<uuid:pk>/retry/", retry, name="curation_retry_task"), *super().get_urls()]

    def get_queryset(self, request):
        """Leave out what only programs read; the traceback may quote what was worked on."""
        return super().get_queryset(request).defer("traceback", "return_value")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Tasks", "heading": "Tasks"} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return redirect(reverse("admin:django_tasks_database_dbtaskresult_changelist"))

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    def load_beside(self, rows, user):
        """Name what the tasks are for: a query a kind."""
        asked = {}
        for row in rows:
            _, model = job_of(row.task_path)
            row.about_key = (model, _first(row)) if model else None
            if model:
                asked.setdefault(model, set()).add(_first(row))
        named = {(model, pk): thing for model, pks in asked.items() for pk, thing in _things(model, pks).items()}
        for row in rows:
            row.thing = named.get(row.about_key)

    @admin.display(description="Job")
    def job(self, row):
        return job_of(row.task_path)[0]

    @admin.display(description="For")
    def about(self, row):
        if row.about_key is None:
            return "–"
        name, page = row.thing or ("what is not there any more", "")
        return format_html('<a class="link" href="{}">{}</a>', page, name) if page else name

    @admin.display(description="Asked for", ordering="enqueued_at")
    def asked(self, row):
        later = row.run_after if row.status == TaskResultStatus.READY and row.run_after.year < 9000 else None
        words = badges.moment(row.enqueued_at)
        return f"{words}, for {badges.moment(later)}" if later and later > timezone.now() else words

    @admin.display(description="How it went", ordering="status")
    def ended(self, row):
        words = _ENDED.get(row.status, row.status)
        if row.status == TaskResultStatus.FAILED:
            return format_html('<span class="age-late">{}</span>: {}', words, why(row.exception_class_path))
        return f"{words}, {badges.moment(row.finished_at)}" if row.finished_at else words

    @admin.display(description="Again")
    def again(self, row):
        if row.status != TaskResultStatus.FAILED:
            return ""
        address = reverse("admin:curation_retry_task", args=[row.pk])
        return format_html('<button class="btn btn-s" type="submit" formaction="{}">Try again</button>', address)

    def retry(self, request, pk):
        """Let a task that failed begin anew; each looks first at what is left to do, so twice is no harm."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and try_again(pk):
            messages.success(request, "It is tried again; the worker begins at once.")
        elif request.method == "POST":
            messages.info(request, "There was nothing to try again: it did not fail, or somebody was faster.")
        return redirect(reverse("admin:django_tasks_database_dbtaskresult_changelist"))


def try_again(pk) -> bool:
    """Make a failed task ready as if it was never begun; return whether it was this call. One query."""
    fresh = {"status": TaskResultStatus.READY, "started_at": None, "finished_at": None, "worker_ids": []}
    fresh |= {"exception_class_path": "", "traceback": "", "run_after": timezone.now()}
    return bool(DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED).update(**fresh))


def why(exception_path: str) -> str:
    """Return in words what went wrong; what nobody foresaw is in the log of the server. Pure."""
    return _WHY.get(exception_path.rpartition(".")[2], "something that nobody foresaw; the server's log has it")


def _first(row):
    """Return the first argument of a task, or the first of several that it names; None where it has none."""
    args = row.args_kwargs.get("args") or [None]
    first = args[0][0] if isinstance(args[0], list) and args[0] else args[0]
    return first if isinstance(first, int) else None


def _things(model, pks):
    """Return id → (name, address of its page) of what tasks are for. One query."""
    pks = pks - {None}
    if model is Harvest:
        rows = Harvest.objects.filter(pk__in=pks).values_list("pk", "link", "link__title", "link__cleaned")
        return {pk: (title or address, _page("sourcelink", link)) for pk, link, title, address in rows}
    if model is Picture:
        rows = Picture.objects.filter(pk__in=pks).values_list("pk", "address")
        return {pk: (badges.last_piece(address) or address, _page("picture", pk)) for pk, address in rows}
    rows = Article.objects.filter(pk__in=pks).only("title")
    return {row.pk: (str(row), _page("article", row.pk)) for row in rows}


def _page(model, pk):
    return reverse(f"admin:curation_{model}_change", args=[pk])
