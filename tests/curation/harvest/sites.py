"""Sites for tests of the harvest: a server on this machine that answers with whatever bytes a test wants."""

import contextlib
import gzip
import socket
import ssl
import threading

PAGE = b"<!doctype html><title>A pump that asks before it doses</title><p>Nurses say yes.</p>"


def answer(status="200 OK", *headers, body=b""):
    """The bytes of a plain answer: status line, headers as written, the body until the end."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def packed(body):
    """A body in gzip, the same in every process: with the time in it, two workers would name a test differently."""
    return gzip.compress(body, mtime=0)


def page(body=PAGE, *headers):
    return answer("200 OK", "Content-Type: text/html", *headers, body=body)


def redirect(to, status="302 Found"):
    return answer(status, f"Location: {to}")


class Site:
    """A server that reads requests and answers by path: with bytes, or with a function given the open connection."""

    def __init__(self, tls=None):
        self.answers = {}
        self.requests = []  # as text, in the order they came
        self.names = []  # what TLS clients asked for by SNI
        self._tls = tls
        if tls:
            tls.sni_callback = lambda connection, name, context: self.names.append(name)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listening.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection):
        connection.settimeout(10)
        # Clients that hang up in the middle are what half of the tests are about.
        with contextlib.suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            request = self._read(connection)
            self.requests.append(request)
            said = self.answers.get((request.split(" ") * 2)[1], answer("404 Not Found"))
            if callable(said):
                said(connection)
            else:
                connection.sendall(said)
            with contextlib.suppress(OSError, ssl.SSLError):
                connection.shutdown(socket.SHUT_WR)

    @staticmethod
    def _read(connection):
        request = b""
        while b"\r\n\r\n" not in request and not request.startswith(b"\x16"):  # what TLS begins with
            received = connection.recv(65536)
            if not received:
                raise OSError("hung up")
            request += received
        return request.decode("latin-1")


class Internet:
    """What resolver and connector say in a test: names and their addresses, and everything that was asked of them.

    ``names`` maps a name to its addresses, or to a list of such lists, one for each time it is asked. Addresses lead
    to ``site``, or to the port in ``routes``; an address that a test does not allow is never connected to.
    """

    def __init__(self, site):
        self.site = site
        self.names = {"news.example.org": ["192.88.98.1"], "other.example.org": ["192.88.98.2", "2600:1::2"]}
        self.routes = {}
        self.asked = []
        self.connected = []

    def resolve(self, real, host, port, *args, **given):
        self.asked.append(host)
        if host not in self.names:
            return real(host, port, *args, **given | {"flags": socket.AI_NUMERICHOST})
        answers = self.names[host]
        if isinstance(answers[0], list):
            answers = answers.pop(0) if len(answers) > 1 else answers[0]
        return [_entry(address, port) for address in answers]

    def connect(self, real, line, sockaddr):
        self.connected.append(sockaddr)
        port = self.routes.get(sockaddr[0], self.site.port)
        if port is None:
            raise ConnectionRefusedError
        if line.family == socket.AF_INET6:
            raise OSError("no way there by IPv6 in a test")
        return real(line, ("127.0.0.1", port))


def _entry(address, port):
    if ":" in address:
        plain, _, scope = address.partition("%")
        return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (plain, port, 0, int(scope or 0)))
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
