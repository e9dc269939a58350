"""The months a list goes back to."""

import pytest

from curation.models import Tally
from curation.site.archive import Archive
from tests.bulk import on_day, publish_many
from tests.factories import make_topic, step


def shown(archive):
    return [(link.label, link.url, link.count) for link in archive.links()]


def test_an_archive_of_nothing_has_no_months():
    empty = Archive("/news/", {})

    assert (empty.total, empty.months, empty.links(), empty.after("2026-01"), empty.before("2026-01")) == (
        0, [], [], None, None,
    )  # fmt: skip


def test_twelve_months_are_named_and_older_years_each_once():
    counts = {f"{year}-{month:02}": month for year in (2023, 2024, 2025) for month in range(1, 13)}
    archive = Archive("/topic/x/", counts | {"2026-02": 5, "2022-07": 9, "": 300})

    assert archive.total == 300
    assert shown(archive)[:3] == [
        ("February 2026", "/topic/x/2026/02/", 5),
        ("December 2025", "/topic/x/2025/12/", 12),
        ("November 2025", "/topic/x/2025/11/", 11),
    ]
    assert shown(archive)[11:] == [
        ("February 2025", "/topic/x/2025/02/", 2),
        ("2025", "/topic/x/2025/01/", 1),
        ("2024", "/topic/x/2024/12/", 78),
        ("2023", "/topic/x/2023/12/", 78),
        ("2022", "/topic/x/2022/07/", 9),
    ]


def test_neighbouring_months_pass_over_empty_ones():
    archive = Archive("/news/", {"": 3, "2024-11": 1, "2025-02": 1, "2026-01": 1})

    assert [archive.before(month) for month in ("2026-01", "2025-12", "2025-02", "2024-11", "1999-01")] == [
        "2025-02", "2025-02", "2024-11", None, None,
    ]  # fmt: skip
    assert [archive.after(month) for month in ("2026-01", "2025-12", "2024-11", "1999-01")] == [
        None, "2026-01", "2025-02", "2024-11",
    ]  # fmt: skip


@pytest.mark.parametrize(("page", "address"), [(1, "/news/2026/01/"), (3, "/news/2026/01/?page=3")])
def test_a_page_of_a_month_has_an_address(page, address):
    assert Archive("/news/", {}).address("2026-01", page) == address


def test_months_are_read_from_the_tallies_of_what_is_live(db, django_assert_num_queries):
    topic = make_topic()
    first, *_ = publish_many([on_day(0, topics=[topic]), on_day(1), on_day(35, topics=[topic]), on_day(36)])

    with django_assert_num_queries(1):
        assert Archive.of_thing("/news/", Tally.Kind.ALL, "").counts == {"": 4, "2026-01": 2, "2026-02": 2}
    assert Archive.of_thing("/topic/x/", Tally.Kind.TOPIC, topic.pk).counts == {"": 2, "2026-01": 1, "2026-02": 1}
    step("withdraw", first.article, reason="It was wrong.")
    assert Archive.of_thing("/news/", Tally.Kind.ALL, "").counts == {"": 3, "2026-01": 1, "2026-02": 2}
    assert Archive.of_thing("/topic/x/", Tally.Kind.TOPIC, topic.pk).counts == {"": 1, "2026-02": 1}
