"""Every page of every kind of thing that is kept is drawn by a template of ours, and costs little, whoever runs it."""

import html
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django_tasks_db.models import DBTaskResult

from curation.admin.nouns import placed
from curation.models import (
    Article,
    Author,
    CheckLevel,
    Document,
    Edition,
    Picture,
    Preference,
    ReturnReason,
    Section,
    SourceLink,
    Version,
    WorkPackage,
)
from curation.publishing.tasks import settle
from offerings.models import Institution, Offering, Redirect, Taxonomy, Topic
from tests import factories

TEMPLATES = Path(__file__).parents[4] / "templates"
#: Pages that Django draws itself, with the reason.
STOCK = {}
#: Pages that are no list, form or table of one kind of thing: they lead elsewhere, or are one page.
LEADS_ON = {302, 404, 403}


@pytest.fixture
def things(db):
    """A thing of each kind that has pages at the desk, by its model."""
    person = factories.make_person("Curator")
    edition = factories.make_published(picture_id=factories.make_picture().pk)
    article = edition.article
    packed = {"format": "news", "path": "a.md", "digest": "x", "packed": b"x\x9cKLJ\x06\x00\x02M\x01'"}
    settle.enqueue()
    return {
        Article: article,
        Version: edition.version,
        Edition: edition,
        Document: Document.objects.create(key="a", article=article, leftovers={"a": ["b", {"c": None}]}, **packed),
        WorkPackage: WorkPackage.objects.create(article=article, number=1, custom_fields={"a": 1}),
        Author: factories.make_author(),
        Section: Section.news(),
        Picture: Picture.objects.get(),
        SourceLink: SourceLink.objects.first(),
        Topic: Topic.objects.first(),
        Taxonomy: Taxonomy.objects.first(),
        Institution: factories.make_institution(),
        Offering: factories.make_offering(),
        Redirect: Redirect.objects.create(path="/a", target="/b/"),
        ReturnReason: ReturnReason.objects.first() or ReturnReason.objects.create(words="x"),
        CheckLevel: CheckLevel.objects.create(check_code="title", role=Group.objects.first(), level="off"),
        Preference: Preference.objects.create(user=person),
        DBTaskResult: DBTaskResult.objects.first(),
    }


def drawn_by(answer):
    """The template that drew a page, as a path under ours, or ``stock``; None for an answer that leads on."""
    if answer.status_code in LEADS_ON:
        return None
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    first = next(one for one in answer.templates if one.origin)
    path = Path(first.origin.name)
    return str(path.relative_to(TEMPLATES)) if path.is_relative_to(TEMPLATES) else f"stock {first.name}"


def pages_of(model, thing):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for verb, args in (
        ("changelist", []),
        ("add", []),
        *((verb, [thing.pk]) for verb in ("change", "delete", "history")),
    ):
        with suppress(NoReverseMatch):
            yield verb, reverse(f"{name}_{verb}", args=args)


def says_what_goes(page):
    """True of a page that says in words what goes or what keeps a thing, and names no row as Python does."""
    told = any(
        words in page for words in ("Nothing else goes with it", "What goes with it", "What uses it", "What goes")
    )
    return told and not re.search(r"[A-Z]\w+ object \(|\bNone\b|historical", strip_tags(page))


def test_every_registered_kind_is_looked_at(things):
    admin.autodiscover()
    assert set(admin.site._registry) == set(things)


def test_no_page_is_the_stock_admins(things, client):
    client.force_login(factories.make_person("Administrator", is_superuser=True))
    stock, unsaid = {}, []
    for model, thing in things.items():
        for verb, address in pages_of(model, thing):
            answer = client.get(address)
            by = drawn_by(answer)
            if by and by.startswith("stock"):
                stock[f"{model._meta.label} {verb}"] = by
            if by and verb == "delete" and not says_what_goes(answer.content.decode()):
                unsaid.append(model._meta.label)
    assert (stock, unsaid) == (STOCK, [])


def test_every_link_of_everything_leads_to_a_page(things, client):
    client.force_login(factories.make_person("Administrator"))
    page = client.get(reverse("admin:everything"))
    addresses = [one["admin_url"] for app in page.context["available_apps"] for one in app["models"]]
    assert len(addresses) > 10
    for address in addresses:
        assert client.get(address).status_code in (200, 302), address


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("name", ["curation_picture", "offerings_topic", "offerings_taxonomy"])
def test_lists_with_pictures_and_counts_cost_the_same_however_long(
    client, db, name, number, django_assert_max_num_queries
):
    for _ in range(number):
        factories.make_published(picture_id=factories.make_picture(widths={"jpeg": [320]}).pk)
    client.force_login(factories.make_person("Manager"))
    address = reverse(f"admin:{name}_changelist")
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)


def test_a_picture_is_named_by_what_shows_it(client, db):
    picture = factories.make_picture(widths={"jpeg": [320]})
    edition = factories.make_published(title="A ward", picture_id=picture.pk)
    Article.objects.filter(pk=edition.article_id).update(title="A ward, mended")
    factories.make_picture(address="https://example.org/lonely.jpg")
    client.force_login(factories.make_person("Manager"))
    page = client.get(reverse("admin:curation_picture_changelist")).content.decode()
    assert f'src="/media/{picture.name}-320.jpg"' in page
    assert ">A ward</a>" in page
    assert "lonely.jpg" in page
    assert "nowhere" in page


