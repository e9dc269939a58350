"""One's own feed at the desk: its address is made, shown once, renewed and ended."""

from django.urls import reverse

from curation.models import LogEntry

PAGE = reverse("admin:curation_calendar_feed")


def test_its_owner_makes_renews_and_ends_it_and_sees_it_once(at_desk, client, curator, db):
    desk = at_desk(curator)
    assert "Make" in desk.get(PAGE).content.decode()
    page = desk.post(PAGE)
    address = page.context["address"].removeprefix("http://localhost")
    assert address in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert client.get(address).status_code == 200
    html = desk.get(PAGE).content.decode()
    assert address not in html
    assert "it was read" in html
    desk.post(PAGE, {"end": "1"})
    assert client.get(address).status_code == 404
    assert [row.step for row in LogEntry.objects.filter(about__contains="calendar")] == ["deleted", "added"]
