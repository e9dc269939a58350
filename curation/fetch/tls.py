"""TLS over an open connection, fed a piece at a time."""

import socket
import ssl
from collections.abc import Callable

from . import limits
from .limits import Deadline


class Tls:
    """A connection that speaks TLS, certified for ``name``, within a deadline.

    OpenSSL is given bytes and not the socket: with a socket it reads on by itself past messages that say nothing, and
    whoever sends those without pause keeps it for as long as they like.
    Raises what ``ssl`` raises, ``TimeoutError``, and ``TimedOutError`` when the deadline is over.
    """

    def __init__(self, line: socket.socket, name: str, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context().wrap_bio(self._in, self._out, server_hostname=name)
        self._run(self._tls.do_handshake)

    def __enter__(self) -> "Tls":
        return self

    def __exit__(self, *fault: object) -> None:
        self._line.close()

    def settimeout(self, seconds: float) -> None:
        """Wait no longer than this for the next bytes."""
        self._line.settimeout(seconds)

    def sendall(self, data: bytes) -> None:
        """Send it all."""
        self._run(lambda: self._tls.write(data))

    def recv(self, most: int) -> bytes:
        """Return from one to ``most`` bytes, none at the end."""
        try:
            return self._run(lambda: self._tls.read(most))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    def _run[Done](self, step: Callable[[], Done]) -> Done:
        """Take a step, with as many bytes to and fro as it needs."""
        while True:
            try:
                done = step()
            except ssl.SSLWantReadError:
                self._flush()
                self._feed()
            else:
                self._flush()
                return done

    def _flush(self) -> None:
        self._line.settimeout(self._deadline.remaining())
        if self._out.pending:
            self._line.sendall(self._out.read())

    def _feed(self) -> None:
        self._line.settimeout(self._deadline.remaining())
        if got := self._line.recv(limits.PIECE_BYTES):
            self._in.write(got)
        else:
            self._in.write_eof()


def context() -> ssl.SSLContext:
    """Return the TLS settings of every connection: the certificates that are believed, and the protocol spoken."""
    trusted = ssl.create_default_context()
    trusted.set_alpn_protocols(["http/1.1"])
    return trusted
