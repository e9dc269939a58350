"""Surroundings of a body on its old site: the pages and pictures it names, and the addresses they have now."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from curation.images.renditions import body_name
from curation.importer import frontmatter
from curation.importer.documents import moments
from curation.importer.documents.files import DocumentRefused, picture_file
from curation.importer.documents.meta_values import Meta
from curation.importer.old_sites import old_addresses, origins

_ENDINGS = ("", ".md", ".markdown", ".html", ".mdx", "/index.md", "/_index.md")
_BYTES = 500_000  # of a page that is only looked at for its address


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """A picture of a body: where it lay, its file, and the name it gets here."""

    address: str
    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The place a body lay in: its file, site, own old address, and the folders in which pictures are looked for."""

    file: str
    origin: origins.Origin
    address: str = "/"
    folders: tuple[str, ...] = ()

    def page(self, name: str) -> str:
        """Return the old address of a page by its file or name, as references give it; empty where there is none."""
        top = self.origin.content
        if not top or "\0" in name or len(name) > 500:
            return ""
        here = os.path.dirname(self.file)
        inside = unquote(name).lstrip("/")
        folders = [top] if name.startswith("/") else [here, top, f"{top}/_posts"]
        for folder in folders:
            for ending in _ENDINGS:
                if address := _address_of(os.path.normpath(f"{folder}/{inside}{ending}"), top):
                    return address
        return ""

    def target(self, address: str) -> str:
        """Return where a link of the body leads: a whole address as it is, else one that begins at the site's root.

        Empty for what leads nowhere: a part of the page itself, or a way that no link may go.
        """
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return ""
        if parts.scheme in ("http", "https", "mailto"):
            return address
        if parts.scheme or not (parts.path or parts.netloc):
            return ""
        if parts.netloc:
            return f"https:{address.strip()}"
        if parts.path.lower().endswith((".md", ".markdown", ".mdx")) and (known := self.page(parts.path)):
            return f"{known}#{parts.fragment}" if parts.fragment else known
        return urljoin(self.address, address.strip())

    def picture(self, address: str) -> BodyPicture | None:
        """Return a picture by its address in the body; None where its file is not there, or is no picture we take."""
        path = unquote(urlsplit(address).path)
        found = self.picture_beside(path)
        try:
            place, file = found or (path, picture_file(path, self.folders))
        except DocumentRefused:
            return None
        name = body_name(file) if file else ""
        return BodyPicture(f"{place}#{name}"[-2048:], file, name) if name else None

    def picture_beside(self, path: str) -> tuple[str, str] | None:
        """Return ``(address, file)`` of a picture beside the document, as in a bundle; the address is the site's."""
        if not path or path.startswith("/") or ":" in path.partition("/")[0] or "\0" in path:
            return None
        folder = os.path.dirname(os.path.abspath(self.file))
        top = self.origin.content or folder
        file = os.path.normpath(f"{folder}/{path}")
        if not os.path.isfile(file) or not _is_inside(file, top):
            return None
        return "/" + os.path.relpath(file, top).replace(os.sep, "/"), file


@lru_cache(maxsize=4096)
def _address_of(file, top):
    """Return the first old address of the document in ``file``; empty for none, and outside of ``top``."""
    if not (file.startswith(f"{top}/") and os.path.isfile(file) and _is_inside(file, top)):
        return ""
    path = Path(file).relative_to(top).as_posix()
    if path.rpartition("/")[2].startswith("_index."):
        return f"/{path.rpartition('/')[0]}/".replace("//", "/")
    try:
        data = Path(file).read_bytes() if os.path.getsize(file) <= _BYTES else b""
        meta = Meta(frontmatter.read_document(data, file))
        found = old_addresses.addresses_of(
            meta, old_addresses.place(path), origins.origin_of(os.path.dirname(file)), _written(meta)
        )
    except (OSError, frontmatter.FrontMatterRefused, DocumentRefused):
        return ""
    return found[0] if found else ""


def _is_inside(file, top):
    """Return whether a file lies below a folder, wherever links on the way lead."""
    return Path(file).resolve().is_relative_to(Path(top).resolve())


def _written(meta):
    """Return the day of a document as its author wrote it."""
    try:
        return moments.read(meta.find("date"))
    except ValueError:
        return None
