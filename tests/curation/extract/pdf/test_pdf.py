"""PDFs: what they say of themselves, how their first page looks, and that none of them can hurt."""

import resource
import time
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from curation.extract import pdf
from curation.extract.pdf import titles
from curation.fetch import faults

from . import pdfs

URL = "https://example.org/papers/Ward_listening-2031.pdf?download=1"
HEADING = (("Journal of Wards", 10), ("A ward that listens", 24), ("and learns", 24), ("Ann Lee and Bo Day", 11))
WORDS = (
    ("Nurses speak at the bedside, and the record writes itself without", 10),
    ("anybody at a keyboard. It took a year to build and a week to like it.", 10),
)


def test_a_paper_says_what_it_is():
    paper = pdf.read_pdf(
        pdfs.paper(*HEADING, *WORDS, pages=12, Title="Wards that listen", Author="Ann Lee; Bo Day"), URL
    )
    assert paper.titles == [
        ("Wards that listen", "PDF metadata"),
        ("A ward that listens and learns", "page one"),
        ("Ward listening 2031", "file name"),
    ]
    assert (paper.title, paper.authors, paper.pages) == ("Wards that listen", ["Ann Lee", "Bo Day"], 12)
    assert paper.text.startswith("Journal of Wards\nA ward that listens\nand learns\n")
    assert paper.introductions == [(" ".join(words for words, _ in WORDS), "page one")]


def test_an_abstract_introduces_a_paper():
    lines = (*HEADING, ("Abstract", 12), ("Listening helps.", 10), ("Introduction", 12), *WORDS)
    assert pdf.read_pdf(pdfs.paper(*lines)).introductions[0][0].startswith("Listening helps. Introduction Nurses")


def test_a_paper_without_words_has_the_name_of_its_file():
    paper = pdf.read_pdf(pdfs.paper(pages=3), URL)
    assert paper == pdf.Paper(titles=[("Ward listening 2031", "file name")], pages=3)


@pytest.mark.parametrize(
    ("told", "junk"),
    [
        ("Microsoft Word - final draft 3.docx", True),
        ("untitled", True),
        ("Untitled-1", True),
        ("PowerPoint Presentation", True),
        ("Slide 1", True),
        ("wp_2031_final", True),
        ("layout for print.indd", True),
        ("https://example.org/paper", True),
        ("10.1000/182", True),
        ("--", True),
        ("Frankenstein", False),
        ("Report on wards", False),
        ("Microsoft in hospitals", False),
        ("GPT-5 on the ward", False),
    ],
)
def test_a_title_that_a_program_wrote_is_none(told, junk):
    assert titles.is_junk(told) is junk


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee, Bo Day", ["Ann Lee", "Bo Day"]),
        ("Lee, Ann; Day, Bo", ["Lee, Ann", "Day, Bo"]),
        ("Ann Lee & Bo Day and Cy Ray", ["Ann Lee", "Bo Day", "Cy Ray"]),
        ("alee", []),
        ("", []),
    ],
)
def test_authors_are_names(told, names):
    assert titles.authors(told) == names


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([("NEJM", 40), ("A ward that listens", 20), ("Nurses speak, and more.", 10)], "A ward that listens"),
        ([("One line of words", 10), ("and another line", 10)], "One line of words and another line"),
        ([("Too many words to be a title " * 4, 10)] * 9, "Too many words to be a title " * 4),
        ([("12", 10)], ""),
        ([], ""),
    ],
)
def test_the_largest_words_of_page_one_are_its_title(lines, title):
    told = titles.titles("", lines, "")
    assert told == ([(title.strip(), "page one")] if title else [])


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/a%20b%3Cscript%3E.pdf", "A b<script>"),
        ("https://example.org/12345.pdf", ""),
        ("https://example.org/", ""),
        ("", ""),
    ],
)
def test_the_name_of_a_file_is_the_last_resort(url, name):
    assert titles.titles("", [], url) == ([(name, "file name")] if name else [])


def test_what_it_says_holds_nothing_that_a_database_refuses():
    paper = pdf.read_pdf(pdfs.paper(Title="A ward\0 that\ud7ff \ufffelistens\uffff \x1b[31m"))
    assert not set(paper.title) & set("\0\x1b\ufffe\uffff")


@pytest.mark.parametrize("box", ["0 0 612 792", "0 0 14400 0.001", "0 0 1e9 1e9", "0 0 0 0", "5 5 -5 -5"])
def test_its_first_page_is_drawn_small_enough_whatever_its_size(box):
    picture = Image.open(BytesIO(pdf.first_page(pdfs.paper(*HEADING, box=box))))
    assert picture.format == "JPEG"
    assert max(picture.size) in range(1, 1602)


BROKEN = {
    "empty": b"%PDF-1.7\n",
    "cut": pdfs.paper(*HEADING)[:400],
    "no end": pdfs.paper(*HEADING)[:-200],
    "an endless tree": pdfs.endless_tree(),
    "a tree too wide": pdfs.wide_tree(),
    "millions of objects": pdfs.object_stream(),
}
HOSTILE = BROKEN | {
    "a bomb": pdfs.bomb(),
    "arrays in arrays": pdfs.nested(),
    "dictionaries in dictionaries": pdfs.nested_objects(),
    "10,000 pages": pdfs.paper(pages=10_000),
    "forms that draw forms": pdfs.echoing_forms(),
    "a picture as large as a town": pdfs.huge_picture(),
    "a page of a million pieces": pdfs.paper(content=pdfs.stream(b"BT /F1 9 Tf " + b"(a) Tj " * 2_000_000 + b"ET")),
}


@pytest.mark.parametrize("read", [pdf.read_pdf, pdf.first_page])
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_nothing_hostile_takes_long_or_much(data, read):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    began = time.monotonic()
    with suppress(faults.PdfBrokenError, faults.PdfTooHeavyError):
        read(data)
    assert time.monotonic() - began < pdf.SECONDS + 5
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, 800_000)  # kB


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_told(data):
    with pytest.raises(faults.PdfBrokenError):
        pdf.read_pdf(data)


@pytest.mark.parametrize("read", [pdf.read_pdf, pdf.first_page])
def test_what_is_locked_is_told(read):
    with pytest.raises(faults.PdfLockedError):
        read(pdfs.locked())


def test_what_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.001)
    with pytest.raises(faults.PdfTooHeavyError):
        pdf.read_pdf(pdfs.paper(*HEADING))


def test_a_first_page_that_cannot_be_read_takes_only_its_own_words_along():
    paper = pdf.read_pdf(pdfs.paper(Title="Wards that listen").replace(b"/Type /Page ", b"/Type /Pag_ "))
    assert paper.title == "Wards that listen"


def test_what_was_told_before_the_end_counts():
    assert pdf._told(b'{"pages": 3, "title": "A ward"}\n{"text": "bro') == {"pages": 3, "title": "A ward"}


def test_the_process_that_reads_knows_no_secret(monkeypatch, tmp_path):
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import json, os\nprint(json.dumps({'pages': 1, 'title': ' '.join([*os.environ, 'in', os.getcwd()])}))\n"
    )
    monkeypatch.setattr(pdf, "_WORKER", spy)
    monkeypatch.setenv("SECRET_KEY", "hidden")
    told = pdf.read_pdf(b"").title
    assert "SECRET_KEY" not in told
    assert told.endswith(" in /")
