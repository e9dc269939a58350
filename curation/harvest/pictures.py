"""The pictures and the icon that a source page offers, fetched one by one into our own media.

Nothing is fetched when a link is pasted: once its page was read, the worker brings the first few, and without a worker
the article's page asks for them one at a time. Every one is decoded and written anew like any other picture.

What is gathered and never chosen goes again: ``sweep``, which the worker does once a day at most while it gathers,
deletes gathered pictures that have been here for a fortnight and stand in no article, Version, Edition or body.
"""

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.utils import timezone

from curation import images
from curation.extract import image_candidates, pdf
from curation.fetch import faults, fetch
from curation.fetch.content import sniffing
from curation.images import store, untrusted
from curation.models import Article, Edition, Harvest, Picture, SourceLink, Version
from curation.text import addresses, links

PREFETCHED = 6  # pictures fetched without a request
SECONDS = 45.0  # after which the first ones are left to whoever asks for them
STAYS = timedelta(days=14)

_ACCEPT = {"Accept": "image/avif,image/webp,image/png,image/jpeg,image/*;q=0.8,application/pdf;q=0.5"}
_GONE = "The page does not offer this picture any more. Look at what it offers now."
_PAGE = "Its address leads to a page, not to a picture."
_NO_ADDRESS = "There is no address. Paste that of a picture, which begins with https://."
_TINY = "It is only {} × {} pixels."
_ELSE = "Its site does not give it to us."
_WORDS = {
    faults.NotAPageError.code: "It is no picture that is taken: JPEG, PNG, WebP, GIF or AVIF, never a drawing (SVG).",
    faults.TooLargeError.code: "It is larger than 20 MB.",
    faults.PrivateAddressRefused.code: "Its address leads into a private network, where nothing is fetched.",
    faults.PortRefused.code: "Its address names an unusual port, where nothing is fetched.",
    faults.AddressRefused.code: "Its address is not one that is taken.",
    faults.TimedOutError.code: "Its site took too long to send it.",
    faults.UnresolvedError.code: "No site of its name was found.",
    faults.GoneError.code: "Its site says that it is not there.",
    faults.PdfLockedError.code: "The PDF is locked with a password.",
    faults.PdfBrokenError.code: "The PDF's first page is broken.",
    faults.PdfTooHeavyError.code: "The PDF's first page asks for more time or memory than a page needs.",
}
_IN_BODY = re.compile(addresses.MEDIA + r"([a-z2-7]{20})")


class GatheringError(ValueError):
    """A picture that did not come, and why, in words for the curator."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture that a page offers: its ``place`` in the list, its address, where the page names it, and what came of
    it – the Picture, or why there is none; neither where nobody asked for it yet.
    """

    place: int
    address: str
    origin: str
    picture: Picture | None = None
    refusal: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.picture is None and not self.refusal


def offers(harvest: Harvest) -> list[Offer]:
    """Return the pictures that the page of a harvest offers, in its order; of addresses that brought the same picture
    the first. One query where it offers any.
    """
    listed, refused = harvest.found.get("picture", []), dict(harvest.found.get("refused", []))
    known = {row.address: row for row in Picture.objects.filter(address__in=[address for address, _ in listed])}
    ready = {address: row for address, row in known.items() if row.is_ready}
    names, found = set(), []
    for place, (address, origin) in enumerate(listed):
        picture = ready.get(address)
        if picture is None or picture.name not in names:
            names |= {picture.name} if picture else set()
            found.append(Offer(place, address, origin, picture, "" if picture else refused.get(address, "")))
    return found


# One picture -------------------------------------------------------------------------------------------------------


def gather(harvest: Harvest, place: int) -> Picture:
    """Return the picture at this place of what the page offers, fetched if it is not here yet. Safe to repeat.

    Takes as long as ``fetch`` may, and about a second more; no transaction is open meanwhile. Raises
    GatheringError, with nothing stored but the words.
    """
    listed = harvest.found.get("picture", [])
    if not 0 <= place < len(listed):
        raise GatheringError(_GONE)
    address, origin = listed[place]
    known = Picture.objects.filter(address=address, state=Picture.State.READY).first()
    return known or _gathered(harvest, address, origin)


def bring(given: str) -> Picture:
    """Return the picture at an address that somebody gave, fetched if it is not here yet. Safe to repeat.

    ``given`` may be a list of addresses as browsers drop it: the first one counts. An address of our own media is that
    picture. Costs and raises as ``gather`` does; nothing is remembered of what brought no picture.
    """
    address = _address_given(given)
    known = Picture.objects.filter(_same(address), state=Picture.State.READY).order_by("pk").first()
    return known or _row(address, _values(address, "given"))


def _address_given(words):
    """Return the one address in what was given; raises GatheringError."""
    lines = [line.strip() for line in words.splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), "")
    try:
        return links.check(first.partition("#")[0])
    except links.LinkRefused as refusal:
        raise GatheringError(_NO_ADDRESS if not first else str(refusal)) from refusal


def _same(address):
    ours = _IN_BODY.match(address.removeprefix(settings.SITE_URL)) if address.startswith(settings.SITE_URL) else None
    return Q(name=ours[1]) if ours else Q(address=address)


def _gathered(harvest, address, origin):
    try:
        values = _values(address, origin)
    except GatheringError as refusal:
        _note(harvest, address, str(refusal))
        raise
    _note(harvest, address, "")
    return _row(address, values)


