"""Links whose pages are no stories fill nothing and say why; pages under several addresses are known as one."""

import brotli
import pytest

from curation.harvest import intake, store
from curation.models import Article, Harvest, SourceLink
from tests import SHARED, factories

from .sites import PAGE, answer, page, redirect

FOLDER = SHARED / "cases" / "intake" / "harvest"
START = "http://news.example.org/a"
HOME = b"<!doctype html><title>Ward News</title><h1>Today on the wards</h1><p>Much of it.</p>"
WALL = b"<!doctype html><title>Your privacy choices</title><form class=consent><button>Accept all</button></form>"

pytestmark = pytest.mark.usefixtures("internet")


@pytest.fixture
def curator(db):
    return factories.make_person("Curator")


def harvested(address, curator):
    article = intake.paste(address, by=curator).article
    return store.run(Harvest.objects.get(link__article_sources__article=article).pk)


def ending(harvest):
    return harvest.state, harvest.code, Article.objects.latest("pk").title


CASES = {
    "robot-question-behind-name": ("failed", "challenged", ""),
    "consent-wall": ("failed", "consent", ""),
    "sign-in-page": ("failed", "sign-in", ""),
    "dead-link-to-home": ("failed", "gone", ""),
    "brotli-unasked": ("failed", "not-a-page", ""),  # three letters, once they are unpacked
    "notice-before-doctype": ("done", "", "A pump that asks before it doses"),
    "soft-404-french": ("failed", "gone", ""),
}


@pytest.mark.skipif(not FOLDER.exists(), reason="the cases lie beside the project, and are not there")
@pytest.mark.parametrize("name", CASES)
def test_a_case_that_was_kept_wrongly_ends_rightly(site, curator, name):
    site.answers |= {"/a": (FOLDER / f"{name}.http").read_bytes(), "/": page(HOME)}
    assert ending(harvested(START, curator)) == CASES[name]
    assert SourceLink.objects.get().cleaned == START


def test_a_dead_link_keeps_its_address_and_says_where_it_leads(site, curator):
    site.answers |= {"/a": redirect("/"), "/b": redirect("/en/"), "/": page(HOME), "/en/": page(HOME)}
    for address in (START, "http://news.example.org/b"):
        harvest = harvested(address, curator)
        assert ending(harvest) == ("failed", "gone", "")
        assert "front page" in harvest.words
        assert (harvest.link.cleaned, harvest.same_as, len(harvest.link.hops)) == (address, None, 2)


def test_a_story_that_moved_is_followed(site, curator):
    site.answers |= {"/a": redirect("/2024/a-pump-that-asks"), "/2024/a-pump-that-asks": page(PAGE)}
    harvest = harvested(START, curator)
    assert harvest.link.cleaned == "http://news.example.org/2024/a-pump-that-asks"


def test_who_knows_better_overrules_the_judge(site, curator):
    site.answers["/a"] = page(WALL)
    harvest = harvested(START, curator)
    assert store.may_believe(harvest)
    store.believe(harvest.link, by=curator)
    assert ending(store.run(harvest.pk)) == ("done", "", "Your privacy choices")


def test_what_the_site_refused_cannot_be_believed(site, curator):
    site.answers["/a"] = answer("404 Not Found")
    assert not store.may_believe(harvested(START, curator))


def test_a_pasted_wall_is_no_story_either(curator, site):
    site.answers["/a"] = page(WALL)
    link = harvested(START, curator).link
    harvest = store.take_text(link, "We value your privacy\n\nAccept all", by=curator)
    assert (harvest.state, harvest.code) == ("failed", "consent")
    assert store.take_text(link, "Nurses speak. The record writes itself.", by=curator).state == "done"


def test_real_brotli_that_nobody_asked_for_is_read(site, curator):
    site.answers["/a"] = page(brotli.compress(PAGE), "Content-Encoding: br")
    assert ending(harvested(START, curator)) == ("done", "", "A pump that asks before it doses")


def declaring(*head):
    return page(PAGE.replace(b"<p>", "".join(head).encode() + b"<p>"))


CANONICAL = '<link rel="canonical" href="http://news.example.org/story">'


def test_a_page_under_several_addresses_is_known_as_one(site, curator):
    site.answers |= dict.fromkeys(["/story", "/mobile/story", "/print.asp?id=7"], declaring(CANONICAL))
    first = harvested("http://news.example.org/story", curator)
    for path in ("mobile/story", "print.asp?id=7"):
        harvest = harvested(f"http://news.example.org/{path}", curator)
        assert harvest.same_as == first.link
        assert harvest.link.cleaned == f"http://news.example.org/{path}"


@pytest.mark.skipif(not FOLDER.exists(), reason="the cases lie beside the project, and are not there")
def test_the_case_of_a_page_under_three_addresses_ends_rightly(site, curator):
    body = (FOLDER / "canonical-names-a-known-page.http").read_bytes()
    site.answers |= dict.fromkeys(["/story", "/mobile/story", "/print.asp?id=7"], body)
    first = harvested("http://news.example.org/story", curator)
    for path in ("mobile/story", "print.asp?id=7"):
        assert harvested(f"http://news.example.org/{path}", curator).same_as == first.link


def test_whichever_address_came_first_is_named(site, curator):
    site.answers |= dict.fromkeys(["/story", "/mobile/story", "/print.asp?id=7"], declaring(CANONICAL))
    first = harvested("http://news.example.org/mobile/story", curator)
    assert harvested("http://news.example.org/print.asp?id=7", curator).same_as == first.link
    assert harvested("http://news.example.org/story", curator).same_as == first.link


def test_the_other_way_round_an_amp_address_is_known(site, curator):
    site.answers["/reader/9"] = page(PAGE)
    site.answers["/story"] = declaring('<link rel="amphtml" href="/reader/9">')
    first = harvested("http://news.example.org/reader/9", curator)
    assert harvested("http://news.example.org/story", curator).same_as == first.link


def test_a_syndicated_page_names_the_original_and_keeps_its_own_link(site, curator):
    site.answers |= {"/story": page(PAGE), "/copy": declaring(CANONICAL)}
    first = harvested("http://news.example.org/story", curator)
    harvest = harvested("http://other.example.org/copy", curator)
    assert (harvest.same_as, harvest.link.brand) == (first.link, "other.example.org")


@pytest.mark.parametrize("declared", ["/", "/en/", "/news/"])
def test_a_front_page_or_a_section_is_nobodys_address(site, curator, declared):
    head = declaring(f'<link rel="canonical" href="{declared}">')
    site.answers |= {"/news/a": head, "/news/b": head}
    harvested("http://news.example.org/news/a", curator)
    assert harvested("http://news.example.org/news/b", curator).same_as is None
