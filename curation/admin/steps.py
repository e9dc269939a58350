"""Steps at the desk: the form each of them asks to be filled, the address that takes one, and taking one for many."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import get_text_list

from curation import risk, workflow
from curation.editing import authorship, versions
from curation.models import OPEN, Article, Priority, State
from curation.risk import audits
from curation.workflow import entry, reasons, undoing

from . import badges
from .hours import TWICE, Hour, is_on_another_clock, keep_clock
from .json_responses import in_json
from .successor import Successor

#: Details that each step asks for beside the edit that was seen. ``edit`` itself is the whole form, and not here.
ASKED = {name: step.asks for name, step in workflow.STEPS.items() if name != "edit"}
#: Verbs by which the article's page introduces the reason of a step that brought it where it stands.
_REASONED = {"return": "asks", "decline": "declined"}
_SAME, _NOBODY = "", "nobody"
_NAMED = 3  # colleagues who are named where several can do something


class Person(forms.ChoiceField):
    """A colleague who has the permission, nobody, or whoever it is now."""

    def __init__(self, label, permission):
        super().__init__(label=label, required=False, choices=self._people(permission))

    @staticmethod
    def _people(permission):
        people = entry.holders(permission).order_by("username")
        return [(_SAME, "as it is"), (_NOBODY, "nobody"), *((str(one.pk), badges.named(one)) for one in people)]

    def clean(self, value):
        value = super().clean(value)
        return value if value in (_SAME, _NOBODY) else get_user_model().objects.get(pk=value)


class Because(forms.MultipleChoiceField):
    """Reasons that the newsroom often gives, several at a time; ``words_of`` gives what was chosen. One query."""

    def __init__(self):
        widget = forms.CheckboxSelectMultiple(attrs={"class": "reasons"})
        super().__init__(label="Often given", required=False, choices=reasons.known(), widget=widget)

    def words_of(self, chosen: list[str]) -> list[str]:
        """Return the words of reasons given by their ids, in the newsroom's order. Free."""
        return [words for pk, words in self.choices if str(pk) in chosen]


#: The input of each thing that steps may ask for, made when one does.
FIELDS = {
    "reason": lambda: forms.CharField(
        label="Reason", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    ),
    "version": lambda: forms.CharField(label="Version", required=False, widget=forms.HiddenInput),
    "edition": lambda: forms.CharField(label="Edition", required=False),
    "at": lambda: Hour("From", f"{badges.clock()} Empty means now.", is_quick=True),
    "until": lambda: Hour("Until", f"{badges.clock()} Empty means for good."),
    "note": lambda: forms.CharField(
        label="What changed", max_length=300, required=False, help_text="Readers see it beside “Updated”."
    ),
    "successor": lambda: Successor(
        Article.objects.all(),
        required=False,
        label="Successor",
        help_text="Where readers are sent: title, number or address.",
    ),
    "due_on": lambda: forms.DateField(
        label="Due", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    ),
    "planned_on": lambda: forms.DateField(
        label="Planned for",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A day of the newsroom's. It sends nothing out: an hour does. Empty means not planned.",
    ),
    "priority": lambda: forms.TypedChoiceField(
        label="Priority", required=False, choices=Priority.choices, coerce=int, empty_value=Priority.NORMAL
    ),
    "owner": lambda: Person("Owner", "curation.write_article"),
    "reviewer": lambda: Person("Reviewer", "curation.review_article"),
}


