"""A typed list at the desk: looked at first, faults by line, made all at once, and only by who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from curation.models import LogEntry
from offerings.models import Taxonomy, Topic
from tests.factories import make_topic

PAGE = reverse("admin:begin_topics")
LIST = "Care: Hospice, Home care\nTools\n  Sensors"


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


def words_of(page):
    return " ".join(strip_tags(page.content.decode()).split())


def file_of(content, name="list.csv"):
    return SimpleUploadedFile(name, content)


def test_a_list_is_shown_before_it_is_made(desk):
    make_topic("Care: Hospice")
    page = desk.post(PAGE, {"text": LIST})
    words = words_of(page)
    assert "2 topics would be made, and 1 taxonomy." in words
    assert "Tools new, tools" in words
    assert "Hospice is there" in words
    assert LIST in page.content.decode()
    assert Topic.objects.count() == 1


def looked_at(desk, **sent):
    """What is posted after a list was looked at: the list, and what was shown of it."""
    page = desk.post(PAGE, sent)
    return {"text": page.context["text"], "make": "1", "seen": page.context["mark"]}


def test_it_is_made_all_at_once_and_said(desk):
    page = desk.post(PAGE, looked_at(desk, text=LIST), follow=True)
    assert "Made: 3 topics in 2 new taxonomies." in words_of(page)
    assert set(Taxonomy.objects.values_list("name", "slug")) == {("Care", "care"), ("Tools", "tools")}
    assert LogEntry.objects.get(step="added").about == "a list: 3 topics in 2 new taxonomies"


@pytest.mark.parametrize("sent", [{"text": LIST + "\nPeople"}, {"text": LIST + "\nPeople", "make": "1"}])
def test_with_a_line_at_fault_nothing_is_made(desk, sent):
    page = desk.post(PAGE, sent)
    assert "Line 4. “People” has no topics" in words_of(page)
    assert sent["text"] in page.content.decode()
    assert not Topic.objects.exists()


def test_where_making_fails_half_way_nothing_stays(desk, monkeypatch):
    def fail():
        raise RuntimeError("at the end")

    monkeypatch.setattr("offerings.addresses.touch", fail)
    sent = looked_at(desk, text=LIST)
    with pytest.raises(RuntimeError):
        desk.post(PAGE, sent)
    assert (Topic.objects.count(), Taxonomy.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seen": ""}, "look first at what would be made"),
        ({"seen": "x" * 64}, "this is not what you looked at"),
        ({"text": LIST + "\n  Pumps"}, "this is not what you looked at"),
        ({"file": file_of(b"Beds: Hospital at home")}, "this is not what you looked at"),
    ],
)
def test_only_what_was_looked_at_is_made(desk, changed, words):
    page = desk.post(PAGE, looked_at(desk, text=LIST) | changed)
    assert words in words_of(page)
    assert not Topic.objects.exists()
    desk.post(PAGE, {"text": page.context["text"], "make": "1", "seen": page.context["mark"]})
    assert Topic.objects.exists()


def test_what_a_colleague_made_meanwhile_is_looked_at_again(desk):
    sent = looked_at(desk, text=LIST)
    make_topic("Care: Hospice")
    page = desk.post(PAGE, sent)
    assert "this is not what you looked at" in words_of(page)
    assert "Hospice is there" in words_of(page)


@pytest.mark.parametrize(
    "content", [b"taxonomy,topic\r\nCare,Hospice\r\nCare,Home care\r\nTools,Sensors\r\n", LIST.encode("utf-8-sig")]
)
def test_a_file_takes_the_place_of_the_box(desk, content):
    page = desk.post(PAGE, {"text": "", "file": file_of(content)})
    assert "3 topics would be made" in words_of(page)
    assert "Hospice" in page.context["text"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": " \n"}, "There is nothing in the list yet."),
        ({"text": "x" * 200_001}, "at most 200000"),
        ({"file": file_of(b"Care: \xff\xfe")}, "no plain text in UTF-8"),
        ({"file": file_of(b"a" * 200_001)}, "larger than a list"),
    ],
)
def test_what_is_no_list_is_said(desk, sent, words):
    page = desk.post(PAGE, {"make": "1"} | sent)
    assert words in words_of(page)
    assert not Topic.objects.exists()


def test_markup_in_names_is_shown_as_it_is_typed(desk):
    page = desk.post(PAGE, {"text": "<b>Care</b>: <script>x</script>"}).content.decode()
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page


def test_only_who_adds_topics_comes_in(client, curator):
    client.force_login(curator)
    assert client.get(PAGE).status_code == client.post(PAGE, {"text": LIST, "make": "1"}).status_code == 403
    assert not Topic.objects.exists()
