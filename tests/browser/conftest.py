"""What every journey stands on: names lead to a site of the tests' own, and nothing else leaves this machine."""

import socket

import pytest

from tests.curation.harvest import sites

HERE = {"localhost", "127.0.0.1", "::1", None}


@pytest.fixture(autouse=True)
def source(monkeypatch):
    """The site behind the names that ``fetch`` may resolve; any other name is unknown."""
    site = sites.Site()
    table = sites.Internet(site)
    resolve, connect = socket.getaddrinfo, socket.socket.connect
    public = {address for addresses in table.names.values() for address in addresses}

    def resolved(host, *args, **given):
        if host not in table.names and host not in HERE:
            raise socket.gaierror(socket.EAI_NONAME, "unknown in a test")
        return table.resolve(resolve, host, *args, **given) if host in table.names else resolve(host, *args, **given)

    def connected(line, sockaddr):
        ours = isinstance(sockaddr, tuple) and sockaddr[0] in public
        return table.connect(connect, line, sockaddr) if ours else connect(line, sockaddr)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", connected)
    yield site
    site.close()