class StepForm(forms.Form):
    """Form of what one step asks for; ``details`` is what the workflow is told."""

    def __init__(self, name, *args, **given):
        super().__init__(*args, auto_id=f"id_{name}_%s", label_suffix="", **given)
        self.fields |= {asked: FIELDS[asked]() for asked in ASKED[name]}
        if name == "return":
            self._offer_reasons()
        elif workflow.STEPS[name].reason:
            self.fields["reason"].widget.attrs["required"] = True
        if name == "reschedule":
            self.fields["at"].help_text = badges.clock()
            self.fields["at"].widget.attrs["required"] = True
            self.fields["until"].help_text = f"{badges.clock()} Emptied, it stays for good."
        self.name = name

    def _offer_reasons(self):
        """Offer the newsroom's reasons above one's own words; where it has none, one's own are owed."""
        because = Because()
        if because.choices:
            self.fields = {"because": because} | self.fields
            self.fields["reason"].label = "Reason, in your words"
        else:
            self.fields["reason"].widget.attrs["required"] = True

    def clean(self):
        """Put the chosen reasons and one's own words together."""
        given = super().clean()
        chosen = given.pop("because", None)
        if chosen:
            given["reason"] = reasons.worded(self.fields["because"].words_of(chosen), given.get("reason", ""))
        return given

    @property
    def details(self):
        """The details that were given, as ``workflow.take`` wants them."""
        people = {
            role: None if self.cleaned_data[role] == _NOBODY else self.cleaned_data[role]
            for role in ("owner", "reviewer")
            if self.cleaned_data.get(role, _SAME) != _SAME
        }
        plain = {name: value for name, value in self.cleaned_data.items() if name not in ("owner", "reviewer")}
        if self.name == "reschedule" and "until" in self.data:  # its box shows the end there is: emptied, there is none
            plain["until"] = plain["until"] or OPEN
        return {name: value for name, value in plain.items() if value not in ("", None) or name in _DAYS} | people


_DAYS = ("due_on", "planned_on")  # emptied, there is none


def drawn(article, user, editions, live=None, kept=None):
    """Return the steps open to ``user`` as the article's page draws them: the primary one (or None) and the others;
    and in words why the step that the state is for cannot be taken by ``user`` all the same, or nothing.

    Each is a dict of name, label and form. Those of ``ELSEWHERE`` have no form: they are asked for on a page of their
    own. ``editions`` are the article's, newest first, and ``live`` is what readers see; the article carries its
    ``newest_version``. ``kept`` is what was typed into a step that was refused. No query, but for one where it waits
    for approval.
    """
    forms_of = {kept["step"]: kept} if kept else {}
    steps = [
        {
            "name": name,
            "label": step.label,
            "form": None if name in ELSEWHERE else drawn_form(name, article, editions, forms_of.get(name)),
        }
        for name, step in workflow.open_steps(article, user, editions=editions).items()
        if name in ASKED
    ]
    first, why = workflow.PRIMARY[article.state], ""
    if first == "approve" and any(step["name"] == first for step in steps):
        why = other_eyes(article, user)
    if why:
        first, steps = "return", [step for step in steps if step["name"] != first]
    if first == "publish" and is_out(article, live):
        first = None
    primary = next((step for step in steps if step["name"] == first), None)
    return primary, [step for step in steps if step is not primary], why


def is_out(article, live) -> bool:
    """Return whether readers see what was approved: publishing it again would say the same."""
    return live is not None and article.state == State.APPROVED and live.version_id == article.approved_version_id


def other_eyes(article, user):
    """Return that ``user`` wrote part of what waits for approval, and who can approve it; empty where they can.

    One query, for one who signed any of it more.
    """
    if not settings.FOUR_EYES or not authorship.may_have_written(article, user):
        return ""
    wrote = authorship.authors(versions.latest([article])).get(article.pk, set())
    if user.pk not in wrote:
        return ""
    others = entry.holders("curation.review_article").exclude(pk__in=wrote).order_by("username")
    if not others:
        return "You wrote part of this, and so did everybody who approves. An administrator can name another manager."
    first = sorted(others, key=lambda one: one.pk != article.reviewer_id)
    names = [badges.named(one) for one in first[:_NAMED]] + ["another manager"] * (len(first) > _NAMED)
    return f"You wrote part of this; {get_text_list(names, 'or')} can approve it."


def entered(article):
    """Return why it stands where it stands, as dict of who, verb, at and reason; None where nobody owed a reason.

    One query, and none in the states that are entered without one.
    """
    if article.state not in (State.CHANGES_REQUESTED, State.DECLINED):
        return None
    rows = article.log.select_related("by").filter(to_state=article.state).exclude(from_state=article.state)
    row = rows.exclude(step="undo").first()
    if row is None or not row.reason or row.step not in _REASONED:
        return None
    return {"who": badges.who(row), "verb": _REASONED[row.step], "at": row.at, "reason": row.reason}


#: Steps whose forms need lists that the article's page does not load: Versions to compare, colleagues to choose from.
ELSEWHERE = {"restore", "assign"}


