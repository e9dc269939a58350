"""The picture of an article: what the page offers, a file of one's own, and how every placement will cut it.

Endpoints answer in JSON; a browser that sends its forms without a script (``Accept: text/html``) is sent back to the
article's page, with the picture put into the brief.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from curation import images, workflow
from curation.admin.article.form import thumbnail
from curation.admin.json_responses import in_json, refused
from curation.harvest import facts, heartbeat, pictures
from curation.harvest.pictures import GatheringError
from curation.images import disk, store, untrusted
from curation.images.decode import BYTES
from curation.images.placements import PLACEMENTS, Placement
from curation.images.tasks import encode_later
from curation.models import Article, Harvest, Picture
from offerings.request_values import whole_number

from . import harvest as harvests

TEMPLATE = "admin/curation/article/panels/picture.html"

_ADDRESS = 20_000  # characters of what is given as an address; browsers drop lists of them
_FORM = 200_000  # bytes that the rest of an upload may have
_HEAVY = "This file is larger than 20 MB. Save it smaller, about 2,500 pixels wide, and try again."
_NOTHING = "No file came. Choose a picture first."
_ANEW = "The page was read anew meanwhile. Look at what it offers now."
_MOVING = "It moves; only its first frame is kept."
_CHOSEN = "The picture is in the brief."


@dataclass(frozen=True, slots=True)
class Crop:
    """One placement of a picture: how it is cut, and whether the picture is smaller than it is drawn there."""

    placement: Placement
    is_small: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """The picture that is chosen: the address it is shown from (empty where it cannot be), and what is known of it."""

    picture: Picture
    src: str
    form: str
    crops: list[Crop]

    @property
    def small_for(self) -> str:
        """The placements that it is too small for, in words; empty where there are none."""
        named = [f"{one.placement.name} ({one.placement.width} × {one.placement.height})" for one in self.crops]
        return ", ".join(name for name, one in zip(named, self.crops, strict=True) if one.is_small)


@dataclass(frozen=True, slots=True)
class Section:
    """The section beside the form's own fields. ``credit`` is proposed by the page that was read, and so is what the
    picture shows (``told``, each with where the page says it).
    """

    whole: Whole | None
    focus: str
    offers: list
    credit: str
    told: list[tuple[str, str]]
    attempt: int
    state: str
    wants: bool
    wants_icon: bool
    has_worker: bool


def urls(desk):
    """Return the addresses of an article's picture; ``desk`` is the admin of articles. All answer scripts in JSON."""
    given = {"desk": desk}
    return [
        path("<int:pk>/picture/", panel, given, name="curation_article_picture"),
        path("<int:pk>/picture/upload/", upload, given, name="curation_article_picture_upload"),
        path("<int:pk>/picture/gather/", gather, given, name="curation_article_picture_gather"),
        path("<int:pk>/picture/address/", bring, given, name="curation_article_picture_address"),
    ]


def context(request, article, may_write, harvest, picture=None) -> dict:
    """Return what the section shows, as ``pictured``. At most three queries.

    ``harvest`` is that of the main source or None, ``picture`` the chosen one where that is not yet the article's.
    """
    offers = pictures.offers(harvest) if harvest and may_write else []
    first = [offer for offer in offers if offer.is_waiting and offer.place < pictures.PREFETCHED]
    wants_icon = bool(harvest) and may_write and pictures.wants_icon(harvest)
    shown = picture or article.picture
    said = facts.of_picture(harvest, shown.address) if harvest and shown else None
    section = Section(
        whole=_whole(shown) if shown else None,
        focus=images.focus(article.focus_x / 100, article.focus_y / 100),
        offers=[(offer, thumbnail(offer.picture) if offer.picture else "") for offer in offers],
        credit=((said and said.credit) or harvest.link.site_name or harvest.link.brand) if harvest else "",
        told=said.shown if said and may_write else [],
        attempt=harvest.attempt if harvest else 0,
        state=harvest.state if harvest else "",
        wants=bool(first),
        wants_icon=wants_icon,
        has_worker=bool(first or wants_icon) and heartbeat.is_beating(),
    )
    return {"article": article, "may_write": may_write, "pictured": section}


def _whole(picture):
    """Return the chosen picture with its crops. No query; one look at the disk."""
    widths = picture.widths.get("jpeg", []) if picture.is_ready else []
    fit = [width for width in widths if width <= 960] or widths[:1]
    file = disk.master(Path(settings.MEDIA_ROOT), picture.name) if fit else None
    crops = [Crop(one, one.is_too_large_for(picture.width, picture.height)) for one in PLACEMENTS]
    src = f"{settings.MEDIA_URL}{images.rendition_name(picture.name, max(fit), 'jpeg')}" if fit else ""
    return Whole(picture, src, "PNG" if file and file.suffix == ".png" else "JPEG", crops if fit else [])


