"""The screen for deciding: what it shows to whom, what its forms do, and what it never does."""

import pytest
from django.urls import reverse

from curation.models import Article, Edition, Presence, ReturnReason, State, Version
from tests.factories import make_article, make_in, make_link, make_person, make_published, make_topic, step

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
JSON = {"Accept": "application/json"}


@pytest.fixture
def waiting(curator):
    return brief(curator)


def brief(curator, **given):
    article = make_article(by=curator, **given)
    step("submit", article, curator)
    return article


def at(article, what="decide"):
    return reverse(f"admin:curation_article_{what}", args=[article.pk])


def sent(article, name, **more):
    """What the bar sends of an article as it stands now."""
    article.refresh_from_db()
    newest = article.versions.order_by("-number").values_list("pk", flat=True)[0]
    return {"step": name, "edit": article.edit, "version": newest} | more


def decided(client, article, name, **more):
    return client.post(at(article), sent(article, name, **more), headers=JSON).json()


def test_reading_it_changes_nothing_and_makes_nobody_an_author(at_desk, manager, waiting):
    before = [list(rows.values()) for rows in (Article.objects, Version.objects, waiting.log, Presence.objects)]
    page = at_desk(manager).get(at(waiting))
    assert page.status_code == 200
    assert before == [list(rows.values()) for rows in (Article.objects, Version.objects, waiting.log, Presence.objects)]
    assert decided(at_desk(manager), waiting, "approve")["status"] == "taken"


def test_it_says_how_closely_to_read_and_why(at_desk, manager, curator):
    article = brief(curator, body="<p>Patients on the ward were given 5 mg of it.</p>")
    page = at_desk(manager).get(at(article)).content.decode()
    assert "Names a dose: 5 mg" in page
    assert '<span class="risk-word is-high">' in page
    step("approve", article, manager)
    assert "risk-word" not in at_desk(manager).get(at(article)).content.decode()


def test_a_decision_leads_to_the_next_brief_and_the_last_one_to_the_desk(at_desk, manager, curator):
    first, second = brief(curator), brief(curator)
    client = at_desk(manager)
    told = decided(client, first, "approve", after=second.pk)
    assert told["next"] == at(second)
    assert told["undo"] == at(first, "decide_undo")
    told = decided(client, second, "return", reason="A name is wrong.")
    assert told["next"] == f"{reverse('admin:index')}?undo={second.pk}"
    assert "is returned with your reason" in client.get(told["next"]).content.decode()
    assert [Article.objects.get(pk=one.pk).state for one in (first, second)] == ["approved", "changes_requested"]


def test_without_a_script_a_form_leads_on_and_can_be_undone(at_desk, manager, curator):
    first, second = brief(curator, title="Of the first ward"), brief(curator)
    client = at_desk(manager)
    page = client.post(at(first), sent(first, "approve", after=second.pk), follow=True)
    assert page.redirect_chain == [(f"{at(second)}?undo={first.pk}", 302)]
    assert f'action="{at(first, "decide_undo")}"' in page.content.decode()
    first.refresh_from_db()
    page = client.post(at(first, "decide_undo"), {"edit": first.edit}, follow=True)
    assert page.redirect_chain == [(at(first), 302)]
    assert "“Of the first ward” is as it was before." in page.content.decode()
    assert Article.objects.get(pk=first.pk).state == State.IN_REVIEW


def test_a_decision_on_a_text_that_moved_on_is_refused_and_shown_as_it_differs(at_desk, manager, curator, waiting):
    old = sent(waiting, "approve")
    step("take_back", waiting, curator)
    step("edit", waiting, curator, changes={"standfirst": "Every nurse on the ward speaks now."})
    step("submit", waiting, curator)
    client = at_desk(manager)
    told = client.post(at(waiting), old, headers=JSON).json()
    assert (told["status"], told["page"]) == ("refused", f"{at(waiting)}?seen={old['version']}")
    assert Article.objects.get().state == State.IN_REVIEW
    page = client.get(told["page"]).content.decode()
    assert "The text moved on since you read it" in page
    assert "<ins>Every" in page


def test_several_reasons_and_one_s_own_words_are_one_text(at_desk, manager, waiting):
    often = list(ReturnReason.objects.all()[:2])
    told = decided(at_desk(manager), waiting, "return", because=[one.pk for one in often], reason="Which ward?")
    assert told["status"] == "taken"
    said = waiting.log.first().reason
    assert said == f"{often[0].words}. {often[1].words}.\nWhich ward?"


def test_a_return_without_a_reason_is_refused_at_its_box(at_desk, manager, waiting):
    told = decided(at_desk(manager), waiting, "return", reason=" ")
    assert (told["status"], told["field"]) == ("refused", "reason")
    assert decided(at_desk(manager), waiting, "return", because=[0])["status"] == "refused"


def test_without_a_script_what_was_typed_into_a_refused_decision_is_still_there(at_desk, manager, curator, waiting):
    client, often = at_desk(manager), ReturnReason.objects.first()
    old = sent(waiting, "return", because=[often.pk], reason="Which <ward>?")
    step("take_back", waiting, curator)
    step("submit", waiting, curator)
    page = client.post(at(waiting), old).content.decode()
    assert "Which &lt;ward&gt;?</textarea>" in page
    assert f'value="{often.pk}" checked>' in page
    page = client.post(at(waiting), sent(waiting, "schedule", at="2027-02-30T10:00")).content.decode()
    assert "Give a day and an hour" in page
    assert 'value="2027-02-30T10:00"' in page