def drawn_form(name, article, editions=(), kept=None):
    """Return the form of one step, as the article stands now; with what was typed into it, where it was refused."""
    form = StepForm(name, kept and kept["typed"])
    if name == "approve":
        form.initial["version"] = article.newest_version
    now = timezone.now()
    if name == "reschedule":
        form.initial |= _window(next((e for e in editions if now < e.live_from < e.live_until), None))
    if name == "due":
        form.initial |= {"due_on": article.due, "priority": article.priority}
    if name == "plan":
        form.initial["planned_on"] = article.planned_on
    if name == "roll_back":
        seen = [e for e in editions if e.live_from <= now and e.live_from < e.live_until and not e.is_live(now)]
        form.fields["edition"].widget = forms.Select(choices=[(e.pk, f"Edition {e.number}") for e in seen])
    if kept:
        _point_out(form, kept)
    return form


def _window(edition):
    """Return both ends of what is scheduled, for the form that moves them."""
    if edition is None:
        return {}
    return {"at": edition.live_from, "until": edition.live_until if edition.live_until < OPEN else None}


def _point_out(form, kept):
    """Show beside the field what was wrong with it, and begin there."""
    if form.is_valid() and kept["words"]:
        form.add_error(kept["field"], kept["words"])
    typed = next(name for name in form.fields if name != "because")
    wrong = next((name for name in form.errors if name in form.fields), typed)
    form.fields[wrong].widget.attrs["autofocus"] = True


@dataclass(frozen=True)
class Outcome:
    """An outcome of a step: whether it was taken, what is to be said of it, and the field of its form at fault."""

    is_taken: bool
    words: str
    field: str | None = None
    is_stale: bool = False
    is_twice: bool = False
    edit: int = 0


def taken(user, article, form: StepForm):
    """Take the step of a form; returns the log row and raises StepRefused."""
    return workflow.take(form.name, article, by=user, edit=form.data.get("edit", ""), **form.details)


def attempt(user, article, form: StepForm, take=taken) -> Outcome:
    """Take a step as ``user``, as its form was sent; ``take`` does it where a step is more than itself."""
    if not form.is_valid():
        faults = [fault for faults in form.errors.values() for fault in faults]
        field = next(iter(form.errors))
        return Outcome(False, " ".join(faults), field, is_twice=form.has_error(field, TWICE))
    if _is_from_queue(form) and not risk.may_be_decided_at_a_glance(risk.level_of(article.pk)):
        return Outcome(False, f"“{article}” is not to be approved at a glance any more: open it and read it first.")
    try:
        logged = take(user, article, form)
    except workflow.StepRefused as refusal:
        words = held(form.name, article, refusal.findings) if refusal.findings else str(refusal)
        return Outcome(False, words, _at_fault(form.name, refusal.code), refusal.code == "stale")
    if _is_at_a_glance(form):
        audits.draw_many([logged])
    return Outcome(True, f"“{article}” is {done(logged)}.", edit=logged.edit)


def _is_from_queue(form):
    """Return whether a form approves from a row of the first page, which offers that for little risk only."""
    return form.name == "approve" and form.data.get("from") == "queue"


def _is_at_a_glance(form):
    """Return whether a form approves where the source was not on the screen: in a row of a page, or on the board."""
    return form.name == "approve" and (form.data.get("from") in ("queue", "board") or bool(form.data.get("row")))


def take_one(request, article, name, data):
    """Take a step as the one who asks, and tell what came of it. ``data`` is what was posted."""
    form = StepForm(name, data)
    outcome = attempt(request.user, article, form)
    if outcome.is_taken:
        messages.success(request, outcome.words)
    else:
        _refused(request, article, form, outcome.words, outcome.field)


def done(logged) -> str:
    """Return how the desk tells that a step was taken, behind “is”. Free, where the row carries its Edition."""
    if logged.step == "publish" and timedelta(0) < logged.edition.live_from - logged.at <= undoing.WITHIN:
        return f"published, and out in {undoing.WITHIN.seconds} seconds"
    if logged.step == "publish" and logged.edition.live_from > logged.at:
        return f"scheduled for {badges.day_and_hour(logged.edition.live_from)}"
    if logged.step == "plan":
        day = logged.details["planned_on"]
        return f"planned for {badges.whole_day(date.fromisoformat(day))}" if day else "no longer planned for a day"
    return workflow.STEPS[logged.step].done


