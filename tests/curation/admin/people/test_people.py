"""The pages about people: the roster, a person's account, inviting, closing and one's own page."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from curation.admin.people import further
from curation.discussion import comments, outside
from curation.models import Absence, Article, Comment, Invitation, LogEntry
from curation.workflow import effects
from curation.workflow.board import absences
from curation.workflow.people import accounts, invitations, leaving
from tests.curation.workflow.test_entry import INDEX, sign_in, signed_in
from tests.factories import PASSWORD, make_in, make_person, step
from tests.sent_forms import sent_forms

PEOPLE, INVITE, YOU = (reverse(f"admin:{name}") for name in ("people", "people_invite", "you"))


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def at(name, person):
    return reverse(f"admin:{name}", args=[person.pk])


def words_of(page):
    return " ".join(strip_tags(page.content.decode()).split())


def given(person, **more):
    """What the form of an account sends."""
    about = {"name": accounts.named(person), "email": person.email, "username": person.username}
    return about | {"role": accounts.role_of(person), "away_from": "", "away_until": ""} | more


def link_in(page):
    """The path of the link that a page shows."""
    return re.search(r'value="https?://[^/"]+(/welcome/[^"]+)"', page.content.decode())[1]


def open_link(link):
    """A fresh browser at the form that a link leads to, and its answer."""
    client = Client()
    return client, client.get(link, follow=True)


def choose(client, page, username):
    """What a form of a one-time link answers to a name and a password."""
    sent = {"username": username, "new_password1": PASSWORD, "new_password2": PASSWORD}
    return client.post(page.redirect_chain[-1][0], sent, follow=True)


# The roster ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("others", [1, 6])
def test_the_roster_costs_the_same_however_many_work_here(desk, curator, others, django_assert_num_queries):
    for number in range(others):
        make_in("in_review", owner=make_person("Curator", first_name=f"Ann {number}"))
    with django_assert_num_queries(8):
        page = desk.get(PEOPLE)
    assert page.content.decode().count('class="people-name"') == others + 2


def test_a_line_says_who_with_what_role_and_what_is_open(desk, administrator):
    mae = make_person("Curator", first_name="Mae", last_name="Ward", email="mae@example.org")
    make_in("in_review", owner=mae, title="One")
    today = timezone.localdate()
    Absence.objects.create(person=mae, first=today, last=today + timedelta(days=3))
    words = words_of(desk.get(PEOPLE))
    until = today + timedelta(days=3)
    assert f"Mae Ward mae@example.org Curator 1 open away until {until.day} {until:%B} never seen" in words


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 18, "9" * 40])
def test_a_page_that_cannot_be_is_an_empty_one_or_the_first(desk, number):
    assert desk.get(PEOPLE, {"page": number}).status_code == 200


def test_closed_accounts_stand_apart(desk):
    make_person("Curator", first_name="Gone", is_active=False)
    assert "Gone" not in words_of(desk.get(PEOPLE))
    assert "Gone" in words_of(desk.get(PEOPLE, {"closed": ""}))


def test_who_has_no_role_is_told_apart(desk, reader):
    assert "No role: cannot come in" in words_of(desk.get(PEOPLE))


# A person's page -----------------------------------------------------------------------------------------------------


def test_a_person_is_saved_in_the_newsrooms_words(desk):
    mae = make_person("Curator", first_name="Mae")
    today = timezone.localdate()
    sent = {"name": "  Mae  van der Ward ", "email": "mae@example.org", "username": "mae", "role": "Manager"}
    answer = desk.post(at("person", mae), sent | {"away_from": today, "away_until": today})
    assert answer.status_code == 302
    mae = User.objects.get(pk=mae.pk)
    assert (mae.get_full_name(), mae.last_name) == ("Mae van der Ward", "Ward")
    assert (mae.email, mae.username, accounts.role_of(mae), mae.absence.last) == (
        *("mae@example.org", "mae", "Manager"),
        today,
    )
    logged = LogEntry.objects.get(step="changed")
    assert (logged.about, logged.details["changed"]) == (
        "the account of Mae van der Ward",
        "name, name to sign in with, e-mail, role from Curator to Manager",
    )


def test_the_page_names_no_box_hash_or_permission(desk, curator):
    page = desk.get(at("person", curator)).content.decode()
    assert all(means.split(";")[0] in page for means in accounts.MEANS.values() if "superusers" not in means)
    assert not re.search("is_staff|pbkdf2|LDAP|user_permissions|is_superuser", page)


def test_a_role_given_anew_is_the_only_right_of_an_account(desk):
    person = make_person("Manager")
    person.groups.add(*make_person("Visitor").groups.all())
    desk.post(at("person", person), given(person, role="Curator"))
    assert [group.name for group in person.groups.all()] == ["Curator"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"role": "Superuser"}, "Select a valid choice"),
        ({"role": "Visitor"}, "Select a valid choice"),
        ({"username": "CHIEF"}, "Somebody else signs in with this name"),
        ({"email": "Chief@Example.org"}, "A colleague has this address already"),
        ({"email": "nobody"}, "Enter a valid e"),
        ({"name": ""}, "This field is required"),
        ({"away_from": "2026-12-01"}, "Give both days, or neither"),
        ({"away_from": "2026-12-02", "away_until": "2026-12-01"}, "The last day is before the first"),
    ],
)
def test_what_cannot_be_saved_is_said_and_changes_nothing(desk, curator, sent, words):
    make_person("Manager", username="chief", email="chief@example.org")
    page = desk.post(at("person", curator), given(curator, **sent))
    assert words in words_of(page)
    assert (User.objects.get(pk=curator.pk).username, accounts.role_of(curator)) == ("curator", "Curator")


def test_a_superusers_account_is_a_superusers_only(desk):
    chief = make_person("Administrator", is_superuser=True)
    assert "only a superuser changes it" in words_of(desk.get(at("person", chief)))
    for name in ("person", "person_link", "person_close", "person_revoke"):
        desk.post(at(name, chief), given(chief, name="Owned"))
    chief = User.objects.get(pk=chief.pk)
    assert (chief.get_full_name(), chief.is_active, Invitation.objects.count()) == ("", True, 0)
    assert signed_in(chief).post(at("person", chief), given(chief, name="Grace")).status_code == 302
    assert User.objects.get(pk=chief.pk).get_full_name() == "Grace"


def test_the_last_administrator_keeps_the_role_and_reads_why(desk, administrator):
    page = desk.post(at("person", administrator), given(administrator, role="Manager"))
    assert "Nobody else can let people in" in words_of(page)
    assert accounts.role_of(User.objects.get(pk=administrator.pk)) == "Administrator"


def test_another_role_keeps_the_session_and_changes_what_it_may(desk):
    person = make_person("Manager")
    client = signed_in(person)
    desk.post(at("person", person), given(person, role="Curator"))
    assert client.get(INDEX).status_code == 200
    assert client.get(reverse("admin:offerings_topic_add")).status_code == 403


@pytest.mark.parametrize("role", ["Curator", "Manager"])
def test_only_administrators_come_near_and_no_post_of_others_does_anything(client, role, curator):
    other = make_person("Curator")
    client.force_login(make_person(role))
    pages = [PEOPLE, INVITE, *(at(name, other) for name in ("person", "person_close"))]
    assert {client.get(page).status_code for page in pages} == {403}
    posts = ("person", "person_close", "person_link", "person_revoke", "person_open")
    sent = given(other, role="Administrator")
    assert {client.post(page, sent).status_code for page in [INVITE, *(at(name, other) for name in posts)]} == {403}
    assert (accounts.role_of(other), Invitation.objects.count(), len(mail.outbox)) == ("Curator", 0, 0)


def test_djangos_own_pages_lead_to_ours(desk, curator):
    assert desk.get("/admin/auth/user/").headers["Location"] == PEOPLE
    assert desk.get("/admin/auth/group/").headers["Location"] == PEOPLE
    assert desk.get(f"/admin/auth/user/{curator.pk}/change/").headers["Location"] == at("person", curator)
    for gone in ("add/", f"{curator.pk}/password/", f"{curator.pk}/delete/"):
        assert desk.get(f"/admin/auth/user/{gone}").status_code == 404


# Inviting ------------------------------------------------------------------------------------------------------------

MAE = {"name": "Mae Ward", "email": "mae@example.org", "role": "Curator"}


def test_an_invited_colleague_chooses_a_password_and_is_in(desk, administrator):
    shown = desk.post(INVITE, MAE)
    link = link_in(shown)
    mae = User.objects.get(email="mae@example.org")
    assert (mae.username, accounts.role_of(mae), mae.has_usable_password()) == ("mae-ward", "Curator", False)
    client, page = open_link(link)
    assert "administrator lets you in to the newsroom of Medigy as curator." in words_of(page)
    answer = choose(client, page, "mae")
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, INDEX)
    assert "has done its work" in words_of(open_link(link)[1])
    assert not Invitation.objects.exists()


def test_the_link_goes_out_by_e_mail_and_says_from_whom(desk):
    link = link_in(desk.post(INVITE, MAE))
    letter = mail.outbox[0]
    assert letter.to == ["mae@example.org"]
    assert "administrator invites you to the newsroom of Medigy as curator." in letter.body
    assert link in letter.body


def test_a_mail_server_that_fails_loses_no_invitation(desk, monkeypatch):
    def fail(*args, **given):
        raise ConnectionRefusedError

    monkeypatch.setattr("curation.admin.people.inviting.send_mail", fail)
    page = desk.post(INVITE, MAE)
    assert "could not be sent by e-mail" in words_of(page)
    assert "/welcome/" in link_in(page)


def test_the_page_with_a_link_is_kept_by_nobody(desk):
    page = desk.post(INVITE, MAE)
    assert ("no-store" in page["Cache-Control"], page["X-Robots-Tag"]) == (True, "noindex")
    token = link_in(page).rstrip("/").rsplit("/", 1)[1]
    keys, sessions = Invitation.objects.values_list("key", flat=True), Session.objects.all()
    assert not any(token in text for text in (*keys, *(str(one.get_decoded()) for one in sessions)))
    _, form = open_link(link_in(page))
    assert (form["Referrer-Policy"], form["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert token not in form.content.decode()


@pytest.mark.parametrize("way", ["another", "revoked", "too old", "closed", "no role"])
def test_a_link_ends(desk, way, clock):
    link = link_in(desk.post(INVITE, MAE))
    clock.turn(minutes=1)
    mae = User.objects.get(email="mae@example.org")
    if way == "another":
        assert link_in(desk.post(at("person_link", mae))) != link
    elif way == "revoked":
        desk.post(at("person_revoke", mae))
    elif way == "too old":
        Invitation.objects.update(until=timezone.now())
    elif way == "closed":
        desk.post(at("person_close", mae))
    else:
        mae.groups.clear()
    assert "has done its work" in words_of(open_link(link)[1])


def test_a_link_that_was_opened_and_then_revoked_sets_no_password(desk):
    link = link_in(desk.post(INVITE, MAE))
    client, page = open_link(link)
    mae = User.objects.get(email="mae@example.org")
    desk.post(at("person_revoke", mae))
    choose(client, page, "mae")
    assert not User.objects.get(pk=mae.pk).has_usable_password()


def test_an_invitation_lasts_a_week(db, administrator):
    mae, link, _ = invitations.invite(by=administrator, **MAE)
    left = mae.invitation.until - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    assert link.startswith("/welcome/")


def test_who_tries_links_that_open_nothing_is_soon_refused(db, administrator):
    mae, link, _ = invitations.invite(by=administrator, **MAE)
    wrong = link.replace(link.rstrip("/").rsplit("/", 1)[1], "abc-def")
    assert [Client().get(wrong).status_code for _ in range(7)] == [200] * 5 + [429] * 2
    assert Client().get(link).status_code == 302
    assert Client(REMOTE_ADDR="203.0.113.7").get(link).status_code == 302


def test_of_two_colleagues_of_one_name_both_can_sign_in(desk):
    desk.post(INVITE, MAE)
    desk.post(INVITE, MAE | {"email": "mae.ward@example.org"})
    assert set(User.objects.filter(first_name="Mae").values_list("username", flat=True)) == {"mae-ward", "mae-ward-2"}


def test_a_colleagues_address_is_invited_once(desk):
    desk.post(INVITE, MAE)
    other = MAE | {"email": "MAE@example.org", "name": "Mae Warden"}
    assert "A colleague has this address already" in words_of(desk.post(INVITE, other))


def test_a_second_click_is_answered_as_the_first_and_done_once(desk, clock):
    pages = [desk.post(INVITE, MAE) for _ in range(2)]
    mae = User.objects.get(email="mae@example.org")
    clock.turn(minutes=1)
    pages += [desk.post(at("person_link", mae)) for _ in range(2)]
    told = [f"It was sent to {mae.email}" in words_of(page) for page in pages]
    ended = ["has done its work" in words_of(open_link(link_in(page))[1]) for page in pages]
    assert (told, ended) == ([True] * 4, [True, True, False, False])
    assert (len(mail.outbox), LogEntry.objects.filter(step__in=["invited", "link"]).count()) == (2, 2)
    clock.turn(minutes=1)
    assert "A colleague has this address already" in words_of(desk.post(INVITE, MAE))


def test_who_has_no_role_gets_no_link_but_words(desk, reader):
    page = desk.post(at("person_link", reader), follow=True)
    assert "has no role, so no link would let anybody in" in words_of(page)


# Closing -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def leaver():
    """A manager who writes three briefs, one of them scheduled, and reviews another's."""
    person = make_person("Manager", first_name="Lee")
    make_in("draft", owner=person)
    approved = make_in("approved", owner=person)
    step("publish", approved, at=timezone.now() + timedelta(days=1))
    make_in("changes_requested", owner=person)
    theirs = make_in("in_review", owner=make_person("Curator"))
    step("assign", theirs, reviewer=person)
    return person


