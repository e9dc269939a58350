"""A harvest from asking to keeping: what is empty is filled, what a person wrote is not, and nobody waits for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation import workflow
from curation.fetch import Fetched, faults
from curation.harvest import intake, store
from curation.models import Article, Harvest, SourceLink
from tests import factories
from tests.curation.extract.pdf import pdfs

STORY = "https://news.example.org/a-ward-that-listens"
PAGE = b"""<!doctype html><html lang="en-GB"><head><title>A ward that listens | The Clinical Loop</title>
<meta property="og:title" content="A ward that listens"><meta property="og:site_name" content="The Clinical Loop">
<meta property="og:description" content="Nurses speak, and the record writes itself. It took a year.">
<link rel="canonical" href="https://news.example.org/a-ward-that-listens"></head>
<body><article><h1>A ward that listens</h1><p>Nurses speak, and the record writes itself.</p></article></body></html>"""


def fetched(body=PAGE, url=STORY, kind="page", hops=(), headers=None):
    """What the network would bring."""
    return Fetched(url=url, status=200, headers=headers or {}, body=body, hops=list(hops), kind=kind)


@pytest.fixture
def network(monkeypatch):
    """Pages by address; what is no page is raised."""
    pages = {STORY: fetched()}

    def fetch(url):
        brought = pages[url]
        if isinstance(brought, Exception):
            raise brought
        return brought() if callable(brought) else brought

    monkeypatch.setattr(store, "fetch", fetch)
    return pages


@pytest.fixture
def curator(db):
    return factories.make_person("Curator")


@pytest.fixture
def draft(curator):
    return intake.paste(STORY, by=curator).article


def harvest_of(article):
    return Harvest.objects.get(link__article_sources__article=article)


def test_pasting_asks_for_the_page_and_waits_for_nothing(draft):
    harvest = harvest_of(draft)
    assert (harvest.state, harvest.attempt, harvest.asked_by) == ("waiting", 0, draft.owner)


def test_a_draft_whose_via_stands_first_is_filled_as_well(draft, network):
    via, main = factories.make_link("https://friend.example.org/"), draft.article_sources.get()
    rows = [{"link": via.pk, "role": "via"}, {"link": main.link_id, "role": "source"}]
    factories.step("edit", draft, changes={"sources": rows})
    store.run(Harvest.objects.get(link=main.link_id).pk)
    assert Article.objects.get().title == "A ward that listens"


def test_what_is_empty_is_filled_and_says_where_it_came_from(draft, network):
    harvest = store.run(harvest_of(draft).pk)
    article = Article.objects.get()
    assert (harvest.state, harvest.kind, harvest.code) == ("done", "page", "")
    assert article.title == "A ward that listens"
    assert article.standfirst.startswith("Nurses speak, and the record writes itself.")
    assert harvest.found["title"][0] == ["A ward that listens", "Open Graph"]
    assert "record writes itself" in harvest.text
    link = SourceLink.objects.get()
    assert (link.title, link.site_name, link.canonical) == ("A ward that listens", "The Clinical Loop", STORY)
    assert link.metadata["page"]["properties"]["og:site_name"] == "The Clinical Loop"
    assert [(logged.step, logged.actor) for logged in article.log.order_by("pk")] == [
        ("begin", str(article.owner)),
        ("edit", "harvest"),
    ]


def test_what_a_person_wrote_stays_even_while_the_page_is_being_read(draft, network, curator):
    def meanwhile():
        workflow.take("edit", Article.objects.get(), by=curator, edit=0, changes={"title": "My own words"})
        return fetched()

    network[STORY] = meanwhile
    store.run(harvest_of(draft).pk)
    article = Article.objects.get()
    assert article.title == "My own words"
    assert article.standfirst.startswith("Nurses speak")


def test_a_writer_who_is_faster_than_the_filling_keeps_their_words(draft, network, curator, monkeypatch):
    take, faster = workflow.take, []

    def overtaken(name, article, *, by, **given):
        if by is store.HARVEST and not faster:
            faster.append(take("edit", Article.objects.get(), by=curator, edit=0, changes={"title": "Faster"}))
        return take(name, article, by=by, **given)

    monkeypatch.setattr(workflow, "take", overtaken)
    store.run(harvest_of(draft).pk)
    article = Article.objects.get()
    assert (article.title, bool(article.standfirst)) == ("Faster", True)


@pytest.mark.parametrize("state", ["in_review", "declined"])
def test_what_is_no_draft_any_more_is_left_alone(network, state, db):
    article = factories.make_in(state, standfirst="", sources=[link := factories.make_link(STORY)])
    before = article.edit
    store.run(store.ask(link).pk)
    article.refresh_from_db()
    assert (article.edit, article.standfirst, harvest_of(article).state) == (before, "", "done")


@pytest.mark.parametrize(
    "fault",
    [
        faults.GoneError(),
        faults.TimedOutError(),
        faults.ChallengedError(),
        faults.PrivateAddressRefused(),
        RecursionError("deep"),
    ],
)
def test_a_failure_has_a_kind_and_words_and_changes_nothing(draft, network, fault):
    network[STORY] = fault
    harvest = store.run(harvest_of(draft).pk)
    assert (harvest.state, harvest.code) == ("failed", getattr(fault, "code", "unreadable"))
    assert harvest.words
    assert "deep" not in harvest.words
    assert Article.objects.get().edit == 0


def test_a_page_that_guards_itself_or_is_missing_is_told_apart(draft, network):
    guard = b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
    network[STORY] = fetched(guard)
    assert store.run(harvest_of(draft).pk).code == "challenged"


@pytest.mark.parametrize("said", ["text/html; charset=windows-1251", 'Text/HTML;charset="cp1251"'])
def test_a_charset_that_only_the_server_tells_is_heard(draft, network, said):
    page = "<html><head><title>Палата, которая слушает</title></head><body></body></html>".encode("cp1251")
    network[STORY] = fetched(page, headers={"Content-Type": said})
    store.run(harvest_of(draft).pk)
    assert Article.objects.get().title == "Палата, которая слушает"


def test_a_page_for_subscribers_says_so_and_fills_what_it_gives_away(draft, network):
    closed = b'<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    network[STORY] = fetched(PAGE.replace(b"<body>", closed + b"<body>"))
    harvest = store.run(harvest_of(draft).pk)
    assert (harvest.state, harvest.code) == ("done", "paywalled")
    assert Article.objects.get().title == "A ward that listens"


def test_it_is_read_once_and_again_only_when_asked(draft, network):
    pk = harvest_of(draft).pk
    assert store.run(pk).attempt == 1
    assert store.run(pk) is None
    store.ask(draft.article_sources.get().link)
    assert store.run(pk).attempt == 2


def test_what_comes_after_a_cancel_is_not_kept(draft, network):
    pk = harvest_of(draft).pk

    def cancelled():
        store.cancel(Harvest.objects.get(pk=pk))
        return fetched()

    network[STORY] = cancelled
    assert store.run(pk).state == "cancelled"
    assert (Article.objects.get().title, SourceLink.objects.get().title) == ("", "")


def test_whoever_died_reading_does_not_hold_it_for_ever(draft, network):
    harvest = harvest_of(draft)
    long_ago = timezone.now() - 2 * store.STUCK
    Harvest.objects.update(state="reading", attempt=1, begun_at=timezone.now() - timedelta(seconds=1))
    assert store.run(harvest.pk) is None
    Harvest.objects.update(begun_at=long_ago)
    assert store.run(harvest.pk).state == "done"


def test_a_short_address_becomes_the_page_it_leads_to(curator, network):
    article = intake.paste("https://sho.example/x1", by=curator).article
    network["https://sho.example/x1"] = fetched(hops=[{"url": "https://sho.example/x1", "status": 301, "via": "HTTP"}])
    store.run(harvest_of(article).pk)
    link = SourceLink.objects.get()
    assert (link.pasted, link.resolved, link.cleaned) == ("https://sho.example/x1", STORY, STORY)
    assert (link.brand, len(link.hops)) == ("news.example.org", 1)


def test_a_short_address_of_a_page_we_have_names_that_one(draft, curator, network):
    article = intake.paste("https://sho.example/x1", by=curator).article
    network["https://sho.example/x1"] = fetched()
    harvest = store.run(harvest_of(article).pk)
    assert harvest.same_as == draft.article_sources.get().link
    assert SourceLink.objects.get(pasted="https://sho.example/x1").cleaned == "https://sho.example/x1"


def test_a_page_that_cannot_be_read_is_replaced_by_its_text(draft, network, curator):
    network[STORY] = faults.PaywalledError()
    store.run(harvest_of(draft).pk)
    text = "Nurses speak, and the record writes itself.  It took\na year.\n\n\nMore was said."
    harvest = store.take_text(draft.article_sources.get().link, text, by=curator)
    assert (harvest.state, harvest.kind, harvest.code) == ("done", "text", "")
    assert harvest.text == "Nurses speak, and the record writes itself. It took a year.\n\nMore was said."
    assert Article.objects.get().standfirst.startswith("Nurses speak, and the record writes itself.")


def test_what_a_person_types_beside_the_filling_builds_on_it(draft, network, curator):
    store.run(harvest_of(draft).pk)
    article = Article.objects.get()
    assert store.edit_to_build_on(article, 0) == article.edit == 1
    assert store.edit_to_build_on(article, 1) == 1
    workflow.take("edit", article, by=curator, edit=1, changes={"title": "Mine"})
    assert store.edit_to_build_on(Article.objects.get(), 1) == 1
    assert store.edit_to_build_on(Article.objects.get(), 0) == 0
    assert store.edit_to_build_on(Article.objects.get(), None) is None


def test_a_pdf_fills_what_is_empty_as_a_page_does(draft, network):
    lines = ("A ward that listens", 24), ("Abstract", 12), ("Nurses speak, and the record writes itself.", 10)
    data = pdfs.paper(*lines, pages=12, Title="Microsoft Word - draft.doc", Author="Ann Lee; Bo Day")
    network[STORY] = fetched(data, url=f"{STORY}/paper.pdf", kind="pdf")
    harvest = store.run(harvest_of(draft).pk)
    article = Article.objects.get()
    assert (harvest.state, harvest.kind, harvest.found["pages"]) == ("done", "pdf", [["12", "PDF"]])
    assert harvest.found["title"] == [["A ward that listens", "page one"], ["Paper", "file name"]]
    assert harvest.found["authors"] == [["Ann Lee, Bo Day", "PDF metadata"]]
    assert (article.title, article.standfirst) == (
        "A ward that listens",
        "Nurses speak, and the record writes itself.",
    )
    assert harvest.text.startswith("A ward that listens\nAbstract")


def test_a_pdf_that_cannot_be_read_says_why(draft, network):
    network[STORY] = fetched(pdfs.locked(), kind="pdf")
    harvest = store.run(harvest_of(draft).pk)
    assert (harvest.state, harvest.code) == ("failed", "pdf-locked")
    assert harvest.words.startswith("The PDF could not be read: it is locked with a password.")


@pytest.mark.parametrize(
    ("described", "standfirst"),
    [
        ("Beds are counted. Nurses count them.", "Beds are counted. Nurses count them."),
        ("Beds are counted! Who counts them?", "Beds are counted! Who counts them?"),
        ("Beds are counted. Nurses count th", "Beds are counted."),
        ("Beds are counted. Nurses count...", "Beds are counted."),
    ],
)
def test_a_description_of_two_whole_sentences_keeps_both(described, standfirst):
    harvest = Harvest(found={"description": [[described, "Open Graph"]], "title": [["Ward 3 report", "file name"]]})
    assert store.proposals(harvest) == {"standfirst": standfirst}
    assert store.offers(harvest)["title"] == [("Ward 3 report", "file name")]


# Whose words a pasted text is -----------------------------------------------------------------------------------------

PASTED = "Nurses speak, and the record writes itself. It took the ward a year. The second ward follows in May."


@pytest.fixture
def manager(db):
    return factories.make_person("Manager")


def approvable(article):
    """The article in review, with all that its checks ask for."""
    changes = {"title": "A ward that listens", "body": "<p>Nobody types at the bedside any more.</p>"}
    topics = {"topics": [{"topic": factories.make_topic().pk}]}
    factories.step("edit", article, article.owner, changes=changes | topics)
    factories.step("submit", article, article.owner)
    return article


def refused_to(article, person):
    """The rule by which somebody may not approve; nothing where they may."""
    try:
        factories.step("approve", article, person)
    except workflow.StepRefused as refusal:
        return refusal.code
    return ""


def main_link(article):
    return article.article_sources.get().link


def test_who_pastes_a_text_signs_what_it_fills_and_does_not_approve_it(draft, manager):
    store.take_text(main_link(draft), PASTED, by=manager)
    draft.refresh_from_db()
    assert draft.standfirst.startswith("Nurses speak")
    assert manager in draft.versions.first().writers.all()
    approvable(draft)
    assert refused_to(draft, manager) == "four-eyes"
    assert refused_to(draft, factories.make_person("Manager")) == ""


def test_a_click_on_use_leaves_the_words_those_of_who_pasted_them(draft, manager):
    factories.step("edit", draft, draft.owner, changes={"standfirst": "Mine."})
    store.take_text(main_link(draft), PASTED, by=manager)
    used = Harvest.objects.get().found["description"][0][0]
    factories.step("edit", draft, draft.owner, changes={"standfirst": used})
    approvable(draft)
    assert refused_to(draft, manager) == "four-eyes"


@pytest.mark.parametrize("taken", ["It took the ward a year. And that is all.", "The second ward follows in May."])
def test_one_whole_sentence_of_a_pasted_text_is_enough(draft, manager, taken):
    store.take_text(main_link(draft), PASTED, by=manager)
    factories.step("edit", draft, draft.owner, changes={"standfirst": taken})
    approvable(draft)
    factories.step("return", draft, factories.make_person("Manager"), reason="Once more.")
    factories.step("submit", draft, draft.owner)
    assert refused_to(draft, manager) == "four-eyes"


def test_who_pasted_stays_an_author_when_somebody_asks_for_the_page_again(draft, manager, curator):
    factories.step("edit", draft, draft.owner, changes={"standfirst": "Mine."})
    store.take_text(main_link(draft), PASTED, by=manager)
    store.cancel(store.ask(main_link(draft), by=curator))
    factories.step("edit", draft, draft.owner, changes={"standfirst": "It took the ward a year."})
    approvable(draft)
    assert refused_to(draft, manager) == "four-eyes"


def test_words_of_ones_own_make_nobody_else_an_author(draft, manager):
    factories.step("edit", draft, draft.owner, changes={"standfirst": "On this ward nobody types."})
    store.take_text(main_link(draft), PASTED, by=manager)
    approvable(draft)
    assert refused_to(draft, manager) == ""


def test_a_restored_standfirst_is_still_of_who_pasted_it(draft, manager):
    store.take_text(main_link(draft), PASTED, by=manager)
    filled = draft.versions.first()
    factories.step("edit", draft, draft.owner, changes={"standfirst": "Mine."})
    factories.step("restore", draft, draft.owner, version=filled.pk)
    approvable(draft)
    assert refused_to(draft, manager) == "four-eyes"


def test_a_pasted_text_fills_no_draft_that_is_not_open_to_who_pasted_it(draft, network):
    link = main_link(draft)
    other = factories.make_person("Curator")
    theirs = workflow.begin(by=other, sources=[{"link": link.pk, "role": "source", "reason": "Another view."}])
    store.take_text(link, PASTED, by=other)
    assert bool(Article.objects.get(pk=theirs.pk).standfirst)
    assert not Article.objects.get(pk=draft.pk).standfirst


def test_what_a_page_says_of_itself_has_no_author_here(draft, network, manager):
    store.run(store.ask(main_link(draft), by=manager).pk)
    approvable(draft)
    assert refused_to(draft, manager) == ""
