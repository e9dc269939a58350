"""Saving while somebody writes. The page sends its form again and again; words of two people are never mixed silently.

What is sent is measured by the fingerprints of what was shown (``ArticleForm.seen``): a field that only this person
changed is saved, one that only somebody else changed is given back as it is now, and one that both changed waits for a
choice. Lists are merged item by item where both changed different items. A save that saw an older edit is refused with
409 and everything needed to merge.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from curation import workflow
from curation.admin import badges
from curation.admin.json_responses import in_json, refused
from curation.editing import compare, versions
from curation.harvest import store
from curation.models import Article, DraftKey, LogEntry
from offerings.pickers.field import PickerField
from offerings.request_values import unique_id

_ANOTHER = "Somebody else is signed in here now. What you typed is kept for you until you sign in again."


def urls(desk):
    """Return the addresses of saving; ``desk`` is the admin of articles.

    Whoever is signed out is told so, not sent away.
    """
    given = {"desk": desk}
    return [
        path("autosave/", begin, given, name="curation_article_begin"),
        path("<int:pk>/autosave/", save, given, name="curation_article_autosave"),
    ]


@require_POST
@in_json
def save(request, pk, desk):
    """Save what was changed of an article, or say what is in the way; see ``_saved`` for the answer."""
    return _of_another(request) or _saved(request, desk, pk)


@require_POST
@in_json
def begin(request, desk):
    """Begin a draft from its first words. The browser's own id (``client``) makes a second sending the same draft."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    key = unique_id(request.POST.get("client", ""))
    if key is None:
        return refused(400, "refused", "The page sent no id of its own (“client”). Reload it.")
    return _of_another(request) or _saved(request, desk, _begun(request.user, key))


def _begun(user, key):
    """Return the id of the draft that this browser began under ``key``, begun now if it was not."""
    known = DraftKey.objects.filter(by=user, key=key)
    try:
        with transaction.atomic():
            if not known.exists():
                DraftKey.objects.create(by=user, key=key, article=workflow.begin(by=user))
    except IntegrityError:  # the first sending arrived at the same moment
        pass
    return known.get().article_id


def _of_another(request):
    """Return a refusal where the page was opened by somebody else than who is signed in now, else None."""
    sent = request.POST.get("as", "")
    if sent in ("", str(request.user.pk)):
        return None
    return refused(401, "signed-out", _ANOTHER, door=reverse("admin:login"))


def _saved(request, desk, pk, *, again=True):
    """Save what can be saved.

    200 ``{status: "saved" | "same", edit, state, at, seen, waiting, fields, article}``; 409 ``{status: "conflict"}``
    and ``by``, with nothing written. ``fields`` are those that stand differently in the database than on the page, each
    with its value or its HTML, its fingerprint, and for one that both changed (``mine``) what differs. Thirty queries.
    Where somebody wrote between the look and the step, it is looked at once more (``again``): a harvest gives way.
    """
    stored = desk.whole(request, pk)
    why = workflow.refusal(workflow.STEPS["edit"], stored, request.user, None)
    if why is not None:
        raise why
    form = desk.sent_form(request, stored)
    form.is_valid()
    held = set(request.POST.getlist("hold"))
    if _is_contested(form, stored, held, request.user):
        return _conflict(form, stored, held, request.user)
    changes = form.changes(but=held | (set(form.errors) - form.partly))
    try:
        _take_edit(form, stored, changes, request.user)
    except workflow.StepRefused as refusal:
        if refusal.code != "stale":
            raise
        now = desk.whole(request, pk)
        if again and now.edit != stored.edit:
            return _saved(request, desk, pk, again=False)
        return _conflict(form, now, held, request.user)
    if not changes:
        return _answer("same", form, stored, {}, held, user=request.user)
    return _answer("saved", form, desk.whole(request, pk), changes, held, user=request.user)


def _is_contested(form, stored, held, user):
    """Return whether this person went on with a field that somebody else had changed when the page heard of it: its
    edit is the newest, yet a save would take the place of words that were never shown. A machine's words stand back.
    """
    if not (form.seen and stored.log.steps().exclude(by=None).exclude(by=user).exists()):
        return False
    shown = form.showing(stored)
    both = [name for name, mine in form.apart(shown).items() if mine and name not in held and name in form.base]
    return any(form.merged_list(name, shown) is None for name in both)