def test_closing_names_what_is_left_and_asks_who_takes_it(desk, leaver, curator, manager):
    page = desk.get(at("person_close", leaver))
    assert page.context["work"].states == {"Draft": 1, "Changes requested": 1, "Approved": 1}
    assert (page.context["work"].deciding, len(page.context["work"].scheduled)) == ({"In review": 1}, 1)
    assert "1 draft, 1 changes requested, 1 approved" in words_of(page)
    heirs, deciders = (page.context["form"].fields[part].choices for part in ("heir", "decider"))
    assert (str(curator.pk), "curator") in heirs
    assert (str(curator.pk), "curator") not in deciders
    assert (str(manager.pk), "manager") in deciders
    assert str(leaver.pk) not in [pk for pk, _ in (*heirs, *deciders)]


def test_closing_hands_everything_over_at_once_and_signs_out(desk, leaver, curator, manager):
    client = signed_in(leaver)
    answer = desk.post(at("person_close", leaver), {"heir": curator.pk, "decider": manager.pk}, follow=True)
    assert "4 briefs changed hands" in words_of(answer)
    assert client.get(INDEX).status_code == 302
    assert sign_in(leaver)[1].status_code == 200
    assert not Article.objects.filter(owner=leaver).exists()
    assert not Article.objects.filter(reviewer=leaver).exists()
    assert (Article.objects.claimed_by(curator).count(), Article.objects.filter(reviewer=manager).count()) == (3, 1)
    assert LogEntry.objects.filter(step="assign", by__username="administrator").count() == 4
    assert LogEntry.objects.filter(step="closed", about="the account of Lee").count() == 1


