"""Each person's own desk: what they may choose, whose row it is, and whose clock is shown and read."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.models import Article, Preference
from tests.factories import make_article, make_in, make_published, step

PAGE = "admin:curation_preferences"
CHOSEN = {"density": "compact", "scheme": "dark", "zone": "Asia/Tokyo", "shortcuts": ""}


@pytest.fixture
def desk(client, curator):
    """The browser of a curator."""
    client.force_login(curator)
    return client


def choose(client, **given):
    return client.post(reverse(PAGE), CHOSEN | given)


def row_of(person):
    return Preference.objects.filter(user=person).values("density", "scheme", "zone", "shortcuts").first()


def test_who_never_chose_has_the_defaults_and_no_row(desk, curator):
    page = desk.get(reverse(PAGE)).content.decode()
    assert 'data-density="calm" data-scheme="" data-shortcuts="on" data-zone="UTC"' in page
    assert row_of(curator) is None


def test_who_never_chose_saves_the_page_as_it_is_shown(desk, curator):
    form = desk.get(reverse(PAGE)).context["form"]
    shown = {field.name: field.value() for field in form}
    assert form["scheme"].value() in dict(form.fields["scheme"].choices)
    assert desk.post(reverse(PAGE), shown).status_code == 302
    assert row_of(curator) == {"density": "calm", "scheme": "auto", "zone": "", "shortcuts": True}


def test_what_is_chosen_is_kept_and_on_every_page_at_once(desk, curator):
    assert choose(desk).status_code == 302
    assert row_of(curator) == {"density": "compact", "scheme": "dark", "zone": "Asia/Tokyo", "shortcuts": False}
    page = desk.get(reverse("admin:index")).content.decode()
    assert 'data-density="compact" data-scheme="dark" data-shortcuts="off" data-zone="Asia/Tokyo"' in page


def test_it_is_there_after_signing_in_elsewhere(desk, curator):
    choose(desk)
    desk.logout()
    assert "data-density" not in desk.get(reverse("admin:login")).content.decode()
    desk.force_login(curator)
    assert 'data-scheme="dark"' in desk.get(reverse("admin:index")).content.decode()


def test_nobody_changes_what_another_chose(client, curator, manager):
    client.force_login(manager)
    choose(client)
    client.force_login(curator)
    theirs = Preference.objects.get(user=manager)
    choose(client, zone="Europe/Berlin", user=manager.pk, id=theirs.pk, pk=theirs.pk)
    assert (row_of(manager)["zone"], row_of(curator)["zone"]) == ("Asia/Tokyo", "Europe/Berlin")
    assert client.get(f"/admin/curation/preference/{theirs.pk}/change/").status_code == 404
    assert "Preference" not in client.get(reverse("admin:index")).content.decode()


def test_a_reader_has_none(client, reader):
    client.force_login(reader)
    assert choose(client).status_code == 302
    assert client.post(reverse("admin:curation_preferences_scheme"), {"scheme": "dark"}).status_code == 302
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"zone": "/etc/localtime"},
        {"zone": "x" * 300},
        {"zone": "<script>"},
        {"density": "airy"},
        {"scheme": "sepia"},
        {"density": ""},
    ],
)
def test_what_does_not_exist_is_refused_at_its_field(desk, curator, given):
    page = choose(desk, **given)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == given.keys()
    assert row_of(curator) is None


@pytest.mark.parametrize(
    ("typed", "zone"), [("asia/tokyo", "Asia/Tokyo"), (" America/New York ", "America/New_York"), ("  ", "")]
)
def test_a_zone_is_kept_as_it_is_spelled_everywhere(desk, curator, typed, zone):
    choose(desk, zone=typed)
    assert row_of(curator)["zone"] == zone


@pytest.mark.parametrize(("scheme", "status"), [("light", 204), ("auto", 204), ("sepia", 400), ("", 400)])
def test_the_button_in_the_bar_keeps_the_scheme_alone(desk, curator, scheme, status):
    choose(desk)
    assert desk.post(reverse("admin:curation_preferences_scheme"), {"scheme": scheme}).status_code == status
    kept = scheme if status == 204 else "dark"
    assert row_of(curator) == {"density": "compact", "scheme": kept, "zone": "Asia/Tokyo", "shortcuts": False}
    assert f'data-scheme="{kept}"' in desk.get(reverse("admin:index")).content.decode()
    assert desk.get(reverse("admin:curation_preferences_scheme")).status_code == 405


def test_a_session_that_holds_nonsense_is_mended(desk, curator):
    session = desk.session
    session["desk"] = {"density": "compact"}
    session.save()
    assert 'data-density="calm"' in desk.get(reverse(PAGE)).content.decode()


def test_no_page_asks_for_it(desk, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session, the person
        desk.get(reverse("admin:curation_preferences_scheme"))


# Clocks --------------------------------------------------------------------------------------------------------------


def test_the_desk_shows_ones_own_clock_and_readers_the_newsrooms(client, manager):
    at = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    edition = make_published(at=timezone.now())
    edition.article.log.create(step="name", actor="x", to_state="approved", at=at)
    client.force_login(manager)
    page = reverse("admin:curation_article_history", args=[edition.article_id])
    assert "1 March 2026, 20:30" in client.get(page).content.decode()
    choose(client)
    assert "2 March 2026, 05:30" in client.get(page).content.decode()
    assert timezone.get_current_timezone_name() == "UTC"
    readers = client.get(edition.get_absolute_url()).content.decode()
    client.logout()
    assert readers == client.get(edition.get_absolute_url()).content.decode()


def test_an_hour_is_read_on_the_clock_that_stands_beside_it(client, manager):
    article = make_in("approved", owner=manager)
    client.force_login(manager)
    choose(client)
    assert "Your time (Asia/Tokyo)." in client.get(page_of(article)).content.decode()
    data = {"edit": article.edit, "at": "2030-01-01T09:00"}
    client.post(reverse("admin:curation_article_step", args=[article.pk, "publish"]), data)
    assert article.editions.get().live_from == datetime(2030, 1, 1, tzinfo=UTC)


def page_of(article):
    return reverse("admin:curation_article_change", args=[article.pk])


def test_a_date_is_read_on_ones_own_clock_and_stored_as_an_instant(client, curator):
    article = make_article(owner=curator)
    client.force_login(curator)
    choose(client)
    send(client, article, dated_at="2026-03-02T05:30:00")
    stored = Article.objects.get(pk=article.pk)
    assert stored.dated_at == datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    assert stored.versions.first().content["dated_at"] == "2026-03-01T20:30:00+00:00"
    assert 'value="2026-03-02T05:30:00"' in client.get(page_of(article)).content.decode()


def test_a_day_is_the_newsrooms_day_whoever_types_it(client, curator):
    article = make_article(owner=curator)
    client.force_login(curator)
    choose(client)
    send(client, article, dated_at="2026-03-02T05:30:00", dated_day="on")
    stored = Article.objects.get(pk=article.pk)
    assert (stored.dated_at, stored.dated_day) == (datetime(2026, 3, 2, 5, 30, tzinfo=UTC), True)
    assert 'value="2026-03-02T05:30:00"' in client.get(page_of(article)).content.decode()


def test_a_day_that_becomes_one_keeps_its_digits(client, curator):
    article = make_article(owner=curator)
    step("edit", article, changes={"dated_at": datetime(2026, 3, 1, 20, 30, tzinfo=UTC)})
    client.force_login(curator)
    choose(client)
    send(client, article, dated_at="2026-03-02T05:30:00", dated_day="on")
    assert Article.objects.get(pk=article.pk).dated_at == datetime(2026, 3, 2, 5, 30, tzinfo=UTC)


def send(client, article, **given):
    article.refresh_from_db()
    form = client.get(page_of(article)).context["adminform"].form
    data = {"edit": article.edit, "seen": form.seen, "title": article.title, "standfirst": article.standfirst}
    data |= {"body": article.body, "section": article.section_id, "focus_x": 50, "focus_y": 50}
    data |= {"topic_list": [row.tag_id for row in article.article_topics.all()]}
    data |= {"source_list": [row.link_id for row in article.article_sources.all()], "source_list-role": ["source"]}
    answer = client.post(page_of(article), data | {"source_list-reason": [""]} | given)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
