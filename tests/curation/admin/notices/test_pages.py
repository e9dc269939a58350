"""Notices in the desk: the bell on every page, the page behind it, choices, and letters that did not go."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curation import notices
from curation.models import Letter, Notice, NoticeKind
from curation.notices import mail
from tests.factories import make_in, step
from tests.sent_forms import sent_forms

pytestmark = pytest.mark.django_db
PAGE, COUNT, READ, CHOICES, LETTERS = (
    reverse(f"admin:curation_notices{name}") for name in ("", "_count", "_read", "_preferences", "_letters")
)


@pytest.fixture
def waiting(curator):
    """A brief in review, of which nobody was told yet."""
    return make_in("draft", by=curator, title="A ward <that> listens")


def test_the_bell_is_right_at_once_on_every_page(client, at_desk, curator, manager, waiting):
    address = reverse("admin:curation_article_step", args=[waiting.pk, "submit"])
    assert at_desk(curator).post(address, {"edit": waiting.edit}).status_code == 302
    page = at_desk(manager).get(reverse("admin:index")).content.decode()
    assert 'title="1 new notice"' in page
    assert at_desk(curator).get(PAGE).content.decode().count("Notices, none new") == 2


def test_the_page_shows_what_is_new_where_it_leads_and_marks_it_read(at_desk, manager, waiting, curator):
    step("submit", waiting, by=curator)
    notices.take_pending()
    client = at_desk(manager)
    page = client.get(PAGE).content.decode()
    assert "For you to decide: " in page
    assert "<bdi>A ward &lt;that&gt; listens</bdi></a>, from curator" in page
    notice = Notice.objects.get()
    opened = reverse("admin:curation_notices_open", args=[notice.pk])
    assert client.get(opened)["Location"] == reverse("admin:curation_article_decide", args=[waiting.pk])
    assert notices.unread(manager) == 1  # looking changes nothing
    assert client.post(READ, {"notice": notice.pk}, headers={"accept": "application/json"}).status_code == 204
    assert notices.unread(manager) == 0
    assert "Nothing new" in client.get(PAGE).content.decode()


def test_nobody_opens_or_reads_the_notices_of_others_or_of_what_they_may_not_see(at_desk, curator, manager, waiting):
    step("submit", waiting, by=curator)
    step("return", waiting, by=manager, reason="A secret reason.")
    notices.take_pending()
    Notice.objects.update(due_at=waiting.created_at)
    notice = Notice.objects.get(kind=NoticeKind.RETURNED)
    opened = reverse("admin:curation_notices_open", args=[notice.pk])
    assert at_desk(curator).get(opened).status_code == 302
    assert at_desk(manager).get(opened).status_code == 404
    assert at_desk(manager).post(READ, {"notice": notice.pk}).status_code == 404
    step("assign", waiting, owner=manager)
    client = at_desk(curator)
    assert client.get(opened).status_code == 404
    assert "A secret reason" not in client.get(PAGE).content.decode()


def test_all_is_marked_as_read_at_once(at_desk, manager, curator):
    for _ in range(3):
        step("submit", make_in("draft", by=curator), by=curator)
    notices.take_pending()
    page = at_desk(manager).post(READ, follow=True)
    assert "All of it is marked as read." in page.content.decode()
    assert notices.unread(manager) == 0


def test_asking_again_is_answered_304_until_something_is_new(at_desk, manager, curator, django_assert_max_num_queries):
    client = at_desk(manager)
    first = client.get(COUNT)
    assert first.json() == {"number": 0, "shown": "", "words": "Notices, none new"}
    with django_assert_max_num_queries(4):
        assert client.get(COUNT, headers={"if-none-match": first["ETag"]}).status_code == 304
    step("submit", make_in("draft", by=curator), by=curator)
    notices.take_pending()
    assert client.get(COUNT, headers={"if-none-match": first["ETag"]}).json()["words"] == "1 new notice"


def test_more_than_ninety_nine_are_not_counted(at_desk, manager, curator):
    articles = [make_in("draft", by=curator) for _ in range(3)]
    step("submit", articles[0], by=curator)
    notices.take_pending()
    notice = Notice.objects.get()
    rows = [make_in("in_review") for _ in range(105)]
    now = timezone.now()
    many = {"person": manager, "kind": notice.kind, "made_at": now, "due_at": now}
    Notice.objects.bulk_create(Notice(article=one, token=f"t{one.pk}", entry=notice.entry, **many) for one in rows)
    assert at_desk(manager).get(COUNT).json()["shown"] == "99+"


def test_a_page_costs_the_same_however_much_is_new(at_desk, manager, curator, django_assert_max_num_queries):
    client, costs = at_desk(manager), []
    client.get(PAGE)
    for number in (1, 5):
        for _ in range(number):
            step("submit", make_in("draft", by=curator), by=curator)
        notices.take_pending()
        with django_assert_max_num_queries(6) as asked:
            assert client.get(PAGE).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_choices_are_kept_and_heeded(at_desk, manager, curator):
    client = at_desk(manager)
    sent = {f"mail_{kind}": "off" for kind in NoticeKind.values} | {f"desk_{kind}": "on" for kind in NoticeKind.values}
    del sent["desk_decide"]
    sent["mail_mentioned"] = "nonsense"
    assert client.post(CHOICES, sent).status_code == 302
    kept = notices.choices_of(manager)
    assert {kind for kind, one in kept.items() if one.mail != "off"} == {"mentioned"}
    step("submit", make_in("draft", by=curator), by=curator)
    notices.take_pending()
    assert notices.unread(manager) == 0
    assert "Nothing yet." in client.get(PAGE).content.decode()


def test_a_stale_page_of_choices_does_not_undo_what_a_letters_link_stopped(at_desk, curator):
    client = at_desk(curator)
    sent = dict(sent_forms(client.get(CHOICES)))[CHOICES]
    mail.stop(curator, "returned")
    assert client.post(CHOICES, sent | {"mail_mentioned": "daily"}).status_code == 302
    kept = notices.choices_of(curator)
    assert (kept["returned"].mail, kept["mentioned"].mail, kept["mentioned"].in_desk) == ("off", "daily", True)


def test_who_cannot_decide_is_offered_no_such_notices(at_desk, curator):
    page = at_desk(curator).get(CHOICES).content.decode()
    assert "mail_decide" not in page
    assert "mail_returned" in page


def test_mail_is_stopped_with_one_click_and_no_sign_in(curator):
    stranger = Client(enforce_csrf_checks=True)
    address = reverse("admin:curation_notices_off", args=[mail.token_of(curator, "returned")])
    page = stranger.get(address).content.decode()
    assert "Returned or declined" in page
    assert notices.choices_of(curator)["returned"].mail == "now"
    for _ in range(2):
        assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).content == b"Stopped.\n"
    assert notices.choices_of(curator)["returned"].mail == "off"
    daily = reverse("admin:curation_notices_off", args=[mail.token_of(curator, "daily")])
    assert "no more mail" in stranger.post(daily).content.decode()
    assert {one.mail for kind, one in notices.choices_of(curator).items() if kind != "mentioned"} == {"off"}
    assert stranger.get(reverse("admin:curation_notices_off", args=["forged:token"])).status_code == 404


def test_letters_that_did_not_go_are_shown_to_administrators_and_tried_again(at_desk, administrator, manager, clock):
    letter = Letter.objects.create(
        person=manager, made_at=clock.at, next_at=clock.after(days=1), attempts=3, error="TimeoutError: no answer"
    )
    assert at_desk(manager).get(LETTERS).status_code == 403
    client = at_desk(administrator)
    assert "TimeoutError: no answer" in client.get(LETTERS).content.decode()
    assert client.post(LETTERS, {"letter": letter.pk}).status_code == 302
    letter.refresh_from_db()
    assert (letter.attempts, letter.next_at) == (0, clock.at)
    assert client.post(LETTERS, {"letter": "x"}).status_code == 404


def test_a_reader_hears_no_bell(client, reader):
    client.force_login(reader)
    for address in (PAGE, COUNT, CHOICES, LETTERS):
        assert client.get(address).status_code in (302, 403)


def test_the_number_is_right_on_every_page_as_it_comes(at_desk, manager, curator):
    brief = step("submit", make_in("draft", by=curator), by=curator).article
    notices.take_pending()
    client = at_desk(manager)
    for name, args in (("curation_article_decide", [brief.pk]), ("curation_article_calendar", []), ("index", [])):
        page = client.get(reverse(f"admin:{name}", args=args), follow=True)
        assert "data-words>1 new notice</span>" in page.content.decode(), name
