"""Bulk work at the desk: what was chosen, the trial, the doing with its progress, and undoing it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from curation import bulk
from curation.admin import badges, post_buttons, steps
from curation.models import Batch, BatchItem, State, roles
from offerings.models import Topic
from offerings.pickers.names import find_topic
from offerings.request_values import whole_number

SAMPLES, GROUPS, RECENT = 5, 12, 50
_SHOWN, _LEFT = 30, 1_000
_MOST_EDITS = 2**31 - 1  # what the column of a brief's edits holds
Stage, Item = Batch.Stage, BatchItem.State


def urls(desk):
    """Return the addresses of bulk work; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("bulk/", guarded(choose), given, name="curation_article_bulk"),
        path("bulk/<int:pk>/", guarded(page), given, name="curation_article_batch"),
    ]


class _Search(forms.TextInput):
    """A box that opens what matches (desk/picker.js)."""

    input_type = "search"


class DetailsForm(forms.Form):
    """Form of the details that a kind of work asks for; ``told`` is them as plain data."""

    def __init__(self, kind, *args, **given):
        super().__init__(*args, label_suffix="", **given)
        made = steps.FIELDS | {"topic": lambda: forms.CharField(label="Topic", max_length=300, widget=_Search)}
        self.fields |= {name: made[name]() for name in bulk.KINDS[kind].asks}
        if "reason" in self.fields:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "It needs a reason, so that others understand."
        if "at" in self.fields:
            self.fields["at"].required, self.fields["at"].help_text = True, badges.clock()
            self.fields["at"].error_messages["required"] = "Choose the hour at which they go out."

    def clean_topic(self):
        """Return the topic that is meant, by its whole name, label or synonym."""
        return find_topic(Topic.objects)(self.cleaned_data["topic"])

    @property
    def told(self):
        """The details given, as plain data: things by id, hours as ISO text. Left out is what stays as it is."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        for name in ("owner", "reviewer"):
            if name in given:
                given[name] = None if given[name] == steps._NOBODY else given[name].pk
        for name in ("at", "until"):
            if name in given:
                given[name] = given[name].isoformat()
        return given | ({"topic": given["topic"].pk} if "topic" in given else {})


# Choosing ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def choose(request, desk):
    """Keep what was chosen and try it; by GET, the recent bulk work."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    _tell_signed_out(request)
    if request.method == "GET":
        return render(request, "admin/curation/article/list/bulk_recent.html", _recent(desk, request))
    kind = request.POST.get("kind", "")
    if kind not in bulk.offered(request.user):
        raise PermissionDenied
    back = request.POST.get("back", "")[:4000]
    try:
        seen, pairs = _chosen(desk, request)
        batch = bulk.choose(kind, pairs, by=request.user, seen=seen, details={"back": back})
    except bulk.BulkRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(_list(back))
    bulk.advance(batch, by=request.user)
    return redirect("admin:curation_article_batch", batch.pk)


def _chosen(desk, request):
    """Return what was on the screen (None for ticks), and pairs of article id and edit. Raises BulkRefused."""
    if "across" not in request.POST:
        ticked = (one.partition(":") for one in request.POST.getlist("chosen"))
        pairs = {whole_number(pk): whole_number(edit, most=_MOST_EDITS) for pk, _, edit in ticked}
        pairs = {pk: edit for pk, edit in pairs.items() if None not in (pk, edit)}
        visible = set(desk.get_queryset(request).filter(pk__in=pairs).values_list("pk", flat=True))
        return None, [(pk, edit) for pk, edit in pairs.items() if pk in visible]
    seen = bulk.unsign(request.POST.get("seen", ""), by=request.user)
    asked = request.GET
    request.GET = QueryDict(seen["query"])
    try:
        matching = desk.get_changelist_instance(request).queryset
    finally:
        request.GET = asked
    return seen, list(matching.order_by("pk").values_list("pk", "edit"))


def _list(back):
    return f"{reverse('admin:curation_article_changelist')}?{back or 'all=1'}"


def _recent(desk, request):
    """Return what was done lately: one's own; a manager sees everybody's. Two queries."""
    begun = Batch.objects.exclude(stage__in=[Stage.ASKING, Stage.TRYING, Stage.TRIED]).select_related("by")
    if not roles.may(request.user, "curation.review_article"):
        begun = begun.filter(by=request.user)
    batches = list(begun.order_by("-pk")[:RECENT])
    counts = {batch.pk: {} for batch in batches}
    rows = BatchItem.objects.filter(batch__in=batches).values_list("batch", "state").annotate(number=Count("pk"))
    for pk, state, number in rows.order_by():
        counts[pk][state] = number
    rows = [
        {"batch": one, "kind": bulk.KINDS[one.step], "counts": counts[one.pk], "left": _left(one)} for one in batches
    ]
    return desk.admin_site.each_context(request) | {"title": "Bulk work", "opts": desk.opts, "rows": rows}


