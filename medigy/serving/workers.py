"""gunicorn's threads, with an end to their patience: whoever sends or takes too slowly loses the connection."""

import errno
import time

from gunicorn.workers.gthread import ThreadWorker

HEAD = 15  # seconds from a request's first byte to the end of its head
BODY = 30  # seconds for a body, beside those that its length is worth
SPEED = 20_000  # bytes a second that a body must come in, on the whole
TAKING = 60  # seconds for a piece of an answer to be taken


class Hurried:
    """A connection whose request must have come by ``until``, on the whole and not only byte by byte."""

    def __init__(self, sock, clock=time.monotonic):
        self.sock, self.clock = sock, clock
        self.until = clock() + HEAD

    def __getattr__(self, name):
        return getattr(self.sock, name)

    def expect(self, length: int | None = None) -> None:
        """Give what comes next its time: a head, or a body of this many bytes."""
        self.until = self.clock() + (HEAD if length is None else BODY + length / SPEED)

    def recv(self, size, *flags):
        """Receive as the socket does; raise ``ConnectionResetError`` once the time is over."""
        return self._within(self.until - self.clock(), self.sock.recv, size, *flags)

    def sendall(self, data, *flags):
        """Send as the socket does; raise ``ConnectionResetError`` where nobody takes it."""
        return self._within(TAKING, self.sock.sendall, data, *flags)

    def _within(self, left, call, *given):
        """Return what a call on the socket gives, within ``left`` seconds and the socket's own patience.

        gunicorn takes a reset for somebody who went away, and writes no traceback for each.
        """
        asked = self.sock.gettimeout()
        if left <= 0:
            raise ConnectionResetError(errno.ECONNRESET, "the request came too slowly")
        self.sock.settimeout(left if asked is None else min(left, asked))
        try:
            return call(*given)
        except TimeoutError as late:
            if asked is not None and asked <= left:
                raise
            raise ConnectionResetError(errno.ECONNRESET, "the other side was too slow") from late
        finally:
            self.sock.settimeout(asked)


class PatientWorker(ThreadWorker):
    """A worker whose threads a slow sender holds for seconds, where it was for as long as somebody liked."""

    def handle(self, conn):
        if not isinstance(conn.sock, Hurried):
            conn.sock = Hurried(conn.sock)
        conn.sock.expect()
        return super().handle(conn)

    def handle_request(self, req, conn):
        length = next((value for name, value in req.headers if name == "CONTENT-LENGTH"), "0")
        conn.sock.expect(int(length) if length.isdigit() else 0)
        return super().handle_request(req, conn)
