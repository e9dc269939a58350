"""Links for somebody without an account: made for one Version, opened by their secret, answered with an opinion, ended.

A link takes no step. Its secret is told once and kept as a digest; whoever brings a wrong one, or an old one, costs as
many queries and learns nothing from which it is.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from curation.editing import versions
from curation.models import Comment, LogEntry, OutsideLink, Version, roles
from curation.text.secrets import is_right, new_secret
from curation.workflow.actors import REVIEW
from offerings.text.words import plain_text, single_line

from .comments import LONGEST
from .refusal import CommentRefused

DAYS, MOST_DAYS = 14, 90
MOST_LINKS = 20  # of one article that are open at a time
#: Opinions of one person come no faster.
PAUSE = timedelta(seconds=5)
Opinion = OutsideLink.Opinion
_SOMEBODY = "somebody outside"  # their name stands with the link alone, and goes with the article
_NAME = OutsideLink._meta.get_field("name").max_length


def may_ask(article, person) -> bool:
    """Return whether ``person`` may ask somebody outside about an article: managers, and its owner. Free."""
    return roles.may(person, REVIEW) or (article.owner_id == person.pk and roles.may(person, "curation.write_article"))


@transaction.atomic
def ask(article, *, by, name: str, email: str = "", days: int | None = DAYS) -> tuple[OutsideLink, str]:
    """Make a link for somebody to the newest Version of an article, which is sealed; return it with its path.

    The path holds the secret, and is told here only. Raises CommentRefused for no name, an address that is none, and
    days that are not from 1 to 90. Five queries.
    """
    name, email = single_line(name).strip(), email.strip()
    _check(name, email, days)
    if links_of(article).filter(revoked_at=None, until__gt=timezone.now()).count() >= MOST_LINKS:
        raise CommentRefused(f"{MOST_LINKS} links to this brief are open already. End one first.")
    version = versions.latest([article]).get(article.pk)
    if version is None:
        raise CommentRefused("Nothing was written of this yet, so there is nothing to ask about.")
    versions.seal([version])
    (key, secret, digest), now = new_secret(), timezone.now()
    link = OutsideLink.objects.create(
        version=version,
        key=key,
        digest=digest,
        name=name,
        email=email,
        by=by,
        actor=str(by)[:200],
        at=now,
        until=now + timedelta(days=days),
    )
    LogEntry.beside("asked", article, by, version=version, link=link.pk)
    return link, reverse("outside", args=[link.key, secret])


def _check(name, email, days):
    if not name or len(name) > _NAME:
        raise CommentRefused(f"Say who is asked, in up to {_NAME} characters; the page greets them by it.")
    if days is None or not 1 <= days <= MOST_DAYS:
        raise CommentRefused(f"A link works for 1 to {MOST_DAYS} days.")
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise CommentRefused(f"“{email[:60]}” is no e-mail address. Leave it empty where there is none.") from error


def links_of(article):
    """Return the links of an article, newest first, each with its Version's number and who asked."""
    return (
        OutsideLink.objects.filter(version__article=article).select_related("by", "version").defer("version__content")
    )


def revoke(link: OutsideLink, *, by) -> None:
    """End a link; done twice, the first counts. Two queries."""
    if OutsideLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        LogEntry.beside("revoked", link.version.article, by, version=link.version, link=link.pk)


def open_link(key: str, secret: str) -> OutsideLink | None:
    """Return the link of a key, if this is its secret and it has not ended; None for anything else. One query."""
    link = OutsideLink.objects.filter(key=key).first()
    return link if is_right(secret, link and link.digest) and is_open(link) else None


def is_open(link: OutsideLink) -> bool:
    """Return whether a link still works."""
    return link.revoked_at is None and timezone.now() < link.until


def note_opened(link: OutsideLink) -> None:
    """Keep when a link was opened first, and log it. One query, two the first time."""
    if OutsideLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now()):
        LogEntry.beside("opened", link.version.article, None, actor=_SOMEBODY, version=link.version, link=link.pk)


def is_outdated(link: OutsideLink) -> bool:
    """Return whether its article has words by now that are newer than the link's Version. One query."""
    newer = Version.objects.filter(article=link.version.article_id, number__gt=link.version.number)
    return newer.exclude(digest=link.version.digest).exists()


@transaction.atomic
def opine(link: OutsideLink, opinion: str, words: str) -> None:
    """Keep what somebody outside thinks, over what they said before; it stands in the discussion, open again.

    Raises CommentRefused for no opinion, for changes or a comment without words, for too many, and for one that follows
    another at once. Five queries.
    """
    words = plain_text(words).strip()
    _check_opinion(opinion, words)
    held = OutsideLink.objects.select_for_update().get(pk=link.pk)
    now, is_new = timezone.now(), held.opinion != opinion
    if not is_open(held):
        raise CommentRefused("This link has just ended, so nothing was kept.")
    if held.said_at and held.opinion == opinion and _said(held) == (words or Opinion(opinion).label):
        return  # sent twice: the same again opens nothing that a colleague settled
    if held.said_at and now - held.said_at < PAUSE:
        raise CommentRefused("That was very fast. Wait some seconds, and send it again.")
    OutsideLink.objects.filter(pk=link.pk).update(opinion=opinion, said_at=now)
    link.opinion, link.said_at = opinion, now
    _keep_words(link, words or Opinion(opinion).label, now)
    if is_new:
        about = {"version": link.version, "link": link.pk, "opinion": opinion}
        LogEntry.beside("opined", link.version.article, None, actor=_SOMEBODY, **about)


def _said(link):
    """Return the words that are kept of somebody outside. One query."""
    return Comment.objects.filter(outside=link).values_list("words", flat=True).first() or ""


def _check_opinion(opinion, words):
    if opinion not in Opinion.values:
        raise CommentRefused("Choose one of the three: yes, changes, or a comment only.")
    if not words and opinion != Opinion.YES:
        raise CommentRefused("Say in some words what should change, or what your comment is.")
    if len(words) > LONGEST:
        raise CommentRefused(f"There is room for {LONGEST} characters; this has {len(words)}. Nothing was sent yet.")


def _keep_words(link, words, now):
    kept = {"words": words, "actor": str(link)[:200], "resolved_at": None, "resolved_by": None}
    comment, is_made = Comment.objects.get_or_create(
        outside=link, defaults=kept | {"article_id": link.version.article_id, "at": now}
    )
    if not is_made:
        Comment.objects.filter(pk=comment.pk).update(**kept, edited_at=now)


def words_of(link: OutsideLink) -> str:
    """Return the words that somebody sent, as they may change them; empty for none of their own. One query."""
    said = _said(link)
    return "" if link.opinion and said == Opinion(link.opinion).label else said