def _left(batch):
    """Return for how long it can still be undone, in words; empty where it cannot."""
    until = bulk.undo_until(batch)
    return badges.lasted(until - timezone.now()) if until and until > timezone.now() else ""


# One piece of work ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def page(request, pk, desk):
    """Show one piece of bulk work; by POST, do what was wished for. Who chose it sees it, and managers."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    batch = Batch.objects.filter(pk=pk).select_related("by", "undone_by").first()
    if batch is None or not (batch.by_id == request.user.pk or roles.may(request.user, "curation.review_article")):
        raise Http404("There is no such bulk work.")
    _tell_signed_out(request)
    form = DetailsForm(batch.step)
    if request.method == "POST":
        wish = _WISHES.get(request.POST.get("do"))
        if wish is None:
            raise Http404("Nothing of that kind can be done.")
        form = DetailsForm(batch.step, request.POST)
        try:
            answer = wish(request, batch, form)
        except bulk.BulkRefused as refusal:
            messages.error(request, str(refusal))
            answer = redirect("admin:curation_article_batch", pk)
        if answer is not None:
            return answer
    return render(request, "admin/curation/article/list/bulk.html", _context(desk, request, batch, form))


def _tell_signed_out(request):
    """Tell somebody who came through the door that nothing was done: these addresses are read as well as posted to."""
    if request.method == "GET" and post_buttons.comes_from_the_door(request):
        post_buttons.tell_not_done(request)


def _own(request, batch):
    if batch.by_id != request.user.pk:
        raise bulk.BulkRefused("Only who chose these briefs can do this to them; choose your own.")


def _keep_details(request, batch, form):
    _own(request, batch)
    if batch.stage not in (Stage.ASKING, Stage.TRIED):
        raise bulk.BulkRefused("This was begun already. See below how far it is.")
    if not form.is_valid():
        return None
    bulk.keep_details(batch, {"told": form.told, "said": _details_in_words(form)})
    return _go(request, batch, form)


def _details_in_words(form):
    """Return the details in words, for the page that asks whether to go on."""
    said = []
    for name, value in form.cleaned_data.items():
        if value in ("", None):
            continue
        words = badges.named(value) if hasattr(value, "get_username") else value
        words = badges.moment(value) if name in ("at", "until") else words
        said.append([form.fields[name].label, str(words)])
    return said


def _begin(request, batch, form):
    bulk.begin(batch, by=request.user)
    return _go(request, batch, form)


def _undo(request, batch, form):
    bulk.undo(batch, by=request.user)
    return _go(request, batch, form)


def _stop(request, batch, form):
    _own(request, batch)
    bulk.stop(batch)
    return redirect("admin:curation_article_batch", batch.pk)


def _leave(request, batch, form):
    _own(request, batch)
    back = batch.details.get("back", "")
    Batch.objects.filter(pk=batch.pk, stage__in=[Stage.ASKING, Stage.TRYING, Stage.TRIED]).delete()
    return redirect(_list(back))


def _go(request, batch, form):
    """Go on for a moment. What is done by then is told on the list that it came from."""
    person = batch.undone_by if batch.stage == Stage.UNDOING else batch.by
    if person != request.user:
        raise bulk.BulkRefused(f"{badges.named(person)} is at it; only who began it can go on.")
    began_as, here = batch.stage, reverse("admin:curation_article_batch", args=[batch.pk])
    if bulk.advance(batch, by=request.user):
        return JsonResponse(_progress(batch)) if _is_fetched(request) else redirect(here)
    if began_as in (Stage.DOING, Stage.UNDOING):
        _tell_result(request, batch)
        if not batch.items.filter(state__in=[Item.REFUSED, Item.KEPT]).exists():
            here = _list(batch.details.get("back"))
    return JsonResponse({"url": here}) if _is_fetched(request) else redirect(here)


def _is_fetched(request):
    return request.headers.get("X-Requested-With") == "fetch"


def _progress(batch):
    """Return how far a batch is, as numbers and in words."""
    counts = _counts(batch)
    total = sum(counts.values())
    through = total - counts[_TO_DO.get(batch.stage, Item.READY)]
    words = f"{through:,} of {total:,} are through."
    if batch.stage == Stage.TRYING:
        words = f"Tried {through:,} of {total:,}. Nothing is done yet."
    return {"through": through, "total": total, "words": words}


def _tell_result(request, batch):
    counts, kind = _counts(batch), bulk.KINDS[batch.step]
    if batch.stage == Stage.UNDONE:
        messages.success(request, _undone(batch, counts[Item.UNDONE]))
    elif counts[Item.DONE]:
        words = '{} {}. <button class="btn btn-s" form="undo-form" formaction="{}" name="do" value="undo">Undo</button>'
        address = reverse("admin:curation_article_batch", args=[batch.pk])
        messages.success(request, format_html(words, _counted(counts[Item.DONE]), kind.done, address))


def _undone(batch, number):
    """Return what undoing came to: that all is as before, or what is different, leading to those briefs. One query."""
    left = _left_different(batch)
    if not left:
        return f"Undone: {_counted(number)} as before."
    address = reverse("admin:curation_article_batch", args=[batch.pk])
    words = bulk.UNDONE.get(batch.step, _counted(number))
    return format_html('Undone: {}. <a class="link" href="{}#left">{}</a>', words, address, " ".join(left))


def _left_different(batch):
    """Return what is not as before although it was undone, as sentences. One query."""
    found = batch.items.filter(state=Item.UNDONE).exclude(undo_words="").order_by().values_list("undo_words")
    return [bulk.left(words, number) for words, number in found.annotate(number=Count("pk")).order_by("-number")]


def _counted(number):
    return "1 brief" if number == 1 else f"{number:,} briefs"


_WISHES = {"tell": _keep_details, "go": _go, "begin": _begin, "undo": _undo, "stop": _stop, "leave": _leave}


def _counts(batch):
    found = dict(batch.items.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in Item}


def _context(desk, request, batch, form):
    """Return all that the page of a batch shows. Fourteen queries at most, however many articles."""
    counts, kind = _counts(batch), bulk.KINDS[batch.step]
    settled = {Stage.TRIED: Item.READY, Stage.UNDONE: Item.UNDONE}.get(batch.stage, Item.DONE)
    return desk.admin_site.each_context(request) | {
        "title": kind.label,
        "opts": desk.opts,
        "batch": batch,
        "kind": kind,
        "form": form,
        "is_own": batch.by_id == request.user.pk,
        "counts": {state.value: number for state, number in counts.items()},
        **_progress(batch),
        "is_going": batch.stage in (Stage.TRYING, Stage.DOING, Stage.UNDOING),
        "moves": _moves(batch, settled),
        "samples": list(batch.items.filter(state=settled).select_related("article").defer("article__body")[:_SHOWN]),
        "refused": _groups(batch, Item.REFUSED),
        "kept": _groups(batch, Item.KEPT),
        "undoing": _undoing(batch, settled) if batch.stage in (Stage.TRIED, Stage.DONE) else [],
        "left": _left(batch),
        "different": _different(batch) if batch.stage == Stage.UNDONE else None,
        "back": _list(batch.details.get("back")),
        "said": batch.details.get("said", []),
        "out": parse_datetime(batch.details.get("out", "")),
        "now": timezone.now(),
    }


_TO_DO = {Stage.TRYING: Item.WAITING, Stage.DOING: Item.READY, Stage.UNDOING: Item.DONE}


def _moves(batch, state):
    """Return how many go from which state to which."""
    pairs = batch.items.filter(state=state).order_by().values_list("was", "becomes").annotate(number=Count("pk"))
    return [(State(was), State(becomes), number) for was, becomes, number in pairs.order_by("-number") if was]


def _different(batch):
    """Return what is not as before although it was undone: in words, and the items themselves. Two queries."""
    some = batch.items.filter(state=Item.UNDONE).exclude(undo_words="").order_by("pk")
    items = list(some.select_related("article").defer("article__body")[: _LEFT + 1])
    return {"words": _left_different(batch), "items": items[:_LEFT], "is_cut": len(items) > _LEFT} if items else None


def _groups(batch, state):
    """Return who was left out and why, by rule, with who can and some titles. Two queries."""
    found = batch.items.filter(state=state).order_by()
    groups = list(found.values_list("code", "words").annotate(number=Count("pk")).order_by("-number")[: GROUPS + 1])
    groups = [
        {"rule": rule, "who": who, "words": words, "number": number, "code": code, "items": []}
        for code, words, number in groups
        for rule, who in [bulk.RULES.get(code, ("Another rule", ""))]
    ]
    for group in groups[:GROUPS]:
        some = found.filter(code=group["code"], words=group["words"]).order_by("pk")
        group["items"] = list(some.select_related("article").defer("article__body")[:SAMPLES])
        group["more"] = group["number"] - len(group["items"])
    return groups


def _undoing(batch, state):
    """Return what undoing would come to: (how many, whether it can be, what it leaves different or why not)."""
    found = batch.items.filter(state=state).order_by().values_list("undo", "undo_words").annotate(number=Count("pk"))
    return [(number, bool(undo), words) for undo, words, number in found.order_by("-number")]
