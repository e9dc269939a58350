"""Pictures of strangers are taken in a process of their own: the same ones as in ours, and none that is too heavy."""

import contextlib
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from curation import images, sandbox
from curation.images import PictureRefused, icons, untrusted


def drawn(form, size=(320, 200), mode="RGB", **options):
    file = BytesIO()
    Image.new(mode, size, 90).save(file, form, **options)
    return file.getvalue()


def forged(width, height):
    """A small AVIF whose container says that it is smaller than its picture is."""
    data = bytearray(drawn("AVIF", (8_000, 8_000), quality=1, speed=10))
    place = data.index(b"ispe") + 8
    data[place : place + 8] = struct.pack(">II", width, height)
    return bytes(data)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_is_the_same_wherever_it_is_taken(form):
    data = drawn(form, mode="L" if form == "GIF" else "RGB")
    assert untrusted.decode_picture(data) == images.decode_picture(data)


def test_an_icon_is_the_same_wherever_it_is_taken():
    data = drawn("ICO", (48, 48), "RGBA")
    assert untrusted.decode_icon(data) == icons.decode_icon(data)


@pytest.mark.parametrize("data", [b"", b"<svg>", b"%PDF-1.7", drawn("PNG")[:-40], b"\xff\xd8\xff" + b"\0" * 900])
def test_what_is_refused_is_refused_in_the_same_words(data):
    with pytest.raises(PictureRefused) as here:
        images.decode_picture(data)
    with pytest.raises(PictureRefused) as there:
        untrusted.decode_picture(data)
    assert str(there.value) == str(here.value)


def test_a_picture_that_unpacks_to_more_than_it_says_has_no_more_memory(monkeypatch):
    honest, small = drawn("AVIF", (100, 100)), forged(100, 100)

    def is_taken(data, megabytes):
        monkeypatch.setattr(untrusted, "MEMORY", megabytes * sandbox.MEGABYTE)
        with contextlib.suppress(PictureRefused):
            return bool(untrusted.decode_picture(data))
        return False

    # The programs themselves take more where there are more processors.
    enough = next(megabytes for megabytes in range(80, 800, 20) if is_taken(honest, megabytes))
    assert not is_taken(small, enough)
    assert is_taken(small, 1_000)


def test_a_picture_has_so_much_time(monkeypatch):
    monkeypatch.setattr(untrusted, "SECONDS", 0.01)
    with pytest.raises(PictureRefused, match="more memory or time"):
        untrusted.decode_picture(drawn("PNG"))


def test_an_icon_whose_size_does_not_stand_first_is_none():
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 6300, 6300, 8, 6, 0, 0, 0)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"abCd", struct.pack(">II", 16, 16)) + chunk(b"IHDR", head)
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(picture), 22)
    with pytest.raises(PictureRefused):
        icons.decode_icon(b"\0\0\1\0\1\0" + entry + picture)


def test_what_is_confined_has_no_more_than_its_share(tmp_path):
    script = tmp_path / "greedy.py"
    script.write_text(
        "import os, sys\nprint(sorted(os.environ), flush=True)\nb = bytearray(300_000_000)\nprint(len(b))"
    )
    share = {"data": b"", "calculating": 5, "seconds": 20, "written": 10_000}
    said, is_whole = sandbox.run(script, memory=200 * sandbox.MEGABYTE, **share)
    assert (said.splitlines()[1:], is_whole) == ([], False)
    assert b"SECRET_KEY" not in said
    said, is_whole = sandbox.run(script, memory=1_000 * sandbox.MEGABYTE, **share)
    assert (said.splitlines()[1:], is_whole) == ([b"300000000"], True)
