"""Nothing of what is not live is ever told: a newsroom in every state, and everything that readers can ask of it."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import pytest
from django.utils import timezone

from curation.models import State

from .clock import Clock
from .factories import (
    make_article,
    make_author,
    make_in,
    make_link,
    make_offering,
    make_picture,
    make_published,
    make_topic,
    step,
    words,
)
from .markup import Page

pytestmark = pytest.mark.django_db

#: Stands in every word that readers must not see, and nowhere else.
MARK = "zqleak"
#: Stands in the words that readers do see.
OPEN = "plainly"
HIDDEN = ["draft", "in_review", "changes_requested", "approved", "declined", "scheduled", "cancelled", "unborn"]
ENDED = ["withdrawn", "expired"]


def marked(name, mark=MARK):
    """Words for an article that say ``mark`` everywhere they can, and what it is filed under, which is public."""
    name = name.replace("_", "-")
    link = make_link(f"https://{mark}-{name}.example/{mark}", title=f"{mark} original", site_name=f"{mark} site")
    via = make_link(f"https://{mark}-via-{name}.example/", title=f"{mark} via")
    picture = make_picture(
        name=f"{mark}{name}".replace("-", "").ljust(20, "a")[:20], widths={"jpeg": [400]}, address=f"/{mark}/{name}.jpg"
    )
    return {
        "title": f"{mark} Wards of {name}",
        "standfirst": f"A {mark} standfirst of {name}.",
        "body": f'<p>{mark} words of {name}, and a <a href="https://{mark}.example/">link</a>.</p>',
        "bylines": [make_author(name=f"{mark.title()} Author {name}")],
        "sources": [{"link": link.pk, "role": "source"}, {"link": via.pk, "role": "via"}],
        "picture_id": picture.pk,
        "picture_alt": f"{mark} alt",
        "picture_credit": f"{mark} credit",
        "pdf": f"https://{mark}.example/paper.pdf",
        "insights_name": f"{mark} insights",
        "insights": f"<p>{mark} view</p>",
        "dated_at": datetime(2025, 3, 1 + len(name), tzinfo=UTC),
    }


def hide(name, filed, clock):
    """An article that readers must not see, by the way it is hidden."""
    given = marked(name) | filed
    if name in list(State):
        return make_in(name, **given)
    if name == "expired":
        return make_published(until=clock.after(minutes=1), **given).article
    if name == "withdrawn":
        return make_published(**given).article
    article = make_in("approved", **given)
    step("publish", article, at=clock.after(days=9))
    if name != "scheduled":
        step("cancel" if name == "cancelled" else "withdraw", article, reason=f"{MARK} reason")
    return article


class Newsroom:
    """One article that is live, edited since, replaced since, and one for each way not to be seen."""

    def __init__(self, clock):
        self.topic, self.box = make_topic("Field: Shared"), make_offering(name="Shared Box")
        self.lone = make_topic("Field: Lonely")
        self.lone_box = make_offering([self.lone], name="Lonely Box")
        hidden = {"topics": [self.lone, self.topic], "offerings": [self.box, self.lone_box]}
        self.hidden = {name: hide(name, hidden, clock) for name in HIDDEN + ENDED}
        seen = marked("seen", OPEN) | {"topics": [self.topic], "offerings": [self.box]}
        self.live = make_published(**seen)
        self.other = make_published(**marked("other", OPEN) | {"topics": [self.topic], "offerings": [self.box]})
        clock.turn(minutes=5)
        step("withdraw", self.hidden["withdrawn"], reason=f"{MARK} reason")
        self.replace(clock)
        step("edit", self.live.article, changes=words(**marked("edited") | hidden))
        step("edit", self.other.article, changes=words(**marked("resubmitted") | hidden))
        step("return", self.other.article, reason="To be sent once more.")
        step("submit", self.other.article)

    def replace(self, clock):
        """A live article whose earlier Edition said what readers must not see any more."""
        replaced = make_published(**marked("replaced") | {"topics": [self.lone], "slug": "plainly-mended"})
        clock.turn(minutes=5)
        said = marked("mended", OPEN) | {"topics": [self.topic], "offerings": []}
        step("edit", replaced.article, changes=words(**said))
        step("approve", replaced.article)
        self.mended = step("publish", replaced.article, note="Said plainly now.").edition


@pytest.fixture(scope="module")
def newsroom(for_all):
    """One for all tests, which only read; the clock stands where making it left it."""
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", clock.now)
        with for_all():
            made = Newsroom(clock)
        yield made


@pytest.fixture(params=["anonymous", "curator", "manager"])
def visitor(request, client):
    """Whoever reads, signed in or not: readers' pages are the same for all."""
    if request.param != "anonymous":
        client.force_login(request.getfixturevalue(request.param))
    return client


