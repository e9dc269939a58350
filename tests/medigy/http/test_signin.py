"""Signing in: throttled, with one way in for the first administrator, and never open with a published password."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medigy.http import throttle
from medigy.serving import welcome

RIGHT, WRONG = "correct-horse-9", "wrong-horse-9"


@pytest.fixture
def ada(db):
    return User.objects.create_superuser("ada", password=RIGHT)


def try_password(password, username="ada", peer="203.0.113.9"):
    return Client(REMOTE_ADDR=peer).post(reverse("admin:login"), {"username": username, "password": password})


def is_open(page):
    """Whether a page shows the form for a password, and not that its link has done its work."""
    shown, refused = b"new_password1" in page.content, b"has done its work" in page.content
    assert shown != refused
    return shown


def choose(link, **given):
    """Follow a one-time link as a browser does; gives the client and its last answer."""
    client = Client()
    page = client.get(link, follow=True)
    if not is_open(page):
        return client, page
    words = {"username": "ada", "new_password1": RIGHT, "new_password2": RIGHT} | given
    return client, client.post(page.redirect_chain[-1][0], words, follow=True)


def test_a_right_password_opens_the_desk(ada):
    assert try_password(RIGHT).status_code == 302


def test_the_fifth_wrong_password_is_a_429_in_the_look_of_the_site(ada):
    answers = [try_password(WRONG) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert b"quarter of an hour" in answers[-1].content
    assert b'<link rel="stylesheet" href="/static/css/site.css">' in answers[-1].content


def pass_minutes(minutes):
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def test_while_locked_out_the_right_password_does_not_help_and_time_does(ada):
    for _ in range(5):
        try_password(WRONG)
    assert try_password(RIGHT).status_code == 429
    pass_minutes(14)
    assert try_password(RIGHT).status_code == 429
    pass_minutes(2)
    assert try_password(RIGHT).status_code == 302


def test_trying_during_the_rest_does_not_prolong_it(ada):
    for _ in range(5):
        try_password(WRONG)
    pass_minutes(10)
    assert try_password(WRONG).status_code == 429
    pass_minutes(6)
    assert try_password(RIGHT).status_code == 302


def test_a_stranger_elsewhere_cannot_lock_a_colleague_out(ada):
    for _ in range(5):
        try_password(WRONG, peer="198.51.100.66")
    assert try_password(RIGHT, peer="203.0.113.9").status_code == 302


def test_a_forged_forwarding_header_does_not_buy_more_tries(ada):
    for number in range(5):
        client = Client(REMOTE_ADDR="203.0.113.9", headers={"x-forwarded-for": f"198.51.100.{number}"})
        answer = client.post(reverse("admin:login"), {"username": "ada", "password": WRONG})
    assert answer.status_code == 429


def test_success_forgets_the_slips_before_it(ada):
    for _ in range(4):
        try_password(WRONG)
    assert try_password(RIGHT).status_code == 302
    assert [try_password(WRONG).status_code for _ in range(4)] == [200] * 4


def test_the_first_administrator_comes_in_by_a_link_that_works_once(db):
    link = welcome.link_for(welcome.first_administrator())
    client, answer = choose(link, username="grace")
    person = get_user(client)
    assert (person.get_username(), person.is_superuser, person.has_role) == ("grace", True, True)
    assert answer.redirect_chain[-1][0] == reverse("admin:index")
    assert person.check_password(RIGHT)
    assert not is_open(Client().get(link, follow=True))


def test_the_link_leaves_the_address_before_the_page_is_shown(db):
    link = welcome.link_for(welcome.first_administrator())
    page = Client().get(link, follow=True)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert token not in page.redirect_chain[-1][0]
    assert token not in page.content.decode()


def test_the_link_ends_after_a_day(db, monkeypatch):
    link = welcome.link_for(welcome.first_administrator())
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr("curation.workflow.people.invitations.timezone.now", lambda: later)
    assert not is_open(Client().get(link, follow=True))


@pytest.mark.parametrize("token", ["", "abc-def", "set-password"])
def test_a_made_up_link_opens_nothing(db, token):
    link = welcome.link_for(welcome.first_administrator())
    forged = link.replace(link.rstrip("/").rsplit("/", 1)[1], token or "x")
    assert not is_open(Client().get(forged, follow=True))


@pytest.mark.parametrize("password", ["short", "password123", "12345678901", "administrator"])
def test_a_weak_password_is_refused_and_the_link_stays_good(db, password):
    link = welcome.link_for(welcome.first_administrator())
    client, answer = choose(link, new_password1=password, new_password2=password, username="administrator")
    assert is_open(answer)
    assert b"errorlist" in answer.content
    assert not get_user(client).is_authenticated
    assert get_user(choose(link)[0]).is_authenticated


def test_a_name_that_is_taken_is_refused(db):
    User.objects.create_user("Ada")
    _, answer = choose(welcome.link_for(welcome.first_administrator()), username="ada")
    assert b"Somebody else has this name." in answer.content


def test_of_two_who_hold_the_same_link_the_second_is_refused(db):
    link = welcome.link_for(welcome.first_administrator())
    slow = Client()
    form = slow.get(link, follow=True).redirect_chain[-1][0]
    choose(link, username="fast")
    answer = slow.post(form, {"username": "slow", "new_password1": RIGHT, "new_password2": RIGHT})
    assert not is_open(answer)
    assert list(User.objects.values_list("username", flat=True)) == ["fast"]


def test_a_link_that_was_not_used_is_made_again_for_the_same_account(db):
    assert welcome.first_administrator() == welcome.first_administrator()
    assert welcome.needs_first_administrator()


def test_no_first_link_once_an_administrator_can_sign_in(ada):
    assert not welcome.needs_first_administrator()
    with pytest.raises(CommandError, match="can sign in already"):
        call_command("welcome")


def test_a_colleague_who_lost_the_password_gets_a_link(ada, capsys):
    call_command("welcome", "ada")
    said = capsys.readouterr().out.strip()
    assert re.fullmatch(r"http://localhost/welcome/\w+/[\w-]+/", said)
    assert get_user(choose(said.removeprefix("http://localhost"))[0]) == ada


def test_nobody_gets_a_link_for_a_stranger(ada):
    with pytest.raises(CommandError, match="No open account with a role is called eve"):
        call_command("welcome", "eve")


def deploy_errors():
    return [found.id for found in checks.run_checks(include_deployment_checks=True) if found.id.startswith("medigy.")]


@pytest.mark.parametrize(
    ("site", "person", "errors"),
    [
        ("https://news.example.org", {}, ["medigy.E001"]),
        ("http://127.0.0.1:8000", {}, []),
        ("https://news.example.org", {"is_active": False}, []),
        ("https://news.example.org", {"password": None}, []),
        ("https://news.example.org", {"email": "tamsin@example.org"}, []),
    ],
)
def test_the_deploy_check_fails_while_a_demo_person_can_sign_in(db, settings, site, person, errors):
    settings.SITE_URL = site
    given = {"email": "tamsin@demo.medigy.example", "password": RIGHT} | person
    User.objects.create_user("tamsin", **given)
    assert deploy_errors() == errors


def test_one_password_over_many_names_is_throttled(ada):
    for number in range(15):
        User.objects.create_user(f"person{number}", password=RIGHT, is_staff=True)
    answers = [try_password(WRONG, f"person{number}").status_code for number in range(15)]
    assert answers[:9] == [200] * 9
    assert answers[10:] == [429] * 5
    assert try_password(RIGHT).status_code == 429
    assert try_password(RIGHT, peer="198.51.100.7").status_code == 302
    pass_minutes(16)
    assert try_password(RIGHT).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/planned/{n:016}/" + "x" * 43 + ".ics", "/review/{n:016}/" + "x" * 43 + "/", "/welcome/Mw{n:02}/abc-def/"],
)
def test_wrong_secrets_of_addresses_are_bounded_and_lock_nobody_out_of_signing_in(ada, address):
    office = Client(REMOTE_ADDR="203.0.113.9")
    answers = [office.get(address.format(n=n)).status_code for n in range(12)]
    assert (answers[9], answers[10:]) == (answers[0], [429] * 2)
    assert try_password(RIGHT).status_code == 302
    for number in range(12):
        try_password(WRONG, f"person{number}")
    assert try_password(WRONG, "somebody").status_code == 429


@pytest.mark.parametrize("kind", throttle.APART)
def test_nobody_signs_in_with_a_name_that_is_counted_apart(kind):
    with pytest.raises(ValidationError):
        User(username=f"{kind}x", password="x").full_clean()


def test_names_nobody_has_count_as_well(ada):
    assert [try_password(WRONG, f"nobody{n}").status_code for n in range(12)][-1] == 429


def test_another_browser_does_not_buy_more_tries(ada):
    answers = [
        Client(REMOTE_ADDR="203.0.113.9", headers={"user-agent": f"browser {number}"})
        .post(reverse("admin:login"), {"username": f"n{number}", "password": WRONG})
        .status_code
        for number in range(12)
    ]
    assert answers[-1] == 429


def test_addresses_of_one_ipv6_network_are_one(ada):
    answers = [try_password(WRONG, f"n{n}", peer=f"2001:db8:7:1::{n:x}").status_code for n in range(12)]
    assert answers[-1] == 429
    assert try_password(RIGHT, peer="2001:db8:7:2::1").status_code == 302


def test_one_attacker_in_the_office_locks_out_nobody_who_works_there(ada):
    assert try_password(RIGHT).status_code == 302
    for number in range(12):
        try_password(WRONG, f"person{number}")
    assert try_password(WRONG, "stranger").status_code == 429
    assert [try_password(WRONG).status_code for _ in range(4)] == [200] * 4
    assert try_password(RIGHT).status_code == 302
