"""The panel of the discussion: who sees it, who adds, answers, settles, mends and removes, and what it costs."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from curation import discussion
from curation.editing import comments
from curation.models import Comment
from tests.factories import make_article, make_in, make_person, step

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Requested-With": "fetch"}
HOSTILE = '<img src=x onerror="alert(1)"></textarea><script>alert(1)</script>'


@pytest.fixture
def article(curator):
    return make_article(owner=curator)


@pytest.fixture
def client(client, curator):
    client.force_login(curator)
    return client


def panel(article):
    return reverse("admin:curation_article_comments", args=[article.pk])


def act(comment, wish):
    return reverse("admin:curation_article_comment_do", args=[comment.article_id, comment.pk, wish])


def whole(article):
    return reverse("admin:curation_article_discussion", args=[article.pk])


def people(article):
    return reverse("admin:curation_article_people", args=[article.pk])


def page_of(article):
    return reverse("admin:curation_article_change", args=[article.pk]) + "#comments"


def test_who_may_see_the_article_says_something_of_it(client, article, curator, manager):
    assert client.post(panel(article), {"words": "Is this so?"}).url == page_of(article)
    client.force_login(manager)
    answer = client.post(panel(article), {"words": "Wait.", "blocks": "1"}, headers=SCRIPT)
    assert answer.json() == {"open": 2, "blocking": 1}
    assert list(Comment.objects.values_list("by", "actor", "words", "blocks")) == [
        (curator.pk, "curator", "Is this so?", False),
        (manager.pk, "manager", "Wait.", True),
    ]
    words = client.get(panel(article)).content.decode()
    assert words.count("<span>Holds it back</span>") == 1
    assert words.index("Is this so?") < words.index("Wait.")


def test_who_holds_it_back_is_called_the_same_in_comments_checks_and_gates(client, article, curator):
    User.objects.filter(pk=curator.pk).update(first_name="Tamsin", last_name="Adeyemi-Holt")
    client.post(panel(article), {"words": "Wait.", "blocks": "1"})
    assert "<bdi>Tamsin Adeyemi-Holt</bdi>" in client.get(panel(article)).content.decode()
    page = client.get(reverse("admin:curation_article_checks", args=[article.pk])).content.decode()
    assert "A comment by Tamsin Adeyemi-Holt holds it back" in page
    assert comments.blocking([article.pk]) == {article.pk: ["Tamsin Adeyemi-Holt"]}


def test_its_curator_comments_also_where_they_may_not_write(client, curator):
    article = make_in("in_review", owner=curator)
    client.post(panel(article), {"words": "Please look at the second paragraph."})
    assert article.comments.get().by == curator


@pytest.mark.parametrize("words", ["", "  ", "x" * 4001])
def test_what_is_no_comment_is_refused_in_words(client, article, words):
    answer = client.post(panel(article), {"words": words}, headers=SCRIPT)
    assert (answer.status_code, "comment" in answer.json()["words"].lower()) == (400, True)
    page = client.post(panel(article), {"words": words}, follow=True)
    assert "comment" in str(list(page.context["messages"])[0]).lower()
    assert not Comment.objects.exists()


def test_a_comment_is_resolved_and_opened_again(client, article, curator):
    comment = discussion.add(article, "Wait.", by=curator, blocks=True)
    assert client.post(act(comment, "resolve"), headers=SCRIPT).json() == {"open": 0, "blocking": 0}
    comment.refresh_from_db()
    assert comment.resolved_by == curator
    words = client.get(panel(article)).content.decode()
    assert "1 settled</summary>" in words
    assert "0 open" in words
    assert client.post(act(comment, "reopen")).url == page_of(article)
    assert comments.blocking([article.pk]) == {article.pk: ["curator"]}


def test_whose_it_is_not_does_not_settle_it(client, article, manager):
    comment = discussion.add(article, "Wait.", by=manager, blocks=True)
    assert "Settle" not in client.get(panel(article)).content.decode()
    for wish in ("resolve", "reopen"):
        assert client.post(act(comment, wish)).status_code == 403
    assert comments.blocking([article.pk])


def test_a_comment_of_another_article_and_a_strange_wish_are_not_there(client, article, curator):
    other = discussion.add(make_article(owner=curator), "Elsewhere.", by=curator)
    other.article_id = article.pk
    assert client.post(act(other, "resolve")).status_code == 404
    mine = discussion.add(article, "Here.", by=curator)
    assert client.post(act(mine, "delete")).status_code == 404
    assert client.get(act(mine, "resolve")).status_code == 302
    assert not Comment.objects.exclude(resolved_at=None).exists()


def test_whoever_has_no_right_to_the_article_does_and_sees_nothing(client, article, curator):
    comment = discussion.add(article, "Wait.", by=curator, blocks=True)
    client.force_login(make_person("Curator"))
    assert client.get(panel(article)).status_code == 404
    assert client.post(panel(article), {"words": "Mine."}).status_code == 404
    assert client.post(act(comment, "resolve")).status_code == 404
    client.force_login(make_person("", is_staff=True))
    assert client.post(panel(article), {"words": "Mine."}).status_code == 302
    client.logout()
    assert client.get(panel(article)).status_code == 302
    assert client.post(panel(article), {"words": "Mine."}).status_code == 302
    assert client.post(act(comment, "resolve")).status_code == 302
    assert list(Comment.objects.values_list("words", "resolved_at")) == [("Wait.", None)]


def test_what_is_said_is_never_markup(client, article, curator):
    curator.username = "<b>curator</b>"
    discussion.add(article, HOSTILE, by=curator)
    words = client.get(panel(article)).content.decode()
    assert "<script" not in words
    assert "<img" not in words
    assert "<b>curator</b>" not in words
    assert "&lt;script&gt;" in words


def test_the_panel_costs_the_same_however_much_is_said(client, article, curator, manager, django_assert_num_queries):
    client.get(panel(article))
    for number in (1, 30):
        for person in (curator, manager):
            for one in range(number):
                discussion.add(article, f"Wait {one}.", by=person, blocks=True)
                discussion.settle(discussion.add(article, "Done.", by=person), by=manager)
        with django_assert_num_queries(5 if number == 1 else 6):  # one more counts what is not shown
            assert client.get(panel(article)).status_code == 200


def test_of_very_many_those_that_hold_back_are_always_shown(client, article, curator):
    discussion.add(article, "The oldest of all.", by=curator, blocks=True)
    done = [discussion.add(article, f"Done with {number}.", by=curator) for number in range(3)]
    for comment in done:
        discussion.settle(comment, by=curator)
    for number in range(10):
        discussion.add(article, f"Comment number {number}.", by=curator)
    words = client.get(panel(article)).content.decode()
    shown = ["The oldest of all.", "Comment number 0.", "Comment number 9.", "Done with 2."]
    assert [some in words for some in [*shown, "Done with 1."]] == [True] * 4 + [False]
    assert words.index("The oldest of all.") < words.index("Comment number 0.") < words.index("Comment number 9.")
    assert "All of the discussion" in words
    for number in range(13):
        discussion.add(article, f"Wait {number}.", by=curator, blocks=True)
    page = client.get(reverse("admin:curation_article_checks", args=[article.pk])).content.decode()
    assert "14 comments hold it back until they are settled, by curator." in page
    assert "Done with 1." in client.get(whole(article)).content.decode()


def test_what_a_comment_is_about_is_chosen_and_shown(client, article):
    shown = client.get(panel(article)).context["places"]
    value = shown["A sentence"][1].value
    for about in ("", "title", value):
        client.post(panel(article), {"words": f"About {about or 'all'}.", "about": about}, headers=SCRIPT)
    rows = list(article.comments.values_list("field", "sentence"))
    assert rows == [("", ""), ("title", ""), ("body", shown["A sentence"][1].words.partition(" ")[2])]
    words = client.get(panel(article)).content.decode()
    assert '<p class="on-text">Title</p>' in words
    assert 'href="#s2" data-sentence="2"' in words
    step("edit", article, article.owner, changes={"body": "<p>Other words.</p>"})
    words = client.get(panel(article)).content.decode()
    assert "about a sentence that was changed:" in words
    assert rows[2][1] in words


def test_a_refusal_gives_back_what_was_typed(client, article):
    sent = {"words": "Which trust?", "about": "s-000000000000", "to": "ghost"}
    page = client.post(panel(article), sent)
    assert page.status_code == 400
    assert ">Which trust?</textarea>" in page.content.decode()
    told = client.post(panel(article), sent | {"about": ""}, headers=SCRIPT)
    assert (told.status_code, "ghost" in told.json()["words"]) == (400, True)


def test_it_is_answered_mended_given_away_and_removed_by_plain_forms(client, article, curator, manager):
    comment = discussion.add(article, "Which trust?", by=curator)
    client.post(act(comment, "edit"), {"mended": "Which trust, @manager?"})
    client.force_login(manager)
    client.post(act(comment, "answer"), {"words": "Northmere."})
    client.post(act(comment, "assign"), {"to": "@curator"})
    comment.refresh_from_db()
    assert (comment.words, comment.assigned_to, comment.replies.get().words) == (
        "Which trust, @manager?",
        curator,
        "Northmere.",
    )
    words = client.get(panel(article)).content.decode()
    assert "<strong>@manager</strong>" in words
    assert "<span>for curator</span>" in words
    for wish in ("edit", "remove"):
        assert client.post(act(comment, wish), {"mended": "Mine."}).status_code == 403
    for wish in ("resolve", "assign", "reopen"):
        assert client.post(act(comment.replies.get(), wish)).status_code == 403
    client.force_login(curator)
    late = client.post(act(comment, "edit"), {"mended": "Never said."}, headers=SCRIPT)
    assert (late.status_code, "answered" in late.json()["words"]) == (400, True)
    client.post(act(comment, "remove"))
    assert "removed by its author" in client.get(panel(article)).content.decode()


def test_the_names_of_those_who_see_it_are_told_to_a_script_of_theirs_only(client, article, curator, manager):
    make_person("Curator", username="stranger")
    names = client.get(people(article)).json()["people"]
    assert [one["name"] for one in names] == ["curator", "manager", "managers"]
    client.force_login(make_person("Curator"))
    assert client.get(people(article)).status_code == 404
    client.logout()
    assert client.get(people(article)).status_code == 401


def test_who_decides_sees_which_sentences_are_discussed(client, curator, manager):
    article = make_in("in_review", owner=curator, body="<p>One ward listens. Two wards do not.</p>")
    one, two = list(discussion.sentences_of(article).anchors())[1:]
    comment = discussion.add(article, "Which?", by=curator, about=two)
    discussion.settle(discussion.add(article, "Done.", by=curator, about=one), by=manager)
    client.force_login(manager)
    page = client.get(reverse("admin:curation_article_decide", args=[article.pk])).content.decode()
    assert re.findall(r'class="talk-here" href="#comment-(\d+)"', page) == [str(comment.pk)]
    assert f'id="comment-{comment.pk}"' in page
