"""The pages on the way in and out of the desk, in its own words: signed out, a new password, the rooms of the home."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

OLD, NEW = "correct-horse-9", "battery-staple-7"
STOCK = ("Thanks for spending", "Please enter your old password", "Tasks Database Backend", "Authentication and")


@pytest.fixture
def ada(client, db):
    client.force_login(ada := User.objects.create_superuser("ada", password=OLD))
    return ada


def words_of(answer):
    words = answer.content.decode()
    assert [stock for stock in STOCK if stock in words] == []
    return words


def test_who_signs_out_is_told_and_finds_the_way_back(client, ada):
    words = words_of(client.post(reverse("admin:logout")))
    assert "You are signed out." in words
    assert f'href="{reverse("admin:index")}">Sign in again</a>' in words


def test_a_new_password_is_asked_for_at_the_door_and_taken(client, ada):
    page = reverse("admin:password_change")
    assert '<div class="door">' in words_of(client.get(page))
    wrong = words_of(client.post(page, {"old_password": "guess", "new_password1": NEW, "new_password2": NEW}))
    assert "Nothing is changed yet" in wrong
    assert 'id="id_old_password_error"' in wrong
    right = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert "Your password is changed." in words_of(client.post(page, right, follow=True))
    ada.refresh_from_db()
    assert ada.check_password(NEW)


def test_the_rooms_of_the_home_have_plain_names(client, ada):
    words = words_of(client.get(reverse("admin:everything")))
    assert reverse("admin:people") in words
    assert "Background work" in words
