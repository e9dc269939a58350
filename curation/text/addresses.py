"""Readers' addresses of the newsroom's things: the one place that spells them. Pure.

Pages build hundreds of them, so they are put together here instead of being looked up one by one; a test holds each
against the map of the site (``urls``). Those of the catalogue are in ``offerings.slugs``.
"""

#: The slug of the section in which everything is filed unless somebody says otherwise.
NEWS = "news"
#: Where files of pictures stand.
MEDIA = "/media/"


def section(slug: str) -> str:
    """Return the base path of a section, under which its articles stand."""
    return f"/{slug}/"


def article(base: str, slug: str) -> str:
    """Return the address of an article under its section's base path, such as ``/news/``."""
    return f"{base}{slug}/"


def author(slug: str) -> str:
    """Return the address of an author's page."""
    return f"/author/{slug}/"


def source(brand: str) -> str:
    """Return the address of the page about a publication, by its brand."""
    return f"/source/{brand}/"


def media(name: str) -> str:
    """Return the address of a picture's file, by the name of its rendition; nothing for no name."""
    return f"{MEDIA}{name}" if name else ""


def cover(name: str) -> str:
    """Return the address of a drawn cover."""
    return f"/cover/{name}"


def feed(page: str) -> str:
    """Return the address of the feed that follows a page."""
    return f"{page}feed.xml"
