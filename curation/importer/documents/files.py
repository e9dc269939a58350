"""Finding documents in folders, in a fixed order and without leaving them; reading one with a cap on its size."""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from curation.importer import frontmatter


def names(words: str) -> frozenset[str]:
    """Return the words of a text, as a set of names."""
    return frozenset(words.split())


BYTES = frontmatter.MAX_BYTES  # beyond this a file is refused before it is read
ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".mdx", ".qmd", ".rmd")
#: Other files that hold words: they are not taken, so they are named.
_OTHER_WORDS = names(
    ".adoc .asciidoc .asc .org .rst .textile .txt .pandoc .pdc .ipynb .haml .slim .pug .docx .odt .rtf .wiki "
    ".mediawiki .creole .tex .njk .liquid .hbs .erb .php .xml .yml .yaml .json .toml .csv"
)
_OF_NO_SITE = names("readme license licence contributing changelog code_of_conduct copying")
#: Folders of a site that hold no pages of its own, by the names beside them that tell of a site.
_SITES = names("content _posts _config.yml hugo.toml hugo.yaml config.toml config.yaml archetypes")
_NO_PAGES = names(
    "archetypes layouts themes static assets public resources node_modules vendor data i18n _site _layouts "
    "_includes _sass _data _plugins"
)
_NEVER_PAGES = names("node_modules _includes _layouts _site _sass _plugins")


@dataclass(frozen=True, slots=True)
class Found:
    """A document on disk. ``shown`` is its path as people gave it, ``path`` that inside the folder they named.

    ``static`` is the folder of pictures that belongs to it, or empty.
    """

    file: str
    shown: str
    path: str
    static: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be taken: where, why, and the line if one is to blame (else 0)."""

    shown: str
    line: int
    reason: str

    def __str__(self):
        return f"{self.shown}:{self.line}: {self.reason}" if self.line else f"{self.shown}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is left out on purpose: what kind of thing it is, and why in words."""

    shown: str
    kind: str
    words: str = ""

    def __str__(self):
        return f"{self.shown}: passed over, {self.words or self.kind}"


class DocumentRefused(ValueError):
    """A reason why one document is not taken; ``line`` (from 1) says where, 0 nowhere in particular."""

    def __init__(self, reason, line=0):
        super().__init__(reason)
        self.reason, self.line = reason, line


def find(paths: Iterable[str]) -> Iterator[Found | Failed | Passed]:
    """Yield the documents of files and folders, each folder in the order of its names, depth first.

    Streams: one folder's names are held at a time for each level. Hidden files, pictures and the like say nothing;
    section pages, other files of words, and what lies beside the page of a bundle are passed over by name; a link that
    leads out of the folder named is a failure.
    """
    for path in paths:
        root = Path(path)
        if root.is_dir():
            yield from _below(str(root), root.resolve(), "")
        elif root.is_file():
            yield _passed(str(root), root.name) or _found(str(root), root.name)
        else:
            yield Failed(str(path), 0, "there is no such file or folder")


def _below(folder, root, inside):
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as fault:
        yield Failed(folder, 0, f"this folder cannot be read: {fault.strerror}")
        return
    is_site, is_bundle = not _SITES.isdisjoint(names), _is_bundle(folder, names)
    for name in names:
        file = os.path.join(folder, name)
        if (name in _NEVER_PAGES or (is_site and name in _NO_PAGES)) and os.path.isdir(file):
            yield Passed(file, "folder of a site that holds no pages")
        elif is_bundle and name.lower().endswith(ENDINGS) and not name.startswith("index."):
            yield Passed(file, "file of a page bundle", "it lies beside the page of a bundle, whose part it is")
        else:
            yield from _documents_at(file, root, f"{inside}{name}")


def _is_bundle(folder, names):
    """Return whether a folder of a Hugo site holds one page, of which everything beside it is a part.

    The first folders below ``content`` are sections, whatever lies in them.
    """
    if not any(name.startswith("index.") and name.lower().endswith(ENDINGS) for name in names):
        return False
    return "content" in Path(folder).absolute().parts[:-2]


def _documents_at(file, root, path):
    """Yield what one name of a folder holds: a folder's documents, a document, a failure or nothing."""
    is_folder, wanted = os.path.isdir(file), path.lower().endswith(ENDINGS)
    if os.path.islink(file):
        if not Path(file).resolve().is_relative_to(root):
            if is_folder or wanted:
                yield Failed(file, 0, "this link leads out of the folder, so it is not followed")
            return
        if is_folder:
            return  # its target is found where that lies
    if is_folder:
        yield from _below(file, root, f"{path}/")
    elif passed := _passed(file, path):
        yield passed
    elif wanted:
        is_file = os.path.isfile(file)  # a pipe or a broken link is none, and opening one may wait for ever
        yield _found(file, path) if is_file else Failed(file, 0, "this is no file that can be read")


def _passed(file, path):
    """Return what kind of file has words in it and is no document; None for a document, and for what says nothing."""
    name = os.path.basename(path).lower()
    if name.startswith("_index.") and name.endswith(ENDINGS):
        return Passed(file, "section page", "it is the page of a section, not an article")
    ending = os.path.splitext(name)[1]
    if ending in _OTHER_WORDS and name not in _SITES:
        return Passed(file, f"file of another kind ({ending})", "files with this ending are not taken")
    if name.endswith(ENDINGS) and name.partition(".")[0] in _OF_NO_SITE:
        return Passed(file, "page about the files themselves")
    return None


def _found(file, path):
    return Found(file, file, path, _static(os.path.dirname(os.path.abspath(file))))


@lru_cache(maxsize=1024)
def _static(folder):
    """Return the ``static`` folder beside the nearest ``content`` at or above ``folder``, or an empty string."""
    here = Path(folder)
    for place in (here, *here.parents):
        beside = place.parent / "static"
        if place.name == "content" and beside.is_dir():
            return str(beside)
    return ""


def read(found: Found) -> bytes:
    """Return the bytes of a document. Raises :class:`DocumentRefused` where it is too large or cannot be read."""
    try:
        with open(found.file, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(size + 1) if size <= BYTES else b""
    except OSError as fault:
        raise DocumentRefused(f"it cannot be read: {fault.strerror}") from fault
    if max(size, len(data)) > BYTES:
        raise DocumentRefused(f"it is {max(size, len(data)):,} bytes; at most {BYTES:,} are taken")
    return data


def picture_file(address: str, folders: Iterable[str]) -> str:
    """Return the file of a picture that a document names, in the first folder that has it; empty where none does.

    Raises :class:`DocumentRefused` for a path that climbs out of these folders, by dots or by a link.
    """
    inside = address.lstrip("/")
    if ".." in inside.replace("\\", "/").split("/"):
        raise DocumentRefused(f"the picture “{address}” climbs out of its folder")
    for folder in filter(None, folders):
        file = Path(folder) / inside
        if _is_there(file):
            return _kept_inside(file, Path(folder), address)
    return ""


def _is_there(file):
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL in it, is nobody's
        return False


def _kept_inside(file, folder, address):
    real = file.resolve()
    if not real.is_relative_to(folder.resolve()):
        raise DocumentRefused(f"the picture “{address}” is a link that leads out of its folder")
    return str(real)


def packed(data: bytes) -> bytes:
    """Return a document's bytes as they are kept (``models.Document.data`` gives them back): at the quickest level.

    It is the process that reads the file which packs it, and the gain of the other levels is small.
    """
    return zlib.compress(data, 1)
