"""Comments: what is said and answered, mended and removed, given to somebody and settled, and who may."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from curation.models import Article, Comment, LogEntry, roles
from curation.text import prose
from curation.workflow.actors import REVIEW
from offerings.text.words import plain_text

from .anchors import Anchor
from .people import meant, people_of
from .refusal import CommentRefused

LONGEST = Comment._meta.get_field("words").max_length
MOST_ANSWERS = 100  # to one comment
GONE = "This comment was removed meanwhile. Say it in a new one, or leave it."
_AGAIN = timedelta(minutes=1)  # within which the same words are a second click, or a script that tried again
_WHOLE = Anchor()


def add(article, words: str, *, by, about: Anchor = _WHOLE, blocks: bool = False, to: str = "") -> Comment:
    """Add a comment to an article; one that ``blocks`` holds back approval until it is settled.

    ``to`` names who shall see to it, as a mention does. Three queries, one more where somebody is named. Raises
    CommentRefused for nothing at all, for more than 4,000 characters, and for somebody who does not see the article.
    Sent twice within a minute, it is said once.
    """
    people = _Colleagues(article)
    about = {"field": about.field, "sentence": about.sentence, "blocks": blocks, "assigned_to": people.named(to)}
    with transaction.atomic():
        _held(Article, article.pk)
        return _said({"article": article, "parent": None} | about, words, by, people)


def answer(comment: Comment, words: str, *, by) -> Comment:
    """Answer a comment; an answer to an answer is one to the same comment. Four queries.

    Whoever removes that comment meanwhile waits, or the answer is refused: none goes with it. Sent twice within a
    minute, it is said once.
    """
    start = comment.parent_id or comment.pk
    with transaction.atomic():
        if not _held(Comment, start):
            raise CommentRefused(GONE)
        if Comment.objects.filter(parent=start).count() >= MOST_ANSWERS:
            raise CommentRefused(f"This has {MOST_ANSWERS} answers already. Begin a new comment.")
        return _said({"article": comment.article, "parent_id": start}, words, by, _Colleagues(comment.article))


def _held(model, pk):
    """Hold a row until the transaction is over, so that others who do wait; return whether it is there. One query."""
    return bool(model.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk").first())


def _said(about, words, by, people) -> Comment:
    """Write a comment down, unless the same was said a moment ago. Every comment is made here, and only here."""
    words, now = _proper(words), timezone.now()
    again = Comment.objects.filter(**about, words=words, by=by, at__gt=now - _AGAIN)
    if said := again.filter(removed_at=None, resolved_at=None).first():
        return said
    comment = Comment(**about, words=words, mentions=people.called(words), by=by, actor=str(by)[:200], at=now)
    comment.save()
    if comment.blocks:
        note("held", comment, by=by)
    if comment.assigned_to_id:
        note("given", comment, by=by, person=comment.assigned_to_id)
    return comment


def _proper(words):
    """Return words as they are kept; raises CommentRefused for none and for too many."""
    words = plain_text(words).strip()
    if not words:
        raise CommentRefused("There is nothing in this comment yet.")
    if len(words) > LONGEST:
        raise CommentRefused(f"A comment has room for {LONGEST} characters; this one has {len(words)}.")
    return words


class _Colleagues:
    """Those who see an article, asked for once and only where somebody is named."""

    def __init__(self, article):
        self.article, self._people = article, None

    def meant(self, names):
        """Return whom names mean, by name."""
        if self._people is None:
            self._people = list(people_of(self.article))
        return meant(names, self._people)

    def called(self, words) -> list[str]:
        """Return the names in a comment that mean somebody who sees the article."""
        names = prose.called(words)
        return list(self.meant(names)) if names else []

    def named(self, name):
        """Return the colleague of this name; None where no name is given. Raises CommentRefused for nobody's."""
        name = name.strip().removeprefix("@")
        person = self.meant([name]).get(name.lower()) if name else None
        if name and person is None:
            raise CommentRefused(f"Nobody who sees this brief is called “{name[:60]}”. Take a name from the list.")
        return person


