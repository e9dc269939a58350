"""What an import says at its end of articles that are told already."""

import re

import pytest

from curation.models import Article
from tests import factories
from tests.curation.importer.importing import news, put, run

pytestmark = pytest.mark.django_db
HINT = re.compile(r"^`manage\.py similar_articles --after (\d+)` lists what of this is told already\.$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path):
    twice = {"one": news("quiet-wards", "Quiet wards let patients sleep"), "two": news("soup", "Soup at noon")}
    return put(tmp_path / "news", **twice)


def test_an_import_names_the_command_that_lists_what_is_told_already(folder):
    before = factories.make_article(title="Quiet wards let patients sleep")
    factories.make_article(title="Quiet wards let patients sleep")
    ran = run(folder)
    newest = Article.objects.exclude(title__startswith="Soup").order_by("pk")[1]
    assert HINT.search(ran.out)[1] == str(newest.pk)
    assert before.title not in ran.out
    assert ran.status == 0


def test_when_asked_it_lists_pairs_of_what_it_brought_and_no_others(folder):
    for _ in range(2):
        factories.make_article(title="Quiet wards let patients sleep")
        factories.make_article(title="Nobody knows the hills in spring")
    ran = run(folder, similar=True)
    assert ran.out.count("“Quiet wards let patients sleep”  =  ") == 2
    assert "Nobody knows the hills" not in ran.out
    assert "2 pairs among 6 articles" in ran.out
    assert not HINT.search(ran.out)


@pytest.mark.parametrize("similar", [True, False])
def test_where_nothing_came_nothing_is_said(folder, similar):
    assert "similar_articles" not in run(folder, dry_run=True, similar=similar).out
    run(folder)
    again = run(folder, similar=similar).out
    assert "similar_articles" not in again
    assert "pairs among" not in again
