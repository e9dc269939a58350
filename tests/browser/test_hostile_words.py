"""Markup in every text there is, typed or harvested: it is read as words on every page, and runs nowhere.

A browser looks at each page under its real policy. What became an element would carry ``data-hostile``; what tried to
run would be refused by the policy, which the browser logs and the ``page`` fixture fails for.
"""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from curation import discussion, workflow
from curation.editing import versions
from curation.harvest import store
from curation.models import Article, Batch, Harvest, SavedSearch, Section, SourceLink
from curation.text.links.column import AddressField
from offerings.models import Synonym
from tests.factories import (
    make_author,
    make_institution,
    make_link,
    make_offering,
    make_person,
    make_picture,
    make_published,
    make_taxonomy,
    make_topic,
    step,
)

from .test_desk import sign_in

# Files of the made-up picture answer 404, a save beside somebody else's 409.
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("refusing")]

HOSTILE = (
    "\"'></title></textarea><img src=x onerror=alert(1) data-hostile><script data-hostile>alert(1)</script>{{7*7}}"
)
ADDRESS = "https://example.org/<svg onload=alert(1) data-hostile>?q=\"'><b data-hostile>"
BODY = (
    f"<p data-hostile onclick=alert(1)>Before {HOSTILE} after.</p>"
    '<p><a href="javascript:alert(1)" data-hostile>One</a> <a href="data:text/html,x">two</a></p>'
)


def hostile_harvest(link):
    """A page that was read, and offers markup for everything."""
    found = {name: [[HOSTILE, HOSTILE]] for name in ("title", "description", "authors", "publisher", "canonical")}
    found |= {"picture": [["https://example.org/a.png\"'><b data-hostile>", HOSTILE]], "icon": []}
    state = {"state": Harvest.State.DONE, "words": HOSTILE[:300], "kind": "page", "text": HOSTILE, "found": found}
    Harvest.objects.create(link=link, asked_at=timezone.now(), **state)


