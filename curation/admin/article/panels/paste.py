"""Pasting links: one, many, or from a bookmark; what is known of a page that is curated already, and where else it may
go: to a brief that is there, as a further source.
"""

import json
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator, get_text_list
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from curation import workflow
from curation.admin.json_responses import in_json, refused
from curation.admin.post_buttons import by_button
from curation.harvest import intake
from curation.models import State
from curation.text import links
from offerings.request_values import json_body, whole_number


class PasteForm(forms.Form):
    """One link, and why it is curated again if it is; or many links, one a line."""

    link = forms.CharField(required=False, max_length=links.MAX_LENGTH + 100)
    reason = forms.CharField(required=False, max_length=300)
    links = forms.CharField(required=False, max_length=intake.MOST * links.MAX_LENGTH)

    def clean(self):
        """Refuse a form into which nothing was pasted."""
        found = super().clean()
        if not self.errors and not (found["link"].strip() or found["links"].strip()):
            raise forms.ValidationError("There is no link here. Paste one, or several, each on its own line.")
        return found


def urls(desk):
    """Return the addresses of pasting, below those of articles; ``desk`` is the admin of articles."""
    guarded = desk.admin_site.admin_view
    return [
        path("paste/", guarded(paste), {"desk": desk}, name="curation_article_paste"),
        path("paste/links/", in_json(clean_links), {"desk": desk}, name="curation_article_links"),
        path("paste/known/", guarded(known), {"desk": desk}, name="curation_article_known"),
        path("<int:pk>/attach/", guarded(attach), {"desk": desk}, name="curation_article_attach"),
    ]


_MOST_LINKS = 500  # of one text that are cleaned at once; the others are when it is saved


@require_POST
def clean_links(request, desk):
    """Return links that stand in a text without what tells who follows them, as JSON; no query."""
    given = json_body(request, list)
    if not given or not all(isinstance(one, str) for one in given):
        return refused(400, "unread", "These are no links.")
    return JsonResponse({"links": {one: links.cleaned(one).url for one in given[:_MOST_LINKS]}})


def _authorise(desk, request):
    if not desk.has_add_permission(request):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def paste(request, desk):
    """Begin a draft for each link; show the boxes again where there is something to say.

    GET begins nothing: ``link`` fills the box, and with ``find`` the page lists briefs that it may be added to.
    """
    _authorise(desk, request)
    form = PasteForm(request.POST) if request.method == "POST" else PasteForm(initial={"link": request.GET.get("link")})
    page = {"form": form, "lines": None, "pasted": None, "find": request.GET.get("find", "")[:300]}
    if "find" in request.GET:
        _find(request, page)
    elif form.is_bound and form.is_valid():
        try:
            answer = _begin(request, form.cleaned_data, page)
        except (links.LinkRefused, workflow.StepRefused, ValueError) as refusal:
            form.add_error(None, str(refusal))
        else:
            if answer is not None:
                return answer
    return render(request, "admin/curation/article/panels/paste.html", _context(desk, request, page))


def _find(request, page):
    """Put on the page what is known of a link, and the briefs that it may become a further source of."""
    try:
        page["pasted"] = intake.known(request.GET.get("link", ""), by=request.user)
    except links.LinkRefused as refusal:
        messages.error(request, str(refusal))
        return
    page["briefs"] = intake.candidates(page["find"], page["pasted"].link, by=request.user)


def _begin(request, given, page):
    """Redirect to the draft of a single link; else put what came of the links on the page."""
    if given["links"].strip():
        page["lines"] = intake.paste_many(given["links"], by=request.user)
        page["left"] = "\n".join(line.words for line in page["lines"] if line.refusal)
        return None
    pasted = intake.paste(given["link"], by=request.user, reason=given["reason"])
    if pasted.article is None:
        page["pasted"] = pasted
        return None
    messages.success(request, "The draft is begun." if pasted.is_new else "This draft was begun a moment ago.")
    return redirect("admin:curation_article_change", pasted.article.pk)


def _context(desk, request, page):
    own = {"title": "Paste links", "opts": desk.opts, "most": intake.MOST, "bookmark": _bookmark(request)}
    return desk.admin_site.each_context(request) | own | page


def _bookmark(request):
    """Return a bookmark that, pressed on any page, opens the box with that page's address in it; it can begin nothing.

    It is a script, so the desk's own policy keeps it from running here; it can only be dragged or copied away.
    """
    box = json.dumps(f"{request.build_absolute_uri(reverse('admin:curation_article_paste'))}?link=")
    return f'{_SCRIPT}:void(window.open({box}+encodeURIComponent(location.href),"_blank","noopener"))'


_SCRIPT = "javascript"  # apart from its colon: no page of ours may hold the two together, but for this one bookmark


@require_GET
def known(request, desk):
    """Show what a link will become and what is known of it, while it is typed: a piece of a page, or nothing (204).

    A page that nobody curated may be told already all the same: articles are named whose titles are like the one that
    the link spells, or that was typed instead of a link. Twelve queries at most while nobody writes.
    """
    _authorise(desk, request)
    address = request.GET.get("link", "").strip()
    try:
        address = intake.address_in(address)
        found = intake.known(address, by=request.user)
        said = _cleaning(address) | {"uses": found.uses, "link": address, "erased": found.erased}
    except links.LinkRefused:
        said = {"uses": []}
    said["like"] = [] if said["uses"] else intake.like([address], by=request.user)[0]
    if not any(said[name] for name in said if name != "link"):
        return HttpResponse(status=204)
    return render(request, "admin/curation/article/panels/paste_preview.html", said)


def _cleaning(address):
    """Return what cleaning leaves out of an address, in words; empty where it changes nothing."""
    cleaned = links.cleaned(address)
    if not cleaned.removed and not cleaned.wrapper:
        return {}
    names = [Truncator(name).chars(60) for name in dict.fromkeys(links.removed(address))]
    opens = cleaned.url.partition("//")[2] or cleaned.url
    return {
        "left_out": get_text_list(names, "and"),
        "wrapper": links.brand(cleaned.wrapper),
        "opens": Truncator(opens).chars(120),
    }


@by_button()
def attach(request, pk, desk):
    """Make a link a further source of a brief; ``draft`` names the one it was pasted for, which stays."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    link, draft = request.POST.get("link", ""), request.POST.get("draft", "")
    draft = desk.get_queryset(request).filter(pk=whole_number(draft)).first()
    try:
        logged = intake.attach(article, link, by=request.user, reason=request.POST.get("reason", ""))
    except (links.LinkRefused, workflow.StepRefused, intake.RepeatRefused) as refusal:
        messages.error(request, f"Nothing was added. {refusal}")
        return _back(link, draft)
    messages.success(request, _added(logged, draft))
    return redirect("admin:curation_article_change", pk)


def _back(link, draft):
    if draft:
        return redirect("admin:curation_article_change", draft.pk)
    words = urlencode({"link": link[: links.MAX_LENGTH], "find": ""})
    return redirect(f"{reverse('admin:curation_article_paste')}?{words}")


def _added(logged, draft):
    """Return what adding a source came to, in words for the person who did it."""
    words = "This page is a source of this brief now." if logged else "This page is a source of this brief already."
    if logged and logged.from_state == State.APPROVED != logged.to_state:
        words += f" It was approved, and is “{State(logged.to_state).label.lower()}” again."
    if draft is None:
        return words
    kept = '{} The draft it was pasted for <a class="link" href="{}">is still there</a>; decline it if nobody needs it.'
    return format_html(kept, words, reverse("admin:curation_article_change", args=[draft.pk]))
