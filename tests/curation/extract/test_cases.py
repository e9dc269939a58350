"""Pages and papers that were read wrongly once; the files lie beside the project where it is worked on."""

import json
from datetime import date

import pytest

from curation.extract import read
from curation.extract.pdf import titles
from tests import SHARED

FOLDER = SHARED / "cases" / "intake"
CASES = json.loads((FOLDER / "manifest.json").read_text())["cases"] if FOLDER.exists() else []


def cases(folder):
    found = [case for case in CASES if case["file"].startswith(folder)]
    return found or [pytest.param(None, marks=pytest.mark.skip("the cases lie beside the project, and are not there"))]


@pytest.mark.parametrize("case", cases("read/"), ids=lambda case: case and case["id"])
def test_a_page_that_was_read_wrongly_is_read_rightly(case):
    page, today = (FOLDER / case["file"]).read_bytes(), date.fromisoformat(case["today"])
    reading = read(page, case["url"], charset=case["charset"], today=today)
    assert {field: getattr(reading, field) for field in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", cases("pdf/"), ids=lambda case: case and case["id"])
def test_a_paper_that_was_called_wrongly_is_called_rightly(case):
    told = json.loads((FOLDER / case["file"]).read_text())
    lines = [(words, height) for words, height in told["lines"]]
    assert titles.titles(told["told"], lines, told["url"])[0][0] == case["expected"]
