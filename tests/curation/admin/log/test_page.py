"""The log of everything: what is in it, who reads what of it, filtered, paged, taken along, and never rewritten."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from curation.admin.log import export, page, telling
from curation.models import LogEntry
from curation.text import whence
from tests.factories import make_article, make_in, make_person, make_topic, step

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

LOG = "admin:curation_log"


def told(client, **asked):
    return [telling.words_of(row) for row in client.get(reverse(LOG), asked).context["log"]]


def test_sign_ins_settings_and_steps_are_all_in_it_in_words(client, manager):
    manager.set_password("right")
    manager.save()
    client.post(reverse("admin:login"), {"username": manager.username, "password": "wrong"})
    client.post(reverse("admin:login"), {"username": manager.username, "password": "right"})
    topic = make_topic("Field: Wards")
    form = {"taxonomy": topic.taxonomy_id, "label": "Night wards", "slug": topic.slug, "description": ""}
    client.post(reverse("admin:offerings_topic_change", args=[topic.pk]), form | {"synonyms": ""})
    step("edit", make_article(), manager, changes={"title": "Told"})
    rows = told(client)
    assert rows[:2] == ["edited it", "began it"]
    assert "signed in" in rows
    assert "was not let in: a wrong name or password" in rows
    assert client.get(reverse(LOG)).context["log"][-1].address == "127.0.0.1"
    refused = LogEntry.objects.get(step="refused")
    assert (refused.by, refused.actor) == (None, manager.username)


def test_what_a_stock_page_of_the_desk_changes_is_told(at_desk):
    client = at_desk(make_person("Administrator"))
    client.post(reverse("admin:curation_author_add"), {"name": "Ada Byron", "slug": "ada-byron"})
    assert told(client)[0] == "added the author “Ada Byron”"


def test_curators_read_what_they_may_see_and_no_address(at_desk, curator):
    mine, theirs = make_article(owner=curator), make_article(owner=make_person("Curator"))
    LogEntry.note("sign_in", curator)
    with_address = whence.is_asked_from("192.0.2.7")
    step("edit", mine, curator, changes={"title": "Mine"})
    whence.ended(with_address)
    client = at_desk(curator)
    found = client.get(reverse(LOG))
    assert {row.article for row in found.context["log"]} == {mine}
    assert "192.0.2.7" not in found.content.decode()
    assert theirs not in {row.article for row in client.get(reverse(LOG), {"article": theirs.pk}).context["log"]}
    assert str(theirs) not in b"".join(client.get(reverse("admin:curation_log_csv"))).decode()


def test_it_is_narrowed_by_person_step_article_and_day(at_desk, manager, curator):
    one, other = make_in("in_review", slug="one"), make_in("approved")
    step("approve", one, manager)
    client, today = at_desk(manager), timezone.localdate()
    assert told(client, person=manager.pk) == ["signed in", "approved it"]
    assert told(client, step="approve", person="") == ["approved it", "approved it"]
    assert {row.article for row in client.get(reverse(LOG), {"article": "/news/one/"}).context["log"]} == {one}
    assert {row.article for row in client.get(reverse(LOG), {"article": other.pk}).context["log"]} == {other}
    assert len(told(client, day=today.isoformat())) == LogEntry.objects.count()
    assert told(client, day=(today - timedelta(days=1)).isoformat()) == []


@pytest.mark.parametrize(
    "asked", [{"person": "x"}, {"step": "x"}, {"day": "soon"}, {"article": "9" * 40}, {"before": "x"}]
)
def test_nonsense_finds_nothing_and_breaks_nothing(at_desk, manager, asked):
    make_article()
    assert at_desk(manager).get(reverse(LOG), asked).status_code == 200


@pytest.mark.parametrize("who", ["Manager", "Curator"])
def test_older_rows_stand_behind_newer_ones_at_the_same_cost(at_desk, who, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(page, "PER_PAGE", 3)
    monkeypatch.setattr(page, "_LOOKED_AT", 4)
    made = [make_article().pk for _ in range(8)]
    client, asked, seen = at_desk(make_person(who)), {}, []
    while asked is not None:
        with django_assert_max_num_queries(14):
            context = client.get(reverse(LOG), asked).context
        seen += [row.article_id for row in context["log"] if row.article_id]
        asked = {"before": context["older"]} if context["older"] else None
    assert seen == made[::-1]


def test_the_log_is_only_added_to():
    article = make_article(title="Gone soon")
    entry = article.log.first()
    for change in (
        {"actor": "Somebody else"},
        {"step": "approve"},
        {"reason": "x"},
        {"at": timezone.now()},
        {"edit": 7},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogEntry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.filter(pk=entry.pk).delete()
    article.delete()
    entry.refresh_from_db()
    assert (entry.article, entry.step) == (None, "begin")


def test_an_edit_that_goes_on_moves_its_row_and_nothing_else_of_it(manager):
    article = make_article(by=manager)
    step("edit", article, manager, changes={"title": "A"})
    step("edit", article, manager, changes={"title": "An"})
    entry = article.log.get(step="edit")
    assert entry.edit == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.filter(pk=entry.pk).update(edit=1)


def test_addresses_are_forgotten_in_time(manager):
    kept = whence.is_asked_from("192.0.2.7")
    old, new = LogEntry.note("sign_in", manager), LogEntry.note("sign_in", manager)
    whence.ended(kept)
    old = LogEntry.objects.create(
        step="sign_in", actor="x", address="192.0.2.8", at=timezone.now() - timedelta(days=91)
    )
    assert LogEntry.forget_addresses() == 1
    assert list(LogEntry.objects.filter(pk__in=[old.pk, new.pk]).values_list("address", flat=True)) == [
        None,
        "192.0.2.7",
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1"])
def test_no_cell_is_run_by_a_spreadsheet(cell):
    assert export.plain(cell) == f"'{cell}"
    assert export.plain("plain = text") == "plain = text"


def test_it_is_taken_along_as_csv_and_as_a_workbook(at_desk, manager):
    step("decline", make_article(title="=HYPERLINK(1)"), manager, reason="@SUM(1)")
    client = at_desk(manager)
    body = b"".join(client.get(reverse("admin:curation_log_csv"), {"step": "decline"})).decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(body))
    assert heads == list(export.HEADS)
    assert (row[2], row[3], row[7]) == ("declined it", "'=HYPERLINK(1)", "'@SUM(1)")
    book = b"".join(client.get(reverse("admin:curation_log_xlsx"), {"step": "decline"}))
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_an_export_is_bounded(at_desk, manager, monkeypatch):
    monkeypatch.setattr(export, "MOST", 2)
    for _ in range(3):
        make_article()
    body = b"".join(at_desk(manager).get(reverse("admin:curation_log_csv"))).decode()
    assert len(body.splitlines()) == 3
