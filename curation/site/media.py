"""Picture files that readers may have: those of live Editions and of the catalogue; the rest is the desk's."""

from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from curation import images
from curation.models import Edition, Picture, SourceLink, roles
from offerings.models import Institution, Offering

TYPES = {".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif"}


def file_of(name: str) -> Path | None:
    """Return the file of a rendition, or None where its name is none of ours or the file is not there."""
    if images.parse_name(name) is None:
        return None
    file = images.path(Path(settings.MEDIA_ROOT), name)
    return file if file.is_file() else None


def is_public(name: str) -> bool:
    """Return whether everybody may see this rendition. One query for an article's picture, up to four for another."""
    own = images.parse_name(name)[0]
    return _in_live_edition(own) or _in_catalogue(name) or _is_favicon(name)


def _in_live_edition(own):
    at = timezone.now()
    shown = Q(editions__in=Edition.objects.live(at)) | Q(in_bodies__in=Edition.objects.live(at))
    return Picture.objects.filter(shown, name=own).exists()


def _in_catalogue(name):
    return any(model.objects.filter(logo=name).exists() for model in (Offering, Institution))


def _is_favicon(name):
    """Return whether a favicon is public: an article that is live leads to its site."""
    brands = SourceLink.objects.filter(favicon=name).values("brand")
    return Edition.objects.live().filter(source_brand__in=brands).exists()


def may_see_all(request) -> bool:
    """Return whether this request may have what is not public. Reads the session, so ask only for what is not."""
    return roles.may(request.user, "curation.view_picture")
