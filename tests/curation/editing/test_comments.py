"""Comments: what is taken, what they hold back, and who is done with them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from curation.editing import comments
from curation.models import Comment, Version
from tests.factories import make_article, make_person, make_published, step


@pytest.fixture
def article(curator):
    return make_article(owner=curator)


def test_a_comment_keeps_its_words_and_the_name_as_it_was_then(article, curator):
    comment = comments.add(article, "  First.\r\nSecond.\rThird.\t ", by=curator, blocks=True)
    curator.delete()
    comment.refresh_from_db()
    assert (comment.words, comment.actor, comment.by, comment.blocks) == (
        "First.\nSecond.\nThird.",
        "curator",
        None,
        True,
    )
    assert (comment.resolved_at, comment.resolved_by) == (None, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("a\u202egnp.exe\u202c", "agnp.exe"),
        ("\u2066a\u2069", "a"),
        ("a\ud800b", "ab"),
        ("שלום\u200f", "שלום\u200f"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("x" * 4000, "x" * 4000),
        (" " * 9000 + "x", "x"),
        ("👩‍⚕️", "👩‍⚕️"),
    ],
)
def test_what_could_do_harm_is_left_out(article, curator, typed, kept):
    comments.add(article, typed, by=curator)
    assert Comment.objects.get().words == kept


@pytest.mark.parametrize("typed", ["", " \n\t", "\u202e\x00", "x" * 4001])
def test_nothing_and_too_much_is_refused(article, curator, typed):
    with pytest.raises(comments.CommentRefused):
        comments.add(article, typed, by=curator)
    assert not Comment.objects.exists()


def test_only_open_ones_that_block_hold_back(article, curator, manager, django_assert_num_queries):
    other = make_article()
    comments.add(article, "Only a thought.", by=curator)
    first, second = (comments.add(article, "Wait.", by=person, blocks=True) for person in (curator, manager))
    third = comments.add(other, "Wait.", by=manager, blocks=True)
    with django_assert_num_queries(1):
        assert comments.blocking([article.pk, other.pk]) == {article.pk: ["curator", "manager"], other.pk: ["manager"]}
    comments.resolve(first, by=manager)
    comments.resolve(third, by=manager)
    assert comments.blocking([article.pk, other.pk]) == {article.pk: ["manager"]}
    comments.reopen(first)
    comments.resolve(second, by=manager)
    assert comments.blocking([article.pk]) == {article.pk: ["curator"]}


def test_resolved_twice_the_first_counts(article, curator, manager, clock):
    comment = comments.add(article, "Wait.", by=curator)
    comments.resolve(comment, by=manager)
    then = clock.at
    clock.turn(hours=1)
    comments.resolve(comment, by=curator)
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (manager, then)


def test_who_wrote_it_and_managers_settle_it(article, curator, manager, administrator):
    comment = comments.add(article, "Wait.", by=curator)
    settlers = [curator, manager, administrator, make_person("Curator"), make_person(), AnonymousUser()]
    assert [comments.may_settle(comment, person) for person in settlers] == [True, True, True, False, False, False]
    comment.by = None
    assert [comments.may_settle(comment, person) for person in (curator, manager, AnonymousUser())] == [
        False,
        True,
        False,
    ]
    closed = make_person("Manager", is_active=False)
    assert not comments.may_settle(comment, closed)


def test_neither_readers_nor_versions_hear_of_it(client, curator):
    edition = make_published(owner=curator)
    comments.add(edition.article, "Whispered among us.", by=curator, blocks=True)
    step("edit", edition.article, curator, changes={"title": "Another"})
    assert "Whispered" not in client.get(edition.get_absolute_url()).content.decode()
    assert "Whispered" not in str(list(Version.objects.values_list("content", flat=True)))