STARTS = [
    "/", "/news/", "/news/feed.xml", "/topic/", "/topic/field-shared/", "/topic/field-shared/feed.xml",
    "/topic/field-lonely/", "/topic/field-lonely/feed.xml", "/offering/", "/offering/shared-box/",
    "/offering/lonely-box/", "/institution/", "/author/", "/source/", "/about/", "/robots.txt", "/sitemap.xml",
    "/nothing/", "/news/2025/03/", "/sitemap-news-2025-03.xml", "/news/?q=wards", "/news/?q=of&page=2",
    "/news/?taxonomy=field", "/news/?topic=field-lonely", "/news/?since=2020-01-01&until=2030-01-01",
    "/offering/?topic=field-lonely", "/healthz", "/.well-known/security.txt",
]  # fmt: skip
_LINKS = re.compile(r"(?:href|src|action|content|url|srcset)=\"([^\"]+)\"|<(?:loc|link|guid|id)[^>]*>([^<]+)<")


def links_of(text, address):
    """Every address of our own that a page, a feed or a map names."""
    for found in _LINKS.findall(text):
        for written in "".join(found).replace("&amp;", "&").split(", "):
            link = urlsplit(written.split(" ")[0])
            if link.netloc in ("", "localhost", "testserver"):
                path = link.path or address.partition("?")[0]
                yield f"{path}?{link.query}" if link.query else path


def everything(client):
    """Every page that can be reached from the starts: address → its words and headers."""
    waiting, pages = list(STARTS), {}
    while waiting:
        address = waiting.pop()
        if address in pages or address.startswith(("/static/", "/admin/")):
            continue
        response = client.get(address)
        streamed = b"".join(response.streaming_content) if response.streaming else response.content
        pages[address] = f"{response.status_code}\n{response.headers}\n{streamed.decode(errors='replace')}"
        waiting += links_of(pages[address], address) if streamed[:1] == b"<" else ()
    return pages


def test_no_page_says_a_word_of_what_is_not_live(visitor, newsroom):
    pages = everything(visitor)

    assert {address: MARK for address, text in pages.items() if MARK in unquote(text).lower()} == {}
    assert newsroom.live.get_absolute_url() in pages
    assert newsroom.mended.get_absolute_url() in pages
    assert len(pages) > 40


def test_what_is_live_says_its_old_words_while_new_ones_are_written(visitor, newsroom):
    for edition, name in ((newsroom.live, "seen"), (newsroom.other, "other"), (newsroom.mended, "mended")):
        page = Page(visitor.get(edition.get_absolute_url()))
        assert page.heading == f"plainly Wards of {name}"
        assert f"plainly words of {name}" in page.main.text
        assert "plainly view" in page.part("plainly insights").text
        assert page.part("The original").links[-1][0] == f"Read the original at plainly-{name}.example"
        assert page.part("Filed under").links == [("Shared", "/topic/field-shared/")]
    assert "Said plainly now." in Page(visitor.get(newsroom.mended.get_absolute_url())).main.text