def _take_edit(form, stored, changes, user):
    """Take the step; an address that cannot be taken waits with the reason beside it, and the rest is saved."""
    seen = _edit_seen(form, stored, user) if changes else None
    while changes:
        try:
            return workflow.take("edit", Article.objects.get(pk=stored.pk), by=user, edit=seen, changes=changes)
        except workflow.StepRefused as refusal:
            if refusal.code != "slug" or "slug" not in changes:
                raise
            form.add_error("slug", str(refusal))
            del changes["slug"]
    return None


def _edit_seen(form, stored, user):
    """Return the edit that this save builds on. A draft whose first answer was lost knows none: it is its writer's."""
    seen = form.cleaned_data.get("edit") or 0
    if form.seen:
        return store.edit_to_build_on(stored, seen)
    others = LogEntry.objects.steps().filter(article=stored).exclude(by=user)
    return seen if others.exists() else stored.edit


def _conflict(form, stored, held, user):
    """Answer that nothing was written, as somebody was faster: who, when, and what they wrote."""
    last = stored.log.steps().first()
    words = f"{badges.who(last)} was faster, {badges.moment(last.at)}."
    return _answer("conflict", form, stored, {}, held, user=user, code=409, by=badges.who(last), words=words)


def _others(form, stored, apart, user):
    """Return who wrote each field that both changed, and when, by its name: ``{by, at}``, in words.

    Three queries at most, none where nobody is contested.
    """
    parts = {name: form.part_of(name) for name, mine in apart.items() if mine}
    if not parts:
        return {}
    found, last = versions.last_changed(stored, parts.values()), stored.log.steps().first()
    return {name: _writer(found.get(part), last, user) for name, part in parts.items()}


def _writer(version, last, user):
    people = [one for one in version.writers.all() if one.pk != user.pk] if version else []
    if people:
        return {"by": badges.named(people[0]), "at": badges.moment(version.updated_at)}
    own = last.by_id == user.pk
    return {"by": "You, in another window," if own else badges.who(last), "at": badges.moment(last.at)}


def _answer(status, form, stored, written, held, *, user, code=200, **more):
    """Return all that the page needs to go on: the new edit, what is stored, and what of it the page does not show."""
    shown = form.showing(stored)
    faults = {name: [str(fault) for fault in faults] for name, faults in form.errors.items()}
    apart = form.apart(shown, written=form.names_of(written))
    others = _others(form, stored, apart, user)
    merged = _merged(form, shown, (name for name, mine in apart.items() if mine and name not in held))
    known = {name for name, mine in apart.items() if not mine} | merged.keys()
    settled = {name: mark for name, mark in shown.marks.items() if form.marks[name] == mark or name in known}

    def given(name, mine):
        return _field(shown, form, name, mine) | others.get(name, {})

    return JsonResponse(
        {
            "status": status,
            "edit": stored.edit,
            "state": stored.state,
            "article": stored.pk,
            "at": f"{timezone.localtime():%H:%M:%S}",
            "seen": form.base | settled,
            "waiting": faults | {name: [] for name in held if name not in faults},
            "fields": [merged.get(name) or given(name, mine) for name, mine in apart.items()],
        }
        | more,
        status=code,
    )


def _merged(form, shown, names):
    """Return the lists among these that both changed apart from each other, by name: as fields that hold both."""
    lists = {name: rows for name in names if (rows := form.merged_list(name, shown)) is not None}
    both = form.showing(shown.instance, **lists)
    return {name: _field(shown, both, name, False) | {"html": str(both[name]), "merged": True} for name in lists}


def _field(shown, form, name, mine):
    """Return one field as it is stored: its value, or for a list its HTML; where both wrote, also what differs."""
    bound, field = shown[name], {"name": name, "label": shown[name].label, "mark": shown.marks[name], "mine": mine}
    if isinstance(bound.field, PickerField):
        field["html"] = str(bound)
    elif isinstance(bound.value(), bool):
        field["checked"] = bound.value()
    else:
        field["value"] = bound.field.widget.format_value(bound.value()) or ""
    if mine:
        field["spans"] = [[span.kind, span.words] for span in compare.spans(form.in_words(name), shown.in_words(name))]
    return field
