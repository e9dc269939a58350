"""The panel of the page that is read: how far it is, what it offers, and who may do what with it."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from curation.fetch import Fetched, faults
from curation.harvest import heartbeat, intake, store
from curation.models import Article, Harvest, SourceLink
from curation.text.links.column import AddressField
from tests import factories
from tests.curation.admin.test_admin import form_of, page_of
from tests.curation.extract.pdf import pdfs

STORY = "https://news.example.org/a-ward-that-listens"
HOSTILE = "<script>alert(1)</script>"
PAGE = (
    "<html><head><title>A ward that listens &amp; learns</title>"
    f'<meta property="og:title" content="{HOSTILE.replace("<", "&lt;")} A ward that listens">'
    '<meta name="description" content="Nurses speak, and the record writes itself."></head>'
    "<body><h1>A ward that listens</h1></body></html>"
).encode()


@pytest.fixture
def curator(db):
    return factories.make_person("Curator")


@pytest.fixture
def article(curator):
    return intake.paste(STORY, by=curator).article


@pytest.fixture
def client(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def network(monkeypatch):
    """What the only address brings, or raises."""
    brought = [Fetched(url=STORY, status=200, headers={}, body=PAGE, hops=[], kind="page")]

    def fetch(url):
        if isinstance(brought[0], Exception):
            raise brought[0]
        return brought[0]

    monkeypatch.setattr(store, "fetch", fetch)
    return brought


def panel(article):
    return reverse("admin:curation_article_harvest", args=[article.pk])


def wish(article, name):
    return reverse("admin:curation_article_harvest_do", args=[article.pk, name])


def test_it_tells_whether_a_worker_is_there(client, article):
    words = client.get(panel(article)).content.decode()
    assert 'data-state="waiting"' in words
    assert 'data-worker="no"' in words
    assert "Read it now" in words
    heartbeat.beat()
    words = client.get(panel(article)).content.decode()
    assert 'data-worker="yes"' in words
    assert "Read it now" not in words


def test_without_a_worker_the_page_itself_has_it_read(client, article, network):
    assert client.post(wish(article, "read"), headers={"X-Requested-With": "fetch"}).status_code == 204
    words = client.get(panel(article)).content.decode()
    assert 'data-state="done"' in words
    assert "Open Graph" in words
    assert "in the brief" in words
    assert HOSTILE not in words
    assert Article.objects.get().standfirst == "Nurses speak, and the record writes itself."


def test_a_failure_is_told_and_tried_again_or_replaced_by_text(client, article, network):
    page, network[0] = network[0], faults.TimedOutError()
    client.post(wish(article, "read"))
    assert "took too long" in client.get(panel(article)).content.decode()
    client.post(wish(article, "text"), {"text": "   "})
    assert Harvest.objects.get().state == "failed"
    client.post(wish(article, "text"), {"text": "Nurses speak. The record writes itself."})
    assert "its text was pasted" in client.get(panel(article)).content.decode()
    network[0] = page
    client.post(wish(article, "again"))
    assert Harvest.objects.get().state == "waiting"
    client.post(wish(article, "cancel"))
    assert Harvest.objects.get().state == "cancelled"


def kinds_of(fault):
    return [one for kind in fault.__subclasses__() for one in (kind, *kinds_of(kind)) if kind.code]


ISSUED = {"unresolved", "connection-refused", "private-address", "timed-out", "too-large", "not-a-page", "challenged"}
ISSUED |= {"paywalled", "gone"}


def test_the_failures_that_a_curator_meets_have_kinds():
    assert {kind.code for kind in all_kinds} >= ISSUED
    assert len({kind.code for kind in all_kinds}) == len(all_kinds)


all_kinds = [kind for root in (faults.FetchRefused, faults.FetchFailedError) for kind in kinds_of(root)]


@pytest.mark.parametrize("kind", all_kinds, ids=lambda kind: kind.code)
def test_each_failure_has_a_kind_and_words_and_can_be_tried_again_or_replaced_by_text(client, article, network, kind):
    network[0] = kind()
    client.post(wish(article, "read"))
    words = client.get(panel(article)).content.decode()
    assert f'data-state="failed" data-code="{kind.code}"' in words
    assert escape(kind.sentence) in words
    assert f'action="{wish(article, "again")}"' in words
    assert "Try again" in words
    assert "<details open><summary>Paste the page's text instead</summary>" in words


def test_a_page_for_subscribers_says_so_and_takes_its_text(client, article, network):
    closed = b'<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    network[0] = Fetched(
        url=STORY, status=200, headers={}, body=PAGE.replace(b"<h1>", closed + b"<h1>"), hops=[], kind="page"
    )
    client.post(wish(article, "read"))
    words = client.get(panel(article)).content.decode()
    assert 'data-state="done" data-code="paywalled"' in words
    assert escape(faults.PaywalledError.sentence) in words
    assert "Read it again" in words
    assert f'action="{wish(article, "text")}"' in words


@pytest.mark.parametrize(("pages", "said"), [(1, "A PDF of 1 page."), (12, "A PDF of 12 pages.")])
def test_a_pdf_is_told_with_its_pages_and_its_words_are_inert(client, article, network, pages, said):
    lines = (HOSTILE, 24), ("<img src=x onerror=alert(2)> on a ward", 12)
    data = pdfs.paper(*lines, pages=pages, Title=f"A ward {HOSTILE}")
    network[0] = Fetched(url=f"{STORY}.pdf", status=200, headers={}, body=data, hops=[], kind="pdf")
    client.post(wish(article, "read"))
    words = client.get(panel(article)).content.decode()
    assert said in words
    assert "PDF metadata" in words
    assert HOSTILE not in words
    assert "<img" not in words


def test_what_is_typed_while_the_page_is_read_is_saved_beside_what_was_filled(client, article, network):
    typed = form_of(client, article) | {"title": "What I typed"}
    store.run(Harvest.objects.get().pk)
    saved = client.post(page_of(article), typed)
    assert saved.status_code == 302
    stored = Article.objects.get()
    assert (stored.title, stored.standfirst) == ("What I typed", "Nurses speak, and the record writes itself.")


def test_an_article_without_a_source_has_no_panel(client):
    article = factories.make_in("draft", sources=[])
    assert client.get(panel(article)).content.decode().strip() == ""
    assert client.post(wish(article, "read")).status_code == 404
    assert client.post(wish(article, "nonsense")).status_code == 404


@pytest.fixture
def unread(curator):
    """A draft as an import brings it: its source was never asked for."""
    link = factories.make_link(STORY)
    return factories.make_article(by=curator, owner=curator, title="", standfirst="", sources=[link])


@pytest.mark.parametrize("page", [panel, page_of])
def test_a_page_that_nobody_asked_for_can_be_read_or_its_text_pasted(client, unread, page):
    words = client.get(page(unread)).content.decode()
    assert 'data-state="unread"' in words
    assert "not read yet" in words
    assert f'action="{wish(unread, "again")}"' in words
    assert "Read it now" in words
    assert f'action="{wish(unread, "text")}"' in words
    assert not Harvest.objects.exists()


@pytest.mark.parametrize(
    ("name", "state"), [("again", "waiting"), ("read", "done"), ("text", "done"), ("cancel", None), ("put-back", None)]
)
def test_acting_on_a_page_that_nobody_asked_for_begins_its_reading(client, unread, network, name, state):
    assert client.post(wish(unread, name), {"text": "Nurses speak."}).status_code == 302
    assert Harvest.objects.values_list("state", flat=True).first() == state


def test_who_may_not_write_sees_the_way_to_the_page_alone(client, unread, manager):
    article = factories.make_in("in_review", sources=[factories.make_link(f"{STORY}/2")])
    Article.objects.filter(pk=article.pk).update(owner=unread.owner)
    words = client.get(panel(article)).content.decode()
    assert "not read yet" in words
    assert f'<a class="btn btn-s" href="{STORY}/2" target="_blank" rel="noopener noreferrer">Open the page' in words
    assert "<form" not in words


@pytest.mark.parametrize(
    "page", [panel, page_of, lambda article: reverse("admin:curation_sourcelink_change", args=[link_of(article).pk])]
)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/a", STORY])
def test_the_way_out_to_the_page_leads_to_web_addresses_only(client, unread, page, address, monkeypatch):
    monkeypatch.setattr(AddressField, "refusal", lambda field, value: "")  # kept from before there was a rule
    SourceLink.objects.update(cleaned=address)
    words = client.get(page(unread)).content.decode()
    assert (f'href="{address}" target="_blank" rel="noopener noreferrer"' in words) is (address == STORY)
    assert 'href="javascript' not in words
    assert 'href="ftp' not in words


def link_of(article):
    return SourceLink.objects.get(article_sources__article=article)


def test_a_source_keeps_why_it_was_not_read_until_it_is(client, article, network):
    page, network[0] = network[0], faults.TimedOutError()
    client.post(wish(article, "read"))
    assert link_of(article).failure == faults.TimedOutError.sentence
    assert (
        escape(faults.TimedOutError.sentence)
        in client.get(reverse("admin:curation_sourcelink_changelist")).content.decode()
    )
    network[0] = page
    client.post(wish(article, "again"))
    client.post(wish(article, "read"))
    assert link_of(article).failure == ""


def test_a_reading_that_was_cancelled_leaves_the_source_as_it_was(client, article, monkeypatch):
    def fetch(url):
        client.post(wish(article, "cancel"))
        raise faults.TimedOutError

    monkeypatch.setattr(store, "fetch", fetch)
    client.post(wish(article, "read"))
    assert (Harvest.objects.get().state, link_of(article).failure) == ("cancelled", "")


@pytest.mark.parametrize("name", ["read", "text", "nonsense"])
def test_who_comes_back_from_signing_in_finds_the_brief_and_is_told(client, article, network, name):
    page = client.get(wish(article, name), follow=True)
    assert page.redirect_chain == [(page_of(article), 302)]
    assert "nothing was done yet" in page.content.decode()
    assert Harvest.objects.get().state == "waiting"


LETTER = f"{STORY}?page=2&utm_source=letter&utm_%3Cscript%3E=1&fbclid=x"


def address_of(article):
    link = link_of(article)
    return link.cleaned, link.key, link.brand


def test_what_was_left_out_of_the_link_is_put_back_and_left_out_again(client, curator, network):
    article = intake.paste(LETTER, by=curator).article
    before = address_of(article)
    words = client.get(panel(article)).content.decode()
    assert "Left out of the link:" in words
    assert "utm_source, utm_&lt;script&gt;, fbclid" in words
    assert "briefs have this link" not in words
    assert client.post(wish(article, "put-back")).status_code == 302
    assert address_of(article) == (LETTER, *before[1:])
    words = client.get(panel(article)).content.decode()
    assert "Put back into the link:" in words
    assert "<script>" not in words
    client.post(wish(article, "leave-out"))
    assert address_of(article) == before
    assert (article.log.count(), Article.objects.get().edit) == (1, 0)


@pytest.mark.parametrize("url", [STORY, f"{STORY}?page=2&utm_source=letter", LETTER])
def test_what_was_put_back_stays_when_the_page_is_read_again(client, curator, network, url):
    article = intake.paste(LETTER, by=curator).article
    client.post(wish(article, "put-back"))
    network[0] = Fetched(
        url=url.replace(STORY, f"{STORY}/amp"), status=200, headers={}, body=PAGE, hops=[], kind="page"
    )
    client.post(wish(article, "read"))
    assert Harvest.objects.get().state == "done"
    assert address_of(article)[0] == (LETTER if "page=2" in url else f"{STORY}/amp")


def test_what_is_put_back_while_the_page_is_read_stays(client, curator, monkeypatch):
    article = intake.paste(LETTER, by=curator).article

    def fetch(url):
        client.post(wish(article, "put-back"))
        return Fetched(url=url, status=200, headers={}, body=PAGE, hops=[], kind="page")

    monkeypatch.setattr(store, "fetch", fetch)
    client.post(wish(article, "read"))
    assert address_of(article)[0] == LETTER
    assert SourceLink.objects.get().title


def test_a_redirector_stays_unwrapped_when_parameters_are_put_back(client, curator):
    article = intake.paste("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%3Fgclid%3D1", by=curator).article
    client.post(wish(article, "put-back"))
    assert address_of(article) == ("https://example.org/a?gclid=1", "example.org/a", "example.org")


def test_a_link_of_several_briefs_says_so(client, curator):
    article = intake.paste(LETTER, by=curator).article
    intake.paste(LETTER, by=factories.make_person("Curator"), reason="A second look.")
    assert "2 briefs have this link; it changes in all of them." in client.get(panel(article)).content.decode()


@pytest.mark.parametrize("name", ["read", "again", "cancel", "text", "put-back", "leave-out"])
def test_whoever_has_no_right_to_the_article_does_and_sees_nothing(client, article, name):
    client.force_login(factories.make_person("Curator"))
    assert client.get(panel(article)).status_code == 404
    assert client.post(wish(article, name), {"text": "Mine."}).status_code == 404
    assert client.get(wish(article, name)).status_code == 404
    client.force_login(factories.make_person("", is_staff=True))
    assert client.get(panel(article)).status_code == 302
    client.logout()
    assert client.post(wish(article, name)).status_code == 302
    assert client.get(wish(article, name)).status_code == 302
    assert Harvest.objects.get().state == "waiting"
    assert address_of(article)[0] == STORY


def test_while_it_is_in_review_its_curator_reads_but_does_nothing(client, curator):
    article = factories.make_in("in_review", sources=[link := factories.make_link(LETTER)])
    Article.objects.update(owner=curator)
    store.ask(link)
    words = client.get(panel(article)).content.decode()
    assert "Left out of the link:" in words
    assert "Cancel" not in words
    assert "Put back" not in words
    assert client.post(wish(article, "put-back")).status_code == 403
    assert client.post(wish(article, "cancel")).status_code == 403
    assert Harvest.objects.get().state == "waiting"


def test_who_sees_that_it_is_the_story_says_so_and_it_is_read(client, article, network):
    wall = b"<title>Your privacy choices</title><form class=consent><button>Accept all</button></form>"
    network[0] = Fetched(url=STORY, status=200, headers={}, body=wall, hops=[], kind="page")
    client.post(wish(article, "read"))
    words = client.get(panel(article)).content.decode()
    assert 'data-state="failed" data-code="consent"' in words
    assert f'action="{wish(article, "believe")}"' in words
    client.post(wish(article, "believe"))
    client.post(wish(article, "read"))
    words = client.get(panel(article)).content.decode()
    assert 'data-state="done"' in words
    assert "It is the story" not in words
    assert Article.objects.get().title == "Your privacy choices"


def test_a_page_that_names_a_known_one_says_whose_it_is(client, article, network):
    network[0] = Fetched(url=STORY, status=200, headers={}, body=PAGE, hops=[], kind="page")
    client.post(wish(article, "read"))
    other = intake.paste("https://news.example.org/print/9", by=factories.make_person("Curator")).article
    mine = Article.objects.exclude(pk=article.pk).get()
    Article.objects.filter(pk=mine.pk).update(owner=article.owner)
    declared = PAGE.replace(b"</head>", f'<link rel="canonical" href="{STORY}"></head>'.encode())
    network[0] = Fetched(
        url="https://news.example.org/print/9", status=200, headers={}, body=declared, hops=[], kind="page"
    )
    client.post(wish(other, "read"))
    words = client.get(panel(other)).content.decode()
    assert f'The same page as <span class="address">{STORY}</span>' in words
    assert "write why beside the source" in words


def test_a_scanned_paper_is_no_story_and_offers_its_first_page_as_a_picture(client, article, network):
    network[0] = Fetched(url=f"{STORY}.pdf", status=200, headers={}, body=pdfs.paper(), hops=[], kind="pdf")
    client.post(wish(article, "read"))
    harvest = Harvest.objects.get()
    assert (harvest.state, harvest.code) == ("failed", "nothing-readable")
    assert harvest.found["picture"] == [[f"{STORY}.pdf#page=1", "first page"]]
    shown = client.get(reverse("admin:curation_article_picture", args=[article.pk])).content.decode()
    assert "first page" in shown


TOLD = (
    b'<html lang="de"><head><title>A ward that listens</title><meta property="og:site_name" content="The Ward">'
    b'<meta property="article:published_time" content="2024-03-05T09:30:00+02:00">'
    b'<meta property="article:modified_time" content="2024-03-06T10:00:00Z">'
    b'<meta property="og:image" content="https://news.example.org/ward.jpg">'
    b'<meta property="og:image:alt" content="A nurse speaks to a small device">'
    b'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A ward that listens", "author":'
    b' [{"@type": "Person", "name": "Jane Doe, MD"}, {"@type": "Person", "name": "John Roe"}]}</script></head>'
    b"<body><article><h1>A ward that listens</h1><figure><img src='/ward-800x600.jpg' width='800' height='600' alt=''>"
    b"<figcaption>The ward in May. (Photo: A. Person)</figcaption></figure><p>Nurses speak.</p></article></body></html>"
)


@pytest.fixture
def told(client, article, network):
    """The article, once its page was read, which tells all that a page can tell."""
    network[0] = Fetched(url=STORY, status=200, headers={}, body=TOLD, hops=[], kind="page")
    client.post(wish(article, "read"))
    return Article.objects.get()


def test_when_the_page_was_published_is_offered_as_the_date(client, told):
    words = client.get(panel(told)).content.decode()
    assert 'data-use="dated_at" data-value="2024-03-05T07:30:00" data-day="off"' in words
    assert "5 March 2024, 07:30" in words
    form = form_of(client, told) | {"dated_at": "2024-03-05T07:30:00"}
    client.post(reverse("admin:curation_article_change", args=[told.pk]), form)
    assert (
        "in the brief" in client.get(panel(told)).content.decode().partition("<h3>Date</h3>")[2].partition("</ul>")[0]
    )


def test_a_day_without_a_zone_is_offered_as_a_day(client, article, network):
    body = TOLD.replace(b"2024-03-05T09:30:00+02:00", b"2024-03-05T23:30:00")
    network[0] = Fetched(url=STORY, status=200, headers={}, body=body, hops=[], kind="page")
    client.post(wish(article, "read"))
    assert 'data-value="2024-03-05T12:00:00" data-day="on"' in client.get(panel(article)).content.decode()


def test_who_wrote_the_page_is_told_and_an_author_of_ours_is_one_click_away(client, told):
    author = factories.make_author(name="John Roe")
    words = client.get(panel(told)).content.decode().partition("Written by")[2]
    assert "Jane Doe, MD" in words
    assert "no author of ours" in words
    assert f'data-pick="byline_list" data-id="{author.pk}" data-text="John Roe"' in words
    told.article_authors.create(author=author, position=0)
    words = client.get(panel(told)).content.decode()
    assert "in the bylines" in words
    assert "data-pick" not in words


def test_what_no_field_holds_is_told_as_a_fact(client, told):
    assert (
        "Publisher: The Ward · Language: German · Changed: 6 March 2024, 10:00"
        in client.get(panel(told)).content.decode()
    )
    assert SourceLink.objects.get().site_name == "The Ward"


def test_what_the_page_says_of_the_picture_is_offered_where_it_is_shown(client, told):
    shown = reverse("admin:curation_article_picture", args=[told.pk])
    assert "A nurse speaks" not in client.get(shown).content.decode()
    told.picture = factories.make_picture(address="https://news.example.org/ward.jpg")
    told.save(update_fields=["picture"])
    words = client.get(shown).content.decode()
    assert 'data-use="picture_alt" data-value="A nurse speaks to a small device"' in words
    assert 'data-use="picture_alt" data-value="The ward in May."' in words
    assert 'data-credit="A. Person"' in words
