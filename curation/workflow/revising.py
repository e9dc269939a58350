"""Edits of what was approved: back to review, and approved as before once the words are again what was approved.

What is approved is words. Whoever types a letter into them and takes it out again has changed nothing, so the approval
stands: it is the same Version, and nobody decided anything in between.
"""

from django.conf import settings

from curation.editing import compare
from curation.models import LogEntry, State, Version
from curation.models.fields import WRITTEN
from curation.models.snapshots import instant
from curation.models.vocabulary.current import together

#: The state that an edited article enters, by what the setting ``EDITED_AFTER_APPROVAL`` says.
ENTERS = {"review": State.IN_REVIEW, "draft": State.DRAFT}


def settle(transition) -> None:
    """Decide which state the edited articles enter, and have the log say what differs from what was approved.

    Two queries, none where nothing was approved.
    """
    approvals = _approvals(transition.articles)
    known = Version.objects.in_bulk({approval["approved"] for approval in approvals.values()}) if approvals else {}
    for article in transition.articles:
        approval = approvals.get(article.pk)
        if approval and approval["approved"] in known:
            _settle_one(transition, article, approval, known[approval["approved"]])


def _approvals(articles):
    """Return what was approved of these articles, and since when, by article id: where nobody decided since."""
    found = {
        article.pk: {"approved": article.approved_version_id, "since": article.entered_at.isoformat()}
        for article in articles
        if article.state == State.APPROVED
    }
    revised = [article.pk for article in articles if article.pk not in found and article.revised_by_id]
    left = LogEntry.objects.filter(article__in=revised, step="edit", from_state=State.APPROVED).order_by("pk")
    for article, details in left.values_list("article_id", "details") if revised else ():
        found |= {article: {name: details[name] for name in ("approved", "since")}} if "approved" in details else {}
    return found


def _settle_one(transition, article, approval, approved):
    """Settle one article: approved as before where its words are, else out of “approved”, or as it stands."""
    written, was_approved = transition.versions[article.pk], article.state == State.APPROVED
    now, before = together(written.content, approved.content)
    if _words(now) == _words(before):
        transition.enters[article.pk] = State.APPROVED
        transition.entered[article.pk] = instant(approval, "since")
        transition.put(article, approved_version_id=approved.pk)
        transition.notes[article.pk] |= {} if was_approved else {"again": True, "since": approval["since"]}
        return
    if was_approved:
        transition.enters[article.pk] = ENTERS[settings.EDITED_AFTER_APPROVAL]
        transition.revisers[article.pk] = transition.by.pk
    transition.notes[article.pk] |= approval | {"changed": compare.in_short(approved.content, written.content)}


def _words(content):
    """Return what somebody wrote of a snapshot; what is said of the words, such as evidence, is not material."""
    return {name: content.get(name) for name in WRITTEN}
