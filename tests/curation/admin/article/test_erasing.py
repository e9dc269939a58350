"""The page before a brief is erased: what goes and stays in words, its title typed, and only for administrators."""

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.models import Article, LogEntry, Presence, Tombstone
from tests.factories import make_article, make_link, make_person, make_picture, make_published, step


@pytest.fixture
def desk(client, db):
    """The desk of an administrator."""
    client.force_login(make_person("Administrator", username="chief"))
    return client


def address(article):
    return reverse("admin:curation_article_delete", args=[article.pk])


def sent(article, **given):
    return {"edit": article.edit, "typed": article.title, "reason": "A patient asked for it."} | given


def test_the_page_says_what_goes_and_what_stays(desk):
    link, shared = make_link("https://example.org/own"), make_link("https://example.org/shared")
    picture = make_picture(widths={"jpeg": [320]})
    article = make_published(title="A ward", sources=[link, shared], picture_id=picture.pk).article
    make_article(sources=[shared])
    ended = make_published().article
    step("withdraw", ended, reason="For the test.", successor=article)
    Presence.objects.create(article=article, user=make_person(username="ada"), at=timezone.now())
    page = desk.get(address(article)).content.decode()
    for words in (
        "they lose it at once",
        "ada had it open lately",
        "1 version,",
        "1 edition",
        "https://example.org/own",
        "1 source that another brief uses",
        f"{picture.name}-320.jpg",
        "1 withdrawn brief that led readers here",
        f"its number, {article.pk}",
    ):
        assert words in page, words
    assert Article.objects.filter(pk=article.pk).exists()


def test_its_title_and_a_reason_erase_it_and_the_log_says_so(desk):
    article = make_published(title="A  ward").article
    answer = desk.post(address(article), sent(article, typed="A ward"), follow=True)
    assert "is erased" in answer.content.decode()
    assert not Article.objects.exists()
    assert Tombstone.objects.get().reason == "A patient asked for it."
    log = desk.get(reverse("admin:curation_log"), {"article": article.pk}).content.decode()
    assert f"erased for good brief {article.pk}" in log
    assert f"published it: brief {article.pk}, since erased" in log
    assert log.count("<time") == LogEntry.objects.filter(about=f"brief {article.pk}").count()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"typed": "Another"}, "Type its title as it stands here"),
        ({"typed": ""}, "This field is required"),
        ({"reason": " "}, "This field is required"),
        ({"edit": "0"}, "changed a moment ago"),
        ({"edit": "x" * 30}, "changed a moment ago"),
        ({"reason": "x" * 501}, "at most 500 characters"),
    ],
)
def test_a_refusal_says_what_to_mend_keeps_what_was_typed_and_erases_nothing(desk, given, words):
    article = make_article(title="A ward")
    step("edit", article, changes={"standfirst": "More."})
    answer = desk.post(address(article), sent(article, **given))
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (200, True)
    assert f'name="edit" value="{article.edit}"' in page
    assert Article.objects.exists()
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize("role", ["", "Curator", "Manager"])
def test_nobody_else_is_shown_it_or_erases_by_hand(client, role, db):
    person = make_person(role)
    article = make_article(owner=person if role == "Curator" else None)
    client.force_login(person)
    assert client.get(address(article)).status_code == (403 if role else 302)
    assert client.post(address(article), sent(article)).status_code == (403 if role else 302)
    assert Article.objects.exists()
    if role:
        page = client.get(reverse("admin:curation_article_change", args=[article.pk])).content.decode()
        assert "Erase for good" not in page


def test_what_is_not_there_is_not_found(desk):
    assert desk.get("/admin/curation/article/77/delete/").status_code == 404
    assert desk.post("/admin/curation/article/none/delete/", {}).status_code == 404


@pytest.mark.parametrize("many", [1, 6])
def test_the_page_costs_the_same_however_much_goes(desk, many, django_assert_max_num_queries):
    pictures = [make_picture(widths={"jpeg": [320]}) for _ in range(many)]
    article = make_article(sources=[make_link() for _ in range(many)], picture_id=pictures[0].pk)
    for picture in pictures[1:]:
        step("edit", article, changes={"picture_id": picture.pk, "title": picture.name})
    desk.get(address(article))
    with django_assert_max_num_queries(28):
        desk.get(address(article))
