"""Places where pictures are shown: briefs, what readers see of them, the catalogue; for a page of pictures at once.

Of each kind the newest ``EACH`` places of each picture are read, so that one which is shown everywhere hides no other.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from curation.images import rendition_name
from curation.models import Article, Edition, Picture
from offerings.models import Institution, Offering

EACH = 20  # places of a kind that are read of a picture


@dataclass(frozen=True)
class Use:
    """A place where a picture is shown: the name of the thing, its page at the desk (or none), and how it shows it."""

    name: str
    page: str
    how: str


@dataclass(frozen=True)
class Uses:
    """Places of one picture, briefs first; there are more of them where these are not ``are_all``."""

    places: list[Use]
    are_all: bool


def shown_in(pictures, user) -> dict[int, Uses]:
    """Return by picture what shows it, briefs first; of what ``user`` may not see, only that it is a colleague's.

    Six queries, each by its index, however many pictures and however often they are shown.
    """
    uses, logos = defaultdict(dict), _logos(pictures)
    drafts, live, bodies = kinds = _kinds()
    floors = _floors([picture.pk for picture in pictures], kinds)
    mine = Exists(Article.objects.visible_to(user).filter(pk=OuterRef("pk")))
    _put_drafts(uses, _above(drafts.annotate(mine=mine), floors, 0).values_list("picture", "pk", "title", "mine"))
    _put(uses, _above(live, floors, 1).values_list("picture", "article", "title"), "live")
    _put(
        uses,
        _above(bodies, floors, 2).values_list("picture", "edition__article", "edition__title"),
        "live, in the text",
    )
    return {
        one.pk: Uses(
            [*uses[one.pk].values(), *logos[one.name][:EACH]],
            not any(floors[one.pk]) and len(logos[one.name]) <= EACH,
        )
        for one in pictures
    }


def _kinds():
    """Return the rows of each kind that show pictures: working copies, what readers see, pictures in its text."""
    live = Edition.objects.live(timezone.now())
    return Article.objects.all(), live, Edition.pictures.through.objects.filter(edition__in=live.order_by())


def _floors(ids, kinds):
    """Return by picture the key of the first row of each kind that is left out; None where none is. One query."""
    of = [rows.filter(picture=OuterRef("pk")).order_by("-pk").values("pk")[EACH : EACH + 1] for rows in kinds]
    rows = Picture.objects.filter(pk__in=ids).order_by().values_list("pk", *map(Subquery, of))
    return {pk: floors for pk, *floors in rows}


def _above(rows, floors, kind):
    """Return the rows of one kind that are read, the newest first."""
    read = Q(picture__in=[pk for pk, some in floors.items() if some[kind] is None])
    for pk, some in floors.items():
        read |= Q(picture=pk, pk__gt=some[kind]) if some[kind] is not None else Q()
    return rows.filter(read).order_by("-pk")


def _put_drafts(uses, rows):
    _put(uses, [row[:3] for row in rows if row[3]], "draft or newest words")
    for picture, article, _, is_mine in rows:
        if not is_mine:
            uses[picture][article] = Use("a colleague’s brief", "", "not live, or not shown to you")


def _put(uses, rows, how):
    """Put briefs beside their pictures; what readers see now counts for more than what is written."""
    for picture, article, title in rows:
        page = reverse("admin:curation_article_change", args=[article])
        uses[picture][article] = Use(title or f"Untitled brief {article}", page, how)


def _logos(pictures):
    """Return by the pictures' names the things of the catalogue that have them for a logo. Two queries."""
    files = {file: picture.name for picture in pictures if picture.name for file in _files(picture)}
    found = defaultdict(list)
    for model in (Offering, Institution):
        number = Window(RowNumber(), partition_by=F("logo"), order_by=F("pk").desc())
        rows = model.objects.filter(logo__in=files).annotate(number=number).filter(number__lte=EACH + 1)
        for pk, name, logo in rows.values_list("pk", "name", "logo"):
            page = reverse(f"admin:offerings_{model._meta.model_name}_change", args=[pk])
            found[files[logo]].append(Use(name, page, "logo"))
    return found


def _files(picture):
    """Return the names by which the catalogue may call a picture: its own, and those of its files."""
    widths = [(width, form) for form, some in picture.widths.items() for width in some]
    return [picture.name, *(rendition_name(picture.name, width, form) for width, form in widths)]
