"""Places where pictures are shown: briefs, what readers see of them, the catalogue; for a page of pictures at once."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from curation.models import Article, Edition
from offerings.models import Institution, Offering

_MOST = 200  # rows of a kind that are looked at for a page of pictures


@dataclass(frozen=True)
class Use:
    """A place where a picture is shown: the name of the thing, its page at the desk (or none), and how it shows it."""

    name: str
    page: str
    how: str


def shown_in(pictures, user) -> dict[int, list[Use]]:
    """Return by picture what shows it, briefs first; of what ``user`` may not see, only that it is a colleague's.

    Five queries, each by its index, however many pictures.
    """
    uses, ids = defaultdict(dict), [picture.pk for picture in pictures]
    live = Edition.objects.live(timezone.now())
    mine = Exists(Article.objects.visible_to(user).filter(pk=OuterRef("pk")))
    rows = Article.objects.filter(picture__in=ids).annotate(mine=mine).order_by("-pk")
    _put_drafts(uses, rows.values_list("picture", "pk", "title", "mine")[:_MOST])
    _put(uses, live.filter(picture__in=ids).values_list("picture", "article", "title")[:_MOST], "live")
    bodies = Edition.pictures.through.objects.filter(picture__in=ids, edition__in=live)
    _put(uses, bodies.values_list("picture", "edition__article", "edition__title")[:_MOST], "live, in the text")
    logos = _logos(pictures)
    return {picture.pk: [*uses[picture.pk].values(), *logos[picture.name]] for picture in pictures}


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
    names = {picture.name for picture in pictures if picture.name}
    found = defaultdict(list)
    for model in (Offering, Institution):
        for thing in model.objects.exclude(logo="").only("pk", "name", "logo")[:_LOGOS]:
            name = thing.logo.partition(".")[0].partition("-")[0]
            page = reverse(f"admin:offerings_{model._meta.model_name}_change", args=[thing.pk])
            if name in names:
                found[name].append(Use(thing.name, page, "logo"))
    return found


_LOGOS = 5_000
