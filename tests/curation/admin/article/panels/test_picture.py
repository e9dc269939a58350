"""The picture of an article on the desk: what is shown, who may change it, and what every way in refuses in words."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image

from curation.admin.article import form as article_form
from curation.fetch import Fetched
from curation.fetch import fetch as guarded
from curation.harvest import heartbeat, intake, pictures, store
from curation.images.placements import PLACEMENTS
from curation.models import Article, Harvest, Picture, SourceLink
from tests import ROOT
from tests.curation.harvest.test_pictures import drawn, ico, png_of
from tests.factories import make_in, make_person, make_picture

SITE = "https://news.example.org"
STORY = f"{SITE}/knee"
HOSTILE = '"><img src=x onerror=alert(1)>'
CSS = ROOT / "static"
JSON = {"Accept": "application/json"}
PLAIN = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def curator(db):
    return make_person("Curator")


@pytest.fixture
def client(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def network(monkeypatch):
    """What is found at each address; anything else is a page."""
    pages = {}

    def fetch(url, headers=None):
        body = pages.get(url, b"<!doctype html><title>Nothing</title>")
        kind = "picture" if body[:4] in (b"\xff\xd8\xff\xe0", b"\x89PNG", b"\0\0\1\0") else "page"
        return Fetched(url=url, status=200, headers={}, body=body, hops=[], kind=kind)

    monkeypatch.setattr(pictures, "fetch", fetch)
    monkeypatch.setattr(store, "fetch", fetch)
    return pages


@pytest.fixture
def article(curator, network):
    """A draft whose page was read: it offers a picture, one that is none, and an address made to hurt."""
    tags = "".join(f'<meta property="og:image" content="{address}">' for address in ("/a.jpg", "/b.jpg", f"/{QUOTED}"))
    name = HOSTILE.replace('"', "&quot;").replace("<", "&lt;")
    site = f'<meta property="og:site_name" content="The Loop {name}">'
    network[STORY] = f"<!doctype html><html><head><title>A knee</title>{tags}{site}</head></html>".encode()
    network[f"{SITE}/a.jpg"] = drawn()
    draft = intake.paste(STORY, by=curator).article
    store.run(Harvest.objects.get().pk)
    return Article.objects.get(pk=draft.pk)


QUOTED = "c.jpg?'&lt;svg/onload=alert(2)&gt;"


def panel(article, **asked):
    return reverse("admin:curation_article_picture", args=[article.pk], query=asked)


def upload(article):
    return reverse("admin:curation_article_picture_upload", args=[article.pk])


def gather(article):
    return reverse("admin:curation_article_picture_gather", args=[article.pk])


def file_of(data, name="a.jpg"):
    return {"file": SimpleUploadedFile(name, data)}


def place(number, attempt=1, **more):
    return {"place": str(number), "attempt": str(attempt)} | more


# What is shown -----------------------------------------------------------------------------------------------------


def test_what_the_page_offers_is_listed_before_anything_is_fetched(client, article):
    words = client.get(panel(article)).content.decode()
    assert "3 from the page" in words
    assert words.count("not fetched yet") == 3
    assert "data-wants" in words
    assert "data-worker" not in words
    assert "No picture yet" in words
    assert Picture.objects.count() == 0
    heartbeat.beat()
    assert "data-worker" in client.get(panel(article)).content.decode()


def test_every_harvested_value_is_inert(client, article, network):
    client.post(gather(article), place(2))
    harvest = Harvest.objects.get()
    harvest.found["picture"].append([f"{SITE}/{HOSTILE}", HOSTILE])
    harvest.found["refused"].append([f"{SITE}/{HOSTILE}", f"No: {HOSTILE}"])
    harvest.save()
    words = client.get(panel(article)).content.decode()
    assert "<svg/onload" not in words
    assert "<img src=x" not in words
    assert "The Loop &quot;&gt;&lt;img src=x onerror=alert(1)&gt;" in words


def test_the_whole_picture_its_size_and_every_crop_are_shown(client, article):
    picture = client.post(gather(article), place(0)).json()["picture"]
    Article.objects.update(picture_id=picture, focus_x=35, focus_y=20, picture_alt=HOSTILE)
    words = client.get(panel(article)).content.decode()
    assert "800 × 500, JPEG" in words
    assert words.count("fx-7 fy-4") == 2
    assert [f"crop-{one.key}" in words for one in PLACEMENTS] == [True] * len(PLACEMENTS)
    assert "Smaller than it is drawn: Article (1280 × 610), Printed (960 × 320), Social (1200 × 630)." in words
    assert HOSTILE not in words
    assert 'aria-pressed="true"' in words


@pytest.mark.parametrize(("state", "words"), [("missing", "missing"), ("failed", "could not be taken")])
def test_a_picture_that_is_not_there_says_so(client, article, state, words):
    Article.objects.update(picture=make_picture(state=state, name="", widths={}))
    assert words in client.get(panel(article)).content.decode()


def test_a_picture_that_is_not_saved_yet_can_be_shown(client, article):
    picture = client.post(gather(article), place(0)).json()["picture"]
    assert f'data-picture="{picture}"' in client.get(panel(article, chosen=picture)).content.decode()
    Article.objects.update(picture_id=picture)
    assert "No picture yet" in client.get(panel(article, chosen="none")).content.decode()
    assert client.get(panel(article, chosen=10**6)).status_code == 404


def test_the_placements_are_those_of_the_readers_sheets():
    shapes = {one.key: one.shape for one in PLACEMENTS}

    def drawn_in(sheet, selector):
        found = re.search(rf"^\s*{re.escape(selector)} {{[^}}]*aspect-ratio: (\d+) / (\d+)", sheet, re.MULTILINE)
        return int(found[1]), int(found[2])

    readers = {
        "article": ("css/pages/article.css", ".art-fig .pic"),
        "front": ("css/components/story.css", ".pic-wide"),
        "list": ("css/components/story.css", ".pic"),
        "print": ("css/print.css", ".art-fig .pic"),
    }
    own = (CSS / "desk/picture.css").read_text()
    for key, (file, selector) in readers.items():
        assert drawn_in((CSS / file).read_text(), selector) == shapes[key], key
    for key, shape in shapes.items():
        assert drawn_in(own, f".crop-{key} .crop-frame") == shape, key


@pytest.mark.parametrize(("offered", "queries"), [(False, 8), (True, 9)])
def test_the_panel_costs_the_same_however_much_is_offered(
    client, article, offered, queries, django_assert_max_num_queries
):
    Harvest.objects.update(found={"picture": [[f"{SITE}/{n}.jpg", "page"] for n in range(12)]} if offered else {})
    with django_assert_max_num_queries(queries):
        client.get(panel(article))


# What the page offers ----------------------------------------------------------------------------------------------


def test_a_picture_is_gathered_for_its_thumbnail_and_chosen_for_the_form(client, article):
    seen = client.post(gather(article), place(0), headers=JSON)
    assert seen.json() == {"status": "here", "picture": Picture.objects.get().pk}
    assert DBTaskResult.objects.filter(task_path="curation.images.tasks.encode_later").count() == 0
    told = client.post(gather(article), place(0, choose="1"), headers=JSON).json()
    assert (told["status"], told["picture"], Picture.objects.count()) == ("chosen", Picture.objects.get().pk, 1)
    assert f'name="picture_list" value="{told["picture"]}"' in told["html"]
    assert "<template>" in told["html"]
    assert Article.objects.get().picture_id is None
    assert DBTaskResult.objects.filter(task_path="curation.images.tasks.encode_later").count() == 1


def test_without_a_script_the_picture_is_put_into_the_brief(client, article):
    answer = client.post(gather(article), place(0, choose="1"), headers=PLAIN, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["The picture is in the brief."]
    assert Article.objects.get().picture == Picture.objects.get()
    assert article.log.first().step == "edit"
    answer = client.post(gather(article), place(1, choose="1"), headers=PLAIN, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["Its address leads to a page, not to a picture."]


REFUSED = {
    "page": b"<!doctype html><script>alert(1)</script>",
    "bomb": png_of(40_000, 40_000),
    "broken": drawn()[:900],
    "icon": ico(32),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_ends_in_words_that_stay_beside_it(client, article, network, folder, name):
    network[f"{SITE}/a.jpg"] = REFUSED[name]
    answer = client.post(gather(article), place(0, choose="1"), headers=JSON)
    assert (answer.status_code, answer.json()["status"]) == (422, "refused")
    assert answer.json()["words"]
    assert (Picture.objects.count(), folder.exists()) == (0, False)
    words = client.get(panel(article)).content.decode()
    assert words.count("not fetched yet") == 2
    assert "<script" not in words


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (place(3), 422),
        (place(-1), 422),
        (place("9" * 40), 422),
        (place("٣"), 422),
        (place(0, attempt=7), 409),
        ({}, 409),
        ({"address": "http://127.0.0.1/"}, 409),
    ],
)
def test_only_what_this_reading_offers_is_fetched(client, article, network, sent, status, monkeypatch):
    monkeypatch.setattr(pictures, "fetch", lambda *args, **given: pytest.fail("went out"))
    assert client.post(gather(article), sent, headers=JSON).status_code == status


def test_the_icon_is_gathered_without_a_worker(client, article, network):
    network[f"{SITE}/favicon.ico"] = ico(32)
    assert "data-wants-icon" in client.get(panel(article)).content.decode()
    told = client.post(gather(article), {"icon": "1"}, headers=JSON).json()
    assert told == {"status": "icon", "name": SourceLink.objects.get().favicon}
    assert "data-wants-icon" not in client.get(panel(article)).content.decode()


def test_an_article_whose_page_was_not_read_gathers_nothing(client, curator):
    article = make_in("draft", sources=[])
    Article.objects.filter(pk=article.pk).update(owner=curator)
    assert client.post(gather(article), place(0), headers=JSON).status_code == 404
    assert client.get(panel(article)).status_code == 200


# What stands at an address that somebody gave ----------------------------------------------------------------------


def at(article):
    return reverse("admin:curation_article_picture_address", args=[article.pk])


ELSEWHERE = "https://pictures.example.net/nurse.jpg?w=1200"


@pytest.mark.parametrize(
    "given",
    [ELSEWHERE, f"  {ELSEWHERE}#middle ", f"# dropped from a page\r\n{ELSEWHERE}\r\nhttps://news.example.org/b\r\n"],
)
def test_a_picture_at_a_given_address_is_fetched_once_and_chosen(client, article, network, given, monkeypatch):
    network[ELSEWHERE] = drawn()
    told = client.post(at(article), {"address": given}, headers=JSON).json()
    picture = Picture.objects.get(address=ELSEWHERE)
    assert (told["status"], told["picture"], picture.is_ready) == ("chosen", picture.pk, True)
    assert f'value="{picture.pk}"' in told["html"]
    monkeypatch.setattr(pictures, "fetch", None)
    assert client.post(at(article), {"address": given}, headers=JSON).json()["picture"] == picture.pk


def test_our_own_picture_dropped_again_is_that_picture(client, article, settings):
    picture = Picture.objects.get(pk=client.post(gather(article), place(0)).json()["picture"])
    address = f"{settings.SITE_URL}{settings.MEDIA_URL}{picture.name}-320.jpg"
    assert client.post(at(article), {"address": address}, headers=JSON).json()["picture"] == picture.pk


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "There is no address."),
        ("# only a remark", "There is no address."),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("file:///etc/passwd", ""),
        ("https://user:word@example.net/a.jpg", ""),
        (f"{SITE}/a-page", "Its address leads to a page, not to a picture."),
        (f"https://example.net/{'x' * 3000}", ""),
    ],
)
def test_an_address_of_no_picture_is_refused_in_words_and_stores_nothing(client, article, folder, given, words):
    answer = client.post(at(article), {"address": given}, headers=JSON)
    assert (answer.status_code, answer.json()["status"]) == (422, "refused")
    assert answer.json()["words"].startswith(words)
    assert answer.json()["words"]
    assert (Picture.objects.count(), folder.exists()) == (0, False)


def test_an_address_with_a_nul_is_refused_in_words_before_any_view(client, article, folder):
    answer = client.post(at(article), {"address": "https://example.net/\0.jpg"}, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["words"]
    assert (Picture.objects.count(), folder.exists()) == (0, False)


def test_an_address_into_a_private_network_is_never_asked(client, article, monkeypatch):
    monkeypatch.setattr(pictures, "fetch", guarded)
    answer = client.post(at(article), {"address": "http://127.0.0.1/a.jpg"}, headers=JSON)
    assert answer.json()["words"] == "Its address leads into a private network, where nothing is fetched."


def test_without_a_script_an_address_is_sent_by_its_form(client, article, network):
    network[ELSEWHERE] = drawn()
    answer = client.post(at(article), {"address": ELSEWHERE}, headers=PLAIN, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["The picture is in the brief."]
    assert Article.objects.get().picture.address == ELSEWHERE
    answer = client.post(at(article), {"address": "nothing of that kind"}, headers=PLAIN, follow=True)
    assert len(answer.context["messages"]) == 1
    assert Article.objects.get().picture.address == ELSEWHERE


# A file of one's own -----------------------------------------------------------------------------------------------


def test_a_file_is_taken_once_and_chosen(client, article, folder):
    answers = [client.post(upload(article), file_of(drawn(), name), headers=JSON) for name in ("a.jpg", "b.png")]
    (picture,) = Picture.objects.all()
    assert [answer.json()["picture"] for answer in answers] == [picture.pk] * 2
    assert f'value="{picture.pk}"' in answers[0].json()["html"]
    assert re.fullmatch(r"desk/[0-9a-f]{16}/a\.jpg", picture.address)
    assert (picture.width, picture.widths) == (800, {form: [320, 480, 640, 800] for form in ("jpeg", "webp")})
    assert Article.objects.get().picture_id is None


def test_of_what_moves_the_first_frame_is_taken_and_that_is_said(client, article):
    file = BytesIO()
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    told = client.post(upload(article), file_of(file.getvalue(), "a.gif"), headers=JSON).json()
    assert (told["status"], told["words"]) == ("chosen", "It moves; only its first frame is kept.")


FILES = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    "page": (b"<!doctype html><script>alert(1)</script>", "web page"),
    "words": (b"just words", "no JPEG"),
    "broken": (drawn()[:900], "broken or cut short"),
    "bomb": (png_of(40_000, 40_000), "larger than it looks"),
    "heavy": (drawn() + bytes(20_000_000), "larger than 20 MB"),
    "empty": (b"", "empty"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_taken_is_refused_in_words_and_stores_nothing(client, article, folder, name):
    data, words = FILES[name]
    answer = client.post(upload(article), file_of(data, "a.jpg"), headers=JSON)
    assert answer.status_code in (413, 422)
    assert words in answer.json()["words"]
    assert (Picture.objects.count(), folder.exists()) == (0, False)


def test_no_file_is_told_and_a_body_that_no_picture_needs_is_not_read(client, article):
    assert "Choose a picture" in client.post(upload(article), {}, headers=JSON).json()["words"]
    answer = client.generic("POST", upload(article), b"", "multipart/form-data", CONTENT_LENGTH="900000000")
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["../../etc/passwd", "(", "'\"><script>.png", "x" * 400 + ".png", "éè.png"])
def test_a_name_is_only_words_in_an_address(client, article, name):
    assert client.post(upload(article), file_of(drawn(), name), headers=JSON).status_code == 200
    assert re.fullmatch(r"desk/[0-9a-f]{16}/[\w.-]{1,80}", Picture.objects.get().address)


def test_without_a_script_a_file_is_put_into_the_brief(client, article):
    answer = client.post(upload(article), file_of(drawn()), headers=PLAIN, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["The picture is in the brief."]
    assert Article.objects.get().picture == Picture.objects.get()
    answer = client.post(upload(article), file_of(b"words"), headers=PLAIN, follow=True)
    assert "not a picture Medigy knows" in str(list(answer.context["messages"])[0])


# Who may -----------------------------------------------------------------------------------------------------------


def every_door(client, article):
    return [
        client.get(panel(article), headers=JSON),
        client.post(upload(article), file_of(drawn()), headers=JSON),
        client.post(gather(article), place(0, choose="1"), headers=JSON),
        client.post(at(article), {"address": f"{SITE}/a.jpg"}, headers=JSON),
    ]


@pytest.mark.parametrize(("who", "status"), [("signed out", 401), ("reader", 403), ("no role", 403), ("another", 404)])
def test_whoever_has_no_right_to_the_article_is_told_so_and_nothing_is_stored(client, article, folder, who, status):
    client.logout()
    people = {
        "reader": lambda: make_person("Visitor", is_staff=True),
        "no role": lambda: make_person(),
        "another": lambda: make_person("Curator"),
    }
    if who in people:
        client.force_login(people[who]())
    answers = every_door(client, article)
    assert [answer.status_code for answer in answers] == [status] * 4
    assert all(answer.json()["words"] for answer in answers)
    assert (Picture.objects.count(), folder.exists()) == (0, False)


def test_while_it_is_in_review_its_curator_sees_the_picture_and_changes_nothing(client, article, folder):
    client.post(gather(article), place(0))
    Article.objects.update(picture=Picture.objects.get(), state="in_review")
    seen, *others = every_door(client, article)
    assert [answer.status_code for answer in others] == [403, 403, 403]
    words = seen.content.decode()
    assert "800 × 500" in words
    assert "from the page" not in words
    assert "data-focal" not in words
    assert client.get(panel(article, chosen="none")).status_code == 200


def test_a_post_without_the_forms_token_is_refused(article, curator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(curator)
    assert strict.post(upload(article), file_of(drawn())).status_code == 403
    assert strict.post(gather(article), place(0)).status_code == 403
    assert strict.post(at(article), {"address": ELSEWHERE}).status_code == 403
    assert strict.get(upload(article)).status_code == 405
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("desk/0f0f0f/knee.jpg", "knee.jpg"),
        ("https://news.example.org/img/knee.jpg?w=1200#top", "knee.jpg"),
        ("https://news.example.org/img/", "img"),
        ("https://news.example.org/", "db7rl3q6imdepwl2a6rj"),
        ("https://[not-an-address/knee.jpg", "knee.jpg"),
        ("knee.jpg", "knee.jpg"),
    ],
)
def test_a_picture_is_called_by_its_file_and_not_by_its_number_in_our_store(db, address, label):
    picture = make_picture(address=address, name="db7rl3q6imdepwl2a6rj")
    assert article_form._picture(picture)["label"] == label
