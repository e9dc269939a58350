"""Queries kept ready give what plain ones give, whatever they are asked, from any thread."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curation.models import Edition, EditionTopic, Tally
from curation.models.querysets import EditionQuerySet
from curation.sql import compiled_queries
from tests.bulk import FIRST, on_day, publish_many
from tests.factories import make_link, make_picture, make_topic

pytestmark = pytest.mark.engines


@pytest.fixture
def shelf(db):
    """Some Editions of every kind of column: instants, JSON, booleans, foreign keys that are empty."""
    picture = make_picture(widths={"jpeg": [320]})
    topics = [make_topic(), make_topic()]
    return publish_many(
        [
            on_day(number, topics=topics[number % 2 :], picture_id=picture.pk if number % 3 else None)
            | {"dated_day": number % 2 == 0, "sources": [make_link(f"https://paper{number % 3}.example/{number}")]}
            for number in range(9)
        ]
    )


def between(brand, start, end):
    """A question with a string and two instants, and converters for JSON and booleans in what it gives."""
    found = Edition.objects.filter(source_brand=brand, first_published_at__gte=start, first_published_at__lt=end)
    return found.order_by("pk").values_list(
        "pk", "title", "first_published_at", "dated_day", "sources", "picture__widths", "picture__width", "live_until"
    )


@given(
    brand=st.sampled_from([f"paper{number}.example" for number in range(4)]) | st.text(st.characters(codec="utf-8")),
    start=st.integers(-2, 10),
    length=st.integers(-1, 10),
)
def test_rows_are_what_the_query_gives(shelf, brand, start, length):
    brand = brand.replace("\0", "")
    span = {"start": FIRST + timedelta(days=start), "end": FIRST + timedelta(days=start + length)}

    found = compiled_queries.rows(("between",), between, brand=brand, **span)

    assert [tuple(row) for row in found] == list(between(brand, **span))


def filed_under(topic, edition):
    """The same kind of parameter twice, one of them in a subquery."""
    rows = EditionTopic.objects.filter(topic=topic, edition__in=Edition.objects.filter(pk__gt=edition).values("pk"))
    return rows.order_by("-edition_id").values_list("edition_id", "position", "first_published_at")


@given(topic=st.integers(-5, 2**63 - 1) | st.integers(0, 50), edition=st.integers(0, 50))
def test_two_numbers_keep_their_places(shelf, topic, edition):
    for pair in ((topic, edition), (shelf[0].edition_topics.first().topic_id, edition)):
        given = dict(zip(("topic", "edition"), pair, strict=True))
        assert [tuple(row) for row in compiled_queries.rows(("filed",), filed_under, **given)] == list(
            filed_under(**given)
        )


def test_a_parameter_may_stand_in_the_query_more_than_once(shelf):
    def around(at):
        found = Edition.objects.filter(live_from__lte=at, live_until__gt=at, first_published_at__lte=at)
        return found.order_by("pk").values_list("pk")

    at = datetime.now(tz=UTC) + timedelta(minutes=1)
    assert len(compiled_queries.rows(("around twice",), around, at=at)) == 9
    assert compiled_queries.rows(("around twice",), around, at=FIRST - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("build", "given"),
    [
        (lambda brand: Edition.objects.values_list("pk"), {"brand": "x"}),
        (lambda brand: Edition.objects.filter(title__icontains=brand).values_list("pk"), {"brand": "x"}),
        (lambda start: Edition.objects.values_list("pk")[start % 5 :], {"start": 3}),
        (lambda day, pk: Edition.objects.filter(pk=pk).values_list("pk"), {"day": FIRST, "pk": 1}),
    ],
)
def test_a_parameter_that_shapes_the_query_is_refused(db, build, given):
    for _ in range(2):
        with pytest.raises(ValueError, match="does not appear in the query as a value"):
            compiled_queries.rows(("refused", build), build, **given)


@pytest.mark.parametrize("value", [None, True, 1.5, b"x", {"x": 1}, [None], [["x"]], FIRST.time()])
def test_a_parameter_of_another_type_is_refused(db, value):
    def titled(value):
        return Edition.objects.filter(title=value).values_list("pk")

    with pytest.raises(TypeError):
        compiled_queries.rows(("another type",), titled, value=value)


def on(day):
    return Edition.objects.filter(first_published_at__date=day).order_by("pk").values_list("pk")


def test_a_day_is_a_parameter(shelf):
    for days in range(3):
        day = (FIRST + timedelta(days=days)).date()
        assert compiled_queries.rows(("on",), on, day=day) == list(on(day)) != []


def among(pks, titles, after):
    return Edition.objects.filter(pk__in=pks, title__in=titles, pk__gt=after).order_by("pk").values_list("pk", "title")


@given(pks=st.sets(st.integers(-1, 60)), titles=st.integers(0, 9), after=st.integers(0, 5))
def test_lists_are_parameters_of_any_length(shelf, pks, titles, after):
    given = {"pks": pks, "titles": [one.title for one in shelf][:titles], "after": after}
    assert [tuple(row) for row in compiled_queries.rows(("among",), among, **given)] == list(among(**given))


def test_an_empty_list_finds_nothing_and_asks_nothing(shelf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert compiled_queries.rows(("empty",), among, pks=[], titles=["x"], after=0) == []
        assert compiled_queries.objects(("empty",), lambda pks: Edition.objects.filter(pk__in=pks), pks=()) == []


def cards(pks, start):
    """Objects with columns left out, another table's beside them, one that may be missing, and more annotated."""
    found = Edition.objects.filter(pk__in=pks, first_published_at__gte=start).order_by("-pk")
    found = found.annotate(named=Concat("title", Value("!")), has_picture=Q(picture__isnull=False))
    beside = ("article__state", "article__section", "picture")
    return found.select_related("article__section", "picture").only("title", "live_from", "sources", *beside)


