"""Every column that may become a link is guarded, whoever writes it; every link of a template is known."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from curation.importer.run import run
from curation.models import Article, Edition, SourceLink, Tombstone
from curation.models.snapshots import snapshot
from curation.sql import bulk_writes
from curation.text.links.column import AddressField
from offerings.models import Institution, Offering, Redirect
from offerings.text.guarded import Guarded
from tests import ROOT, factories
from tests.markup import Page

BAD = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://example.org/",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/a.pdf",
    "/\\evil.example/a.pdf",
    "\\\\evil.example\\a.pdf",
    "https:\\\\evil.example/a.pdf",
    "/\t/evil.example/a.pdf",
    "java\nscript:alert(1)",
    "ftp://example.org/a.pdf",
    "https://user:word@example.org/a.pdf",
    "https://example.1/a.pdf",
    "www.example.org/a.pdf",
]
GUARDED = {
    (Article, "pdf"),
    (Edition, "pdf"),
    (SourceLink, "pasted"),
    (SourceLink, "resolved"),
    (SourceLink, "cleaned"),
    (SourceLink, "canonical"),
    (Institution, "website"),
    (Offering, "website"),
    (Redirect, "target"),
    (Tombstone, "address"),
}
#: Columns that sound like an address and never are the whole of a link, with the reason.
NO_LINKS = {
    "curation.SourceLink.key": "compared, never followed",
    "curation.LinkState.key": "compared, never followed",
    "curation.Invitation.key": "a secret of a one-time link, shown nowhere",
    "curation.OutsideLink.key": "a secret of a link for somebody outside, shown nowhere",
    "curation.CalendarFeed.key": "known by it, shown in the address of its own page alone",
    "curation.SourceLink.favicon": "a name in our media, behind /media/",
    "curation.Picture.address": "where it was asked for; readers get our own file",
    "curation.Picture.incoming": "a file of ours",
    "curation.Document.path": "a file's name",
    "offerings.Redirect.path": "where readers come from",
    "offerings.Institution.logo": "a name in our media, behind /media/",
    "offerings.Offering.logo": "a name in our media, behind /media/",
    "offerings.Offering.permalink": "kept for export; the page's address is made of the slug",
    "curation.SavedSearch.query": "behind a question mark",
}
SOUNDS_LIKE_ONE = re.compile(
    r"url|link|href|src|website|address|path|pdf|canonical|resolved|pasted|cleaned$|target|logo|icon|query|incoming|^key$"
)


def columns():
    own = [model for model in apps.get_models() if model._meta.app_label in ("curation", "offerings", "medigy")]
    for model in own:
        if not model.__name__.startswith("Historical"):
            yield from ((model, field) for field in model._meta.local_concrete_fields)


def test_every_column_that_may_become_a_link_is_guarded():
    assert {(model, field.name) for model, field in columns() if isinstance(field, Guarded)} == GUARDED
    unguarded = {
        f"{model._meta.label}.{field.name}"
        for model, field in columns()
        if isinstance(field, models.CharField)
        and not isinstance(field, Guarded)
        and (SOUNDS_LIKE_ONE.search(field.name) or (field.max_length or 0) >= 2000)
    }
    assert (
        unguarded
        - NO_LINKS.keys()
        - {"offerings.Topic.key", "offerings.Synonym.key", "curation.Tally.key", "curation.Document.key"}
        - {"curation.MeasureCount.key", "curation.MeasureFact.key"}
        == set()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", BAD)
@pytest.mark.parametrize(("model", "name"), sorted(GUARDED, key=str))
def test_no_way_into_the_database_takes_what_readers_must_not_follow(model, name, address):
    if name == "website" and address == "https://example.1/a.pdf":
        return  # a site's name is only looked at where readers are sent there
    field = model._meta.get_field(name)
    with pytest.raises(ValidationError):
        field.clean(address, model())
    row = model(**{name: address})
    for write in (
        row.save,
        lambda: model.objects.bulk_create([row]),
        lambda: bulk_writes.insert_each(model, [row]),
        lambda: bulk_writes.insert_plain(model, (name,), [(address,)]),
        lambda: model.objects.filter(pk=0).update(**{name: address}),
    ):
        with pytest.raises(ValueError, match=r"^(?:\w+\.\w+\.\w+: |.*no (?:page|name)|A link)"), transaction.atomic():
            write()


def test_what_readers_may_follow_is_taken():
    pdf = Article._meta.get_field("pdf")
    for address in ("https://example.org/a.pdf", "http://faß.example/a?b#c", "/files/a.pdf", ""):
        assert pdf.clean(address, Article()) == address
    assert Redirect._meta.get_field("target").clean("/news/a/", Redirect()) == "/news/a/"
    assert Institution._meta.get_field("website").clean("https://example.org", Institution()) == "https://example.org"


def test_to_migrations_a_guarded_column_is_a_plain_one():
    kinds = {model._meta.get_field(name).deconstruct()[1] for model, name in GUARDED}
    assert kinds == {"django.db.models.CharField", "django.db.models.URLField"}


# From before the rule ------------------------------------------------------------------------------------------------


@pytest.fixture
def unruled(monkeypatch):
    """A database from before there was a rule."""
    monkeypatch.setattr(AddressField, "refusal", lambda field, value: "")


def addresses_of(client, url):
    page = Page(client.get(url))
    every = [element.attributes for element in page.all()]
    return {one[name] for one in every for name in ("href", "src", "action") if one.get(name)}


@pytest.mark.django_db
@pytest.mark.parametrize("address", BAD)
def test_what_was_kept_before_never_reaches_readers(client, unruled, address):
    live = factories.make_published(sources=[factories.make_link()])
    rows = [
        {"url": address, "brand": "b", "title": "t", "site_name": "", "favicon": "", "role": role}
        for role in ("source", "source", "via")
    ]
    Edition.objects.filter(pk=live.pk).update(live_until=timezone.now(), ended="replaced")
    copied = {field.attname: getattr(live, field.attname) for field in Edition._meta.local_concrete_fields}
    copied |= {"id": None, "number": 9, "pdf": address, "sources": rows, "live_from": timezone.now()}
    Edition.objects.create(**copied)
    found = addresses_of(client, live.get_absolute_url())
    assert found
    assert [
        one for one in found if address in one or not re.match(r"https?://(?!evil)|/(?![/\\])|#|mailto:|\?", one)
    ] == []


@pytest.mark.django_db
def test_a_version_from_before_is_published_without_it(unruled, monkeypatch):
    article = factories.make_in("approved", pdf="javascript:alert(1)")
    monkeypatch.undo()
    factories.step("publish", article)
    assert Edition.objects.get(article=article).pdf == ""


@pytest.mark.django_db
def test_a_version_from_before_is_restored_without_it(unruled, monkeypatch):
    article = factories.make_article(pdf="javascript:alert(1)")
    monkeypatch.undo()
    version = article.versions.order_by("number").first()
    factories.step("restore", article, version=version.pk)
    assert snapshot(Article.objects.get(pk=article.pk))["pdf"] == ""


@pytest.mark.django_db
def test_a_documents_pdf_that_nobody_may_follow_is_kept_and_told(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: A ward\nfeaturedPdf: javascript:alert(1)\nlink: https://example.org/a\n---\nWords.\n"
    )
    report = run([tmp_path])
    assert Article.objects.get().pdf == ""
    assert "javascript" not in str(list(Edition.objects.values_list("pdf", flat=True)))
    assert Article.objects.get().document.leftovers["featuredPdf"] == "javascript:alert(1)"
    assert report


# Templates -----------------------------------------------------------------------------------------------------------

#: Links of readers' templates: made of our own slugs and numbers, or of a file's name in our media…
OWN = {
    *("author.url", "canonical", "card.logo.src", "card.url", "chip.url", "contact.url", "crumb.url", "feed.url"),
    *(
        "lead.picture.avif",
        "lead.picture.jpeg",
        "lead.picture.src",
        "lead.picture.webp",
        "lead.url",
        "letter",
        "link.url",
    ),
    *(
        "offering.logo.src",
        "offering.maker.url",
        "older.url",
        "page.earlier.url",
        "page.later.url",
        "page.picture.avif",
    ),
    *("page.picture.jpeg", "page.picture.src", "page.picture.webp", "page.source.brand_url", "page.source.favicon"),
    *("page.topics[0].url", "page.url", "paging.newer.url", "paging.older.url", "story.picture.avif", "story.url"),
    *("story.picture.jpeg", "story.picture.src", "story.picture.webp", "successor.url", "topic.taxonomy_url"),
    *(
        "(sections()|first).base_path",
        "(sections|first).base_path",
        "section.base_path",
        "(section or sections()|first).base_path",
    ),
    *("topic.url", "page.title|urlencode", "canonical|urlencode"),
}
#: … or somebody else's, which has passed ``links.may_follow`` on its way into its shape.
OUTWARD = {
    "institution.website.url",
    "offering.website.url",
    "page.pdf.url",
    "page.source.url",
    "page.via.url",
    "source.url",
}
#: Links of the desk's templates: reversed names, query strings, media, and these two, which ``sources.page_of`` gives.
DESKS_OUTWARD = {"page_url", "row.page"}
ATTRIBUTE = re.compile(
    r"(?<![\w-])(?:href|src|srcset|action|formaction|poster|data|cite)=\"((?:\{\{.*?\}\}|\{%.*?%\}|[^\"])*)\""
)


def expressions(folder):
    for path in (ROOT / "templates").rglob("*.html"):
        if (folder == "site") == (path.relative_to(ROOT / "templates").parts[0] == "site"):
            for attribute in ATTRIBUTE.findall(path.read_text()):
                yield from re.findall(r"\{\{\s*(.*?)\s*\}\}", attribute)


def test_every_link_of_a_readers_template_is_known():
    found = {one for one in expressions("site") if not re.match(r"(?:static|url)\(", one)}
    assert found - OWN - OUTWARD == set()
    assert found >= OUTWARD


def test_links_that_lead_out_of_the_desk_pass_the_rule_for_links():
    outward = {
        one for one in expressions("admin") if re.search(r"page_url|\.page$|website|clean|canonical|pasted|\.pdf", one)
    }
    assert outward == DESKS_OUTWARD


@pytest.mark.django_db
def test_the_desk_leads_nobody_astray(client, unruled):
    link = factories.make_link("javascript:alert(1)", cleaned="javascript:alert(1)")
    article = factories.make_article(sources=[link], pdf="javascript:alert(1)")
    client.force_login(factories.make_person("Administrator"))
    for url in (
        reverse("admin:curation_article_change", args=[article.pk]),
        reverse("admin:curation_sourcelink_change", args=[link.pk]),
        reverse("admin:curation_sourcelink_changelist"),
    ):
        found = ATTRIBUTE.findall(client.get(url).content.decode())
        assert found
        assert [one for one in found if one.lower().startswith(("javascript:", "data:", "//"))] == []
