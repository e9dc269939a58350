"""Second looks at the desk: the page, its verdicts, and what of the first page leads there."""

import pytest
from django.urls import reverse

from curation.models import Audit
from curation.risk import judge_now
from tests.factories import make_article, make_person, step

pytestmark = pytest.mark.django_db
AUDITS, HOME = reverse("admin:curation_audits"), reverse("admin:index")


def waiting(curator, **given):
    article = make_article(by=curator, **given)
    step("submit", article, curator)
    return article


def sent(article, **more):
    return {"edit": article.edit, "version": article.versions.order_by("-number")[0].pk, "step": "approve"} | more


def from_queue(client, article):
    address = reverse("admin:curation_article_decide", args=[article.pk])
    return client.post(address, sent(article, **{"from": "queue"}))


def test_only_what_is_of_little_risk_is_approved_in_its_row(at_desk, manager, curator, settings):
    judge_now([waiting(curator).pk])
    page = at_desk(manager).get(HOME).content.decode()
    assert "Medium risk" in page
    assert 'value="approve"' not in page
    assert "Read and decide" in page
    settings.DECIDED_FROM_QUEUE = "medium"
    assert 'value="approve"' in at_desk(manager).get(HOME).content.decode()


@pytest.mark.parametrize("door", ["decide", "step"])
def test_what_is_approved_from_the_queue_may_be_drawn(at_desk, manager, curator, settings, door):
    settings.AUDITED_SHARE = 1
    article, other = waiting(curator), waiting(curator)
    args = {"decide": [article.pk], "step": [article.pk, "approve"]}[door]
    at_desk(manager).post(reverse(f"admin:curation_article_{door}", args=args), sent(article, **{"from": "queue"}))
    at_desk(manager).post(reverse("admin:curation_article_decide", args=[other.pk]), sent(other))
    assert [audit.article for audit in Audit.objects.all()] == [article]


def test_another_manager_looks_again(at_desk, manager, curator, settings):
    settings.AUDITED_SHARE = 1
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
    settings.AUDITED_SHARE = 1
    client = at_desk(make_person("Manager"))
    for many in (1, 4):
        for _ in range(many):
            article = waiting(curator)
            from_queue(at_desk(manager), article)
        with django_assert_max_num_queries(10):
            assert client.get(AUDITS).status_code == 200