def test_objects_are_what_the_query_gives(shelf, django_assert_num_queries):
    for number in (3, 9):
        given = {"pks": [one.pk for one in shelf][:number], "start": FIRST}
        with django_assert_num_queries(1):
            found = compiled_queries.objects(("cards",), cards, **given)
            told = [(one.named, one.article.state, one.article.section, one.picture) for one in found]
        own = list(cards(**given))
        assert [vars(one) | {"_state": None} for one in found] == [vars(one) | {"_state": None} for one in own]
        assert told == [(one.named, one.article.state, one.article.section, one.picture) for one in own]
        assert {picture is None for *_, picture in told} == {True, False}
        assert not any(one._state.adding for one in found)
        assert found[0].slug == own[0].slug  # what was left out is loaded when it is asked for


@pytest.mark.parametrize(
    "build",
    [
        lambda: Edition.objects.live().values_list("pk"),
        lambda: Edition.objects.filter(first_published_at__date=timezone.localdate()).values_list("pk"),
    ],
)
def test_a_question_that_reads_the_clock_itself_is_refused(db, build):
    with pytest.raises(ValueError, match="was read from the clock"):
        compiled_queries.rows(("clock", build), build)


def test_two_questions_do_not_mix(shelf):
    def first(brand):
        return Edition.objects.filter(source_brand=brand).values_list("title")

    def second(brand):
        return Tally.objects.filter(key=brand, month="").values_list("count")

    for _ in range(2):
        assert len(compiled_queries.rows(("one", 1), first, brand="paper0.example")) == 3
        assert [tuple(row) for row in compiled_queries.rows(("one", 2), second, brand="paper0.example")] == [(3,)]


def test_asking_is_one_query_and_builds_the_question_once(shelf, django_assert_num_queries):
    built = []

    def counted(brand):
        built.append(brand)
        return Edition.objects.filter(source_brand=brand).annotate(one=Value("fixed")).values_list("one", "pk")

    with django_assert_num_queries(3):
        found = [compiled_queries.rows(("counted",), counted, brand=f"paper{number}.example") for number in range(3)]

    assert len(built) == 1
    assert [[one for one, _ in rows] for rows in found] == [["fixed"] * 3] * 3


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_the_same_at_once_get_their_own_rows(monkeypatch):
    monkeypatch.setattr(compiled_queries, "_plans", {})
    publish_many([{"title": f"Ward {number}", "topics": [], "sources": []} for number in range(8)])
    gate, answers = threading.Barrier(8), {}

    def titled(title):
        return Edition.objects.filter(title=title).values_list("title")

    def ask(title):
        try:
            gate.wait(10)
            answers[title] = [tuple(compiled_queries.rows(("titled",), titled, title=title)[0]) for _ in range(20)]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=[f"Ward {number}"]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert answers == {f"Ward {number}": [(f"Ward {number}",)] * 20 for number in range(8)}
    assert len(compiled_queries._plans) == 1
    assert connection.vendor in next(iter(compiled_queries._plans))


def test_words_of_the_queryset_are_what_is_prepared(shelf):
    """A question written with the newsroom's own words is prepared like any other."""

    def live(at):
        return Edition.objects.live(at).newest_first().values_list("pk")

    at = datetime.now(tz=UTC) + timedelta(minutes=1)
    assert isinstance(live(at), EditionQuerySet)
    assert [pk for (pk,) in compiled_queries.rows(("live",), live, at=at)] == [
        edition.pk for edition in reversed(shelf)
    ]


def test_a_stand_in_for_a_number_fits_the_keys_of_every_database():
    most = BaseDatabaseOperations.integer_field_ranges["AutoField"][1]  # SQLite's own are wider
    assert 2_000_000_000 < compiled_queries._stand_in(1, 99) <= most
