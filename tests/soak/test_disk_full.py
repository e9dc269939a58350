"""A full disk ends an import with one sentence, leaves nothing half-written, and once there is room it goes on."""

import contextlib
import hashlib
import io
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from benchmarks import corpus
from tests.curation import tables
from tests.curation.importer import importing

from .disks import disk
from .newsroom import Newsroom

pytestmark = pytest.mark.soak

DOCUMENTS, PICTURES = 300, 6
ROOM = 1 << 30


def documents(folder: Path) -> Path:
    """A folder of documents, the first of which name a picture that lies in the ``static`` folder beside them."""
    dice, known = random.Random(2), corpus.cast()
    content, images = folder / "content", folder / "static" / "images"
    content.mkdir()
    images.mkdir(parents=True)
    for number in range(DOCUMENTS):
        name, text = corpus.document(number, dice, known)
        if number < PICTURES:
            noise = Image.frombytes("RGB", (90, 60), dice.randbytes(90 * 60 * 3))
            noise.resize((900, 600)).save(images / f"{number}.jpg", quality=95)
            text = text.replace("featuredImage: null", f"featuredImage: /images/{number}.jpg")
        (content / name).write_text(text, encoding="utf-8")
    return content


class Whole:
    """What every interrupted import has to come to: a newsroom that nothing disturbed."""

    def __init__(self, folder: Path):
        self.content = documents(folder)
        self.room = Newsroom(folder / "whole", f"sqlite:///{folder}/whole/newsroom.sqlite3")
        self.room.must("migrate", "-v0")
        self.empty = folder / "empty.sqlite3"
        shutil.copy(folder / "whole/newsroom.sqlite3", self.empty)
        self.room.must("import_articles", self.content)
        self.state = self.room.ask("tests.curation.tables:dump")
        self.bytes = (folder / "whole/newsroom.sqlite3").stat().st_size
        self.files = files(folder / "whole/media")

    def size(self, share):
        """The bytes of a database that holds this share of the documents."""
        before = self.empty.stat().st_size
        return int(before + share * (self.bytes - before))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    yield Whole(folder)
    shutil.rmtree(folder)


def files(media: Path) -> dict[str, str]:
    """Every file below a folder of pictures, by its digest."""
    found = (path for path in media.rglob("*") if path.is_file())
    return {str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def says_so(ran, *words):
    """The command ended with status 1, and all it had to complain of is one line that holds these words."""
    assert ran.returncode == 1, (ran.stdout, ran.stderr)
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    for word in (*words, "run the same command again"):
        assert word in ran.stderr


def is_sound(database: Path):
    """The file is a database without a fault; gives how many articles it holds."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute("SELECT count(*) FROM curation_article").fetchone()[0]


def is_whole(room, whole):
    """A newsroom that was disturbed holds what the undisturbed one holds, and another run finds nothing to do."""
    assert tables.differences(room.ask("tests.curation.tables:dump"), whole.state) == []
    again = importing.Ran(room.must("import_articles", whole.content), "", 0)
    assert again.counts("created", "updated", "unchanged", "failed") == [0, 0, DOCUMENTS, 0]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_a_database_on_a_full_disk(whole, tmp_path, say, share):
    with disk(tmp_path / "disk", whole.size(share)) as small:
        database = small.place / "newsroom.sqlite3"
        shutil.copy(whole.empty, database)
        room = Newsroom(tmp_path / "room", f"sqlite:///{database}")

        says_so(room.manage("import_articles", whole.content, "--workers", 2), "database or disk is full")

        kept = is_sound(database)
        say(f"{kept} of {DOCUMENTS} documents were kept on {whole.size(share):,} bytes, {small.free:,} left")
        assert kept < DOCUMENTS
        assert room.ask("tests.soak.state:halves") == []
        small.grow(ROOM)
        room.must("import_articles", whole.content)
        is_sound(database)
        is_whole(room, whole)
        assert files(tmp_path / "room/media") == whole.files


@pytest.mark.parametrize("share", [0.05, 0.4])
def test_a_database_that_may_not_grow(whole, tmp_path, say, share):
    """The same without a disk of its own, so that it runs for anybody: the kernel refuses to make files larger."""
    database = tmp_path / "newsroom.sqlite3"
    shutil.copy(whole.empty, database)
    room = Newsroom(tmp_path / "room", f"sqlite:///{database}")

    says_so(room.manage("import_articles", whole.content, largest_file=whole.size(share)), "disk I/O error")

    say(f"{is_sound(database)} of {DOCUMENTS} documents were kept")
    assert room.ask("tests.soak.state:halves") == []
    room.must("import_articles", whole.content)
    is_sound(database)
    is_whole(room, whole)


def pictures_are_whole(room, media):
    """No file is cut short or left over, and what is said to be ready has all its files; gives how many are."""
    names = files(media)
    for name in names:
        assert not name.startswith(".partial"), names
        with Image.open(io.BytesIO((media / name).read_bytes())) as picture:
            picture.load()
    ready = room.ask("tests.soak.state:files_of_ready_pictures")
    assert {name for some in ready for name in some} <= {Path(name).name for name in names}
    return len(ready)


@pytest.mark.parametrize("share", [0.02, 0.5])
def test_pictures_on_a_full_disk(whole, tmp_path, say, share):
    size = sum(path.stat().st_size for path in (whole.room.folder / "media").rglob("*") if path.is_file())
    database = tmp_path / "newsroom.sqlite3"
    shutil.copy(whole.empty, database)
    with disk(tmp_path / "disk", int(size * share)) as small:
        room = Newsroom(tmp_path / "room", f"sqlite:///{database}", media=small.place / "media")

        says_so(room.manage("import_articles", whole.content), "No space left on device")

        assert is_sound(database) == DOCUMENTS
        assert room.ask("tests.soak.state:halves") == []
        ready = pictures_are_whole(room, small.place / "media")
        say(f"{ready} of {PICTURES} pictures were ready, {small.free:,} of {int(size * share):,} bytes left")
        assert ready < PICTURES
        small.grow(ROOM)
        room.must("import_articles", whole.content)
        assert pictures_are_whole(room, small.place / "media") == PICTURES
        assert files(small.place / "media") == whole.files
        is_whole(room, whole)
