"""Harvest of an article's source: how far it is, what it found and where, and what to do when it failed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from curation.admin.post_buttons import by_button
from curation.editing import sources
from curation.extract.judge import identity
from curation.harvest import facts, heartbeat, intake, store
from curation.harvest.tasks import harvest_soon
from curation.models import ArticleSource, Author, Harvest
from offerings.request_values import whole_number

LABELS = {"title": "Title", "standfirst": "Standfirst"}
_FEW = 3  # dates that are offered
_MOST = 20  # writers that are named


@dataclass(frozen=True)
class Alternative:
    """One value that the page offers for a field, where on the page it stands, and whether the article has it."""

    value: str
    origin: str
    is_taken: bool


@dataclass(frozen=True)
class Day:
    """A date that the page tells, as the form takes it; whether only its day counts, and whether it is taken."""

    words: str
    value: str
    is_day: bool
    origin: str
    is_taken: bool


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote the page, the author of that name whom we have, and whether they are in the bylines."""

    name: str
    origin: str
    author: Author | None
    is_taken: bool


@dataclass(frozen=True)
class LeftOut:
    """Parts of a link that cleaning leaves out, by name; whether they are back, and how many articles that changes."""

    names: list[str]
    is_back: bool
    articles: int


def urls(desk):
    """Return the addresses of an article's harvest; ``desk`` is the admin of articles."""
    guarded, given = desk.admin_site.admin_view, {"desk": desk}
    return [
        path("<int:pk>/harvest/", guarded(panel), given, name="curation_article_harvest"),
        path("<int:pk>/harvest/<slug:wish>/", guarded(act), given, name="curation_article_harvest_do"),
    ]


def harvest_of(article) -> Harvest | None:
    """Return the harvest of an article's main source. One query."""
    main = ArticleSource.objects.filter(article=article).main()
    return Harvest.objects.filter(link__in=main.values("link")).select_related("link").first()


def context(request, article, may_write) -> dict:
    """Return what the panel shows. One to eight queries; of a page that nobody asked for, only where it is."""
    harvest = harvest_of(article)
    link = harvest.link if harvest else article.main_link
    about = {"harvest": harvest, "article": article, "may_write": may_write, "has_page": link is not None}
    about["page_url"] = sources.page_of(link) if link else ""
    return about | _read_so_far(request, article, harvest) if harvest else about


def _read_so_far(request, article, harvest):
    busy = harvest.state in (Harvest.State.WAITING, Harvest.State.READING)
    known = intake.uses(harvest.same_as, by=request.user) if harvest.same_as_id else []
    same = [use for use in known if use.article.pk != article.pk]
    return {
        "is_busy": busy,
        "may_believe": store.may_believe(harvest),
        "elsewhere": identity.elsewhere(harvest.link.canonical, harvest.link.cleaned),
        "has_worker": busy and heartbeat.is_beating(),
        "offers": _offers(article, harvest),
        "days": _days(article, harvest),
        "writers": _writers(article, harvest),
        "facts": _facts(harvest),
        "pages": facts.pages(harvest),
        "same": same,
        "same_page": sources.page_of(harvest.same_as) if same else "",
        "left_out": _left_out(harvest.link),
    }


def _offers(article, harvest):
    """Return ``(field, label, alternatives)`` of each field that the page has something for."""
    return [
        (name, LABELS[name], [Alternative(value, origin, value == getattr(article, name)) for value, origin in values])
        for name, values in store.offers(harvest).items()
        if values
    ]


def _days(article, harvest):
    """Return when the page says it was published, for the article's date."""
    own = (article.dated_at, article.dated_day)
    return [
        Day(told.words, _typed(told.at), told.is_day, told.origin, own == (told.at, told.is_day))
        for told in facts.published(harvest)[:_FEW]
    ]


def _typed(moment):
    """Return an instant as the form's field for a date holds it, on the clock of whoever writes."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M:%S}"


def _writers(article, harvest):
    """Return who wrote the page. At most two queries, none where it names nobody."""
    named = facts.writers(harvest)[:_MOST]
    if not named:
        return []
    known = {author.name: author for author in Author.objects.filter(name__in=dict(named), retired=False)}
    taken = set(article.article_authors.values_list("author", flat=True)) if known else set()
    found = [(name, origin, known.get(name)) for name, origin in named]
    return [Writer(name, origin, author, author is not None and author.pk in taken) for name, origin, author in found]


def _facts(harvest):
    """Return ``(label, words)`` of what the page tells and no field of an article holds."""
    changed = facts.changed(harvest)
    told = (
        ("Publisher", facts.publisher(harvest)),
        ("Language", facts.language(harvest)),
        ("Changed", changed.words if changed else ""),
    )
    return [(label, words) for label, words in told if words]


def _left_out(link):
    """Return what cleaning leaves out of a link, or None. One query where there is something, else none."""
    names = sources.left_out(link)
    if not names:
        return None
    used = ArticleSource.objects.filter(link=link).values("article").distinct().count()
    return LeftOut(names, sources.is_put_back(link), used)


@require_GET
def panel(request, pk, desk):
    """Show the panel alone, as it stands now; asked for again and again while a page is read."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    may_write = desk.has_change_permission(request, article)
    return render(request, "admin/curation/article/panels/harvest.html", context(request, article, may_write))


@by_button(words="Signing in came between, so nothing was done yet. Press it again here.")
def act(request, pk, wish, desk):
    """Do what was wished for: read, ask again, believe, cancel, take a text, put parameters back or leave them out."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.has_change_permission(request, article):
        raise PermissionDenied
    link = _asked_for(article, whole_number(request.POST.get("source")))
    if link is None or wish not in _WISHES:
        raise Http404("There is nothing to read.")
    _WISHES[wish](request, link)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect("admin:curation_article_change", pk)


def _asked_for(article, source):
    """Return the link of a source of the article by its id, or that of the main one."""
    if source is None:
        return article.main_link
    return next((row.link for row in article.article_sources.filter(link=source).select_related("link")), None)


def _read(request, link):
    waiting = Harvest.objects.filter(link=link, state__in=(Harvest.State.WAITING, Harvest.State.READING)).first()
    store.run((waiting or store.ask(link, by=request.user)).pk)


def _again(request, link):
    harvest_soon(link, by=request.user)


def _believe(request, link):
    store.believe(link, by=request.user)
    harvest_soon(link, by=request.user)


def _cancel(request, link):
    for harvest in Harvest.objects.filter(link=link):
        store.cancel(harvest)


def _text(request, link):
    if text := request.POST.get("text", "").strip():
        store.take_text(link, text, by=request.user)


def _put_back(request, link):
    sources.put_back(link)


def _leave_out(request, link):
    sources.leave_out(link)


_WISHES = {
    "read": _read,
    "again": _again,
    "believe": _believe,
    "cancel": _cancel,
    "text": _text,
    "put-back": _put_back,
    "leave-out": _leave_out,
}
