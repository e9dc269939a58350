"""Policies for browsers on our pages, and what follows from the scheme of SITE_URL: plain data for settings."""

from urllib.parse import urlsplit

from django.utils.csp import CSP

from medigy.environment import is_loopback

# Readers' pages: everything from this site, nothing inline, no nonce, so that a page may be cached whole.
READERS_POLICY = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# The desk: the admin's own inline pieces and the editor's import map carry the nonce; previews are framed by itself.
DESK_POLICY = READERS_POLICY | {
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
PREVIEW_POLICY = READERS_POLICY | {"frame-ancestors": [CSP.SELF]}
UNUSED = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in [*UNUSED.split(), "browsing-topics"])


def allow_nothing_more(config, shared) -> None:
    """Add nothing to the allowlist, for an editor's extension that brings no elements of its own."""


def site_at(site_url: str, port: int | None) -> str:
    """Return the site's address with another port, where it is served without a proxy that has a port of its own."""
    if port is None or not site_url.startswith("http://"):
        return site_url
    host, colon, last = site_url.rpartition(":")
    return f"{host if colon and last.isdigit() else site_url}:{port}"


def bind_at(bind: str | None, port: int | None) -> str | None:
    """Return what to listen on with another port."""
    return bind if port is None else f"{bind.rpartition(':')[0] if bind else '127.0.0.1'}:{port}"


def hosts_of(site_url: str) -> list[str]:
    """Return the Host headers the site answers to when none are set: its own, and this machine's names if it is one."""
    host = urlsplit(site_url).hostname
    own = f"[{host}]" if ":" in host else host
    loopback = ["localhost", "127.0.0.1", "[::1]"] if is_loopback(site_url) else []
    return [own, *(name for name in loopback if name != own)]


def tls_settings(site_url: str) -> dict:
    """Return Django's settings that follow the scheme of SITE_URL: all on for https, all off for http."""
    tls = site_url.startswith("https://")
    return {
        "SECURE_SSL_REDIRECT": tls,
        "SECURE_HSTS_SECONDS": 2 * 365 * 24 * 3600 if tls else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": tls,
        "SECURE_HSTS_PRELOAD": tls,
        "SESSION_COOKIE_SECURE": tls,
        "CSRF_COOKIE_SECURE": tls,
        "CSRF_TRUSTED_ORIGINS": [site_url],
    }
