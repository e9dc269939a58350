"""Documents whose article was erased here: an import leaves them out and says so, and takes all others."""

import pytest

from curation import workflow
from curation.models import Article, Document
from tests.factories import make_person

from .importing import news, put, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A folder of two documents that were imported, of which one was erased since."""
    put(tmp_path, quiet=news(), loud=news("loud-wards", "Loud Wards"))
    assert run(tmp_path).counts("created") == [2]
    gone = Document.objects.get(key="slug:quiet-wards").article
    asked = {"edit": gone.edit, "typed": gone.title, "reason": "It was asked for."}
    workflow.erase(gone, by=make_person("Administrator"), **asked)
    return tmp_path


def test_the_same_document_does_not_come_back_and_the_import_says_so(folder):
    ran = run(folder)
    assert ran.counts("created", "unchanged", "conflicts") == [0, 1, 1]
    assert any("was erased on" in line and "nothing was brought back" in line for line in ran.lines)
    assert [article.title for article in Article.objects.all()] == ["Loud Wards"]


@pytest.mark.parametrize(
    "more",
    [
        {"slug": "quiet-wards", "title": "Other Words", "more": "id: 7\nsource: elsewhere\n"},
        {"slug": "quiet", "more": "via: x\n"},
    ],
)
def test_nor_does_another_document_of_its_address_or_its_page(folder, more):
    text = news(**more).replace("https://quiet.example", "https://quiet-wards.example")
    put(folder, quiet=text)
    assert run(folder).counts("created", "conflicts") == [0, 1]


def test_an_edit_of_the_one_that_stayed_is_taken(folder):
    put(folder, loud=news("loud-wards", "Loud Wards", body="Louder."))
    assert run(folder).counts("updated", "conflicts") == [1, 1]