@require_GET
@in_json
def panel(request, pk, desk):
    """Show the section less the form's fields, as it stands now; ``chosen`` is the id of a picture not saved yet."""
    article = get_object_or_404(desk.get_queryset(request).select_related("picture"), pk=pk)
    may_write = desk.has_change_permission(request, article)
    chosen = request.GET.get("chosen", "")
    number = whole_number(chosen)
    picture = get_object_or_404(Picture, pk=number) if may_write and number is not None else None
    if chosen == "none":
        article.picture = None
    given = context(request, article, may_write, harvests.harvest_of(article), picture)
    return render(request, f"{TEMPLATE}#panel", given)


# A file of one's own -----------------------------------------------------------------------------------------------


@csrf_exempt  # the size must be known before anything is read; ``_upload`` is protected
@require_POST
def upload(request, pk, desk):
    """Take a file (``file``) as the article's picture; 413 for a body that no picture needs, and nothing of it read."""
    if (whole_number(request.META.get("CONTENT_LENGTH") or 0) or 0) > BYTES + _FORM:
        return refused(413, "refused", _HEAVY)
    return _upload(request, pk=pk, desk=desk)


@csrf_protect
@in_json
def _upload(request, pk, desk):
    article = _writable(request, desk, pk)
    file = request.FILES.get("file")
    if file is None:
        return _refusal(request, article, _NOTHING)
    if file.size > BYTES:
        return _refusal(request, article, _HEAVY)
    try:
        picture, words = _kept(file.read(), file.name)
    except images.PictureRefused as refusal:
        return _refusal(request, article, str(refusal))
    except MemoryError:
        return _refusal(request, article, _HEAVY)
    return _chosen(request, desk, article, picture, words)


def _kept(data, name):
    """Return the Picture of a file, the same one for the same bytes, and what is to be said of it. Two queries."""
    digest = hashlib.sha256(data).hexdigest()[:16]
    known = Picture.objects.filter(address__startswith=f"desk/{digest}/", state=Picture.State.READY).first()
    if known is not None:
        return known, ""
    taken = untrusted.decode_picture(data)
    plain = re.sub(r"[^\w.-]+", "_", name or "").strip("._")[-80:] or "picture"
    values = store.keep_picture(taken)
    picture, _ = Picture.objects.update_or_create(address=f"desk/{digest}/{plain}", defaults=values)
    return picture, _MOVING if taken.is_moving else ""


# Pictures that the page offers -------------------------------------------------------------------------------------


@require_POST
@in_json
def gather(request, pk, desk):
    """Fetch one picture that the page offers, by its ``place`` in the list of this ``attempt`` at reading it; or with
    ``icon`` the site's icon. ``choose`` says that somebody wants it for the brief.
    """
    article = _writable(request, desk, pk)
    harvest = harvests.harvest_of(article)
    if harvest is None or harvest.state != Harvest.State.DONE:
        raise Http404("Nothing was read.")
    if "icon" in request.POST:
        return JsonResponse({"status": "icon", "name": pictures.gather_icon(harvest)})
    if request.POST.get("attempt") != str(harvest.attempt):
        return _refusal(request, article, _ANEW, 409)
    try:
        place = whole_number(request.POST.get("place"), most=999)
        picture = pictures.gather(harvest, -1 if place is None else place)
    except GatheringError as refusal:
        return _refusal(request, article, str(refusal))
    if "choose" not in request.POST:
        return JsonResponse({"status": "here", "picture": picture.pk})
    return _chosen(request, desk, article, picture, "")


@require_POST
@in_json
def bring(request, pk, desk):
    """Take the picture at an ``address`` that was dropped, pasted or typed, by the same guarded fetch."""
    article = _writable(request, desk, pk)
    try:
        picture = pictures.bring(request.POST.get("address", "")[:_ADDRESS])
    except GatheringError as refusal:
        return _refusal(request, article, str(refusal))
    return _chosen(request, desk, article, picture, "")


# Answers of all ----------------------------------------------------------------------------------------------------


def _writable(request, desk, pk):
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.has_change_permission(request, article):
        raise PermissionDenied
    return article


def _is_plain_form(request):
    return "text/html" in request.headers.get("Accept", "")


def _chosen(request, desk, article, picture, words):
    """Answer ``{status: "chosen", picture, html, words}``: the form's list with this picture, which the page saves.

    A plain form has it saved here. AVIF is made now that somebody wants the picture.
    """
    if "avif" not in picture.widths:
        encode_later.enqueue(picture.pk)
    if _is_plain_form(request):
        return _put(request, article, picture, words)
    kind = desk.get_form(request, article, change=True)
    html = str(kind(instance=article, initial={"picture_list": [{"id": picture.pk}]})["picture_list"])
    return JsonResponse({"status": "chosen", "picture": picture.pk, "html": html, "words": words})


def _put(request, article, picture, words):
    try:
        stored = Article.objects.get(pk=article.pk)
        workflow.take("edit", stored, by=request.user, edit=stored.edit, changes={"picture_id": picture.pk})
    except workflow.StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{_CHOSEN} {words}".strip())
    return redirect("admin:curation_article_change", article.pk)


def _refusal(request, article, words, code=422):
    if _is_plain_form(request):
        messages.error(request, words)
        return redirect("admin:curation_article_change", article.pk)
    return refused(code, "refused", words)