def _values(address, origin):
    """Return the row of a Picture for what is at an address; raises GatheringError, with nothing stored."""
    try:
        return store.keep_picture(_taken(_brought(address, origin)))
    except (GatheringError, images.PictureRefused, MemoryError) as refusal:
        raise GatheringError(str(refusal)[:300] or _ELSE) from refusal


def _taken(data):
    taken = untrusted.decode_picture(data)
    if taken.width < image_candidates.SMALLEST[0] or taken.height < image_candidates.SMALLEST[1]:
        raise GatheringError(_TINY.format(taken.width, taken.height))
    return taken


def _brought(address, origin):
    """Return the bytes of a picture, or of the drawn first page of a PDF."""
    try:
        fetched = fetch(address, headers=_ACCEPT)
        if fetched.kind == sniffing.PDF and origin == image_candidates.FIRST_PAGE:
            return pdf.first_page(fetched.body)
    except faults.FetchError as fault:
        raise GatheringError(_WORDS.get(fault.code, _ELSE)) from fault
    if fetched.kind == sniffing.PAGE:
        raise GatheringError(_PAGE)
    return fetched.body


def _row(address, values):
    """Return the one row of an address, filled where it was named before but had no file. Two queries."""
    with transaction.atomic():
        picture, is_new = Picture.objects.get_or_create(address=address, defaults=values)
        if not is_new and not picture.is_ready:
            Picture.objects.filter(pk=picture.pk).update(**values)
            picture.refresh_from_db()
    return picture


def _note(harvest, address, words):
    """Remember why an address brought no picture, so that nobody waits for it again; no words: forget it."""
    with transaction.atomic():
        kept = Harvest.objects.select_for_update().only("found").get(pk=harvest.pk)
        before = kept.found.get("refused", [])
        after = [pair for pair in before if pair[0] != address] + ([[address, words]] if words else [])
        if after != before:
            kept.found["refused"] = after
            kept.save(update_fields=["found"])
    harvest.found["refused"] = after


# Before anybody asks -----------------------------------------------------------------------------------------------


def gather_first(harvest: Harvest) -> int:
    """Fetch the first few pictures that nobody asked for yet, and the icon; give how many pictures came.

    At most about a minute: what takes longer is fetched when somebody asks for it.
    """
    until, came = time.monotonic() + SECONDS, 0
    for offer in offers(harvest):
        if offer.is_waiting and offer.place < PREFETCHED and time.monotonic() < until:
            with suppress(GatheringError):
                came += bool(gather(harvest, offer.place))
    gather_icon(harvest)
    return came


def wants_icon(harvest: Harvest) -> bool:
    """Return whether the page's site has an icon that nobody tried to fetch."""
    refused = dict(harvest.found.get("refused", []))
    return not harvest.link.favicon and any(address not in refused for address, _ in harvest.found.get("icon", []))


def gather_icon(harvest: Harvest) -> str:
    """Give the link its site's icon, fetched unless another page of the site brought it; its name, or nothing."""
    link = harvest.link
    if not link.favicon:
        of_site = SourceLink.objects.filter(brand=link.brand).exclude(favicon="")
        link.favicon = of_site.values_list("favicon", flat=True).first() or _icon(harvest)
        SourceLink.objects.filter(pk=link.pk, favicon="").update(favicon=link.favicon)
    return link.favicon


def _icon(harvest):
    refused = dict(harvest.found.get("refused", []))
    for address, _ in harvest.found.get("icon", []):
        if address in refused:
            continue
        try:
            icon = untrusted.decode_icon(_brought(address, "icon"))
        except (GatheringError, images.PictureRefused, MemoryError) as refusal:
            _note(harvest, address, str(refusal)[:300] or _ELSE)
            continue
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        images.write(root, icon)
        return icon.filename
    return ""


# Pictures that nobody chose ----------------------------------------------------------------------------------------


def sweep(most: int = 200) -> int:
    """Delete gathered pictures that nobody chose within a fortnight, with their files; give how many.

    Gathered are those whose address is of the web. Four queries, and three for each that goes.
    """
    unused = _unused()
    gone = 0
    for pk, name in list(unused.items())[:most]:
        with suppress(ProtectedError):  # somebody chose it this moment
            Picture.objects.filter(pk=pk).delete()
            gone += 1
            store.remove_unneeded([name])
    return gone


def _unused():
    """Return the names of pictures that may go, by their ids, the oldest first."""
    old = Picture.objects.filter(
        ~Exists(Article.objects.filter(picture=OuterRef("pk"))),
        ~Exists(Edition.objects.filter(picture=OuterRef("pk"))),
        ~Exists(Edition.pictures.through.objects.filter(picture=OuterRef("pk"))),
        state=Picture.State.READY,
        address__startswith="http",
        created_at__lt=timezone.now() - STAYS,
    )
    found = dict(old.order_by("pk").values_list("pk", "name"))
    if not found:
        return found
    versions = Version.objects.filter(content__picture_id__in=list(found))
    in_versions, in_bodies = set(versions.values_list("content__picture_id", flat=True)), _in_bodies()
    return {pk: name for pk, name in found.items() if pk not in in_versions and name not in in_bodies}


def _in_bodies():
    """Return the names of pictures that stand in a body, of an article or a Version."""
    bodies = [
        Article.objects.filter(body__contains=addresses.MEDIA).values_list("body", flat=True),
        Version.objects.filter(content__body__icontains=addresses.MEDIA).values_list("content__body", flat=True),
    ]
    return {name for rows in bodies for body in rows.iterator() for name in _IN_BODY.findall(body)}
