"""Whence: the address from which what happens now was asked for, for the log; nothing where no request asked."""

from contextvars import ContextVar

_asked_from: ContextVar[str | None] = ContextVar("asked_from", default=None)


def address() -> str | None:
    """Return the address that asks now."""
    return _asked_from.get()


def is_asked_from(given: str | None):
    """Say which address asks from now on; the token given back ends that (``ended``)."""
    return _asked_from.set(given or None)


def ended(token) -> None:
    """End what ``is_asked_from`` began."""
    _asked_from.reset(token)
