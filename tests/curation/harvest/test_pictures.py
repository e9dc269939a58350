"""Pictures that a page offers: which are worth fetching, how they come, what never does, and how they go again."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from curation import images
from curation.extract import image_candidates, read
from curation.fetch import faults
from curation.harvest import intake, pictures, store, tasks
from curation.harvest.pictures import GatheringError
from curation.models import Article, Harvest, Picture, SourceLink
from curation.site import media
from tests.curation.extract.pdf import pdfs
from tests.factories import make_in, make_offering, make_person, make_picture, make_published, step

from . import sites

SITE = "http://news.example.org"
STORY = f"{SITE}/knee"


def drawn(size=(800, 500), colour="teal", form="JPEG", **options):
    """The bytes of a picture."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, form, **options)
    return file.getvalue()


def page(*addresses, more=""):
    tags = "".join(f'<meta property="og:image" content="{address}">' for address in addresses)
    return f"<!doctype html><html><head><title>A knee</title>{tags}{more}</head><body></body></html>".encode()


def png_of(width, height):
    """A PNG that says it is of this size and holds next to nothing."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def sent(body, kind="image/jpeg"):
    return sites.answer("200 OK", f"Content-Type: {kind}", body=body)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HARVEST_PORTS = []
    return settings.MEDIA_ROOT


@pytest.fixture
def curator(db):
    return make_person("Curator")


@pytest.fixture
def source(internet):
    """The site that the story stands on, with its answers by path."""
    return internet.site


def harvested(source, curator, body, url=STORY, kind="text/html"):
    """The harvest of a story that was read from the site."""
    source.answers[url.removeprefix(SITE)] = sent(body, kind)
    article = intake.paste(url, by=curator).article
    return store.run(Harvest.objects.get(link__article_sources__article=article).pk)


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# Which are worth fetching ------------------------------------------------------------------------------------------


def worth(html, url=STORY):
    return image_candidates.offered(read(html, url), "page", url)


def test_what_a_page_offers_is_kept_with_its_origin_and_nothing_is_fetched(source, curator):
    more = f'<meta name="twitter:image" content="/b.jpg"><meta property="og:image:alt" content="x">{LINKED}'
    harvest = harvested(source, curator, page("/a.jpg?x=<script>", more=more))
    assert harvest.found["picture"] == [
        [f"{SITE}/a.jpg?x=<script>", "Open Graph"],
        [f"{SITE}/b.jpg", "Twitter"],
        [f"{SITE}/c.jpg", "JSON-LD"],
    ]
    assert "image" not in harvest.found
    assert [request.split()[1] for request in source.requests] == ["/knee"]
    assert Picture.objects.count() == 0


LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "image": "/c.jpg"}</script>'


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        ('<meta property="og:image" content="/site-logo.png">', []),
        ('<meta property="og:image" content="https://pixel.example/a.gif">', []),
        ('<meta property="og:image" content="/sprites/a.png">', []),
        ('<meta property="og:image" content="/silicon-logistics.png">', ["/silicon-logistics.png"]),
        ('<meta property="og:image" content="/a-150x60.jpg">', []),
        ('<meta property="og:image" content="/a.jpg"><meta property="og:image:width" content="1">', []),
        ('<meta property="og:image" content="/a-1024x683.jpg"><meta name="twitter:image" content="/a.jpg">', 1),
        ('<meta property="og:image" content="/a.jpg?w=900"><meta name="twitter:image" content="/a.jpg?w=90">', 1),
        ('<meta property="og:image" content="/a?id=1"><meta name="twitter:image" content="/a?id=2">', 2),
        ('<meta property="og:image" content="/a.svg">', []),
        ('<meta property="og:image" content="data:image/png;base64,AAAA">', []),
        ('<meta property="og:image" content="javascript:alert(1)">', []),
        ('<meta property="og:image" content="http://[::1">', []),
        ("".join(f'<meta property="og:image" content="/{n}.jpg">' for n in range(30)), 12),
    ],
)
def test_ornaments_doubles_and_too_many_are_left_out(tags, kept):
    found = [address.removeprefix(SITE) for address, _ in worth(f"<html><head>{tags}</head></html>")["picture"]]
    assert len(found) == kept if isinstance(kept, int) else found == kept


def test_icons_of_a_fit_size_come_first_drawings_never_and_the_usual_place_last():
    links = (
        '<link rel="icon" href="/i.svg"><link rel="icon" sizes="16x16" href="/16.png">'
        '<link rel="icon" sizes="32x32" href="/32.png"><link rel="mask-icon" href="/m.png">'
        '<link rel="apple-touch-icon" href="/apple.png">'
    )
    found = worth(f"<html><head>{links}</head></html>")["icon"]
    assert found == [(f"{SITE}/32.png", "page"), (f"{SITE}/apple.png", "page"), (f"{SITE}/favicon.ico", "site")]


# One picture -------------------------------------------------------------------------------------------------------


def test_a_picture_is_fetched_once_and_kept_like_any_other(source, curator, folder):
    harvest = harvested(source, curator, page("/a.jpg"))
    source.answers["/a.jpg"] = sent(drawn(comment=b"SECRETWORDS"))
    once = pictures.gather(harvest, 0)
    again = pictures.gather(harvest, 0)
    assert once == again == Picture.objects.get()
    assert (once.address, once.state, once.width, once.height) == (f"{SITE}/a.jpg", "ready", 800, 500)
    assert once.widths == {"jpeg": [320, 480, 640, 800], "webp": [320, 480, 640, 800]}
    assert len(source.requests) == 2
    assert "image/webp" in source.requests[1]
    assert len(files(folder)) == 9
    assert not any(b"SECRETWORDS" in path.read_bytes() for path in folder.rglob("*.jpg"))
    assert [offer.picture for offer in pictures.offers(harvest)] == [once]


def test_a_picture_that_was_named_but_missing_is_filled_in(source, curator):
    named = Picture.objects.create(address=f"{SITE}/a.jpg", state=Picture.State.MISSING)
    harvest = harvested(source, curator, page("/a.jpg"))
    source.answers["/a.jpg"] = sent(drawn())
    assert pictures.gather(harvest, 0) == named
    assert Picture.objects.get().is_ready


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + drawn())
    for _ in range(400):
        connection.sendall(bytes(65536))


HOSTILE = {
    "svg": (sent(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "never a drawing"),
    "page": (sent(b"<!doctype html><script>alert(1)</script>"), "leads to a page"),
    "bomb": (sent(png_of(40_000, 40_000)), "more pixels than are taken"),
    "heavy": (sent(drawn() + bytes(20_000_000)), "20 MB"),
    "endless": (endless, "20 MB"),
    "pixel": (sent(drawn((1, 1), form="GIF")), "only 1 × 1 pixels"),
    "broken": (sent(drawn()[:900]), "broken or cut short"),
    "pdf": (sent(pdfs.paper(("A knee", 24))), "PDF"),
    "words": (sent(b"just words"), "no picture"),
    "gone": (sites.answer("404 Not Found"), "not there"),
    "private": (sites.redirect("http://127.0.0.1/a.jpg"), "private network"),
    "port": (sites.redirect("http://news.example.org:8080/a.jpg"), "unusual port"),
    "nowhere": (sites.redirect("http://nobody.example/a.jpg"), "No site"),
    "empty": (sites.answer("200 OK", "Content-Length: 0"), "no picture"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_hurt_ends_in_words_and_stores_nothing(source, curator, folder, name):
    harvest = harvested(source, curator, page("/a.jpg"))
    source.answers["/a.jpg"], words = HOSTILE[name]
    with pytest.raises(GatheringError, match=words):
        pictures.gather(harvest, 0)
    assert Picture.objects.count() == 0
    assert files(folder) == []
    harvest.refresh_from_db()
    (offer,) = pictures.offers(harvest)
    assert words in offer.refusal
    assert not offer.is_waiting


def test_what_was_refused_is_tried_again_when_asked_for_and_then_forgotten(source, curator):
    harvest = harvested(source, curator, page("/a.jpg"))
    with pytest.raises(GatheringError):
        pictures.gather(harvest, 0)
    source.answers["/a.jpg"] = sent(drawn())
    picture = pictures.gather(harvest, 0)
    harvest.refresh_from_db()
    assert pictures.offers(harvest)[0].picture == picture
    assert harvest.found["refused"] == []


@pytest.mark.parametrize("place", [-1, 1, 10**9])
def test_only_what_the_page_offers_is_fetched(source, curator, place):
    harvest = harvested(source, curator, page("/a.jpg"))
    with pytest.raises(GatheringError, match="does not offer"):
        pictures.gather(harvest, place)
    assert len(source.requests) == 1


def test_the_first_page_of_a_pdf_is_a_picture(source, curator):
    data = pdfs.paper(("A knee", 24), pages=2)
    harvest = harvested(source, curator, data, f"{STORY}.pdf", "application/pdf")
    assert harvest.found["picture"] == [[f"{STORY}.pdf#page=1", "first page"]]
    picture = pictures.gather(harvest, 0)
    assert (picture.height, picture.is_ready) == (1600, True)


def test_the_first_page_of_a_locked_pdf_is_told(source, curator, monkeypatch):
    harvest = harvested(source, curator, pdfs.paper(("A knee", 24)), f"{STORY}.pdf", "application/pdf")

    def locked(data):
        raise faults.PdfLockedError

    monkeypatch.setattr(pictures.pdf, "first_page", locked)
    with pytest.raises(GatheringError, match="password"):
        pictures.gather(harvest, 0)


def test_a_link_to_a_picture_offers_itself(source, curator):
    harvest = harvested(source, curator, drawn(), f"{SITE}/a.jpg", "image/jpeg")
    assert harvest.found["picture"] == [[f"{SITE}/a.jpg", "link"]]
    assert pictures.gather(harvest, 0).is_ready


# Before anybody asks -----------------------------------------------------------------------------------------------


def test_the_worker_fetches_the_first_ones_and_two_of_the_same_bytes_are_one_offer(source, curator):
    harvest = harvested(source, curator, page(*(f"/{n}.jpg" for n in range(8))))
    for n in range(8):
        source.answers[f"/{n}.jpg"] = sent(drawn(colour=("red", "green", "blue", "red")[n % 4]))
    source.answers["/1.jpg"] = sites.answer("404 Not Found")
    assert tasks.gather.call(harvest.pk) == 5
    harvest.refresh_from_db()
    found = pictures.offers(harvest)
    assert [offer.place for offer in found] == [0, 1, 2, 5, 6, 7]
    assert [offer.is_waiting for offer in found] == [False] * 4 + [True] * 2
    asked = len(source.requests)
    assert tasks.gather.call(harvest.pk) == 0
    assert len(source.requests) == asked


def test_a_page_that_was_read_by_the_worker_has_its_pictures_gathered_next(source, curator):
    source.answers["/knee"] = sent(page("/a.jpg"), "text/html")
    article = intake.paste(STORY, by=curator).article
    pk = Harvest.objects.get(link__article_sources__article=article).pk
    assert tasks.harvest.call(pk) == "done"
    assert DBTaskResult.objects.filter(task_path="curation.harvest.tasks.gather", args_kwargs__args__0=pk).count() == 1
    assert tasks.gather.call(10**6) == 0


def test_time_that_is_up_leaves_the_rest_to_whoever_asks(source, curator, monkeypatch):
    harvest = harvested(source, curator, page("/a.jpg"))
    monkeypatch.setattr(pictures, "SECONDS", 0.0)
    assert pictures.gather_first(harvest) == 0
    assert pictures.offers(harvest)[0].is_waiting


# The icon ----------------------------------------------------------------------------------------------------------


def ico(*sizes):
    return drawn((max(sizes), max(sizes)), "navy", "ICO", sizes=[(size, size) for size in sizes])


@pytest.mark.parametrize(
    ("data", "side"),
    [(ico(16, 32), 32), (ico(48), 48), (drawn((32, 32), form="PNG"), 32), (drawn((180, 180), form="PNG"), 64)],
    ids=["two sizes", "one size", "png", "large png"],
)
def test_the_icon_of_a_site_becomes_a_small_file_of_ours(source, curator, data, side, folder):
    source.answers["/favicon.ico"] = sent(data, "image/x-icon")
    harvest = harvested(source, curator, page())
    assert pictures.wants_icon(harvest)
    tasks.gather.call(harvest.pk)
    name = SourceLink.objects.get().favicon
    assert files(folder) == [name]
    assert images.parse_name(name)[1:] == (side, "webp")
    assert media.file_of(name) is not None
    assert Image.open(media.file_of(name)).size == (side, side)
    harvest = Harvest.objects.get()
    assert not pictures.wants_icon(harvest)


def test_readers_get_the_icon_of_a_site_that_a_live_article_leads_to(source, curator, client):
    source.answers["/favicon.ico"] = sent(ico(32), "image/x-icon")
    harvest = harvested(source, curator, page())
    name = pictures.gather_icon(harvest)
    assert client.get(f"/media/{name}").status_code == 404
    make_published(sources=[SourceLink.objects.get()])
    assert client.get(f"/media/{name}")["Content-Type"] == "image/webp"


def bmp_bomb():
    head = struct.pack("<IiiHHIIiiII", 40, 30_000, 60_000, 1, 32, 0, 0, 0, 0, 0, 0)
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(head), 22) + head


def png_bomb():
    body = png_of(30_000, 30_000)
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(body), 22) + body


@pytest.mark.parametrize(
    "data",
    [bmp_bomb(), png_bomb(), ico(16)[:40], b"\0\0\1\0\xff\xff" + bytes(60), ico(32) + bytes(1_000_000)],
    ids=["bmp", "png", "cut", "list", "heavy"],
)
def test_an_icon_made_to_hurt_is_passed_over_and_not_tried_twice(source, curator, data, folder):
    source.answers["/favicon.ico"] = sent(data, "image/x-icon")
    harvest = harvested(source, curator, page())
    assert pictures.gather_icon(harvest) == ""
    asked = len(source.requests)
    assert pictures.gather_icon(harvest) == ""
    assert (len(source.requests), files(folder), pictures.wants_icon(harvest)) == (asked, [], False)


def test_another_page_of_the_site_takes_the_icon_that_is_there(source, curator):
    source.answers["/favicon.ico"] = sent(ico(16), "image/x-icon")
    first, second = (harvested(source, curator, page(), f"{STORY}{n}") for n in "ab")
    name = pictures.gather_icon(first)
    asked = len(source.requests)
    assert pictures.gather_icon(second) == name
    assert len(source.requests) == asked


# What nobody chose -------------------------------------------------------------------------------------------------


def gathered(name, days=20, address="", colour="red"):
    """A picture from the web with its files, as old as is said."""
    taken = images.decode_picture(drawn(colour=colour, form="PNG"))
    values = images.store.keep_picture(taken)
    row = Picture.objects.create(address=address or f"{SITE}/{name}.jpg", **values)
    Picture.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days))
    return row


def test_what_was_gathered_and_never_chosen_goes_after_a_fortnight_with_its_files(db, folder):
    gathered("old")
    young = gathered("young", days=13, colour="blue")
    own = gathered("own", address="desk/0123456789abcdef/own.png", colour="green")
    assert pictures.sweep() == 1
    assert set(Picture.objects.all()) == {young, own}
    assert {name[:20] for name in files(folder)} == {young.name, own.name}
    assert pictures.sweep() == 0


def test_what_is_used_anywhere_stays(db, folder, django_assert_max_num_queries):
    names = ["article", "edition", "version", "body", "restored", "logo"]
    shades = ["red", "green", "blue", "black", "white", "grey"]
    used = {name: gathered(name, colour=shade) for name, shade in zip(names, shades, strict=True)}
    make_in("draft", picture_id=used["article"].pk)
    make_published(picture_id=used["edition"].pk)
    article = make_in("approved", picture_id=used["version"].pk)
    step("edit", article, changes={"picture_id": None})
    shown = '<p>See.</p><p><img src="/media/{}-320.jpg" alt="A knee"></p>'
    make_in("draft", body=shown.format(used["body"].name))
    article = make_in("approved", body=shown.format(used["restored"].name))
    step("edit", article, changes={"body": "<p>No more.</p>"})
    make_offering(logo=f"{used['logo'].name}-320.jpg")
    with django_assert_max_num_queries(12):
        assert pictures.sweep() == 1  # a logo is a file, not a row
    assert set(Picture.objects.values_list("address", flat=True)) == {used[n].address for n in names[:-1]}
    assert {name[:20] for name in files(folder)} == {row.name for row in used.values()}


def test_files_that_another_picture_shares_stay(db, folder):
    gathered("old")
    twin = gathered("twin", days=1)
    before = files(folder)
    assert pictures.sweep() == 1
    assert Picture.objects.get() == twin
    assert files(folder) == before


def test_the_worker_sweeps_once_a_day(db, curator):
    cache.clear()
    gathered("one")
    tasks.gather.call(0)
    assert Picture.objects.count() == 0
    gathered("two")
    tasks.gather.call(0)
    assert Picture.objects.count() == 1


def test_a_missing_picture_of_a_document_is_not_swept(db):
    make_picture(state="missing", name="", address="https://signed.example/a.jpg")
    Picture.objects.update(created_at=timezone.now() - timedelta(days=400))
    assert pictures.sweep() == 0
    assert Article.objects.count() == 0
