"""One clock: what Django prints by itself looks like what the desk prints."""

from datetime import UTC, datetime

from django.urls import reverse
from django.utils import formats

from curation.admin import badges
from curation.models import SourceLink
from tests.factories import make_link

AT = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)


def test_django_writes_an_instant_as_the_desk_does():
    assert formats.localize(AT) == badges.moment(AT) == "23 November 2026, 09:02"


def test_the_list_of_sources_has_the_same_clock(client, curator):
    make_link()
    SourceLink.objects.update(created_at=AT)
    client.force_login(curator)
    assert "23 November 2026, 09:02" in client.get(reverse("admin:curation_sourcelink_changelist")).content.decode()
