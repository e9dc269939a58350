"""Letters: at once or as a digest, once, to who still may see it, tried until they went, and safe in every header."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from curation import notices, workflow
from curation.models import Absence, Letter, Notice, NoticeKind
from curation.notices import clock as by_clock
from curation.notices import mail, rounds
from curation.notices.mail import outbox as letterbox
from curation.notices.mail import planning
from tests.factories import make_article, make_in, make_person, step

pytestmark = pytest.mark.django_db
TITLE = "A ward that listens"


@pytest.fixture(autouse=True)
def _addresses(curator, manager):
    for person in (curator, manager):
        person.email = f"{person.username}@example.org"
        person.save()


def went():
    """What went since the last time, as pairs of address and subject."""
    sent = [(one.to[0], one.subject) for one in outbox.outbox]
    outbox.outbox.clear()
    return sent


def returned(clock, curator, manager, title=TITLE):
    """A brief that came back to its owner."""
    brief = make_in("in_review", by=curator, title=title)
    clock.turn(minutes=1)  # nothing enters two states at the same instant
    step("return", brief, by=manager, reason="Figure\nnot found.")
    return brief


def test_what_cannot_wait_goes_at_once_after_the_undo_and_only_once(clock, curator, manager):
    returned(clock, curator, manager)
    rounds.round_once()
    assert went() == []
    clock.turn(seconds=31)
    rounds.round_once()
    (letter,) = outbox.outbox
    assert letter.to == ["curator@example.org"]
    assert letter.subject == f"manager returned “{TITLE}”"
    assert "> Figure not found." in letter.body
    html = letter.alternatives[0].content
    assert f"<bdi>{TITLE}</bdi>" in html
    assert "<img" not in html
    assert f"{settings.SITE_URL}/admin/notices/" in html
    head = letter.message().as_bytes().partition(b"\n\n")[0].decode()
    assert f"\nList-Unsubscribe: <{settings.SITE_URL}/admin/notices/off/" in head  # whole, and not encoded
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].startswith(f"<{settings.SITE_URL}/admin/notices/off/")
    went()
    for _ in range(3):
        clock.turn(hours=30)
        rounds.round_once()
    assert [address for address, _ in went()] == []


def test_what_is_undone_mails_nothing(clock, curator, manager):
    brief = returned(clock, curator, manager)
    rounds.round_once()
    clock.turn(seconds=20)
    workflow.undo(brief, by=manager, edit=brief.edit)
    for _ in range(4):
        clock.turn(minutes=1)
        rounds.round_once()
    assert not [address for address, subject in went() if "returned" in subject]


def test_who_lost_the_right_between_making_and_mailing_gets_nothing(clock, curator, manager):
    brief, second = returned(clock, curator, manager), returned(clock, curator, manager, "A second one")
    clock.turn(seconds=31)
    notices.take_pending()
    mail.plan()
    step("assign", brief, owner=manager)
    step("assign", second, owner=manager)
    mail.send_due()
    assert went() == []
    assert Letter.objects.get().error == "Nothing of it was left to tell."


@pytest.mark.parametrize("lost", ["role", "account"])
def test_who_left_gets_nothing(clock, curator, manager, lost):
    returned(clock, curator, manager)
    clock.turn(seconds=31)
    notices.take_pending()
    mail.plan()
    if lost == "role":
        curator.groups.clear()
    else:
        type(curator).objects.filter(pk=curator.pk).update(is_active=False)
    mail.send_due()
    assert went() == []


def test_what_was_read_in_the_desk_is_not_mailed(clock, curator, manager):
    returned(clock, curator, manager)
    clock.turn(seconds=31)
    notices.take_pending()
    notices.mark_read(curator)
    rounds.round_once()
    assert went() == []


def test_a_digest_comes_once_at_seven_even_where_the_worker_was_down(clock, curator, manager):
    for _ in range(3):
        step("submit", make_article(by=curator), by=curator)
    rounds.round_once()
    assert went() == []
    clock.turn(hours=25)  # Tuesday, ten o'clock: the hour was slept through
    for _ in range(3):
        rounds.round_once()
        clock.turn(minutes=1)
    assert went() == [("manager@example.org", "Tuesday 3 November 2026: 3 to decide")]
    clock.turn(hours=24)
    rounds.round_once()
    assert [subject for _, subject in went() if "to decide" in subject] == []


@pytest.fixture
def newsroom_in(settings):
    """The settings, put back afterwards."""
    return settings


BERLIN = [
    # before, the digest's instant: in spring and in autumn the clock changes that night
    (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),
    (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    (datetime(2026, 10, 25, 5, 59, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    (datetime(2026, 10, 25, 6, tzinfo=UTC), datetime(2026, 10, 26, 6, tzinfo=UTC)),
]


@pytest.mark.parametrize(("now", "at"), BERLIN)
def test_seven_is_seven_on_the_wall_whatever_the_clock_does_that_night(newsroom_in, now, at):
    newsroom_in.TIME_ZONE = "Europe/Berlin"
    assert planning.next_digest(now)[1] == at


def test_who_is_away_gets_one_digest_when_back(clock, curator, manager):
    Absence.objects.create(person=curator, first=date(2026, 11, 2), last=date(2026, 11, 4))
    for title in ("One", "Two"):
        returned(clock, curator, manager, title)
    for _ in range(3 * 24):
        clock.turn(hours=1)
        rounds.round_once()
        if clock.at < datetime(2026, 11, 5, 7, tzinfo=UTC):
            assert [one for one in went() if one[0].startswith("curator")] == []
    assert [one for one in went() if one[0].startswith("curator")] == [
        ("curator@example.org", "Thursday 5 November 2026: 2 returned")
    ]


def test_a_letter_that_does_not_go_is_tried_again_with_longer_pauses_and_given_up(clock, curator, manager, monkeypatch):
    returned(clock, curator, manager)
    clock.turn(seconds=31)
    broken = pytest.MonkeyPatch()
    broken.setattr(EmailBackend, "send_messages", _refuse)
    rounds.round_once()
    letter = Letter.objects.get()
    assert (letter.attempts, letter.error, letter.next_at - clock.at) == (
        *(1, "ConnectionRefusedError: nobody answers"),
        timedelta(minutes=1),
    )
    rounds.round_once()
    assert Letter.objects.get().attempts == 1  # not before its pause is over
    for pause in letterbox.PAUSES[1:]:
        clock.turn(minutes=pause.total_seconds() // 60)
        mail.send_due()
    clock.turn(days=1)
    mail.send_due()
    letter.refresh_from_db()
    assert (letter.attempts, letter.gave_up_at is not None) == (mail.give_up_after(), True)
    broken.undo()
    assert mail.try_again(letter.pk)
    mail.send_due()
    assert went() == [("curator@example.org", f"manager returned “{TITLE}”")]


def _refuse(*given):
    raise ConnectionRefusedError("nobody answers")


def test_no_word_breaks_a_header_and_long_titles_are_cut(clock, curator, manager):
    title = "Bcc: everybody@example.org " + "a word " * 30
    brief = returned(clock, curator, manager, title)
    type(brief).objects.filter(pk=brief.pk).update(title=f"Line\r\nBcc: x@example.org\u2028{title}")
    clock.turn(seconds=31)
    rounds.round_once()
    (letter,) = outbox.outbox
    assert not set("\r\n\u2028") & set(letter.subject)
    assert len(letter.subject) < 200
    head = letter.message().as_bytes().partition(b"\n\n")[0]
    assert b"\nBcc:" not in head


def test_stopped_between_making_and_mailing_nothing_goes(clock, curator, manager):
    returned(clock, curator, manager)
    clock.turn(seconds=31)
    notices.take_pending()
    mail.plan()
    mail.stop(curator, "returned")
    mail.send_due()
    assert went() == []


def test_several_at_once_are_one_letter(clock, curator, manager):
    for title in ("One", "Two", "Three"):
        returned(clock, curator, manager, title)
    clock.turn(seconds=31)
    rounds.round_once()
    assert went() == [("curator@example.org", "manager returned “Three” and 2 more")]


# The clock ---------------------------------------------------------------------------------------------------------


def test_overdue_is_told_once_for_each_deadline(clock, curator, manager):
    brief = make_article(by=curator, title="Late")
    step("due", brief, by=curator, due_on=date(2026, 11, 3))
    told = []
    for _ in range(4):
        clock.turn(days=1)
        told.append(by_clock.tell())
    assert told == [0, 1, 0, 0]
    assert [line.subject for line in notices.told_to(curator)] == ["Overdue: “Late”, due 3 November 2026"]
    step("due", brief, by=curator, due_on=date(2026, 11, 5))
    assert by_clock.tell() == 1


def test_what_waits_too_long_is_told_to_who_decides(clock, curator, manager):
    brief = make_article(by=curator, title="Slow")
    step("submit", brief, by=curator)
    clock.turn(days=4, hours=1)
    by_clock.tell()
    by_clock.tell()
    late = Notice.objects.filter(kind=NoticeKind.OVERDUE)
    assert [(one.person, one.article) for one in late] == [(manager, brief)]


def test_untouched_for_a_year_is_told_to_its_owner_once(clock, curator, manager):
    brief, touched = (make_in("approved", by=curator, title=title) for title in ("Old", "Touched"))
    for one in (brief, touched):
        step("publish", one, by=manager)
    clock.turn(days=200)
    step("withdraw", touched, by=manager, reason="Wrong.")
    clock.turn(days=166)
    for _ in range(2):
        by_clock.tell()
        clock.turn(days=1)
    old = Notice.objects.filter(kind=NoticeKind.UNTOUCHED)
    assert [(one.person, one.article) for one in old] == [(curator, brief)]


def test_nobody_without_an_address_is_written_to(clock, curator, manager):
    person = make_person("Curator", email="")
    returned(clock, person, manager)
    clock.turn(seconds=31)
    rounds.round_once()
    assert not Letter.objects.filter(person=person).exists()
    assert notices.unread(person) == 1