# Mending and removing -----------------------------------------------------------------------------------------------


def may_edit(comment: Comment, person, is_answered: bool) -> bool:
    """Return whether ``person`` may still mend a comment: its writer, until somebody answered. Free."""
    return _is_own(comment, person) and comment.removed_at is None and not is_answered


def may_remove(comment: Comment, person) -> bool:
    """Return whether ``person`` may remove a comment: its writer. Free."""
    return _is_own(comment, person) and comment.removed_at is None


def _is_own(comment, person):
    return comment.by_id is not None and comment.by_id == person.pk and person.is_active


def edit(comment: Comment, words: str, *, by) -> None:
    """Write a comment anew; raises CommentRefused where it was answered meanwhile. Two queries, some with names.

    The log keeps that it calls more people by now: they are told, however long ago it was written.
    """
    words, called = _proper(words), set(comment.mentions)
    changes = {"words": words, "mentions": _Colleagues(comment.article).called(words), "edited_at": timezone.now()}
    if not _unanswered(comment).filter(removed_at=None).update(**changes):
        raise CommentRefused("This was answered, so its words stay. Answer it yourself, or remove it.")
    for name, value in changes.items():
        setattr(comment, name, value)
    if set(comment.mentions) - called:
        note("called", comment, by=by)


def remove(comment: Comment, *, by) -> None:
    """Remove a comment; where it was answered its words go and its place stays. Three queries at most, and the log."""
    with transaction.atomic():
        _held(Comment, comment.parent_id or comment.pk)  # who answers meanwhile waits, or is waited for
        if _unanswered(comment).delete()[0] == 0:
            gone = {"words": "", "mentions": [], "blocks": False, "removed_at": timezone.now()}
            Comment.objects.filter(pk=comment.pk).update(**gone)
    if comment.blocks and comment.resolved_at is None:
        note("settled", comment, by=by)


def _unanswered(comment):
    """Return the comment as a queryset, empty where somebody answered it, or said something behind it."""
    behind = Comment.objects.filter(parent=OuterRef("parent"), pk__gt=OuterRef("pk"))
    answers = Comment.objects.filter(parent=OuterRef("pk"))
    return Comment.objects.filter(~Exists(answers), ~Exists(behind), pk=comment.pk)


# Settling -----------------------------------------------------------------------------------------------------------


def may_settle(comment: Comment, person) -> bool:
    """Return whether ``person`` may settle or reopen a comment: who wrote it, who shall see to it, managers. Free."""
    own = {comment.by_id, comment.assigned_to_id} - {None}
    return (person.pk in own and person.is_active) or roles.may(person, REVIEW)


def settle(comment: Comment, *, by, words: str = "") -> None:
    """Settle a comment, with an answer where there are ``words``; done twice, the first counts. One query or more."""
    if words.strip():
        answer(comment, words, by=by)
    waiting = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if waiting.update(resolved_at=timezone.now(), resolved_by=by) and comment.blocks:
        note("settled", comment, by=by)


def reopen(comment: Comment, *, by) -> None:
    """Open a comment again. One query, two where it holds the article back again."""
    done = Comment.objects.filter(pk=comment.pk).exclude(resolved_at=None)
    if done.update(resolved_at=None, resolved_by=None) and comment.blocks:
        note("held", comment, by=by)


def assign(comment: Comment, name: str, *, by) -> None:
    """Give a comment to whom ``name`` means, or to nobody for no name. Two queries, and the log.

    The log keeps to whom, so that they are told. Given twice, the first counts.
    """
    person = comment.assigned_to = _Colleagues(comment.article).named(name)
    given = Comment.objects.filter(~Q(assigned_to=person) if person else Q(assigned_to__isnull=False), pk=comment.pk)
    if given.update(assigned_to=person) and person:
        note("given", comment, by=by, person=person.pk)


def note(step: str, comment: Comment, *, by, **details) -> LogEntry:
    """Write down in the article's log what a comment holds back, lets go, or heard from outside; never its words."""
    return LogEntry.beside(step, comment.article, by, comment=comment.pk, **details)
