"""What tests of the newsroom share: a way to the desk, and an internet of their own.

Resolver and connector are replaced, so that names lead to a site of the test's own; the rest of ``fetch`` is real.
"""

import shutil
import socket
import ssl
import subprocess

import pytest

from curation.editing.link_checks import trials
from curation.fetch import Fetched
from curation.fetch.public import is_public
from tests.curation.harvest.sites import Internet, Site


@pytest.fixture
def at_desk(client):
    """Sign somebody in: ``at_desk(curator).get(…)``."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _ordinary_ports(settings):
    settings.HARVEST_PORTS = []


@pytest.fixture
def tried(monkeypatch):
    """What each link does when it is tried, by address; and what was tried. Every other link has a page."""
    answers, asked = {}, []

    def fetch(url):
        asked.append(url)
        if url in answers:
            raise answers[url]()
        return Fetched(url=url, status=200, headers={}, body=b"<h1>One</h1>", hops=[], kind="page")

    monkeypatch.setattr(trials, "fetch", fetch)
    return answers, asked


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture
def internet(site, monkeypatch):
    """The table of names; whatever a test does, nothing but public addresses may have been connected to."""
    table = Internet(site)
    resolve, connect = socket.getaddrinfo, socket.socket.connect
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **given: table.resolve(resolve, *args, **given))
    monkeypatch.setattr(socket.socket, "connect", lambda line, sockaddr: table.connect(connect, line, sockaddr))
    yield table
    assert [sockaddr for sockaddr in table.connected if not is_public(sockaddr[0])] == []


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A self-signed certificate for news.example.org, made now; gives its file, which holds the key too."""
    if not shutil.which("openssl"):
        pytest.skip("needs the program openssl")
    folder = tmp_path_factory.mktemp("certificate")
    made = [folder / "key.pem", folder / "certificate.pem"]
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example.org"
    names = ["-addext", "subjectAltName=DNS:news.example.org"]
    command = ["openssl", *request.split(), *names, "-keyout", made[0], "-out", made[1]]
    subprocess.run(command, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text("".join(file.read_text() for file in made))
    return both


@pytest.fixture
def tls_site(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made = Site(context)
    yield made
    made.close()
