"""Secrets that are told once: made, kept as a digest, and compared in the same time whatever is brought. Pure."""

import hashlib
import secrets

_NOBODYS = "0" * 64  # no secret has this digest


def new_secret() -> tuple[str, str, str]:
    """Return a key to find it by, a secret of 256 bits for an address, and the digest of the secret that is kept."""
    secret = secrets.token_urlsafe(32)
    return secrets.token_hex(8), secret, _digest(secret)


def is_right(secret: str, digest: str | None) -> bool:
    """Return whether a secret has this digest; never for None, which takes as long."""
    return secrets.compare_digest(_digest(secret), digest or _NOBODYS)


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
