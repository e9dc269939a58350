"""Comments: what is taken and what it holds back, who is called, who mends, removes and settles it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from curation import discussion, workflow
from curation.discussion import Anchor, CommentRefused, outside
from curation.editing import comments
from curation.models import Article, CheckLevel, Comment, LogEntry, OutsideLink, Version
from curation.text import prose
from curation.workflow import erasing
from tests.at_once import at_once
from tests.factories import make_article, make_in, make_person, make_published, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(curator):
    return make_article(owner=curator)


def again(comment):
    return Comment.objects.get(pk=comment.pk)


def test_a_comment_keeps_its_words_and_the_name_as_it_was_then(article, curator):
    comment = discussion.add(article, "  First.\r\nSecond.\rThird.\t ", by=curator, blocks=True)
    curator.delete()
    comment.refresh_from_db()
    assert (comment.words, comment.actor, comment.by) == ("First.\nSecond.\nThird.", "curator", None)
    assert (comment.blocks, comment.resolved_at, comment.resolved_by) == (True, None, None)


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
    discussion.add(article, typed, by=curator)
    assert Comment.objects.get().words == kept


@pytest.mark.parametrize("typed", ["", " \n\t", "\u202e\x00", "x" * 4001])
def test_nothing_and_too_much_is_refused_of_comments_answers_and_mending(article, curator, typed):
    comment = discussion.add(article, "Is this so?", by=curator)
    for do in (
        lambda: discussion.add(article, typed, by=curator),
        lambda: discussion.answer(comment, typed, by=curator),
        lambda: discussion.edit(comment, typed, by=curator),
    ):
        with pytest.raises(CommentRefused):
            do()
    assert [one.words for one in Comment.objects.all()] == ["Is this so?"]


# Holding back ---------------------------------------------------------------------------------------------------------


def test_only_open_ones_that_block_hold_back(article, curator, manager, django_assert_num_queries):
    other = make_article()
    discussion.add(article, "Only a thought.", by=curator)
    first, second = (discussion.add(article, "Wait.", by=person, blocks=True) for person in (curator, manager))
    third = discussion.add(other, "Wait.", by=manager, blocks=True)
    with django_assert_num_queries(1):
        assert comments.blocking([article.pk, other.pk]) == {article.pk: ["curator", "manager"], other.pk: ["manager"]}
    discussion.settle(first, by=manager)
    discussion.settle(third, by=manager)
    assert comments.blocking([article.pk, other.pk]) == {article.pk: ["manager"]}
    discussion.reopen(first, by=manager)
    discussion.settle(second, by=manager)
    assert comments.blocking([article.pk]) == {article.pk: ["curator"]}


def test_what_holds_back_lets_an_article_be_sent_but_neither_approved_nor_published(curator, manager):
    article = make_article(by=curator, owner=curator)
    comment = discussion.add(article, "Wait.", by=curator, blocks=True)
    step("submit", article, curator)
    with pytest.raises(workflow.StepRefused) as refused:
        step("approve", article, manager, version=article.versions.first().pk)
    assert (refused.value.code, [one.code for one in refused.value.findings]) == ("checks", ["open-comments"])
    discussion.settle(comment, by=manager)
    step("approve", article, manager, version=article.versions.first().pk)
    late = discussion.add(article, "Wait after all.", by=manager, blocks=True)
    with pytest.raises(workflow.StepRefused, match="holds it back until it is settled"):
        step("publish", article, manager)
    discussion.settle(late, by=manager)
    assert step("publish", article, manager).edition


def test_what_a_role_takes_as_advice_holds_nothing_back(manager):
    article = make_in("approved")
    discussion.add(article, "Wait.", by=manager, blocks=True)
    CheckLevel.objects.create(role=manager.groups.get(), check_code="open-comments", level="advice")
    assert step("publish", article, manager).edition


def test_the_log_tells_what_held_back_and_let_go_and_never_its_words(article, curator, manager):
    comment = discussion.add(article, "Whispered among us.", by=manager, blocks=True)
    discussion.settle(comment, by=manager)
    discussion.settle(comment, by=manager)
    discussion.reopen(comment, by=manager)
    discussion.settle(discussion.add(article, "Only a thought.", by=curator), by=curator)
    told = LogEntry.objects.filter(article=article, step__in=LogEntry.BESIDE).order_by("pk")
    assert list(told.values_list("step", "by")) == [("held", manager.pk), ("settled", manager.pk), ("held", manager.pk)]
    assert "Whispered" not in str(list(told.values()))


def test_what_is_said_beside_an_article_takes_no_decision_back(curator, manager):
    article = make_in("in_review", owner=curator)
    approved = step("approve", article, manager, version=article.versions.first().pk)
    discussion.add(article, "Wait.", by=curator, blocks=True)
    workflow.undo(article, by=manager, edit=approved.edit)
    assert Article.objects.get(pk=article.pk).state == "in_review"


# Settling -------------------------------------------------------------------------------------------------------------


def test_settled_twice_the_first_counts(article, curator, manager, clock):
    comment = discussion.add(article, "Wait.", by=curator)
    discussion.settle(comment, by=manager)
    then = clock.at
    clock.turn(hours=1)
    discussion.settle(comment, by=curator)
    assert (again(comment).resolved_by, again(comment).resolved_at) == (manager, then)


def test_who_wrote_it_who_shall_see_to_it_and_managers_settle_it(article, curator, manager, administrator):
    comment = discussion.add(article, "Wait.", by=curator)
    settlers = [curator, manager, administrator, make_person("Curator"), make_person(), AnonymousUser()]
    assert [discussion.may_settle(comment, one) for one in settlers] == [True, True, True, False, False, False]
    comment.by = None
    assert [discussion.may_settle(comment, one) for one in settlers[:2]] == [False, True]
    comment.assigned_to = curator
    assert discussion.may_settle(comment, curator)
    curator.is_active = False
    assert not discussion.may_settle(comment, curator)
    assert not discussion.may_settle(comment, make_person("Manager", is_active=False))


def test_it_is_settled_with_an_answer_where_there_is_one(article, curator, manager):
    comment = discussion.add(article, "Which trust?", by=manager)
    discussion.settle(comment, by=curator, words="Ours, kept on purpose.")
    assert again(comment).resolved_by == curator
    assert comment.replies.get().words == "Ours, kept on purpose."


def test_a_comment_is_given_to_somebody_who_sees_the_article_and_to_nobody_else(article, curator, manager):
    comment = discussion.add(article, "Which trust?", by=manager, to="Curator")
    assert comment.assigned_to == curator
    stranger = make_person("Curator", username="stranger")
    for name in ("stranger", "nobody-of-this-name", "managers"):
        with pytest.raises(CommentRefused, match="Nobody who sees this brief"):
            discussion.assign(comment, name, by=manager)
        with pytest.raises(CommentRefused, match="Nobody who sees this brief"):
            discussion.add(article, "Which trust?", by=manager, to=name)
    assert (again(comment).assigned_to, Comment.objects.count()) == (curator, 1)
    discussion.assign(comment, "", by=manager)
    assert again(comment).assigned_to is None
    assert not discussion.may_settle(comment, stranger)


# Answers, mending, removing -------------------------------------------------------------------------------------------


def test_answers_go_one_level_deep(article, curator, manager):
    comment = discussion.add(article, "Which trust?", by=manager, about=Anchor("title"))
    first = discussion.answer(comment, "Northmere.", by=curator)
    second = discussion.answer(first, "Says who?", by=manager)
    assert [one.parent_id for one in (first, second)] == [comment.pk, comment.pk]
    assert [one.field for one in (comment, first, second)] == ["title", "", ""]


def test_the_database_refuses_an_answer_about_something_of_its_own(article, curator):
    comment = discussion.add(article, "Which trust?", by=curator)
    given = {"article": article, "by": curator, "words": "So.", "at": comment.at}
    for wrong in ({"parent": comment, "blocks": True}, {"parent": comment, "field": "title"}, {"sentence": "So."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(**given | wrong)


def test_so_many_answers_are_enough(article, curator):
    comment = discussion.add(article, "Which trust?", by=curator)
    rows = [Comment(article=article, parent=comment, by=curator, words="So.", at=comment.at) for _ in range(100)]
    Comment.objects.bulk_create(rows)
    with pytest.raises(CommentRefused, match="100 answers"):
        discussion.answer(comment, "One more.", by=curator)


def test_words_are_mended_until_somebody_answers(article, curator, manager):
    comment = discussion.add(article, "Wich trust?", by=curator)
    discussion.edit(comment, "Which trust, @manager?", by=curator)
    assert (again(comment).words, again(comment).mentions) == ("Which trust, @manager?", ["manager"])
    assert again(comment).edited_at
    answer = discussion.answer(comment, "Nothmere.", by=manager)
    with pytest.raises(CommentRefused, match="answered"):
        discussion.edit(comment, "Never said.", by=curator)
    discussion.edit(answer, "Northmere.", by=manager)
    discussion.answer(comment, "Thanks.", by=curator)
    with pytest.raises(CommentRefused, match="answered"):
        discussion.edit(answer, "Never said.", by=manager)
    assert [one.words for one in Comment.objects.all()] == ["Which trust, @manager?", "Northmere.", "Thanks."]


def test_removed_it_is_gone_or_where_it_was_answered_its_words_are(article, curator, manager):
    lone = discussion.add(article, "Wait.", by=curator, blocks=True)
    discussion.remove(lone, by=curator)
    comment = discussion.add(article, "Wait, @manager.", by=curator, blocks=True)
    discussion.answer(comment, "Why?", by=manager)
    discussion.remove(again(comment), by=curator)
    left = again(comment)
    assert (left.words, left.mentions, left.blocks, left.resolved_at) == ("", [], False, None)
    assert left.removed_at
    assert comments.blocking([article.pk]) == {}
    assert [one.words for one in Comment.objects.all()] == ["", "Why?"]
    assert [row.step for row in article.log.order_by("pk") if row.step in LogEntry.BESIDE] == ["held", "settled"] * 2


def test_only_who_wrote_it_mends_and_removes_it(article, curator, manager):
    comment = discussion.add(article, "Wait.", by=curator)
    assert discussion.may_edit(comment, curator, is_answered=False)
    assert not discussion.may_edit(comment, curator, is_answered=True)
    assert [discussion.may_remove(comment, one) for one in (curator, manager, AnonymousUser())] == [True, False, False]
    comment.by = None
    assert not discussion.may_remove(comment, AnonymousUser())


# Who is called --------------------------------------------------------------------------------------------------------


def test_only_those_who_see_the_article_are_called(article, curator, manager):
    make_person("Curator", username="stranger")
    make_person("Manager", username="gone", is_active=False)
    words = "@manager, @stranger, @gone, @nobody: what of me@manager and `@x`?"
    comment = discussion.add(article, words, by=curator)
    assert comment.mentions == ["manager"]
    assert discussion.mentioned(comment) == [manager]


def test_nobody_calls_themselves_and_a_removed_comment_calls_nobody(article, curator, manager):
    comment = discussion.add(article, "@curator and @manager", by=curator)
    assert discussion.mentioned(comment) == [manager]
    discussion.answer(comment, "Yes?", by=manager)
    discussion.remove(comment, by=curator)
    assert discussion.mentioned(again(comment)) == []


def test_all_who_decide_are_called_together(article, curator, manager, administrator, django_assert_num_queries):
    comment = discussion.add(article, "@Managers, is this so?", by=curator)
    assert comment.mentions == ["managers"]
    assert set(discussion.mentioned(comment)) == {manager, administrator}


def test_a_first_name_calls_the_only_one_who_has_it(article, curator, manager):
    for name in ("Ada", "Ada", "Bo"):
        make_person("Manager", first_name=name)
    comment = discussion.add(article, "@Ada or @bo.", by=curator)
    assert comment.mentions == ["bo"]
    assert [one.first_name for one in discussion.mentioned(comment)] == ["Bo"]


def test_rights_are_asked_when_they_are_needed(article, curator, manager):
    comment = discussion.add(article, "@manager?", by=curator)
    manager.groups.clear()
    assert discussion.mentioned(again(comment)) == []


def test_an_article_that_nobody_owns_is_seen_by_all_who_write(curator, manager):
    assert set(discussion.people_of(make_article())) == {curator, manager}
    owner = make_person("Curator")
    assert set(discussion.people_of(make_article(owner=owner))) == {manager, owner}


# What it is about -----------------------------------------------------------------------------------------------------


BODY = "<p>One ward listens. Two wards do not.</p><p>Three are shut.</p>"


def test_a_comment_on_a_sentence_survives_edits_of_the_others(curator):
    article = make_article(owner=curator, standfirst="It began here.", body=BODY)
    values = {place.words: place.value for place in discussion.places(discussion.sentences_of(article))["A sentence"]}
    assert list(values) == ["1. It began here.", "2. One ward listens.", "3. Two wards do not.", "4. Three are shut."]
    about = discussion.anchor_of(values["3. Two wards do not."], discussion.sentences_of(article))
    assert about == Anchor("body", "Two wards do not.")
    discussion.add(article, "Which two?", by=curator, about=about)

    def thread():
        found = discussion.threads_of(article, curator, discussion.sentences_of(article))
        return found.open[0].number, found.open[0].is_changed, found.open[0].comment.sentence

    assert thread() == (3, False, "Two wards do not.")
    step("edit", article, curator, changes={"body": "<p>A new one. Two  wards <em>do</em> not. One listens.</p>"})
    assert thread() == (3, False, "Two wards do not.")
    step("edit", article, curator, changes={"standfirst": "", "body": "<p>Two wards do not.</p>"})
    assert thread() == (1, False, "Two wards do not.")
    step("edit", article, curator, changes={"body": "<p>Three wards do not.</p>"})
    assert thread() == (None, True, "Two wards do not.")
    with pytest.raises(CommentRefused, match="other words by now"):
        discussion.anchor_of(values["3. Two wards do not."], discussion.sentences_of(article))


@pytest.mark.parametrize("value", ["s-", "s-zzzz", "edit", "body; drop", "x" * 5000, "\ud800"])
def test_an_anchor_that_is_none_is_refused(article, value):
    with pytest.raises(CommentRefused):
        discussion.anchor_of(value, discussion.sentences_of(article))


def test_a_sentence_without_end_can_be_commented_on(curator):
    article = make_article(owner=curator, body=f"<p>{'word ' * 900}</p>")
    sentences = discussion.sentences_of(article)
    about = discussion.anchor_of(discussion.places(sentences)["A sentence"][-1].value, sentences)
    discussion.add(article, "Long.", by=curator, about=about)
    assert discussion.threads_of(article, curator, sentences).open[0].number == 2


# What nobody hears of -------------------------------------------------------------------------------------------------


def test_neither_readers_nor_versions_hear_of_it(client, curator):
    edition = make_published(owner=curator)
    discussion.add(edition.article, "Whispered among us.", by=curator, blocks=True)
    step("edit", edition.article, curator, changes={"title": "Another"})
    assert "Whispered" not in client.get(edition.get_absolute_url()).content.decode()
    assert "Whispered" not in str(list(Version.objects.values_list("content", flat=True)))


# How it is written ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("One **two** *three* `four`", "<p>One <strong>two</strong> <em>three</em> <code>four</code></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("2024. That year", "<p>2024. That year</p>"),
        ("[a](https://a.example/)", '<p><a href="https://a.example/" rel="noopener">a</a></p>'),
        (
            "See https://a.example/b_c?d=1.",
            '<p>See <a href="https://a.example/b_c?d=1" rel="noopener">https://a.example/b_c?d=1</a>.</p>',
        ),
        ("`https://a.example/ @jo`", "<p><code>https://a.example/ @jo</code></p>"),
        ("@jo, @Jo's, @mo, a@jo", "<p><strong>@jo</strong>, <strong>@Jo</strong>'s, @mo, a@jo</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("![a](https://a.example/p.png)", '<p>!<a href="https://a.example/p.png" rel="noopener">a</a></p>'),
        ("# No heading", "<p># No heading</p>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("a\u202eb", "<p>ab</p>"),
        ("&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"),
    ],
)
def test_light_markdown_is_all_the_markup_there_is(words, html):
    assert prose.remark(words, "jo") == html


def test_erased_with_its_article_nothing_of_it_is_left(administrator, curator):
    article = make_article(owner=curator)
    comment = discussion.add(article, "Whispered among us.", by=curator, blocks=True)
    discussion.answer(comment, "Whispered back.", by=administrator)
    link, _ = outside.ask(article, by=curator, name="Dr Okonedo", email="okonedo@example.org")
    outside.opine(link, "comment", "Whispered from outside.")
    erasing.erase(article, by=administrator, edit=article.edit, typed=str(article.pk), reason="They asked for it.")
    assert not Comment.objects.exists()
    assert not OutsideLink.objects.exists()
    left = str(list(LogEntry.objects.values()))
    assert [some in left for some in ("Whispered", "Okonedo", "okonedo")] == [False] * 3


# At once -------------------------------------------------------------------------------------------------------------


def test_what_is_sent_twice_within_a_minute_is_said_once(article, curator, manager, clock):
    first = discussion.add(article, "Look at this.", by=curator)
    assert discussion.add(article, " Look at this. ", by=curator) == first
    assert discussion.answer(first, "Why?", by=manager) == discussion.answer(first, "Why?", by=manager)
    assert discussion.answer(first, "Why?", by=curator).by == curator
    assert discussion.add(article, "Look at this.", by=curator, about=Anchor("title")) != first
    clock.turn(minutes=1)
    assert discussion.add(article, "Look at this.", by=curator) != first


def test_what_is_answered_to_a_comment_that_is_gone_comes_back_with_its_words(client, article, curator, manager):
    comment = discussion.add(article, "Look at this.", by=manager)
    client.force_login(curator)
    address = reverse("admin:curation_article_comment_do", args=[article.pk, comment.pk, "answer"])
    discussion.remove(comment, by=manager)
    page = client.post(address, {"words": "I did, and it is right."})
    assert (page.status_code, page.context["typed"]["words"]) == (400, "I did, and it is right.")
    assert "removed meanwhile" in page.content.decode()
    comment = discussion.add(article, "Look at that.", by=manager)
    Comment.objects.filter(pk=comment.pk).delete()
    with pytest.raises(CommentRefused, match="removed meanwhile"):
        discussion.answer(comment, "I did.", by=curator)
    assert client.post(address, {}).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
def test_of_an_answer_and_a_removal_at_once_no_answer_is_lost():
    manager, curator = make_person("Manager"), make_person("Curator")
    for _ in range(5):
        comment = discussion.add(make_article(owner=curator), "Look at this.", by=manager)
        told = at_once(
            lambda comment=comment: discussion.remove(comment, by=manager),
            lambda comment=comment: discussion.answer(comment, "I did.", by=curator),
            lambda comment=comment: discussion.answer(comment, "I did.", by=curator),
            refusal=CommentRefused,
        )
        answers = Comment.objects.filter(parent=comment.pk).count()
        assert answers == (0 if discussion.GONE in told else 1)
