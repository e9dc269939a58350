"""Everything that the screen for deciding shows: the brief and what changed, its source, checks, the queue."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from curation import risk
from curation.admin import badges, steps
from curation.admin.article.panels import checks, page_text
from curation.admin.discussion import panel as discussion
from curation.editing import compare, marked_text
from curation.models import Article, Edition, Harvest, State, Version, roles
from curation.models.snapshots import complete, digest
from curation.publishing.press import Windows
from curation.workflow import open_steps, queue, reasons, undoing
from offerings.request_values import whole_number

from . import decisions, evidence

#: Parts of a snapshot that the screen shows as text; what else differs stands below it, part by part.
_READ = ("title", "standfirst", "body")
#: Marks of the queue: what was decided before this one at the same sitting; and how many there is room for.
_TICKS = {"approve": "is-done", "return": "is-back"}
_TICKS_SHOWN = 24


@dataclass(frozen=True)
class Base:
    """A text that the brief is held against: its content (None: nothing, it is the first), and its name."""

    content: dict | None
    words: str
    is_moved: bool = False


def context(request, article, desk, *, kept=None, seen=None) -> dict:
    """Return what the screen shows of an article as ``ArticleAdmin.get_object`` loads it.

    ``kept`` is what was typed into a decision that was refused, and ``seen`` the Version that was on the screen before
    (its id as it was sent).
    """
    newest = Version.objects.filter(article=article).select_related("judgement").order_by("-number").first()
    if newest is None:
        raise Http404("Nothing was written of this yet.")
    editions = list(article.editions.defer("body").order_by("-number"))
    windows = Windows([article], timezone.now(), known=editions)
    live = windows.live(article)
    base = _base(article, newest, live, seen)
    main = Harvest.objects.filter(link=article.main_link).select_related("link").first() if article.main_link else None
    read = {main.link_id: main} if main else {}
    known = {article.main_link.pk: main} if article.main_link else {}
    source = page_text.context(article, whole_number(request.GET.get("source")), known)
    found = evidence.context(newest.content, source, read)
    said = discussion.context(request, article)
    about = found | _read(base.content, newest.content, found["marks"], said["threads"].by_sentence)
    about |= {"title": str(article), "subtitle": None, "article": article, "opts": desk.opts}
    about |= {"newest": newest, "live": live, "coming": windows.scheduled(article), "base": base, "source": source}
    waiting = queue.to_decide(request.user)
    about |= _queue(request, article, waiting) | _steps(request, article, editions, live, article.pk in waiting)
    about |= _typed(article, kept)
    about |= said | checks.context(request, article, False, main, said["blocking"], found["texts"])
    about["risk"] = _risk(article, newest, live, base, about["subject"])
    return about | {"undoable": undoable(request), "entered": steps.entered(article)}


def _risk(article, newest, live, base, subject):
    """Return the risk of what waits for a decision, beside what readers see, and keep it for lists; None of others."""
    if article.state != State.IN_REVIEW:
        return None
    seen = live and (live.version.content if base.is_moved else base.content)
    found = risk.risk_of(risk.case_of(article, subject, seen))
    if digest(subject.content) == newest.digest:  # else somebody wrote while this was read
        risk.keep(newest, live and live.version_id, found)
    return found


def _base(article, newest, live: Edition | None, seen) -> Base:
    """Return what the brief is held against: the Version that was on the screen before, else what readers see."""
    before = Version.objects.filter(article=article, pk=whole_number(seen)).first() if seen else None
    if before and before.pk != newest.pk:
        return Base(complete(before.content), f"version {before.number}, which you had on the screen", is_moved=True)
    if live is None:
        return Base(None, "")
    known = newest if live.version_id == newest.pk else Version.objects.get(pk=live.version_id)
    return Base(complete(known.content), f"edition {live.number}, which readers see")


def _read(old, new, marks, said) -> dict:
    """Return title, standfirst and body with what changed and was said in them, their marks, and what else differs."""
    new = complete(new)
    texts = [
        marked_text.marked(None if old is None else compare.plain(name, old[name]), compare.plain(name, new[name]))
        for name in _READ
    ]
    heading, standfirst, body = texts[0], *marked_text.numbered(texts[1], texts[2])
    added, removed = map(sum, zip(*map(marked_text.changed_words, texts), strict=True))
    others = [one for one in compare.differences(old, new) if one.name not in _READ] if old is not None else []
    return {
        "heading": evidence.marked(heading, {}, {}),
        "standfirst": evidence.marked(standfirst, marks, said),
        "folds": [
            replace(fold, paragraphs=evidence.marked(fold.paragraphs, marks, said)) for fold in marked_text.folded(body)
        ],
        "sentence_count": sum(bool(one.number) for text in (standfirst, body) for p in text for one in p.sentences),
        "words_added": added,
        "words_removed": removed,
        "differences": others,
        "is_first": old is None,
        "is_same": old is not None and not (added or removed or others),
    }


def _steps(request, article, editions, live, is_theirs):
    """Return the decisions open to whoever looks, and why not where the state is for one that is not theirs."""
    taken = open_steps(article, request.user, editions=editions)
    why = "" if is_theirs or "approve" not in taken else steps.other_eyes(article, request.user)
    may_approve = "approve" in taken and not why
    may_publish = roles.may(request.user, "curation.publish_article")
    return {
        "may_approve": may_approve,
        "may_return": "return" in taken,
        "may_publish": may_publish and (may_approve or ("publish" in taken and not steps.is_out(article, live))),
        "may_edit": "edit" in taken,
        "why_not": why,
        "reasons": reasons.known() if "return" in taken else [],
        "clock": badges.clock(),
        "undo_seconds": undoing.WITHIN.seconds,
    }


def _typed(article, kept):
    """Return the boxes of the bar, with what was typed into them where that was refused."""
    button = kept.get("step", "") if kept else ""
    is_window = decisions.BUTTONS.get(button) == "publish"
    return {
        "window": steps.StepForm("publish", kept) if is_window else steps.drawn_form("publish", article),
        "is_window_open": is_window,
        "reason": kept.get("reason", "") if kept else "",
        "chosen": set(kept.getlist("because")) if kept else set(),
    }


def _queue(request, article, waiting):
    """Return the place in the queue, what was decided at this sitting, and when it is done at one's own pace."""
    sat = queue.sitting(request.user)
    place, done = queue.place_of(article.pk, waiting), len(sat.steps)
    clear = timezone.localtime() + timedelta(minutes=len(waiting) * sat.minutes) if sat.minutes and waiting else None
    ticks = [
        *(_TICKS.get(step, "") for step in sat.steps),
        *("is-here" if one == article.pk else "" for one in waiting),
    ]
    at = max(0, min(done + place.number - _TICKS_SHOWN // 2, len(ticks) - _TICKS_SHOWN))
    return {
        "place": place,
        "number": done + place.number if place.number else 0,
        "count": done + place.count,
        "ticks": ticks[at : at + _TICKS_SHOWN],
        "pace": sat.minutes and max(1, round(sat.minutes)),
        "clear_at": clear,
    }


def undoable(request):
    """Return the article that was decided just before, while its decision can be undone; else None. A query if any."""
    before = whole_number(request.GET.get("undo"))
    article = Article.objects.filter(pk=before).only("pk", "title", "edit").first() if before else None
    last = article and article.log.steps().first()
    is_recent = last and last.by_id == request.user.pk and timezone.now() - last.at <= undoing.WITHIN
    return article if is_recent and last.step in decisions.BUTTONS.values() else None
