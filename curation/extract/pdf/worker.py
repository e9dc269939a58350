"""Reads one PDF in a process of its own: bytes on standard input, lines of JSON or one JPEG on standard output.

Run by ``extract.pdf`` in the ``sandbox``, and by nothing else. PDFium is a library in C++ and its food comes from
strangers: here it can take no more than its share, and break nothing but itself. What was written before it died
counts.
"""

import json
import sys

import pypdfium2

_PASSWORD = 4  # PDFium's number for a file that is locked
_PAGES, _TEXT = 30, 200_000  # pages whose text is read, and its characters in all
_LOOKED_AT = 4_000  # characters of page one whose size is measured
_WORDS = 2_000  # characters of one entry of the metadata
_SIDE = 1_600  # pixels of the longer side of the picture


def main(wish: str) -> None:
    """Read standard input, and write what was wished for: ``words`` or ``picture``."""
    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        _draw(pdf) if wish == "picture" else _speak(pdf)
    except pypdfium2.PdfiumError as fault:
        _tell({"fault": "locked" if fault.err_code == _PASSWORD else "broken"})


def _tell(facts):
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _speak(pdf):
    """Tell what costs least first, so that a page made to be slow takes only its own words along."""
    told = pdf.get_metadata_dict()
    _tell({"pages": len(pdf)} | {name.lower(): told.get(name, "")[:_WORDS] for name in ("Title", "Author", "Subject")})
    if len(pdf):
        _tell({"lines": list(_lines(pdf[0].get_textpage()))})
    _tell({"text": _text(pdf)})


def _lines(words):
    """Yield the lines of a page, each with the height of its tallest letter in points."""
    line, height = "", 0.0
    for place in range(min(words.count_chars(), _LOOKED_AT)):
        letter = words.get_text_range(place, 1)
        if letter in "\r\n":
            if line.strip():
                yield line, round(height, 1)
            line, height = "", 0.0
        else:
            line += letter
            _, bottom, _, top = words.get_charbox(place, loose=True)
            height = max(height, top - bottom) if letter.strip() else height
    if line.strip():
        yield line, round(height, 1)


def _text(pdf):
    found = ""
    for place in range(min(len(pdf), _PAGES)):
        if len(found) >= _TEXT:
            break
        words = pdf[place].get_textpage()
        found += words.get_text_range(0, min(words.count_chars(), _TEXT - len(found))) + "\n\n"
    return found


def _draw(pdf):
    page = pdf[0]
    scale = _SIDE / max(*page.get_size(), 1)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    picture.save(sys.stdout.buffer, "JPEG", quality=88)


if __name__ == "__main__":
    main(sys.argv[1])
