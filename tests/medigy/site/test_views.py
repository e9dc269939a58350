"""The pages that join newsroom and catalogue, and what every page costs."""

import re
from datetime import UTC, datetime

import pytest
from django.db import transaction

from medigy.site.views import RIVER, SECONDS, pulse, website
from tests.bulk import on_day, price, publish_many
from tests.factories import (
    make_author,
    make_in,
    make_institution,
    make_link,
    make_offering,
    make_published,
    make_taxonomy,
    make_topic,
    step,
)
from tests.markup import Page

pytestmark = pytest.mark.django_db


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response)


def shown(editions):
    return [(edition.title, edition.get_absolute_url()) for edition in editions]


# The front page


def test_the_front_page_of_an_empty_newsroom_says_what_is_to_come(client):
    page = page_of(client, "/")

    assert "The first brief is being written" in page.main.text
    assert page.title == "Medigy: Healthcare innovation, read closely and told briefly."
    assert page.main.stories == []


@pytest.mark.parametrize("address", ["/", "/about/", "/topic/", "/offering/", "/institution/", "/author/", "/source/"])
def test_every_page_that_is_found_by_others_describes_itself(client, address):
    described = page_of(client, address).meta("description")
    assert described.endswith("Healthcare innovation, read closely and told briefly.")


