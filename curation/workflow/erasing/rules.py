"""Rules of erasing: who may, what has to end before, and how somebody says that they mean this very article."""

from curation.models import Batch, BatchItem, roles
from curation.workflow.actors import Machine, Past, StepRefused

ERASE = "curation.delete_article"
LONGEST_REASON = 500


def refuse_who_may_not(by) -> None:
    """Raise StepRefused for everybody but an administrator; machines erase nothing."""
    if isinstance(by, Machine | Past) or not roles.may(by, ERASE):
        raise StepRefused("Erasing is not yours to do; an administrator can.", "who")


def hindrance(article) -> str:
    """Return in words what has to end before an article can be erased, or nothing. One query.

    Work for many at once knows by its rows what it has done to each; without them it could not be undone.
    """
    under_way = [Batch.Stage.DOING, Batch.Stage.UNDOING]
    if BatchItem.objects.filter(article=article, batch__stage__in=under_way).exists():
        return "Bulk work that has it in hand is being done. Wait until that is done, then erase it."
    return ""


def is_named(article, typed: str) -> bool:
    """Return whether somebody typed an article's title, however it is spaced, or its number."""
    said = " ".join(typed.split())
    return bool(said) and said in (" ".join(article.title.split()), str(article.pk))


def check_words(article, typed: str, reason: str) -> None:
    """Refuse where another article was named, or no proper reason was given; raises StepRefused."""
    if not is_named(article, typed):
        raise StepRefused(f"Type its title as it stands here, or its number, {article.pk}.", "typed")
    if not reason:
        raise StepRefused("Say why, without quoting it: the reason stays.", "reason")
    if len(reason) > LONGEST_REASON:
        raise StepRefused(f"The reason has {len(reason)} characters; there is room for {LONGEST_REASON}.", "reason")
