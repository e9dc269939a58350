"""The newsroom's readers' pages, as readers meet them: one article, news and its months, authors, sources."""

from datetime import UTC, datetime

import pytest

from tests.bulk import on_day, publish_many
from tests.factories import (
    make_article,
    make_author,
    make_in,
    make_institution,
    make_link,
    make_offering,
    make_picture,
    make_published,
    make_topic,
    step,
)
from tests.markup import Page

pytestmark = pytest.mark.django_db


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return Page(response)


@pytest.fixture
def twin():
    return make_topic("Gartner: Digital Twin")


@pytest.fixture
def ehealth():
    return make_topic("Symplur: #eHealth")


# One article


def test_an_article_names_its_way_home(client, twin, ehealth):
    edition = make_published(title="A heart in numbers", topics=[twin, ehealth])

    page = page_of(client, edition.get_absolute_url())

    assert page.heading == "A heart in numbers"
    assert page.title == "A heart in numbers | Medigy"
    assert page.crumbs == [
        ("Home", "/"),
        ("News", "/news/"),
        ("Digital Twin", "/topic/gartner-digital-twin/"),
        ("A heart in numbers", None),
    ]
    assert page.canonical == f"http://localhost{edition.get_absolute_url()}"
    assert page.meta("robots") is None


def test_an_article_shows_its_words_and_dates(client):
    ada, ben = make_author(name="Ada Stein"), make_author(name="Ben Ode")
    edition = make_published(
        title="A heart in numbers",
        standfirst="A model of one heart, beating beside the patient’s own.",
        body="<p>It learns from every scan.</p><h2>And then?</h2><p>Nobody knows.</p>",
        bylines=[ben, ada],
        dated_at=datetime(2026, 1, 13, 8, 30, tzinfo=UTC),
        insights_name="The editor’s view",
        insights="<p>Worth a second look.</p>",
        pdf="https://example.org/paper.pdf",
    )

    page = page_of(client, edition.get_absolute_url())
    words = page.main.text

    assert "A model of one heart, beating beside the patient’s own." in words
    assert "It learns from every scan. And then? Nobody knows." in words
    assert "Worth a second look." in page.part("The editor’s view").text
    assert [link for link in page.main.links if link[1].startswith("/author/")] == [
        ("Ben Ode", "/author/ben-ode/"),
        ("Ada Stein", "/author/ada-stein/"),
    ]
    time = next(page.main.all("time"))
    assert (time.text, time.attributes["datetime"]) == ("13 January 2026", "2026-01-13T08:30:00+00:00")
    assert page.meta("description") == "A model of one heart, beating beside the patient’s own."
    assert page.meta("article:published_time") == "2026-01-13T08:30:00+00:00"
    assert ("Read the document (PDF)", "https://example.org/paper.pdf") in page.main.links


