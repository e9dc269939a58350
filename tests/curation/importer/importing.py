"""Folders of documents for the importer's tests, and one way to run the command on them."""

import io
import re
from pathlib import Path

from django.core.management import CommandError, call_command
from PIL import Image

from tests import SHARED

SAMPLES = Path(__file__).parent / "samples"
DATA = SHARED / "data"

NEWS = """---
title: {title}
slug: {slug}
date: {date}
link: https://{slug}.example/story
categories:
  - {topic}
{more}---
<p>{body}</p>
"""


def news(slug="quiet-wards", title="Quiet Wards", date="2024-02-29T08:00:00Z", topic="Rest", more="", body="Sleep."):
    """A small document as text. ``more`` holds further lines of front matter, each with its line end."""
    return NEWS.format(slug=slug, title=title, date=date, topic=topic, more=more, body=body)


def put(folder: Path, **documents) -> Path:
    """Write documents by name (``quiet=…`` → ``quiet.md``), text or bytes; give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in documents.items():
        (folder / f"{name}.md").write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def picture(path: Path, colour="teal", size=(400, 240)) -> Path:
    """Write a small picture, whatever the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path, "JPEG")
    return path


class Ran:
    """What a run of the command printed: ``out``, ``lines`` of stderr, ``table`` of numbers, ``status``."""

    def __init__(self, out, err, status):
        self.out, self.lines, self.status = out, err.splitlines(), status
        rows = re.findall(r"^(\S.*?)\s{2,}([\d,]+)", out, re.MULTILINE)
        self.table = {name: int(number.replace(",", "")) for name, number in rows}

    def counts(self, *names):
        """Some numbers of the table, in order; 0 for a row that is not there."""
        return [self.table.get(name, 0) for name in names]


def run(*paths, **options) -> Ran:
    """Run ``import_articles`` in this process."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as end:
        status = end.code
    except CommandError as end:
        status = end.returncode
        err.write(str(end))
    return Ran(out.getvalue(), err.getvalue(), status)
