"""Writing: a letter's subject and both its bodies, out of what is still true and its reader may still see."""

import re
from collections import Counter
from email import policy as email_policy
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from curation.models import NoticeKind
from curation.models.people import named
from curation.notices import inbox
from curation.text import dates

from . import stopping

_LONGEST_LINE = 900  # of a header; mail servers take 998
_SUBJECT = 150  # characters; longer ones end at a word
_MOST = 40  # lines in one letter; the desk has the rest
#: What a digest's subject counts of each kind.
COUNTED = {
    NoticeKind.DECIDE: "to decide",
    NoticeKind.RETURNED: "returned",
    NoticeKind.APPROVED: "approved",
    NoticeKind.PUBLISHED: "published",
    NoticeKind.MENTIONED: "for you to answer",
    NoticeKind.OVERDUE: "overdue",
    NoticeKind.UNTOUCHED: "untouched for a year",
}
_BROKEN = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


class _Whole(EmailMultiAlternatives):
    """A mail whose long headers stay whole: in the usual 78 characters the link that stops mail would be encoded, and
    no mail program would know it any more (RFC 8058).
    """

    def message(self, *, policy=email_policy.default):
        return super().message(policy=policy.clone(max_line_length=_LONGEST_LINE))


def compose(letter, notices) -> EmailMultiAlternatives:
    """Return a letter as a mail: plain text, and HTML with nothing from elsewhere. No query."""
    lines = inbox.folded(notices)
    kind = stopping.DAILY if letter.day else lines[0].notice.kind
    stop = _address("curation_notices_off", stopping.token_of(letter.person, kind))
    given = {
        "name": named(letter.person),
        "site": settings.SITE_NAME,
        "heading": _heading(letter, lines),
        "lines": [(line, _address("curation_notices_open", line.notice.pk)) for line in lines[:_MOST]],
        "more": max(0, len(lines) - _MOST),
        "all": _address("curation_notices"),
        "choices": _address("curation_notices_preferences"),
        "stop": stop,
        "stops": stopping.words_of(kind),
    }
    mail = _Whole(
        subject=subject_of(letter, lines),
        body=plain(given),
        to=[letter.person.email],
        headers={
            "Message-ID": f"<letter-{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("mail/letter.html", given), "text/html")
    return mail


def plain(given: dict) -> str:
    """Return the plain body of a letter. Pure."""
    parts = [given["heading"]]
    for line, address in given["lines"]:
        quote = [f"  > {line.quote}"] if line.quote else []
        parts.append("\n".join([f"* {line.subject}", *quote, *([f"  {address}"] if line.count == 1 else [])]))
    parts += [f"… and {given['more']} more."] if given["more"] else []
    ways = [f"All notices: {given['all']}", f"How you are told: {given['choices']}"]
    parts.append("\n".join([*ways, f"No more mail of {given['stops']}: {given['stop']}"]))
    return "\n\n".join(parts) + f"\n\n-- \n{given['site']}, to {given['name']}\n"


def _address(name, *args):
    return settings.SITE_URL + reverse(f"admin:{name}", args=args)


def subject_of(letter, lines) -> str:
    """Return what happened in one line: “Mona returned “…””, “… and 2 more”, or what a digest holds. Pure."""
    if letter.day and len(lines) > 1:
        text = f"{_digest_day(letter)}: {_counted(lines)}"
    else:
        text = _cut(lines[0].subject) + (f" and {len(lines) - 1} more" if len(lines) > 1 else "")
    return _BROKEN.sub(" ", text).strip()


def _cut(text):
    """Return a text that fits a subject, cut at a word."""
    text = _BROKEN.sub(" ", text)
    return text if len(text) <= _SUBJECT else f"{text[:_SUBJECT].rsplit(' ', 1)[0]}…"


def _counted(lines):
    kinds = Counter(line.notice.kind for line in lines)
    return ", ".join(f"{kinds[kind]} {said}" for kind, said in COUNTED.items() if kinds[kind])


def _digest_day(letter):
    return f"{dates.WEEKDAYS[letter.day.weekday()]} {dates.day(letter.day)}"


def _heading(letter, lines):
    if letter.day:
        return _digest_day(letter)
    return "What happened" if len(lines) > 1 else NoticeKind(lines[0].notice.kind).label