def test_a_date_that_is_a_day_is_shown_as_that_day_in_every_zone(client, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    noon = datetime(2026, 1, 12, 23, 0, tzinfo=UTC)  # noon of the 13th over there

    page = page_of(client, make_published(dated_at=noon, dated_day=True).get_absolute_url())

    time = next(page.main.all("time"))
    assert (time.text, time.attributes["datetime"]) == ("13 January 2026", "2026-01-13")


def test_topics_are_filed_by_taxonomy_in_the_articles_order(client, twin, ehealth):
    gym, plain = make_topic("Symplur: #Gym"), make_topic("Nursing")
    edition = make_published(topics=[ehealth, twin, gym, plain])

    filed = page_of(client, edition.get_absolute_url()).part("Filed under")

    assert filed.links == [
        ("#eHealth", "/topic/symplur-ehealth/"),
        ("#Gym", "/topic/symplur-gym/"),
        ("Digital Twin", "/topic/gartner-digital-twin/"),
        ("Nursing", "/topic/nursing/"),
    ]
    assert [heading.text for heading in filed.all("h3")] == ["Symplur", "Gartner", "Topics"]


def test_the_source_card_names_the_brand_and_leads_there(client):
    main = make_link("https://www.innotech.example/hearts?utm_source=x", title="Hearts", site_name="Innotech Today")
    further, via = make_link("https://journal.example/1", title="The paper"), make_link("https://list.example/9")
    edition = make_published(
        sources=[{"link": via.pk, "role": "via"}, {"link": main.pk, "role": "source"}]
        + [{"link": further.pk, "role": "source"}]
    )

    page = page_of(client, edition.get_absolute_url())
    card = page.part("The original")

    assert card.links == [
        ("list.example", "https://list.example/9"),
        ("Read the original at innotech.example", "https://www.innotech.example/hearts"),
        ("The paper", "https://journal.example/1"),
    ]
    assert "Hearts" in card.text
    assert "Innotech Today" in card.text
    assert ("innotech.example", "/source/innotech.example/") in page.main.links


def test_related_offerings_stand_in_order_and_say_what_they_share(client, twin, ehealth):
    gym, maker = make_topic("Symplur: #Gym"), make_institution(name="Acme")
    about = make_offering([twin], name="HeartBox", institution=maker)
    second = make_offering([ehealth, gym, twin], name="Zeta", summary="Beats in time.")
    third = make_offering([gym], name="Alpha")
    edition = make_published(
        topics=[twin, ehealth],
        offerings=[
            {"offering": second.pk, "role": "related"},
            {"offering": about.pk, "role": "about"},
            {"offering": third.pk, "role": "related"},
        ],
    )

    page = page_of(client, edition.get_absolute_url())

    assert page.part("About this offering").stories == [("HeartBox", "/offering/heartbox/")]
    assert "Acme" in page.part("About this offering").text
    related = page.part("Related offerings")
    assert related.stories == [("Zeta", "/offering/zeta/"), ("Alpha", "/offering/alpha/")]
    zeta, alpha = related.all("article")
    assert zeta.text.endswith("Beats in time. Shares #eHealth, Digital Twin; also #Gym")
    assert alpha.text.endswith("Also #Gym")


def test_a_retired_offering_or_topic_stays_where_it_is(client, twin):
    box = make_offering([twin], name="HeartBox")
    edition = make_published(topics=[twin], offerings=[box])
    for thing in (twin, box):
        type(thing).objects.filter(pk=thing.pk).update(retired=True)

    page = page_of(client, edition.get_absolute_url())

    assert page.part("Related offerings").stories == [("HeartBox", "/offering/heartbox/")]
    assert page.part("Filed under").links == [("Digital Twin", "/topic/gartner-digital-twin/")]
    assert page_of(client, "/offering/heartbox/").stories == [(edition.title, edition.get_absolute_url())]


def test_more_on_its_topic_and_the_neighbours_in_time(client, twin):
    days = publish_many([on_day(number, title=f"Day {number}", topics=[twin]) for number in range(6)])
    publish_many([on_day(2, title="Elsewhere")])

    page = page_of(client, days[2].get_absolute_url())

    assert [title for title, _ in page.main.stories] == ["Day 5", "Day 4", "Day 3"]
    assert page.paging == {
        "prev": ("Earlier in Digital Twin Day 1", days[1].get_absolute_url()),
        "next": ("Later in Digital Twin Day 3", days[3].get_absolute_url()),
    }
    assert "prev" not in page_of(client, days[0].get_absolute_url()).paging
    assert "next" not in page_of(client, days[5].get_absolute_url()).paging


def test_neighbours_that_share_a_date_are_met_one_after_the_other(client, twin):
    """A day is kept as its noon, so many share one instant: a reader who goes on meets each of them once."""
    editions = publish_many([on_day(number // 4, topics=[twin]) for number in range(8)])
    ordered = [edition.get_absolute_url() for edition in reversed(editions)]

    met, here = [], ordered[0]
    while here:
        met.append(here)
        here = page_of(client, here).paging.get("prev", ("", None))[1]
        assert len(met) <= len(ordered)
    assert met == ordered
    back = [ordered[-1]]
    while step_on := page_of(client, back[-1]).paging.get("next"):
        back.append(step_on[1])
        assert len(back) <= len(ordered)
    assert back == ordered[::-1]


def test_a_change_after_the_day_is_told_and_moves_nothing(client, clock, twin):
    first = make_published(title="A heart in numbers", topics=[twin])
    clock.turn(hours=1)
    other = make_published(title="Next", topics=[twin])
    clock.turn(days=3)
    step("edit", first.article, changes={"body": "<p>It learns from every scan but one.</p>"})
    step("approve", first.article)
    step("publish", first.article, note="The number of scans was wrong.")

    page = page_of(client, first.get_absolute_url())

    assert "Updated 5 November 2026 The number of scans was wrong." in page.main.text
    assert "every scan but one" in page.main.text
    assert [address for _, address in page_of(client, "/news/").main.stories] == [
        other.get_absolute_url(),
        first.get_absolute_url(),
    ]


def test_an_article_of_nothing_but_a_very_long_title_is_a_page(client):
    title = ("Pneumonoultramicroscopicsilicovolcanoconiosis " * 5)[:200].strip()
    bare = {"standfirst": "", "body": "", "sources": [], "topics": []}
    edition = publish_many([{"title": title} | bare])[0]

    page = page_of(client, edition.get_absolute_url())

    assert page.heading == title
    assert page.crumbs == [("Home", "/"), ("News", "/news/"), (title, None)]
    assert [page.part(name) for name in ("The original", "Filed under", "Related offerings")] == [None, None, None]
    assert page.main.stories == []
    for address in ("/", "/news/", "/news/feed.xml"):
        assert title in client.get(address).content.decode()
    assert page_of(client, "/").part("Sources lately") is None


def test_words_are_never_markup(client, twin):
    author = make_author(name="<b>Ada</b>")
    link = make_link("https://example.org/x", title="<script>alert(1)</script>", site_name="<i>site</i>")
    edition = make_published(
        title="<script>alert('title')</script> & co",
        standfirst='"><img src=x onerror=alert(1)>',
        bylines=[author],
        sources=[link],
        insights_name="<u>Box</u>",
        insights="<p>Fine.</p>",
        note="<em>note</em>",
    )

    for address in (edition.get_absolute_url(), "/news/", "/", "/news/feed.xml", "/author/"):
        source = client.get(address).content.decode()
        for markup in ("<script>alert", "<img src=x", "<b>Ada", "<i>site", "<u>Box", "<em>note"):
            assert markup not in source
    assert page_of(client, edition.get_absolute_url()).heading == "<script>alert('title')</script> & co"


def test_a_picture_is_shown_in_every_format_it_has(client):
    name = "abcdefghij2345672345"
    picture = make_picture(name=name, colour=7, widths={"jpeg": [320, 640], "webp": [320, 640], "avif": [640]})
    edition = make_published(picture_id=picture.pk, picture_alt="A ward", picture_credit="By Ada", focus_x=20)

    page = page_of(client, edition.get_absolute_url())

    image = next(page.main.all("img"))
    assert image.attributes["src"] == f"/media/{name}-640.jpg"
    assert image.attributes["alt"] == "A ward"
    assert [source.attributes["srcset"] for source in page.main.all("source")] == [
        f"/media/{name}-640.avif 640w",
        f"/media/{name}-320.webp 320w, /media/{name}-640.webp 640w",
    ]
    assert "By Ada" in page.main.text
    assert page.meta("og:image") == f"http://localhost/media/{name}-640.jpg"


@pytest.mark.parametrize("state", ["missing", "queued", "failed", "ready"])
def test_where_no_picture_can_be_shown_a_cover_stands(client, state):
    picture = make_picture(state=state, widths={})
    edition = make_published(picture_id=picture.pk)

    page = page_of(client, edition.get_absolute_url())

    cover = next(page.main.all("img")).attributes["src"]
    assert cover == f"/cover/{edition.cover}"
    assert client.get(cover).status_code == 200
    assert page_of(client, "/news/").main.stories == [(edition.title, edition.get_absolute_url())]


# News and its months


def test_news_before_anything_was_published_says_so(client):
    page = page_of(client, "/news/")

    assert page.heading == "News"
    assert "Nothing published here yet" in page.main.text
    assert page.crumbs == [("Home", "/"), ("News", None)]
    assert page.feeds == [("News: every brief", "/news/feed.xml")]


def test_news_shows_the_newest_and_leads_on_to_months(client):
    editions = publish_many([on_day(number) for number in range(40)])  # 5 January to 13 February

    page = page_of(client, "/news/")

    assert page.main.stories == [(e.title, e.get_absolute_url()) for e in reversed(editions[20:])]
    assert page.paging == {"next": ("Older: January 2026", "/news/2026/01/")}
    assert page.part("By month").links == [
        ("February 202613 briefs", "/news/2026/02/"),
        ("January 202627 briefs", "/news/2026/01/"),
    ]


def test_a_row_says_where_from_when_and_on_what(client, twin, ehealth):
    edition = make_published(
        title="A heart in numbers",
        topics=[twin, ehealth, make_topic()],
        sources=[make_link("https://www.innotech.example/hearts")],
        dated_at=datetime(2026, 1, 13, 8, 30, tzinfo=UTC),
    )

    row = next(page_of(client, "/news/").main.all("article"))

    assert row.links == [
        ("Digital Twin", "/topic/gartner-digital-twin/"),
        ("#eHealth", "/topic/symplur-ehealth/"),
        ("A heart in numbers", edition.get_absolute_url()),
    ]
    assert row.text.endswith(f"{edition.summary} innotech.example 13 January 2026 1 min")


def test_a_month_is_paged_inside_itself(client):
    editions = publish_many([on_day(number // 2) for number in range(50)])  # 50 articles, all of January
    older = publish_many([on_day(-20)])[0]
    newer = publish_many([on_day(40)])[0]

    pages = [page_of(client, f"/news/2026/01/?page={number}") for number in (1, 2, 3)]

    assert [url for page in pages for _, url in page.main.stories] == [
        edition.get_absolute_url() for edition in reversed(editions)
    ]
    assert [page.paging for page in pages] == [
        {
            "prev": ("February 2026", "/news/2026/02/"),
            "next": ("Older briefs", "/news/2026/01/?page=2"),
        },
        {"prev": ("Newer briefs", "/news/2026/01/"), "next": ("Older briefs", "/news/2026/01/?page=3")},
        {
            "prev": ("Newer briefs", "/news/2026/01/?page=2"),
            "next": ("December 2025", "/news/2025/12/"),
        },
    ]
    assert pages[0].heading == "January 2026"
    assert pages[0].crumbs == [("Home", "/"), ("News", "/news/"), ("January 2026", None)]
    assert page_of(client, "/news/2025/12/").main.stories == [(older.title, older.get_absolute_url())]
    assert page_of(client, "/news/2026/02/").main.stories == [(newer.title, newer.get_absolute_url())]


def test_a_month_is_the_newsrooms_own(client, settings):
    settings.TIME_ZONE = "Australia/Sydney"
    late = make_published(dated_at=datetime(2026, 1, 31, 20, 0, tzinfo=UTC))

    assert page_of(client, "/news/2026/02/").main.stories == [(late.title, late.get_absolute_url())]
    assert client.get("/news/2026/01/").status_code == 404


NOWHERE = (
    "/news/2026/01/?page=2", "/news/2026/01/?page=0", "/news/2026/01/?page=abc", "/news/2026/01/?page=",
    "/news/2026/01/?page=501", "/news/2026/01/?page=-1", "/news/2026/01/?page=01", "/news/2026/01/?page=1.0",
    "/news/2026/01/?page=٢", "/news/2026/02/", "/news/2025/12/", "/news/2026/13/", "/news/2026/1/",
    "/news/1066/10/", "/news/9999/12/", "/news/0000/01/",
    "/news/?page=2", "/news/?page=0", "/news/?page=abc", "/news/?q=a&page=2", "/news/?q=a&page=x",
    "/news/?q=nothing&page=2", "/author/ada/?page=2", "/author/ada/?page=zero", "/source/example.org/?page=2",
    "/source/example.org/?page=0", "/author/nobody/", "/source/nowhere.example/",
)  # fmt: skip


def test_a_page_that_there_is_not_is_a_404(client):
    publish_many([on_day(3, bylines=[make_author(name="Ada")])])

    assert {address: client.get(address).status_code for address in NOWHERE} == dict.fromkeys(NOWHERE, 404)


# Authors and sources


def test_authors_are_listed_once_something_of_theirs_is_live(client):
    ada, ben, zoe = (make_author(name=name) for name in ("Ada Stein", "Ben Ode", "Zoë Arc"))
    make_published(bylines=[zoe, ada])
    make_published(bylines=[ada])
    make_in("approved", bylines=[ben])

    page = page_of(client, "/author/")

    assert page.crumbs == [("Home", "/"), ("Authors", None)]
    assert [link for link in page.main.links if "/author/" in link[1]] == [
        ("Ada Stein2 briefs", "/author/ada-stein/"),
        ("Zoë Arc1 briefs", "/author/zoe-arc/"),
    ]
    assert client.get("/author/ben-ode/").status_code == 404


def test_an_authors_page_holds_what_they_wrote_newest_first(client):
    ada = make_author(name="Ada Stein")
    editions = publish_many([on_day(number, bylines=[make_author(), ada]) for number in range(23)])

    page = page_of(client, "/author/ada-stein/")

    assert page.heading == "Ada Stein"
    assert page.crumbs == [("Home", "/"), ("Authors", "/author/"), ("Ada Stein", None)]
    assert page.main.stories == [(e.title, e.get_absolute_url()) for e in reversed(editions[3:])]
    assert page.paging == {"next": ("Older briefs", "?page=2")}
    last = page_of(client, "/author/ada-stein/?page=2")
    assert last.main.stories == [(e.title, e.get_absolute_url()) for e in reversed(editions[:3])]
    assert last.paging == {"prev": ("Newer briefs", "/author/ada-stein/")}


def test_a_sources_page_holds_what_was_read_there(client):
    here = make_published(sources=[make_link("https://www.innotech.example/1")])
    make_published(sources=[make_link("https://other.example/1"), make_link("https://innotech.example/2")])

    page = page_of(client, "/source/innotech.example/")

    assert page.heading == "innotech.example"
    assert page.crumbs == [("Home", "/"), ("Sources", "/source/"), ("innotech.example", None)]
    assert page.main.stories == [(here.title, here.get_absolute_url())]
    assert [link for link in page_of(client, "/source/").main.links if "/source/" in link[1]] == [
        ("innotech.example1 briefs", "/source/innotech.example/"),
        ("other.example1 briefs", "/source/other.example/"),
    ]


@pytest.mark.parametrize(("address", "words"), [("/author/", "No author yet"), ("/source/", "No source yet")])
def test_an_empty_index_says_what_will_stand_there(client, address, words):
    assert words in page_of(client, address).main.text


# Covers


def test_a_cover_may_be_kept_for_ever_under_its_own_policy(client):
    edition = make_published()

    response = client.get(f"/cover/{edition.cover}")

    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"] != client.get("/")["Content-Security-Policy"]
    assert response.content.startswith(b"<svg")


@pytest.mark.parametrize("name", ["nothing.svg", "contours-36-9f3a2c1b.svg", "contours-1-9f3a2c1b.png", "x"])
def test_an_unknown_cover_is_a_404(client, name):
    assert client.get(f"/cover/{name}").status_code == 404


# What a visit changes


def test_an_edition_opens_and_ends_by_the_clock_alone(client, clock):
    article = make_in("approved", title="At noon")
    edition = step("publish", article, at=clock.after(hours=3), until=clock.after(hours=5)).edition
    answers = []
    for _ in range(3):
        answers.append((client.get(edition.get_absolute_url()).status_code, "At noon" in client.get("/news/").text))
        clock.turn(hours=3)

    assert answers == [(404, False), (200, True), (410, False)]


def test_the_newest_words_of_the_desk_are_not_shown(client):
    edition = make_published(title="What readers see")
    step("edit", edition.article, changes={"title": "What the desk writes"})
    make_article(title="What the desk writes")

    for address in ("/", "/news/", edition.get_absolute_url(), "/news/?q=writes"):
        assert "What the desk writes" not in client.get(address).text