def test_comments_to_settle_go_back_to_everybody(desk, administrator, curator):
    article = make_in("draft", owner=curator)
    comment = comments.add(article, "Which ward?", by=administrator)
    Comment.objects.update(assigned_to=curator)
    assert "1 comment to settle" in words_of(desk.get(at("person_close", curator)))
    desk.post(at("person_close", curator), {"heir": "nobody"})
    comment.refresh_from_db()
    assert (comment.assigned_to, comment.resolved_at) == (None, None)


def test_work_may_be_left_to_everybody(desk, leaver):
    desk.post(at("person_close", leaver), {"heir": "nobody", "decider": "nobody"})
    assert Article.objects.unclaimed().count() == 3
    assert not User.objects.get(pk=leaver.pk).is_active


@pytest.mark.parametrize("sent", [{}, {"heir": "nobody"}, {"heir": "0", "decider": "nobody"}, {"heir": "x"}])
def test_nobody_is_closed_before_it_is_said_who_takes_over(desk, leaver, sent):
    page = desk.post(at("person_close", leaver), sent)
    assert page.status_code == 200
    assert User.objects.get(pk=leaver.pk).is_active
    assert Article.objects.claimed_by(leaver).count() == 3


def test_where_not_all_changes_hands_nothing_does(desk, leaver, curator, monkeypatch):
    monkeypatch.setitem(effects._NEEDED, "owner", "curation.nothing")
    page = desk.post(at("person_close", leaver), {"heir": curator.pk, "decider": "nobody"})
    assert "Not all of it could change hands" in words_of(page)
    assert User.objects.get(pk=leaver.pk).is_active
    assert (Article.objects.claimed_by(leaver).count(), Article.objects.filter(reviewer=leaver).count()) == (3, 1)


