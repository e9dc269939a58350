"""PDFs by hand, good ones and ones made to hurt."""

import zlib

BOM = "\ufeff"  # strings of the metadata are UTF-16 with its mark


def whole(objects, root=1, info=None, more=""):
    """The file of these objects, bytes each, numbered from 1; ``info`` is the number of the metadata."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = f"/Size {len(objects) + 1} /Root {root} 0 R {f'/Info {info} 0 R' if info else ''} {more}".encode()
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return body + head + b"trailer << %b >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(body))


def stream(content, entries=b""):
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def shown(*lines):
    """What draws lines of text, each ``(words, size)``, from the top of a page down."""
    place, drawn = 760, b""
    for words, size in lines:
        place -= size * 1.5
        drawn += b"BT /F1 %d Tf 50 %d Td (%b) Tj ET\n" % (size, place, words.encode("latin-1"))
    return drawn


def paper(*lines, pages=1, box="0 0 612 792", content=None, **told):
    """A PDF whose first page shows ``lines``; ``told`` is its metadata (``Title="…"``)."""
    drawn = stream(shown(*lines)) if content is None else content
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    empty = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] >>"
    kids = " ".join(f"{number} 0 R" for number in range(6, 6 + pages))
    entries = " ".join(f"/{name} <{(BOM + words).encode('utf-16-be').hex()}>" for name, words in told.items())
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        drawn,
        f"<< {entries} >>",
        page,
        *[empty] * (pages - 1),
    ]
    return whole([one if isinstance(one, bytes) else one.encode() for one in objects], info=5)


def bomb(levels=3, size=50_000_000):
    """A page whose content unpacks, again and again, to gigabytes."""
    packed = zlib.compress(b" " * size, 9)
    for _ in range(levels - 1):
        packed = zlib.compress(packed, 9)
    return paper(content=stream(packed, b"/Filter [" + b"/FlateDecode " * levels + b"]"))


def nested(depth=200_000):
    """Arrays within arrays."""
    return paper(content=stream(b"[" * depth + b"]" * depth))


def nested_objects(depth=200_000):
    """A catalogue that is a dictionary within a dictionary."""
    return whole([b"<< /Type /Catalog /Pages 2 0 R /X " + b"<</X " * depth + b">>" * depth + b">>", b"<< >>"])


def endless_tree():
    """Pages whose kids are their own parents."""
    return whole(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 2000000000 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R 2 0 R] /Count 2000000000 >>",
        ]
    )


def wide_tree(depth=40):
    """Ten kids on each level, all the same: ten to the fortieth pages in four kilobytes."""
    levels = [
        b"<< /Type /Pages /Count 999999999 /Kids [" + b"%d 0 R " % (number + 3) * 10 + b"] >>"
        for number in range(depth)
    ]
    return whole([b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /MediaBox [0 0 9 9] >>"])


def echoing_forms(levels=30):
    """A form that draws another ten times, and so on: ten to the thirtieth drawings."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    forms = [
        stream(b"/N Do " * 10, b"%b /Resources << /XObject << /N %d 0 R >> >>" % (kind, number))
        for number in range(6, 6 + levels)
    ]
    return _drawing(*forms, stream(b"0 0 9 9 re f", kind))


def _drawing(*things):
    """A page that draws the first of these things."""
    resources = b"/Resources << /XObject << /N 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %b >>" % resources
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return whole([catalogue, pages, page, stream(b"612 0 0 792 0 0 cm /N Do"), *things])


def huge_picture(side=60_000):
    """A picture of 3.6 thousand million pixels, packed to little."""
    packed = zlib.compress(zlib.compress(b"\0" * 40_000_000, 9), 9)
    kind = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % (side, side)
    return _drawing(
        stream(packed, kind + b" /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter [/FlateDecode /FlateDecode]")
    )


def object_stream(count=2_000_000):
    """A stream that says it holds millions of objects."""
    head = b"".join(b"%d 0 " % number for number in range(10, 10 + 200_000))
    packed = zlib.compress(head + b" " * 20_000_000, 9)
    entries = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (count, len(head))
    return whole(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", stream(packed, entries)]
    )


def locked():
    """A file that asks for a password nobody has."""
    entries = "/Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + ">"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        f"<< {entries} >>".encode(),
    ]
    identity = "11" * 16
    return whole(objects, more=f"/Encrypt 3 0 R /ID [<{identity}> <{identity}>]")
