"""A contents page of @imports becomes one file when static files are collected: many small sources, one request."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<url>[^":]+\.css)"\)(?: layer\((?P<layer>[\w.-]+)\))?;')
REFERENCE = re.compile(r'url\("(?![a-z]+:|/|#)(?P<url>[^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def inlined(name: str, read) -> str:
    """Return the sheet at a path with every sheet it imports in its place, in a layer of its own where it names one.

    ``read(name)`` gives the text at a path below the static root. Addresses in an imported sheet are made relative to
    the importing one. Comments go. Sheets that import each other would never end, as they would not in a browser.
    """

    def one(found):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["url"]))
        text = rebased(inlined(path, read), path, name)
        return f"@layer {found['layer']} {{\n{text}}}" if found["layer"] else text

    return IMPORT.sub(one, COMMENT.sub("", read(name)))


def rebased(text: str, old: str, new: str) -> str:
    """Return the sheet of one path with its relative addresses as they must read at another."""

    def one(found):
        target = posixpath.join(posixpath.dirname(old), found["url"])
        return f'url("{posixpath.relpath(target, posixpath.dirname(new) or ".")}")'

    return REFERENCE.sub(one, text)


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """Collected, inlined, named by content, compressed. While DEBUG is on nothing is collected and the imports do."""

    def post_process(self, paths, dry_run=False, **options):
        def read(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        sheets = {} if dry_run else {name: read(name) for name in paths if name.endswith(".css")}
        for name in [name for name, text in sheets.items() if IMPORT.search(text)]:
            text = inlined(name, sheets.__getitem__)
            self.delete(name)
            self._save(name, ContentFile(text.encode()))
            paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)