def test_lists_hold_what_is_live_and_nothing_else(visitor, newsroom):
    live = {edition.get_absolute_url() for edition in (newsroom.live, newsroom.other, newsroom.mended)}
    whole = ["/", "/news/", "/news/2025/03/", "/topic/field-shared/", "/news/?q=wards", "/news/?taxonomy=field"]

    for address in whole:
        assert {url for _, url in Page(visitor.get(address)).main.stories if url.startswith("/news/")} == live, address
    for address in ("/news/feed.xml", "/topic/field-shared/feed.xml", "/sitemap-news-2025-03.xml"):
        assert set(re.findall(r"/news/[a-z0-9-]+/(?=<)", visitor.get(address).text)) == live, address
    assert Page(visitor.get("/news/")).part("By month").links == [("March 20253 briefs", "/news/2025/03/")]
    assert "Shared3 briefs" in Page(visitor.get("/topic/")).main.text


def test_a_topic_of_nothing_live_is_empty(visitor, newsroom):
    page = Page(visitor.get("/topic/field-lonely/"))

    assert "No brief here yet" in page.main.text
    assert page.part("Briefs").stories == []
    assert page.part("Neighbouring topics") is None
    assert "<item>" not in visitor.get("/topic/field-lonely/feed.xml").text
    assert visitor.get("/topic/field-lonely/2025/03/").status_code == 404
    assert "Lonely" not in Page(visitor.get("/topic/")).main.text
    assert "Lonely" not in Page(visitor.get("/")).main.text


def test_an_offering_that_nothing_live_names_is_named_by_nothing(visitor, newsroom):
    assert "No brief has named Lonely Box so far." in Page(visitor.get("/offering/lonely-box/")).main.text


def test_authors_and_sources_of_nothing_live_are_not_there(visitor, newsroom):
    for kind, own in (("author", "{}-author-{}"), ("source", "{}-{}.example")):
        unknown = visitor.get(f"/{kind}/nobody-at-all/").text.replace("nobody-at-all", "…")
        for name in HIDDEN + ENDED:
            asked = own.format(MARK, name.replace("_", "-"))
            response = visitor.get(f"/{kind}/{asked}/")
            assert response.status_code == 404
            assert response.text.replace(asked, "…") == unknown


def test_the_address_of_what_was_never_live_is_no_address(visitor, newsroom):
    unknown = visitor.get("/news/there-is-no-such-thing/")
    for name in HIDDEN:
        slug = newsroom.hidden[name].slug or f"{MARK}-{name}-{MARK}-wards-of-{name}"
        response = visitor.get(f"/news/{slug}/")
        assert response.status_code == unknown.status_code == 404
        assert response.text.replace(slug, "…") == unknown.text.replace("there-is-no-such-thing", "…")


def test_what_has_ended_says_that_and_no_more(visitor, newsroom):
    for name in ENDED:
        slug = newsroom.hidden[name].slug
        response = visitor.get(f"/news/{slug}/")
        assert response.status_code == 410
        assert MARK not in response.text.replace(slug, "").lower()


def test_asking_for_hidden_words_is_asking_for_words_that_are_nowhere(visitor, newsroom):
    for asked in ("q={}", "source={}-draft.example", "topic={}", "taxonomy={}", "since={}", "q=wards+{}"):
        hidden, nowhere = (visitor.get("/news/?" + asked.format(word)) for word in (MARK, "zqnone"))
        assert hidden.status_code == nowhere.status_code == 200
        assert hidden.text.replace(MARK, "…") == nowhere.text.replace("zqnone", "…")
        assert Page(hidden).main.stories == []


def test_hidden_pictures_are_not_there(client, newsroom, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    for article in newsroom.hidden.values():
        name = f"{article.picture.name}-400.jpg"
        file = tmp_path / name[:2] / name[2:4] / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"secret")
        assert client.get(f"/media/{name}").status_code == 404


def test_a_live_article_beside_a_hidden_one_of_the_same_everything_tells_nothing_of_it(visitor, newsroom):
    """Neighbours, “more on”, and related offerings are asked for by topic: the likeliest places to slip."""
    make_article(title=f"{MARK} the next", topics=[newsroom.topic], offerings=[newsroom.box])

    for edition in (newsroom.live, newsroom.other, newsroom.mended):
        page = Page(visitor.get(edition.get_absolute_url()))
        assert MARK not in page.source.lower()
        assert {url for _, url in page.main.stories if url.startswith("/news/")} < {
            other.get_absolute_url() for other in (newsroom.live, newsroom.other, newsroom.mended)
        }
