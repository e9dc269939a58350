"""Documents made to hurt: each is one line with file, line and reason; the rest goes on, nothing half-written stays."""

import os

import pytest
from django.db import OperationalError, connection

from curation.importer import readers
from curation.importer import run as importing
from curation.importer.documents.files import Found, find
from curation.importer.documents.parse import Options
from curation.importer.slices import Slice
from curation.models import Article, Document, Edition, Picture, SourceLink, Version
from offerings.models import Topic

from .importing import news, picture, put, run

pytestmark = pytest.mark.django_db

BOMB = "---\na: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: Bomb\n---\nx"
# What stands in the file, the line to blame, and a word of the reason.
REFUSED = {
    "broken yaml": (news(more="mood: [calm\n"), 8, "YAML"),
    "no front matter": ("Only words.\n", 1, "no front matter"),
    "front matter without an end": ("---\ntitle: A\n", 1, "never ends"),
    "anchors and aliases": (BOMB, 2, "anchor"),
    "tags": (news(more="mood: !!python/object:os.system x\n"), 8, "tag"),
    "utf-16": (news().encode("utf-16"), 1, "UTF-16"),
    "latin-1": (news(title="Über uns").encode("latin-1"), 2, "UTF-8"),
    "a nul byte": (news().encode().replace(b"Quiet", b"Qu\0et"), 2, "0x00"),
    "a nul in quotes": (news(title='"a\\0b"'), 2, "NUL"),
    "half a character in quotes": (news(more='mood: ["\\ud800"]\n'), 8, "YAML"),
    "tabs": (news(more="mood:\n\tcalm: yes\n"), 9, "spaces"),
    "a key that comes twice": (news(more="title: Another\n"), 8, "twice"),
    "a date that is none": (news(date="yesterday"), 4, "no date"),
    "a thirteenth month": (news(date="'2024-13-01'"), 4, "no date"),
    "a day that no calendar has": (news(date="2024-02-30"), 4, "2024-02-30"),
    "a year beyond all clocks": (news(date="'9999-12-31'"), 4, "no date"),
    "a number for a date": (news(date="20240229"), 4, "no date"),
    "a modification that is no date": (news(more="lastMod: soon\n"), 8, "no date"),
    "a link to a script": (
        news().replace("link: https://quiet-wards.example/story", "link: javascript:alert(1)"),
        5,
        "link",
    ),
    "a link to a file": (news(more="via: us\nviaLink: file:///etc/passwd\n"), 9, "https://"),
    "a link with a password": (news().replace("link: https://", "link: https://me:secret@"), 5, "password"),
    "a picture above its folder": (news(more="featuredImage: ../../../etc/passwd\n"), 8, "climbs out"),
    "a picture above its folder, escaped": (news(more="featuredImage: /img/%2e%2e/%2e%2e/passwd\n"), 8, "climbs out"),
    "an alias above the site": (news(more="aliases: /news/../../admin\n"), 8, "climbs out"),
    "10,000 nested elements": (news(body="<b>" * 10_000), 9, "inside each other"),
    "10,000 nested quotes": (news(body="x").replace("<p>x</p>", "\n" + "> " * 10_000), 10, "inside each other"),
    "10,000 nested lists of YAML": (news(more=f"mood: {'[' * 10_000}\n"), 2, "brackets"),
    "a title without end": (news(title="long " * 200), 2, "characters long"),
    "no title": (news(title="''"), 2, "no title"),
    "a slug without end": (news(slug="s" * 700).replace("https://" + "s" * 700, "https://a"), 3, "characters long"),
    "nothing to recognise it by": ("---\ndraft: true\n---\nWords.", 1, "recognised"),
    "a list for front matter": ("---\n- a\n---\nx", 2, "keys and values"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_line_and_the_rest_goes_on(tmp_path, name):
    data, line, word = REFUSED[name]
    ran = run(put(tmp_path, a=news(slug="a"), bad=data, c=news(slug="c")))
    assert ran.status == 1
    assert ran.counts("created", "failed") == [2, 1]
    (said,) = ran.lines
    assert said.startswith(f"{tmp_path}/bad.md:{line}: ")
    assert word in said
    assert set(Article.objects.values_list("slug", flat=True)) == {"a", "c"}
    assert Document.objects.count() == Version.objects.count() == SourceLink.objects.count() == 2
    assert set(Topic.objects.values_list("name", flat=True)) == {"Rest"}


TAKEN = {
    "a byte order mark": b"\xef\xbb\xbf" + news().encode(),
    "windows line ends": news().replace("\n", "\r\n"),
    "old mac line ends": news().replace("\n", "\r"),
    "a second front matter in the body": news().replace("<p>Sleep.</p>", "---\ntitle: Inner\n---\n<p>Sleep.</p>"),
    "an empty body": news().replace("<p>Sleep.</p>", ""),
    "a script in the body": news(body="Sleep.<script>alert(1)</script>"),
    "words for an offering's number": news(more="relatedOfferings: [{label: A, offeringId: many}]\n"),
    "a number too large for any column": news(more=f"id: {10**30}\n"),
    "a list where a text belongs": news(more="via: [a, {b: c}]\nfeaturedPdf: {a: b}\n"),
    "a picture of a kind nobody knows": news(more="featuredImage: [a, b]\n"),
    "an address of a picture without end": news(more=f"featuredImage: https://a.example/{'x' * 4000}\n"),
    "an alias without end": news(more=f"aliases: /news/{'x' * 2000}\n"),
    "an author without end": news(more=f"author: {'x' * 300}\n"),
    "a category without end": news(topic="x" * 300),
    "categories that are no words": news(topic="2019\n  - null\n  - [a]\n  - true"),
    "a name in no known script": "---\ntitle: 東京\n---\nWords.",
    "a slug in no known script": news(title="東京").replace("slug: quiet-wards", "slug: 東京"),
    "a data address for a picture": news(more="featuredImage: data:image/png;base64,AAAA\n"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_it_is_odd_but_taken(tmp_path, name):
    data = TAKEN[name]
    ran = run(put(tmp_path, odd=data))
    assert (ran.status, ran.lines, ran.counts("created", "failed")) == (0, [], [1, 0])
    edition = Edition.objects.get()
    assert edition.slug
    assert "script" not in edition.body
    assert run(tmp_path).counts("unchanged") == [1]


def test_a_second_front_matter_joins_the_leftovers(tmp_path):
    run(put(tmp_path, odd=TAKEN["a second front matter in the body"]))
    assert Document.objects.get().leftovers == {"inner": {"title": "Inner"}}
    assert Edition.objects.get().body == "<p>Sleep.</p>"


def test_a_file_of_50_mb_is_not_even_read(tmp_path):
    put(tmp_path, a=news())
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(50_000_000)
    ran = run(tmp_path)
    assert ran.counts("created", "failed") == [1, 1]
    assert ran.lines == [f"{tmp_path}/big.md: it is 50,000,000 bytes; at most 2,000,000 are taken"]


def test_links_that_leave_the_folder_are_not_followed(tmp_path):
    outside = put(tmp_path / "outside", secret=news(slug="secret"))
    inside = put(tmp_path / "inside", a=news(slug="a"))
    (inside / "file.md").symlink_to(outside / "secret.md")
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    (inside / "broken.md").symlink_to(inside / "nothing.md")
    os.mkfifo(inside / "pipe.md")
    ran = run(inside)
    assert [line.removeprefix(f"{inside}/") for line in ran.lines] == [
        "broken.md: this is no file that can be read",
        "file.md: this link leads out of the folder, so it is not followed",
        "folder: this link leads out of the folder, so it is not followed",
        "pipe.md: this is no file that can be read",
    ]
    assert Article.objects.get().slug == "a"


def test_a_picture_that_is_a_link_out_of_its_folder_is_refused(tmp_path):
    picture(tmp_path / "elsewhere/secret.jpg")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/ward.jpg").symlink_to(tmp_path / "elsewhere/secret.jpg")
    ran = run(put(tmp_path / "in", a=news(more="featuredImage: ward.jpg\n")), media=[str(tmp_path / "pictures")])
    assert "leads out of its folder" in ran.lines[0]
    assert Picture.objects.count() == 0


def test_two_files_of_one_article_do_not_fight(tmp_path):
    ran = run(put(tmp_path, a=news(), b=news(), c=news(title="Other words"), d=news(slug="d")))
    assert ran.counts("created", "unchanged", "failed") == [2, 1, 1]
    assert ran.lines == [
        f"{tmp_path}/c.md:1: it is the same article as a.md (both are “slug:quiet-wards”) with other words"
    ]
    again = run(tmp_path)
    assert again.counts("created", "updated", "unchanged", "failed") == [0, 0, 3, 1]


def test_two_files_of_one_article_do_not_fight_across_slices(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "FIRST", 1)
    monkeypatch.setattr(importing, "SECONDS", 0)
    ran = run(put(tmp_path, a=news(), b=news(), c=news(title="Other words")))
    assert ran.counts("created", "unchanged", "failed") == [1, 1, 1]
    assert "same article as a.md" in ran.lines[0]


def test_only_the_culprit_is_left_out_where_something_unforeseen_happens(tmp_path, monkeypatch):
    whole = Slice._redirect

    def fail(self, pieces):
        whole(self, pieces)
        if any(piece.document.key == "slug:d2" for piece in pieces):
            raise ArithmeticError("no such sum")

    monkeypatch.setattr(Slice, "_redirect", fail)
    topics = ["Rest", "Sleep", "Night", "Day"]
    ran = run(put(tmp_path, **{f"d{n}": news(slug=f"d{n}", topic=topics[n]) for n in range(4)}))
    assert ran.lines == [f"{tmp_path}/d2.md:1: it could not be written (ArithmeticError: no such sum)"]
    assert ran.counts("created", "failed", "new topics") == [3, 1, 3]
    assert set(Topic.objects.values_list("name", flat=True)) == {"Rest", "Sleep", "Day"}


@pytest.mark.parametrize("words", ["database is locked", "database or disk is full"])
def test_a_database_that_gives_up_ends_the_import_in_words(tmp_path, monkeypatch, words):
    whole = Slice._redirect
    monkeypatch.setattr(importing, "FIRST", 2)
    monkeypatch.setattr(importing, "SECONDS", 0.000001)

    def fail(self, pieces):
        whole(self, pieces)
        if any(piece.document.key == "slug:d3" for piece in pieces):
            raise OperationalError(words)

    monkeypatch.setattr(Slice, "_redirect", fail)
    put(tmp_path, **{f"d{n}": news(slug=f"d{n}") for n in range(6)})
    ran = run(tmp_path)
    assert ran.status == 1
    assert words in ran.lines[-1]
    assert set(Article.objects.values_list("slug", flat=True)) == {"d0", "d1"}
    monkeypatch.undo()
    assert run(tmp_path).counts("created", "unchanged") == [4, 2]


def test_an_interrupted_import_ends_after_its_slice_and_goes_on_later(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "FIRST", 2)
    monkeypatch.setattr(importing, "SECONDS", 0.000001)
    put(tmp_path, **{f"d{n}": news(slug=f"d{n}") for n in range(6)})
    seen = []
    report = importing.run([str(tmp_path)], tell=seen.append, stopped=lambda: bool(seen))
    assert (report.interrupted, report.counts["created"]) == (True, 2)
    assert run(tmp_path).counts("created", "unchanged") == [4, 2]


def test_a_document_that_kills_its_reader_is_named_and_the_rest_is_read(tmp_path):
    put(tmp_path, **{f"d{n:02}": news(slug=f"d{n:02}") for n in range(20)})
    items = list(find([str(tmp_path)]))
    items[3] = Killer(items[3].file, items[3].shown, items[3].path)
    results = list(readers.parsed(items, Options(), workers=2))
    assert [str(item) for item in results if not hasattr(item, "key")] == [
        f"{tmp_path}/d03.md: reading it ended the process that read it"
    ]
    assert [item.key for item in results if hasattr(item, "key")] == [f"slug:d{n:02}" for n in range(20) if n != 3]


class Killer(Found):
    """A document that ends the process that unpacks it."""

    def __reduce__(self):
        return os._exit, (9,)


def test_a_slice_asks_the_same_number_of_questions_however_many_documents(tmp_path, django_assert_max_num_queries):
    more = (
        "author: [Ada Brook]\nrelatedOfferings: [{{label: Pebble {n}, categories: [Rest]}}]\naliases: /news/old-{n}\n"
    )
    few = {f"d{n}": news(slug=f"d{n}", more=more.format(n=n)) for n in range(3)}
    many = {f"e{n}": news(slug=f"e{n}", more=more.format(n=n + 100)) for n in range(40)}
    run(put(tmp_path / "few", **few))
    with django_assert_max_num_queries(110) as asked:
        run(put(tmp_path / "many", **many))
    assert connection.vendor in ("sqlite", "postgresql")
    assert len(asked) > 40