def test_nobody_closes_themselves_nor_the_last_administrator(desk, administrator):
    page = desk.post(at("person_close", administrator))
    assert "Another administrator closes your own account" in words_of(page)
    make_person("Manager", is_superuser=True, is_active=False)
    assert User.objects.get(pk=administrator.pk).is_active


def test_an_account_is_opened_again_with_its_role(desk, curator):
    desk.post(at("person_close", curator))
    assert "closed already" in words_of(desk.post(at("person_close", curator)))
    desk.post(at("person_open", curator))
    assert signed_in(curator).get(INDEX).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_handing_over_costs_the_same_however_much_there_is(administrator, number, django_assert_max_num_queries):
    person, heir = make_person("Curator"), make_person("Curator")
    for _ in range(number):
        make_in("draft", owner=person)
    with django_assert_max_num_queries(40):
        assert leaving.close(person, by=administrator, heir=heir) == number


# One's own page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["Curator", "Manager", "Administrator"])
def test_everybody_changes_what_is_theirs_and_never_their_role(db, client, role):
    person = make_person(role)
    client.force_login(person)
    assert 'name="role"' not in client.get(YOU).content.decode()
    today = timezone.localdate()
    sent = {"name": "Sam Reed", "email": "sam@example.org", "username": "sam", "role": "Administrator"}
    answer = client.post(YOU, sent | {"away_from": today, "away_until": today, "is_superuser": "on"})
    assert answer.status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (person.get_full_name(), person.email, person.username) == ("Sam Reed", "sam@example.org", "sam")
    assert (accounts.role_of(person), person.is_superuser, person.absence.first) == (role, False, today)