def test_a_picture_that_is_shown_everywhere_hides_no_other(client, db, monkeypatch):
    monkeypatch.setattr(placed, "EACH", 4)
    everywhere, other = (factories.make_picture(widths={"jpeg": [320]}) for _ in range(2))
    first = factories.make_published(title="The other’s", picture_id=other.pk)
    factories.make_offering(name="A scribe", logo=f"{other.name}-320.jpg")
    for _ in range(6):
        factories.make_published(picture_id=everywhere.pk)
        factories.make_offering(logo=everywhere.name)
    client.force_login(factories.make_person("Manager"))
    page = client.get(reverse("admin:curation_picture_changelist"))
    uses = {one.pk: (one.uses, one.has_more) for one in page.context["cl"].result_list}
    assert [use.name for use in uses[other.pk][0]] == [first.title, "A scribe"]
    assert not uses[other.pk][1]
    assert (len(uses[everywhere.pk][0]), uses[everywhere.pk][1]) == (8, True)
    assert "and more than 5 more" in page.content.decode()


def test_a_version_and_an_edition_are_read_and_not_decoded(client, db):
    edition = factories.make_published(title="A ward", standfirst="In short.", body="<p>At length.</p>")
    client.force_login(factories.make_person("Curator"))
    for name, pk in (("version", edition.version_id), ("edition", edition.pk)):
        page = client.get(reverse(f"admin:curation_{name}_change", args=[pk])).content.decode()
        assert "<p>At length.</p>" in page
        assert "In short." in page
        assert '"title":' not in page.replace("&quot;", '"')
        assert client.post(reverse(f"admin:curation_{name}_change", args=[pk]), {"title": "x"}).status_code == 403
    edition.refresh_from_db()
    assert edition.title == "A ward"


def test_a_colour_is_chosen_as_a_colour_and_a_name_is_enough(client, db):
    client.force_login(factories.make_person("Manager"))
    add = reverse("admin:offerings_taxonomy_add")
    assert '<span class="hue hue-7">' in client.get(add).content.decode()
    client.post(add, {"name": "Quiet Rooms", "hue": "7", "slug": "", "position": "0", "description": ""})
    assert Taxonomy.objects.get(name="Quiet Rooms").slug == "quiet-rooms"
    refused = client.post(add, {"name": "Loud Rooms", "hue": "36", "slug": "", "position": "0", "description": ""})
    assert refused.status_code == 200
    assert not Taxonomy.objects.filter(name="Loud Rooms").exists()


def test_a_topic_says_where_it_is_really_used_and_each_number_opens_its_list(client, db, curator):
    live, drafted, idle, resting = (factories.make_topic() for _ in range(4))
    edition = factories.make_published(topics=[live])
    draft = factories.make_article(topics=[drafted], owner=factories.make_person("Curator"))
    offering = factories.make_offering(topics=[idle])
    declined = factories.make_in("declined", topics=[resting])
    nowhere = factories.make_topic()

    def told(person):
        client.force_login(person)
        page = client.get(reverse("admin:offerings_topic_changelist"))
        return page.content.decode(), {one.pk: str(one.uses) for one in page.context["cl"].result_list}

    page, uses = told(factories.make_person("Manager"))
    assert uses[nowhere.pk] == "nowhere"
    links = {
        words: html.unescape(at)
        for at, words in re.findall(r'<a class="link" href="([^"]*topic[^"]*)">([^<]*)</a>', page)
    }
    assert links.keys() == {"1 live brief", "1 open brief", "1 offering", "only briefs at rest"}
    for words, thing in (
        ("1 live brief", edition.article),
        ("only briefs at rest", declined),
        ("1 offering", offering),
    ):
        found = client.get(links[words]).context["cl"].result_list
        assert [getattr(one, "article", one) for one in found] == [thing], words
    found = {one["found"].column.name: one["found"].ids for one in client.get(links["1 open brief"]).context["columns"]}
    assert [ids for ids in found.values() if ids] == [[draft.pk]]
    _, uses = told(curator)
    assert uses[drafted.pk] == "nowhere"  # as far as they may see


def test_before_it_is_deleted_a_page_says_what_goes_and_what_keeps_it(client, db):
    client.force_login(factories.make_person("Administrator"))
    used, idle = factories.make_topic(), factories.make_topic()
    for _ in range(8):
        factories.make_article(title="A ward", topics=[used])
    idle.synonyms.create(spelling="Other")
    page = client.get(reverse("admin:offerings_topic_delete", args=[used.pk])).content.decode()
    assert "It is in use, so it cannot be deleted." in page
    assert "8 briefs" in page
    assert page.count(">A ward</a>") <= 5
    client.post(reverse("admin:offerings_topic_delete", args=[used.pk]), {"post": "yes"})
    assert Topic.objects.filter(pk=used.pk).exists()
    page = client.get(reverse("admin:offerings_topic_delete", args=[idle.pk])).content.decode()
    assert "1 synonym" in page
    assert idle.get_absolute_url() in page
    client.post(reverse("admin:offerings_topic_delete", args=[idle.pk]), {"post": "yes"})
    assert not Topic.objects.filter(pk=idle.pk).exists()
