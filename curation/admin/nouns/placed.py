"""Places where pictures are shown: briefs, what readers see of them, the catalogue; for a page of pictures at once."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from curation.models import Article, Edition
from offerings.models import Institution, Offering

_MOST = 200  # rows of a kind that are looked at for a page of pictures


@dataclass(frozen=True)
class Use:
    """A place where a picture is shown: the name of the thing, its page at the desk, and how it shows it."""

    name: str
    page: str
    how: str


def shown_in(pictures) -> dict[int, list[Use]]:
    """Return by picture what shows it, briefs first. Five queries, each by its index, however many pictures."""
    uses, ids = defaultdict(dict), [picture.pk for picture in pictures]
    live = Edition.objects.live(timezone.now())
    rows = Article.objects.filter(picture__in=ids).order_by("-pk").values_list("picture", "pk", "title")
    _put(uses, rows[:_MOST], "draft or newest words")
    _put(uses, live.filter(picture__in=ids).values_list("picture", "article", "title")[:_MOST], "live")
    bodies = Edition.pictures.through.objects.filter(picture__in=ids, edition__in=live)
    _put(uses, bodies.values_list("picture", "edition__article", "edition__title")[:_MOST], "live, in the text")
    logos = _logos(pictures)
    return {picture.pk: [*uses[picture.pk].values(), *logos[picture.name]] for picture in pictures}


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
