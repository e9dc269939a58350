"""Links after a rule changed: cleaned and keyed anew, clashes told first, nothing lost."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from curation.editing import sources
from curation.models import LinkState, SourceLink
from tests import factories

pytestmark = pytest.mark.django_db


def kept(pasted, key, clean=""):
    """A link as an earlier rule kept it."""
    link = factories.make_link(f"https://old.example/{key}")
    clean = clean or pasted
    SourceLink.objects.filter(pk=link.pk).update(pasted=pasted, cleaned=clean, key=key, brand="old.example")
    return link


def stored(*links):
    return [SourceLink.objects.values_list("cleaned", "key", "brand").get(pk=link.pk) for link in links]


def told(**options):
    out = StringIO()
    call_command("reclean_links", stdout=out, **options)
    return out.getvalue().splitlines()


def test_links_are_cleaned_and_keyed_by_todays_rules():
    route = kept("https://app.example.org/#/story/1", "app.example.org")
    video = kept("https://youtu.be/abcdefghijk?si=x", "youtu.be/abcdefghijk")
    same = factories.make_link()
    before = stored(same)
    found = sources.reclean()
    assert [link.pk for link, _ in found.changed] == [route.pk, video.pk]
    assert sources.write(found) == 2
    assert stored(route, video, same) == [
        ("https://app.example.org/#/story/1", "app.example.org#/story/1", "app.example.org"),
        ("https://youtu.be/abcdefghijk", "youtube.com/watch?v=abcdefghijk", "youtu.be"),
        *before,
    ]
    assert SourceLink.objects.get(pk=video.pk).pasted == "https://youtu.be/abcdefghijk?si=x"
    assert sources.reclean() == sources.Recleaned([], [], [])


def test_two_that_are_one_page_by_now_are_named_and_stay():
    first = kept("https://doi.org/10.1000/XYZ", "doi.org/10.1000/XYZ")
    second = kept("https://dx.doi.org/10.1000/xyz", "dx.doi.org/10.1000/xyz")
    found = sources.reclean()
    assert [(one.pk, other.pk) for one, other in found.clashes] == [(first.pk, second.pk)]
    sources.write(found)
    assert [key for _, key, _ in stored(first, second)] == ["doi.org/10.1000/xyz", "dx.doi.org/10.1000/xyz"]
    assert told()[0].startswith(f"clash: link {second.pk} https://dx.doi.org/10.1000/xyz")


def test_keys_that_change_places_are_no_clash():
    one = kept("https://example.org/b", "example.org/a")
    other = kept("https://example.org/a", "example.org/b")
    sources.write(sources.reclean())
    assert [key for _, key, _ in stored(one, other)] == ["example.org/b", "example.org/a"]


def test_who_holds_a_key_already_keeps_it():
    later = kept("https://example.org/a/", "example.org/a/")
    holder = kept("https://example.org/a", "example.org/a")
    found = sources.reclean()
    assert [(one.pk, other.pk) for one, other in found.clashes] == [(holder.pk, later.pk)]


def test_what_was_tried_under_a_key_of_before_is_forgotten():
    for key in ("youtu.be/abcdefghijk", "example.org/a"):
        LinkState.objects.create(key=key, is_alive=True, at=timezone.now())
    sources.write(sources.reclean())
    assert list(LinkState.objects.values_list("key", flat=True)) == ["example.org/a"]


def test_the_command_shows_first_and_writes_on_demand():
    link = kept("https://youtu.be/abcdefghijk", "youtu.be/abcdefghijk")
    assert told()[-1] == "1 to change, 0 clashes, 0 written"
    assert stored(link)[0][1] == "youtu.be/abcdefghijk"
    assert told(write=True)[-1] == "1 to change, 0 clashes, 1 written"
    assert told(write=True)[-1] == "0 to change, 0 clashes, 0 written"
