"""Second looks at the desk: the page, its verdicts, and what of the first page leads there."""

import pytest
from django.urls import reverse

from curation.models import Audit
from curation.risk import judge_now
from tests.factories import make_article, make_in, make_person, make_published, step
from tests.sent_forms import sent_forms

pytestmark = pytest.mark.django_db
AUDITS, HOME = reverse("admin:curation_audits"), reverse("admin:index")


def waiting(curator, **given):
    article = make_article(by=curator, **given)
    step("submit", article, curator)
    judge_now([article.pk])
    return article


def sent(article, **more):
    return {"edit": article.edit, "version": article.versions.order_by("-number")[0].pk, "step": "approve"} | more


def from_queue(client, article):
    address = reverse("admin:curation_article_decide", args=[article.pk])
    return client.post(address, sent(article, **{"from": "queue"}))


def test_only_what_is_of_little_risk_is_approved_in_its_row(at_desk, manager, curator, settings):
    waiting(curator)
    page = at_desk(manager).get(HOME).content.decode()
    assert "Medium risk" in page
    assert 'value="approve"' not in page
    assert "Read and decide" in page
    settings.DECIDED_FROM_QUEUE = "medium"
    assert 'value="approve"' in at_desk(manager).get(HOME).content.decode()


@pytest.mark.parametrize("door", ["decide", "step"])
def test_what_is_approved_from_the_queue_may_be_drawn(at_desk, manager, curator, settings, door):
    settings.AUDITED_SHARE, settings.DECIDED_FROM_QUEUE = 1, "medium"
    article, other = waiting(curator), waiting(curator)
    args = {"decide": [article.pk], "step": [article.pk, "approve"]}[door]
    at_desk(manager).post(reverse(f"admin:curation_article_{door}", args=args), sent(article, **{"from": "queue"}))
    at_desk(manager).post(reverse("admin:curation_article_decide", args=[other.pk]), sent(other))
    assert [audit.article for audit in Audit.objects.all()] == [article]


@pytest.mark.parametrize("more", [{"from": "board"}, {"row": "1"}])
def test_what_is_approved_on_the_board_or_in_a_row_may_be_drawn(at_desk, manager, curator, settings, more):
    settings.AUDITED_SHARE = 1
    client, article, other = at_desk(manager), waiting(curator), waiting(curator)
    card = client.get(reverse("admin:curation_article_card", args=[article.pk]))
    step_of = {pk: reverse("admin:curation_article_step", args=[pk, "approve"]) for pk in (article.pk, other.pk)}
    assert dict(sent_forms(card))[step_of[article.pk]]["from"] == ["board"]
    client.post(step_of[article.pk], sent(article, **more))
    client.post(step_of[other.pk], sent(other))
    assert [audit.article for audit in Audit.objects.all()] == [article]


def test_what_is_riskier_by_now_is_not_approved_from_a_page_that_was_left_open(
    at_desk, manager, curator, settings, clock
):
    settings.DECIDED_FROM_QUEUE = "medium"
    article = make_published(owner=curator, at=clock.after(hours=1)).article
    step("edit", article, curator, changes={"title": "Another"})
    judge_now([article.pk])
    clock.turn(hours=2)  # readers see it meanwhile: how it differs from that was not judged
    page = from_queue(at_desk(manager), article)
    assert "open it and read it first" in page.content.decode()
    article.refresh_from_db()
    assert article.state == "in_review"


def test_what_an_edit_sent_back_to_review_shows_its_risk_and_is_decided_by_it(
    at_desk, manager, curator, settings, django_capture_on_commit_callbacks
):
    settings.DECIDED_FROM_QUEUE = "medium"
    article = make_in("approved", owner=curator)
    with django_capture_on_commit_callbacks(execute=True):
        step("edit", article, curator, changes={"title": "Another"})
    page = at_desk(manager).get(HOME).content.decode()
    assert "Medium risk" in page
    assert 'value="approve"' in page
    step("edit", article, curator, changes={"title": "Another one"})
    assert "Read and decide" in at_desk(manager).get(HOME).content.decode()
    shown = at_desk(manager).get(reverse("admin:curation_article_decide", args=[article.pk])).content.decode()
    assert "Medium risk" in shown
    assert 'value="approve"' in at_desk(manager).get(HOME).content.decode()


def test_another_manager_looks_again(at_desk, manager, curator, settings):
    settings.AUDITED_SHARE, settings.DECIDED_FROM_QUEUE = 1, "medium"
    from_queue(at_desk(manager), waiting(curator))
    client = at_desk(make_person("Manager"))
    assert "1 approval to look at again" in " ".join(client.get(HOME).content.decode().split())
    wrong = {"audit": Audit.objects.get().pk, "verdict": "wrong"}
    answer = client.post(AUDITS, wrong | {"words": ""}, follow=True)
    assert "Say what was wrong" in answer.content.decode()
    client.post(AUDITS, wrong | {"words": "13 %, not 31 %."})
    page = client.get(AUDITS).content.decode()
    assert "Something was wrong: “13 %, not 31 %.”" in page
    assert "in 1 something was wrong" in " ".join(page.split())


def test_curators_have_no_business_there(at_desk, curator):
    assert at_desk(curator).get(AUDITS).status_code == 403
    assert at_desk(curator).post(AUDITS, {"audit": 1, "verdict": "right"}).status_code == 403


def test_it_costs_the_same_for_one_and_for_many(at_desk, manager, curator, settings, django_assert_max_num_queries):
    settings.AUDITED_SHARE, settings.DECIDED_FROM_QUEUE = 1, "medium"
    client = at_desk(make_person("Manager"))
    for many in (1, 4):
        for _ in range(many):
            article = waiting(curator)
            from_queue(at_desk(manager), article)
        with django_assert_max_num_queries(10):
            assert client.get(AUDITS).status_code == 200