def hostile_link():
    """A link from before addresses had to pass a rule at their column."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AddressField, "refusal", lambda field, value: "")
        link = make_link(
            ADDRESS, title=HOSTILE, site_name=HOSTILE[:200], canonical="https://example.org/<b data-hostile>"
        )
        link.metadata = {"page": {"language": HOSTILE, "properties": {HOSTILE: HOSTILE}}}
        link.hops = [{"url": ADDRESS, "status": HOSTILE}, {"url": HOSTILE, "status": 200}]
        link.save()
    return link


@pytest.fixture
def newsroom(manager):
    """Two articles, one of them live, with markup in everything that holds text."""
    SourceLink.objects.all().delete()
    taxonomy = make_taxonomy(name=f"T {HOSTILE}"[:60])
    topic = make_topic(f"T: {HOSTILE}"[:150], taxonomy=taxonomy, description=HOSTILE)
    Synonym.objects.create(topic=topic, spelling=HOSTILE)
    maker = make_institution(name=HOSTILE[:120])
    offering = make_offering([topic], name=f"O {HOSTILE}"[:150], institution=maker, summary=HOSTILE)
    author = make_author(name=f"A {HOSTILE}"[:120])
    link = hostile_link()
    hostile_harvest(link)
    Section.objects.update(masthead=HOSTILE[:60])
    words = {
        "title": f"Title {HOSTILE}",
        "standfirst": f"Standfirst {HOSTILE}. Another sentence.",
        "body": BODY,
        "picture_id": make_picture(name="hostilepicture", address=ADDRESS).pk,
        "picture_alt": HOSTILE,
        "picture_credit": HOSTILE,
        "insights_name": HOSTILE,
        "insights": BODY,
        "copied_reason": HOSTILE,
        "topics": [topic],
        "offerings": [offering],
        "bylines": [{"author": author.pk}],
        "sources": [{"link": link.pk, "role": "source", "label": HOSTILE, "reason": HOSTILE}],
    }
    edition = make_published(note=HOSTILE, **words)
    draft = workflow.begin(by=manager, **words | rows(words))
    discussion.add(draft, HOSTILE, by=manager, blocks=True)
    versions.name(draft.versions.first(), HOSTILE[:120], by=manager)
    step("edit", draft, manager, changes={"title": f"Other {HOSTILE}"})
    step("decline", draft, manager, reason=HOSTILE)
    step("reopen", draft, manager)
    SavedSearch.objects.create(owner=manager, name=HOSTILE[:80], query="q=x", is_shared=True)
    Batch.objects.create(by=manager, step="submit", at=timezone.now())
    store.fill(link.harvest)
    things = {"edition": edition, "topic": topic, "offering": offering, "link": link}
    return things | {"draft": Article.objects.get(pk=draft.pk)}


def rows(words):
    """The lists of these words as the workflow takes them."""
    return {
        "topics": [{"topic": topic.pk} for topic in words["topics"]],
        "offerings": [{"offering": one.pk, "role": "related"} for one in words["offerings"]],
        "bylines": words["bylines"],
        "sources": words["sources"],
    }


def elements(page):
    """How many elements of the page came out of somebody's words; the bookmark to drag is the desk's own."""
    ours = "[onerror], [onclick], [href^='javascript:' i]:not(.bookmark a)"
    count = f"document.querySelectorAll(`[data-hostile], {ours}`).length"
    return page.evaluate(count)


def looked_at(page, address):
    response = page.goto(address)
    assert response.status == 200, address
    page.wait_for_load_state("networkidle") if "change" in address else None
    assert elements(page) == 0, address


def test_readers_pages_and_feeds_read_markup_as_words(page, newsroom):
    edition, topic, offering = newsroom["edition"], newsroom["topic"], newsroom["offering"]
    places = ["/", "/news/", edition.get_absolute_url(), topic.get_absolute_url(), offering.get_absolute_url()]
    places += [
        offering.institution.get_absolute_url(),
        "/author/",
        "/source/",
        "/topic/",
        "/offering/",
        "/institution/",
    ]
    places += [f"/news/?q={HOSTILE}", f"/offering/?q={HOSTILE}"]
    for place in places:
        looked_at(page, place)
    assert "{{7*7}}" in page.content() or page.goto(edition.get_absolute_url())


@pytest.mark.parametrize("name", ["news/feed.xml", "sitemap.xml"])
def test_feeds_are_well_formed_and_hold_words_only(client, newsroom, name):
    text = client.get(f"/{name}").content.decode()
    tree = ElementTree.fromstring(text)
    assert not [one for one in tree.iter() if one.tag.endswith(("script", "img")) or "data-hostile" in one.attrib]
    assert "<script" not in text


def test_the_desk_reads_markup_as_words(page, manager, newsroom):
    draft, article = newsroom["draft"], newsroom["edition"].article
    sign_in(page, manager)
    at = [reverse("admin:index"), reverse("admin:curation_article_changelist"), reverse("admin:curation_article_bulk")]
    for one in (draft, article):
        names = ("change", "history", "compare", "record", "checks", "comments", "suggestions", "harvest")
        at += [reverse(f"admin:curation_article_{name}", args=[one.pk]) for name in names]
        look = reverse("admin:curation_article_preview", args=[one.pk])
        at += [f"{look}?as={name}" for name in ("article", "card", "social")]
    at.append(reverse("admin:curation_article_compare", args=[draft.pk]) + "?from=1&to=now")
    at.append(
        reverse("admin:curation_article_paste") + "?link=https://example.org/x%3C%22%27%3E&find=%3Cb+data-hostile%3E"
    )
    for label in (
        "curation_sourcelink",
        "curation_version",
        "curation_edition",
        "curation_author",
    ):
        at.append(reverse(f"admin:{label}_changelist"))
    at += [reverse(f"admin:offerings_{name}_changelist") for name in ("topic", "taxonomy", "offering", "institution")]
    at.append(reverse("admin:curation_sourcelink_change", args=[newsroom["link"].pk]))
    at.append(reverse("admin:offerings_topic_change", args=[newsroom["topic"].pk]))
    at.append(reverse("admin:offerings_offering_change", args=[newsroom["offering"].pk]))
    for place in at:
        looked_at(page, place)


def test_what_the_desk_says_and_finds_reads_markup_as_words(page, manager, newsroom):
    draft = newsroom["draft"]
    sign_in(page, manager, at=reverse("admin:curation_article_change", args=[draft.pk]))
    page.get_by_placeholder("Find a topic").fill("T:")
    page.locator(".choices [role=option]").first.wait_for()
    assert elements(page) == 0
    page.get_by_placeholder("Find a topic").fill("")
    page.get_by_role("textbox", name="Title").fill(f"Typed {HOSTILE}")
    page.locator("#saved[data-state=saved]").wait_for()
    preview = page.frame_locator("#preview iframe")
    preview.get_by_role("heading", name="Typed").first.wait_for()
    assert preview.locator("[data-hostile]").count() == 0
    page.get_by_role("button", name="Send to review").click()
    page.locator(".messagelist").wait_for()
    assert elements(page) == 0


def test_a_conflict_and_a_kept_text_read_markup_as_words(page, manager, newsroom):
    draft, colleague = newsroom["draft"], make_person("Manager", first_name=HOSTILE[:60], last_name="<b data-hostile>")
    sign_in(page, manager, at=reverse("admin:curation_article_change", args=[draft.pk]))
    page.locator(".ProseMirror[contenteditable]").wait_for()
    step("edit", draft, colleague, changes={"standfirst": f"Theirs {HOSTILE}"})
    page.get_by_role("textbox", name="Standfirst").fill(f"Mine {HOSTILE}")
    page.get_by_role("region", name="Two wrote this").wait_for()
    assert elements(page) == 0