def test_the_front_page_leads_with_the_newest_and_goes_on_by_day(client):
    editions = publish_many([on_day(number // 3) for number in range(24)])  # 5 to 12 January
    newest = editions[::-1]
    shown_days = [edition.first_published_at for edition in newest[1 + SECONDS :][:RIVER]]

    page = page_of(client, "/")

    assert page.main.stories == shown(newest[: 1 + SECONDS + RIVER])
    assert page.part("Also in the news").stories == shown(newest[1:5])
    days = [heading.text for heading in page.part("The latest briefs").all("h3") if not heading.links]
    assert days == list(dict.fromkeys(f"{day:%A} {day.day} January" for day in shown_days))
    assert ("More briefs", "/news/") in page.part("The latest briefs").links


@pytest.mark.parametrize("size", [1, 2, 1 + SECONDS, 2 + SECONDS, 1 + SECONDS + RIVER])
def test_the_front_page_shows_each_article_once(client, size):
    editions = publish_many([on_day(number) for number in range(size)])

    page = page_of(client, "/")

    assert page.main.stories == shown(editions[::-1])
    assert ("More briefs" in page.main.text) == (size == 1 + SECONDS + RIVER)


def test_the_rail_names_the_busiest_topics_and_sources(client):
    twin, swarm = make_topic("Gartner: Digital Twin"), make_topic("Gartner: Swarms")
    ehealth, unused = make_topic("Symplur: #eHealth"), make_topic("Gartner: Unused")
    paper, journal = "https://paper.example", "https://www.journal.example"
    publish_many(
        [
            {"topics": [swarm, ehealth], "sources": [make_link(f"{paper}/1")]},
            {"topics": [twin], "sources": [make_link(f"{journal}/1")]},
            {"topics": [twin, swarm], "sources": [make_link(f"{journal}/2")]},
            {"topics": [twin], "sources": []},
        ]
    )
    make_in("approved", topics=[unused])

    page = page_of(client, "/")

    assert page.part("Gartner") is not None
    assert page.part("Topics").links == [
        ("A–Z", "/topic/"),
        ("Digital Twin3 briefs", "/topic/gartner-digital-twin/"),
        ("Swarms2 briefs", "/topic/gartner-swarms/"),
        ("#eHealth1 briefs", "/topic/symplur-ehealth/"),
    ]
    assert page.part("Sources lately").links == [
        ("All sources", "/source/"),
        ("journal.example2 briefs", "/source/journal.example/"),
        ("paper.example1 briefs", "/source/paper.example/"),
    ]


def test_newly_connected_offerings_are_those_that_something_live_names(client):
    offerings = [make_offering(name=f"Box {number}") for number in range(7)]
    live = publish_many([{"offerings": [offering]} for offering in offerings[:6]])
    make_in("approved", offerings=[offerings[6]])
    step("withdraw", live[5].article, reason="It was wrong.")

    page = page_of(client, "/")

    assert page.part("Newly connected offerings").stories == [
        (f"Box {number}", f"/offering/box-{number}/") for number in (4, 3, 2, 1)
    ]


# Topics


def test_topics_are_listed_by_taxonomy_from_a_to_z(client):
    make_taxonomy(name="Symplur", position=1)
    make_taxonomy(name="Gartner", position=2)
    topics = [make_topic(name) for name in ("Symplur: #eHealth", "Symplur: dialysis", "Gartner: Swarms", "Nursing")]
    make_in("approved", topics=[make_topic("Symplur: Unused")])
    publish_many([{"topics": topics}, {"topics": topics[:1]}])

    page = page_of(client, "/topic/")

    assert page.crumbs == [("Home", "/"), ("Topics", None)]
    assert [(heading.text, heading.parent_of("section").links) for heading in page.main.all("h2")] == [
        ("Topics", [("Nursing1 briefs", "/topic/nursing/")]),
        ("Symplur", [("dialysis1 briefs", "/topic/symplur-dialysis/"),
                     ("#eHealth2 briefs", "/topic/symplur-ehealth/")]),
        ("Gartner", [("Swarms1 briefs", "/topic/gartner-swarms/")]),
    ]  # fmt: skip


def test_a_topics_page_holds_its_articles_offerings_and_neighbours(client):
    twin, ehealth = make_topic("Gartner: Digital Twin", description="A model of one thing."), make_topic("Nursing")
    twin.synonyms.create(spelling="digital twins")
    twin.synonyms.create(spelling="DIGITAL TWIN")
    box = make_offering([ehealth, twin], name="Heart Box", institution=make_institution(name="Acme"))
    make_offering([twin], name="A Retired Box", retired=True)
    make_offering([ehealth], name="Elsewhere")
    editions = publish_many(
        [on_day(0, topics=[twin, ehealth]), on_day(1, topics=[ehealth]), on_day(2, topics=[ehealth, twin])]
    )

    page = page_of(client, "/topic/gartner-digital-twin/")

    assert page.heading == "Digital Twin"
    assert page.crumbs == [("Home", "/"), ("Topics", "/topic/"), ("Digital Twin", None)]
    assert page.meta("description") == "A model of one thing."
    assert page.feeds[0] == ("Briefs on Digital Twin", "/topic/gartner-digital-twin/feed.xml")
    assert "Also called digital twins." in page.main.text
    assert page.part("Briefs").stories == shown([editions[2], editions[0]])
    assert page.part("Offerings").stories == [("Heart Box", "/offering/heart-box/")]
    assert "Acme" in page.part("Offerings").text
    assert "also Nursing" in page.part("Offerings").text.replace("Also", "also")
    assert page.part("Neighbouring topics").links == [("Topics Nursing 2 in common", "/topic/nursing/")]
    counts = [(term.text, term.parent.one("dd").text) for term in page.main.all("dt")]
    assert counts[:2] == [("briefs", "2"), ("offering", "1")]
    assert box.get_absolute_url() == "/offering/heart-box/"


def test_a_topic_without_articles_says_so(client):
    make_topic("Gartner: Digital Twin")

    page = page_of(client, "/topic/gartner-digital-twin/")

    assert "No brief here yet" in page.main.text
    assert page.main.stories == []
    assert client.get("/topic/gartner-digital-twin/2026/01/").status_code == 404


def test_a_topic_is_leafed_through_by_month(client):
    topic = make_topic("Gartner: Digital Twin")
    editions = publish_many([on_day(number, topics=[topic]) for number in range(40)])  # to 13 February
    publish_many([on_day(60)])

    newest, january = (page_of(client, f"/topic/gartner-digital-twin/{way}") for way in ("", "2026/01/"))

    assert newest.part("Briefs").stories == shown(editions[:19:-1])
    assert newest.paging == {"next": ("Older: January 2026", "/topic/gartner-digital-twin/2026/01/")}
    assert newest.part("By month").links == [
        ("February 202613 briefs", "/topic/gartner-digital-twin/2026/02/"),
        ("January 202627 briefs", "/topic/gartner-digital-twin/2026/01/"),
    ]
    assert january.part("Briefs").stories == shown(editions[26:6:-1])
    assert january.title == "Digital Twin, January 2026 | Medigy"
    assert january.crumbs[-2:] == [("Digital Twin", "/topic/gartner-digital-twin/"), ("January 2026", None)]
    assert january.paging == {
        "prev": ("February 2026", "/topic/gartner-digital-twin/2026/02/"),
        "next": ("Older briefs", "/topic/gartner-digital-twin/2026/01/?page=2"),
    }
    second = page_of(client, "/topic/gartner-digital-twin/2026/01/?page=2")
    assert second.part("Briefs").stories == shown(editions[6::-1])


@pytest.mark.parametrize("way", ["?page=2", "?page=x", "2026/02/", "2026/01/?page=2", "2026/01/?page=0", "2026/13/"])
def test_a_page_of_a_topic_that_there_is_not_is_a_404(client, way):
    publish_many([on_day(0, topics=[make_topic("Gartner: Digital Twin")])])

    assert client.get(f"/topic/gartner-digital-twin/{way}").status_code == 404


def test_the_pulse_of_a_topic_is_its_last_two_years():
    now = datetime(2026, 11, 2, tzinfo=UTC)

    bars = pulse({"": 9, "2026-11": 4, "2025-01": 1, "2024-12": 8, "2024-11": 99}, now)

    assert [bar["label"] for bar in bars] == [
        f"{month} {year}" for year in (2024, 2025, 2026)
        for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    ][11:35]  # fmt: skip
    assert [bar["count"] for bar in bars if bar["count"]] == [8, 1, 4]
    assert (bars[0]["height"], bars[0]["y"], bars[1]["height"], bars[-1]["height"]) == (64, 12, 8, 32)
    assert [bar["x"] for bar in bars] == sorted({bar["x"] for bar in bars})
    assert pulse({}, now) == pulse({"": 3, "2019-01": 3}, now) == []


# Offerings and institutions


@pytest.mark.parametrize(
    ("address", "words"), [("/offering/", "No offering yet"), ("/institution/", "No institution yet"),
                           ("/topic/", "No topic yet")],
)  # fmt: skip
def test_an_empty_index_says_what_will_stand_there(client, address, words):
    assert words in page_of(client, address).main.text


def test_an_offerings_page_holds_what_it_is_and_who_named_it(client):
    twin, ehealth = make_topic("Gartner: Digital Twin"), make_topic("Symplur: #eHealth")
    maker = make_institution(name="Acme")
    box = make_offering(
        [ehealth, twin],
        name="Heart Box",
        institution=maker,
        summary="It beats.",
        website="https://www.acme.example/box",
    )
    near, nearer = make_offering([twin], name="A Near Box"), make_offering([twin, ehealth], name="The Nearest Box")
    make_offering([make_topic()], name="A Far Box")
    about, related, _ = publish_many(
        [
            on_day(0, offerings=[{"offering": box.pk, "role": "about"}]),
            on_day(1, offerings=[{"offering": near.pk, "role": "related"}, {"offering": box.pk, "role": "related"}]),
            on_day(2, offerings=[nearer]),
        ]
    )

    page = page_of(client, "/offering/heart-box/")

    assert page.heading == "Heart Box"
    assert page.crumbs == [("Home", "/"), ("Offerings", "/offering/"), ("Heart Box", None)]
    assert page.meta("description") == "It beats."
    assert ("Acme", "/institution/acme/") in page.main.links
    assert ("acme.example", "https://www.acme.example/box") in page.main.links
    assert page.part("Filed under").links == [
        ("#eHealth", "/topic/symplur-ehealth/"),
        ("Digital Twin", "/topic/gartner-digital-twin/"),
    ]
    assert page.part("Briefs that name it").stories == shown([related, about])
    nearby = page.part("Offerings nearby")
    assert nearby.stories == [
        ("The Nearest Box", "/offering/the-nearest-box/"),
        ("A Near Box", "/offering/a-near-box/"),
    ]
    assert "Shares Digital Twin, #eHealth" in nearby.text


def test_an_offering_of_nobody_under_nothing_is_a_page(client):
    make_offering(name="Box")

    page = page_of(client, "/offering/box/")

    assert page.heading == "Box"
    assert "No brief has named Box so far." in page.main.text
    assert client.get("/offering/box/?page=2").status_code == 404
    assert client.get("/offering/nothing/").status_code == 404


def test_an_institutions_page_holds_its_offerings_and_their_articles(client):
    maker = make_institution(name="Acme & Co", summary="They make hearts.", website="https://acme.example/")
    beta, alpha = (make_offering(name=name, institution=maker) for name in ("Beta", "Alpha"))
    make_offering(name="Gone", institution=maker, retired=True)
    other = make_offering(name="Other", institution=make_institution())
    editions = publish_many(
        [on_day(0, offerings=[beta]), on_day(1, offerings=[other]), on_day(2, offerings=[alpha, beta, other])]
    )
    make_in("approved", offerings=[beta])

    page = page_of(client, "/institution/acme-and-co/")

    assert page.heading == "Acme & Co"
    assert page.crumbs == [("Home", "/"), ("Institutions", "/institution/"), ("Acme & Co", None)]
    assert ("acme.example", "https://acme.example/") in page.main.links
    assert page.part("Its offerings").stories == [("Alpha", "/offering/alpha/"), ("Beta", "/offering/beta/")]
    assert page.part("Briefs that name them").stories == shown([editions[2], editions[0]])
    assert client.get("/institution/nobody/").status_code == 404


def test_institutions_are_listed_with_how_much_they_offer(client):
    busy = make_institution(name="Zeta")
    make_institution(name="alpha")
    make_institution(name="Gone", retired=True)
    make_offering(institution=busy)
    make_offering(institution=busy, retired=True)

    page = page_of(client, "/institution/")

    assert [link for link in page.main.links if "/institution/" in link[1]] == [
        ("alpha0 offerings", "/institution/alpha/"),
        ("Zeta1 offerings", "/institution/zeta/"),
    ]


@pytest.mark.parametrize(
    ("address", "label"),
    [("https://www.acme.example/x", "acme.example"), ("http://ACME.example:8080", "acme.example"), ("", None)],
)
def test_a_website_is_named_by_its_host(address, label):
    link = website(address)

    assert (link and link.label) == label


def test_the_about_page_can_be_read(client):
    page = page_of(client, "/about/")

    assert page.crumbs == [("Home", "/"), ("About", None)]
    for _, address in page.links:
        if "/about/#" in address:
            assert len(list(page.all(id=address.partition("#")[2]))) == 1


# Everything


def newsroom_of(size):
    """One article with ``size`` topics and offerings, and ``size`` more under one topic, by one author, of a month."""
    shared, author = make_topic("Shared"), make_author(name="Ada")
    maker = make_institution(name="Acme")
    topics = [make_topic(f"Taxonomy {number % 5}: Topic {number}") for number in range(size)]
    boxes = [
        make_offering([shared, topics[number], topics[0]], name=f"Box {number}", institution=maker)
        for number in range(size)
    ]
    common = {"bylines": [author], "sources": [make_link()]}
    rich = on_day(0, title="Rich", topics=[shared, *topics], offerings=boxes, **common)
    rest = [
        on_day(number % 20, topics=[shared, topic], offerings=boxes[:2], bylines=[author, make_author()])
        | {"sources": [make_link("https://www.example.org/shared" + str(number)), make_link()]}
        for number, topic in enumerate(topics)
    ]
    publish_many([rich, *rest, on_day(40)])
    withdrawn = make_published(title="Withdrawn")
    step("withdraw", withdrawn.article, reason="It was wrong.")


DEAREST = {
    "/news/example-rich/": 5, "/news/": 5, "/news/2026/01/": 5, "/topic/shared/": 5, "/topic/shared/2026/01/": 5,
    "/news/?q=ward": 5, "/news/?topic=shared": 5, "/news/?taxonomy=taxonomy-1&source=example.org&since=2026-01-02": 5,
    "/": 9, "/topic/": 2, "/topic/taxonomy-0-topic-0/": 5, "/offering/": 4, "/offering/?topic=shared": 6,
    "/offering/box-0/": 6, "/institution/": 1, "/institution/acme/": 5, "/author/": 2, "/author/ada/": 3,
    "/source/": 1, "/source/example.org/": 2, "/about/": 0, "/news/feed.xml": 2, "/topic/shared/feed.xml": 3,
    "/sitemap.xml": 1, "/sitemap-news-2026-01.xml": 2,
}  # fmt: skip


def test_what_a_page_costs_does_not_depend_on_how_much_there_is(client):
    prices = []
    for size in (2, 45):
        with transaction.atomic():
            newsroom_of(size)
            prices.append({address: len(price(client, address)) for address in DEAREST})
            transaction.set_rollback(True)

    assert prices[0] == prices[1]
    assert {address: cost for address, cost in prices[1].items() if cost > DEAREST[address]} == {}


def test_every_link_of_every_page_leads_somewhere(client):
    """From the front page on, wherever our own links lead, there is a page, and no page is met by a detour."""
    newsroom_of(3)
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            continue
        for found in re.findall(r'(?:href|src|action)="([^"]+)"', response.text):
            target = found.replace("&amp;", "&").partition("#")[0]
            target = address.partition("?")[0] + target if target.startswith("?") else target
            ours = target.startswith("/") and not target.startswith("/static/")
            if ours and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert {"/news/2026/01/", "/topic/shared/feed.xml", "/institution/acme/", "/author/ada/"} <= seen
