"""Readers, an import and people at work, all at once on one served site: whole pages, no error, nothing locked."""

import gzip
import html
import http.client
import json
import random
import shutil
import threading
import time
import urllib.parse
from collections import Counter
from http.cookies import SimpleCookie

import pytest

from benchmarks import corpus
from tests.curation.importer import importing

from .newsroom import Newsroom, database, end

pytestmark = pytest.mark.soak

BEFORE, MEANWHILE, ARTICLES, SIGN_INS = 300, 1500, 40, 4
READERS, REQUESTS, SECONDS = 8, 2000, 60  # whichever comes first
PATIENCE = 300  # seconds until the writers are given up
ENDS = {"text/html": b"</html>", "image/svg+xml": b"</svg>", "application/json": b"}"}
XML_ENDS = (b"</rss>", b"</urlset>", b"</sitemapindex>")


class Reader(threading.Thread):
    """Asks for page after page on one connection until told to stop; keeps what it got and what was wrong with it."""

    def __init__(self, load, seed):
        super().__init__(daemon=True)
        self.load, self.dice = load, random.Random(seed)
        self.line = http.client.HTTPConnection("127.0.0.1", load.room.port, timeout=30)
        self.headers = {"Accept-Encoding": "gzip"} if seed % 2 else {}
        self.seen, self.complaints = Counter(), []

    def run(self):
        try:
            while self.load.goes_on():
                self.ask(*self.load.next(self.dice))
        except Exception as fault:  # noqa: BLE001 -- a thread's end would go unnoticed
            self.complaints.append(repr(fault))

    def ask(self, path, status=200, words=""):
        """One request, whose answer has to be of this status, whole, and with these words in it."""
        self.line.request("GET", path, headers=self.headers)
        answer = self.line.getresponse()
        body = answer.read()
        self.seen[answer.status] += 1
        if answer.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if answer.status != status:
            self.complaints.append(f"{path}: {answer.status} instead of {status}")
        elif not is_whole(answer, body) or html.escape(words).encode() not in body:
            self.complaints.append(f"{path}: not whole, or not the words: {body[-200:]}")


def is_whole(answer, body):
    """Whether a page ends as its kind does."""
    kind = answer.getheader("Content-Type", "").partition(";")[0]
    return body.rstrip().endswith(ENDS.get(kind, XML_ENDS)) if kind in ENDS or "xml" in kind else bool(body)


class Load:
    """What all readers share: the addresses, what people at work say is live or gone, and when to stop."""

    def __init__(self, room, live):
        self.room, self.articles, self.told = room, live, []
        self.fixed = ["/", "/news/", "/news/feed.xml", "/sitemap.xml", "/topic/", "/offering/", "/author/", "/source/"]
        self.fixed += ["/institution/", "/news/?q=triage", "/healthz", "/robots.txt", "/news/2020/05/", "/about/"]
        self.left, self.lock, self.done = REQUESTS, threading.Lock(), threading.Event()
        self.log, self.readers, self.began, self.seconds = room.folder / "people.log", [], 0.0, 0.0

    def begin(self):
        """Let the readers loose, once; they begin when the writers are in full swing and have withdrawn something."""
        if not self.readers:
            self.began, self.readers = time.monotonic(), [Reader(self, seed) for seed in range(READERS)]
            for reader in self.readers:
                reader.start()

    def end(self):
        """Let every reader finish the page at hand."""
        self.done.set()
        for reader in self.readers:
            reader.join(60)

    def goes_on(self):
        """Whether one more request may be made."""
        with self.lock:
            self.left -= 1
            self.seconds = time.monotonic() - self.began
            return self.left >= 0 and not self.done.is_set() and self.seconds < SECONDS

    def next(self, dice):
        """An address, and what it has to answer."""
        kind, told = dice.random(), self.told
        if kind < 0.35:
            return (dice.choice(self.fixed),)
        if kind < 0.65 or not told:
            return (dice.choice(self.articles),)
        if kind < 0.7:
            return "/news/nobody-ever-wrote-this/", 404
        return dice.choice(told)

    @property
    def has_ended(self):
        """Whether some article was told that readers must find gone."""
        return any(status == 410 for _, status, _ in self.told)

    def hear(self):
        """Read what the people at work have told so far."""
        lines = self.log.read_text(encoding="utf-8").split("\n")[:-1] if self.log.exists() else []
        told = map(json.loads, lines)
        self.told = [(f"/news/{slug}/", status, title if status == 200 else "") for slug, status, title in told]


