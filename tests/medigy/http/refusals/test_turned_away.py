"""Where a page of the desk is not somebody's, or is not there: they stay at the desk, and are told who may help."""

import pytest
from django.urls import reverse

from tests.factories import make_article, make_person, make_published

SITE = "Front page"


def at_desk(client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("page", "status", "said"),
    [
        ("/admin/nowhere/at/all/", 404, "The address may be mistyped"),
        ("/admin/curation/article/999999/comments/", 404, "managers see all"),
        ("/admin/people/", 403, "Administrators invite colleagues, give roles and close accounts."),
        ("/admin/curation/section/add/", 403, "Administrators have the right to open it."),
        ("/admin/offerings/topic/add/", 403, "Managers and Administrators have the right to open it."),
        ("/admin/curation/edition/add/", 403, "Your role, or where this stands now, does not allow it."),
    ],
)
def test_a_colleague_stays_at_the_desk_and_is_told_who_may(client, curator, page, status, said):
    answer = at_desk(client, curator).get(page)
    words = " ".join(answer.content.decode().split())
    assert answer.status_code == status
    assert said in words
    assert SITE not in words
    assert f'<a class="btn btn-primary" href="{reverse("admin:index")}">Desk</a>' in words
    assert f'<a class="btn" href="{reverse("admin:curation_article_changelist")}">Briefs</a>' in words
    assert "script-src 'self' 'nonce-" in answer.headers["Content-Security-Policy"]


def test_what_exists_and_is_not_theirs_looks_as_what_does_not_exist(client, curator, manager):
    theirs = make_article(owner=manager)
    pages = [f"/admin/curation/article/{pk}/comments/" for pk in (theirs.pk, 999_999)]
    first, second = (at_desk(client, curator).get(page) for page in pages)
    assert (first.status_code, second.status_code) == (404, 404)
    assert [one.context["title"] for one in (first, second)] == ["No such page at the desk"] * 2


def test_a_colleague_without_a_role_is_not_led_to_the_briefs(client, db):
    page = at_desk(client, make_person()).get(reverse("admin:curation_article_changelist"))
    assert (page.status_code, page.url.split("?")[0]) == (302, reverse("admin:login"))


def test_readers_keep_the_page_of_the_site(client, curator, reader):
    make_published()
    for person in (None, reader, curator):
        if person:
            client.force_login(person)
        page = client.get("/no/such/page/")
        assert page.status_code == 404
        assert "No such page" in page.content.decode()
        assert SITE in page.content.decode()