def test_the_password_is_changed_from_ones_own_page(client, curator):
    client.force_login(curator)
    assert f'action="{reverse("admin:password_change")}"' in client.get(YOU).content.decode()
    new = "the lamp is by the window"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("admin:password_change"), sent).status_code == 302
    assert User.objects.get(pk=curator.pk).check_password(new)


def test_other_rooms_add_sections_to_a_persons_page(desk, curator, monkeypatch):
    def shown(request, person):
        return {"row": {"a": request.user.username}} if person == curator else None

    monkeypatch.setattr(further, "_sections", [])
    further.add(further.Section("letters", "Letters to them", "admin/people/work.html", shown))
    assert "Letters to them" in words_of(desk.get(at("person", curator)))
    assert "Letters to them" not in words_of(desk.get(YOU))


def test_saving_a_name_undoes_nothing_that_a_colleague_changed_meanwhile(desk, administrator):
    person = make_person("Curator")
    sent = dict(sent_forms(desk.get(at("person", person))))[""]
    accounts.change(person, by=administrator, role="Manager", email="new@example.org")
    absences.keep(person, date(2100, 1, 1), date(2100, 1, 9))
    assert desk.post(at("person", person), sent | {"name": "Mae Ward"}).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert (accounts.named(person), accounts.role_of(person), person.email) == (
        "Mae Ward",
        "Manager",
        "new@example.org",
    )
    assert absences.absence_of(person).last == date(2100, 1, 9)


def test_what_two_changed_of_a_person_is_asked_once_more(desk, administrator):
    person = make_person("Curator")
    sent = dict(sent_forms(desk.get(at("person", person))))[""]
    accounts.change(person, by=administrator, role="Manager")
    page = desk.post(at("person", person), sent | {"role": "Administrator"})
    assert "it is “Manager” now" in page.context["form"].errors["role"][0]
    assert accounts.role_of(User.objects.get(pk=person.pk)) == "Manager"
    assert desk.post(at("person", person), dict(sent_forms(page))[""]).status_code == 302
    assert accounts.role_of(User.objects.get(pk=person.pk)) == "Administrator"


def test_links_for_people_outside_end_with_the_account_that_made_them(desk, client, administrator):
    lee = make_person("Manager", first_name="Lee")
    briefs = [make_in("in_review", owner=make_person("Curator")) for _ in range(2)]
    (link, address), (over, _), (other, still) = [
        outside.ask(brief, by=by, name="Dr Ward")
        for brief, by in zip([*briefs, briefs[0]], [lee, lee, administrator], strict=True)
    ]
    outside.revoke(over, by=lee)
    leaving.close(lee, by=administrator)
    assert (Client().get(address).status_code, Client().get(still).status_code) == (404, 200)
    told = LogEntry.objects.filter(step="revoked").order_by("pk").values_list("article", "by", "details")
    assert list(told) == [
        (briefs[1].pk, lee.pk, {"link": over.pk}),
        (briefs[0].pk, administrator.pk, {"link": link.pk}),
    ]
