"""Threads as people read them: each comment with its answers, where it stands in the brief, and what one may do."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Q

from curation.models import Comment
from curation.text import prose

from . import comments
from .anchors import Sentences, label

MOST = 12  # threads beside an article: those that hold it back, other open ones, the last that were settled
_OF_PEOPLE = ("by", "resolved_by", "assigned_to", "outside")


@dataclass(frozen=True)
class Said:
    """One comment or answer as it is shown, and whether whoever looks may mend or remove it."""

    comment: Comment
    may_edit: bool = False
    may_remove: bool = False

    @property
    def html(self):
        """Its words, cleaned."""
        return prose.safe(prose.remark(self.comment.words, " ".join(self.comment.mentions)))


@dataclass(frozen=True)
class Thread:
    """A comment with its answers. ``number`` is that of the sentence it is about, None where it is about none, or its
    words were changed since.
    """

    start: Said
    answers: list[Said]
    number: int | None
    may_settle: bool

    @property
    def comment(self) -> Comment:
        """The comment that began it."""
        return self.start.comment

    @property
    def is_changed(self) -> bool:
        """True of a comment about a sentence that has other words by now."""
        return bool(self.comment.sentence) and self.number is None

    @property
    def label(self) -> str:
        """The name of the field it is about, which may be none."""
        return label(self.comment.field) if self.comment.field else ""

    @property
    def last(self) -> Said:
        """The newest thing said in it."""
        return self.answers[-1] if self.answers else self.start


@dataclass
class Threads:
    """A discussion as it is shown: what is open and what is settled, oldest first; ``has_more`` if some is left out."""

    open: list[Thread] = field(default_factory=list)
    settled: list[Thread] = field(default_factory=list)
    has_more: bool = False

    @property
    def by_sentence(self) -> dict[int, int]:
        """The first open comment about each sentence, by the sentence's number."""
        return {one.number: one.comment.pk for one in reversed(self.open) if one.number}


def threads_of(article, person, sentences: Sentences, most: int = MOST) -> Threads:
    """Return the threads of an article as ``person`` sees them. One query."""
    order = (F("resolved_at").desc(nulls_first=True), "-blocks", "-pk")
    starts = article.comments.filter(parent=None).order_by(*order).values("pk")[: most + 1]
    rows = article.comments.filter(Q(pk__in=starts) | Q(parent__in=starts)).select_related(*_OF_PEOPLE).order_by("pk")
    answers, found = defaultdict(list), []
    for row in rows:
        if row.parent_id:
            answers[row.parent_id].append(row)
        else:
            found.append(row)
    return _told(found, answers, person, sentences, most)


def _told(found, answers, person, sentences, most):
    told = Threads(has_more=len(found) > most)
    if told.has_more:  # the last of the order is the one too many
        found.remove(min(found, key=_first_last))
    for comment in found:
        thread = _thread(comment, answers[comment.pk], person, sentences)
        (told.settled if comment.resolved_at else told.open).append(thread)
    return told


def _first_last(comment):
    """Return the key by which what is least urgent comes first: settled long ago, then open ones that are old."""
    done = comment.resolved_at
    return (done is None, done.timestamp() if done else 0, comment.blocks, comment.pk)


def _thread(comment, answers, person, sentences):
    said = [_said(one, person, is_answered=one is not answers[-1]) for one in answers]
    start = _said(comment, person, is_answered=bool(answers))
    number = sentences.number(comment.sentence) if comment.sentence else None
    return Thread(start, said, number, comments.may_settle(comment, person))


def _said(comment, person, is_answered):
    return Said(comment, comments.may_edit(comment, person, is_answered), comments.may_remove(comment, person))