def sign_in(room, name, password):
    """Sign in as a browser does; gives the status of the desk's first page."""
    line = http.client.HTTPConnection("127.0.0.1", room.port, timeout=30)
    line.request("GET", "/admin/login/")
    answer = line.getresponse()
    page, cookies = answer.read().decode(), SimpleCookie(answer.getheader("Set-Cookie"))
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"csrfmiddlewaretoken": token, "username": name, "password": password, "next": "/admin/"}
    said = {"Cookie": f"csrftoken={cookies['csrftoken'].value}", "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/admin/login/", urllib.parse.urlencode(form), said | {"Origin": room.site})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    session = next(
        value for key, value in answer.getheaders() if key == "Set-Cookie" and value.startswith("sessionid=")
    )
    line.request("GET", "/admin/", headers={"Cookie": session.partition(";")[0]})
    return line.getresponse().status


@pytest.fixture
def room(tmp_path):
    """A newsroom with some of the documents; the others wait in ``tmp_path / "meanwhile"``."""
    corpus.write(tmp_path / "before", BEFORE + MEANWHILE, seed=3)
    (tmp_path / "meanwhile").mkdir()
    for document in sorted((tmp_path / "before/news").iterdir())[BEFORE:]:
        document.rename(tmp_path / "meanwhile" / document.name)
    with database(tmp_path) as url:
        room = Newsroom(tmp_path / "room", url)
        room.must("migrate", "-v0")
        room.must("import_articles", tmp_path / "before")
        yield room
    shutil.rmtree(tmp_path)


def write_meanwhile(room, load, folder):
    """Import, and let people work, until both are done; gives what they said, and how many signed in."""
    code = f"from tests.soak.people import day; print('steps', day({ARTICLES}, {str(load.log)!r}))"
    name, password = room.ask("tests.soak.people:account")
    import_log, work_log = room.folder / "import.log", room.folder / "work.log"
    writers = [
        room.begin("import_articles", folder, "--workers", 2, log=import_log),
        room.begin("shell", "--no-imports", "-c", code, log=work_log),
    ]
    inside, given_up = 0, time.monotonic() + PATIENCE
    try:
        while any(writer.poll() is None for writer in writers):
            load.hear()
            if load.has_ended and inside < SIGN_INS:
                load.begin()
                inside += sign_in(room, name, password) == 200
            time.sleep(0.1)
            assert time.monotonic() < given_up, [import_log.read_text(), work_log.read_text()]
    finally:
        for writer in writers:
            end(writer)
        load.end()
    load.hear()
    ran = importing.Ran(import_log.read_text(), "", writers[0].returncode)
    assert writers[1].returncode == 0, work_log.read_text()
    return ran, work_log.read_text(), inside


def test_readers_an_import_and_people_at_work(room, tmp_path, say):
    with room.served() as log:
        load = Load(room, room.ask("tests.soak.people:live"))
        assert len(load.articles) == BEFORE
        imported, worked, inside = write_meanwhile(room, load, tmp_path / "meanwhile")
        afterwards = look_again(room, load)

    seen = sum((reader.seen for reader in load.readers), Counter())
    say(f"{seen.total():,} pages in {load.seconds:.0f} s by {READERS} readers, {dict(seen)}; {inside} sign-ins")
    rate = imported.table["per second"]
    say(f"meanwhile {imported.table['created']:,} documents, {rate} a second; {worked.strip()}")
    complaints = [complaint for reader in [*load.readers, afterwards] for complaint in reader.complaints]
    assert complaints == []
    assert seen.keys() == {200, 404, 410}
    assert imported.counts("created", "conflicts", "failed") == [MEANWHILE, 0, 0]
    assert inside == SIGN_INS
    assert not [word for word in ("locked", "Traceback", "ERROR", "CRITICAL") if word in log.read_text()]
    assert len(room.ask("tests.soak.people:live")) == BEFORE + MEANWHILE + ARTICLES // 2


def look_again(room, load):
    """Once all is written: what was told holds, and articles of the import are there; gives the one who looked."""
    looking = Reader(load, seed=READERS)
    assert len(load.told) == 2 * ARTICLES
    for told in load.told:
        looking.ask(*told)
    for path in room.ask("tests.soak.people:live")[:: (BEFORE + MEANWHILE) // 50]:
        looking.ask(path)
    return looking