def held(name, article, findings):
    """Return what a step waits for as a list in which each line leads to its field; the page opens on the first."""
    page = reverse("admin:curation_article_change", args=[article.pk])
    lines = [(page, finding.field, finding.words) for finding in findings]
    first = format_html_join("", _LINE.replace("<a ", "<a autofocus "), lines[:1])
    rest = format_html_join("", _LINE, lines[1:])
    words = '“{}” waits: <span class="held" role="list">{}{}</span>'
    return format_html(words, workflow.STEPS[name].label, first, rest)


_LINE = '<span role="listitem"><a class="link" href="{}#id_{}">{}</a></span> '


def _refused(request, article, form, words, field=None):
    """Tell why not, and give back what was typed: in the step's form where it is still open, else in the message."""
    reason = form.data.get("reason", "").strip()
    if form.name in _TYPED and form.name in workflow.open_steps(article, request.user):
        asked = [*ASKED[form.name], "at-turn", "until-turn"]
        if is_on_another_clock(form.data):  # the page that shows it again reads hours on one's own
            asked = [name for name in asked if not isinstance(form.fields.get(name.partition("-")[0]), Hour)]
        typed = {name: form.data[name][:_KEPT] for name in asked if name in form.data}
        own = {"field": field, "words": str(words) if form.is_valid() else ""}
        request.session[_SESSION] = {"article": article.pk, "step": form.name, "typed": typed} | own
    elif reason:
        words = format_html("{} You wrote: “{}”", words, reason)
    messages.error(request, words)


#: Steps into whose forms on the article's page something is typed, and how much of that is kept.
_TYPED = {name for name, asked in ASKED.items() if set(asked) - {"version"}} - ELSEWHERE
_KEPT, _SESSION = 4_000, "refused_step"


def _at_fault(name, code):
    """Return the field that a refusal is about, or None for the whole form."""
    if code == "window":
        return "at" if name == "reschedule" else "until"
    return code if code in ASKED[name] and code != "version" else None


def kept(request, article):
    """Return what was typed into a step of this article that was refused just now: once, else None."""
    found = request.session.get(_SESSION)
    if not found or found["article"] != article.pk:
        return None
    return request.session.pop(_SESSION)


def take_step(request, articles, pk, step):
    """Answer the POST of a step's form: take it, and go back to where the button was."""
    article = get_object_or_404(articles.defer(None), pk=pk)
    keep_clock(request.POST)
    take_one(request, article, step, request.POST)
    return redirect(back_to(request) or reverse("admin:curation_article_change", args=[pk]))


@in_json
def take_in_place(request, pk, step, desk):
    """Take a step for a script, of the article's page or of a row (``row``), which shows by itself what came of it.

    ``{status: "taken", words, edit}``, where the page must be opened anew with ``page``, its address (empty: the same);
    or ``{status: "refused", words, field, isStale}``: an answer too, and no fault of the request. ``words`` are HTML.
    """
    article = get_object_or_404(desk.get_queryset(request).defer(None), pk=pk)
    may_write = desk.has_change_permission(request, article)
    keep_clock(request.POST)
    form = StepForm(step, request.POST)
    outcome = attempt(request.user, article, form)
    said = {"words": conditional_escape(outcome.words)}
    if not outcome.is_taken:
        said |= {"status": "refused", "field": outcome.field or "", "isStale": outcome.is_stale}
        said |= {"isTwice": outcome.is_twice} if outcome.field else {}
        return JsonResponse(said)
    stored = desk.get_queryset(request).filter(pk=pk).first()
    anew = None if request.POST.get("row") else _opened_anew(desk, request, stored, may_write)
    if anew is not None:
        messages.success(request, outcome.words)
    return JsonResponse(
        said | {"status": "taken", "edit": stored.edit if stored else 0} | ({} if anew is None else {"page": anew})
    )


def _opened_anew(desk, request, stored, may_write):
    """Return where the page must be opened anew after a step.

    The list, once an article is not theirs to see any more; the same page (empty), where writing begins again. None
    where what is on the screen can be mended.
    """
    if stored is None:
        return reverse("admin:curation_article_changelist")
    return "" if desk.has_change_permission(request, stored) and not may_write else None


def back_to(request):
    """Return where a form asked to be sent afterwards, if that is a page of this site."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else None
