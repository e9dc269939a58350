"""What readers narrow the list of offerings by."""

import pytest

from tests.factories import make_institution, make_offering, make_topic
from tests.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """Three offerings, and a retired one that no list holds."""
    twin, ehealth = make_topic("Gartner: Digital Twin"), make_topic("Symplur: #eHealth")
    acme, beta = make_institution(name="Acme"), make_institution(name="Beta & Sons")
    make_offering([twin], name="Old Heart", institution=acme, retired=True)
    return [
        make_offering([twin], name="Heart Box", institution=acme),
        make_offering([ehealth, twin], name="Lung Box", institution=beta),
        make_offering([], name="100% Heart"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [2, 0, 1]),
        ("q=", [2, 0, 1]),
        ("q=+", [2, 0, 1]),
        ("q=box", [0, 1]),
        ("q=box+HEART", [0]),
        ("q=100%25", [2]),
        ("q=old", []),
        ("topic=gartner-digital-twin", [0, 1]),
        ("topic=symplur-ehealth", [1]),
        ("institution=acme", [0]),
        ("institution=beta-and-sons&topic=symplur-ehealth&q=lung", [1]),
        ("institution=acme&topic=symplur-ehealth", []),
        ("topic=nothing", []),
        ("institution=nobody", []),
        ("topic=%00", []),
        ("q=%00", []),
    ],
)
def test_offerings_are_narrowed(client, shelf, asked, found):
    response = client.get(f"/offering/?{asked}")

    assert response.status_code == 200
    assert Page(response).main.stories == [(shelf[place].name, shelf[place].get_absolute_url()) for place in found]


def test_the_form_shows_what_was_asked_and_how_to_take_it_away(client, shelf):
    page = Page(client.get("/offering/?q=heart&topic=gartner-digital-twin&institution=acme"))

    assert page.main.one("input", name="q").attributes["value"] == "heart"
    for name, value in (("topic", "gartner-digital-twin"), ("institution", "acme")):
        chosen = page.main.one("select", name=name).all("option", selected="")
        assert [option.attributes["value"] for option in chosen] == [value]
    assert page.part("Chosen").links == [
        ("Remove “heart”", "?topic=gartner-digital-twin&institution=acme"),
        ("Remove Gartner: Digital Twin", "?q=heart&institution=acme"),
        ("Remove Acme", "?q=heart&topic=gartner-digital-twin"),
    ]
    assert page.meta("robots") == "noindex, follow"


def test_institutions_to_choose_from_are_those_in_use(client, shelf):
    make_institution(name="Gone", retired=True)

    options = Page(client.get("/offering/")).main.one("select", name="institution").all("option")

    assert [option.text for option in options] == ["Any institution", "Acme", "Beta & Sons"]


def test_where_nothing_matches_the_page_says_what_to_do(client, shelf):
    assert "No offering matches" in Page(client.get("/offering/?q=nothing")).main.text


def test_the_list_is_paged_from_a_to_z(client):
    for number in range(35):
        make_offering(name=f"Box {number:02}")

    first, second = (Page(client.get(address)) for address in ("/offering/?q=box", "/offering/?q=box&page=2"))

    assert [name for name, _ in first.main.stories + second.main.stories] == [f"Box {n:02}" for n in range(35)]
    assert first.paging == {"next": ("Next page", "?q=box&page=2")}
    assert second.paging == {"prev": ("Previous page", "?q=box")}


@pytest.mark.parametrize("page", ["2", "0", "x", "", "501"])
def test_a_page_that_there_is_not_is_a_404(client, shelf, page):
    assert client.get(f"/offering/?page={page}").status_code == 404