def test_published_now_is_out_when_the_time_for_undoing_is_over(at_desk, manager, waiting, clock):
    told = decided(at_desk(manager), waiting, "publish", at="2099-01-01T10:00")
    assert (told["status"], "out in 30 seconds" in told["words"]) == ("taken", True)
    assert not Edition.objects.live().exists()
    clock.turn(seconds=30)
    assert Edition.objects.live().count() == 1


def test_an_hour_that_was_not_chosen_or_is_over_is_pointed_out(at_desk, manager, waiting):
    client = at_desk(manager)
    assert decided(client, waiting, "schedule")["field"] == "at"
    told = decided(client, waiting, "schedule", at="tomorrow")
    assert (told["status"], told["field"]) == ("refused", "at")
    assert not Edition.objects.exists()
    assert Article.objects.get().state == State.IN_REVIEW


def test_it_is_approved_and_scheduled_in_one_and_nothing_of_it_stays_where_the_second_is_refused(
    at_desk, manager, waiting
):
    told = decided(at_desk(manager), waiting, "schedule", at="2099-01-01T10:00", until="2098-01-01T10:00")
    assert (told["status"], Article.objects.get().state, Edition.objects.count()) == ("refused", "in_review", 0)
    told = decided(at_desk(manager), waiting, "schedule", at="2099-01-01T10:00")
    assert (told["status"], Article.objects.get().state, Edition.objects.count()) == ("taken", "approved", 1)


def test_who_wrote_part_of_it_is_told_who_can_approve_and_has_no_such_button(at_desk, manager, waiting):
    deputy = make_person("Manager", first_name="Dora", last_name="Deputy")
    step("edit", waiting, manager, changes={"title": "Rewritten on the way"})
    page = at_desk(manager).get(at(waiting)).content.decode()
    assert 'value="approve"' not in page
    assert "Dora Deputy can approve it" in page
    assert decided(at_desk(manager), waiting, "approve")["status"] == "refused"
    assert 'value="approve"' in at_desk(deputy).get(at(waiting)).content.decode()


def test_a_curator_and_a_stranger_are_shown_out_of_every_door_of_it(at_desk, client, curator, waiting):
    for address in (at(waiting), at(waiting, "decide_undo"), reverse("admin:curation_article_decide_first")):
        assert client.get(address).status_code == 302
        assert at_desk(curator).get(address).status_code == 403
        client.logout()
    answer = at_desk(curator).post(at(waiting), sent(waiting, "publish"), headers=JSON)
    assert (answer.status_code, Article.objects.get().state) == (403, State.IN_REVIEW)


def test_the_first_that_waits_is_the_one_to_begin_with(at_desk, manager, curator):
    make_in("approved")
    assert at_desk(manager).get(reverse("admin:curation_article_decide_first")).url == reverse("admin:index")
    first, _ = brief(curator), brief(curator)
    assert at_desk(manager).get(reverse("admin:curation_article_decide_first")).url == at(first)


def test_what_changed_since_readers_saw_it_is_marked_word_by_word(at_desk, manager, curator):
    body = "".join(f"<p>Paragraph {number} stands as it stood.</p>" for number in "abcd")
    edition = make_published(body=f"{body}<p>The trial took nine weeks.</p>", by=curator)
    article = edition.article
    step("edit", article, curator, changes={"body": f"{body}<p>The trial took eleven weeks.</p>"})
    page = at_desk(manager).get(at(article)).content.decode()
    assert "<del>nine" in page
    assert "<ins>eleven" in page
    assert "4 paragraphs unchanged" in page
    assert "+1 −1 words" in page


def test_words_that_look_like_html_are_shown_as_words(at_desk, manager, curator):
    article = brief(curator, title="A <img src=x onerror=alert(1)> ward", standfirst="<script>alert(2)</script>")
    page = at_desk(manager).get(at(article)).content.decode()
    assert "<img src=x" not in page
    assert "<script>alert" not in page


def test_a_draft_without_any_words_is_shown_and_nothing_of_it_can_be_decided(at_desk, manager):
    article = make_article(title="", standfirst="", body="", sources=[], topics=[], owner=manager)
    page = at_desk(manager).get(at(article)).content.decode()
    assert "There is nothing to decide here now." in page
    assert "This brief names no source." in page


@pytest.mark.parametrize("seen", ["0", "nonsense", str(2**70), "-1", "²"])
def test_an_address_made_by_hand_shows_the_brief_as_it_is(at_desk, manager, waiting, seen):
    assert at_desk(manager).get(at(waiting), {"seen": seen, "undo": seen, "source": seen}).status_code == 200


def test_a_page_costs_as_much_with_many_that_wait_and_a_long_brief(
    at_desk, manager, curator, django_assert_max_num_queries
):
    body = "".join(f"<p>Ward {number} speaks. It is heard.</p>" for number in range(60))
    small = brief(curator, sources=[make_link(), make_link()])
    client = at_desk(manager)
    client.get(at(small))
    with django_assert_max_num_queries(20) as few:
        client.get(at(small))
    for _ in range(12):
        brief(curator)
    large = brief(curator, body=body, sources=[make_link() for _ in range(4)], topics=[make_topic() for _ in range(6)])
    with django_assert_max_num_queries(20):
        client.get(at(large))  # nobody judged it yet, so what this finds of its risk is kept
    with django_assert_max_num_queries(20) as many:
        client.get(at(large))
    assert len(many) == len(few)
