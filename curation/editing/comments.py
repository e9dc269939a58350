"""Comments of colleagues on a working copy. Readers and Versions know nothing of them."""

from collections import defaultdict

from django.utils import timezone

from curation.models import Comment, roles
from offerings.text.words import plain_text

_OF_PERSON = ("by__first_name", "by__last_name")
LONGEST = Comment._meta.get_field("words").max_length


class CommentRefused(ValueError):
    """A comment that is not taken; the message says why."""


def add(article, words: str, *, by, blocks: bool = False) -> Comment:
    """Add a comment to an article; one that ``blocks`` holds back review until it is resolved. One query.

    Raises CommentRefused for nothing at all and for more than 4,000 characters.
    """
    words = plain_text(words).strip()
    if not words:
        raise CommentRefused("There is nothing in this comment yet.")
    if len(words) > LONGEST:
        raise CommentRefused(f"A comment has room for {LONGEST} characters; this one has {len(words)}.")
    now = timezone.now()
    return Comment.objects.create(article=article, by=by, actor=str(by)[:200], words=words, blocks=blocks, at=now)


def may_settle(comment: Comment, person) -> bool:
    """Return whether ``person`` may resolve or reopen a comment: whoever wrote it, and managers. Free."""
    return (comment.by_id is not None and comment.by_id == person.pk) or roles.may(person, "curation.review_article")


def resolve(comment: Comment, *, by) -> None:
    """Resolve a comment; done twice, the first counts. One query."""
    waiting = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    waiting.update(resolved_at=timezone.now(), resolved_by=by)


def reopen(comment: Comment) -> None:
    """Open a comment again. One query."""
    Comment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)


def blocking(articles) -> dict[int, list[str]]:
    """Return who holds back review of these articles (ids) by open comments: names by article id. One query."""
    found = defaultdict(list)
    open_ones = Comment.objects.filter(article__in=list(articles), blocks=True, resolved_at=None)
    for article, actor, first, last in open_ones.values_list("article_id", "actor", *_OF_PERSON):
        found[article].append(f"{first or ''} {last or ''}".strip() or actor)
    return dict(found)
