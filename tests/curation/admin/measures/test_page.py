"""The page of measures: what it tells and to whom, that its numbers open their lists, its tables, and its price."""

import re
from html import unescape

import pytest
from django.urls import reverse

from curation import measures
from tests.factories import make_article, make_in, make_person, make_published, step

MEASURES = reverse("admin:curation_measures")
LIST = reverse("admin:curation_article_changelist")


@pytest.fixture
def team(db):
    return make_person("Curator", username="ada"), make_person("Manager", username="grace")


@pytest.fixture
def worked(clock, team):
    """A newsroom of some weeks: what went out, came back, waits and is late."""
    writer, decider = team
    for number in range(6):
        article = make_article(by=writer, title=f"Brief {number}")
        step("submit", article, writer)
        clock.turn(hours=6 + number)
        if number % 3 == 2:
            step("return", article, decider, reason="A figure is missing.")
        else:
            step("approve", article, decider, version=article.versions.latest("number").pk)
        if number % 3 == 0:
            step("publish", article, decider)
        clock.turn(days=4)
    make_in("in_review", title="Somebody’s")
    step("submit", make_article(by=writer, title="Hers"), writer)
    clock.turn(hours=1)
    measures.count_pending()


def shown(client, question=""):
    response = client.get(MEASURES + question)
    assert response.status_code == 200
    return response, response.content.decode()


def test_every_number_of_a_table_opens_a_list_of_as_many(at_desk, manager, worked):
    page, _ = shown(at_desk(manager))
    links = {
        (section.name, head.shown, cell.url): cell.plain
        for section in page.context["sections"]
        if section.table
        for head, cells in section.table.rows
        for cell in cells
        if cell.url and isinstance(cell.plain, int)
    }
    assert {name for name, *_ in links} >= {
        "throughput",
        "forecast",
        "times",
        "ageing",
        "coverage",
        "first",
        "load",
    } - {"forecast"}
    found = {at: at_desk(manager).get(LIST + at[2].removeprefix("../")) for at in links}
    assert {at: one.context["cl"].result_count for at, one in found.items()} == links


def test_the_list_says_which_number_it_is_behind(at_desk, manager, worked):
    page = at_desk(manager).get(f"{LIST}?counted=published.2026-11-02.2026-11-08").content.decode()
    assert "counted: first out, 2 November 2026 to 8 November 2026" in unescape(page)
    assert "no such number" in at_desk(manager).get(f"{LIST}?counted=nonsense").content.decode()


def test_a_curator_reads_the_sums_and_is_led_to_their_own_alone(at_desk, team, worked):
    writer, _ = team
    page, html = shown(at_desk(writer))
    linked = set(re.findall(r'href="\.\./\?([^"]*)"', html))
    out = f"counted=published.2026-09-07.2026-11-29.{writer.pk}"
    assert {unescape(one) for one in linked} == {"owner=me&state=in_review", "owner=me&state=changes_requested", out}
    assert at_desk(writer).get(f"{LIST}?{out}").context["cl"].result_count == 2
    load = next(section for section in page.context["sections"] if section.name == "load")
    assert [head.shown for head, _ in load.table.rows] == ["ada"]
    assert [cell.plain for cell in load.table.rows[0][1]] == [0, 1, 2, 0, 2, 0]  # what is approved is nobody's to write


def test_it_tells_what_was_done(at_desk, manager, worked):
    page, html = shown(at_desk(manager), "?weeks=4")
    facts = {one.words: one.number for one in page.context["facts"]}
    assert facts["published this week"] == "0"
    assert facts["approved first time"] == "67 %"
    assert facts["queue clear"] == "–"
    assert "Too few to tell." in html
    weeks = next(section.table for section in page.context["sections"] if section.name == "throughput")
    assert weeks.heads[0] == "Week from"
    assert [cell.plain for cell in weeks.rows[0][1]] == [1, 1, 0, 0][-len(weeks.rows[0][1]) :]


def test_what_asks_for_no_choice_is_shown_the_usual_one(at_desk, manager, worked):
    for question in ("?weeks=7", "?weeks=x", "?weeks=", "?taxonomy=nowhere"):
        page, _ = shown(at_desk(manager), question)
        assert page.context["span"].weeks == 12


def test_an_empty_newsroom_is_told_what_will_stand_here(at_desk, manager):
    _, html = shown(at_desk(manager))
    assert "Nothing has happened yet" in html
    assert '<svg class="chart"' not in html


@pytest.mark.parametrize("table", ["throughput", "forecast", "times", "ageing", "coverage", "first", "load", "looks"])
def test_every_table_can_be_taken_along(at_desk, manager, worked, table):
    answer = at_desk(manager).get(reverse("admin:curation_measures_csv", args=[table]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="measures-{table}.csv"' in answer["Content-Disposition"]
    assert len(b"".join(answer).splitlines()) >= 1


def test_no_cell_that_is_taken_along_runs_in_a_spreadsheet(at_desk, manager, worked, team):
    writer, _ = team
    writer.first_name = "=HYPERLINK(1)"
    writer.save()
    answer = at_desk(manager).get(reverse("admin:curation_measures_csv", args=["load"]))
    assert b"'=HYPERLINK(1)" in b"".join(answer)
    assert at_desk(manager).get(reverse("admin:curation_measures_csv", args=["no-such"])).status_code == 404


def test_names_are_words_and_never_markup(at_desk, manager, worked, team):
    writer, _ = team
    writer.first_name = "<script>{0}"
    writer.save()
    _, html = shown(at_desk(manager))
    assert "<script>{0}" not in html
    assert "&lt;script&gt;{0}" in html


@pytest.mark.parametrize("many", [1, 8])
def test_its_price_is_the_same_however_much_was_done(
    at_desk, manager, clock, team, many, django_assert_max_num_queries
):
    writer, decider = team
    for _ in range(many):
        make_published()
        article = make_article(by=writer)
        step("submit", article, writer)
        step("approve", article, decider, version=article.versions.latest("number").pk)
        step("publish", article, decider)
    clock.turn(hours=1)
    measures.count_pending()
    client = at_desk(manager)
    client.get(MEASURES)
    with django_assert_max_num_queries(20):
        assert len(client.get(f"{MEASURES}?weeks=52").content) < 80_000
